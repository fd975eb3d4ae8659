"""Settings: the values, and where they come from: ``cleaner.toml`` or ``[tool.cleaner]`` in pyproject.toml.

Later wins: built-in defaults, the settings file, its per-path overrides, the command line. An unknown key is an error
that names the nearest known one.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from cleaner import wordlists
from cleaner.errors import LexiconError, SettingsError, nearest
from cleaner.policy import FLOOR, THRESHOLD, THRESHOLDS
from cleaner.rulebook.values import LAST_CENTURY
from cleaner.wordlists import WordList

LAYOUTS = ("paragraphs", "lines")
PAGE_MARKS = ("none", "folio", "formfeed")
NOTES = ("keep", "after", "end")
NOTE_MARKS = ("keep", "raised", "bracket", "drop")
# Normalisations: the first leaves the text as it is, with the others ``seal`` makes it so.
STYLES: Mapping[str, tuple[str, ...]] = {
    "quotes": ("keep", "straight"),
    "dashes": ("keep", "ascii"),
    "ellipses": ("keep", "dots", "character"),
    "long_s": ("keep", "round"),
    "sentence_spacing": ("keep", "one"),
    "unicode": ("nfc", "nfkc"),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "layout": LAYOUTS,
    "page_marks": PAGE_MARKS,
    "notes": NOTES,
    "note_marks": NOTE_MARKS,
    **STYLES,
}
FILE = "cleaner.toml"
# What stands for a page in ``page_image`` and ``page_url``: its printed number, the path of its raw file in the raw folder
# (of a book that of the page), and the last part of that path without its ending.
PLACES = ("folio", "file", "stem")
PLACE = re.compile(r"\{(.*?)\}")
WEB = re.compile(r"https?://[\w.-]+(?::\d+)?(?=/)")  # the origin of an address
ARCHIVE = ".zip"
CENTURY = "write a number such as 18 for 1701 to 1800, or 0 where it is unknown"


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes the outcome for one text. All of it enters the key in the header of a change log.

    ``language`` is a code such as ``en``, or ``auto``; ``threshold`` is the probability from which a change is applied,
    ``thresholds`` the same by stage; ``only`` and ``skip`` take stages, rule-id prefixes, or ``rules``. ``page_marks`` says
    how the clean text shows where a page begins; ``keep_furniture`` leaves running heads, folios and form feeds in it;
    ``notes`` keeps a note at a page's foot there, behind the paragraph that it interrupts, or puts it behind the paragraph
    that calls it, or at the end of the text;
    ``note_marks`` says how the marks of notes are shown in the text. ``quotes`` to ``unicode`` are normalisations.
    ``century`` is that of the texts, such as 18, or 0 where it is unknown: rules for centuries are silent then.
    ``lexicons`` are word lists and counts as read (see ``lexicon``): their contents enter the key, their names do not.
    """

    language: str = "auto"
    layout: str = "paragraphs"
    threshold: float = THRESHOLD
    thresholds: Mapping[str, float] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    page_marks: str = "none"
    keep_furniture: bool = False
    notes: str = "keep"
    note_marks: str = "keep"
    quotes: str = "keep"
    dashes: str = "keep"
    ellipses: str = "keep"
    long_s: str = "keep"
    sentence_spacing: str = "keep"
    unicode: str = "nfc"
    century: int = 0
    lexicons: tuple[WordList, ...] = ()

    @property
    def style(self) -> dict[str, str]:
        """The normalisations that are asked for."""
        return {name: value for name, (kept, *_) in STYLES.items() if (value := getattr(self, name)) != kept}

    def threshold_of(self, stage: str) -> float:
        """The threshold of a stage: its own here, else the one for all, else, where that is the usual one, the stage's own.

        >>> Settings().threshold_of("words"), Settings().threshold_of("paragraphs"), Settings(threshold=0.8).threshold_of("paragraphs")
        (0.9, 0.6, 0.8)
        """
        usual = THRESHOLDS.get(stage, THRESHOLD) if self.threshold == THRESHOLD else self.threshold
        return self.thresholds.get(stage, usual)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the log, in a fixed order."""
        table = {field.name: getattr(self, field.name) for field in fields(self)}
        table["thresholds"] = dict(sorted(self.thresholds.items()))
        table["lexicons"] = [{"name": found.name, "sha256": found.sha256} for found in self.lexicons]
        return {**table, "only": list(self.only), "skip": list(self.skip)}


@dataclass(frozen=True, slots=True)
class Config:
    """A settings file as read: the settings, the folders, more rule files, overrides by path, and what is a book.

    ``books`` are globs relative to the raw folder, ``given_books`` paths from the command line. ``lexicons``, and those
    of the overrides, are paths: a file is read when a text first needs it, and once (``shelf``). ``page_image`` and
    ``page_url`` say where the scan of a page is found (see ``PLACES``): they are for people, no text depends on them.
    """

    settings: Settings = field(default_factory=Settings)
    raw: Path = Path("corpora/raw")
    clean: Path = Path("corpora/clean")
    decisions: Path = Path("rules/decisions")
    rules: tuple[Path, ...] = ()
    overrides: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    books: tuple[str, ...] = ()
    given_books: tuple[Path, ...] = ()
    lexicons: tuple[Path, ...] = ()
    page_image: str = ""
    page_url: str = ""
    file: Path | None = None
    shelf: dict[Path, WordList] = field(default_factory=dict, compare=False, repr=False)

    def raw_of(self, out: Path) -> Path | None:
        """The raw folder as a whole that belongs to an output folder, None where the settings say nothing of it."""
        return self.raw if os.path.abspath(out) == os.path.abspath(self.clean) else None

    def is_book(self, path: Path) -> bool:
        """Whether a folder or an archive is one text: the command line names it, or the settings in the raw folder.

        A glob stands for whole names: ``volume-*`` takes no folder inside of ``volume-1``.
        """
        whole, raw = Path(os.path.abspath(path)), Path(os.path.abspath(self.raw))
        if str(whole) in map(os.path.abspath, self.given_books):
            return True
        if not whole.is_dir() and whole.suffix.lower() != ARCHIVE:
            return False
        parts = whole.relative_to(raw).parts if whole.is_relative_to(raw) else ()
        globs = [Path(glob).parts for glob in self.books]
        return any(len(glob) == len(parts) and all(map(fnmatchcase, parts, glob)) for glob in globs)

    def settings_for(self, path: Path, given: Mapping[str, Any]) -> Settings:
        """The settings of one file: per-path overrides in order, then what the command line gave.

        ``path`` is relative to the folder that holds the settings file, with forward slashes. Raises ``LexiconError``.
        """
        table: dict[str, Any] = {"lexicons": self.lexicons}
        for glob, overriding in self.overrides:
            if fnmatchcase(path.as_posix(), glob):
                table.update(overriding)
        table.update(given)
        table["lexicons"] = tuple(map(self._shelved, table["lexicons"]))
        return replace(self.settings, **table)

    def _shelved(self, path: Path) -> WordList:
        if path not in self.shelf:
            self.shelf[path] = lexicon(path)
        return self.shelf[path]


LexiconSource = WordList | Path | str | Mapping[str, int] | Iterable[str]


def lexicon(source: LexiconSource) -> WordList:
    """A word list, or the counts of a corpus, from a file, from counts by word, or from words.

    >>> lexicon(["counter-revolution", "Osinskii"]).vouches("osinskii"), lexicon({"Mill": 4}).count("mill")
    (True, 4)

    Raises ``LexiconError`` for a file that is none, with the line at fault and what would be right.
    """
    if isinstance(source, WordList):
        return source
    if isinstance(source, Mapping):
        return wordlists.counted(source)
    if not isinstance(source, Path | str):
        return wordlists.listed(source)
    path = Path(source)
    if not path.is_file():
        what = "is not a file" if path.exists() else "there is no such file"
        raise LexiconError(f"{path}: {what}", "give a word list, or counts that 'cleaner lexicon build' made")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}: {os.strerror(error.errno or 0)}", "see to it, then run again") from error
    return replace(wordlists.parse(data, str(path)), name=path.name)


def load(start: Path, books: tuple[Path, ...] = ()) -> Config:
    """The settings file of ``start`` or the nearest folder above it, the defaults where there is none; more books."""
    return replace(_load(start), given_books=books)


def _load(start: Path) -> Config:
    for folder in (start.resolve(), *start.resolve().parents):
        for name in (FILE, "pyproject.toml"):
            path = folder / name
            if not path.is_file():
                continue
            table = _toml(path)
            if name != FILE:
                tool = table.get("tool", {})
                if not isinstance(tool, dict) or "cleaner" not in tool:
                    continue
                table = _typed(tool, "cleaner", dict, path, {})
            return read(table, path)
    return Config()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}", "mend the file, or move it away") from error


_SETTINGS = tuple(f.name for f in fields(Settings))
_KEYS = (*_SETTINGS, "books", "folders", "page_image", "page_url", "rules", "path")


def read(table: Mapping[str, Any], path: Path) -> Config:
    """A table of settings, validated. Folders, rule files and lexicons are relative to the settings file."""
    _known(table, _KEYS, path)
    base = path.parent
    folders = _typed(table, "folders", dict, path, {})
    _known(folders, ("raw", "clean", "decisions"), path, "folders.")
    overrides = []
    for entry in _typed(table, "path", list, path, []):
        if not isinstance(entry, dict):
            raise SettingsError(
                f"{path}: path must be a list of tables", 'write [[path]], and below it glob = "folder/*"'
            )
        _known(entry, ("glob", *_SETTINGS), path, "path.")
        if not isinstance(entry.get("glob"), str):
            raise SettingsError(f"{path}: a [[path]] table without glob", 'add glob = "folder/*"')
        overrides.append((entry["glob"], _values({k: v for k, v in entry.items() if k != "glob"}, path)))
    values = _values({k: v for k, v in table.items() if k in _SETTINGS}, path)
    return Config(
        lexicons=values.pop("lexicons", ()),
        settings=Settings(**values),
        raw=base / _typed(folders, "raw", str, path, "corpora/raw"),
        clean=base / _typed(folders, "clean", str, path, "corpora/clean"),
        decisions=base / _typed(folders, "decisions", str, path, "rules/decisions"),
        rules=tuple(base / name for name in _names(table, "rules", path)),
        overrides=tuple(overrides),
        books=_names(table, "books", path),
        page_image=_scan(table, "page_image", path),
        page_url=_scan(table, "page_url", path),
        file=path,
    )


def is_threshold(value: object) -> bool:
    """Whether a value is a probability from which changes may be applied."""
    return isinstance(value, int | float) and not isinstance(value, bool) and FLOOR <= value <= 1


def is_century(value: object) -> bool:
    """Whether a value is a century, or 0."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LAST_CENTURY


