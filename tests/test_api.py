"""The library: what goes in comes back, what comes out is clean, and every change can be looked up."""

import contextlib
import gc
import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cleaner
from cleaner import Cleaner, clean, journal
from cleaner.decoding import NOT_FROM_BYTES
from cleaner.errors import DocumentError, LogError, ProofError, StageError, UsageError
from cleaner.model import Edit, Mark, Proposals
from cleaner.settings import Settings
from tests.strategies import decoded, texts

DEFAULT = Cleaner()
LINES = Cleaner(Settings(layout="lines"))

WORDS = st.sampled_from(
    "the mill wheel revolu- tion commit tee 12 [4] CHAPTER IV. \u2019tis of-\nfice \ufb01ne 1918, -- \u2014 . ! ? ; The And".split(
        " "
    )
)
# Line-shaped texts, since most stages look at lines: words, blanks, line ends, form feeds, blank lines.
pages = st.lists(
    st.one_of(WORDS, st.sampled_from([" ", "  ", "\n", " \n", "\n\n", "\f", "\n\f\n", "\r\n", "\t", "- \n"])),
    max_size=60,
).map("".join)
anything = st.one_of(texts, decoded, pages).filter(lambda text: not NOT_FROM_BYTES.search(text))


@given(anything)
@example("\udc80\udcff lone surrogates")
@example("\ufeff\ufeff")
@example("a\r\n\r\n\rb")
@example("e\n\u0301")
def test_any_text_comes_back(text):
    result = DEFAULT.clean(text)
    assert result.restore() == text


