"""What a page asks for: the filters in its address, and the values that are sent with a decision. Pure.

Values come from anybody's hand. Each is read as what it must be, or refused with a ``UsageError`` that names it. Texts in
addresses are written as ``names.escape`` writes them, so that any text can stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlencode

from cleaner.errors import UsageError
from cleaner.names import escape, unescape
from cleaner.review.items import Item, chosen
from cleaner.review.queries import Query

Kind = TypeVar("Kind", str, int, list[str])
SETTLED: Mapping[str, bool | None] = {"": None, "open": False, "done": True}
LIKE = ("before", "after", "moves")  # the series, as its three parts are called in an address


class Filter(NamedTuple):
    """Which changes of a text are asked for; ``like`` is a series (see ``Item.like``), None for all."""

    query: Query = Query()
    like: tuple[str, str, str] | None = None

    def takes(self, found: Iterable[Item]) -> list[Item]:
        """The changes that are asked for, in their order."""
        return [item for item in chosen(found, self.query) if self.like is None or item.like == self.like]

    @property
    def values(self) -> dict[str, str]:
        """As it stands in an address, without what is left open."""
        query = self.query
        found = {
            "stage": ",".join(query.stages),
            "rule": ",".join(query.rules),
            "status": ",".join(query.statuses),
            "page": escape("".join(query.pages)),
            "low": f"{query.low:.2f}" if query.low > 0 else "",
            "high": f"{query.high:.2f}" if query.high < 1 else "",
            "settled": next(name for name, settled in SETTLED.items() if settled is query.settled),
        }
        found = {name: value for name, value in found.items() if value}
        if self.like is not None:
            found |= {name: escape(part) for name, part in zip(LIKE, self.like, strict=True)}
        return found

    def of(self, like: tuple[str, str, str] | None) -> Filter:
        """The same for one series."""
        return self._replace(like=like)

    def but(self, **values: Any) -> Filter:
        """The same with another value of its query."""
        return self._replace(query=replace(self.query, **values))


def filter_of(values: Mapping[str, str]) -> Filter:
    r"""The filter in an address. Raises ``UsageError``.

    >>> found = filter_of({"status": "held", "settled": "open", "before": "a\\x00", "after": "b", "page": "xiv"})
    >>> found.like, found.query.pages, found.query.settled
    (('a\x00', 'b', ''), ('xiv',), False)
    >>> filter_of(found.values) == found
    True
    """
    settled = values.get("settled", "")
    if settled not in SETTLED:
        raise UsageError(f"settled = {settled!r}", f"known: {', '.join(filter(None, SETTLED))}")
    query = Query(
        stages=_names(values, "stage"),
        rules=_names(values, "rule"),
        statuses=_names(values, "status"),
        pages=(plain(values["page"]),) if values.get("page") else (),
        low=_share(values, "low", 0.0),
        high=_share(values, "high", 1.0),
        settled=SETTLED[settled],
    )
    before, after, moves = (plain(values.get(name, "")) for name in LIKE)
    return Filter(query, (before, after, moves) if "before" in values else None)


def address(path: str, **values: str | int) -> str:
    """An address on this server; what is empty is left out.

    >>> address("/text", file="a b.txt", at="")
    '/text?file=a+b.txt'
    """
    return f"{path}?{urlencode({name: value for name, value in values.items() if value != ''})}"


def asked(query: str) -> Filter:
    """The filter of a list, from the part of its address behind the question mark. Raises ``UsageError``."""
    return filter_of(dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)))


def plain(value: str) -> str:
    """A text that was written into an address. Raises ``UsageError``."""
    try:
        return unescape(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is no value of ours: {error}", "take the links of the page") from error


def field(values: Mapping[str, Any], name: str, kind: type[Kind], default: Kind | None = None) -> Kind:
    """One of the values that were sent. Raises ``UsageError`` where it is missing, or something else.

    >>> field({"start": 7}, "start", int), field({}, "folio", str, "")
    (7, '')
    """
    value = values.get(name, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UsageError(f"{name} = {value!r} must be of type {kind.__name__}", "load the page again")
    if isinstance(value, list) and not all(isinstance(one, str) for one in value):
        raise UsageError(f"{name} must be a list of texts", "load the page again")
    return value


def written(values: Mapping[str, Any], name: str) -> str:
    """A text that a person wrote, with the line ends of a clean text. Raises ``UsageError`` for half code points."""
    value = field(values, name, str).replace("\r\n", "\n").replace("\r", "\n")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise UsageError("this is no text: it holds half of a character", "write it anew")
    return value


def spans(values: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Spans of the raw text. Raises ``UsageError``."""
    found = values.get("spans")
    if not isinstance(found, list) or not found or not all(map(_is_span, found)):
        raise UsageError(f"spans = {found!r} are no spans of a text", "choose a line")
    return [(start, end) for start, end in found]


def _is_span(found: object) -> bool:
    return isinstance(found, list) and len(found) == 2 and all(type(at) is int and at >= 0 for at in found)


def _names(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(filter(None, values.get(name, "").split(",")))


def _share(values: Mapping[str, str], name: str, default: float) -> float:
    value = values.get(name) or default
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(f"{name} = {value!r}", "a confidence is a number from 0 to 1")
    return found
