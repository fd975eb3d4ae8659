"""What is read from the files of packages is what the packages give."""

import subprocess
import sys

import pytest
import wordfreq
from spellchecker import SpellChecker

from cleaner.language import packages


def test_codes_are_those_of_wordfreq():
    assert packages.known_codes() == set(wordfreq.available_languages("best"))


@pytest.mark.parametrize("code", ["en", "fr", "la"])  # in two sizes, in two, in none
def test_frequencies_are_those_of_wordfreq(code):
    expected = wordfreq.get_frequency_dict(code, "best") if code in packages.known_codes() else {}
    assert packages.frequencies(code) == expected


@pytest.mark.parametrize("code", sorted(SpellChecker.languages()))
def test_dictionaries_are_those_of_pyspellchecker(code):
    assert packages.packaged(code) == set(SpellChecker(language=code).word_frequency.dictionary)


def test_the_packages_are_not_imported():
    code = (
        "import sys; from cleaner import clean; clean('It was the old mill.', language='en');"
        "print([name for name in ('wordfreq', 'spellchecker', 'ftfy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
