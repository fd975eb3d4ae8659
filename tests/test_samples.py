"""The samples end to end: real OCR whose truth is known; the cleaned results are committed and held up to date here.

When a change of behaviour is meant, ``make samples`` (or ``cleaner clean corpora/raw/samples``) writes them anew, and
the change shows as a diff. A user's own files in corpora/raw are not looked at.
"""

import json
import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from cleaner import Cleaner, journal
from cleaner.store import Pair

ROOT = Path(__file__).parent.parent
RAW = ROOT / "corpora" / "raw" / "samples"
CLEAN = ROOT / "corpora" / "clean" / "samples"
TRUTH = ROOT / "tests" / "samples" / "truth"
NAMES = ("essay", "gazette", "handbook", "letters")
TOOL = Cleaner()
RESULTS = {name: TOOL.clean((RAW / f"{name}.txt").read_bytes(), name=f"{name}.txt") for name in NAMES}

# Share of wrong words, at most: (as scanned, cleaned). The rest are misread letters, and notes that stand where the page
# ended instead of behind their paragraph.
WORD_ERROR = {"essay": (0.162, 0.127), "gazette": (0.112, 0.068), "handbook": (0.141, 0.105), "letters": (0.115, 0.046)}
# Running heads: (in the scan, still there when it was cleaned). What is left lost its folio, or had it misread, and stands
# over one page or two only, which proves nothing.
HEADS = {"essay": (16, 0), "gazette": (2, 2), "handbook": (9, 2), "letters": (12, 1)}


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_results_are_up_to_date(name):
    pair = Pair(CLEAN / f"{name}.txt")
    assert pair.clean.read_bytes() == RESULTS[name].data, "run `make samples` if the change is meant"
    assert pair.log.read_bytes() == RESULTS[name].log


@pytest.mark.parametrize("name", NAMES)
def test_the_raw_scan_comes_back_from_the_committed_files(name):
    pair = Pair(CLEAN / f"{name}.txt")
    raw = journal.restore(pair.clean.read_bytes(), pair.log.read_bytes())
    assert raw == (RAW / f"{name}.txt").read_bytes()


def words(text):
    return re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', text)).split()


def error(truth, text):
    return Levenshtein.distance(words(truth), words(text)) / len(words(truth))


@pytest.mark.parametrize("name", NAMES)
def test_the_error_falls(name):
    truth = (TRUTH / f"{name}.txt").read_text(encoding="utf-8")
    raw = (RAW / f"{name}.txt").read_bytes().decode("utf-8", "replace")
    before, after = WORD_ERROR[name]
    assert error(truth, raw) == pytest.approx(before, abs=0.002)
    assert error(truth, RESULTS[name].text) <= after


@pytest.mark.parametrize("name", NAMES)
def test_no_right_word_is_made_wrong(name):
    """Words that stood right in the scan and are gone: a hyphen of a compound at most."""
    truth = (TRUTH / f"{name}.txt").read_text(encoding="utf-8")
    kept = {word.strip(".,;:!?\"'") for word in words(truth)}
    raw = {word for word in words((RAW / f"{name}.txt").read_bytes().decode("utf-8", "replace")) if word.isalpha()}
    clean = set(re.findall(r"\w+", RESULTS[name].text))
    halves = {half for change in RESULTS[name].changes if change.stage == "hyphens" for half in change.context}
    lost = {word for word in raw & kept if word not in clean}
    furniture = " ".join(line for page in json.loads((TRUTH / f"{name}.furniture.json").read_text()) for line in page)
    assert not {word for word in lost if word not in furniture and not any(word in half for half in halves)}


def letters(text):
    return re.sub(r"[\W_]", "", text).casefold()


def capitals(line):
    """A line without figures and signs, in its own case: heads are set in capitals, the titles that they repeat are not."""
    return re.sub(r"[\W\d_]", "", line)


