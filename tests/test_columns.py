"""Columns that were not read in their order: named where the text tells, and nowhere else."""

import random
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import clean, journal
from cleaner.cli import main
from cleaner.language import general
from cleaner.measure import Rows
from cleaner.stages.regions.apart import apart
from cleaner.stages.regions.columns import columns
from cleaner.stages.regions.interleaved import interleaved

TRUTH = Path(__file__).parent / "samples" / "truth"
ENGLISH = general("en")
TEXTS = ("essay", "letters", "handbook", "gazette")
BEFORE = 24


def printed(words, measure, cut, rng):
    """Words as lines of a column; of the long ones that do not fit a share is cut, as compositors cut them."""
    lines, line = [], ""
    for word in words:
        rest = word
        while rest:
            longer = f"{line} {rest}".strip()
            room = measure - len(line) - 2
            if len(longer) <= measure:
                line, rest = longer, ""
            elif rest.isalpha() and 3 <= room <= len(rest) - 3 and rng.random() < cut:
                lines.append(f"{line} {rest[:room]}-")
                line, rest = "", rest[room:]
            else:
                lines.append(line)
                line = ""
    return [*lines, line]


def page(name, order, height, cut, seed=1):
    """Text in one column, then two columns read in some order, then one column again: the rows, and where the two begin."""
    rng = random.Random(f"{name} {order} {height} {cut} {seed}")
    words = (TRUTH / f"{name}.txt").read_text(encoding="utf-8").split()
    lines = printed(words, 40, cut, rng)
    start = rng.randrange(len(lines) - 2 * height - 3 * BEFORE)
    above, rest = lines[start : start + BEFORE], lines[start + BEFORE :]
    left, right = rest[:height], rest[height + BEFORE : 2 * height + BEFORE]
    two = {
        "in turn": chain.from_iterable(zip(left, right, strict=True)),
        "side by side": map(" ".join, zip(left, right, strict=True)),
        "sound": [*left, *right],
    }[order]
    body = [*two]
    return [*above, *body, *rest[2 * height + 2 * BEFORE :][:BEFORE]], range(BEFORE, BEFORE + len(body))


def found_in(rows):
    return [*interleaved(Rows("\n".join(rows)), ENGLISH)]


@pytest.mark.parametrize(
    ("order", "height", "cut", "least"),
    [
        ("in turn", 40, 0.6, 1.0),
        ("in turn", 20, 0.6, 0.9),
        ("side by side", 40, 0.6, 1.0),
        ("side by side", 20, 0.6, 0.9),
        ("in turn", 40, 0.0, 0.9),
        ("in turn", 20, 0.0, 0.7),
        ("side by side", 40, 0.0, 0.7),
        ("side by side", 20, 0.0, 0.7),
    ],
)
def test_columns_of_our_own_text_that_were_interleaved_are_found(order, height, cut, least):
    """Of pages of four texts with two columns of so many lines; what is found lies there, and is most of it."""
    pages, cover, outside = 0, [], []
    for name in TEXTS:
        for seed in range(8):
            rows, place = page(name, order, height, cut, seed)
            found = found_in(rows)
            pages += 1
            if found:
                cover.append(sum(min(end, place.stop) - max(first, place.start) for first, end in found) / len(place))
                outside += [max(place.start - first, end - place.stop) for first, end in found]
    assert len(cover) >= least * pages
    assert sum(cover) >= 0.75 * len(cover)
    assert max(outside) <= 10


@pytest.mark.parametrize("cut", [0.0, 0.6])
@pytest.mark.parametrize("name", TEXTS)
def test_columns_that_were_read_as_they_stand_are_no_matter(name, cut):
    lines = printed((TRUTH / f"{name}.txt").read_text(encoding="utf-8").split(), 40, cut, random.Random(1))
    assert columns(Rows("\n".join(lines)), ENGLISH) == []
    assert not [found for seed in range(8) if (found := found_in(page(name, "sound", 20, cut, seed)[0]))]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_as_it_is_has_no_such_columns(name):
    text = (TRUTH / f"{name}.txt").read_text(encoding="utf-8")
    assert columns(Rows(text), ENGLISH) == []


