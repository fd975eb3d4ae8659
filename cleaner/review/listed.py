"""What is decided, for people to look through, and which decisions can be obeyed no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import corpus, decisions, journal, ledger, sources, store
from cleaner.decisions import Conflict, Decision
from cleaner.decoding import valid
from cleaner.errors import UsageError
from cleaner.finding import show
from cleaner.ledger import Ledger, Page
from cleaner.names import visible
from cleaner.records import Record
from cleaner.review import texts
from cleaner.review.texts import Text
from cleaner.settings import Config
from cleaner.sources import Raw
from cleaner.stages import DECISIONS

SNIPPET = 40  # characters of a text that are shown


class Entry(NamedTuple):
    """One decision: its number in its file, where it stands in the raw text, and why it cannot be obeyed, if so."""

    number: int
    decision: Decision
    place: str = ""
    stale: str = ""


class Listed(NamedTuple):
    """A file of decisions. ``name`` is that of the raw file now; ``note`` is what is to be known of the file as a whole."""

    page: Page
    path: Path
    name: str
    entries: tuple[Entry, ...]
    note: str = ""


def listed(paths: Sequence[Path], config: Config, out: Path) -> Iterator[Listed]:
    """What is decided about the texts of ``paths``, or of the whole ledger where there are none, file by file.

    A path may also be a file of decisions. Raises ``UsageError``, ``DecisionError``, and what reading a text raises.
    """
    decided = ledger.load(config.decisions, config.raw)
    named = [name for path in paths if (name := _page_name(path, config)) is not None]
    others = [path for path in paths if _page_name(path, config) is None]
    found = texts.find(others, config, out) if others or config.raw.is_dir() else None
    about = {text.ledger: text for text in found.texts} if found else {}
    if not paths or ledger.ALL in named:
        yield from _everywhere(decided)
    seen = set(named) if paths else {page.name for page in decided.pages()}
    if others:
        seen |= about.keys()
    for name in sorted(seen - {ledger.ALL}):
        text = about.get(name) or _renamed(decided.page(name), about.values(), decided)
        if text is not None and found is not None and text.task is not None:
            yield from _of_text(text, text.task, found.plan, decided)
        else:
            yield from _of_none(decided.page(name), decided)


def _renamed(page: Page, about: Iterable[Text], decided: Ledger) -> Text | None:
    """The text of a file of decisions whose raw file has another name by now."""
    for text in about:
        if text.task is None or not page.sha256 or decided.path(text.ledger).exists():
            continue
        if sources.digest(text.task.read()) == page.sha256:
            return text
    return None


def _page_name(path: Path, config: Config) -> str | None:
    """The name of a file of decisions in the ledger, None for another path."""
    name = texts.name_in(path, config.decisions)
    inside = path.name.endswith(ledger.SUFFIX) and not name.startswith("../")
    return (name if name == ledger.ALL else name.removesuffix(ledger.SUFFIX)) if inside else None


def _everywhere(decided: Ledger) -> Iterator[Listed]:
    page = ledger.corpus_page(decided)
    if page.decisions:
        losing = _losing(decisions.settle(page.decisions).conflicts)
        entries = [Entry(k, one, stale=losing.get(one, "")) for k, one in enumerate(page.decisions, 1)]
        yield Listed(page, decided.folder / ledger.ALL, ledger.ALL, tuple(entries))


def _of_none(page: Page, decided: Ledger) -> Iterator[Listed]:
    """Decisions of which the raw text is not at hand, so that nobody can tell where they stand."""
    if page.data is not None:
        entries = (Entry(k, one, _offsets(one)) for k, one in enumerate(page.decisions, 1))
        note = f"its raw file is not in {show(decided.raw)}"
        yield Listed(page, decided.path(page.name), page.name, tuple(entries), note)


def _of_text(text: Text, task: corpus.Task, plan: corpus.Plan, decided: Ledger) -> Iterator[Listed]:
    raw = task.read()
    known = decided.of(text.ledger, raw)
    page = known.page
    if page.data is None:
        return
    source = sources.read(raw)
    places = sources.Places(source.text, source.files)
    gone = {id(one) for one in known.stale}
    losing = _losing(decisions.settle(known.all).conflicts)
    unfit = _unfit(text, task, plan, raw)
    same = page.sha256 == sources.digest(raw)
    entries = []
    for k, one in enumerate(page.decisions, 1):
        now = (
            one
            if same or one.raw is None
            else next(iter(decisions.place([one], source.text, same=False).decisions), one)
        )
        why = losing.get(now, "")
        if id(one) in gone:
            why = "the raw text has another place, or none, for it"
        elif _is_held(now, unfit):
            why = "what was seen there is gone"
        place = _offsets(one) if id(one) in gone or now.raw is None else _place(places, now.raw)
        entries.append(Entry(k, one, place, why))
    note = f"its raw file is {text.ledger} by now" if page.name != text.ledger else ""
    yield Listed(page, decided.path(page.name), text.ledger, tuple(entries), note)


def _unfit(text: Text, task: corpus.Task, plan: corpus.Plan, raw: Raw) -> list[Record]:
    """What a run could not obey, by the log where it is up to date."""
    prepared = plan.prepare(task, raw)
    if not prepared.decided.all:
        return []
    state = store.look(store.Pair(text.clean))
    fresh = state.ends is not None and state.ends[0].get("key") == prepared.key
    same = state.ends is not None and state.ends[0].get("sha256") == sources.digest(raw)
    log = journal.read(state.log) if fresh and same and state.log else prepared.clean(raw, text.clean.name).records
    return [change for change in log.changes if change["stage"] == DECISIONS and change["status"] != "applied"]


def _is_held(one: Decision, held: Iterable[Record]) -> bool:
    return one.raw is not None and any(
        change["rule"] == f"{DECISIONS}.{one.verdict}"
        and change["after"] == valid(one.after)
        and change["raw"][0] <= one.raw[0]
        and one.raw[1] <= change["raw"][1]
        for change in held
    )


def _losing(conflicts: Iterable[Conflict]) -> dict[Decision, str]:
    return {conflict.other: f"contradicts: {what(conflict.obeyed)}" for conflict in conflicts}


def _place(places: sources.Places, raw: tuple[int, int]) -> str:
    at = places.find(*raw)
    return f"{visible(at.file)}:" * bool(at.file) + f"{at.line}:{at.column}"


def _offsets(one: Decision) -> str:
    return f"at {one.raw[0]:,}" if one.raw else ""


def what(one: Decision) -> str:
    """What a decision says.

    >>> what(Decision("reject", "tbe", "the", scope="document", who="Ada"))
    'reject "tbe" -> "the"  document  Ada'
    >>> what(Decision("page", "Nobody spoke", "17", (0, 12))), what(Decision("lines", "To be,\\nor not", "", (0, 14)))
    ('page 17 "Nobody spoke"', 'lines "To be,\\\\x0aor not"')
    """
    more = "".join(f"  {visible(word)}" for word in (one.scope if one.scope != "here" else "", one.who) if word)
    if one.verdict in decisions.SAYS:
        return f"{one.verdict}{' ' * bool(one.after)}{visible(one.after)} {_quoted(one.text)}{more}"
    return f"{one.verdict} {_quoted(one.stood)} -> {_quoted(one.after)}{more}"


def _quoted(text: str) -> str:
    short = text if len(text) <= SNIPPET else f"{text[: SNIPPET // 2]} ... {text[-SNIPPET // 2 :]}"
    return f'"{visible(short)}"'


def lines(found: Listed, *, only_stale: bool = False) -> Iterator[str]:
    """A file of decisions for people; ``only_stale``: what cannot be obeyed, and nothing where all can."""
    entries = [entry for entry in found.entries if entry.stale or not only_stale]
    if only_stale and not entries and not found.note:
        return
    frozen = ["frozen"] if found.page.frozen else []
    note = "; ".join([*frozen, *([found.note] if found.note else [])])
    yield show(found.path) + (f": {visible(note)}" if note else "")
    wide = max((len(entry.place) for entry in entries), default=0)
    for entry in entries:
        yield f"{entry.number:>5}  {entry.place:<{wide}}  {what(entry.decision)}".rstrip()
        if entry.stale:
            yield f"       {'':<{wide}}  -> {entry.stale}"


def drop(found: Sequence[Listed], numbers: Collection[int], config: Config) -> list[Decision]:
    """Take decisions out of their files: those of these numbers, or, without any, all that cannot be obeyed.

    Raises ``UsageError`` for a number that is not there, or numbers where more than one file is meant, and
    ``DecisionError`` where somebody else wrote meanwhile.
    """
    chosen = to_drop(found, numbers, config)
    decided = ledger.load(config.decisions, config.raw)
    for one in found:
        mine = [entry.decision for entry in one.entries if (one.path, entry.number) in chosen]
        if mine:
            page = one.page
            if page.name != one.name and not decided.path(one.name).exists():
                page = decided.moved(page, one.name)
            decided.write(ledger.without(page, mine))
    return [entry.decision for one in found for entry in one.entries if (one.path, entry.number) in chosen]


def for_all(config: Config) -> Path | None:
    """The file of what is decided for all texts, None where nothing is."""
    path = config.decisions / ledger.ALL
    return path if path.is_file() else None


def to_drop(found: Sequence[Listed], numbers: Collection[int], config: Config) -> set[tuple[Path, int]]:
    """The decisions that ``drop`` takes out, each by its file and number."""
    if not numbers:
        return {(one.path, entry.number) for one in found for entry in one.entries if entry.stale}
    if not found:
        path = for_all(config)
        hint = f"what is decided for all texts: cleaner decisions drop {show(path)} --number 1" if path else ""
        raise UsageError("nothing is decided about this text alone", hint or "cleaner decisions list shows what is")
    if len(found) != 1:
        raise UsageError("numbers are those of one file", "name the file: cleaner decisions drop FILE --number 3")
    known = {entry.number for entry in found[0].entries}
    for number in sorted({*numbers} - known):
        raise UsageError(f"{show(found[0].path)} has no decision {number}", f"it has 1 to {len(known)}")
    return {(found[0].path, number) for number in numbers}
