"""Garbage: lines that are no language are found, nothing else is taken for them, and no stage touches them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleaner import clean, journal
from cleaner.cli import main
from cleaner.knowledge import Knowledge
from cleaner.language import general
from cleaner.language.garbage import BLOCK, LONGEST, odds, runs
from cleaner.model import Document, Mark
from cleaner.rulebook import Rule, Rulebook
from cleaner.stages import glyphs, hyphens, regions, words
from cleaner.stages.words import marks
from tests.made_books import bodies, set_in

PROSE = """\
The river had risen in the night, and the lower meadows were already under water when the men came down from the
village with their carts. Nobody had expected it so early in the year. They stood about for a while, counting the
sheep that were left on the far bank, and then Martin Holm, who was the eldest of them, went back for the boat.
"""
# Tables and charts of our own making, turned and read by Tesseract.
TURNED = {
    "upside down": """\
ssv'ly 9€0'8L 618L9 $2826 ¥26'S6 JY MOI JOY
$0S‘v8 9SZ'S8 VLL'8S ov8'26 112
g0€'€Z OlZ'v1 989'98 60L'L ZeL ‘Ol oLy'ee pinom perder
v9v'6e 61e0 90e'98 661 '€6 VOL'L Lee's Jey 19j0816
ves‘6l 89E'Le 1LE'L6 1¢9'0€ 08298 JOY [JIM elou ou
1680S 960'99 v26'9¢ 118'%6 966'€ 926'Sh fueq upbeq yBnoiy eal""",
    "upside down, words": """\
'aiqel ay} jo }Jed pu0das ay} Ul USAIB a1e yolyM
JeaA OU} JO} S9sUadx9 ay] :pJezZEH
esv'v9 CLI‘ St vOE'OS 906‘cE 8Z0'ST YsTiaaay nq
OEE‘ 06 SST ‘IZ 78L'L8 v39'6T 6Ly'EL 9oTu
(SJa]}ENb) PUB|UI UMOUH UlEID |[V""",
    "on its side": """\
2, OTeEonN HO oN a Ar HHT TRG
25 NOaoeWN HY¥ 20 cS Not +t Aw
a= NHN HM OO oauat roa) oa a oO
a 1) 0 © OO 1 oR oO rH © ot So Oo
5 RommwwHn oa 2 oO Oo O2 ArTSOAMS
KOWoryty RT ~@ © ~o OMNR YS
af Or Boar eo Annie @ ea OT""",
    "a chart": """\
| {~. |
3 8= ~ i] 2)
K a:
| ~ }
4~ eT a
© ~ rr)
S~ i~ =e
~a E~ |]
a Fe 1) £~
»~ |] i ct
wo ~ +i] S)
~ } {3 ©
lrttti‘(‘“‘OCSCSC‘*S ~
|| £~ a1 }
= nn ~ © S[
|i} ~ o} S~] e""",
}


def found(text: str) -> list[str]:
    """The passages of a text that are marked, as they stand there."""
    proposals = regions.propose(Document(text), Knowledge(general))
    return [text[mark.start : mark.end] for mark in proposals.marks if mark.kind == "garbage"]


@pytest.mark.parametrize("what", TURNED)
def test_what_was_read_the_wrong_way_up_is_garbage_and_the_prose_around_is_not(what: str) -> None:
    salad = TURNED[what]
    lines = [line for passage in found(f"{PROSE}\n{salad}\n\n{PROSE}") for line in passage.split("\n")]
    assert set(lines) <= set(salad.split("\n"))
    assert len(lines) >= 0.8 * (salad.count("\n") + 1)


def test_a_text_that_is_nothing_else_is_garbage() -> None:
    salad = TURNED["upside down"]
    assert found(salad + "\n") == [salad]


