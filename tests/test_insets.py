"""Verse and inscriptions that nothing but their indents show; dialogue, entries and quotations are none."""

from __future__ import annotations

import textwrap

import pytest

from cleaner import clean

STORY = (
    "The ferry had been tied up since the flood, and nobody in the village could say when it would run again. The men who "
    "had worked upon it sat in the kitchen of the inn and talked about the price of oats, as though they had never in their "
    "lives done anything else, and the women let them talk. Then the schoolmaster came."
)
AROUND = "\n".join(textwrap.wrap(STORY, 70))

STANZAS = """\
The ferry lies, the ferry sleeps,
  the rope is neither dry nor new;
"I rowed," said he, "across the deeps,
  and so my father used to do."

The bell is hung, the bell is mute,
  the lamp is out, the door is wide;
they hear the otter and the coot
  and call across from side to side."""
STONE = """\
            Here lieth the body of
              ANNA, widow of
              the ferryman Lund
              late of this parish
              who died of a fever
              on the 9th of May 1841."""


@pytest.mark.parametrize("around", ["", AROUND])
def test_stanzas_set_in_by_turns_keep_their_lines(around: str) -> None:
    got = clean(f"{around}\n\n{STANZAS}\n\n{around}".strip() + "\n", language="en").text
    assert f"\n\n{STANZAS}\n" in f"\n\n{got}"


def test_an_inscription_in_prose_keeps_its_lines() -> None:
    got = clean(f"{AROUND}\n\n{STONE}\n\n{AROUND}\n", language="en").text
    assert got == f"{STORY}\n\n{STONE}\n\n{STORY}\n"


JOINED = {
    "dialogue": """\
  "Who is it that calls from the other bank at this hour of the night?"
asked the miller.
  "Nobody calls from there, nor has anybody called since we had the flood,"
said his wife.
  "Then it was the wind that I heard, or else it was the bell of the boat,"
said he.""",
    "entries": """\
Lund, A., The Ferry and the Boats of the Lower Meadows, a Tale of the
    flood and of what came after it.
Holm, M., The Bell, with an Account of Those who Rang it in the Years
    of war, and a map.""",
    "quotation": "\n".join("        " + line for line in textwrap.wrap(STORY, 54)),
    "narrow column": "\n".join(" " * 36 + line for line in textwrap.wrap(f"{STORY} {STORY}", 30)),
}


@pytest.mark.parametrize("kind", JOINED)
def test_indents_of_prose_are_no_verse(kind: str) -> None:
    got = clean(f"{AROUND}\n\n{JOINED[kind]}\n\n{AROUND}\n", language="en").text
    lines = [line for line in got.split("\n") if line][1:-1]
    assert len(lines) == {"dialogue": 3, "entries": 2, "quotation": 1, "narrow column": 1}[kind]
