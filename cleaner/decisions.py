"""What people decided: values, the lines that they are kept as, and where they stand in a raw text.

A decision binds a span of the raw text, the text that stands there, and a result. Which stage made the proposal, and by
which rule, is only told. A decision needs no proposal. Pure: the files are the business of ``ledger``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cleaner.errors import DecisionError, nearest

CHANGES = ("accept", "reject", "replace")
# What a person says of lines: certain evidence for the stages. ``text`` is not furniture, ``lines`` stay as they are.
SAYS = ("furniture", "text", "page", "lines", "garbage")
VERDICTS = (*CHANGES, *SAYS)
HERE, DOCUMENT, CORPUS = SCOPES = ("here", "document", "corpus")
# Characters of context on each side: a sentence's half is enough to find a place again where the raw text was replaced.
CONTEXT = 24
LATIN = re.compile(r"[A-Za-z0-9]+")
KEYS = ("verdict", "scope", "raw", "text", "after", "seen", "moved", "context", "stage", "rule", "who")


class Decision(NamedTuple):
    """A verdict on a change, or what a person says of some lines.

    ``raw`` is a span of the raw text (code points, half-open) and ``text`` what stands there; for a document or a corpus
    ``raw`` is None and ``text`` and ``after`` are a series. ``after`` is the result: what is accepted, refused, or put
    there; of a ``page`` its folio. ``seen`` is what the clean text had there, None where that is ``text``. ``moved`` says
    that the change moves text elsewhere, so that only the stage that proposes it can make it.
    """

    verdict: str
    text: str
    after: str = ""
    raw: tuple[int, int] | None = None
    scope: str = HERE
    context: tuple[str, str] = ("", "")
    seen: str | None = None
    moved: bool = False
    stage: str = ""
    rule: str = ""
    who: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Where it is sorted: what holds everywhere comes first."""
        return self.raw or (-1, -1)

    @property
    def stood(self) -> str:
        """What the person saw there."""
        return self.text if self.seen is None else self.seen

    @property
    def binds(self) -> tuple[Any, ...]:
        """All that counts: two decisions that bind the same are one."""
        return self.place, self.scope, self.verdict, self.text, self.after, self.seen, self.moved


class Conflict(NamedTuple):
    """Two decisions that cannot both be obeyed: the first is."""

    obeyed: Decision
    other: Decision


class Settled(NamedTuple):
    """Decisions that can stand together, by place, and those that lose."""

    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


NONE = Settled()


def settle(given: Iterable[Decision]) -> Settled:
    """The decisions that are obeyed: the same for any order that they are given in.

    Of one place and one result the rejection wins; of two results the one that a person wrote, then the first by its
    letters; of two replacements that overlap the one that begins first, then the longer one. Of lines that are said to
    be two things the first in ``SAYS`` counts.

    >>> yes = Decision("accept", "tbe", "the", (4, 7))
    >>> no = yes._replace(verdict="reject")
    >>> settle([yes, no]) == settle([no, yes]) == Settled((no,), (Conflict(no, yes),))
    True
    """
    unique = {decision.binds: decision for decision in sorted(given, key=_total, reverse=True)}
    found = sorted(unique.values(), key=_rank)
    conflicts: list[Conflict] = []
    first: dict[tuple[Any, ...], Decision] = {}
    refused = {(*_site(one), one.after): one for one in found if one.verdict == "reject"}
    standing = [*refused.values()]
    for decision in found:
        if decision.verdict == "reject" or decision.verdict in SAYS:
            continue
        other = refused.get((*_site(decision), decision.after)) or first.setdefault(_site(decision), decision)
        if other is decision:
            standing.append(decision)
        else:
            conflicts.append(Conflict(other, decision))
    replaced = [one for one in standing if one.verdict == "replace" and one.raw]
    said = [one for one in found if one.verdict in SAYS]
    lost = {*_overlapping(replaced, conflicts), *_overlapping(said, conflicts)}
    kept = sorted({*standing, *said} - lost, key=_total)
    return Settled(tuple(kept), tuple(sorted(conflicts, key=lambda conflict: _total(conflict.other))))


