"""The laws of the algebra, on arbitrary Unicode."""

import time
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import edits as algebra
from cleaner.model import Edit, Span
from tests.strategies import batches, proposals, texts


def edit(start, end, before, after, *, group=None, source=None, confidence=1.0, rule="r"):
    return Edit(start, end, before, after, rule, confidence, "", group, source)


@given(batches())
def test_invert_undoes_apply(case):
    text, batch = case
    algebra.check(text, batch)
    assert algebra.apply(algebra.apply(text, batch), algebra.invert(batch)) == text


@given(batches())
def test_inverting_twice_gives_the_batch_back(case):
    _, batch = case
    assert algebra.invert(algebra.invert(batch)) == batch


@given(batches())
def test_the_inverse_passes_the_check_too(case):
    text, batch = case
    algebra.check(algebra.apply(text, batch), algebra.invert(batch))


@given(batches())
def test_text_outside_the_edits_is_untouched(case):
    text, batch = case
    output = algebra.apply(text, batch)
    table = algebra.forwards(batch, len(text))
    inside = {k for e in batch for k in range(e.start, e.end)}
    outside = [k for k in range(len(text)) if k not in inside]
    places = [table.origin(k, k + 1) for k in outside]
    assert [output[start:end] for start, end in places] == [text[k] for k in outside]
    assert all(a < b for a, b in pairwise(places))


def origins_by_hand(text, batch):
    """The origin of each character of the output, written down while the output is built."""
    origins, at = [], 0
    for e in batch:
        origins += [(k, k + 1) for k in range(at, e.start)]
        if e.source is None:
            origins += [(e.start, e.end)] * len(e.after)
        else:
            origins += [(k, k + 1) for k in range(*e.source)]
        at = e.end
    return origins + [(k, k + 1) for k in range(at, len(text))]


@given(batches(), st.data())
def test_the_origin_of_a_span_is_the_hull_of_its_characters_origins(case, data):
    text, batch = case
    by_hand = origins_by_hand(text, batch)
    size = len(by_hand)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    if start < end:
        hull = by_hand[start:end]
        want = (min(a for a, _ in hull), max(b for _, b in hull))
    else:
        left = by_hand[start - 1][1] if start else 0
        right = by_hand[start][0] if start < size else len(text)
        want = (min(left, right), max(left, right))
    assert algebra.origin(batch, len(text), start, end) == want


@given(batches(moves=False), st.data())
def test_what_came_from_a_place_went_there(case, data):
    text, batch = case
    size = len(algebra.apply(text, batch))
    k = data.draw(st.integers(0, max(size - 1, 0)))
    if k < size:
        start, end = algebra.origin(batch, len(text), k, k + 1)
        there = algebra.forward(batch, len(text), start, end)
        assert there.start <= k < there.end


@given(proposals())
def test_merge_keeps_what_can_stand_together(case):
    text, edits = case
    taken, lost = algebra.merge(edits)
    assert Counter([*taken, *lost]) == Counter(edits)
    assert all(a.start < b.start and a.end <= b.start for a, b in pairwise(taken))
    algebra.check(text, taken)
    assert algebra.apply(algebra.apply(text, taken), algebra.invert(taken)) == text


@given(proposals())
def test_a_group_is_merged_all_or_nothing(case):
    _, edits = case
    taken, lost = algebra.merge(edits)
    assert not {e.group for e in taken if e.group} & {e.group for e in lost if e.group}


@given(proposals())
def test_no_ungrouped_loser_could_have_stood(case):
    _, edits = case
    taken, lost = algebra.merge(edits)
    for loser in lost:
        if loser.group is None:
            assert algebra.merge([*taken, loser._replace(confidence=0.0)])[1]


@given(proposals(), st.randoms())
def test_merge_does_not_depend_on_the_order_of_proposals(case, random):
    _, edits = case
    edits = list(dict.fromkeys(edits))  # two equal edits cannot be told apart
    shuffled = list(edits)
    random.shuffle(shuffled)
    assert algebra.merge(shuffled) == algebra.merge(edits)


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        (edit(0, 2, "ab", "", confidence=0.9), edit(1, 3, "bc", "", confidence=0.95), 1),  # the surer one
        (edit(0, 2, "ab", ""), edit(1, 3, "bc", ""), 0),  # then the earlier one
        (edit(1, 2, "b", "x", rule="r.b"), edit(1, 2, "b", "y", rule="r.a"), 1),  # then the rule's id
        (edit(1, 1, "", "x", confidence=0.9), edit(1, 2, "b", ""), 1),  # no two start at one place
        (edit(0, 3, "abc", "x"), edit(2, 2, "", "y", confidence=0.9), 0),  # an insertion inside a span
    ],
)
def test_conflicts(first, second, winner):
    taken, lost = algebra.merge([first, second])
    assert (taken, lost) == (([first], [second]) if winner == 0 else ([second], [first]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (edit(0, 1, "a", "x"), edit(1, 2, "b", "y")),  # touching
        (edit(0, 2, "ab", ""), edit(2, 2, "", "y")),  # an insertion at the end of a span
    ],
)
def test_neighbours_do_not_conflict(first, second):
    assert algebra.merge([second, first]) == ([first, second], [])


def test_what_is_moved_to_one_place_stands_there_in_the_order_of_where_it_comes_from():
    text = "ab cd ef."
    moves = [
        one
        for group, (start, after) in enumerate([(0, "ab"), (3, "cd")], 1)
        for one in (
            edit(start, start + 2, after, "", group=group),
            edit(8, 8, "", after, group=group, source=(start, start + 2), confidence=1.0 if group == 2 else 0.9),
        )
    ]
    last = edit(8, 9, ".", "!")
    taken, lost = algebra.merge([last, *reversed(moves)])
    assert not lost
    assert algebra.apply(text, taken) == "  efabcd!"
    assert algebra.apply("  efabcd!", algebra.invert(taken)) == text
    assert algebra.merge([*moves, edit(8, 8, "", "x", confidence=0.5)])[1] == [edit(8, 8, "", "x", confidence=0.5)]


