"""The library: clean a string, bytes or the pages of a book, look at the changes, undo them. Exported by ``cleaner``."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Generic, TypeVar

from cleaner import decisions, decoding, journal, language, pipeline, promises, quality, rulebook, sources, wordlists
from cleaner.decisions import Decision
from cleaner.errors import UsageError, nearest
from cleaner.model import Run
from cleaner.policy import FLOOR
from cleaner.records import Header, Record
from cleaner.rulebook import NOWHERE, Rulebook, Where
from cleaner.settings import CENTURY, CHOICES, LexiconSource, Settings, is_century, is_threshold, lexicon
from cleaner.sources import Raw
from cleaner.stages import STAGES
from cleaner.text import WORD
from cleaner.version import __version__

Text = TypeVar("Text", bound=str | Raw)

# Packages whose data or behaviour decides what is changed: another version makes a clean file out of date.
DATA_PACKAGES = ("ftfy", "pyspellchecker", "wordfreq")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, as in the log: ``at`` is in the input of step ``n``, ``raw``, ``line`` and ``column`` in the raw text.

    In a book ``line`` and ``column`` are those of ``file``, one of its pages.
    ``status`` is ``applied``, ``held`` or ``reported``; what is not applied starts ``why`` with the reason and has
    ``candidates``, the readings with their probabilities.
    """

    id: str
    n: int
    stage: str
    rule: str
    at: tuple[int, int]
    raw: tuple[int, int]
    line: int
    column: int
    before: str
    after: str
    confidence: float
    status: str
    why: str
    context: tuple[str, str]
    file: str | None = None
    page: str | None = None
    group: int | None = None
    source: tuple[int, int] | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    decision: str | None = None


