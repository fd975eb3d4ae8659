"""What a browser can do at the desk: decide, mend, say what lines are, take back, clean again. Each act is one request.

What is sent is a table of values, from a script or from a form. Nothing is answered here: an act returns what it did, in
words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner import decisions
from cleaner.decisions import HERE
from cleaner.errors import UsageError
from cleaner.names import visible
from cleaner.review import asking, showing
from cleaner.review.asking import field, written
from cleaner.review.desk import Sheet
from cleaner.review.items import Item
from cleaner.review.pages import Pages, checked

Values = Mapping[str, Any]
OUTCOMES = {"cleaned": "cleaned again", "current": "nothing to do: the text is what was decided"}


@dataclass(slots=True)
class Acts:
    """The acts on the texts of ``pages``; all raise errors of the family that say what to do."""

    pages: Pages

    @property
    def named(self) -> Mapping[str, Callable[[str, Values], str]]:
        """The acts by their names: each takes the name of a text and the values that were sent."""
        return {
            "decide": self.decide,
            "withdraw": self.withdraw,
            "mend": self.mend,
            "say": self.say,
            "drop": self.drop,
            "clean": lambda name, _: self.clean(name),
        }

    def decide(self, name: str, values: Values) -> str:
        """Decide about the changes ``ids``, or, with ``query``, about all open ones that the filter of a list takes."""
        verdict, scope = field(values, "verdict", str), field(values, "scope", str, HERE)
        if verdict == "withdraw":
            return self.withdraw(name, values)
        if verdict not in decisions.CHANGES or scope not in decisions.SCOPES:
            raise UsageError(f"{verdict!r} for {scope!r} is no decision", "use the buttons of the page")
        after = written(values, "after") if verdict == "replace" else None
        chosen = self._chosen(self._sheet(name, values), values)
        if scope != HERE:
            chosen = [*{item.series: item for item in chosen}.values()]
            if not all(map(showing.is_word, chosen)):
                raise UsageError("a change of blanks or lines is not one of words", "decide it place by place")
        if after is not None and len({(item.text, item.before) for item in chosen}) > 1:
            raise UsageError("these changes are not of the same letters", "write what one of them shall be")
        self.pages.desk.decide(name, [item.id for item in chosen], verdict, after=after, scope=scope)
        what = f"{len(chosen):,} {'changes' if len(chosen) != 1 else 'change'}" if scope == HERE else "a series"
        return f"{what} {showing.SAID[verdict]}{showing.WIDE[scope]}"

    def withdraw(self, name: str, values: Values) -> str:
        """Make changes open again."""
        chosen = self._chosen(self._sheet(name, values), values)
        count = self.pages.desk.withdraw(name, [item.id for item in chosen])
        return f"{count:,} {'decisions' if count != 1 else 'decision'} taken back"

    def mend(self, name: str, values: Values) -> str:
        """Put a text in the place of a span of the clean text, which reads ``seen``."""
        sheet = self._sheet(name, values)
        start, end, new = field(values, "start", int), field(values, "end", int), written(values, "new")
        if sheet.clean[max(0, start) : max(0, end)] != field(values, "seen", str):
            raise UsageError("the text there is another one by now", "load the page again")
        found = self.pages.desk.mend(name, start, end, new)
        if not found:
            return "nothing was changed"
        rest = [f"and {len(found) - 3:,} more"] if len(found) > 3 else []
        return "decided: " + ", ".join([*map(showing.swapped, found[:3]), *rest])

    def say(self, name: str, values: Values) -> str:
        """Say what some lines of the raw text are."""
        sheet = self._sheet(name, values)
        verdict, folio = field(values, "verdict", str), field(values, "folio", str, "").strip()
        if verdict not in decisions.SAYS:
            raise UsageError(f"{verdict!r} is nothing that lines can be", f"known: {', '.join(decisions.SAYS)}")
        spans = asking.spans(values)
        if any(not start <= end <= len(sheet.raw) for start, end in spans):
            raise UsageError("there are no such lines", "load the page again")
        for start, end in spans:
            self.pages.desk.say(name, verdict, start, end, folio if verdict == "page" else "")
        return f"said: {showing.LINES[verdict]}"

    def drop(self, name: str, values: Values) -> str:
        """Take back what stands beside no change, by its ``key``."""
        sheet, key = self._sheet(name, values), field(values, "key", str)
        gone = [one for one in sheet.decided.decisions if decisions.digest([one]) == key]
        if not gone:
            raise UsageError("this is not decided any more", "load the page again")
        self.pages.desk.drop(name, gone)
        return "1 decision taken back"

    def clean(self, name: str) -> str:
        """Clean a text again. Raises ``UsageError`` where it was left as it is."""
        outcome = self.pages.desk.clean(name)
        if outcome.what not in OUTCOMES:
            raise UsageError(f"{name} is left as it is: {outcome.reason or outcome.what}", outcome.hint)
        return OUTCOMES[outcome.what]

    def undo(self) -> str:
        """Take the last step back."""
        name = self.pages.desk.undo()
        return f"the last step is taken back, in {visible(name)}" if name else "nothing is left to be taken back"

    def _sheet(self, name: str, values: Values) -> Sheet:
        return checked(self.pages.desk.sheet(name), field(values, "version", str))

    def _chosen(self, sheet: Sheet, values: Values) -> list[Item]:
        query = field(values, "query", str, "")
        if not query:
            by_id = {item.id: item for item in sheet.items}
            found = [by_id.get(id_) or sheet.item(id_) for id_ in dict.fromkeys(field(values, "ids", list, []))]
        else:
            found = [item for item in asking.asked(query).takes(sheet.items) if not item.settled]
        if not found:
            raise UsageError("no change is chosen", "choose some; those that are settled are chosen one by one")
        return found