@given(st.one_of(st.binary(), anything.map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_any_bytes_come_back(data):
    result = DEFAULT.clean(data)
    assert result.restore() == data
    assert journal.restore(result.data, result.log) == data


@given(anything)
def test_what_comes_out_is_valid_composed_and_ended(text):
    out = DEFAULT.clean(text).text
    out.encode("utf-8")  # no surrogate
    assert unicodedata.is_normalized("NFC", out)
    assert "\r" not in out
    assert not out or (out.endswith("\n") and not out.endswith("\n\n"))


# Lines as a page has them, set to one measure: a few of them cut a word, end a sentence, or stand between blank lines,
# heads and form feeds.
PROSE = (
    "and when the ferry left the men went up to the old mill by the water where the committee had met in spring and "
    "spoke of the bridge the government had promised and of the price of corn until the lamps were lit though nobody "
    "said a word about the well-known remarkable stranger who came back"
).split()
BREAKS = ["\n"] * 12 + [
    "-\n",
    " \n",
    "\n\n",
    ".\n",
    ".\n\n",
    "\u2014\n",
    ",\n",
    "\n\n\n",
    "\n\fTHE FERRY 12\n\n",
    "\n\n13\n\n",
]


@st.composite
def scans(draw):
    lines = []
    for _ in range(draw(st.integers(2, 24))):
        at = draw(st.integers(0, len(PROSE) - 1))
        words, width = [], draw(st.integers(44, 50))
        while sum(map(len, words)) + len(words) < width:
            words.append(PROSE[(at + len(words)) % len(PROSE)])
        lines.append(" ".join(words)[:width].rstrip() + draw(st.sampled_from(BREAKS)))
    return "".join(lines)


@pytest.mark.parametrize("tool", [DEFAULT, LINES], ids=["paragraphs", "lines"])
@given(text=scans())
def test_cleaning_twice_is_cleaning_once(tool, text):
    once = tool.clean(text).text
    assert tool.clean(once).text == once


@given(anything)
@example("000000\n0\na\n")
def test_cleaning_twice_is_cleaning_once_in_any_text(text):
    once = DEFAULT.clean(text).text
    assert DEFAULT.clean(once).text == once


@given(anything)
def test_a_run_is_deterministic(text):
    assert DEFAULT.clean(text).log == Cleaner().clean(text).log


@given(anything)
def test_every_change_stands_in_the_raw_text_where_it_says(text):
    lines = cleaner.text.Lines(text)
    for change in DEFAULT.clean(text).changes:
        start, end = change.raw
        assert 0 <= start <= end <= len(text)
        line = lines[change.line - 1] if len(lines) else None
        assert line is None or line.start + change.column - 1 == start
        if change.n == 1:
            assert text[start:end] == change.before


@given(anything)
def test_marks_stand_in_the_texts(text):
    result = DEFAULT.clean(text)
    for mark in result.records.marks:
        for where, size in (("raw", len(text)), ("clean", len(result.text))):
            place = mark[where]
            start, end = place if isinstance(place, list) else (place, place)
            assert 0 <= start <= end <= size


@given(anything)
def test_ids_are_unique(text):
    ids = [change.id for change in DEFAULT.clean(text).changes]
    assert len(ids) == len(set(ids))


def test_a_string_with_surrogates_that_no_bytes_decode_to_is_refused():
    with pytest.raises(UsageError, match=r"U\+D800, at 2"):
        clean("ab\ud800")


def test_an_unknown_setting_is_named():
    with pytest.raises(UsageError, match="did you mean language"):
        clean("abc", langauge="en")


def test_only_what_is_public_is_public():
    assert sorted(cleaner.__all__) == ["Change", "Cleaner", "Result", "__version__", "clean"]
    assert all(hasattr(cleaner, name) for name in cleaner.__all__)
    with pytest.raises(AttributeError):
        _ = cleaner.nothing


def test_a_string_gives_a_string_back_and_bytes_give_bytes():
    assert clean("a-\nb c\n").restore() == "a-\nb c\n"
    assert clean(b"\xff\xfea\x00\n\x00").restore() == b"\xff\xfea\x00\n\x00"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"skip": ("hyphnes",)}, "did you mean hyphens"),
        ({"only": ("furniture.haed",)}, "did you mean furniture.head"),
        ({"skip": ("seal",)}, "seal cannot be skipped"),
        ({"skip": ("encoding.bom",)}, "encoding.bom cannot be skipped"),
        ({"only": "hyphens"}, "only = 'hyphens' must be a list"),
        ({"only": ("furniture.hea",)}, "did you mean furniture.head"),
        ({"threshold": 5}, "from 0.30 to 1"),
        ({"threshold": "0.9"}, "from 0.30 to 1"),
        ({"thresholds": {"hyphens": 0.1}}, "from 0.30 to 1"),
        ({"layout": "columns"}, "paragraphs, lines"),
        ({"language": "xx"}, "nothing is known of the language 'xx'"),
        ({"thresholds": {"hyphen": 0.9}}, "did you mean hyphens"),
    ],
)
def test_a_setting_that_nobody_knows_is_named(settings, message):
    with pytest.raises(UsageError, match=message):
        Cleaner(Settings(**settings))


SPLIT = "It was a party of revolu-\ntion, and the \ufb01rst caf\u00c3\u00a9 was open.\n"


@pytest.mark.parametrize(
    ("settings", "families"),
    [
        ({}, {"encoding", "hyphens", "glyphs"}),
        ({"skip": ("hyphens",)}, {"encoding", "glyphs"}),
        ({"skip": ("hyphens.drop",)}, {"encoding", "glyphs"}),
        ({"skip": ("rules",)}, {"encoding", "hyphens"}),
        ({"only": ("rules",)}, {"encoding", "glyphs"}),
        ({"only": ("glyphs.fi",)}, {"encoding", "glyphs"}),
        ({"only": ("hyphens",), "skip": ("hyphens.drop",)}, {"encoding"}),
    ],
)
def test_only_and_skip(settings, families):
    result = clean(SPLIT, language="en", **settings)
    assert {change.rule.split(".")[0] for change in result.changes if change.status == "applied"} == families


