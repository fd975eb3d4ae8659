"""Columns that an engine did not read as they stand on the page: across each other, or one after the other.

Of two columns of running text some engines give a line of each in turn, or both on one line. In a page of contents, a list
of prices, or one of names, they give all that stands on the left and then all that stands on the right, so that no title has
its number any more.

Nothing is put in order here: which belongs where is seen on the page alone. So a place is named, and only where the text
itself tells. Deliberately not looked for: columns that lie a wide blank apart (``regions`` sees a table there), more than two
columns line by line, and blocks of whole columns in a wrong order.
"""

from __future__ import annotations

from cleaner.language import General
from cleaner.measure import Rows
from cleaner.stages.regions.apart import apart
from cleaner.stages.regions.interleaved import interleaved

GUTTER = "  "
INTERLEAVED, APART = "interleaved", "apart"
Place = tuple[int, int, str]  # first row, row behind the last, how the columns were read


def columns(rows: Rows, language: General) -> list[Place]:
    """The places where columns were not read as they stand, in order: ``interleaved`` or ``apart``.

    >>> from cleaner.language import general
    >>> titles, pages = "The Mill\\nThe Mayor\\nThe Ferry\\nA Storm\\nThe Lamps\\n", "1\\n12\\n20\\n33\\n41\\n"
    >>> columns(Rows(titles + pages), general("en"))
    [(0, 10, 'apart')]
    >>> columns(Rows("The Mill 1\\nThe Mayor 12\\nThe Ferry 20\\nA Storm 33\\n"), general("en"))
    []
    """
    found = [(*place, INTERLEAVED) for place in interleaved(rows, language)]
    return sorted(found + [(*place, APART) for place in apart(rows, language)])


def has_gutter(rows: Rows, first: int, end: int) -> bool:
    """Whether blanks part the columns of a place, in most of its rows: what is so plain is kept as it stands.

    >>> has_gutter(Rows("the old  it was\\nmill had  not known"), 0, 2), has_gutter(Rows("the old it was\\n    mill had"), 0, 2)
    (True, False)
    """
    return 2 * sum(GUTTER in row for row in rows.texts[first:end]) > end - first
