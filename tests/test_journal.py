"""The log as people and programs read it: the worked example, field by field."""

import json

import pytest
from rapidfuzz.distance import Indel

from cleaner import clean, journal, pipeline, records
from cleaner.edits import apply
from cleaner.errors import LogError
from cleaner.model import Batch, Candidate, Edit, Held, Mark, Run
from cleaner.pipeline import carry
from cleaner.sources import digest

LINES = (
    "the old men of the town had met in the long hall to speak of the new",
    "school, of the bridge that the flood had taken and of the price of corn,",
    "and when the lamps were lit nobody had yet said a word of the election",
    "that was to come in spring, although it was the one thing on their minds",
)


def book():
    """Twenty pages whose sentence never ends; between 82 and 83 stands the page break of the worked example."""
    pages = []
    for folio in range(70, 90):
        head = f"The New Course {folio}" if folio % 2 else f"{folio} The New Course"
        body = "\n".join((*LINES, *LINES))
        if folio == 82:
            body += "\nit was said by one of them that this was a party of revolu-"
        if folio == 83:
            body = "tion was young.\n" + body
        pages.append(f"{head}\n\n{body}\n\n")
    return "\f".join(pages)


RAW = book()
RESULT = clean(RAW, language="en")
RECORDS = [json.loads(line) for line in RESULT.log.decode("ascii").splitlines()]


def change(start):
    return next(r for r in RECORDS if r["kind"] == "change" and r["raw"][0] == start)


def test_the_worked_example():
    at = RAW.index("revolu-")
    head = change(at + 8)
    assert head == {
        "kind": "change",
        "id": f"furniture:{at + 8}-{at + 29}",
        "n": 2,
        "stage": "furniture",
        "rule": "furniture.head",
        "at": [at + 8, at + 29],
        "raw": [at + 8, at + 29],
        "page": "83",
        "line": RAW.count("\n", 0, at + 8) + 1,
        "column": 1,
        "before": "\n\fThe New Course 83\n\n",
        "after": "",
        "confidence": 0.99,
        "status": "applied",
        "why": head["why"],
        "context": ["revolu-\n", "tion was"],
    }
    hyphen = change(at + 6)
    assert list(hyphen) == [
        "kind", "id", "n", "stage", "rule", "at", "raw", "page", "line", "column", "before", "after", "group",
        "confidence", "status", "why", "context",
    ]  # fmt: skip
    assert (hyphen["n"], hyphen["rule"], hyphen["page"]) == (5, "hyphens.drop", "82")
    assert (hyphen["before"], hyphen["after"], hyphen["context"]) == ("-\n", "", ["revolu", "tion was"])
    end = change(at + 33)
    assert list(end) == [
        "kind", "id", "n", "stage", "at", "raw", "line", "column", "before", "after", "group", "status",
    ]  # fmt: skip
    assert (end["before"], end["after"], end["group"]) == (" ", "\n", hyphen["group"])
    read = next(c for c in journal.read(RESULT.log).changes if c["id"] == end["id"])
    assert {key: read[key] for key in ("rule", "confidence", "why")} == {
        key: hyphen[key] for key in ("rule", "confidence", "why")
    }
    assert "a party of revolution was young." in RESULT.text


def test_the_header_and_the_end():
    assert list(RECORDS[0]) == ["kind", "format", "source", "sha256", "codec", "chars", "cleaner", "key", "settings"]
    assert RECORDS[0]["chars"] == len(RAW)
    end = RECORDS[-1]
    assert list(end) == ["kind", "applied", "held", "layout", "chars", "sha256"]
    assert end["applied"] == sum(r.get("status") == "applied" for r in RECORDS)
    assert end["layout"] == sum(len(r["at"]) for r in RECORDS if r["kind"] == "layout")
    assert end["chars"] == len(RESULT.text)


def test_layout_changes_are_grouped():
    layout = [r for r in RECORDS if r["kind"] == "layout"]
    reflow = next(r for r in layout if r["rule"] == "paragraphs.reflow")
    assert list(reflow) == ["kind", "n", "rule", "before", "after", "at"]
    assert (reflow["n"], reflow["before"], reflow["after"]) == (8, "\n", " ")
    assert reflow["at"] == sorted(reflow["at"])