def _known(table: Mapping[str, Any], keys: Iterable[str], path: Path, prefix: str = "") -> None:
    keys = list(keys)
    for key in table:
        if key not in keys:
            hint = nearest(prefix + key, [prefix + known for known in keys])
            raise SettingsError(f"{path}: unknown setting {prefix}{key}", hint)


def _typed(table: Mapping[str, Any], key: str, kind: type, path: Path, default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind):
        raise SettingsError(f"{path}: {key} = {value!r} must be a {kind.__name__}")
    if isinstance(value, str) and "\0" in value:
        raise SettingsError(f"{path}: {key} = {value!r} holds a zero byte", "no file has such a name")
    return value


def _scan(table: Mapping[str, Any], key: str, path: Path) -> str:
    """Where scans are: an address of the web, or of images also a path inside of the folder of the settings file."""
    template: str = _typed(table, key, str, path, "")
    for name in PLACE.findall(template):
        if name not in PLACES:
            raise SettingsError(f"{path}: {key} = {template!r}: {{{name}}} is unknown", nearest(name, PLACES))
    inside = not (":" in template or template.startswith(("/", "\\")) or ".." in Path(template).parts)
    if not template or WEB.match(template) or (key == "page_image" and inside):
        return template
    where = ", or a path inside of the project" if key == "page_image" else ""
    raise SettingsError(f"{path}: {key} = {template!r}", f"write an address such as https://scans.org/{{stem}}{where}")