def test_an_id_is_not_the_start_of_another():
    assert clean("o\ufb00er, o\ufb03ce\n", only=["glyphs.ff"]).text == "offer, o\ufb03ce\n"


def test_a_threshold_of_its_own_for_a_stage():
    assert clean(SPLIT, language="en", thresholds={"hyphens": 1.0}).changes[-1].status == "held"


def test_the_key_depends_on_settings_and_not_on_texts():
    assert Cleaner().key == DEFAULT.key
    assert Cleaner(Settings(threshold=0.8)).key != DEFAULT.key


@pytest.mark.parametrize(
    "proposals",
    [
        Proposals([Edit(0, 1, "z", "", "glyphs.space", 0.9, "")]),  # not what stands there
        Proposals([Edit(0, 1, "I", "", "nobody.knows", 0.9, "")]),
        Proposals([Edit(0, 1, "I", "", "glyphs.space", 0.2, "")]),  # below what may be proposed
    ],
)
def test_a_stage_that_breaks_its_contract_is_named(monkeypatch, proposals):
    from cleaner import pipeline

    broken = tuple(
        s._replace(propose=lambda doc, knowledge: proposals) if s.name == "glyphs" else s for s in pipeline.STAGES
    )
    monkeypatch.setattr(pipeline, "STAGES", broken)
    with pytest.raises(StageError, match="stage glyphs failed") as error:
        clean("It is.\n")
    assert "--skip glyphs" in str(error.value)


def with_stage(monkeypatch, name, proposals):
    from cleaner import pipeline

    stages = tuple(
        s._replace(propose=lambda doc, knowledge: proposals) if s.name == name else s for s in pipeline.STAGES
    )
    monkeypatch.setattr(pipeline, "STAGES", stages)


@pytest.mark.parametrize("mark", [Mark(0, 9, "verse"), Mark(-1, 0, "verse"), Mark(2, 1, "verse")])
def test_a_mark_outside_the_text_breaks_the_contract(monkeypatch, mark):
    with_stage(monkeypatch, "glyphs", Proposals((), [mark]))
    with pytest.raises(StageError, match=r"mark verse at .* lies outside the text"):
        clean("It is.\n")


def test_what_loses_a_conflict_is_held_as_overlaps(monkeypatch):
    wide, narrow = Edit(0, 2, "It", "", "glyphs.space", 0.95, ""), Edit(1, 2, "t", "", "glyphs.space", 0.99, "")
    with_stage(monkeypatch, "glyphs", Proposals([wide, narrow]))
    result = clean("It is.\n")
    assert [(c.before, c.status, c.why.split(":")[0]) for c in result.changes] == [
        ("It", "held", "overlaps"),
        ("t", "applied", ""),
    ]
    assert result.records.end["held"] == 1


def test_a_group_is_left_out_as_a_whole(monkeypatch):
    group = [
        Edit(0, 1, "I", "", "glyphs.space", 0.95, "", 1),
        Edit(1, 2, "t", "", "glyphs.invisible", 0.95, "", 1),
        Edit(3, 4, "i", "", "glyphs.space", 0.95, "", 2),
    ]
    with_stage(monkeypatch, "glyphs", Proposals(group))
    assert clean("It is.\n", skip=["glyphs.invisible"]).text == "It s.\n"


def test_a_stage_without_rules_runs_unless_it_is_skipped():
    names = [batch.stage for batch in clean("It is.\n", only=["hyphens"]).run.batches]
    assert names == ["encoding", "regions", "hyphens", "seal"]
    assert "regions" not in [batch.stage for batch in clean("It is.\n", skip=["regions"]).run.batches]


def test_the_key_depends_on_the_versions_of_data(monkeypatch):
    from cleaner import api

    here = Cleaner().key
    monkeypatch.setattr(api.metadata, "version", lambda package: "0")
    assert Cleaner().key != here