def test_words_cut_at_line_ends_tell_in_every_language():
    """No pairs are counted there: what is cut and whole two lines below is all that tells."""
    left = "Der alte Bürger-\nmeister hatte die Verwal-\ntung der Stadt lange ge-\nführt und jede Entschei-\ndung selbst getroffen."
    right = "Im Hafen lagen viele Fischer-\nboote und warteten auf Nach-\nrichten vom Ausbruch der Krank-\nheit in den Nach-\nbarorten."
    pairs = zip(left.split("\n"), right.split("\n"), strict=True)
    mixed = [row for pair in pairs for row in pair]
    assert [*interleaved(Rows("\n".join(mixed * 2)), general("de"))]
    assert not [*interleaved(Rows(f"{left}\n{right}\n" * 2), general("de"))]


NOT_INTERLEAVED = {
    "verse": "The bell of the old town was rung\nAnd no one knew who held the rope\nThe ferry of the town was gone\n"
    "And no one in it had a hope\n" * 6,
    "Latin, which the language does not know": "socii, sic ad hanc electionem admissi. Quod si præsi-\ndens ultra mensem\n"
    "abfuerit a prædicto collegio, tunc\npenes vice-præsidentem erit novum. sufficere prestsite-\n" * 6,
    "abbreviations at line ends": "pvenerint salutem cum rev.\nin Cristo pater et consil.\nnosier providentia div.\n"
    "totius primas et metrop.\nanimo pio et lib.\nheipitale in vilii de\n" * 6,
    "blanks of another width": "the\n\u2003\nof\n\u2003\nthe\n\u2003\n" * 9,
    "one word a line": "the\nof\nwas\nThe\n" * 20,
}


@pytest.mark.parametrize("name", NOT_INTERLEAVED)
def test_not_interleaved(name):
    assert found_in(NOT_INTERLEAVED[name].split("\n")) == []


# ---- one after the other -------------------------------------------------------------------------------------------

TITLES = (
    "The Cutting of the Marle",
    "A Letter to the Guild",
    "The Winter of the Great Frost",
    "How the Lamps were Hung",
    "Of Locks and Their Keepers",
    "The Ferry at Linder",
    "A Quarrel over Tolls",
    "The Mayor's Wife",
)
PAGES = ("1", "14", "27", "40", "58", "73", "91", "102")
PROSE = "The mayor had the lamps hung in the hall, and\nthe bargemen came in from the river to see what\nhe would say to them.\n"


def contents(titles=TITLES, pages=PAGES):
    return [*titles, *pages]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (contents(), (0, 16)),
        ([*PAGES, *TITLES], (0, 16)),
        (["CONTENTS", *contents()], (0, 17)),
        (contents(TITLES, "i. ii. iii. iv. v. vi. vii. viii.".split()), (0, 16)),
        (contents(TITLES, "2s. 6d.|1s.|3s. 4d.|9d.|\N{POUND SIGN}1 2s.|4d.|6d.|1s. 1d.".split("|")), (0, 16)),
        # titles that take two rows, beside pages that rise
        (contents([*TITLES, "and other things that were", "told of them at the time"]), (0, 18)),
    ],
)
def test_figures_apart_from_their_titles(rows, place):
    assert [*apart(Rows("\n".join(rows)), ENGLISH)] == [place]
    assert [*apart(Rows("\n\n".join(rows)), ENGLISH)] == [place]


