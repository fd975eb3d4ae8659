"""What people decide is obeyed, ever after: laws of decisions, on texts of all kinds."""

import json
from itertools import permutations
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cleaner import decisions, journal, ledger
from cleaner.adopting import adopted, differences
from cleaner.api import Cleaner
from cleaner.decisions import Conflict, Decision, settle
from cleaner.ledger import Page
from cleaner.model import Edit
from cleaner.settings import Settings
from cleaner.stages import DECIDED
from tests import test_notes as notes
from tests.strategies import decoded, texts

CLEANER = Cleaner()
SCAN = (
    "THE FERRY 81\n\nThe men upon tbe quay looked after it until the smoke was lo-\nst, and tben went back to the nets tbat\n"
    "hung from one end of the yard. Nobody spoke before tbe bell , for all\n\n\fTHE FERRY 82\n\nwere thinking of the boy who had gone "
    "aboard with a box under his arm and had not so much as turned his\n\n\fTHE FERRY 83\n\nhead to see who stood there, "
    "althongh his mother had come down the hill in her house shoes and was\n\n\fTHE FERRY 84\n\nholding the rail with both hands.\n"
)


def clean(raw, *decided, **options):
    found = Cleaner(Settings(**options)).clean(raw, decided=decided)
    assert found.restore() == raw
    return found


def of(change, verdict, raw, after=None):
    """A decision on a change of a log, as the commands make it."""
    text = raw[slice(*change.raw)]
    seen = None if change.before == text else change.before
    return Decision(verdict, text, change.after if after is None else after, change.raw, seen=seen)


def here(raw, old, new="", verdict="replace", at=0):
    start = raw.index(old, at)
    return Decision(verdict, old, new, (start, start + len(old)))


# ---- what each verdict does ------------------------------------------------------------------------------------------


def test_a_replacement_needs_no_proposal():
    assert "the boy who had sailed aboard" in clean(SCAN, here(SCAN, "gone", "sailed")).text


def test_a_replacement_changes_nothing_elsewhere():
    plain, decided = clean(SCAN).text, clean(SCAN, here(SCAN, "gone", "sailed")).text
    assert decided == plain.replace("gone", "sailed")


def test_what_is_refused_stays_and_says_so():
    found = clean(SCAN, here(SCAN, "tbe", "the", "reject"))
    assert "upon tbe quay" in found.text
    assert "before the bell" in found.text
    refused = [change for change in found.changes if change.why.startswith("rejected")]
    assert [(change.before, change.status) for change in refused] == [("tbe", "held")]


def test_what_is_refused_comes_from_no_other_stage_and_no_wider_change():
    raw = "In tbe house.\n"
    wider = Decision("reject", "In tbe", "In the", (0, 6))
    assert clean(raw, wider).text == raw


def test_what_is_held_is_applied_when_accepted():
    held = next(change for change in clean(SCAN, threshold=1.0).changes if change.before == "tbe")
    found = clean(SCAN, of(held, "accept", SCAN), threshold=1.0)
    assert "upon the quay" in found.text
    assert [change.decision for change in found.changes if change.decision] == ["accept"]


@pytest.mark.parametrize(
    ("misread", "old", "new", "printed"),
    [
        ("ﬁeids", "ﬁ", "fi", "fields"),  # the word around what was accepted is mended
        ("ﬂelds", "ﬂ", "fl", "flelds"),  # and what was accepted is not changed again
        ("fi-\neids", "-\n", "", "fields"),
    ],
)
def test_no_later_stage_undoes_what_was_accepted(misread, old, new, printed):
    raw = SCAN.replace("nets", misread)
    start = raw.index(misread) + misread.index(old)
    assert "the fields" in clean(raw).text
    found = clean(raw, Decision("accept", old, new, (start, start + len(old))))
    assert f"the {printed}" in found.text
    assert any(change.why.startswith("closed") for change in found.changes) == (printed == "flelds")


def test_what_no_stage_proposes_any_more_is_done_all_the_same():
    found = clean(SCAN, here(SCAN, "tbe", "the", "accept"), skip=("words",))
    assert "upon the quay" in found.text
    assert "before tbe bell" in found.text


def test_what_fits_no_more_is_held_as_stale_and_named():
    head = here(SCAN, "FERRY", "FAIRY", at=SCAN.index("82") - 12)
    found = clean(SCAN, head)
    assert "FAIRY" not in found.text
    assert [
        (change.status, change.why.partition(":")[0]) for change in found.changes if change.stage == "decisions"
    ] == [("held", "stale")]