@pytest.mark.parametrize("line", TURNED["upside down"].split("\n"))
def test_one_bad_line_or_two_between_good_ones_are_no_garbage(line: str) -> None:
    assert found(f"{PROSE}{line}\n{PROSE}") == []
    assert found(f"{PROSE}{line}\n{line}\n{PROSE}{line}\n{PROSE}") == []


def test_what_stands_on_one_long_line_is_a_paragraph() -> None:
    line = TURNED["upside down"].replace("\n", " ")
    assert len(found(f"{line}\n" * 4)) == (len(line) <= LONGEST)
    assert found(f"{line} {line}\n" * 4) == []
    assert len(line) <= LONGEST < 2 * len(line)


# Each stands there as often as it takes to be judged; none of them may be touched by what garbage is.
TEXT = {
    "names": "Wm. McKay\nJ. A. O'Brien\nPh. d'Arcy\nMacDonald, Jas.\nNg Wu-Li\nvan der Heyden, Corn.\nThos. ap Rhys\n",
    "table": "Wheat 1,204 988 12.5\nRye 901 954 8.1\nOats 310 322 4.0\n1871 | 20,475 | 39,315 |\n1872 | 17,703 | 3,654 |\n",
    "misread table": "Wheat 1,2O4 988 l2.5\nRye 9O1 954 8.1\nOats 31O 322 4.0\nBarley 44O l02 7.7\nPease 120 98 1.1\n",
    "money": "To 3 doz. nails £1 4s. 6½d.\nIdem, 12 lb. @ 3d. 3s. 0d.\nPd. Jno. Hart 10s. 8d.\n",
    "formulas": "x^2 + y^2 = r^2\nf(x) = a_1x + b_2\ndy/dx = 2ax\nP(A|B) = P(AB)/P(B)\n(a + b)(a - b)\nsin(2x) = 2sin(x)cos(x)\n",
    "chemistry": "2NaOH + H2SO4 = Na2SO4 + 2H2O\nCa(OH)2 + CO2\nFe2O3, KMnO4, C6H12O6\nCaCO3\n",
    "code": "for (i = 0; i < n; i++) {\n  buf[i] = getName(x1);\n}\nint *p = &argv[0];\nif (p2ptr->nextItem) {\n}\n",
    "verse": "O'er hill an' dale\nth' auld man gaed\nwi' a' his gear\nan' nane to speir\n",
    "dialect": "Ah'm gooin' dahn t' lane\nwi' thi owd mon\nan' summat 'at's nobbut reet\nsithee, lad\n",
    "phonetic": "[ðə ˈlɛtə wəz ˈrɛd]\n[baɪ ðə meə]\nhwen wee kaym too see\nthay had nun\nʃiː hæd ɡɒn\n",
    "Polish": "Nie było go w domu, gdy przyszedł list.\nA w nim to, że już po żniwach\ni że się z nią ożeni\nbo tak jest\n",
    "Welsh": "Yr oedd y dyn yn y tŷ\nac nid oedd dim ar y bwrdd\nond llyfr ei dad\na'i gi wrth y drws\n",
    "Hungarian": "Nem volt ott az úr, és ő sem\nEgy kép és két szék áll ott\nA fő ok az, hogy túl jó\n",
    "Vietnamese": "Ông ấy đã đi rồi mà tôi vẫn ở nhà\nvới mẹ và em gái tôi\nkhông có ai ở đó cả\n",
    "Greek": "ἐν ἀρχῇ ἦν ὁ λόγος\nκαὶ ὁ λόγος ἦν\nπρὸς τὸν θεόν\nὁ υἱὸς τοῦ ἀ.\n",
    "Russian": "Он был дома, а я нет\nи не в том дело\nно и не в нём\nя и он\n",
    "charter": "Sciant p'sentes & fut'i q'd ego Joh'es\nfil' Wil'mi dedi & concessi d[omi]no R.\nun' acr' t're cu' p'tin'\nin villa de N.\n",
    "catalogue": "4to. cf. gt. 2 vols. 8vo. bds. Lond. 1798\n12mo. mor. ex. g. e. 7s. 6d.\nfol. 3 pl. vg. cpy. 1st ed.\nro. 8vo. n. d. 2s.\n",
    "index of places": "Aby, 12, 45n\nYstrad-y-fodwg, 7ff.\nKnock, 3-5\nSt. Ives, 101, 103n, 12n\nUsk, R., 4n\n",
    "title page": "LONDINI\nTYPIS IOH. NOVRSE\nAD INSIGNE PALMÆ\nMDCCXLIV\nCVM PRIVIL. REG.\n",
    "chess": "1. e4 e5 2. Nf3 Nc6\n3. Bb5 a6 4. Bxc6 dxc6\n5. O-O f6 6. d4 exd4\n7. Qxd4 Qxd4 8. Nxd4 c5\n",
    "astronomy": "R. A. 12h 34m 5.6s\nDecl. +51° 30' 12\"\nmag. 4.5, a = 3.1\n7h 2m 44s, -12° 8'\n",
    "shelf marks": "PR4034.P7 1993\nMS Add. 4821, ff. 3v-7r\nQA76.9.D3\nHarl. 603, f. 12b\nB.L. 10470.ff.12\n",
    "letters": "a b c d e f g\nA B C D E F\nI. II. III.\n(a) (b) (c)\n",
    "unread": "�� ��� � ����\n��� su�planted ���\n� �� ���\n���� �\n",
    "advertisement": "REMOVAL!!! REMOVAL!!!\n*** J. SMITH & CO. ***\nNo. 7, $2 and $3\n** 10% OFF **\n",
    "web": "http://www.example.org/a1b2?x=3\nhart@example.org\nwww.example.org/Books/i7q\n",
    "heavy noise": (
        "AT elevcn o'clock on Frldav tlie 1Oth inst. al thc Auction Mart\n"
        "ihe followmg Lols of Iand wil1 be so1d without rcsetve bv Mr.\n"
        "HoIm, viz. thal cxceIlent Farm on tbe Rlver, containmg 12O\n"
        "Acres, wilh Collage, Barn, and StabIes, m good lepair, aiid a\n"
        "nevcr-fai1ing suppIy of waler. Tenns libeial. Tit1e good.\n"
    ),
}


