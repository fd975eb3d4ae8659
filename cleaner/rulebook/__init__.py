"""Rules are data that cannot lie: what a rule is, and the folder ``rules`` read into validated values.

A rule that needs code lives in a stage and registers the same metadata (``kind="code"`` in the stage's ``RULES``), so
that every id in a log can be looked up, capped, skipped and tested in one way. ``rules/README.md`` tells how one is
written.
"""

from cleaner.rulebook.faults import Fault, Faults, Problem
from cleaner.rulebook.loading import RULES, load, shipped
from cleaner.rulebook.values import CHAIN, CONTEXT, NOWHERE, STAGE_OF, Cap, Rule, Rulebook, Where, WordTable

__all__ = [
    "CHAIN",
    "CONTEXT",
    "NOWHERE",
    "RULES",
    "STAGE_OF",
    "Cap",
    "Fault",
    "Faults",
    "Problem",
    "Rule",
    "Rulebook",
    "Where",
    "WordTable",
    "load",
    "shipped",
]