@pytest.mark.parametrize("scope", ["document", "corpus"])
def test_a_whole_series(scope):
    def wide(verdict, text, after):
        return Decision(verdict, text, after, scope=scope)

    assert "tbe" not in clean(SCAN).text
    found = clean(SCAN, wide("reject", "tbe", "the")).text
    assert found.count("tbe") == 2
    assert "then went" in found
    assert clean(SCAN, wide("replace", "tbe", "THE")).text.count("THE ") == 2
    assert clean(SCAN, wide("accept", "tbe", "the"), threshold=1.0).text.count("tbe ") == 0
    assert "smoke was lo-" in clean(SCAN, wide("reject", "lo- st", "lost")).text


def test_the_narrower_scope_wins():
    yes = here(SCAN, "tbe", "the", "accept")
    no = Decision("reject", "tbe", "the", scope="document")
    assert clean(SCAN, yes, no).text.count("tbe") == 1
    no = here(SCAN, "tbe", "the", "reject")
    so = Decision("replace", "tbe", "THE", scope="document")
    assert "upon tbe quay" in clean(SCAN, no, so).text
    assert "before THE bell" in clean(SCAN, no, so).text
    for_all = Decision("replace", "tbe", "ye", scope="corpus")
    assert "before THE bell" in clean(SCAN, so, for_all).text


@pytest.mark.parametrize("verdict", ["accept", "replace", "reject"])
def test_what_cannot_be_decoded_gets_into_no_clean_text(verdict):
    raw = b"In tbe caf\xe9\x81 house\n"
    text = raw.decode("utf-8", "surrogateescape")
    at = text.index("\udce9") - (verdict != "reject")
    after = "x\udce9y" if verdict != "reject" else "e"
    one = Decision(verdict, text[at : at + 3], after, (at, at + 3))
    found = Cleaner().clean(raw, decided=[one])
    assert "\ufffd" in found.text
    assert found.restore() == raw


def test_what_was_put_back_by_a_refusal_is_valid_too():
    raw = b"caf\xe9\x81\n"
    no = Decision("reject", "\udc81", "\ufffd", (4, 5))
    assert Cleaner().clean(raw, decided=[no]).text.endswith("\ufffd\n")


def test_replacements_for_all_take_whole_words():
    so = Decision("replace", "box", "chest", scope="document")
    assert clean("A box, a boxer, two box-\nwoods.\n", so).text.startswith("A chest, a boxer,")


def test_replacements_for_all_leave_figures_and_signs_where_no_stage_saw_them():
    raw = "If 1 were you, and 1 am not. There are 1 or 2.\n" * 3
    assert clean(raw).text.count("I ") == 6
    found = clean(raw, Decision("replace", "1", "Ich", scope="document")).text
    assert found.count("Ich") == 6
    assert found.count("are 1 or 2") == 3


def test_replacements_for_all_of_several_words_and_of_the_longest():
    wide = [
        Decision("replace", old, new, scope="document")
        for old, new in (("old mill", "Old Mill"), ("mill", "MILL"), ("the old mill race", "RACE"))
    ]
    raw = "By the old\nmill, the mill and the old mill race; the millrace.\n"
    assert clean(raw, *wide, layout="lines").text == "By the Old Mill, the MILL and RACE; the millrace.\n"


# ---- bytes that are no UTF-8 -----------------------------------------------------------------------------------------

BYTES = b"The mill\x92s wheel.\nIt was \xe9t\xe9 by tbe weir.\n"


def of_bytes(raw, verdict, stage, **options):
    """What comes out, decided is the same of all that a stage proposes."""
    plain = Cleaner(Settings(**options)).clean(raw)
    said = [of(change, verdict, plain.run.source) for change in plain.changes if change.stage == stage]
    assert said
    found = Cleaner(Settings(**options)).clean(raw, decided=said)
    assert found.restore() == raw
    return found


def test_how_a_byte_is_read_can_be_refused():
    found = of_bytes(BYTES, "reject", "encoding")
    assert found.text.startswith("The mill\ufffds wheel.")
    assert {change.status for change in found.changes if change.stage == "encoding"} == {"held"}


def test_how_a_byte_is_read_can_be_accepted():
    assert "\ufffd" in Cleaner(Settings(threshold=1.0)).clean(BYTES).text
    assert of_bytes(BYTES, "accept", "encoding", threshold=1.0).text.startswith("The mill\u2019s wheel.")