def running_heads(name, text):
    """The lines that hold a head of the truth, misread or not."""
    pages = json.loads((TRUTH / f"{name}.furniture.json").read_text(encoding="utf-8"))
    heads = {capitals(line) for page in pages for line in page if not line.isdigit()}
    lines = [(line, capitals(line)) for line in text.split("\n")]
    return [
        line
        for line, key in lines
        if any(len(key) >= 0.8 * len(head) and fuzz.partial_ratio(head, key) >= 80 for head in heads)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_running_heads_are_gone(name):
    scanned, left = HEADS[name]
    assert len(running_heads(name, (RAW / f"{name}.txt").read_bytes().decode("utf-8", "replace"))) == scanned
    assert len(running_heads(name, RESULTS[name].text)) <= left


def test_pages_are_known_by_their_folios():
    for name, first in (("essay", 31), ("handbook", 204)):
        pages = json.loads((TRUTH / f"{name}.furniture.json").read_text(encoding="utf-8"))
        folios = [mark["folio"] for mark in RESULTS[name].records.marks if mark["mark"] == "page"]
        assert folios == [str(first + k) for k in range(len(pages))]


def test_the_scan_with_lost_hyphens_has_the_habit():
    (habit,) = [mark for mark in RESULTS["letters"].records.marks if mark["mark"] == "habit"]
    assert habit["trace"] == "blank"
    assert habit["cut"] > 50
    assert "steam-launch" in RESULTS["letters"].text


def test_the_gazette_is_in_three_encodings_and_none_is_left():
    raw = (RAW / "gazette.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    rules = {change.rule for change in RESULTS["gazette"].changes}
    assert {"encoding.cp1252", "encoding.mojibake"} <= rules
    assert not re.search("[\ufffd\u00e2\u20ac\u00c2\u00c3]", RESULTS["gazette"].text)


def test_verse_table_list_and_index_keep_their_lines():
    text = RESULTS["handbook"].text
    kinds = {mark["mark"] for mark in RESULTS["handbook"].records.marks}
    assert {"verse", "list", "index"} <= kinds
    truth = (TRUTH / "handbook.txt").read_text(encoding="utf-8")
    index = truth[truth.rindex("Index") :].split("\n")
    entries = [line for line in index if re.search(r"\d$", line)]
    lines = {letters(line) for line in text.split("\n")}
    assert sum(letters(entry) in lines for entry in entries) >= 0.7 * len(entries)


@pytest.mark.parametrize("name", NAMES)
def test_no_change_is_larger_than_what_it_changes(name):
    """Insertions and deletions are counted, as the log writes them: a line end that becomes a blank is two."""
    result = RESULTS[name]
    written = sum(len(e.before) + len(e.after) for batch in result.run.batches for e in batch.applied)
    assert written <= 1.5 * Indel.distance(result.run.source, result.text)


def test_a_log_is_at_most_twice_the_size_of_a_text_and_grows_with_what_is_repaired():
    assert len(RESULTS["essay"].log) <= 2 * len(RESULTS["essay"].data)
    for name, result in RESULTS.items():
        changes = result.log.count(b'{"kind":"change"')
        assert len(result.log) <= 300 * changes + len(result.data) / 2, name


@pytest.mark.parametrize("name", NAMES)
def test_cleaning_the_clean_text_changes_nothing(name):
    """But for a stray mark that was almost sure, where joined lines show one more of its sort."""
    clean = RESULTS[name].text
    again = [change for change in TOOL.clean(clean).changes if change.status == "applied"]
    assert {change.rule for change in again} <= {"words.stray"}
    assert 500 * len(again) <= len(clean.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_is_left_alone(name):
    """A clean text: what is changed in it would be a false change."""
    truth = (TRUTH / f"{name}.txt").read_text(encoding="utf-8")
    result = TOOL.clean(truth)
    assert result.text.split() == truth.split()
    assert not [change for change in result.changes if change.status == "applied"]
