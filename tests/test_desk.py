"""The desk of a review: what is read again and when, thousands of decisions at once, and the way back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import decisions, ledger, settings
from cleaner.decisions import Decision
from cleaner.errors import DecisionError, LogError
from cleaner.ledger import Page
from cleaner.review import items
from cleaner.review.desk import open_desk
from cleaner.review.items import Item
from cleaner.series import Series
from tests import made_logs


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text('language = "en"\n', encoding="utf-8")
    raw, edits, held = made_logs.long_text(60_000, 40)
    made_logs.write(tmp_path / "corpora" / "clean", "a.txt", raw, edits, held)
    (tmp_path / "corpora" / "raw").mkdir()
    (tmp_path / "corpora" / "raw" / "a.txt").write_text(raw, encoding="utf-8")
    return new_desk()


def new_desk():
    config = settings.load(settings.Path())
    return open_desk([], config, config.clean)


def test_a_decision_shows_at_once_and_in_a_new_desk(desk):
    first, second = desk.sheet("a.txt").items[:2]
    desk.decide("a.txt", [first.id], "accept")
    for here in (desk, new_desk()):
        assert here.sheet("a.txt").item(first.id).verdict.verdict == "accept"
        assert not here.sheet("a.txt").item(second.id).settled
    assert desk.sheet("a.txt") == new_desk().sheet("a.txt")


def test_what_others_decide_is_seen_on_looking_again(desk):
    first = desk.sheet("a.txt").items[0]
    new_desk().decide("a.txt", [first.id], "reject")
    assert not desk.sheet("a.txt").item(first.id).settled
    assert desk.look_again("a.txt").item(first.id).settled
    new_desk().decide("a.txt", [first.id], "accept", scope=decisions.CORPUS)
    assert {item.verdict.scope for item in desk.look_again("a.txt").items if item.verdict} == {"here", "corpus"}


def test_an_edit_is_seen_on_looking_again(desk):
    desk.sheet("a.txt")
    text = desk.text("a.txt").clean
    text.write_text(text.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    with pytest.raises(LogError, match=r"was edited"):
        desk.look_again("a.txt")


def test_nobody_is_written_over_and_the_next_try_stands_on_what_is_there(desk):
    first, second = desk.sheet("a.txt").items[:2]
    new_desk().decide("a.txt", [first.id], "reject")
    with pytest.raises(DecisionError, match=r"changed by somebody else"):
        desk.decide("a.txt", [second.id], "reject")
    assert desk.sheet("a.txt").item(first.id).settled
    desk.decide("a.txt", [second.id], "reject")
    assert [item.settled for item in new_desk().sheet("a.txt").items[:3]] == [True, True, False]


def test_undo_takes_back_one_step_and_never_what_others_wrote(desk):
    first, second = desk.sheet("a.txt").items[:2]
    desk.decide("a.txt", [first.id], "accept")
    desk.decide("a.txt", [second.id], "accept")
    assert desk.undo() == "a.txt"
    assert [item.settled for item in desk.sheet("a.txt").items[:2]] == [True, False]
    new_desk().decide("a.txt", [second.id], "reject")
    with pytest.raises(DecisionError, match=r"changed by somebody else"):
        desk.undo()
    assert desk.undo() == ""
    assert [item.settled for item in desk.sheet("a.txt").items[:2]] == [True, True]


def test_what_is_withdrawn_is_open_again(desk):
    first, second, third = desk.sheet("a.txt").items[:3]
    desk.decide("a.txt", [first.id, second.id], "accept")
    desk.decide("a.txt", [third.id], "replace", after="thy")
    assert desk.withdraw("a.txt", [first.id, third.id]) == 2
    assert [item.settled for item in desk.sheet("a.txt").items[:3]] == [False, True, False]
    assert desk.withdraw("a.txt", [first.id]) == 0
    assert desk.undo()
    assert [item.settled for item in desk.sheet("a.txt").items[:3]] == [True, True, True]


@pytest.mark.parametrize("scope", [decisions.DOCUMENT, decisions.CORPUS])
def test_what_holds_for_many_is_withdrawn_as_a_whole(desk, scope):
    first, second = desk.sheet("a.txt").items[:2]
    desk.decide("a.txt", [first.id], "reject", scope=scope)
    assert all(item.settled for item in desk.sheet("a.txt").items)
    desk.decide("a.txt", [second.id], "accept")
    assert desk.withdraw("a.txt", [first.id]) == 1
    assert [item.settled for item in desk.sheet("a.txt").items[:3]] == [False, True, False]


def test_the_last_decision_that_is_withdrawn_takes_its_file_along(desk):
    first = desk.sheet("a.txt").items[0]
    desk.decide("a.txt", [first.id], "accept")
    path = desk.ledger.path("a.txt")
    assert json.loads(path.read_text(encoding="utf-8").split("\n")[1])["verdict"] == "accept"
    desk.withdraw("a.txt", [first.id])
    assert not path.exists()


def test_a_broken_file_of_decisions_names_its_line_until_it_is_mended(desk):
    first = desk.sheet("a.txt").items[0]
    desk.decide("a.txt", [first.id], "accept")
    path = desk.ledger.path("a.txt")
    good = path.read_bytes()
    path.write_bytes(good + b"{\n")
    for _ in range(2):
        with pytest.raises(DecisionError, match=r"a\.txt\.jsonl:3: this is no line of JSON"):
            desk.look_again("a.txt")
    path.write_bytes(good)
    assert desk.look_again("a.txt").item(first.id).settled


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=6),
    st.tuples(st.integers(0, 12), st.integers(0, 4)),
)
def test_what_a_person_wrote_is_found_wherever_it_overlaps(places, place):
    item = Item(
        "a",
        "i",
        "words",
        "w.x",
        "held",
        0.5,
        "",
        (place[0], sum(place)),
        1,
        1,
        "",
        "",
        "",
        "a",
        "b",
        "",
        "",
        Series("a", "b"),
    )
    written = [Decision("replace", "x" * size, "y", (at, at + size)) for at, size in places]
    (judged,) = items.judged([item], written)
    standing = decisions.settle(written).decisions
    assert judged.settled == any(decisions.overlap(one.raw, item.raw) for one in standing)


CHANGES = st.builds(
    lambda verdict, start, size, after, scope: Decision(
        verdict, "abcdefgh"[start : start + size], after, (start, start + size) if scope == "here" else None, scope
    ),
    st.sampled_from(decisions.CHANGES),
    st.integers(0, 5),
    st.integers(1, 3),
    st.sampled_from(["", "x", "yz"]),
    st.sampled_from(decisions.SCOPES),
)


@given(st.lists(CHANGES, max_size=8), st.lists(CHANGES, max_size=8), st.booleans())
def test_many_at_once_are_noted_as_one_after_the_other(old, new, beside):
    """Each takes the place of what contradicts it, whatever it is noted together with; nothing else goes."""
    kept = [*old]
    for one in new:
        kept = [o for o in kept if not (ledger._takes_back(one, o) or (beside and ledger._holds(one, o)))] + [one]
    noted = ledger.noted(Page("a.txt", decisions=tuple(old)), new, "", beside=beside)
    assert sorted(map(decisions.line, noted.decisions)) == sorted(map(decisions.line, kept))