def _names(table: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    names = _typed(table, key, list, path, [])
    if not all(isinstance(name, str) for name in names):
        raise SettingsError(f"{path}: {key} must be a list of strings")
    return tuple(names)


def _values(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    values = dict(table)
    for key in ("only", "skip"):
        if key in values:
            values[key] = _names(values, key, path)
    if "lexicons" in values:
        values["lexicons"] = tuple(path.parent / name for name in _names(values, "lexicons", path))
    for key, choice in CHOICES.items():
        if values.get(key, choice[0]) not in choice:
            raise SettingsError(f"{path}: {key} = {values[key]!r}", f"use one of {', '.join(choice)}")
    if not isinstance(values.get("keep_furniture", False), bool):
        raise SettingsError(f"{path}: keep_furniture = {values['keep_furniture']!r}", "use true or false")
    if not isinstance(values.get("language", ""), str):
        raise SettingsError(f"{path}: language must be a code such as 'en', or 'auto'")
    if not is_century(values.get("century", 0)):
        raise SettingsError(f"{path}: century = {values['century']!r}", CENTURY)
    thresholds = _typed(values, "thresholds", dict, path, {})
    for key, value in [("threshold", values.get("threshold", THRESHOLD)), *thresholds.items()]:
        if not is_threshold(value):
            raise SettingsError(f"{path}: {key} = {value!r}", f"a threshold is a probability from {FLOOR:.2f} to 1")
    return values