@dataclass(frozen=True)
class Result(Generic[Text]):
    """A cleaned text. ``log`` holds the bytes of the change log, ``records`` what they say, ``raw`` what was given."""

    text: str
    raw: Text = field(repr=False)
    log: bytes = field(repr=False)
    records: journal.Log = field(repr=False, compare=False)
    run: Run = field(repr=False)

    @property
    def data(self) -> bytes:
        """The clean text as UTF-8."""
        return self.text.encode(decoding.UTF8)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change that was applied, held or reported; white-space layout is in ``records.layout``."""
        return tuple(_change(record) for record in self.records.changes)

    @cached_property
    def explained(self) -> list[Record]:
        """The changes as in the log, each with its readings, and with status ``silent`` the places that were left."""
        return journal.explained(self.run, sources.files(self.records.header))

    @property
    def quality(self) -> journal.Overall:
        """What share of the words is likely right: before and after cleaning, and on the worst page after it."""
        return journal.overall(self.records)

    def restore(self) -> Text:
        """What was given, worked out from ``text`` and ``log`` alone."""
        raw: Any = journal.restored(self.data, self.records)
        given: Text = raw.decode(decoding.UTF8, "surrogatepass") if isinstance(self.raw, str) else raw
        return given


def _change(record: Mapping[str, Any]) -> Change:
    values: dict[str, Any] = {key: _frozen(value) for key, value in record.items() if key != "kind"}
    return Change(**values)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


class Cleaner:
    """Rules and settings, ready for many texts.

    ``rules`` are rule files or folders beside the shipped ones (or a set that ``read_rules`` gave), of which those for
    texts as ``where`` names them are used; ``lexicons`` are word lists and counts beside those of the
    settings: paths, counts by word, or words, each read here, once. Raises ``RuleError`` when a rule is broken,
    ``LexiconError`` when a lexicon is, and ``UsageError`` when a stage, a rule or a language is unknown.

    >>> raw = "On the night of the counter-\\nrevolution.\\n"
    >>> Cleaner(Settings("en")).clean(raw).text
    'On the night of the counterrevolution.\\n'
    >>> Cleaner(Settings("en"), lexicons=[["counter-revolution"]]).clean(raw).text
    'On the night of the counter-revolution.\\n'
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        rules: Sequence[Path] | Rulebook = (),
        lexicons: Iterable[LexiconSource] = (),
        where: Where = NOWHERE,
    ) -> None:
        settings = settings or Settings()
        if isinstance(lexicons, str | Path | Mapping):
            raise UsageError(f"lexicons = {lexicons!r} must be a list of files, counts or words")
        self.settings = replace(settings, lexicons=(*settings.lexicons, *map(lexicon, lexicons)))
        book = rules if isinstance(rules, Rulebook) else read_rules(*rules)
        check(self.settings, book)
        self.rulebook = book.applying(where, self.settings.century)
        self.given = wordlists.merged([*self.settings.lexicons, *self.rulebook.lexicons])

    @cached_property
    def key(self) -> str:
        """A hash of all that decides the outcome beside the text: version, settings, rules, data."""
        return key(self.settings, self.rulebook)

    def key_with(self, decided: Iterable[Decision]) -> str:
        """The key of a text that people decided something about."""
        bound = decisions.digest(decided)
        return hashlib.sha256(f"{self.key} {bound}".encode()).hexdigest() if bound else self.key

    def clean(self, raw: Text, *, name: str = "text.txt", decided: Iterable[Decision] = ()) -> Result[Text]:
        """Clean one text; ``name`` goes into the log as its source, ``decided`` is obeyed.

        Decisions have their places in this very text (see ``decisions.place``). What a person wrote stands there, what
        was refused does not come, whatever the rules say:

        >>> no = Decision("reject", "tbe", "the", (3, 6))
        >>> so = Decision("replace", "bouse", "horse", (7, 12))
        >>> Cleaner().clean("In tbe bouse.\\n", decided=[no, so]).text
        'In tbe horse.\\n'

        A mapping is a book: the bytes of its pages by name, in their order, cleaned as one text. Its changes name the
        ``file`` that they stand in, and ``restore`` gives all pages back.

        >>> book = Cleaner().clean({"p1.txt": b"a party of revolu-\\n", "p2.txt": b"tion, they said.\\n"})
        >>> book.text
        'a party of revolution, they said.\\n'
        >>> book.restore() == book.raw
        True

        Raises ``DocumentError``, and ``UsageError`` for a string with surrogates that no bytes decode to.
        """
        if isinstance(raw, str) and (match := decoding.NOT_FROM_BYTES.search(raw)):
            raise UsageError(
                f"the text holds a lone surrogate, U+{ord(match.group()):04X}, at {match.start()}",
                "decode bytes with errors='surrogateescape', or hand over the bytes",
            )
        with uncollected():
            return self._clean(raw, name, tuple(decided))

    def _clean(self, raw: Text, name: str, decided: tuple[Decision, ...]) -> Result[Text]:
        source = sources.read(raw)
        for one in decided:
            if one.raw is not None and source.text[slice(*one.raw)] != one.text:
                what = f"a decision does not fit the text: at {one.raw[0]}-{one.raw[1]} stands not {one.text!r}"
                raise UsageError(what, "find its place first: decisions.place")
        run = pipeline.run(
            source.text,
            settings=self.settings,
            rulebook=self.rulebook,
            general=language.general,
            given=self.given,
            settled=decisions.settle(decided),
        )
        header = Header(
            source=name,
            sha256=source.sha256,
            codec=source.codec,
            chars=len(source.text),
            cleaner=__version__,
            key=self.key_with(decided),
            settings=self.settings.as_dict(),
            files=source.files,
        )
        words = _vouched(decided)
        right = wordlists.merged([self.given, wordlists.listed(words)]) if words else self.given
        log = journal.write(run, header, judges=lambda code: quality.judge(language.general(code), right))
        data = decoding.encode(raw, decoding.TEXT) if isinstance(raw, str) else raw
        records = journal.prove(run.text.encode(decoding.UTF8), log, data)
        return Result(run.text, raw, log, records, run)


