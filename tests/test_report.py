"""Reports: what they count, and that every format says what the log says."""

from __future__ import annotations

import json
import re

import pytest

from cleaner import journal, names, sidebyside
from cleaner.model import Edit, Mark
from cleaner.report import charts, plain
from cleaner.report.gather import Count
from cleaner.report.showing import shown
from tests.made_reports import SAMPLES, made, report_of


@pytest.mark.parametrize("name", SAMPLES)
def test_every_count_adds_up(name):
    report = report_of(name)
    applied, held = journal.repairs(report.log)
    layout = sum(rule.layout for rule in report.rules)
    assert report.applied + layout == applied.total()
    assert len(report.held) == held.total() > 0
    assert layout == report.log.end["layout"]
    for counts in (report.stages, report.confidence, report.rules, *([report.pages] if report.pages else [])):
        assert sum(count.applied for count in counts) == report.applied
        assert sum(count.held for count in counts) == len(report.held)
    assert all(rule.samples for rule in report.rules if rule.applied or rule.held)


def test_changes_stand_in_the_order_of_the_text():
    report = report_of("essay.txt")
    places = [change["raw"] for change in report.changes]
    assert places == sorted(places)
    assert len({change["stage"] for change in report.changes[:9]}) > 1


def test_what_stands_before_the_first_page_counts_for_it(tmp_path):
    raw = "Title tbe\n\nthe mill\n\nthe end\n"
    edits = [Edit(6, 9, "tbe", "the", "words.misread", 0.9, "")]
    marks = [Mark(at, at, "page", {"folio": name, "read": name}) for at, name in ((11, "1"), (21, ""))]
    report = made(tmp_path, raw, edits, marks=marks)
    assert report.pages == [Count("1", 1, 0), Count("#2", 0, 0)]


def test_furniture_is_what_was_taken_out():
    report = report_of("essay.txt")
    assert len(report.furniture) == 20
    assert {change["stage"] for change in report.furniture} == {"furniture"}
    assert all(change["before"].strip() and not change["after"].strip() for change in report.furniture)


def test_a_row_knows_its_page_and_line(tmp_path):
    report = report_of("essay.txt")
    row = next(row for row in report.rows if row.left.startswith("The digging was done"))
    assert (report.page(row), report.place(row).line) == ("32", 49)
    assert report.raw.split("\n")[48].startswith("The digging was done")
    assert made(tmp_path, "no pages here\n", []).page(made(tmp_path, "no pages here\n", []).rows[0]) == ""


def test_sidebyside_is_what_the_page_shows():
    report = report_of("essay.txt")
    assert report.rows == sidebyside.rows(report.raw, report.log)


# ---- charts ------------------------------------------------------------------------------------------------------------

MANY = [Count(str(k), k % 7 * 100, k % 5) for k in range(500)]


@pytest.mark.parametrize(
    "chart",
    [
        charts.bars("a", "A", [Count("words", 12_345, 6), Count("seal", 0, 0), Count("numbers", 0, 1)]),
        charts.bars("a", "A", []),
        charts.columns("b", "B", MANY, "page"),
        charts.columns("b", "B", [Count("1", 0, 0)], "page"),
        charts.columns("b", "B", [], "page"),
        charts.shares("c", "C", [(str(k), 0.5 + k % 40 / 100, 1 - k % 9 / 100) for k in range(300)], "page"),
        charts.shares("c", "C", [("a", None, None), ("b", 1.0, 1.0)], "page"),
        charts.shares("c", "C", [("a", 0.0, 0.02)], "page"),
        charts.shares("c", "C", [], "page"),
    ],
)
def test_a_chart_stays_within_its_frame(chart):
    for shape in chart.shapes:
        wide = shape.w if shape.shape in ("bar", "line") else 0
        assert 0 <= shape.x <= shape.x + wide <= charts.WIDTH + 0.1, shape
        assert 0 <= shape.y <= chart.height, shape
        assert 0 <= shape.y + shape.h <= chart.height + 0.1, shape
        if shape.kind == "figure":
            assert shape.x + len(shape.text) * 6 <= charts.WIDTH
    assert all(len(row) == len(chart.head) for row in chart.table)