@pytest.mark.parametrize("what", TEXT)
@pytest.mark.parametrize("times", [1, 12])
def test_what_can_be_read_is_no_garbage(what: str, times: int) -> None:
    assert found(TEXT[what] * times) == []
    assert found(PROSE + "\n" + TEXT[what] * times + "\n" + PROSE) == []


@pytest.mark.parametrize(
    ("token", "weight"),
    [
        ("a8euadi9d", "garbage"),
        ("yuowAed", "garbage"),
        ("IZ|8h", "garbage"),
        ("V66'SEE'E", "garbage"),
        ("zci", "garbage"),
        ("}", "garbage"),
        ("meadows,", "text"),
        ("d[omi]ni", "text"),
        ("1,204", "text"),
        ("το", "text"),
        ("und", "text"),
        ("Ng", "nothing"),
        ("12mo.", "nothing"),
        ("LONDINI", "nothing"),
        ("cpy.", "nothing"),
        ("K.", "nothing"),
        ("K", "garbage"),
        ("f(x)", "nothing"),
        ("H2SO4", "nothing"),
        ("\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}", "nothing"),
        ("* * *", "nothing"),
    ],
)
def test_the_make_of_a_token_speaks_for_garbage_or_text(token: str, weight: str) -> None:
    score = odds(token, {"meadows"}.__contains__)
    assert ("garbage" if score > 0 else "text" if score < 0 else "nothing") == weight


