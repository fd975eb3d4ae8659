"""The stages in their order. The number of a step is fixed, so that logs stay comparable when a stage is added.

A stage is one module with ``propose(doc, knowledge) -> Proposals`` (pure and deterministic) and ``RULES``, the rules
that its edits may name. Stages never import each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cleaner.knowledge import Knowledge
from cleaner.model import Document, Proposals
from cleaner.rulebook import Rule
from cleaner.stages import encoding, furniture, glyphs, hyphens, numbers, paragraphs, regions, seal, words


class Stage(NamedTuple):
    """One step; those of its rules that are ``required`` cannot be skipped, and those that are ``fixed`` not be refused."""

    n: int
    name: str
    propose: Callable[[Document, Knowledge], Proposals]
    rules: tuple[Rule, ...]
    required: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


def required(rules: tuple[Rule, ...]) -> frozenset[str]:
    """The ids of rules without which the clean text would not be valid."""
    return frozenset(rule.id for rule in rules)


# But for what is guessed, or asked for, these are what makes a text valid.
READ = required(encoding.RULES)
SEALED = required(seal.REQUIRED)

STAGES: tuple[Stage, ...] = (
    Stage(1, "encoding", encoding.propose, encoding.RULES, READ, READ - encoding.GUESSED),
    Stage(2, "furniture", furniture.propose, furniture.RULES),
    Stage(3, "regions", regions.propose, regions.RULES),
    Stage(4, "glyphs", glyphs.propose, glyphs.RULES),
    Stage(5, "hyphens", hyphens.propose, hyphens.RULES),
    Stage(6, "numbers", numbers.propose, numbers.RULES),
    Stage(7, "words", words.propose, words.RULES),
    Stage(8, "paragraphs", paragraphs.propose, paragraphs.RULES),
    Stage(9, "seal", seal.propose, seal.RULES, SEALED, SEALED - {seal.PAGE}),
)

# The step after the last stage: what people decided and no stage has done.
DECISIONS, DECIDED = "decisions", 10
STEPS = (*(stage.name for stage in STAGES), DECISIONS)