def _site(decision: Decision) -> tuple[Any, ...]:
    return decision.scope, decision.raw, decision.stood


def _total(decision: Decision) -> tuple[Any, ...]:
    """A total order, by place."""
    known = decision._replace(raw=decision.place, seen=decision.seen or "")
    return known.raw, VERDICTS.index(decision.verdict), *known, decision.seen is None


def _rank(decision: Decision) -> tuple[Any, ...]:
    """What a person wrote before what was accepted."""
    return decision.verdict == "accept", _total(decision)


def overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans share a character, or are the same, or one is a point inside of the other.

    >>> overlap((2, 4), (3, 5)), overlap((2, 4), (4, 5)), overlap((3, 3), (2, 4)), overlap((2, 2), (2, 2))
    (True, False, True, True)
    """
    return first == second or (first[0] < second[1] and second[0] < first[1])


# What lines cannot be at once.
CLASHES = (frozenset({"furniture", "text"}), frozenset({"furniture", "lines"}), frozenset({"lines", "garbage"}))


def _overlapping(given: Iterable[Decision], conflicts: list[Conflict]) -> Iterator[Decision]:
    """Those that lose their place to one that begins before, or is longer, or comes first in ``VERDICTS``."""
    open_: list[Decision] = []
    for decision in sorted(given, key=lambda one: (one.place[0], -one.place[1], _total(one))):
        open_ = [one for one in open_ if one.place[1] > decision.place[0] or one.place == decision.place]
        rival = next((one for one in open_ if overlap(one.place, decision.place) and _clash(one, decision)), None)
        if rival is None:
            open_.append(decision)
        else:
            conflicts.append(Conflict(rival, decision))
            yield decision


def _clash(first: Decision, second: Decision) -> bool:
    if first.verdict == second.verdict:
        return first.verdict == "replace" or (first.verdict == "page" and first.after != second.after)
    return {first.verdict, second.verdict} in CLASHES


# ---- where they stand ------------------------------------------------------------------------------------------------


class Placed(NamedTuple):
    """The decisions that fit a raw text, with their spans in it, and those that do not fit it exactly once."""

    decisions: tuple[Decision, ...] = ()
    stale: tuple[Decision, ...] = ()


def place(given: Iterable[Decision], text: str, *, same: bool) -> Placed:
    """Find the places of decisions in a raw text; ``same``: it is the very one that they were made for.

    In another one a place is found by the text there and its context, and only where these stand once.

    >>> old = "There was no light to be seen in tbe house."
    >>> seen = Decision("reject", "tbe", "the", (33, 36), context=context(old, 33, 36))
    >>> place([seen], "Night. " + old, same=False).decisions[0].raw
    (40, 43)
    >>> len(place([seen], old + " " + old, same=False).stale)
    1
    """
    found: list[Decision] = []
    stale: list[Decision] = []
    for decision in given:
        span = decision.raw
        if span is not None:
            span = _same_place(decision, text) if same else _only_place(decision, text)
            if span is None:
                stale.append(decision)
                continue
        found.append(decision._replace(raw=span))
    return Placed(tuple(found), tuple(stale))


def _same_place(decision: Decision, text: str) -> tuple[int, int] | None:
    """Its own place; what fitted an older text no more may stand among the others, and is told by its context."""
    assert decision.raw is not None
    left, right = decision.context
    start, end = decision.raw
    first, last = start - len(left), end + len(right)
    there = first >= 0 and start <= end and last <= len(text)
    return decision.raw if there and text[first:last] == left + decision.text + right else None


def _only_place(decision: Decision, text: str) -> tuple[int, int] | None:
    left, right = decision.context
    whole = left + decision.text + right
    at = text.find(whole)
    if not whole or at < 0 or text.find(whole, at + 1) >= 0:
        return None
    if len(left) + len(right) < CONTEXT and (at or len(whole) < len(text)):  # this says too little
        return None
    return at + len(left), at + len(left) + len(decision.text)


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands on each side of a span of the raw text."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def concern(given: Iterable[Decision], text: str) -> tuple[Decision, ...]:
    """Those for a whole corpus that may apply to a raw text: the Latin letters and figures of their words stand in it.

    Only these enter the key of a text, so that a decision makes no text out of date that it says nothing about. A word
    may be cut there, by a line end for example.

    >>> one = Decision("replace", "revolution", "Revolution", scope=CORPUS)
    >>> concern([one], "a party of revolu-\\ntion") == (one,), concern([one], "a party of the evolution")
    (True, ())
    """
    given = tuple(given)
    if not given:
        return ()
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    letters = "".join(LATIN.findall(folded))
    return tuple(one for one in given if all(piece in letters for piece in LATIN.findall(one.text)))


def digest(given: Iterable[Decision]) -> str:
    """A hash of all that decisions bind, empty where there are none."""
    bound = sorted(repr(decision.binds) for decision in given)
    return hashlib.sha256("\n".join(bound).encode("utf-8", "surrogatepass")).hexdigest() if bound else ""


# ---- the lines they are kept as --------------------------------------------------------------------------------------


def line(decision: Decision) -> str:
    """One decision as a line of JSON, in ASCII, without its line end."""
    values = {
        "verdict": decision.verdict,
        "scope": decision.scope,
        "raw": decision.raw,
        "text": decision.text,
        "after": decision.after,
        "seen": decision.seen,
        "moved": decision.moved or None,
        "context": decision.context if any(decision.context) else None,
        "stage": decision.stage or None,
        "rule": decision.rule or None,
        "who": decision.who or None,
    }
    kept = {key: value for key, value in values.items() if value is not None}
    if decision.verdict in SAYS and not decision.after:
        del kept["after"]
    return json.dumps(kept, separators=(",", ":"))


def read(values: Mapping[str, Any]) -> Decision:
    """A decision from the values of its line. Raises ``DecisionError``, which says what is wrong and what would be right.

    >>> read({"verdict": "accept", "scope": "document", "text": "tbe", "after": "the"}).scope
    'document'
    """
    for key in values:
        if key not in KEYS:
            raise DecisionError(f"unknown key {key!r}", nearest(key, KEYS))
    for key in KEYS:
        if key not in ("raw", "context", "moved") and not isinstance(values.get(key, ""), str | None):
            raise DecisionError(f"{key} = {values[key]!r} must be a text", f'write "{key}":"..."')
    verdict, scope = values.get("verdict"), values.get("scope", HERE)
    if verdict not in VERDICTS:
        raise DecisionError(f"verdict {verdict!r} is unknown", nearest(str(verdict), VERDICTS))
    if scope not in SCOPES or (verdict in SAYS and scope != HERE):
        raise DecisionError(f"scope {scope!r} does not go with {verdict}", f"scopes: {', '.join(SCOPES)}")
    raw, text = values.get("raw"), values.get("text", "")
    if (raw is None) != (scope != HERE) or not (raw is None or _is_span(raw, text)):
        what = f"raw = {raw!r} is not the span of a text of {len(text)} characters"
        raise DecisionError(what, "here has raw, the offsets of its text; document and corpus have none")
    sides = values.get("context") or ["", ""]
    if not isinstance(sides, list | tuple) or len(sides) != 2 or not all(isinstance(side, str) for side in sides):
        raise DecisionError(f"context = {sides!r} must be two texts", 'write "context":["before","after"]')
    if scope != HERE and not text:
        raise DecisionError("a decision for a whole document needs a text", 'write "text":"tbe"')
    return Decision(
        verdict=verdict,
        text=text,
        after=values.get("after") or "",
        raw=None if raw is None else (raw[0], raw[1]),
        scope=scope,
        context=(sides[0], sides[1]),
        seen=values.get("seen"),
        moved=bool(values.get("moved")),
        stage=values.get("stage") or "",
        rule=values.get("rule") or "",
        who=values.get("who") or "",
    )


def _is_span(raw: object, text: str) -> bool:
    if not isinstance(raw, list | tuple) or len(raw) != 2 or not all(type(at) is int for at in raw):
        return False
    return bool(0 <= raw[0] <= raw[1] and raw[1] - raw[0] == len(text))
