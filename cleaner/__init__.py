"""Clean up the text of scanned books, papers and newspapers, and account for every character touched.

>>> from cleaner import clean
>>> result = clean("It was a party of revolu-\\ntion.\\n", language="en")
>>> result.text
'It was a party of revolution.\\n'
>>> result.changes[0].rule
'hyphens.drop'
>>> result.restore()
'It was a party of revolu-\\ntion.\\n'

``Cleaner`` keeps rules and settings for many texts. Nothing else in the package is public.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.api import Change, Cleaner, Result, clean

__all__ = ["Change", "Cleaner", "Result", "__version__", "clean"]


def __getattr__(name: str) -> Any:
    """Load the public API when it is first used: ``cleaner --help`` shall not wait for it."""
    if name in __all__:
        return getattr(import_module("cleaner.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
