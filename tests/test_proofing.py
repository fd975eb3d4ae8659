"""What ``cleaner check`` finds in a text, and what it leaves alone: a place in ⟦ ⟧ is found, nothing else is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import proofing
from cleaner.api import uncollected
from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.model import Document, Mark
from cleaner.stages import regions
from tests.strategies import texts

LONG = "The men upon the quay looked after it until the smoke was lost in the haze of the"
NEXT = "morning, and then they went home again by the road along the water to the old mill."


def found(text, kind=None, lang="en", marks=None):
    if marks is None:
        marks = regions.propose(Document(text), Knowledge(general, lang=lang)).marks
    return [
        finding
        for finding in proofing.findings(Document(text, tuple(marks)), general(lang))
        if kind is None or finding.kind == kind
    ]


def marked(kind, text, lang="en"):
    """The text with ⟦ ⟧ around what is found in it without them."""
    bare = text.replace("⟦", "").replace("⟧", "")
    out, at = [], 0
    for finding in found(bare, kind, lang):
        out += [bare[at : finding.start], "⟦", bare[finding.start : finding.end], "⟧"]
        at = finding.end
    return "".join([*out, bare[at:]])


CASES = [
    # doubled words
    ("doubled", "en", "He went in the ⟦the⟧ field, and ⟦and⟧ of the sea."),
    ("doubled", "en", "It stood there\nthere; he saw of\n⟦of⟧ it nothing."),
    ("doubled", "en", "She had had to know that that man came in in time; very very long long ago, no no."),
    ("doubled", "en", "Home. Home again, from then to to-day, no, no, the-the, that that's, and Wagga Wagga by Sing Sing."),
    ("doubled", "en", "Tick tick went the clock, tick tick. And the the the third is meant, ha ha ha."),
    ("doubled", "en", "The 10 10 and the x x, then C C.\n\nthe\n\nthe"),
    ("doubled", "fr", "Nous nous levons et vous vous taisez, mais de ⟦de⟧ la mer."),
    ("doubled", "de", "Die Leute, die die Insel kennen, und ⟦und⟧ das Meer."),
    # quotation marks
    ("quote", "en", '"Go," he said, "and come."\n\n⟦"⟧Who goes? he asked.\n\nNobody went.'),
    ("quote", "en", 'He left⟦"⟧ then.\n\n"I did," he said.'),
    ("quote", "en", '"Go," he said,⟦"⟧ and come back."'),
    ("quote", "en", '"Go, ⟦"⟧he said, "and come back."'),
    ("quote", "en", "“Go,” he said,⟦“⟧ and come back.”"),
    ("quote", "en", '"It was late.\n\n"It was dark," he said.'),
    ("quote", "en", '"It was late.\n\n(“So he told it.”)'),
    ("quote", "en", 'She wrote: "It was late.\n\nThe boat went.\n\nI saw it."\n\nThat was all.'),
    ("quote", "en", 'A board of 6" and one of 12", the "ditto" of s"ezd.'),
    ("quote", "en", "‘Go,’ he said, ‘and see the boys’ boat.’\n\n‘’Tis late,’ she said.\n\n⟦‘⟧No. And he went."),
    ("quote", "en", "'Go,' he said. 'It's the boys' boat.'\n\n''Tis 'ere,' she said, 'in '48.'\n\n'Ome they went.\n\nSo.\n\n'Tis late.\n\nSo.\n\n'Appy they.\n\nSo.\n\n'kay."),
    ("quote", "en", '"He said \'Go\' to the boys\' friend, an\' they \'ad it."'),
    ("quote", "en", 'He shall come - "\n\n"Who?" she said. "The boy - " She stopped.'),
    ("quote", "en", 'The boat ⟦"⟧ went. ' + '"No," he said. ' * 20),
    ("quote", "fr", "« Allez », dit-il. « Il est tard. »\n\n⟦«⟧ Non, dit-elle.\n\nPuis rien."),
    ("quote", "de", "„Geh,“ sagte er. „Es ist spät.“\n\n⟦„⟧Nein, sagte sie.\n\nDann nichts."),
    ("quote", "de", "»Geh,« sagte er. »Es ist spät.«\n\n⟦»⟧Nein, sagte sie.\n\nDann nichts."),
    ("quote", "sv", "”Gå,” sade han. ”Det är sent.”"),
    ("quote", "en", "“He said ‘go.’ ” So it was."),
    ("quote", "en", "``Go,'' he said.\n\n⟦``⟧No, he said.\n\nSo."),
    ("quote", "en", "'Go,' he said.\n\n''Tis late,' she said.\n\nSo \"it\" was."),
    # brackets
    ("bracket", "en", "He ⟦(⟧the mayor went home.\n\nIt was late."),
    ("bracket", "en", "1) first, 2) second; a) one; iv) four. (a) And (b). So :-) it was [sic]."),
    ("bracket", "en", "It ⟦(was]⟧ late, in the usua⟦]⟧ way; he (⟦[⟧it) was."),
    ("bracket", "en", "(It was late.\n\nThe boat went.)"),
    # starts of paragraphs
    ("start", "en", f"{LONG}\n\n⟦morning⟧, and home.\n\n{LONG}."),
    ("start", "en", f"{LONG}.\n\n⟦,⟧ and home.\n\n⟦.⟧ Every hive.\n\n{LONG}."),
    ("start", "en", f"{LONG}\n\nde Witt was there.\n\n{LONG}\n\npp. 12-14.\n\n{LONG}\n\na) one thing\n\n{LONG}\n\nhttp://a.b"),
    ("start", "en", f"Contents\n\nmorning\n\n{LONG}.\n\n. . . and so\n\n... and so\n\n.5 is half"),
    # series
    ("number", "en", "1. The mill.\n2. The quay.\n⟦4⟧. The lock.\n5. The inn.\n"),
    ("number", "en", "1. The mill.\n2. The quay.\n⟦8⟧. The lock.\n4. The inn.\n"),
    ("number", "en", "1. The mill.\n2. The quay.\n⟦2⟧. The lock.\n3. The inn.\n"),
    ("number", "en", "CHAPTER I\n\nA b.\n\nCHAPTER II\n\nA b.\n\nCHAPTER ⟦IV⟧\n\nA b.\n\nCHAPTER V\n\nA b.\n"),
    ("number", "en", "A one.¹⁰ And two,¹¹ and⟦¹³⟧ no.\n"),
    ("number", "en", "A one.¹⁰ And two,¹¹ and 5 m² of it, or 6 m³.\n"),
    ("number", "en", "A one.[1] And two,[2] and[⟦4⟧] no.\n"),
    ("number", "en", "1. A\n2. B\n3. C\n1. A\n2. B\n\n1914. War.\n1915. War.\n1918. Peace.\n"),
    ("number", "en", "1. A\n2. B\n4. C\n1. D\n\n\n(1) A\n(2) B\n(30) C\n(31) D\n"),
    ("number", "en", "12. A\n40. B\n7. C\n9. D\n"),
    # spellings and hyphens
    ("spelling", "en", "Colour and colour's end; ⟦color⟧. Recognise, recognised: he ⟦recognized⟧ it."),
    ("spelling", "en", "Travelled, travelled and ⟦traveled⟧; gray, gray, ⟦grey⟧; Cæsar, Cæsar, ⟦Caesar⟧; role, role, ⟦rôle⟧."),
    ("spelling", "en", "Four for two, filled and filed, houses and house, practice, practise, upward, upwards, colours, color."),
    ("spelling", "en", "Trotskii, Trotskii and ⟦Trotsky⟧'s friend."),
    ("spelling", "fr", "Il a demandé, il demande; où, ou."),
    ("hyphen", "en", "To-day, to-day and ⟦today⟧. Leningrad, Leningrad and ⟦Lenin-grad⟧."),
    ("hyphen", "en", "He re-covered what he recovered; b-but, but; I-I, II; large-scale on a large scale."),
    # punctuation
    ("mark", "en", "He went ⟦,⟧ and came ⟦;⟧ at last ⟦.⟧ So it was ⟦!⟧ Was it ⟦?⟧"),
    ("mark", "en", "He went⟦,.⟧ and came⟦,,⟧ at last⟦..⟧ So it was⟦;,⟧ yes."),
    ("mark", "en", "He came (with etc., and so), at 2.30 ... Yes . . . no?! No!... Oh!! .5, i.e., 3:30."),
    ("mark", "en", "The quay⟦,⟧the lock and the end⟦.⟧The rest; see a.org/one,two and c:\\one,two."),
    ("mark", "en", "See ⟦(⟧ the mayor) said (the quay ⟦)⟧ so."),
    ("mark", "en", "A man of ⟦|⟧ forty ⟦~⟧ four | B | where x = y; c:\\dir. So ⟦\\⟧ it was."),
    ("mark", "fr", "Il dit : « Allez ! » Et puis ? Non ; rien ⟦,⟧ dit-elle."),
    # figures
    ("figure", "en", "The ⟦wor1d⟧ ⟦0f⟧ ⟦19l8⟧, a stock ⟦i8⟧ dear, ⟦xq7zt⟧."),
    ("figure", "en", "3rd, 8vo, 10s. 6d., M25, H2O, B2, 20th, L12, party4, state5, y0 l0, 4x4, 50-year, www.a.com/wor1d."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lang", "text"), CASES)
def test_what_is_found_and_what_is_left(kind, lang, text):
    assert marked(kind, text, lang) == text


def test_kinds_can_be_chosen():
    text = "He went to the the mill (today."
    assert [one.kind for one in proofing.findings(Document(text), general("en"))] == ["doubled", "bracket"]
    assert [one.kind for one in proofing.findings(Document(text), general("en"), {"bracket"})] == ["bracket"]
    assert proofing.findings(Document(text), general("en"), ()) == []


@pytest.mark.parametrize("region", ["code", "table", "garbage", "index", "contents"])
def test_regions_that_are_no_running_text_are_passed_over(region):
    text = "the the mill (so , and\n\nthe the quay"
    marks = [Mark(0, 22, region)]
    assert [text[one.start : one.end] for one in found(text, marks=marks)] == ["the"]


def test_marks_of_a_table_are_none_of_the_speech_around_it():
    text = '"It was.\n\n6 " of it\n\nSo."'
    assert found(text, "quote", marks=[Mark(10, 19, "table")]) == []
    assert found(text, "quote", marks=()) != []


def test_a_passage_in_another_language_has_its_own_words():
    text = "de de la mer (so , and"
    foreign = [Mark(0, len(text), "foreign")]
    assert [one.kind for one in found(text, marks=())] == ["doubled", "bracket", "mark"]
    assert [one.kind for one in found(text, marks=foreign)] == ["bracket", "mark"]


def test_what_goes_on_behind_a_verse_begins_in_lower_case_by_right():
    text = f"{LONG}:\n\nAnd so the boat\nCame to the quay at last that night,\n\nand they went home again by the road."
    verse = [Mark(len(LONG) + 3, text.index("\n\nand"), "verse")]
    assert [one.message for one in found(text, "start", marks=())] == [
        "lower case, and the paragraph before has no end"
    ]
    assert found(text, "start", marks=verse) == []
    verse = [Mark(text.index("\n\nand") + 2, len(text), "verse")]
    assert found(text, "start", marks=verse) == []


def test_in_a_text_of_flowed_lines_each_line_is_a_paragraph():
    speech = f'"{LONG} {NEXT}' + " and so on" * 3
    assert [one.message for one in found(f'{speech}"\n{speech}\nThey went home.\n', "quote")] == ["never closed"]
    assert found(f'{speech}\n{speech}"\nThey went home.\n', "quote") == []
    text = f"{speech}\nmorning came.\n"
    assert [one.message for one in found(text, "start")] == ["lower case, and the paragraph before has no end"]
    assert found(text, "start", marks=[Mark(0, len(text), "list")]) == []


def test_a_spelling_without_habit_is_listed_once():
    text = "colour color " * 9
    (one,) = found(text, "spelling")
    assert (one.start, one.message) == (0, "9 x colour, here first, 9 x color")
    assert len(found("colour " * 9 + "color " * 5, "spelling")) == 5


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mark", "He went , she said ; " * 20),
        ("mark", "Oh!, he went. " * 20),
        ("start", f"{LONG}\n\nmorning. " * 30),
        ("quote", '" Go he said.\n\nIt was.\n\n' * 30),
        ("doubled", "quack quack, he went. " * 5),
    ],
)
def test_what_a_text_does_all_the_time_is_its_style(kind, text):
    assert found(text, kind) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mark", "He went, and so, " * 20 + "he went , and"),
        ("mark", "Oh, he went. " * 20 + "Oh!, he went."),
        ("start", f"{LONG}.\n\n" * 30 + f"{LONG}\n\nmorning."),
        ("quote", '"Go," he said.\n\nIt was.\n\n' * 30 + '"Go he said.\n\nIt was.\n\n'),
        ("doubled", "quack, he went. " * 25 + "quack quack"),
    ],
)
def test_what_it_does_once_is_not(kind, text):
    assert len(found(text, kind)) == 1


def test_a_quotation_whose_lines_all_begin_with_quotes_is_whole():
    text = '"It was late and the boat\n"went to the quay, and they\n"saw it no more."\n\nThat was all.'
    assert found(text, "quote") == []


def test_what_runs_over_a_page_and_more_belongs_to_something_else():
    far = f"{LONG} {NEXT}\n\n" * 40
    assert [one.message for one in found(f"(It was.\n\n{far}So.)", "bracket")] == ["never closed", "never opened"]
    assert [one.message for one in found(f'"It was.\n\n{far}So."', "quote")] == ["never closed", "never opened"]
    between = '"No," he said.\n\n'
    assert len(found(f'"It was.\n\nSo.\n\n{between}So."', "quote")) == 2


ODD = st.sampled_from(['"', "'", "\u201c", "\u201d", "\u2018", "\u2019", "\xab", "\xbb", "\u201e", "``", "''", "(", ")", "[",
                       "]", "\n", "\n\n", " ", "1.", "[2]", "the the", "to-day", "today", ",", ".", ":", "CHAPTER IV", "wor1d",
                       "\u0130-x", "colour", "color", "\r", "\x0c"])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(ODD, texts), max_size=40).map("".join), st.sampled_from(["en", "fr", "de", "xx"]))
def test_any_text_can_be_checked(text, lang):
    findings = found(text, lang=lang)
    assert findings == found(text, lang=lang)
    assert findings == sorted(findings)
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert all(one.kind in proofing.KINDS and one.message for one in findings)
    assert len({(one.start, one.kind, one.message) for one in findings}) == len(findings)


@pytest.mark.parametrize(
    "piece",
    ["(", "([", ")", '"', "'", "\u201c", '" ', "a ", "a", "1", "a1", "1. a\n", "I\n", " ", "\n", "\n\n", ", ", ",", "-", "a-",
     "the the ", "\xab", "``", 'word "', "a.b@", "A 1\n", "\t", "(\n\n", "to-day today "],
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        with uncollected():  # the heap of other tests is large, and sweeping it takes longer than this
            start = time.process_time()
            proofing.findings(Document(text), general("en"))
            return time.process_time() - start

    seconds(1000)
    short = seconds(25_000)
    # eight times the text: a square would take 64 times as long
    assert any(seconds(200_000) < max(20 * short, 1.0) for _ in range(3))


def test_brackets_that_cross_by_the_thousand_take_linear_time():
    start = time.process_time()
    proofing.findings(Document("(" * 100_000 + "]" * 100_000), general("en"))
    proofing.findings(Document("([" * 50_000 + ")" * 50_000), general("en"))
    assert time.process_time() - start < 5