def test_a_stage_that_fails_stops_its_document_only(monkeypatch):
    from cleaner import pipeline

    def fail(doc, knowledge):
        raise ZeroDivisionError

    broken = tuple(s._replace(propose=fail) if s.name == "words" else s for s in pipeline.STAGES)
    monkeypatch.setattr(pipeline, "STAGES", broken)
    with pytest.raises(DocumentError, match="stage words failed: ZeroDivisionError"):
        clean("It is.\n")


# ---- the log -----------------------------------------------------------------------------------------------------

RESULT = clean(SPLIT.encode(), language="en")
LOG = [json.loads(line) for line in RESULT.log.decode("ascii").splitlines()]


def relog(records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def edited(change):
    records = json.loads(json.dumps(LOG))
    change(records)
    return relog(records)


@pytest.mark.parametrize(
    ("log", "message"),
    [
        (RESULT.log[:-40], "cut off"),
        (RESULT.log[:-1], "cut off"),
        (b"", "cut off"),
        (b"\xff\n", "damaged"),
        (b"[]\n", "cut off"),
        (relog(LOG[:-1]), "no end line"),
        (relog(LOG[1:]), "no change log of format 1"),
        (edited(lambda r: r[1].update(before="x")), "what it gives back is not the raw text"),
        (edited(lambda r: r[1].update(after="xyz")), "does not fit"),
        (edited(lambda r: r[1].update(at=["a"])), "was changed"),
        (edited(lambda r: r[1].pop("at")), "was changed"),
        (edited(lambda r: r.pop(1)), "was changed"),
        (edited(lambda r: r[0].update(codec="rot13")), "was changed"),
        (edited(lambda r: r[0].update(codec="utf-16-le")), "was changed"),
        (edited(lambda r: r[1].update(kind="chnage")), "unknown line 'chnage'"),
        (edited(lambda r: r[1].update(kind=["change"])), "unknown line"),
        (b"[" * 100_000 + b"\n", "damaged"),
        (edited(lambda r: r.insert(2, r[1])), "does not fit"),
        (edited(lambda r: r[-1].update(sha256="0")), "not the one that this log belongs to"),
    ],
)
def test_a_log_that_was_edited_or_cut_off_is_refused(log, message):
    with pytest.raises(LogError, match=message):
        journal.restore(RESULT.data, log)


def test_a_text_that_was_edited_is_refused():
    with pytest.raises(LogError, match="it was edited"):
        journal.restore(RESULT.data + b"!", RESULT.log)


def test_the_proof_fails_where_restoring_fails():
    with pytest.raises(ProofError, match="nothing was written"):
        journal.prove(RESULT.data, edited(lambda r: r[1].update(before="x")), SPLIT.encode())
    with pytest.raises(ProofError, match="do not come back"):
        journal.prove(RESULT.data, RESULT.log, b"another text")


def test_cycles_are_looked_for_again_when_a_text_is_done_or_fails(monkeypatch):
    seen = []

    def run(*_, **__):
        seen.append(gc.isenabled())
        raise StageError("no stage", "none")

    monkeypatch.setattr("cleaner.pipeline.run", run)
    with pytest.raises(StageError):
        DEFAULT.clean("a\n")
    assert seen == [False]
    assert gc.isenabled()


def test_nothing_comes_out_without_proof(monkeypatch):
    records = journal.records_of
    monkeypatch.setattr(journal, "records_of", lambda *args: [r for r in records(*args) if r["kind"] != "change"])
    with pytest.raises(ProofError, match="nothing was written"):
        clean(SPLIT)


@given(st.data())
def test_no_single_byte_of_a_log_can_change_what_is_restored(data):
    """Either the raw text comes back as it was, or the log is refused."""
    log = bytearray(RESULT.log)
    log[data.draw(st.integers(0, len(log) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(LogError):
        assert journal.restore(RESULT.data, bytes(log)) == SPLIT.encode()
