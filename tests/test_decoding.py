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
        ("na\u00efve".encode("utf-16-le"), "n\x00a\x00\udcef\x00v\x00e\x00"),  # too short to tell
        (b"\xef\xbb\xbfabc", "\ufeffabc"),
    ],
)
def test_all_else_is_utf_8(data, text):
    assert decoding.decode(data) == (text, "utf-8")


WIDE = "\u201cGood,\u201d said he \u2013 and went to the caf\u00e9.\r\n\fNobody saw \U0001f600 him.\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [WIDE, "\u201cGood,\u201d said he \u2013 ", "It was Hariti\u0100 whom he saw there." * 9, "said he,"]
)
def test_utf_16_without_a_mark_is_read_where_its_zeros_prove_it(codec, text):
    data = text.encode(codec)
    assert decoding.decode(data) == (text, codec)
    assert decoding.encode(*decoding.decode(data)) == data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data + b"\x00",  # cut off
        lambda data: data.replace(b"G", b"\x07"),
        lambda data: bytes(len(data)),
        lambda data: bytes(byte if byte == 0 else 0x31 for byte in data),  # no letters: figures of a table, or anything
        lambda data: data.replace(b"\x00", b" "),
    ],
    ids=["cut", "control", "zeros", "figures", "blanks"],
)
def test_what_is_not_soundly_utf_16_is_not_read_so(codec, spoil):
    data = spoil("\n".join(["\u201cGood,\u201d said he, and went to the town."] * 2).encode(codec))
    text, found = decoding.decode(data)
    assert found == "utf-8"
    assert decoding.encode(text, found) == data


@pytest.mark.parametrize(
    "data", [b"said he, and\x00 went\x00 out", "\u0416\u0438\u0437\u043d\u044c ".encode("utf-16-le") * 9]
)
def test_a_few_zeros_are_no_utf_16(data):
    assert decoding.decode(data)[1] == "utf-8"
