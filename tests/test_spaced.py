"""Words that a blank cuts in mid-line, and pairs of words that only look like one."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner import language
from cleaner.edits import apply, check, merge
from cleaner.knowledge import Knowledge
from cleaner.model import Document, Mark
from cleaner.stages import hyphens
from cleaner.stages.hyphens import pairs
from cleaner.text import count_words
from tests.strategies import texts

CUT = (
    "exam ining|commit tee|contin ued|govern ment|subse quent|dif ferent|propo sal|gover nor|sever al|moun tain|"
    "remem ber|begin ning|diffi cult|lan guage|particu lar|posi tion|compa ny|inter esting|num ber|fol lowed"
).split("|")


def propose(text, lang="en", marks=()):
    proposals = hyphens.propose(Document(text, marks), Knowledge(language.general, lang))
    check(text, proposals.edits)
    return proposals.edits


def mend(text, lang="en", marks=()):
    return apply(text, merge([e for e in propose(text, lang, marks) if e.confidence >= 0.9])[0])


def scan(sentence):
    """The sentence in a scan whose lines were run together: one word in sixty is cut."""
    filler = "and when they came to it they saw that there was all that there could be of it now, and then " * 2
    around = "".join(f"{filler}{cut} was what they saw. " for cut in CUT)
    return f"{around}\n{sentence}\n{around}\n"


def mended(sentence):
    return mend(scan(sentence)).split("\n")[1]


def test_the_scan_around_is_mended():
    assert all(cut.replace(" ", "") in mend(scan("")) for cut in CUT)


@pytest.mark.parametrize(
    "sentence",
    [
        "the govern|ment met",
        "a Bolshe|vik and a Bolshevik",
        "the Petro|grad men",
        "\u201crevolu|tion,\u201d he said",
        "a counter-revolu|tion came",
        "he saw him|self there",
        "all these were re|placed and pre|served",
        "it was con|cerned with this",
        "the Kritsman, the Kritsman and Krits|man left",  # a name of this document
        "the proletar|iat's hour",
        "B|ukharin and Bukharin",  # an initial that was set apart
        "the 'ad|vanced ones",
        "the govern-| ment met",
        "he re-| placed them",
        "a soft revolu\u00ad| tion",
    ],
)
def test_cut_words(sentence):
    assert mended(sentence.replace("-| ", "- ").replace("\u00ad| ", "\u00ad ").replace("|", " ")) == sentence.replace(
        "-| ", ""
    ).replace("\u00ad| ", "").replace("|", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "in the mill as a man of all powerful men",
        "class conscious men were class conscious",
        "he had a part in it and came in to see it",
        "it may be so and every one may be in to day",
        "some times he came, some times any body may do it any way for ever",
        "De Witt and Van Dam, J. A. Smith, A. B. and Mc Donald",
        "the king s foot and don t and we ll and isn t",
        "o' clock and o' er and e' en",
        "did n't and could n't",
        "a re-examination, a round-table, he re-affirmed it",
        "large scale work is large-scale work of large-scale men",
        "mid- and long-term plans, two- or three-fold",
        "he paused - then he went",
        "they were under stand-alone rules with a walk-in deed",
        "of the grass-roots and the grass-roots at the grass roots",
        "the lord of the land was no land lord",
        "i n t h e m i l l",
        "it has 1 of 10 in 5 on",
        "buon giorno, sotto voce, per se, de facto",
    ],
)
def test_pairs_that_stay(sentence):
    assert mended(sentence) == sentence


@pytest.mark.parametrize("text", ["the govern ment met here\n", "the govern- ment met here\n"])
def test_one_cut_word_in_a_clean_text(text):
    assert mend(text) == "the government met here\n"


def test_two_words_are_weighed_only_where_many_are_cut():
    assert mended("he saw him self there") == "he saw himself there"
    assert not propose("he saw him self there\n")
    assert not propose("the hencoops, the hencoops, his hencoops and her hen coops\n")


def test_a_repeated_pair_of_two_words_is_the_author_s():
    sentence = "the light house stood, " * 6 + "and the light house fell"
    assert mended(sentence) == sentence


def test_the_reason_names_the_evidence():
    (edit,) = (e for e in propose(scan("a Bolshevik, a Bolshevik and a Bolshe vik")) if "Bolshe" in e.why)
    assert edit.why.startswith("mid-line: 2 x Bolshevik, 0 x Bolshe-vik; ")
    assert edit.why.endswith(" % of the pairs of words are one cut word")


def test_a_compound_keeps_its_hyphen():
    (edit,) = propose("a self- evident one\n")
    assert (edit.before, edit.after, edit.rule) == (" ", "", "hyphens.compound")


def test_of_two_that_share_a_half_only_one_is_closed():
    assert mended("the re newed, the renewed") == "the renewed, the renewed"


def test_halves_at_line_ends_are_no_words():
    """Or a second run, which finds them mended, would close what the first one left."""
    assert mend("a revolu-\ntion, the revolu-\ntion and a revolu tion came\n").endswith("and a revolution came\n")


def test_across_blank_lines_where_paragraphs_would_join():
    """The end of a page; else a second run, which finds the halves in mid-line, would mend them."""
    assert mend("after pro\n\ntracted deliberation it was\n") == "after protracted\n\ndeliberation it was\n"
    assert not propose("after pro\n\nTracted deliberation\n")


def test_a_line_end_of_a_mended_word_is_not_used_twice():
    out = mend("the commit-\ntee of the revolu tion met\n")
    assert out == "the committee\nof the revolution met\n"


@pytest.mark.parametrize("kind", ["verse", "table", "index"])
def test_what_is_no_running_text_is_left_alone(kind):
    text = scan("the revolu tion came")
    start = text.index("the revolu")
    assert "revolu tion" in mend(text, marks=(Mark(start, start + 20, kind),))


@pytest.mark.parametrize("lang", ["fr", "de", "xx"])
def test_a_language_without_a_table_of_pairs_is_left_alone(lang):
    assert not propose("le gouverne ment et die Regie rung\n", lang)


# ---- laws --------------------------------------------------------------------------------------------------------

GENERAL = language.general("en")
words = st.sampled_from(
    "the mill house light in to with out some thing a part self him revolu tion govern ment al".split()
)
halves = st.lists(words, max_size=40).map(" ".join)


@given(
    st.lists(st.sampled_from("the mill stood by a river and many old men went up there on foot".split()), max_size=60)
)
def test_a_text_whose_pairs_are_all_known_apart_is_left_alone(found):
    assume(not any(a + b in GENERAL.vouched for a, b in pairwise(found)))
    assert not propose(" ".join(found) + "\n")


@given(st.one_of(texts, halves, halves.map(scan)))
def test_only_blanks_and_hyphens_go_and_once_is_enough(text):
    once = mend(text)
    assert sorted(c for c in once if c.isalnum()) == sorted(c for c in text if c.isalnum())
    assert mend(once) == once


@given(st.one_of(texts, halves), st.integers(1, 30))
def test_blocks_make_no_difference(text, size):
    def found(block):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pairs, "BLOCK", block)
            table = pairs.Pairs(text, GENERAL.vouched)
            few, tokens, size = table.with_a_piece(set()), table.tokens, table.size
            some = list(table.sites(few))
            every = table.all(set())
            assert table.words() == count_words(text.lower())
            return tokens, size, few, some, every, list(table.sites(every))

    by_block = found(size)
    assert by_block == found(1 << 16)
    *_, some, every, sites = by_block
    assert Counter((s.left.lower(), s.right) for s in sites) == every
    assert set(some) <= set(sites)
    assert all(text[s.start : s.end] == " " and text[s.end :].startswith(s.right) for s in sites)
    assert all(text[: s.start].endswith(s.left) for s in sites)
