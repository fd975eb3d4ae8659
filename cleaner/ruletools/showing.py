"""Rules for people to read: a line for each, one with all that is known of it, and the index of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleaner.rulebook import CONTEXT, Rule, Rulebook, WordTable
from cleaner.rulebook.faults import lines_of
from cleaner.rulebook.loading import TABLE

INDEX = "INDEX.md"
NEW_LINE = "\N{RETURN SYMBOL}"
HASH = 16  # digits of the hash of a table: a row that was changed shows in the index
EXAMPLES = 3  # rows of a table that the index shows


def listed(book: Rulebook, names: Iterable[str] = ()) -> Iterator[str]:
    """A line for each rule, a table of words as one; ``names`` are ids or the first parts of ids.

    >>> rule = Rule(id="my.tbe", why="", examples=(), keep=(), kind="word", match="tbe", replace="the", languages=("en",))
    >>> list(listed(Rulebook((rule,)), ["my"]))
    ['my.tbe  word  auto  1.00  "tbe" -> "the"  (en)']
    """
    names = tuple(names)
    rows = {table.rule.id: len(table.rows) for table in book.tables}
    heads = [rule for rule in book.heads if not names or any(is_of(rule, name) for name in names)]
    wide = max((len(rule.id) for rule in heads), default=0)
    for rule in heads:
        what = f"{rows[rule.id]:,} words" if rule.id in rows else does(rule)
        scope = scoped(rule)
        kind = "words" if rule.id in rows else rule.kind
        yield f"{rule.id:<{wide}}  {kind}  {rule.apply}  {rule.confidence:.2f}  {what}" + (
            f"  ({scope})" if scope else ""
        )


def is_of(rule: Rule, name: str) -> bool:
    """Whether a name is the id of a rule, or the first part of one."""
    return rule.id == name or rule.id.startswith(name + ".")


def does(rule: Rule) -> str:
    """What a rule changes into what."""
    if rule.kind == "line":
        return f"removes lines {_short(rule.match)}"
    quote = '"' if rule.kind in ("word", "char") else "/"
    return f'{quote}{_short(rule.match)}{quote} -> "{rule.replace}"'


def _short(pattern: str) -> str:
    return pattern if len(pattern) <= 2 * CONTEXT else pattern[: 2 * CONTEXT] + "..."


def scoped(rule: Rule) -> str:
    """Which texts a rule is for; empty where for all."""
    parts = [", ".join(rule.languages), ", ".join(rule.paths)]
    parts += [", ".join(f"century {century}" for century in rule.centuries)]
    parts += [f"corpus {rule.corpus}" if rule.corpus else "", f"document {rule.document}" if rule.document else ""]
    return "; ".join(part for part in parts if part)


def shown(book: Rulebook, name: str) -> Iterator[str]:
    """All that is known of one rule, and which others it replaces or is replaced by; nothing where there is none."""
    rule = book.find(name)
    if rule is None:
        return
    tables = {table.rule.id: table for table in book.tables}
    yield rule.id
    yield f"  {rule.why}"
    table = tables.get(rule.id)
    place, source = _evidence(rule)
    rows: list[tuple[str, str]] = [
        ("kind", f"table of {len(table.rows):,} words" if table else rule.kind),
        ("match", "" if table else rule.match),
        ("replace", "" if table or rule.kind == "line" else repr(rule.replace)),
        ("apply", f"{rule.apply}, confidence {rule.confidence:.2f}"),
        ("for", scoped(rule) or "all texts"),
        ("unless", " | ".join(rule.unless)),
        ("source", source or rule.source),
        ("stands", place),
    ]
    rows += [("example", f"{raw!r} -> {clean!r}") for raw, clean in rule.examples]
    rows += [("keep", repr(text)) for text in rule.keep]
    rows += [("", f"{word} -> {right}") for word, right in list(table.rows.items())[:EXAMPLES]] if table else []
    for other in _same(book, rule) if not table else ():
        if other.rank > rule.rank:
            rows.append(("replaced", f"where both are for a text, by {other.id} ({other.place})"))
        else:
            rows.append(("replaces", f"where both are for a text, {other.id} ({other.place})"))
    yield from (f"  {key:<8}  {value}" for key, value in rows if value)


def _same(book: Rulebook, rule: Rule) -> list[Rule]:
    """The other rules that match the same."""
    others = [other for other in book.rules if other.kind == rule.kind and other.match == rule.match]
    if rule.kind == "word":
        others += [table.row(rule.match) for table in book.tables if rule.match in table.rows]
    return [other for other in others if other.id != rule.id]


def _evidence(rule: Rule) -> tuple[str, str]:
    """Where a rule stands; of a row of a table its own line, with count and source."""
    path, _, _ = rule.place.rpartition(":")
    _, _, word = rule.id.rpartition(".")
    lines = (
        lines_of(Path(path).read_bytes().decode("utf-8-sig")) if path.endswith(TABLE) and os.path.isfile(path) else []
    )
    for number, line in enumerate(lines, 1):
        if line.startswith(f"{word}\t"):
            _, _, *counted = line.split("\t")
            return f"{path}:{number}", ", ".join([f"{counted[0]} times", *counted[1:]] if counted else [])
    return rule.place, ""


def index(book: Rulebook, folder: Path) -> str:
    """The index of a folder of rules, in Markdown: every file, every rule, the tables of words with their sizes."""
    rows = {table.rule.id: table for table in book.tables}
    words = sum(len(table.rows) for table in book.tables)
    yielded = ["# Rules", "", "Made by `cleaner rules index` from the files here; edit those, not this one.", ""]
    yielded += [f"Rules: {len(book.rules):,}. Words in tables: {words:,}.", ""]
    files: dict[str, list[Rule]] = {}
    for rule in book.heads:
        path = os.path.relpath(rule.place.rpartition(":")[0], folder)
        files.setdefault(path.replace(os.sep, "/"), []).append(rule)
    for path, rules in files.items():
        yielded += [f"## [{path}]({path})", ""]
        if rules[0].id in rows:
            yielded += [*_table(rows[rules[0].id]), ""]
            continue
        yielded += ["| rule | kind | applied | example | why |", "|---|---|---|---|---|"]
        yielded += [_row(rule) for rule in rules]
        yielded.append("")
    return "\n".join(yielded).rstrip("\n") + "\n"


def _table(table: WordTable) -> Iterator[str]:
    rule = table.rule
    yield f"{len(table.rows):,} words ({rule.apply}, {rule.confidence:.2f}; {table.digest[:HASH]}): {rule.why}"
    if scope := scoped(rule):
        yield f"For: {scope}."
    if rule.source:
        yield f"Source: {rule.source}."
    few = ", ".join(f"`{word}` \N{RIGHTWARDS ARROW} `{right}`" for word, right in list(table.rows.items())[:EXAMPLES])
    yield f"Such as {few}."


def _row(rule: Rule) -> str:
    raw, clean = rule.examples[0]
    scope = scoped(rule)
    cells = (
        f"`{rule.id}`",
        rule.kind + (f" ({scope})" if scope else ""),
        f"{rule.apply}, {rule.confidence:.2f}",
        f"{_cell(raw)} \N{RIGHTWARDS ARROW} {_cell(clean)}",
        rule.why,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cell(text: str) -> str:
    return "`" + text.strip("\n").replace("\n", NEW_LINE).replace("`", "'") + "`"