@pytest.mark.parametrize(
    ("lines", "passages"),
    [
        (["a8euadi9d"] * 6, []),  # too little
        (["a8euadi9d"] * 7, [(0, 7)]),
        (["J. K. a8euadi9d LOND. 12mo."] * 7, [(0, 7)]),
        (["J. K. cf. MDC. ed. LOND. 12mo. n. d. pl. |"] * 40, []),  # too thin
        (["a8euadi9d yuowAed s3[qni |Z8h " * 9, "|", "|", "|"], []),  # one line has no say over the others
        (["a8euadi9d yuowAed s3[qni |Z8h "] * 4, [(0, 4)]),
        ([*["a8euadi9d yuowAed"] * 5, "The monthly wages", *["a8euadi9d yuowAed"] * 5], [(0, 5), (6, 11)]),
        ([*["a8euadi9d yuowAed"] * 5, "nowhere", *["a8euadi9d yuowAed"] * 5], [(0, 11)]),
        ([*["The monthly wages"] * BLOCK, *["a8euadi9d"] * 7], [(BLOCK, BLOCK + 7)]),
        ([*["The monthly wages"] * (BLOCK - 3), *["a8euadi9d"] * 7], [(BLOCK - 3, BLOCK + 4)]),
    ],
)
def test_evidence_is_added_up_over_lines(lines: list[str], passages: list[tuple[int, int]]) -> None:
    assert list(runs(lines, {"monthly", "wages", "nowhere"}.__contains__)) == passages


def test_readable_noise_stays_text_however_it_falls() -> None:
    """Every third word misread, by chance: letters swapped for digits, signs and capitals in mid-word."""
    for seed in range(20):
        dice = random.Random(seed)
        noisy = [dirtied(word, dice) if dice.random() < 0.35 else word for word in (PROSE * 4).split(" ")]
        assert found(" ".join(noisy)) == []


