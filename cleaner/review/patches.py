"""What was done to one text, as a file that another copy of the same raw text can be given: JSON lines.

The first line names the raw text, its hash and the version of the program; each further one is a decision as the files
of decisions hold them (``cleaner.decisions``): those of people, and each change that was applied, as accepted by the
program. Changes of the layout that the log does not list one by one are left to whoever cleans the other copy.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import corpus, decisions, ledger, sources
from cleaner.decisions import CORPUS, DOCUMENT, Decision
from cleaner.errors import DecisionError, UsageError
from cleaner.finding import show
from cleaner.review import texts
from cleaner.review.desk import Desk
from cleaner.settings import Config

FORMAT = 1
TAKE = "take a file that 'cleaner export --patch' wrote"


class Patch(NamedTuple):
    """A patch as read: ``source`` is the name of the raw text in its ledger, ``sha256`` its hash, ``by`` what applied changes."""

    source: str
    sha256: str
    by: str
    decisions: tuple[Decision, ...]


class Imported(NamedTuple):
    """What became of a patch: the raw file, the decisions that are new there, and those that fit it not just once."""

    raw: Path
    new: tuple[Decision, ...]
    stale: tuple[Decision, ...]


def export(desk: Desk, name: str) -> str:
    """The patch of a text: what people decided about it, and what was applied besides."""
    sheet = desk.sheet(name)
    by = f"cleaner {sheet.log.header['cleaner']}"
    head = {"kind": "patch", "format": FORMAT, "source": sheet.text.ledger, "sha256": sheet.sha256, "by": by}
    applied = (item for item in sheet.items if item.status == "applied" and not item.settled)
    found = [*sheet.decided.decisions, *(one._replace(scope=DOCUMENT) for one in sheet.decided.corpus)]
    found += [item.decision("accept", sheet.raw, who=by) for item in applied]
    ordered = sorted({one.binds: one for one in found}.values(), key=lambda one: (one.place, decisions.line(one)))
    return "".join(line + "\n" for line in [json.dumps(head, separators=(",", ":")), *map(decisions.line, ordered)])


def read(data: bytes, path: Path) -> Patch:
    """A patch. Raises ``DecisionError`` with the line at fault."""
    lines = data.split(b"\n")
    if lines.pop():
        raise DecisionError(f"{show(path)}: the last line is cut off", TAKE)
    head = _record(lines, 0, path)
    if head.get("kind") != "patch" or head.get("format") != FORMAT:
        raise DecisionError(f"{show(path)}: this is no patch of format {FORMAT}", TAKE)
    if not all(isinstance(head.get(key), str) for key in ("source", "sha256", "by")):
        raise DecisionError(f"{show(path)}:1: source, sha256 and by must be texts", TAKE)
    found = []
    for k in range(1, len(lines)):
        try:
            found.append(decisions.read(_record(lines, k, path)))
            if found[-1].scope == CORPUS:
                raise DecisionError("a patch is for one text, not for a corpus", TAKE)
        except DecisionError as error:
            where = "" if error.message.startswith(show(path)) else f"{show(path)}:{k + 1}: "
            raise DecisionError(f"{where}{error.message}", error.hint or TAKE) from error
    return Patch(head["source"], head["sha256"], head["by"], tuple(found))


def _record(lines: list[bytes], k: int, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(lines[k])
    except (ValueError, IndexError, RecursionError) as error:
        raise DecisionError(f"{show(path)}:{k + 1}: this is no line of JSON", TAKE) from error
    if not isinstance(found, dict):
        raise DecisionError(f"{show(path)}:{k + 1}: this is no line of a patch", TAKE)
    return found


def apply(patch: Patch, raw: Path | None, config: Config, out: Path) -> Imported:
    """Write the decisions of a patch down for a raw text, those that cleaning does not come to by itself.

    Without ``raw`` for the raw file of the same hash, else of the same name. In a text of other bytes a decision counts
    where its text and context stand just once. Raises ``UsageError`` where there is no such text, ``DecisionError``.
    """
    task, plan = _target(patch, raw, config, out)
    data = task.read()
    sha256 = sources.digest(data)
    text = sources.read(data).text
    placed = decisions.place(patch.decisions, text, same=sha256 == patch.sha256)
    prepared = plan.prepare(task, data)
    known, own = prepared.decided, prepared.clean(data, task.clean.name)
    made = {(change.raw, change.before, change.after) for change in own.changes if change.status == "applied"}
    there = {one.binds for one in known.all}
    new = [
        one for one in placed.decisions if one.binds not in there and not (one.who == patch.by and _is_made(one, made))
    ]
    if new:
        page = plan.ledger.bring(known, task.ledger, sha256)
        plan.ledger.write(ledger.noted(page, new, sha256, stale=known.stale))
    return Imported(task.raw, tuple(new), placed.stale)


def _target(patch: Patch, raw: Path | None, config: Config, out: Path) -> tuple[corpus.Task, corpus.Plan]:
    found = texts.find([raw] if raw else [], config, out)
    tasks = [text.task for text in found.texts if text.task is not None]
    if raw is None:
        same = [task for task in tasks if sources.digest(task.read()) == patch.sha256]
        tasks = same or [task for task in tasks if task.ledger == patch.source]
    if len(tasks) != 1:
        where = show(raw) if raw else f"in {show(config.raw)}"
        what = f"{where}: there is not just one text that the patch could be for ({patch.source})"
        raise UsageError(what, "name the raw file: cleaner import PATCH RAW")
    return tasks[0], found.plan


def _is_made(one: Decision, made: Collection[tuple[tuple[int, int], str, str]]) -> bool:
    """Whether cleaning comes to what was accepted by itself."""
    return one.raw is not None and one.verdict == "accept" and (one.raw, one.stood, one.after) in made
