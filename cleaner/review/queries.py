"""Which changes a person wants to see. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Shown(Protocol):
    """What a query asks of a change."""

    @property
    def stage(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def settled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Query:
    """Of each that is given one must hold: ``rules`` are ids or their beginnings, ``statuses`` such as ``held``.

    ``low`` and ``high`` bound the confidence, both included; ``settled`` asks for what is decided, or for what is not.
    """

    stages: Sequence[str] = ()
    rules: Sequence[str] = ()
    statuses: Sequence[str] = ()
    pages: Sequence[str] = ()
    files: Sequence[str] = ()
    low: float = 0.0
    high: float = 1.0
    settled: bool | None = None

    def takes(self, item: Shown) -> bool:
        """Whether a change is asked for."""
        return (
            (not self.stages or item.stage in self.stages)
            and (not self.rules or any(item.rule == rule or item.rule.startswith(rule + ".") for rule in self.rules))
            and (not self.statuses or item.status in self.statuses)
            and (not self.pages or item.page in self.pages)
            and (not self.files or item.file in self.files)
            and self.low <= item.confidence <= self.high
            and (self.settled is None or item.settled == self.settled)
        )
