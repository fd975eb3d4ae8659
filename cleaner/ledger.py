"""The files that hold what people decided: a person's work, so nothing here is ever lost, guessed, or written by halves.

``rules/decisions/PATH.jsonl`` is that of the raw file PATH of the raw folder (a book's: of its folder or archive), and
``_corpus.jsonl`` holds what is decided for all. The first line names the raw file and its hash, each further one is a
decision, sorted by place, without clock or host: git shows what was decided. A raw file that was renamed is found by its
hash, and its file moves along (see ``following``); in one that was replaced the places are found anew by their text and
context.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from cleaner import decisions, sources, store
from cleaner.decisions import CORPUS, Decision
from cleaner.errors import DecisionError
from cleaner.settings import ARCHIVE
from cleaner.sources import Raw

SUFFIX = ".jsonl"
ALL = "_corpus" + SUFFIX
# Characters of the raw text whose replacements are looked through one by one for those that overlap a new one.
STRETCH = 100
PATIENCE = 5.0  # seconds: whoever writes a decision needs a fraction of one
ASIDE = 16  # hex digits of the hash of a raw text, in the name of decisions whose raw file has another name by now
MEND = "mend the line, or take the file from version control"


class Page(NamedTuple):
    """A file of decisions: the raw file that it is about, by its path and hash; ``frozen`` is the hash of a clean text.

    ``data`` is what it was read from, None where it is not there yet.
    """

    name: str
    sha256: str = ""
    decisions: tuple[Decision, ...] = ()
    frozen: str = ""
    data: bytes | None = None


class Decided(NamedTuple):
    """What is decided about one raw text: ``page`` is the file, ``decisions`` have their places in this very text.

    ``stale`` fit this text no more, or not just once; ``corpus`` are those for all that may apply to it.
    """

    page: Page
    decisions: tuple[Decision, ...] = ()
    stale: tuple[Decision, ...] = ()
    corpus: tuple[Decision, ...] = ()

    @property
    def all(self) -> tuple[Decision, ...]:
        """What is obeyed."""
        return (*self.decisions, *self.corpus)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions in a folder. ``raw`` is the raw folder, which tells whether a file that was decided on is still there.

    ``names`` are the files by the hash of the raw file that they name, ``corpus`` the decisions for all, ``frozen`` the
    hashes of clean texts that are declared finished.
    """

    folder: Path
    raw: Path
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corpus: tuple[Decision, ...] = ()
    frozen: frozenset[str] = frozenset()

    def of(self, name: str, raw: Raw) -> Decided:
        """What is decided about a raw text; ``name`` is its path in the raw folder. Raises ``DecisionError``."""
        return self.about(name, sources.digest(raw), lambda: sources.read(raw).text)

    def about(self, name: str, sha256: str, read: Callable[[], str]) -> Decided:
        """As ``of``, where the hash of the raw file is known; its text is read only where something is decided."""
        page = self.page(self._name(name, sha256))
        if not page.decisions and not self.corpus:
            return Decided(page)
        text = read()
        placed = decisions.place(page.decisions, text, same=page.sha256 == sha256)
        return Decided(page, placed.decisions, placed.stale, decisions.concern(self.corpus, text))

    def renamed(self, name: str, sha256: str) -> Page | None:
        """The file about a raw text whose raw file had another name, None where there is none."""
        known = self._name(name, sha256)
        return None if known == name else self.page(known)

    def _name(self, name: str, sha256: str) -> str:
        """The name of the file about a text: its own, else that of a raw file of this hash which is no longer there."""
        same = self.names.get(sha256, ())
        if name in same:
            return name
        return next((other for other in same if not self._stands(other, sha256)), name)

    def _stands(self, name: str, sha256: str) -> bool:
        """Whether a raw file is still there; another one may have its name, as where a page was put before the others."""
        path = self.raw / name
        if path.is_file() and path.suffix.lower() != ARCHIVE:
            return sources.digest(path.read_bytes()) == sha256
        return os.path.lexists(path)

    def page(self, name: str) -> Page:
        """The decisions in one file, none where there is none. Raises ``DecisionError``."""
        return parse(name, store.read_if_there(self.path(name)), self.path(name))

    def path(self, name: str) -> Path:
        """The file of decisions about a raw file. Raises ``DecisionError`` for a name that leads out of the folder."""
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or PurePosixPath(name).is_absolute():
            raise DecisionError(f"{name!r} is no name inside the raw folder", "give a file of the raw folder")
        return self.folder.joinpath(*parts[:-1], parts[-1] + SUFFIX)

    def pages(self) -> Iterator[Page]:
        """Every file of decisions about one raw file, by name."""
        for path in sorted(self.folder.rglob("*" + SUFFIX)):
            if path != self.folder / ALL:
                yield self.page(path.relative_to(self.folder).as_posix().removesuffix(SUFFIX))

    def write(self, page: Page) -> Page:
        """Put a file of decisions into its place, or take it away where nothing is decided any more.

        Raises ``DecisionError`` where the file is not the one that ``page`` was read from: somebody else wrote meanwhile.
        """
        path = self.folder / ALL if page.name == ALL else self.path(page.name)
        data = written(page)
        with store.locked(self.folder, patience=PATIENCE):
            if store.read_if_there(path) != page.data:
                raise DecisionError(
                    f"{path} was changed by somebody else meanwhile", "load it again, then decide again"
                )
            if data is None:
                path.unlink(missing_ok=True)
            elif data != page.data:
                store.replace_file(path, data, ours=True)
        return page._replace(data=data)

    def bring(self, known: Decided, name: str, sha256: str) -> Page:
        """The file of decisions to be written for a raw text: ``known`` under its name, with its places in this text.

        What fits the text no more stays in it. Where the raw file was renamed the file is moved. Raises ``DecisionError``.
        """
        page = known.page
        if page.sha256 not in ("", sha256):
            page = page._replace(decisions=(*known.decisions, *known.stale))
        return page if page.name == name else self.moved(page, name)

    def moved(self, page: Page, name: str) -> Page:
        """Put a file of decisions under the name that its raw file has now.

        What stands there is about the raw text that had this name before: it is put aside, under a name that no raw file
        has, and found there by the hash of that text.
        """
        before = self.page(name)
        if before.decisions or before.frozen:
            aside = self.page(f"{name}.{before.sha256[:ASIDE]}")
            both = (*aside.decisions, *before.decisions)
            self.write(before._replace(name=aside.name, data=aside.data, decisions=both))
        new = self.write(page._replace(name=name, data=before.data))
        self.write(page._replace(decisions=(), frozen=""))
        return new


