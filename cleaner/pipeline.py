"""Propose, decide, merge, apply: the only place where the order of things lives. Pure: no files, no clock, no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner import edits as algebra
from cleaner import policy
from cleaner.decisions import NONE, Settled
from cleaner.errors import StageError
from cleaner.knowledge import Knowledge
from cleaner.language import General
from cleaner.model import Batch, Document, Edit, Mark, Proposals, Run
from cleaner.obeying import WRITTEN, Obeying
from cleaner.policy import THRESHOLD
from cleaner.rulebook import STAGE_OF, Cap, Rulebook
from cleaner.settings import Settings
from cleaner.stages import DECIDED, DECISIONS, STAGES, Stage
from cleaner.wordlists import NOTHING, WordList

FURNITURE = "furniture"


def run(
    source: str,
    *,
    settings: Settings,
    rulebook: Rulebook,
    general: Callable[[str], General],
    given: WordList = NOTHING,
    settled: Settled = NONE,
) -> Run:
    """Clean one text. Raises ``StageError``, which names the stage, when a stage fails or breaks its contract.

    ``given`` are the lexicons of the settings as one, ``settled`` what people decided, with their places in this text.
    """
    knowledge = Knowledge(
        general,
        settings.language,
        settings.layout,
        rulebook,
        page_marks=settings.page_marks,
        keep_furniture=settings.keep_furniture,
        notes=settings.notes,
        note_marks=settings.note_marks,
        style=settings.style,
        given=given,
    )
    obeying = Obeying(settled, source) if settled.decisions else None
    doc = Document(source, obeying.marks() if obeying else ())
    batches: list[Batch] = []
    for stage in STAGES:
        if not runs(stage, settings, rulebook):
            continue
        batch, doc = step(doc, stage, knowledge, settings, rulebook, obeying)
        batches.append(batch)
    if obeying:
        batch, doc = _last(doc, obeying)
        batches.append(batch)
    return Run(source, tuple(batches), doc.text, doc.marks)


def step(
    doc: Document,
    stage: Stage,
    knowledge: Knowledge,
    settings: Settings,
    rulebook: Rulebook,
    obeying: Obeying | None = None,
) -> tuple[Batch, Document]:
    """One stage: its batch, and the document as it stands afterwards with all marks carried along."""
    proposals = _propose(doc, stage, knowledge, rulebook)
    edits = _selected(proposals.edits, stage, settings, rulebook)
    caps = {rule: _cap(rule, stage, settings, rulebook) for rule in {edit.rule for edit in edits}}
    said = obeying.verdicts(doc.text, edits, fixed=stage.fixed) if obeying else policy.NOTHING_SAID
    decided = policy.decide(edits, cap=caps.__getitem__, threshold=settings.threshold_of(stage.name), said=said)
    accepted = frozenset(edit for edit in decided.apply if said.get(edit) == "accept") if said else frozenset()
    applied, lost = algebra.merge(decided.apply, accepted)
    if obeying:
        obeying.done(applied, len(doc.text), accepted)
    held = sorted([*decided.held, *(policy.hold(edit, "overlaps") for edit in lost)], key=lambda h: h.edit.start)
    made = [*proposals.marks]
    if stage.name == FURNITURE and len(applied) < len(proposals.edits):
        made += _left(proposals.edits, applied)
    silent = tuple(_selected(proposals.silent, stage, settings, rulebook))
    batch = Batch(stage.name, stage.n, tuple(applied), tuple(held), tuple(made), silent, accepted)
    marks = (*doc.marks, *made)
    return batch, Document(algebra.apply(doc.text, applied), carry(marks, applied, len(doc.text)))


def _last(doc: Document, obeying: Obeying) -> tuple[Batch, Document]:
    """What people decided and no stage has done, as a step of its own."""
    last = obeying.last(doc.text)
    written = frozenset(edit for edit in last.edits if edit.rule == WRITTEN)
    applied, lost = algebra.merge(last.edits, written)
    held = [*last.stale, *(policy.hold(edit, "overlaps") for edit in lost)]
    batch = Batch(DECISIONS, DECIDED, tuple(applied), tuple(sorted(held, key=lambda one: one.edit.start)))
    return batch, Document(algebra.apply(doc.text, applied), carry(doc.marks, applied, len(doc.text)))


def _cap(rule: str, stage: Stage, settings: Settings, rulebook: Rulebook) -> Cap:
    if settings.keep_furniture and stage.name == FURNITURE:
        return "report"
    return next((known.apply for known in stage.rules if known.id == rule), rulebook.cap(rule) or "auto")


def _left(proposed: Iterable[Edit], applied: Iterable[Edit]) -> Iterator[Mark]:
    """A ``furniture`` mark over each line that is surely furniture and stays, as the settings have it: no stage joins it.

    Whatever was surely furniture and goes is not asked for, nor what was moved or put back.
    """
    gone = set(applied)
    for edit in proposed:
        line = edit.before.strip()
        if line and not edit.after.strip() and edit.group is None and edit.confidence >= THRESHOLD and edit not in gone:
            start = edit.start + edit.before.index(line)
            yield Mark(start, start + len(line), FURNITURE)


def _propose(doc: Document, stage: Stage, knowledge: Knowledge, rulebook: Rulebook) -> Proposals:
    known = {rule.id for rule in stage.rules}
    try:
        proposals = stage.propose(doc, knowledge)
        algebra.check(doc.text, proposals.edits)
        for edit in proposals.edits:
            if (edit.rule not in known and edit.rule not in rulebook) or not policy.FLOOR <= edit.confidence <= 1:
                raise ValueError(f"{edit.rule} at {edit.start}: unknown rule, or confidence {edit.confidence}")
        for mark in proposals.marks:
            if not 0 <= mark.start <= mark.end <= len(doc.text):
                raise ValueError(f"mark {mark.kind} at {mark.start}-{mark.end} lies outside the text")
    except Exception as error:  # whatever a stage trips over stops this document only, and says which stage it was
        raise StageError(
            f"stage {stage.name} failed: {type(error).__name__}: {error}",
            f"leave it out with --skip {stage.name}, and report the text that shows it",
        ) from error
    return proposals


def carry(marks: Iterable[Mark], edits: Sequence[Edit], size: int) -> tuple[Mark, ...]:
    """Marks in the offsets of a batch's input, carried into its output, in the order of the text."""
    if not edits:
        return tuple(sorted(marks, key=lambda mark: mark.start))
    table = algebra.forwards(edits, size)
    moved = []
    for mark in marks:
        point = mark.start == mark.end
        start, end = (table.point(mark.start),) * 2 if point else table.origin(mark.start, mark.end)
        moved.append(Mark(start, end, mark.kind, mark.value))
    return tuple(sorted(moved, key=lambda mark: mark.start))


