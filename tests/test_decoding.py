"""Decoding never guesses and always comes back."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import decoding
from tests.strategies import texts


@given(st.binary())
@example(codecs.BOM_UTF16_LE + b"a")  # an odd byte: not UTF-16 after all
@example(codecs.BOM_UTF32_LE)
@example(codecs.BOM_UTF16_BE + b"\xd8\x00")  # half of a surrogate pair
def test_any_bytes_come_back(data):
    assert decoding.encode(*decoding.decode(data)) == data


@given(texts)
def test_any_text_has_bytes(text):
    assert decoding.encode(text, decoding.TEXT).decode("utf-8", "surrogatepass") == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_utf_16_and_32_are_read_by_their_mark(codec):
    text = "\ufeffna\u00efve \U0001f600\n"
    assert decoding.decode(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"na\xefve", "na\udcefve"),  # Latin-1 is not guessed
        ("na\u00efve".encode("utf-16-le"), "n\x00a\x00\udcef\x00v\x00e\x00"),  # nor UTF-16 without a mark
        (b"\xef\xbb\xbfabc", "\ufeffabc"),
    ],
)
def test_all_else_is_utf_8(data, text):
    assert decoding.decode(data) == (text, "utf-8")