def load(folder: Path, raw: Path) -> Ledger:
    """The ledger in a folder, which need not be there. Raises ``DecisionError`` where a first line cannot be read."""
    names: dict[str, tuple[str, ...]] = {}
    frozen: set[str] = set()
    for path in sorted(folder.rglob("*" + SUFFIX)) if folder.is_dir() else ():
        if path == folder / ALL or not path.is_file():  # a pipe would never end: it is named where it is needed
            continue
        with path.open("rb") as file:
            head = _head(_record(file.readline(), path, 1), path)
        name = path.relative_to(folder).as_posix().removesuffix(SUFFIX)
        sha256 = head.get("sha256", "")
        names[sha256] = (*names.get(sha256, ()), name)
        frozen |= {head["frozen"]} if "frozen" in head else set()
    found = Ledger(folder, raw, names, frozen=frozenset(frozen))
    return replace(found, corpus=corpus_page(found).decisions)


def corpus_page(ledger: Ledger) -> Page:
    """The decisions for the whole corpus."""
    path = ledger.folder / ALL
    return parse(ALL, store.read_if_there(path), path)


def parse(name: str, data: bytes | None, path: Path) -> Page:
    """A file of decisions. Raises ``DecisionError`` with the line at fault."""
    if data is None:
        return Page(name)
    lines = data.split(b"\n")
    if lines.pop().strip():
        raise DecisionError(f"{path}: the last line is cut off", MEND)
    head = _head(_record(lines[0] if lines else b"", path, 1), path)
    found = []
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            try:
                decision = decisions.read(_record(line, path, number))
                _fits(decision, name)
            except DecisionError as error:
                where = "" if error.message.startswith(str(path)) else f"{path}:{number}: "
                raise DecisionError(f"{where}{error.message}", error.hint or MEND) from error
            found.append(decision)
    return Page(name, head.get("sha256", ""), tuple(found), head.get("frozen", ""), data)


def _fits(decision: Decision, name: str) -> None:
    if (decision.scope == CORPUS) != (name == ALL):
        raise DecisionError(
            f"scope {decision.scope!r} does not belong into this file", f"corpus stands in {ALL}, no other"
        )