def runs(stage: Stage, settings: Settings, rulebook: Rulebook) -> bool:
    """Whether a stage runs at all under ``--only`` and ``--skip``: when any of its rules may.

    A stage without rules changes nothing and only makes marks for the others: it runs unless it is skipped by name.
    """
    rules = [rule.id for rule in (*stage.rules, *rulebook.of_stage(stage.name))]
    if not rules:
        return stage.name not in settings.skip
    rows = [name for name in settings.only if (row := rulebook.find(name)) and STAGE_OF[row.kind] == stage.name]
    rules += rows  # of a table of words one row may be named
    return any(_allowed(rule, stage, settings, rulebook) for rule in rules)


def _selected(edits: Sequence[Edit], stage: Stage, settings: Settings, rulebook: Rulebook) -> Sequence[Edit]:
    """Without the edits of rules that ``--only`` and ``--skip`` leave out; a group goes when one of its edits goes."""
    if not (settings.only or settings.skip):
        return edits
    out = {rule for rule in {edit.rule for edit in edits} if not _allowed(rule, stage, settings, rulebook)}
    groups = {edit.group for edit in edits if edit.rule in out and edit.group is not None}
    return [edit for edit in edits if edit.rule not in out and edit.group not in groups]


def _allowed(rule: str, stage: Stage, settings: Settings, rulebook: Rulebook) -> bool:
    def named(names: Sequence[str]) -> bool:
        return any(
            name in (stage.name, rule) or rule.startswith(name + ".") or (name == "rules" and rule in rulebook)
            for name in names
        )

    return rule in stage.required or ((not settings.only or named(settings.only)) and not named(settings.skip))