def test_the_bars_are_as_long_as_the_counts():
    chart = charts.bars("a", "A", [Count("words", 300, 100), Count("seal", 150, 0)])
    first, held, second = (shape for shape in chart.shapes if shape.shape == "bar")
    assert first.w == pytest.approx(3 * held.w, abs=0.2)
    assert first.w == pytest.approx(2 * second.w, abs=0.2)
    assert held.x == pytest.approx(first.x + first.w, abs=0.2)


def test_many_pages_share_a_column():
    chart = charts.columns("b", "B", MANY, "page")
    columns = {shape.x for shape in chart.shapes if shape.shape == "bar"}
    assert len(columns) <= charts.MOST
    assert "9 of them" in chart.said
    assert len(chart.table) == len(MANY)


# ---- text and data -----------------------------------------------------------------------------------------------------


def old_side(report):
    return "".join(s.right if s.change is None else s.left for row in report.rows for s in row.segments)


def check_diff(report):
    """The lines with - and + at their numbers are those of both sides, and all others are the same."""
    old, new = (
        shown(text).replace("\r", "\\r").split("\n")
        for text in (old_side(report), "".join(r.right for r in report.rows))
    )
    lines = plain.diff(report).split("\n")[3:-1]
    at, shift = 0, 0
    while lines:
        a, m, b, n = map(int, re.match(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", lines.pop(0)).groups())
        hunk = []
        while lines and not lines[0].startswith("@@"):
            hunk.append(lines.pop(0))
        first, last = a - 1 + (not m), b - 1 + (not n)
        assert [line[1:] for line in hunk if line[0] != "+"] == old[first : first + m]
        assert [line[1:] for line in hunk if line[0] != "-"] == new[last : last + n]
        assert old[at:first] == new[at + shift : last]
        at, shift = first + m, last + n - first - m
    assert old[at:] == new[at + shift :]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_diff_is_one(name):
    report = report_of(name)
    check_diff(report)
    diff = plain.diff(report)
    assert (
        max(len(re.findall(r"^[-+]", diff, re.MULTILINE)), 1) < 2 * len(report.changes) + 40
    )  # the layout is no change


def test_a_diff_of_lines_that_come_and_go(tmp_path):
    raw = "one\ntwo\nthree\nfour\nfive\n"
    edits = [
        Edit(0, 4, "one\n", "", "r", 1.0, ""),
        Edit(13, 13, "", "new\n", "r", 1.0, ""),
        Edit(19, 23, "five", "FIVE", "r", 1.0, ""),
    ]
    report = made(tmp_path, raw, [Edit(*e[:2], raw[e[0] : e[1]], *e[3:]) for e in edits])
    check_diff(report)


def test_a_diff_of_what_was_added_to_nothing(tmp_path):
    report = made(tmp_path, "", [Edit(0, 0, "", "new\n", "r", 1.0, "")])
    check_diff(report)
    assert "@@ -0,0 +1,1 @@" in plain.diff(report)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_table_has_every_change(name):
    report = report_of(name)
    rows = [line.split("\t") for line in plain.tsv(report).split("\n")[:-1]]
    assert len(rows) == len(report.log.changes)
    for row, change in zip(rows, report.log.changes, strict=True):
        cells = dict(zip(plain.COLUMNS, row, strict=True))
        assert (cells["file"], cells["id"], cells["line"]) == (name, change["id"], str(change["line"]))
        assert names.unescape(cells["before"]) == change["before"]
        assert names.unescape(cells["after"]) == change["after"]
        assert cells["status"] == change["status"]


def test_json_holds_the_log():
    report = report_of("letters.txt")
    told = json.loads(plain.as_json(report))
    assert told["log"]["changes"] == report.log.changes
    assert told["log"]["layout"] == report.log.layout
    assert (told["applied"], told["held"]) == (report.applied, len(report.held))
    assert told["quality"]["after"] == pytest.approx(report.overall.after, abs=1e-4)


def test_markdown_shows_each_changed_paragraph():
    report = report_of("letters.txt")
    text = plain.markdown(report)
    assert "<del>cf</del><ins>of</ins> a barometer" in text
    assert text.count("\n**") == sum(bool(row.records) and not row.furniture for row in report.rows)