def _vouched(decided: Iterable[Decision]) -> set[str]:
    """The words that people say stand in the scan: they are no misread ones."""
    said = (one.after for one in decided if one.verdict in ("accept", "replace"))
    return {word for after in said for word in WORD.findall(after) if word.isalpha()}


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles meanwhile: hundreds of thousands of small values come and none (an eighth of the time)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def clean(raw: Text, *, lexicons: Iterable[LexiconSource] = (), **settings: Any) -> Result[Text]:
    """Clean a string, bytes or the pages of a book with the shipped rules; ``settings`` as in ``cleaner.toml``.

    ``lexicons`` as for ``Cleaner``.

    >>> clean("It was a party of revolu-\\ntion.\\n", language="en").text
    'It was a party of revolution.\\n'
    >>> clean("A clean text stays as it is.\\n").changes
    ()
    """
    known = [field.name for field in fields(Settings)]
    for name in settings:
        if name not in known:
            raise UsageError(f"there is no setting {name!r}", nearest(name, known))
    return Cleaner(Settings(**settings), lexicons=lexicons).clean(raw)


def key(settings: Settings, rules: Rulebook) -> str:
    """The key in the header of a log; the same for every text that is cleaned in the same way.

    Of a lexicon the contents count, and not what the file is called.
    """
    content = {
        "cleaner": __version__,
        "settings": {**settings.as_dict(), "lexicons": sorted({found.sha256 for found in settings.lexicons})},
        "rules": rules.digest,
        "data": {package: metadata.version(package) for package in DATA_PACKAGES},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def read_rules(*places: Path) -> Rulebook:
    """The shipped rules and those of files and folders, which do what they promise. Raises ``RuleError``."""
    if not places:
        return _shipped(rulebook.shipped())
    book = rulebook.load(rulebook.shipped(), *places)
    promises.prove(book)
    return book


@lru_cache(maxsize=1)
def _shipped(folder: Path) -> Rulebook:
    """Read once: ``clean`` is called for many a short text."""
    return rulebook.load(folder)


def check(settings: Settings, rules: Rulebook) -> None:
    """Raise ``UsageError`` when settings name a stage, a rule, a layout or a language that nobody knows."""
    stages = [stage.name for stage in STAGES]
    ids = [rule.id for stage in STAGES for rule in stage.rules] + sorted(rule.id for rule in rules.heads)
    families = {rule.rpartition(".")[0] for rule in ids}
    required = {rule for stage in STAGES for rule in stage.required}
    for option in ("only", "skip"):
        if isinstance(getattr(settings, option), str):
            raise UsageError(f"{option} = {getattr(settings, option)!r} must be a list of stages and rules")
        for name in getattr(settings, option):
            if name not in (*stages, *ids, *families, "rules") and name not in rules:
                raise UsageError(f"{option}: there is no stage or rule {name!r}", nearest(name, [*stages, *ids]))
            if option == "skip" and any(rule == name or rule.startswith(name + ".") for rule in required):
                raise UsageError(f"skip: {name} cannot be skipped", "without it the result would not be valid text")
    for name, value in settings.thresholds.items():
        if name not in stages:
            raise UsageError(f"thresholds: there is no stage {name!r}", nearest(name, stages))
        if not is_threshold(value):
            raise UsageError(f"thresholds: {name} = {value!r}", f"a threshold is a probability from {FLOOR:.2f} to 1")
    if not is_threshold(settings.threshold):
        raise UsageError(f"threshold = {settings.threshold!r}", f"a threshold is a probability from {FLOOR:.2f} to 1")
    for key, choice in CHOICES.items():
        if getattr(settings, key) not in choice:
            raise UsageError(f"{key} = {getattr(settings, key)!r}", f"use one of {', '.join(choice)}")
    if not isinstance(settings.keep_furniture, bool):
        raise UsageError(f"keep_furniture = {settings.keep_furniture!r}", "use True or False")
    if not is_century(settings.century):
        raise UsageError(f"century = {settings.century!r}", CENTURY)
    if settings.language != "auto" and settings.language not in language.known_codes():
        codes = ", ".join(sorted(language.known_codes()))
        raise UsageError(f"nothing is known of the language {settings.language!r}", f"use auto, or one of {codes}")