def test_what_makes_a_text_valid_cannot_be_refused():
    raw = b"one\x81 two\r\n\r\ncafe\xcc\x81\x00 three\r\n"
    assert of_bytes(raw, "reject", "seal").text == Cleaner().clean(raw).text
    assert of_bytes(raw, "reject", "encoding").text == Cleaner().clean(raw).text


def test_no_decision_makes_a_text_invalid():
    raw = "In tbe house.\n"
    assert clean(raw, here(raw, "tbe", "t\udc80e")).text == "In t\ufffde house.\n"
    accepted = Decision("accept", "tbe", "the\r\n\udc80", (3, 6))
    assert clean(raw, accepted, skip=("words",)).text == "In the\n\ufffd house.\n"


# ---- what is said of lines -------------------------------------------------------------------------------------------


def test_a_line_that_is_said_to_be_furniture_goes_and_its_sentence_is_whole():
    raw = SCAN.replace("THE FERRY 83", "lhe ferrv of 1X")
    kept = clean(raw)
    said = here(raw, "lhe ferrv of 1X", verdict="furniture")
    found = clean(raw, said)
    assert "lhe ferrv" not in found.text
    assert "turned his head to see" in found.text
    assert found.text != kept.text or "lhe ferrv" not in kept.text


def test_a_line_that_is_said_to_be_text_stays():
    assert "THE FERRY 83" not in clean(SCAN).text
    assert "THE FERRY 83" in clean(SCAN, here(SCAN, "THE FERRY 83", verdict="text")).text


def test_a_page_begins_where_it_is_said():
    raw = "The men upon the quay\nlooked after it.\n\nNobody spoke before\nthe bell.\n"
    found = clean(raw, here(raw, "Nobody", "17", "page"), page_marks="folio")
    assert "[p. 17] Nobody" in found.text
    wrong = clean(SCAN, here(SCAN, "head to see", "99", "page"), page_marks="folio").text
    assert "[p. 99] head to see" in wrong
    assert "83" not in wrong


def test_lines_that_are_said_to_stay_are_not_joined():
    lines = (
        "looked after it until the smoke was lost, and then we\nwent back to the nets that hung from one end of it\n"
    )
    raw = (
        f"When the ferry left at seven the men upon the quay\n{lines}to the other, and nobody spoke before the bell.\n"
    )
    assert lines not in clean(raw).text
    assert lines.rstrip() in clean(raw, here(raw, lines.rstrip(), verdict="lines")).text


def test_what_is_said_to_be_garbage_is_left_and_named():
    raw = "He saw tbe cat.\n\nIn tbe bouse tbere was no\n"
    found = clean(raw, here(raw, "In tbe bouse tbere was no", verdict="garbage"))
    assert found.text == "He saw the cat.\n\nIn tbe bouse tbere was no\n"
    assert [passage.what for passage in journal.passages(found.records)] == ["garbage"]


def test_garbage_that_is_taken_out_is_named_no_more():
    raw = "He saw the cat.\n\nIn tbe bouse tbere was no\n\nNobody spoke.\n"
    line = "In tbe bouse tbere was no"
    found = clean(raw, here(raw, line, verdict="garbage"), here(raw, line))
    assert line not in found.text
    assert journal.passages(found.records) == ()


def test_a_folio_is_one_word_of_valid_text():
    raw = "The men upon the quay\nlooked after it.\n\nNobody spoke before\nthe bell.\n"
    found = clean(raw, here(raw, "Nobody", "1 7\n\udc80", "page"), page_marks="folio")
    assert "[p. 17\ufffd] Nobody" in found.text


# ---- conflicts, places, lines ----------------------------------------------------------------------------------------


def test_of_one_place_the_rejection_wins_and_the_conflict_is_listed():
    yes, no = here(SCAN, "tbe", "the", "accept"), here(SCAN, "tbe", "the", "reject")
    assert settle([yes, no]).conflicts == (Conflict(no, yes),)
    assert "upon tbe quay" in clean(SCAN, yes, no).text


def test_what_was_seen_as_nothing_is_not_what_was_not_seen():
    two = [Decision("replace", "", "x", (3, 3)), Decision("replace", "", "x", (3, 3), seen="")]
    assert settle(two) == settle(two[::-1])


VERDICTS = st.sampled_from(decisions.VERDICTS)


