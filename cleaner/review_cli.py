"""``cleaner review``: one change after the other, for a person to accept, to reject, or to write what shall stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from cleaner.console import FAILED, ask_key, ask_line, fault, say, say_styled, talk, width
from cleaner.errors import CleanerError, UsageError
from cleaner.options import book_option, desk, out_option, who_option

if TYPE_CHECKING:
    from cleaner.review.desk import Desk
    from cleaner.review.items import Item
    from cleaner.review.session import Asked, Session

SHARE = click.FloatRange(0, 1)
SCOPES = {"l": "here", "d": "document", "c": "corpus"}
END = "q"
IN_BROWSER = frozenset(
    {"serve", "port", "no_browser", "paths", "who", "out", "books"}
)  # the page has filters of its own


@click.command(short_help="Decide about changes, one after the other.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--stage", "stages", multiple=True, metavar="STAGE", help="Only changes of this stage; repeatable.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Of this rule, or family of rules; repeatable.")
@click.option("--status", "statuses", multiple=True, metavar="STATUS", help="Applied, held or reported; repeatable.")
@click.option("--page", "pages", multiple=True, metavar="FOLIO", help="On this page; repeatable.")
@click.option("--file", "files", multiple=True, metavar="NAME", help="In this clean text, by its name; repeatable.")
@click.option("--min-confidence", "low", type=SHARE, default=0.0, help="At least that sure.")
@click.option("--max-confidence", "high", type=SHARE, default=1.0, help="At most that sure.")
@click.option("--all", "everything", is_flag=True, help="Also what was applied, and what is decided.")
@click.option("--sort", type=click.Choice(["series", "place"]), default="series", show_default=True, help="The order.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Judge N applied changes that are drawn at random.")
@click.option("--seed", type=int, help="Draw the same ones again.")
@click.option("--serve", is_flag=True, help="In the browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of --serve (default: one that is free).")
@click.option("--no-browser", is_flag=True, help="With --serve: open no browser.")
@who_option
@out_option
@book_option
def review(
    *,
    paths: tuple[Path, ...],
    everything: bool,
    statuses: tuple[str, ...],
    files: tuple[str, ...],
    sort: str,
    sample: int | None,
    seed: int | None,
    serve: bool,
    port: int,
    no_browser: bool,
    who: str,
    out: Path | None,
    books: tuple[Path, ...],
    **more: Any,
) -> None:
    """Decide about changes, one after the other: what is held and not yet decided, or what the options ask for.

    PATHs are raw files, clean texts, or folders of these (default: folders.raw of cleaner.toml). Each answer is saved as
    it is given. Without a terminal answers are read from stdin, one a line.

    With --sample N: how good the applied changes are. N of them are drawn at random and judged; what is wrong is rejected.
    """
    from cleaner.review.queries import Query  # noqa: PLC0415
    from cleaner.review.session import open_session  # noqa: PLC0415

    if (sample is None and seed is not None) or (sample is not None and (everything or statuses)):
        raise UsageError("--sample draws applied changes, with --seed the same ones", "leave the other options out")
    if serve and (filters := _given(*IN_BROWSER)):
        raise UsageError(f"--serve shows all changes: {filters} is not for it", "leave it out, and choose in the page")
    table = desk(paths, books, out, who)
    if serve:
        _serve(table, port, not no_browser)
        return
    names = _names(table, files)
    if sample is not None:
        session = open_session(table, Query(statuses=("applied",), files=names, **more))
        _sample(session, sample, seed)
    else:
        asked = statuses or (() if everything else ("held",))
        query = Query(statuses=asked, files=names, settled=None if everything else False, **more)
        session = open_session(table, query, sort)
        _review(session)
    for error in session.faults:
        fault(error)
    if session.faults:
        raise SystemExit(FAILED)


def _given(*others: str) -> str:
    """The options that were given, but for ``others``, as they are written."""
    context = click.get_current_context()
    named = [option for option in context.command.params if option.name not in others]
    given = [
        option for option in named if context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
    ]
    return ", ".join(option.opts[0] for option in given)


def _serve(table: Desk, port: int, browser: bool) -> None:
    from cleaner.review import web  # noqa: PLC0415

    web.serve(table, port=port, open_browser=browser, say=talk)


def _names(table: Desk, files: Sequence[str]) -> tuple[str, ...]:
    """The texts that --file names."""
    from cleaner.errors import nearest  # noqa: PLC0415

    found: list[str] = []
    for file in files:
        named = [text.name for text in table.texts if file in (text.name, str(text.clean), Path(text.name).name)]
        if not named:
            hint = nearest(file, [text.name for text in table.texts])
            raise UsageError(f"--file {file}: there is no such text here", hint)
        found += named
    return tuple(found)


# ---- one after the other ---------------------------------------------------------------------------------------------


def _review(session: Session) -> None:
    columns = width()
    while (asked := session.ask()) is not None:
        _show(session, asked, columns)
        try:
            if _answered(session, asked, columns) == END:
                break
        except CleanerError as error:
            fault(error)
    left = len(session.order) - session.progress.settled
    talk(f"{session.decided:,} decided, {left:,} left")
    if session.decided:
        talk("to have them obeyed: make clean, or cleaner clean")


def _show(session: Session, asked: Asked, columns: int) -> None:
    from cleaner.review import shown  # noqa: PLC0415

    say("")
    for line in shown.card(session, asked, columns):
        say_styled(line)


def _answered(session: Session, asked: Asked, columns: int) -> str:
    """One key, and what it does."""
    from cleaner.review import shown  # noqa: PLC0415

    key = ask_key("a)ccept r)eject e)dit l)ike d)ocument c)orpus s)kip b)ack u)ndo q)uit ?")
    if key in ("a", "r", "e"):
        _decide(session, key, [asked.item])
    elif key in SCOPES:
        for line in shown.concordance(asked.like, columns):
            say_styled(line)
        count = f"these {len(asked.like):,}" if key == "l" else f"the whole {SCOPES[key]}"
        verdict = ask_key(f"{count}: a)ccept r)eject e)dit, any other key leaves them")
        if verdict in ("a", "r", "e"):
            _decide(session, verdict, asked.like, SCOPES[key])
    elif key == "s":
        session.skip()
    elif key == "b":
        if not session.back():
            talk("this is the first one")
    elif key == "u":
        talk("the last answer is taken back" if session.undo() else "there is nothing to take back")
    elif key != END:
        talk(shown.HELP.strip())
    return key


def _decide(session: Session, key: str, found: Sequence[Item], scope: str = "here") -> None:
    from cleaner.review import shown  # noqa: PLC0415

    if key != "e":
        session.answer(found, "accept" if key == "a" else "reject", scope)
        return
    stands = session.words(found[0]) if scope == "here" else found[0].series.before
    new = ask_line(f"instead of {shown.quoted(stands)} (an empty line: as it is)")
    if new:
        session.write(found, new.replace("\\n", "\n"), scope)


# ---- a sample --------------------------------------------------------------------------------------------------------

JUDGED: Mapping[str, str] = {"r": "right", "w": "wrong", "u": "unsure"}
KNOWN: Mapping[str, str] = {"accept": "right", "reject": "wrong", "replace": "wrong"}


def _sample(session: Session, number: int, seed: int | None) -> None:
    from random import SystemRandom  # noqa: PLC0415

    from cleaner.review import sample  # noqa: PLC0415

    if seed is None:
        seed = SystemRandom().randrange(1_000_000)
        talk(f"drawn with --seed {seed}; with the same seed you can go on where you stop")
    every = [*session.items.values()]
    drawn = sample.draw(every, number, seed)
    judged: dict[sample.Stratum, list[str]] = {}
    for item, word in _judged(session, drawn):
        judged.setdefault(sample.stratum(item), []).append(word)
    for line in sample.table(every, judged):
        say(line)


def _judged(session: Session, drawn: Sequence[Item]) -> Iterator[tuple[Item, str]]:
    """Each change that was judged, with the judgement; what was decided before counts as judged."""
    from cleaner.review import sample  # noqa: PLC0415
    from cleaner.review.session import key_of  # noqa: PLC0415

    known = [(item, KNOWN[item.verdict.verdict]) for item in drawn if item.verdict is not None]
    session.order = [key_of(item) for item in drawn if item.verdict is None]
    said: list[tuple[Item, str, bool]] = []  # and whether a decision was written
    columns = width()
    while (asked := session.ask()) is not None:
        _show(session, asked._replace(like=asked.like[:1]), columns)
        key = ask_key("r)ight w)rong u)nsure b)ack q)uit")
        try:
            if key in JUDGED:
                items = session.desk.sheet(asked.item.file).items
                writes = key == "w" or (key == "r" and sample.is_alone(asked.item, items))
                if writes:
                    session.answer([asked.item], "accept" if key == "r" else "reject")
                else:
                    session.skip()
                said.append((asked.item, JUDGED[key], writes))
            elif key == "b" and said:
                if said.pop()[2]:
                    session.undo()
                else:
                    session.back()
            elif key == END:
                break
        except CleanerError as error:
            fault(error)
    yield from known
    yield from ((item, word) for item, word, _ in said)
