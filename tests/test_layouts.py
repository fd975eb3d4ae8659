"""What is not running prose keeps its lines, in books set in several ways: each block comes out as it should."""

from __future__ import annotations

import textwrap

import pytest

from cleaner import clean

PROSE = [
    "The ferry had been tied up since the flood, and nobody in the village could say when it would run again. The men who "
    "had worked upon it sat in the kitchen of the inn and talked about the price of oats, as though they had never in their "
    "lives done anything else, and the women let them talk.",
    "It was not until the end of the month that a letter came from the council. It was read aloud by the schoolmaster, who "
    "held it close to the lamp because his eyes were bad, and when he had done there was a long silence, for they had all "
    "expected something different.",
    "Old Anna was the first to speak. She said that her father had rowed across that water before there was a council, and "
    "that she supposed it could be done again by anybody who had two arms and a boat. Then she put on her shawl and went "
    "home, and before the week was out there were three boats upon the river.",
    "What became of the ferry in the end is soon told. It lay under the willows until the autumn, and one night in October "
    "it was gone; some said that it had been stolen, and others that it had simply been tired of waiting.",
]

BLOCKS = {
    "verse": """\
The ferry lies beneath the tree
And no one comes to mend her;
The river runs as rivers run,
And little does he tend her.""",
    "verse in sentences": """\
The boat is gone. The rope is cut.
The water is not deep;
And all who live upon the bank
Have turned again to sleep.""",
    "numbered": """\
1. The ferry shall be mended before the first of May.
2. The council shall pay one half of what it costs.
3. The other half shall be paid by those who use it.""",
    "lettered": """\
(a) the rope, which is new;
(b) the two oars, of which one is broken;
(c) the bell and its post.""",
    "bulleted": """\
• the rope, which is new
• the two oars, of which one is broken
• the bell and its post""",
    "table": """\
Year     Boats    Men
1861       12      31
1862       14      35
1863       11      29""",
    "figures": """\
Oats 12 14 11
Rye 31 35 29
Wheat 9 8 10""",
    "accounts": """\
May 2. Pd. the smith for the chain ........ 0 4 6
     for a new bell ....................... 1 10 0
9. Of the miller for his passage .......... 0 1 3
     and that of his two mules
11. Pd. the widow for rope ................ 0 0 9""",
    "accounts with dashes": """\
To the smith for the chain - - - - £0 4s. 6d.
For a new bell and for hanging it - - - £1 10s. 0d.
Of the miller for his passage - - - - 1s. 3d.""",
    "sums in columns": """\
The smith, for the chain 0 4 6
The founder, for a new bell 1 10 0
The widow, for rope 0 0 9-1/2""",
    "contents": """\
The Ferry ......... 1
The Council ....... 14
The Three Boats ... 29
The Willows ....... 41""",
    "address": """\
To the Honourable
The Council of the Lower Meadows
Guildhall Street
Wendlake""",
    "signature": """\
I remain, gentlemen,
Your obedient servant,
Martin Holm""",
    "title page": """\
THE FERRY
AND OTHER TALES
BY
MARTIN HOLM
Wendlake: Baker and Sons
1863""",
    "heading": "CHAPTER II",
    "headings": """\
CHAPTER II
THE COUNCIL""",
    "caption": "Fig. 3. The ferry under the willows.",
    "ornament": "* * *",
    "play": """\
ANNA. Is the boat there?
MARTIN. She is not, nor has she been there since the flood, and I for one am glad.
ANNA. Then who is it that calls from the other bank?
MARTIN. Nobody calls.""",
    "index": """\
Anna, 12, 14, 31
bell, the, 8
boats, 3, 9-11, 29
council, 14, 17, 22
ferry, the, 1, 2, 41
Holm, Martin, 5, 19""",
}


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def compositor(text: str, width: int) -> list[str]:
    """Lines as uneven as type is: no program filled them."""
    lines, rest, n = [], text, 0
    while rest:
        line = wrapped(rest, width - (0, 2, 1, 3)[n % 4])[0]
        lines.append(line)
        rest, n = rest[len(line) :].lstrip(), n + 1
    return lines


STYLES = {
    "blank lines": ("\n", "", "\n\n"),
    "indents": ("\n", "   ", "\n"),
    "doubled": ("\n\n", "", "\n\n\n"),
}


def book(block: str, style: str, width: int) -> str:
    between, indent, apart = STYLES[style]
    paragraphs = [indent + between.join(compositor(text, width)) for text in PROSE * 2]
    block = block.replace("\n", between)
    around = apart if style == "doubled" else "\n\n"
    head, tail = apart.join(paragraphs[:4]), apart.join(paragraphs[4:])
    return f"{head}{around}{block}{around}{tail}\n"


@pytest.mark.parametrize("width", [48, 64])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_keeps_its_lines(kind: str, style: str, width: int) -> None:
    want = [*PROSE, *BLOCKS[kind].split("\n"), *PROSE]
    got = clean(book(BLOCKS[kind], style, width), language="en").text
    assert [line for line in got.split("\n") if line] == want