@st.composite
def decided_on(draw, raw):
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 12)))
        verdict = draw(VERDICTS)
        scope = draw(st.sampled_from(decisions.SCOPES)) if verdict in decisions.CHANGES and end > start else "here"
        span = (start, end) if scope == "here" else None
        seen = draw(st.none() | st.sampled_from(["", "tbe", " "]))
        found.append(
            Decision(verdict, raw[start:end], draw(st.sampled_from(["", "the", "x", " ", "7"])), span, scope, seen=seen)
        )
    return found


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_decisions_in_any_order_give_the_same_and_come_back(data):
    raw = data.draw(st.sampled_from([SCAN, SCAN.replace("\f", ""), "In tbe house.\n"]) | texts)
    assume(not any(0xD800 <= ord(char) < 0xDC80 for char in raw))
    given_ = data.draw(decided_on(raw))
    first = Cleaner().clean(raw, decided=given_)
    assert first.restore() == raw
    for other in [given_[::-1], *list(permutations(given_))[:3]]:
        assert Cleaner().clean(raw, decided=other).log == first.log


@given(decoded)
@settings(max_examples=60, deadline=None)
def test_settling_is_idempotent_and_drops_nothing_silently(raw):
    for seed in range(3):
        given_ = [
            Decision(decisions.CHANGES[(k + seed) % 3], raw[k : k + 2], "x" * (k % 2), (k, min(len(raw), k + 2)))
            for k in range(min(6, len(raw)))
        ]
        settled = settle(given_)
        assert settle(settled.decisions).decisions == settled.decisions
        assert not settle(settled.decisions).conflicts
        assert {*settled.decisions, *(conflict.other for conflict in settled.conflicts)} == {*given_}


def test_decisions_on_every_proposal_determine_the_outcome():
    """Whatever the threshold says, a text of which all is decided comes out as it was decided."""
    proposed = clean(SCAN, threshold=0.3, layout="lines").changes
    yes = [of(change, "accept", SCAN) for change in proposed]
    outcomes = {clean(SCAN, *yes, threshold=threshold, layout="lines").text for threshold in (0.3, 0.9, 1.0)}
    assert len(outcomes) == 1
    no = [of(change, "reject", SCAN) for change in proposed]
    for threshold in (0.3, 0.9, 1.0):
        found = clean(SCAN, *no, threshold=threshold)
        applied = {(change.raw, change.after) for change in found.changes if change.status == "applied"}
        assert not applied & {(change.raw, change.after) for change in proposed}


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_what_was_refused_never_comes_back(data):
    changes = [change for change in clean(SCAN).changes if change.group is None]
    refused = data.draw(st.lists(st.sampled_from(changes), unique_by=lambda change: change.id, max_size=6))
    found = clean(SCAN, *(of(change, "reject", SCAN) for change in refused))
    done = {(change.raw, change.before, change.after) for change in found.changes if change.status == "applied"}
    assert not done & {(change.raw, change.before, change.after) for change in refused}


def test_a_decision_is_read_as_it_was_written():
    one = Decision("replace", "a\udc80\u2028\n", 'b"', (3, 7), context=("l", "r"), seen="", who="Ada")
    assert decisions.read(json.loads(decisions.line(one))) == one
    assert decisions.line(one).isascii()


@given(texts, st.data())
def test_places_are_found_again_or_not_at_all(raw, data):
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    one = Decision("reject", raw[start:end], "x", (start, end), context=decisions.context(raw, start, end))
    assert decisions.place([one], raw, same=True).decisions == (one,)
    for found in decisions.place([one], "qq" + raw, same=False).decisions:
        assert found.raw == (start + 2, end + 2)


def test_what_fits_a_replaced_text_no_more_is_not_put_where_it_stood():
    old, new = "The men upon the quay looked after it.\n", "Nobody spoke before the bell, and it rang.\n"
    points = [Decision("replace", "", "x", (at, at), context=decisions.context(old, at, at)) for at in range(len(old))]
    stale = decisions.place(points, new, same=False).stale
    assert len(stale) == len(points)
    assert decisions.place(stale, new, same=True).stale == stale
    assert decisions.place(points, old, same=True).decisions == tuple(points)


# ---- adopting --------------------------------------------------------------------------------------------------------


def adopt(raw, edited, decided=(), **options):
    found = Cleaner(Settings(**options)).clean(raw, decided=decided)
    return adopted(found.run.source, found.text, edited, journal.steps(found.records))