def dirtied(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice("1lI0O6|];cK") + word[at + 1 :]


# ---- what the stages do with it --------------------------------------------------------------------------------------

BAD = """\
revolu- |Z8h tbe a8euadi9d
tion\u2003IZ8|6 govern ment L€7l
in to tlie yuowAed. Ainsean ,tbe
jo s3[qni tbe|re la t ive c lause
"""
GOOD = "It was tbe end of the revolu-\ntion, and tlie mayor had nothing more to say to the govern ment.\n"


def marked(text: str, kind: str = "garbage") -> Document:
    start = text.index(BAD)
    return Document(text, (Mark(0, len(text), "language", {"code": "en"}), Mark(start, start + len(BAD) - 1, kind)))


RULES = Rulebook(
    (
        Rule(id="a.tbe", why="", examples=(), keep=(), kind="word", match="tbe", replace="the", confidence=0.98),
        Rule(id="a.e", why="", examples=(), keep=(), kind="char", match="\N{EURO SIGN}", replace="E", confidence=0.98),
    )
)


@pytest.mark.parametrize("stage", [glyphs, hyphens, words])
def test_a_stage_leaves_garbage_alone_and_mends_the_rest(stage) -> None:
    knowledge = Knowledge(general, lang="en", rules=RULES)
    text = GOOD * 3 + BAD + GOOD * 3
    start, end = text.index(BAD), text.index(BAD) + len(BAD) - 1
    edits = stage.propose(marked(text), knowledge).edits
    assert not [edit for edit in edits if edit.start < end and edit.end > start]
    touched = [edit for edit in stage.propose(marked(text, "other"), knowledge).edits if start <= edit.start < end]
    assert touched, "without the mark it would"
    assert stage is glyphs or [edit for edit in edits if not start <= edit.start < end]


def test_dirt_between_words_is_left_in_garbage() -> None:
    dirty = marks.STRAY.format(".", "")
    text = dirty * 3
    mark = Mark(len(dirty), 2 * len(dirty) - 1, "garbage")
    knowledge = Knowledge(general, lang="en")
    everywhere = [edit.start // len(dirty) for edit in marks.mended(Document(text), knowledge)]
    assert set(everywhere) == {0, 1, 2}
    assert {edit.start // len(dirty) for edit in marks.mended(Document(text, (mark,)), knowledge)} == {0, 2}


def test_a_hyphen_before_garbage_is_not_joined_to_it() -> None:
    text = "the end of the revolu-\ntion |Z8h tbe a8euadi9d\n"
    mark = Mark(text.index("tion"), len(text) - 1, "garbage")
    edits = hyphens.propose(Document(text, (mark,)), Knowledge(general, lang="en")).edits
    assert list(edits) == []


def test_garbage_keeps_its_lines_and_is_left_letter_for_letter() -> None:
    salad = TURNED["upside down"]
    result = clean(f"{PROSE * 2}\n{salad}\n\n{PROSE * 2}", language="en")
    assert salad in result.text
    assert result.text.count("\n") < PROSE.count("\n") * 4  # the prose is joined
    again = clean(result.text, language="en")
    assert again.text == result.text


def test_words_in_garbage_do_not_say_how_noisy_the_scan_is() -> None:
    noisy = "It was sald in the village that the boat was gone.\n"
    text = PROSE * 8 + noisy + BAD * 6
    start = text.index(BAD)
    knowledge = Knowledge(general, lang="en")
    alone = words.propose(Document(text[:start]), knowledge).edits
    mark = Mark(start, len(text) - 1, "garbage")
    assert [edit[:4] for edit in words.propose(Document(text, (mark,)), knowledge).edits] == [e[:4] for e in alone]


# ---- what people are told --------------------------------------------------------------------------------------------


def book() -> str:
    """A book of eight pages with two turned tables, on 83 and on 86."""
    text = bodies(8)
    for page, what in ((2, "upside down"), (5, "on its side")):
        text[page][10:10] = ["", *TURNED[what].split("\n"), ""]
    return set_in("folios at the top", text).raw


def run(*arguments: str, **options) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False, **options)


def test_the_log_says_where_garbage_stands() -> None:
    raw = book()
    marks = [mark for mark in clean(raw, language="en").records.marks if mark["mark"] == "garbage"]
    assert [mark["page"] for mark in marks] == ["83", "86"]
    for mark, what in zip(marks, ("upside down", "on its side"), strict=True):
        lines = TURNED[what].split("\n")
        first, last = mark["lines"]
        passage = [line.strip() for line in raw.replace("\f", "").split("\n")[first - 1 : last]]
        assert "\n".join(passage) == raw[slice(*mark["raw"])].strip()
        assert set(passage) <= set(lines)
        assert len(passage) >= 0.8 * len(lines)


def test_the_summary_and_explain_name_garbage(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text(book(), encoding="utf-8")
    (tmp_path / "sheet.txt").write_text(f"{PROSE}\n{TURNED['upside down']}\n\n{PROSE}", encoding="utf-8")
    (tmp_path / "sound.txt").write_text(PROSE, encoding="utf-8")
    said = run("clean", str(tmp_path), "--out", str(tmp_path / "out")).stderr
    assert "not all can be read: 2" in said
    assert "book.txt: 2 unreadable passages (pages 83, 86)" in said
    assert "sheet.txt: 1 unreadable passage (lines 5-10)" in said
    assert "-> left as they are: scan them again" in said
    assert "sound.txt" not in said
    sheet = (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert "no language, left alone: \"ssv'ly 9" in run("explain", "-", input=sheet).stdout
    assert "no language" not in run("explain", "-", input=PROSE).stdout
    assert "1 unreadable passage (lines 5-10), left as they are" in run("clean", "-", input=sheet).stderr
    assert "unreadable" not in run("clean", "-", input=PROSE).stderr


def test_of_a_book_of_many_files_the_file_is_named() -> None:
    sheet = f"{PROSE}\n{TURNED['upside down']}\n\n{PROSE}".encode()
    pages = {"p1.txt": PROSE.encode(), "p2.txt": sheet}
    (found,) = journal.passages(clean(pages, language="en").records)
    assert (found.file, found.first, found.last) == ("p2.txt", 5, 10)