NOT_APART = {
    "titles with their pages": "\n".join(f"{title} {number}" for title, number in zip(TITLES, PAGES, strict=True)),
    "titles above their pages": "\n".join(f"{title}\n{number}" for title, number in zip(TITLES, PAGES, strict=True)),
    "few": "\n".join([*TITLES[:4], *PAGES[:4]]),
    "no titles": PROSE + "\n".join(PAGES) + "\n" + PROSE,
    "labels of a plate": "BULIMUS.\nPLATE XXX.\nSpecies 180.\nShells\n193.\n194.\n195.\n196.\n197.\n198.\n199.\n"
    + PROSE * 3,
    "on another page": "\n".join(TITLES) + "\n\f" + "\n".join(PAGES),
    "as many lines of verse": "\n".join(f"{title}," for title in TITLES) + "\n" + "\n".join(PAGES),
    "as many lines of prose": "They were\nall there and\nno one\nwas left of\nthose who" + "\n1\n2\n3\n4\n5\n",
    "names and a sentence": "J. Hart\nMary Stone\nP. Lamb\nMrs. Field\nwere of the committee of the guild.\n" + PROSE,
    "names, each with an office": "J. Hart\nPresident\nMary Stone\nSecretary\nP. Lamb\nTreasurer\nMrs. Field\nClerk\n",
    "places": "The River\nThe Old Bridge\nThe Mill\nThe Quay\nMayor\nCommittee\nCouncil\nBoard\n",
    "one figure of a megabyte": "1" * 1_000_000 + "x",
}


@pytest.mark.parametrize("name", NOT_APART)
def test_not_apart(name):
    assert [*apart(Rows(NOT_APART[name]), ENGLISH)] == []


def test_names_apart_from_their_offices():
    names = ["J. Hart", "Mary Stone", "P. Lamb, Esq.", "I .  Field", "Dunn"]
    offices = ["President of the Guild", "Secretary", "for the Committee", "of the Upper Locks", "Clerk to the Board"]
    assert [*apart(Rows("\n".join([*names, *offices])), ENGLISH)] == [(0, 10)]
    assert [*apart(Rows("\n".join([*offices, *names])), ENGLISH)] == [(0, 10)]


# ---- what people see -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [0.0, 0.6])
def test_gutters_between_columns_stay(cut):
    rows, _ = page("essay", "side by side", 40, cut)
    first, end = found_in(rows)[0]
    middle = [row.find(" ", len(row) // 2) for row in rows]
    rows[first:end] = [f"{row[:k]}  {row[k:]}" for row, k in zip(rows[first:end], middle[first:end], strict=True)]
    got = clean("\n".join(rows) + "\n", language="en").text.split("\n")
    assert [row for row in rows[first:end] if row not in got] == []


def test_the_log_and_the_summary_name_the_lines(tmp_path):
    rows, place = page("essay", "in turn", 40, 0.0)
    text = "\n".join([*rows, "", *TITLES, *PAGES]) + "\n"
    result = clean(text, language="en")
    assert result.restore() == text
    found = journal.passages(result.records)
    assert [passage.what for passage in found] == ["interleaved", "apart"]
    assert place.start <= found[0].first - 1 < found[0].last <= place.stop
    assert len(rows) - 1 <= found[1].first <= len(rows) + 2
    assert found[1].last == len(rows) + 1 + len(TITLES) + len(PAGES)
    (tmp_path / "two.txt").write_text(text, encoding="utf-8")
    (tmp_path / "one.txt").write_text("\n".join(page("essay", "sound", 40, 0.0)[0]), encoding="utf-8")
    said = CliRunner().invoke(main, ["clean", str(tmp_path), "--out", str(tmp_path / "out")]).stderr
    lines = f"lines {found[0].first}-{found[0].last}"
    assert f"two.txt: 1 place where columns were interleaved ({lines})" in said
    assert f"two.txt: 1 place where columns were read apart (lines {found[1].first}-{found[1].last})" in said
    assert said.count("-> not put in order: look at the page") == 1
    assert "one.txt" not in said
    assert "not all can be read:" not in said
    piped = CliRunner().invoke(main, ["clean", "-"], input=text).stderr
    assert f"1 place where columns were interleaved ({lines}), not put in order" in piped
