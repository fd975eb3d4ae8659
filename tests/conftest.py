"""Hypothesis draws the same examples in every run, so that a failure is one of the change at hand.

To look for new ones: ``HYPOTHESIS_PROFILE=explore python -m pytest``.
"""

import os

import pytest
from hypothesis import settings

from tests import browser as chromium

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium for all tests of pages; they are skipped where there is none."""
    with chromium.running() as driver:
        yield driver
