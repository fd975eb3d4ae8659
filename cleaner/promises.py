"""Does a rule do what its examples say? Each is run alone, as if it were sure, through the stage of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from cleaner import pipeline
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Document
from cleaner.rulebook import CONTEXT, STAGE_OF, Faults, Problem, Rule, Rulebook, WordTable, patterns
from cleaner.settings import Settings
from cleaner.stages import STAGES
from cleaner.text import WORD

NO_ROWS: Mapping[str, str] = {}


def prove(book: Rulebook, first: int = 1) -> None:
    """Raise ``RuleError`` where rules break a promise: those from the places ``first`` on. Shipped ones are tested already."""
    faults = Faults()
    tables = {table.rule.id: table.rows for table in book.tables}
    for rule in book.heads:
        if rule.turn >= first:
            for problem in broken(rule, tables.get(rule.id, NO_ROWS)):
                _add(faults, rule, problem)
    faults.stop("rules do not do what their examples say, nothing was run")


def try_all(book: Rulebook, file: Path | None) -> str:
    """Try every promise, and every row of every table, of all rules or those in a file or folder; in words what was tried.

    Raises ``RuleError``.
    """
    faults = Faults()
    tables = {table.rule.id: table for table in book.tables}
    examples = keeps = rows = 0
    within = file and file.resolve()
    heads = [rule for rule in book.heads if within is None or _path(rule).is_relative_to(within)]
    for rule in heads:
        table = tables.get(rule.id)
        for problem in broken(rule, table.rows if table else NO_ROWS):
            _add(faults, rule, problem)
        examples, keeps = examples + len(rule.examples), keeps + len(rule.keep)
        if table:
            rows += len(table.rows)
            for word, result in wrong_rows(table):
                what = f"its row {word!r} gives {result!r}, not {table.rows[word]!r}"
                _add(faults, rule, Problem(word, what, "mend the row"))
    faults.stop("rules do not do what their examples say")
    counted = (_many(len(heads), "rule"), _many(examples, "example"), _many(keeps, "text"), _many(rows, "row"))
    return "{}: {}, {} to keep and {} of tables hold".format(*counted)


def _path(rule: Rule) -> Path:
    return Path(rule.place.rpartition(":")[0]).resolve()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" + "s" * (count != 1)


def wrong_rows(table: WordTable) -> Iterator[tuple[str, str]]:
    """Rows that do not do what they say, with what they give: all are run as one text, far enough from each other."""
    apart = "\n" * (CONTEXT + 1)
    text, _ = run_alone(table.rule, apart.join(table.rows), table.rows)
    for (word, right), result in zip(table.rows.items(), text.split(apart), strict=True):
        if right != result:
            yield word, result


def _add(faults: Faults, rule: Rule, problem: Problem) -> None:
    faults.add_to_rule(rule.place, problem._replace(what=f"rule {rule.id}: {problem.what}"))


def broken(rule: Rule, rows: Mapping[str, str] = NO_ROWS) -> Iterator[Problem]:
    """What a rule from a file, or a table of words with these rows, promises and does not hold; and what to do.

    It is tried for a text of its own language, wherever it may be for.
    """
    told = [("match", rule.match)] if rule.kind in ("regex", "line") else []
    for key, pattern in (*told, *(("unless", pattern) for pattern in rule.unless)):
        if slow := _slow(rule, pattern):
            yield Problem(key, f"{key} takes for ever on some texts, such as {slow!r}", patterns.FOR_EVER)
            return
    for raw, clean in rule.examples:
        text, fired = run_alone(rule, raw, rows)
        if not fired or text != clean:
            what = f"the example {raw!r} gives {text!r}, not {clean!r}"
            yield Problem("examples", what, "mend the rule or the example" if fired else SILENT)
        elif run_alone(rule, clean, rows)[1]:
            what = f"the result of an example, {clean!r}, is changed again"
            yield Problem("examples", what, "a result must stay as it is")
    for kept in rule.keep:
        text, fired = run_alone(rule, kept, rows)
        if fired:
            what = f"{kept!r}, which it shall keep, becomes {text!r}"
            yield Problem("keep", what, "make match narrower, or say unless")


SILENT = "the rule does not fire on it: case, blanks, signs count"


def _slow(rule: Rule, pattern: str) -> str:
    texts = [*(raw for raw, _ in rule.examples), *rule.keep]
    return patterns.slow_on(pattern, texts, whole=rule.kind == "line" and pattern == rule.match)


def run_alone(rule: Rule, text: str, rows: Mapping[str, str] = NO_ROWS) -> tuple[str, bool]:
    """What a rule alone makes of a text, as if it were sure, and whether it fired.

    >>> rule = Rule(id="my.tbe", why="", examples=(), keep=(), kind="word", match="tbe", replace="the")
    >>> run_alone(rule, "in tbe mill"), run_alone(rule, "TBE")
    (('in the mill', True), ('TBE', False))
    """
    sure = replace(rule, apply="auto", confidence=1.0)
    few = {word: rows[word] for word in WORD.findall(text) if word in rows}
    book = Rulebook(tables=(WordTable(sure, few),)) if rows else Rulebook((sure,))
    stage = next(stage for stage in STAGES if stage.name == STAGE_OF[rule.kind])
    knowledge = Knowledge(_no_words, next(iter(rule.languages), "auto"), rules=book)
    batch, doc = pipeline.step(Document(text), stage, knowledge, Settings(), book)
    return doc.text, any(edit.rule in book for edit in batch.applied)


def _no_words(code: str) -> General:
    return General(code, {})
