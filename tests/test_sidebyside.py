"""Raw and clean beside each other: both sides are the texts, character for character, whatever the log did."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, journal, sidebyside, store
from cleaner.edits import apply
from cleaner.settings import Settings
from cleaner.sidebyside import LONGEST
from tests.strategies import batches
from tests.test_pages import scan

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "corpora" / "clean" / "samples").glob("*.txt"))
END = {"kind": "end"}


def log_of(changes=(), layout=(), marks=()):
    return journal.Log({"kind": "run"}, list(changes), list(layout), list(marks), [], END)


def change(n, start, before, after, status="applied", **more):
    at = [start, start + len(before)]
    return {"id": f"{n}:{start}", "n": n, "stage": "words", "at": at, "before": before, "after": after,
            "status": status, **more}  # fmt: skip


def cleaned(raw, **values):
    return sidebyside.rows(raw, Cleaner(Settings(language="en", **values)).clean(raw).records)


def sides(row):
    return [(segment.left, segment.right) for segment in row.segments]


def check(raw, clean, rows):
    """The laws: both sides are the texts, offsets are those of the segments, nobody changes nothing but white space."""
    assert "".join(row.left for row in rows) == raw
    assert "".join(row.right for row in rows) == clean
    at = to = 0
    for row in rows:
        assert row.segments
        for segment in row.segments:
            assert (segment.raw, segment.clean) == (at, to)
            if segment.change is None:
                assert "".join(segment.left.split()) == "".join(segment.right.split())
            at, to = at + len(segment.left), to + len(segment.right)


@st.composite
def runs(draw):
    """(raw, clean, log) of two steps of any edits, some of them layout, some held, with pages anywhere."""
    raw, first = draw(batches(moves=False))
    between = apply(raw, first)
    cuts = sorted(draw(st.sets(st.integers(0, len(between)), max_size=8)))
    second = [
        (a, b, draw(st.sampled_from(["", "x", "\n\n", " y "]))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    changes = [change(1, e.start, e.before, e.after) for e in first]
    changes += [change(2, a, between[a:b], after) for a, b, after in second]
    for _ in range(draw(st.integers(0, 4))):
        n, text = draw(st.sampled_from([(1, raw), (2, between)]))
        a = draw(st.integers(0, len(text)))
        changes.append(change(n, a, text[a : a + draw(st.integers(0, 5))], "?", "held"))
    marks = [{"mark": "page", "raw": at} for at in sorted(draw(st.lists(st.integers(0, len(raw)), max_size=3)))]
    clean, shift = between, 0
    for a, b, after in second:
        clean = clean[: a + shift] + after + clean[b + shift :]
        shift += len(after) - (b - a)
    return raw, clean, log_of(changes, marks=marks)


@given(runs())
def test_both_sides_are_the_texts(run):
    raw, clean, log = run
    rows = sidebyside.rows(raw, log)
    check(raw, clean, rows)
    shown = {id(record) for row in rows for record in row.records}
    assert {id(record) for record in log.changes if record["status"] == "held"} <= shown
    assert [page for row in rows for page in row.pages] == log.marks


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples(path):
    state = store.look(store.Pair(path))
    log = journal.read(state.log)
    rows = sidebyside.rows(journal.undone(state.clean, log)[0], log)
    check(journal.undone(state.clean, log)[0], state.clean.decode(), rows)
    assert max(len(row.right) for row in rows) < LONGEST
    for row in rows:  # a row is a paragraph: blank lines end it
        assert "\n\n" not in row.right.strip("\n")


def test_what_is_held_is_marked_where_it_stands():
    log = log_of([change(1, 0, "a ", ""), change(2, 4, "mill", "Mill", "held"), change(2, 3, "", "x", "held")])
    (row,) = sidebyside.rows("a the mill", log)
    found = [(s.left, s.right, [record["id"] for record in s.held]) for s in row.segments]
    assert found == [("a ", "", []), ("the", "the", []), ("", "", ["2:3"]), (" ", " ", []), ("mill", "mill", ["2:4"])]
    assert [record["id"] for record in row.records] == ["1:0", "2:3", "2:4"]


def test_a_change_of_what_a_change_made():
    log = log_of([change(1, 0, "tlie", "tie"), change(2, 1, "i", "h")])
    (row,) = sidebyside.rows("tlie mill", log)
    assert [(s.left, s.right, s.change and s.change["id"]) for s in row.segments] == [
        ("tlie", "t", "1:0"), ("", "h", "2:1"), ("", "e", "1:0"), (" mill", " mill", None)
    ]  # fmt: skip


def test_the_layout_is_nobodys_change():
    (row,) = cleaned("They had lamps for a com-\nmittee in\nthe town.\n")
    assert sides(row)[1:] == [("-\n", ""), ("mittee in\nthe town.\n", "mittee in the town.\n")]
    (row,) = cleaned("They had lamps for a com-\nmittee in\nthe town.\n", layout="lines")
    assert (" ", "\n") in sides(row)  # here the line end was moved, and stays


def test_furniture_between_paragraphs_is_a_row_and_within_one_a_segment():
    rows = cleaned(scan("nets.", "    The old"))
    apart = [row for row in rows if row.furniture]
    assert apart
    assert all(not row.right.strip() and all(s.change for s in row.segments if s.left.strip()) for row in apart)
    within = [s for row in cleaned(scan("on the", "quay the")) if not row.furniture for s in row.segments]
    assert [segment for segment in within if segment.is_furniture]
    assert not [segment for segment in within if segment.is_furniture and segment.right.strip()]


def test_pages_begin_where_their_marks_stand():
    raw = scan("nets.", "    The old")
    log = Cleaner(Settings(language="en")).clean(raw).records
    starts = {s.page["raw"]: s.raw for row in sidebyside.rows(raw, log) for s in row.segments if s.page}
    assert len(starts) >= 4
    assert all(mark == at for mark, at in starts.items())


@pytest.mark.parametrize("piece", ["word\n", "word ", "w"])
def test_long_texts_without_paragraphs_are_parted(piece):
    raw = piece * (40_000 // len(piece))
    rows = sidebyside.rows(raw, log_of())
    check(raw, raw, rows)
    assert (max(len(row.left) for row in rows) <= 3 * LONGEST) == (piece != "w")


def test_many_changes_take_linear_time():
    raw = "the old tbe mill " * 20_000
    changes = [change(1, at, "tbe", "the") for at in range(8, len(raw), 17)]
    changes += [change(2, at, "old", "Old", "held") for at in range(4, len(raw), 17)]
    rows = sidebyside.rows(raw, log_of(changes))
    assert sum(len(row.segments) for row in rows) > 80_000
    assert sum(len(row.records) for row in rows) == 40_000


def test_a_log_that_leads_nowhere():
    with pytest.raises(ValueError, match="behind the end"):
        sidebyside.rows("short", log_of([change(1, 9, "x", "")]))


def furniture(start, before, after="", **more):
    return {**change(1, start, before, after), "stage": "furniture", **more}


def test_furniture_on_both_sides_of_a_blank_line_is_one_row():
    raw = "one.\n83\n\n\fHEAD\ntwo.\n"
    rows = sidebyside.rows(raw, log_of([furniture(5, "83\n"), furniture(9, "\fHEAD\n")]))
    assert [(row.left, row.furniture) for row in rows] == [
        ("one.\n", False),
        ("83\n\n\fHEAD\n", True),
        ("two.\n", False),
    ]
    assert [row.right for row in rows] == ["one.\n", "\n", "two.\n"]


def test_what_was_moved_is_no_furniture():
    note = "* A note.\n"
    raw = f"one.\n\n{note}\ntwo.\n"
    changes = [furniture(6, f"{note}\n", group=1), furniture(len(raw), "", f"\n{note}", group=1)]
    rows = sidebyside.rows(raw, log_of(changes))
    check(raw, f"one.\n\ntwo.\n\n{note}", rows)
    assert not [row for row in rows if row.furniture]
