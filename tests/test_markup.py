"""Markdown, as engines write it that are language models: its lines stay, its prose is joined, and dirt is none of it."""

from __future__ import annotations

import textwrap
import time

import pytest

from cleaner import clean

STORY = (
    "The ferry had been tied up since the flood, and nobody in the village could say when it would run again. The men who "
    "had worked upon it sat in the kitchen of the inn and talked about the price of oats, as though they had never in their "
    "lives done anything else, and the women let them talk. Then the schoolmaster came."
)
AROUND = "\n".join(textwrap.wrap(STORY, 70))

BLOCKS = {
    "table": """\
| month, and how high the water stood in it  | boats | dues     |
|--------------------------------------------|:-----:|---------:|
| January, over the lower meadows            | 14    | £31 4s.  |
| February, and in the end below the arches  | 9     | £18 11s. |""",
    "table of figures": """\
| 1871 | 14 | 31 |
| 1872 | 9  | 18 |
| 1873 | 22 | 47 |
| 1874 | 25 | 51 |
| 1875 | 20 | 49 |
| 1876 | 21 | 40 |""",
    "table without pipes at its ends": """\
Month | Boats on the river
--- | ---
January, when the river was high | fourteen
February | nine""",
    "clauses": """\
- that the ferry be painted;
- that the widow Lund have leave to dry her nets upon the quay below the mill, and those of her son;
- that the schoolmaster be asked to read the letter.""",
    "no stops": """\
* the rope
* two oars of which one is mended and the other old
* a bell""",
    "hanging": """\
- the rope, which is new
- two oars, of which one is mended
- a bell
  - with its post
  - without its post
- a lamp""",
    "numbers": """\
1. The letter was read by the schoolmaster in the kitchen of the inn before all those who had worked upon the ferry
2. The bell is to be rung by the oldest of them when the water is at its height and at no other time of the year
3. The lamp is to be lit""",
    "quotation": """\
> The ferryman shall ring the bell when the
> water is high, and at no other time, nor
> shall any other ring it.""",
    "headings": """\
# The Ferry
## Of the boats and of those who built them
### Of the bell""",
    "code": """\
```
bell rope oar
  lamp bell
```""",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_what_markdown_sets_apart_keeps_its_lines(block: str) -> None:
    got = clean(f"{AROUND}\n\n{block}\n\n{AROUND}\n", language="en").text
    assert got == f"{STORY}\n\n{block}\n\n{STORY}\n"


@pytest.mark.parametrize("kind", ["table", "table of figures", "table without pipes at its ends"])
def test_a_table_beside_a_little_prose_keeps_its_lines(kind: str) -> None:
    prose = "The dues of the year were as follows, and were read to those who had\ncome, by the schoolmaster, who was thanked.\n"
    got = clean(f"{prose}\n{BLOCKS[kind]}\n\n{prose}", language="en").text
    assert got.split("\n\n")[1] == BLOCKS[kind]


def test_fields_before_a_text_keep_their_lines() -> None:
    front = "---\ntitle: The Ferry Book\nauthor: nobody\n---"
    assert clean(f"{front}\n{AROUND}\n", language="en").text == f"{front}\n{STORY}\n"


def test_text_between_fences_is_joined() -> None:
    assert clean(f"```markdown\n{AROUND}\n```\n", language="en").text == f"```markdown\n{STORY}\n```\n"


def test_hanging_lines_may_be_joined_to_their_item_and_no_item_to_another() -> None:
    items = "- the rope, which is\n  new\n- two oars, of which\n  one is mended\n- a bell"
    got = clean(f"{AROUND}\n\n{items}\n", language="en").text
    heads = [line[:8] for line in got.split("\n") if not line.startswith(("  ", "The"))]
    assert heads == ["", "- the ro", "- two oa", "- a bell", ""]


DIRT = {
    "dashes beside lines": """\
The ferry had been tied up since the flood, and nobody in the village
- could say when it would run again. The men who had worked upon it sat
in the kitchen of the inn and talked about the price of oats for days.
- They had never in their lives done anything else, and so it was said,
- and the women let them talk, until the schoolmaster came in and read.""",
    "dashes beside all lines": """\
- The ferry had been tied up since the flood, and nobody in the village
- could say when it would run again. The men who had worked upon it sat
- in the kitchen of the inn and talked about the price of oats for days
- and so they had all their lives.""",
    "a rule beside the column": """\
| The ferry had been tied up since the flood, and nobody in the village |
| could say when it would run again. The men who had worked upon it sat |
| in the kitchen of the inn and talked about the price of oats.""",
    "a speck at a beginning": """\
# Could it be said when the ferry would run again? The men who had sat
in the kitchen of the inn and talked about the price of oats had been
asleep.""",
    "specks": """\
The ferry had been tied up since the flood, and nobody in the village
# could say when it would run again. The men who had worked upon it sat
> in the kitchen of the inn and talked about the price of oats, and one
> of them was asleep.""",
    "talk": """\
Then the ferryman asked him from the boat what he wanted there so late
- for it was night - and why he had not come by the bridge as others do
- since there was one - but the man did not answer.""",
}


@pytest.mark.parametrize("text", DIRT.values(), ids=DIRT)
def test_signs_in_running_prose_do_not_part_it(text: str) -> None:
    got = clean(f"{AROUND}\n\n{text}\n\n{AROUND}\n", language="en").text
    assert got.split("\n\n")[1].count("\n") == 0


@pytest.mark.parametrize(
    "row", ["| a | b |\n", "|---|\n", "- a\n", "> a\n", "# a\n", "```\n", "1. a\n", "a | b\n--- | ---\n"]
)
def test_time_is_linear_in_the_number_of_signs(row: str) -> None:
    began = time.process_time()
    clean(row * 3_000, language="en", layout="paragraphs")
    assert time.process_time() - began < 8