def again(raw, edited, decided=(), **options):
    page = ledger.noted(
        Page("a.txt", decisions=tuple(decided)), adopt(raw, edited, decided, **options), "", beside=True
    )
    result = Cleaner(Settings(**options)).clean(raw, decided=page.decisions)
    assert result.restore() == raw
    return result


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quay", "quai"),
        ("the nets", "their nets"),
        (" nets", " big nets"),
        ("lost, and", "lost; and"),
        ("bell, for all were", "bell.\n\nFor all were"),
        ("nets", ""),
        ("the smoke was lost", "THE FERRY 81\nthe smoke was lost"),
    ],
)
@pytest.mark.parametrize("layout", ["paragraphs", "lines"])
def test_an_edit_becomes_a_decision(old, new, layout):
    text = clean(SCAN, layout=layout).text
    assume_there = old in text
    edited = text.replace(old, new, 1) if assume_there else new + text
    assert again(SCAN, edited, layout=layout).text == edited


def test_a_paragraph_that_was_parted_is_not_taken_for_two_others():
    def words(*numbers):
        return " ".join(f"word{number} the" for number in numbers)

    old = f"{words(*range(40))}\n\n{words(*range(40, 80))}\n\n{words(*range(80, 99))}\n"
    new = old.replace("word20 the ", "word20 the.\n\n").replace("word60 ", "").replace("word70", "Word70")
    assert len(differences(old, new)) == 3


@st.composite
def edits_of(draw, text):
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from([0, 1, 5, 60])))))
        text = text[:start] + draw(st.sampled_from(["", "x", " ", "\n\n", "the ", "-\n", "é"])) + text[end:]
    return text


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_clean_edit_adopt_clean_gives_the_edited_text(data):
    raw = data.draw(st.sampled_from([SCAN, SCAN.replace("\f", ""), "", "x", "In tbe house.\n"]) | texts)
    assume(not any(0xD800 <= ord(char) < 0xDC80 for char in raw))
    options = {"layout": data.draw(st.sampled_from(["paragraphs", "lines"]))}
    first = Cleaner(Settings(**options)).clean(raw)
    edited = data.draw(edits_of(first.text))
    second = again(raw, edited, **options)
    assert second.text == edited
    third = data.draw(edits_of(edited))
    kept = adopt(raw, edited, **options)
    assert again(raw, third, kept, **options).text == third


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_edits_of_a_text_whose_notes_were_moved(data):
    raw = notes.scan(f"{notes.CALLED}\n\n{notes.NOTE}", f"{notes.BELOW}\n\n{notes.NEXT}", notes.LAST)
    options = {"notes": data.draw(st.sampled_from(["keep", "after", "end"]))}
    base = clean(raw, **options)
    assert any(change.source for change in base.changes)
    first = data.draw(edits_of(base.text))
    assert again(raw, first, **options).text == first
    second = data.draw(edits_of(first))
    assert again(raw, second, adopt(raw, first, **options), **options).text == second


def test_an_edit_beside_an_older_one():
    first = "x" + clean(SCAN).text.replace("then went", "then  went")
    kept = adopt(SCAN, first)
    for third in (
        first.replace("upon the quay looked after it until the smoke was lost, and ", "x"),
        first[2:],
        "y" + first,
    ):
        assert again(SCAN, third, kept).text == third


def test_thousands_of_edits_are_adopted_in_linear_time():
    raw, size = "tbe " * 10_000, 40_000
    step = DECIDED, [Edit(at, at + 3, "tbe", "the", "decisions.replace", 1.0, "") for at in range(0, size, 4)]
    started = process_time()
    found = adopted(raw, raw.replace("tbe", "the"), raw.replace("tbe", "THE"), [step])
    assert [one.raw for one in found] == [(at, at + 3) for at in range(0, size, 4)]
    assert process_time() - started < 5  # 0.7 s; each against each would take half a minute


def test_only_what_a_decision_binds_is_part_of_the_key():
    plain = Cleaner()
    assert plain.key_with([]) == plain.key
    one = here(SCAN, "tbe", "the", "reject")
    assert plain.key_with([one]) != plain.key
    assert plain.key_with([one]) == plain.key_with([one._replace(who="Ada", stage="words", rule="x.y")])


def test_only_what_may_concern_a_text_counts():
    tbe = Decision("reject", "tbe", "the", scope="corpus")
    assert decisions.concern([tbe], "In tbe house") == (tbe,)
    assert decisions.concern([tbe], "In the house") == ()
    assert decisions.concern([tbe._replace(text="ﬁre tbe")], "no") == ()


def test_a_decision_for_all_concerns_words_that_line_ends_cut():
    raw = "They were a party of revolu-\ntion and of nothing else.\n"
    so = Decision("replace", "revolution", "Revolution", scope="corpus")
    assert "party of Revolution" in clean(raw, *decisions.concern([so], raw)).text
