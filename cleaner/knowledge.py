"""What a stage may know beside the text: settings that concern it, the rules, and the general lexicon of a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cleaner.language import General, Lexicon
from cleaner.model import Document
from cleaner.rulebook import Rulebook
from cleaner.wordlists import NOTHING, WordList

EXPECTED = "en"  # the language that texts are expected to be in where nobody says otherwise: that of the tables


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Handed to every ``propose``. ``general`` loads the lexicon of a language code lazily and caches it.

    ``lang`` is a language code or ``auto``; ``layout`` is ``paragraphs`` or ``lines``; ``rules`` are the rules from rule
    files for this text. ``page_marks``, ``keep_furniture``, ``notes`` and ``note_marks`` are those of the
    settings;
    ``style`` holds the normalisations that the settings ask for, by setting;
    ``given`` are the words and counts that a person hands over.
    """

    general: Callable[[str], General]
    lang: str = "auto"
    layout: str = "paragraphs"
    rules: Rulebook = field(default_factory=Rulebook)
    page_marks: str = "none"
    keep_furniture: bool = False
    notes: str = "keep"
    note_marks: str = "keep"
    style: Mapping[str, str] = field(default_factory=dict)
    given: WordList = NOTHING

    def lexicon(self, doc: Document, counts: Mapping[str, int]) -> Lexicon:
        """The one language model for a document, whose own words are ``counts``, in lower case."""
        return Lexicon(self.general(self.language_of(doc)), counts, self.given)

    @property
    def expected(self) -> str:
        """The code of the language that texts are expected to be in; what is in another one is left to its writers."""
        return EXPECTED if self.lang == "auto" else self.lang

    def language_of(self, doc: Document) -> str:
        """The code of the language that a document was found to be in, or that was given; empty where unknown."""
        codes = [str(mark.value.get("code", "")) for mark in doc.marked("language")]
        return codes[0] if codes else "" if self.lang == "auto" else self.lang
