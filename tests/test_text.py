"""Lines end at LF, CRLF and a lone CR, and nowhere else."""

import re
from collections import Counter

import pytest
from hypothesis import given

from cleaner.text import LINE_END, WORD, Lines, count_words
from tests.strategies import texts


@given(texts)
def test_lines_cover_the_text(text):
    lines = list(Lines(text))
    assert "".join(text[line.start : line.next] for line in lines) == text
    assert all(line.start <= line.end <= line.next for line in lines)
    assert Lines(text).strings() == [text[line.start : line.end] for line in lines]


@given(texts)
def test_line_ends_are_line_ends_and_nothing_else(text):
    lines = list(Lines(text))
    assert [text[line.end : line.next] for line in lines if line.end < line.next] == LINE_END.findall(text)
    assert not any(re.search("[\r\n]", text[line.start : line.end]) for line in lines)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("\n", 1),
        ("a", 1),
        ("a\n", 1),
        ("a\r\nb", 2),
        ("a\rb\r", 2),
        ("a\n\rb", 3),  # a line feed, then a lone carriage return
        ("a\x0bb\x0cc\x85d\u2028e\u2029f\x1cg", 1),
    ],
)
def test_number_of_lines(text, count):
    assert len(Lines(text)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("four-year-old", ["four-year-old"]),
        ("workers' council", ["workers", "council"]),
        ("Lenin\u2019s", ["Lenin\u2019s"]),
        ("one\u2014two--three", ["one", "two", "three"]),
        ("a_b", ["a", "b"]),
        ("caf\u00e9 1918", ["caf\u00e9", "1918"]),
    ],
)
def test_words(text, words):
    assert WORD.findall(text) == words


@given(texts)
def test_words_are_counted_as_they_are_found(text):
    assert count_words(text) == Counter(WORD.findall(text))