def _record(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DecisionError(f"{path}:{number}: this is no line of JSON: {error}", MEND) from error
    if not isinstance(found, dict):
        raise DecisionError(f"{path}:{number}: this is no line of decisions", MEND)
    return found


def _head(found: dict[str, Any], path: Path) -> dict[str, str]:
    if found.get("kind") != "decisions" or not all(isinstance(value, str) for value in found.values()):
        raise DecisionError(f"{path}:1: the first line is not that of a file of decisions", MEND)
    return found


def written(page: Page) -> bytes | None:
    """A file of decisions as it is kept; None where nothing is decided."""
    if not page.decisions and not page.frozen:
        return None
    unique = {decision.binds: decision for decision in page.decisions}
    head = {"kind": "decisions", **({"sha256": page.sha256} if page.sha256 else {})}
    head |= {"frozen": page.frozen} if page.frozen else {}
    lines = [json.dumps(head, separators=(",", ":"))]
    ordered = sorted(unique.values(), key=lambda one: (one.place, decisions.line(one)))
    return "".join(line + "\n" for line in [*lines, *map(decisions.line, ordered)]).encode("ascii")


_Site = tuple[str, tuple[int, int] | None, str]  # scope, place, and what stood there
_Key = _Site | int  # or a stretch of the raw text


def noted(
    page: Page, new: Iterable[Decision], sha256: str, *, beside: bool = False, stale: Iterable[Decision] = ()
) -> Page:
    """A file with more decisions; each takes the place of what was said before of the same change, or lines.

    ``beside``: also of what was put right before or behind its words, as those of an edited text do (see ``adopting``).
    ``stale`` are decisions that stay as they are: their places are those of an older raw text.

    >>> yes = Decision("accept", "tbe", "the", (4, 7))
    >>> [one.verdict for one in noted(Page("a.txt", "", (yes,)), [yes._replace(verdict="reject")], "").decisions]
    ['reject']
    """
    kept = dict(enumerate(page.decisions))
    near: dict[_Key, list[int]] = {}
    elsewhere = {one.binds for one in stale}
    for number, one in kept.items():
        for key in _keys(one) if one.binds not in elsewhere else ():
            near.setdefault(key, []).append(number)
    for number, one in enumerate(new, len(kept)):
        for key in _keys(one):
            rivals = near.setdefault(key, [])
            for k in rivals:
                if k in kept and (_takes_back(one, kept[k]) or (beside and _holds(one, kept[k]))):
                    del kept[k]
            rivals[:] = [*filter(kept.__contains__, rivals), number]
        kept[number] = one
    return page._replace(decisions=tuple(kept.values()), sha256="" if page.name == ALL else sha256)


def _site(decision: Decision) -> _Site:
    return decision.scope, decision.raw, decision.stood


def _keys(one: Decision) -> Iterator[_Key]:
    """Of what can take the place of each other at least one is the same."""
    yield _site(one)
    if one.verdict == "replace" and one.raw:
        yield from range(one.raw[0] // STRETCH, one.raw[1] // STRETCH + 1)


def _holds(new: Decision, old: Decision) -> bool:
    both = new.verdict == old.verdict == "replace" and new.raw and old.raw
    return bool(both and new.raw and old.raw and new.raw[0] <= old.raw[0] and old.raw[1] <= new.raw[1])


def _takes_back(new: Decision, old: Decision) -> bool:
    if new.verdict == old.verdict == "replace" and new.raw and old.raw:
        return decisions.overlap(new.raw, old.raw)
    if _site(new) != _site(old):
        return False
    if new.verdict in decisions.SAYS or old.verdict in decisions.SAYS:
        return new.verdict == old.verdict or {new.verdict, old.verdict} in decisions.CLASHES
    return new.after == old.after or "reject" not in (new.verdict, old.verdict) or old.verdict == "accept"


def without(page: Page, gone: Iterable[Decision]) -> Page:
    """A file without some decisions."""
    left_out = {one.binds for one in gone}
    return page._replace(decisions=tuple(one for one in page.decisions if one.binds not in left_out))


def name_of(path: Path, raw: Path) -> str:
    """The name of a raw text in the ledger: its path in the raw folder; of one elsewhere that in its own folder.

    >>> name_of(Path("corpora/raw/essays/first.txt"), Path("corpora/raw")), name_of(Path("/scans/may/p1.txt"), Path("raw"))
    ('essays/first.txt', 'may/p1.txt')
    """
    whole, top = Path(os.path.abspath(path)), Path(os.path.abspath(raw))
    if whole.is_relative_to(top) and whole != top:
        return whole.relative_to(top).as_posix()
    return "/".join(whole.parts[1:][-2:])