def test_a_group_that_cannot_stand_leaves_nothing_behind():
    """The first edit of the group fits and the second does not: the place of the first is free again."""
    sure = edit(4, 5, "e", "x", confidence=1.0)
    group = [edit(0, 1, "a", "", group=1, confidence=0.95), edit(4, 6, "ef", "", group=1, confidence=0.95)]
    late = edit(0, 2, "ab", "z", confidence=0.9)
    assert algebra.merge([sure, *group, late]) == ([late, sure], group)


def test_a_group_is_ranked_by_its_weakest_edit():
    group = [edit(0, 2, "ab", "", group=1, confidence=0.99), edit(5, 6, "f", "", group=1, confidence=0.91)]
    single = edit(1, 3, "bc", "", confidence=0.95)
    assert algebra.merge([*group, single]) == ([single], group)


def test_two_groups_with_the_same_change_are_told_apart_by_their_numbers():
    first, second = edit(0, 1, "a", "", group=1), edit(0, 1, "a", "", group=2)
    assert algebra.merge([first, second]) == algebra.merge([second, first]) == ([first], [second])


def test_confidences_are_compared_as_they_are_written():
    """Both are .95: the earlier one stands."""
    first, second = edit(0, 2, "ab", "", confidence=0.946), edit(1, 3, "bc", "", confidence=0.954)
    assert algebra.merge([second, first]) == ([first], [second])


def test_many_edits_with_one_conflict_are_merged_in_the_order_of_the_text():
    many = [edit(3 * k, 3 * k + 1, "a", "", confidence=(0.95, 0.97)[k % 2]) for k in range(1_000)]
    clash = edit(0, 2, "aa", "", confidence=0.5)
    assert algebra.merge([*reversed(many), clash]) == (many, [clash])


def test_following_many_moves_is_not_quadratic():
    moves = [
        move
        for k in range(0, 80_000, 4)
        for move in (edit(k, k + 1, "a", "", group=k), edit(k + 2, k + 2, "", "a", group=k, source=(k, k + 1)))
    ]
    started = time.process_time()
    assert algebra.forwards(moves, 80_000).origin(0, 1) == Span(1, 2)
    assert time.process_time() - started < 5  # 0.1 s; two minutes with a search for each move


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([edit(0, 9, "abc", "")], "not a span"),
        ([edit(2, 1, "", "x")], "not a span"),
        ([edit(0, 1, "x", "y")], "not 'x'"),
        ([edit(0, 1, "a", "a")], "changes nothing"),
        ([edit(3, 3, "", "a", group=1, source=(0, 1))], "deleted once"),  # nothing is deleted
        ([edit(0, 1, "a", "", group=2), edit(3, 3, "", "a", group=1, source=(0, 1))], "deleted once"),  # another group
        ([edit(0, 1, "a", "", group=1), edit(3, 3, "", "b", group=1, source=(0, 1))], "exactly the text"),
        (
            [
                edit(0, 1, "a", "", group=1),
                edit(2, 2, "", "a", group=1, source=(0, 1)),
                edit(3, 3, "", "a", group=1, source=(0, 1)),
            ],
            "deleted once",
        ),
    ],
)
def test_check_names_what_is_wrong(edits, message):
    with pytest.raises(ValueError, match=message):
        algebra.check("abc", edits)


def test_a_move_is_followed_there_and_back():
    text = "para one.* more.\n* a note\npara two"
    note = text.index("* a note")
    batch = [
        edit(note, note + 9, text[note : note + 9], "", group=1),
        edit(len(text), len(text), "", text[note : note + 9], group=1, source=(note, note + 9)),
    ]
    output = algebra.apply(text, batch)
    moved = output.index("a note")
    assert algebra.origin(batch, len(text), moved, moved + 6) == Span(note + 2, note + 8)
    assert algebra.forward(batch, len(text), note + 2, note + 8) == Span(moved, moved + 6)
    assert algebra.invert(batch)[0].source == (moved - 2, moved + 7)


@given(texts, texts)
def test_changed_runs_turn_one_text_into_the_other(before, after):
    runs = algebra.changed_runs(before, after)
    edits = [edit(start, end, before[start:end], new) for start, end, new in runs]
    algebra.check(before, edits)
    assert algebra.apply(before, edits) == after
    assert all(a.end < b.start for a, b in pairwise(edits))  # what stayed lies between any two


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("a" * 30_000 + "b", "a" * 30_000 + "c", [(30_000, 30_001, "c")]),
        ("b" + "a" * 30_000, "c" + "a" * 30_000, [(0, 1, "c")]),
        ("a" * 30_000, "a" * 30_001, [(30_000, 30_000, "a")]),
        ("a" * 30_000, "a" * 30_000, []),
        ("xay" * 10_000, "xby" * 10_000, [(1, 29_999, ("xby" * 10_000)[1:-1])]),
    ],
)
def test_long_texts_differ_in_one_run(before, after, runs):
    assert algebra.changed_runs(before, after) == runs


@given(texts)
def test_from_function_makes_one_edit_for_each_changed_run(text):
    spans = [(0, len(text))]
    made = list(
        algebra.from_function(
            text, spans, lambda t: unicodedata.normalize("NFC", t), rule="r", confidence=1.0, why="nfc"
        )
    )
    assert algebra.apply(text, made) == unicodedata.normalize("NFC", text)
