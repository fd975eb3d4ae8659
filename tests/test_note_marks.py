"""The marks of notes: read where their series prove them, left where nothing does, and shown as one wants them."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import note_marks

from cleaner import clean, language, rulebook
from cleaner.errors import UsageError
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Mark
from cleaner.stages import words
from cleaner.stages.numbers import propose
from cleaner.stages.numbers.notes import feet, sections
from cleaner.stages.numbers.places import Exact, Kind
from cleaner.stages.numbers.series import Stretch, chains, solve
from cleaner.stages.numbers.shapes import chance
from cleaner.stages.numbers.tails import Option

KNOWLEDGE = Knowledge(language.general, "en")
SENTENCES = (
    "The ferry left at seven.", "Nobody saw it go.", "The bells were rung, as they were each year.", "The town was old.",
    "It had a bridge, and the bridge was older still.", "The mayor wrote to the council.", "The council said nothing.",
    "In the spring the river rose.", "The gates were shut.", "And so they went home.", "He wrote it down.", "It was late.",
    "The mill stood still.", "They asked for money.", "No money came.", "The clerk went out.",
)  # fmt: skip


def chapter(*marks: str) -> str:
    """A sentence for each mark, which stands behind it as it is given."""
    return " ".join(sentence + mark for sentence, mark in zip(SENTENCES, marks, strict=False)) + "\n"


def sound(first: int, last: int) -> list[str]:
    return list(map(str, range(first, last + 1)))


def mended(text: str) -> str:
    return clean(text, language="en").text


def table(text: str, **settings: str) -> list[tuple[str, str]]:
    """(number, as read) of the marks that the log tells, in order."""
    marks = clean(text, language="en", **settings).records.marks
    return [(mark["number"], mark["read"]) for mark in marks if mark["mark"] == "note"]


@pytest.mark.parametrize(
    ("read", "number"),
    [
        (" 5", 5),
        ("S", 5),
        (" S", 5),
        ("\N{DEGREE SIGN}5", 5),
        ("1 2", 12),
        ("l2", 12),
        ("1Z", 12),
        (" 1 2", 12),
        ("2", 12),
    ],
)
def test_what_stands_between_two_marks_is_the_one_between_them(read: str, number: int) -> None:
    marks = [*sound(number - 4, number - 1), read, *sound(number + 1, number + 4)]
    text = chapter(*marks)
    first = number - 4
    head = chapter(*sound(1, first - 1)) if first > 1 else ""
    wanted = chapter(*sound(first, number + 4))
    assert mended(head + text).endswith(wanted)
    assert [label for label, _ in table(head + text)] == sound(1, number + 4)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("it was lost. to The council", "it was lost.10 The council"),
        ("it was lost. I0 The council", "it was lost.10 The council"),
        ("it was lost.!\N{DEGREE SIGN} The council", "it was lost.10 The council"),
        ("it was 'lost'. 1 0 The council", "it was 'lost'.10 The council"),
        ("it was !0 years ago", "it was !0 years ago"),
        ("it was the mill!0 that he", "it was the mill10 that he"),
        ("it was the mill!10 Then he", "it was the mill!10 Then he"),
        ("it was late. 10 Days later he", "it was late.10 Days later he"),
        ("it was said !0 that he", "it was said !0 that he"),  # no mark stands there
        ("he saw, to his loss. The council", "he saw, to his loss. The council"),
        ("he said I was old. I went there", "he said I was old. I went there"),
        ("and 10 of them went. The council", "and 10 of them went. The council"),
    ],
)
def test_tails_that_are_marks_and_words_that_are_none(raw: str, clean: str) -> None:
    text = chapter(*sound(1, 9)) + "{} said so in the end.\n" + chapter(*sound(11, 14))
    assert mended(text.format(raw)) == mended(text.format(clean)) == text.format(clean).replace("\n", "\n")


def test_a_text_without_marks_is_not_touched() -> None:
    text = chapter("", "", " I saw it.", "", " A man came.", "", "", "", "", "")
    assert mended(text) == text
    assert not table(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 1918. 2 men came. In 1919. 3 men came. In 1920. 4 men came. In 1921. 5 men came. In 1922. 6 men came.\n",
        "He said, 1 In the beginning. 2 And the earth. 3 And the day. 4 And the night. 5 And the end. 6 Amen.\n",
        "See chapter 1. Then chapter 2. Then chapter 3. Then chapter 4. Then chapter 5. Then chapter 6.\n",
        "See p.1, p.2, p.3, p.4, p.5, p.6 and No.7, No.8.\n",
        "It was 1.5, then 2.5, then 3.5, then 4.5, and 5.5.\n",
        "On May 1, on May 2, on May 3, on May 4, on May 5, on May 6.\n",
        "1. The ferry.\n2. The bridge.\n3. The town.\n4. The mill.\n5. The church.\n6. The river.\n",
        "They came at 1 o'clock, 2 men, 3 women, 4 boys, 5 girls, 6 cows.\n",
        "Water is H2O, and the acids H2S3, H3N4, C5H6.\n",
        "".join(f"Let alpha{n} be less than beta{n}, which omega{n} is not. " for n in range(1, 12)),
        "".join(f"Question.{n} What was it? Answer. Nothing at all. " for n in range(1, 12)),
        "".join(f"Under s.{n} of the Act, and under sch.{n} too, he is liable. " for n in range(1, 12)),
    ],
)
def test_numbers_of_the_text_are_no_marks(text: str) -> None:
    assert not [mark for mark in propose(Document(text), KNOWLEDGE).marks if "number" in mark.value]
    assert mended(text).strip() == text.strip()


def test_a_number_of_the_text_among_marks_stays() -> None:
    text = (
        chapter(*sound(1, 5))
        + "In chapter 6. About 7 per cent. On 8 May. In 1918. It was lost.6 And found.7 So it was.8\n"
    )
    assert mended(text) == text
    assert [number for number, _ in table(text)] == sound(1, 8)


@pytest.mark.parametrize(
    "said",
    [
        "He came at 5 p.m. by boat.",
        "At 5 o\N{RIGHT SINGLE QUOTATION MARK}clock he came.",
        "In c. 5 he came.",
        "He came at 5 30 by boat.",
        "He came; 5 12 men came too.",
        "He came with 5 and left.",
    ],
)
def test_the_missing_number_in_the_text_is_no_mark(said: str) -> None:
    text = f"{chapter(*sound(1, 4)).strip()} {said} {chapter(*sound(6, 9))}"
    assert mended(text) == text
    assert "5" not in [number for number, _ in table(text)]


def test_what_is_not_proven_is_held() -> None:
    """Four marks are missing, and one trace is left that may be 5 or 8."""
    text = chapter(*sound(1, 4), "", "S", "", "", *sound(9, 12))
    result = clean(text, language="en")
    assert result.text == text
    change = next(change for change in result.changes if change.rule == "numbers.mark")
    assert change.status == "held"
    assert len([text for text, share in change.candidates if share > 0.1]) > 1


@pytest.mark.parametrize(
    "said", ["It was lost, 5 days ago.", "It was lost, 5 May and all.", "It was onl\N{REPLACEMENT CHARACTER} one."]
)
def test_what_stands_between_two_marks_and_is_none(said: str) -> None:
    text = chapter(*sound(1, 4)) + said + "\n" + chapter(*sound(6, 9))
    assert not [edit for edit in propose(Document(text), KNOWLEDGE).edits if edit.confidence >= 0.9]


def test_a_number_far_behind_the_last_mark_is_no_mark() -> None:
    text = chapter(*sound(1, 8)) + chapter(*[""] * 16) * 8 + "He came from Lauren, 10 a man of means.\n"
    assert mended(text) == text
    assert [number for number, _ in table(text)][:8] == sound(1, 8)


def test_what_may_stand_behind_the_last_mark_is_held() -> None:
    text = chapter(*sound(1, 9), "I0", "", "")
    assert mended(text) == text
    assert mended(chapter(*sound(1, 9), " 10", "", "")) == chapter(*sound(1, 10), "", "")
    assert mended(chapter(*sound(1, 9), "I0", *sound(11, 13))) == chapter(*sound(1, 13))


def test_what_is_a_mark_is_no_broken_figure() -> None:
    broken = "In May 1 9 1 7 it rose. In June 1 9 1 8 it fell. In July 19 1 9 it was gone.\n"
    proposed = propose(Document(broken + chapter(*sound(1, 9), " 1 0", *sound(11, 14))), KNOWLEDGE).edits
    assert [edit.rule for edit in proposed if edit.after == "10"] == ["numbers.mark"]


def test_chapters_begin_again() -> None:
    text = chapter(*sound(1, 9)) + chapter(*sound(1, 3), " 4", *sound(5, 8)) + chapter("I", *sound(2, 7))
    assert [number for number, _ in table(text)] == [*sound(1, 9), *sound(1, 8), *sound(1, 7)]
    assert " 4 " not in mended(text)
    assert mended(text).count("seven.1 ") == 3


NOTES = (
    "NOTES\n\n1. The ferry was that of Lauren.\n2. See the chronicle of Osterholm, p. 12.\n3. The mill at Wick.\n"
    "4. The Bargemen are the guild of the river.\n5. So it was.\n6. On the Kessmark lock, see the survey.\n7. So.\n"
)


def test_a_section_of_notes_proves_a_mark_by_its_words() -> None:
    """Few marks are sound, but the note names what stands before the damaged one."""
    text = (
        "The ferry of Lauren left at seven.1 Nobody saw it go. In the chronicle of Osterholm it stands.? The town was old, and "
        "its mill was at Wick.3 He spoke of the Bargemen.A And they went home.5 He went to the Kessmark lock.6 It was late.7\n\n"
    )
    out = mended(text + NOTES)
    assert "Bargemen.4 And" in out
    assert "stands.2 The" in out
    said = [mark["text"] for mark in clean(text + NOTES, language="en").records.marks if mark["mark"] == "note"]
    assert said[3] == "The Bargemen are the guild of the river."


def test_of_two_places_the_note_tells_which() -> None:
    text = (
        "The ferry of Lauren left at seven.1 Nobody saw it go. In the chronicle of Osterholm it stands.2 The town was old, and "
        "its mill was at Wick.3 He saw nobody there.A He spoke of the Bargemen.A And they went home.5 He went to the Kessmark "
        "lock.6 It was late.7\n\n"
    )
    assert "there.A He spoke of the Bargemen.4 And" in mended(text + NOTES)
    assert "there.A He spoke of the Bargemen.A And" in mended(text)


def test_lists_of_notes_are_no_marks() -> None:
    assert [note.label for found in sections(NOTES) for note in found.notes] == sound(1, 7)
    assert not sections(NOTES.removeprefix("NOTES\n"))
    assert not sections("Notes\n\nThe ferry left.\n" + "It was late.\n" * 900 + NOTES.removeprefix("NOTES\n"))


def test_sections_begin_again_with_each_chapter() -> None:
    again = NOTES + NOTES.removeprefix("NOTES\n\n")
    assert [[note.label for note in found.notes] for found in sections(again)] == [sound(1, 7), sound(1, 7)]


LINES = (
    "The ferry left at seven, and all who were still upon{}\nthe quay looked after it until the smoke was lost{} and\n"
)


def page(first: str, second: str, foot: str) -> str:
    return LINES.format(first, second) + "went home to their supper, as they did on every day.\n\n" + foot


@pytest.mark.parametrize(
    ("first", "second", "foot", "labels"),
    [
        ("*", "\N{DAGGER}", "*It was late.\n\N{DAGGER}Or early.\n", ["*", "\N{DAGGER}"]),
        ("*", "t", "*It was late.\nt Or early.\n", ["*", "\N{DAGGER}"]),
        ("*", "**", "*It was late.\n**Or early.\n", ["*", "**"]),
        ("1", "2", "1. It was late.\n2. Or early.\n", ["1", "2"]),
    ],
)
def test_feet_of_pages(first: str, second: str, foot: str, labels: list[str]) -> None:
    found = list(feet(page(first, second, foot), [0]))
    assert [[note.label for note in notes.notes] for _, notes in found] == [labels]


@pytest.mark.parametrize(
    "foot",
    ["1. It was late.\n3. Or early.\n", "\N{DAGGER}It was late.\n", "*it was late.\n", "and nothing else\n", "* * *\n"],
)
def test_what_is_no_foot(foot: str) -> None:
    assert not list(feet(page("*", "*", foot), [0]))


def test_notes_of_numbers_stand_apart() -> None:
    text = page("1", "2", "1. It was late.\n2. Or early.\n")
    assert list(feet(text, [0]))
    assert not list(feet(text.replace("\n\n", "\n"), [0]))


def pages(*scans: str) -> tuple[str, tuple[Mark, ...]]:
    text, starts = "", []
    for scan in scans:
        starts.append(len(text))
        text += scan
    return text, tuple(Mark(start, start, "page") for start in starts)


def test_a_dagger_read_as_a_letter_is_proven_by_the_foot_of_its_page() -> None:
    text, marks = pages(
        page("*", "", "*It was late.\n"),
        page("*", "t", "*It was late.\nt Or early.\n"),
        page("*", "\N{DAGGER}", "*It was late.\n\N{DAGGER}Or early.\n"),
    )
    proposed = propose(Document(text, marks), KNOWLEDGE)
    assert [(edit.before, edit.after) for edit in proposed.edits if edit.confidence >= 0.9] == [("t", "\N{DAGGER}")] * 2
    dirt, marks = pages(page(" *", "", "*It was late.\n"), page("", "", ""))
    assert not propose(Document(dirt, marks), KNOWLEDGE).edits
    without, marks = pages(page("*", "t", "*It was late.\n"), page("*", "", "*It was late.\n"), page("", "t", ""))
    assert not propose(Document(without, marks), KNOWLEDGE).edits


def test_numbered_lines_at_the_feet_of_pages_that_nothing_calls_are_no_notes() -> None:
    text, marks = pages(*(page("", "", f"{n}. It was late and dark.\n") for n in range(1, 9)))
    assert not propose(Document(text, marks), KNOWLEDGE).marks


def test_numbered_lines_that_only_some_pages_seem_to_call_are_no_notes() -> None:
    scans = [page("", "" if n % 3 else f".{n}", f"{n}. It was late and dark.\n") for n in range(1, 10)]
    text, marks = pages(*scans)
    assert not propose(Document(text, marks), KNOWLEDGE).marks


def test_a_quotation_mark_read_as_a_comma_before_a_mark() -> None:
    text = chapter(*sound(1, 4)) + "It was a 'possibility,.5 The town was old,.6 And so on.7 It was late.8 He went.9\n"
    result = clean(text, language="en")
    assert "a 'possibility'.5 The town was old,.6 And" in result.text
    assert [change.status for change in result.changes if change.rule == "numbers.quote"] == ["applied", "held"]


SHOWN = {"keep": "5", "raised": "\N{SUPERSCRIPT FIVE}", "bracket": "[5]", "drop": ""}


@pytest.mark.parametrize("style", SHOWN)
def test_marks_are_shown_as_one_wants_them(style: str) -> None:
    text = chapter(*sound(1, 4), " S", *sound(6, 9))
    result = clean(text, language="en", note_marks=style)
    assert f"older still.{SHOWN[style]} The mayor" in result.text
    assert ("leave at seven.1" in result.text) is False
    assert ("seven.1 Nobody" in result.text) is (style == "keep")
    assert result.restore() == text
    again = clean(result.text, language="en", note_marks=style)
    assert again.text == result.text
    assert [number for number, _ in table(text, note_marks=style)] == sound(1, 9)


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(UsageError, match="note_marks"):
        clean("a b\n", note_marks="none")


def test_no_later_stage_touches_a_mark() -> None:
    """A garbled mark looks like dirt; as one that is not sure it stands too."""
    text = chapter(*sound(1, 4), "", "S", "", "", *sound(9, 12))
    result = clean(text, language="en")
    assert not [change for change in result.changes if change.stage == "words" and "S" in change.before]
    (start, end), *_ = [mark["clean"] for mark in result.records.marks if mark.get("read") == "S"]
    assert result.text[start:end] == "S"


def test_words_are_not_mended_in_a_mark() -> None:
    text = "The mill stood in tbe town, and the mayor had written a letter to the council.\n"
    at = text.index("tbe")
    language_mark = Mark(0, len(text), "language", {"code": "en"})
    rules = Knowledge(language.general, "en", rules=rulebook.load(rulebook.shipped()))
    assert words.propose(Document(text, (language_mark,)), rules).edits
    noted = Mark(at, at + 3, "note", {"number": "12"})
    assert not words.propose(Document(text, (language_mark, noted)), rules).edits


def test_skipped_marks_stay() -> None:
    text = chapter(*sound(1, 4), " S", *sound(6, 9))
    assert "still. S The" in clean(text, language="en", skip=["numbers.mark"]).text
    assert "still. S The" in clean(text, language="en", skip=["numbers"]).text


# ---- laws ----------------------------------------------------------------------------------------------------------


def option(at: int) -> Option:
    return Option(at, at + 1, "x", Kind.STOP, 1.0)


weights = st.lists(st.lists(st.floats(0, 50), min_size=3, max_size=3), max_size=4)


@given(weights, st.lists(st.floats(0.01, 0.9), min_size=3, max_size=3))
def test_a_place_is_as_likely_as_all_ways_that_put_a_mark_there(table: list[list[float]], lost: list[float]) -> None:
    """Against the sum over all ways, counted one by one."""
    stretch = Stretch(0, 100, tuple((str(k), share) for k, share in enumerate(lost)))
    found = {
        (one.option.start, one.label): one.probability
        for one in solve(
            stretch, [[option(at)] for at in range(len(table))], lambda o, label: table[o.start][int(label)]
        )
    }
    ways: dict[tuple[tuple[int, int], ...], float] = {}

    def put(site: int, first: int, placed: tuple[tuple[int, int], ...], weight: float) -> None:
        if site == len(table):
            for k in range(3):
                if k not in [number for _, number in placed]:
                    weight *= lost[k]
            ways[placed] = weight
            return
        put(site + 1, first, placed, weight)
        for k in range(first, 3):
            put(site + 1, k + 1, (*placed, (site, k)), weight * table[site][k])

    put(0, 0, (), 1.0)
    total = sum(ways.values())
    for (site, label), probability in found.items():
        share = sum(weight for placed, weight in ways.items() if (site, int(label)) in placed) / total
        assert probability == pytest.approx(share, abs=1e-9)


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from([Kind.STOP, Kind.APART, Kind.WORD])), max_size=60))
def test_chains_rise(found: list[tuple[int, Kind]]) -> None:
    places = [Exact(10 * k, 10 * k + 2, number, kind) for k, (number, kind) in enumerate(found)]
    links = [link for chain in chains(places) for link in chain]
    assert all(one.number < other.number for chain in chains(places) for one, other in pairwise(chain))
    assert all(one.start < other.start for one, other in pairwise(links))


@given(st.text("0123456789", min_size=1, max_size=3), st.text(" 0123456789lIoOS!", min_size=1, max_size=5))
def test_what_is_printed_is_the_likeliest_to_be_read(number: str, tail: str) -> None:
    assert 0 <= chance(tail, number) <= chance(number, number) < 1


@pytest.mark.parametrize("read", [".1 0", "?1 0"])
def test_no_figure_of_a_parted_mark_is_left(read: str) -> None:
    text = f"{chapter(*sound(1, 9)).strip()} It was late{read} {chapter('11', '12', '13')}"
    assert mended(text) == text.replace(read, f"{read[0]}10")


def test_a_figure_is_not_read_for_another_one() -> None:
    assert chance("3", "8") == 0.0 < chance("S", "8")
    assert chance("13", "18") == 0.0 < chance("1S", "18")
    text = chapter(*sound(1, 4), "6", "7", "8", "1", "9", "10", "12")  # one note of another series
    assert mended(text) == text


SHAPES = st.sampled_from(["{}", " {}", "{}!", "l{}", "{} I"])


@given(st.dictionaries(st.integers(0, 14), st.tuples(st.integers(1, 20), SHAPES), max_size=4))
def test_a_mark_keeps_its_figures(others: dict[int, tuple[int, str]]) -> None:
    marks = {at: shape.format(number) for at, (number, shape) in others.items()}
    text = chapter(*(marks.get(at, str(at + 1)) for at in range(15)))
    for edit in propose(Document(text), KNOWLEDGE).edits:
        figures = iter(filter(str.isdigit, edit.after))
        assert all(figure in figures for figure in edit.before if figure.isdigit())


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(note_marks.LAYOUTS))
def test_a_book_knows_where_its_marks_are(seed: int, layout: str) -> None:
    made = note_marks.Book(layout, seed).made()
    assert (layout == "none") is not bool(made.marks)
    for mark in made.marks:
        if not mark.damaged:
            assert made.raw[mark.start : mark.end].lstrip(". ") == mark.label


@pytest.mark.parametrize("layout", note_marks.LAYOUTS)
def test_marks_are_read_in_every_layout(layout: str) -> None:
    one = note_marks.score(note_marks.Book(layout, 1).made())
    assert one.precision >= 0.98 if one.read else layout == "none"
    assert one.recall >= 0.93 or layout == "none"


@pytest.mark.parametrize("layout", note_marks.LAYOUTS)
def test_a_second_run_has_nothing_to_add(layout: str) -> None:
    once = clean(note_marks.Book(layout, 3).made().raw, language="en").text
    assert mended(once) == once


def test_sound_marks_are_not_touched_where_others_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a clean book lacks is not made of its words."""

    def gaps(label: str, dice: object) -> tuple[str, bool]:
        return (".", True) if int(label) % 7 == 0 else ("." + label, False)

    monkeypatch.setattr(note_marks, "worn", gaps)
    made = note_marks.Book("bare", 5).made()
    result = clean(made.raw, language="en")
    assert not [change for change in result.changes if change.stage == "numbers" and change.status == "applied"]