def test_page_marks_say_where_a_page_begins():
    pages = [r for r in RECORDS if r["kind"] == "mark" and r["mark"] == "page"]
    mark = next(r for r in pages if r["folio"] == "83")
    assert list(mark) == ["kind", "mark", "raw", "clean", "folio", "read", "head"]
    assert RAW[mark["raw"] :].startswith("tion was young")
    assert RESULT.text[mark["clean"] :].startswith("tion was young")
    assert [r["folio"] for r in pages] == [str(n) for n in range(70, 90)]


def test_the_log_is_ascii_and_a_rerun_is_byte_identical():
    assert RESULT.log.isascii()
    assert clean(RAW, language="en").log == RESULT.log


def test_no_change_is_larger_than_what_it_changes():
    written = sum(len(e.before) + len(e.after) for batch in RESULT.run.batches for e in batch.applied)
    assert written <= 1.5 * Indel.distance(RAW, RESULT.text)


def held_run():
    text = "tbe mill and thc wheel\n"
    first = Edit(0, 3, "tbe", "the", "confusions.tbe", 0.98, "b for h")
    second = Edit(13, 16, "thc", "the", "confusions.thc", 0.6, "c for e")
    batch = Batch("words", 7, (first,), (Held(second, "held", "below"),))
    return Run(text, (batch,), apply(text, batch.applied))


def test_what_is_held_says_why_and_carries_its_readings():
    header = journal.Header("x.txt", "0", "utf-8", 0, "1", "key", {})
    log = journal.read(journal.write(held_run(), header))
    held = log.changes[1]
    assert (held["status"], held["why"]) == ("held", "below: c for e")
    assert held["candidates"] == [["the", 0.6], ["thc", 0.4]]
    assert "candidates" not in log.changes[0]
    assert (log.end["applied"], log.end["held"]) == (1, 1)


def test_white_space_of_a_group_or_that_parts_words_is_listed_alone():
    """A group has to be decided as one; in running text a blank may part or join words."""
    edits = [Edit(1, 2, " ", "\n", "r", 1.0, "", group) for group in (None, 1)]
    header = journal.Header("x", "0", "utf-8", 3, "1", "k", {})
    for stage, edit, listed in (("seal", edits[0], 0), ("seal", edits[1], 1), ("words", edits[0], 1)):
        log = journal.read(journal.write(Run("a b", (Batch(stage, 9, (edit,)),), "a\nb"), header))
        assert (len(log.changes), len(log.layout)) == (listed, 1 - listed)


def test_a_text_that_looks_like_a_log_parts_no_lines_of_the_log():
    """All records are encoded at once, and cut apart where the next one begins."""
    text = journal.BETWEEN + journal.BETWEEN
    run = Run(text, (Batch("words", 7, (Edit(0, len(text), text, "a", "r", 1.0, text),)),), "a")
    data = journal.write(run, journal.Header(text, "0", "utf-8", len(text), "1", text, {"only": [text]}))
    assert [json.loads(line)["kind"] for line in data.decode("ascii").splitlines()] == ["run", "change", "end"]
    assert journal.read(data).changes[0]["before"] == text


def test_a_line_of_a_log_is_one_record():
    """Blanks around it, as version control on Windows puts them, are none of it."""
    data = journal.write(held_run(), journal.Header("x", "0", "utf-8", 0, "1", "k", {}))
    assert journal.read(b" " + data.replace(b"\n", b" \r\n")) == journal.read(data)
    for damaged in (data.replace(b"\n", b" 1\n", 1), data.replace(b"\n", b"", 1)):
        with pytest.raises(LogError, match="damaged: more than a record"):
            journal.read(damaged)


def test_two_changes_in_one_place_have_two_ids():
    edits = [Held(Edit(0, 1, "a", after, "r", 0.5, ""), "held", "below") for after in "xy"]
    run = Run("a", (Batch("words", 7, (), tuple(edits)),), "a")
    log = journal.read(journal.write(run, journal.Header("x", "0", "utf-8", 1, "1", "k", {})))
    assert [c["id"] for c in log.changes] == ["words:0-1", "words:0-1.2"]


