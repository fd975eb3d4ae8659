"""Marks behind words that a note of the text has too."""

import time

from cleaner.stages.words.calls import calls


def test_time_is_linear_in_the_longest_word() -> None:
    began = time.process_time()
    assert not [*calls(f"{'a' * 40_000}\n\n* It was late.\n", lambda _: True)]
    assert time.process_time() - began < 5  # 0.01 s; half a minute where each letter begins a word
