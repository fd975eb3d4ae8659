"""What a stage may know beside the text: settings that concern it, the rules, and the general lexicon of a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cleaner.language import General
from cleaner.model import Document
from cleaner.rulebook import Rule


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Handed to every ``propose``. ``general`` loads the lexicon of a language code lazily and caches it.

    ``lang`` is a language code or ``auto``; ``layout`` is ``paragraphs`` or ``lines``; ``rules`` are the rules from rule
    files by kind (``word``, ``char``, ``line``, ``regex``). ``page_marks`` and ``keep_furniture`` are those of the settings.
    """

    general: Callable[[str], General]
    lang: str = "auto"
    layout: str = "paragraphs"
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    page_marks: str = "none"
    keep_furniture: bool = False

    def language_of(self, doc: Document) -> str:
        """The code of the language that a document was found to be in, or that was given; empty where unknown."""
        codes = [str(mark.value.get("code", "")) for mark in doc.marked("language")]
        return codes[0] if codes else "" if self.lang == "auto" else self.lang