@pytest.mark.parametrize(
    ("text", "start", "end", "context"),
    [
        ("a party of revolu-\ntion was young", 17, 19, ["revolu", "tion was"]),
        ("ab", 1, 1, ["a", "b"]),
        ("wwwwwwwwwwwwwwwwwwww", 10, 11, ["wwwwwwww", "wwwwwwww"]),  # nothing but pieces of one word
        ("one two", 0, 3, ["", " two"]),
    ],
)
def test_context_is_cut_to_whole_words(text, start, end, context):
    assert records._context(text, start, end) == context


def test_marks_are_carried_past_edits():
    edits = [Edit(0, 4, "head", "", "r", 1.0, ""), Edit(9, 9, "", "!!", "r", 1.0, "")]
    marks = [Mark(4, 4, "page"), Mark(5, 9, "verse"), Mark(0, 4, "table"), Mark(0, 12, "language")]
    carried = {mark.kind: (mark.start, mark.end) for mark in carry(marks, edits, 12)}
    assert carried == {"page": (0, 0), "verse": (1, 5), "table": (0, 0), "language": (0, 10)}


def test_every_stage_is_known_by_number():
    assert [(stage.n, stage.name) for stage in pipeline.STAGES] == [
        (1, "encoding"),
        (2, "furniture"),
        (3, "regions"),
        (4, "glyphs"),
        (5, "hyphens"),
        (6, "numbers"),
        (7, "words"),
        (8, "paragraphs"),
        (9, "seal"),
    ]


# ---- readings --------------------------------------------------------------------------------------------------------

WEIGHED = Edit(4, 7, "tbe", "the", "words.misread", 0.62, "why", candidates=(
    Candidate("the", 0.62), Candidate("tie", 0.3), Candidate("tbe", 0.08),
))  # fmt: skip
HEADER = records.Header("x.txt", digest(b"see tbe\n"), "utf-8", 8, "1", "k", {})


def logged(batch):
    run = Run("see tbe\n", (batch,), apply("see tbe\n", batch.applied))
    return run, journal.read(journal.write(run, HEADER))


def test_what_is_held_carries_the_readings_that_were_weighed():
    _, log = logged(Batch("words", 7, held=(Held(WEIGHED, "held", "below"),)))
    assert log.changes[0]["candidates"] == [["the", 0.62], ["tie", 0.3], ["tbe", 0.08]]
    plain = WEIGHED._replace(candidates=())
    _, log = logged(Batch("words", 7, held=(Held(plain, "held", "below"),)))
    assert log.changes[0]["candidates"] == [["the", 0.62], ["tbe", 0.38]]


def test_what_is_applied_and_what_is_silent_is_explained_and_not_logged():
    silent = Edit(0, 3, "see", "see", "words.misread", 0.97, "a name", candidates=(Candidate("see", 0.97),))
    run, log = logged(Batch("words", 7, applied=(WEIGHED,), silent=(silent,)))
    assert [change["before"] for change in log.changes] == ["tbe"]
    assert "candidates" not in log.changes[0]
    left, changed = journal.explained(run)
    assert (left["status"], left["before"], left["after"]) == ("silent", "see", "see")
    assert changed["candidates"][0] == ["the", 0.62]
    assert {key: value for key, value in changed.items() if key != "candidates"} == log.changes[0]


def test_a_log_without_readings_is_read():
    """As logs were that knew of none: what is missing is empty."""
    _, log = logged(Batch("words", 7, held=(Held(WEIGHED, "held", "below"),)))
    lines = [
        json.dumps({k: v for k, v in record.items() if k != "candidates"})
        for record in (log.header, *log.changes, log.end)
    ]
    old = journal.read("".join(f"{line}\n" for line in lines).encode())
    assert [change["after"] for change in old.changes] == ["the"]
    assert journal.restored(b"see tbe\n", old) == b"see tbe\n"
