"""What might rules be written for? A corpus is cleaned, and what comes back in it is put down for a person to prune.

Misreadings that were mended or only proposed, with the reading; lines that stand there again and again; words that are
hyphenated both ways; and as remarks which letters are read for which, and names. Nothing of it is applied: every proposal
has ``apply = "report"``, with its count and a place, and does what its example says. Words that a rule file names already
are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cleaner import corpus, finding, language, promises, sources
from cleaner.api import Change, Cleaner, Result, read_rules, uncollected
from cleaner.engines import local
from cleaner.errors import CleanerError
from cleaner.knowledge import EXPECTED
from cleaner.names import visible
from cleaner.rulebook import STAGE_OF, Rule
from cleaner.ruletools.adding import Draft, differing, name_for, quoted
from cleaner.settings import Config
from cleaner.sources import Raw
from cleaner.text import WORD, Lines, count_words

LONGEST_HEAD = 60  # characters of a line that may be a head or a stamp
FEWEST_LETTERS = 3
SURELY = 4  # times as often as the other spelling: which of two is the corpus' own
LEAST_CONFIDENCE = 0.3
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][^\W\d_]{2,}(?:-[A-Z][^\W\d_]+)?")
MISREAD = ("words.misread", "words.long-s")


@dataclass
class Mined:
    """What was counted in some texts; ``places`` show one for each thing, ``size`` in bytes."""

    path: str = ""
    size: int = 0
    misread: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: Counter[tuple[str, str]] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    places: dict[object, str] = field(default_factory=dict)
    error: str = ""

    def add(self, other: Mined) -> None:
        """Count what another one counted."""
        for name in ("misread", "sure", "heads", "words", "names"):
            getattr(self, name).update(getattr(other, name))
        self.places = {**other.places, **self.places}


@dataclass(frozen=True, slots=True)
class Work:
    """Cleans one text and counts; can be sent to another process."""

    cleaners: tuple[Cleaner, ...]

    def __call__(self, task: corpus.Task) -> Mined:
        """What one text has."""
        found = Mined(finding.show(task.raw), task.size)
        try:
            with uncollected():
                raw = task.read()
                _count(self.cleaners[task.cleaner].clean(raw), sources.read(raw).text, found)
        except (CleanerError, OSError) as error:
            found.error = str(error)
        return found


def _count(result: Result[Raw], raw: str, found: Mined) -> None:
    gone: Counter[str] = Counter()
    for change in result.changes:
        if change.rule in MISREAD and WORD.fullmatch(change.before) and WORD.fullmatch(change.after):
            pair = change.before, change.after
            found.misread[pair] += 1
            found.sure[pair] += change.confidence  # type: ignore[assignment]
            found.places.setdefault(pair, _place(found.path, change))
        elif change.stage == STAGE_OF["line"] and change.status == "applied":
            gone.update(map(_head, Lines(change.before, pages=True).strings()))
    for number, line in enumerate(Lines(raw, pages=True).strings(), 1):
        head = _head(line)
        if head:
            found.heads[head] += 1
            found.places.setdefault(head, f"{found.path}:{number}  {line.strip()}")
    found.heads -= gone
    found.words = count_words(result.text)
    found.names = Counter(NAME.findall(result.text))


def _head(line: str) -> str:
    """A short line as a pattern in which any number stands for every number; empty where it is none to look for."""
    line = line.strip()
    if (
        len(line) > LONGEST_HEAD
        or sum(map(str.isalpha, line)) < FEWEST_LETTERS
        or line[-1] in ",;-"
        or line[0].islower()
        or not line.isprintable()  # bytes of another encoding: the stages see what they were made into
    ):
        return ""
    return re.sub(r"\d+", r"\\d+", re.escape(line).replace("\\ ", " "))


def _place(path: str, change: Change) -> str:
    left, right = change.context
    return f"{path}:{change.line}  " + visible(" ".join(f"{left}[{change.before}]{right}".split()))


def plan(on: Iterable[Path], config: Config) -> corpus.Plan:
    """The texts of a corpus, each with the rules and the settings as they are. Raises ``UsageError``."""
    return corpus.plan(finding.find([*on], None, None, config.is_book), config.clean, config, {})


def mine(planned: corpus.Plan, done: Callable[[str, int], None], jobs: int | None = None) -> list[Mined]:
    """What each text of a corpus has. Nothing is written."""
    mined = []
    for one in local.run(Work(planned.cleaners), planned.tasks, jobs=jobs or local.cores(), lost=_lost):
        done(one.path, one.size)
        mined.append(one)
    return sorted(mined, key=lambda one: one.path)


def _lost(task: corpus.Task) -> Mined:
    return Mined(finding.show(task.raw), task.size, error="the process that cleaned it was killed")


def proposals(mined: Iterable[Mined], config: Config, least: int) -> str:
    """A rule file of proposals from what was counted, those first that come most often; at ``least`` so many times."""
    whole = Mined()
    for one in mined:
        whole.add(one)
    taken: set[str] = set()
    rules = [*_misread(whole, least), *_hyphens(whole, least), *_heads(whole, least)]
    known = {rule.match for rule in read_rules(*config.rules).rules}
    made = {word for draft, _, _ in rules for word in WORD.findall(draft.replace)}
    pieces = [HEADER]
    for drafted, share, remark in rules:
        if drafted.match in known or drafted.match in made:
            continue
        known.add(drafted.match)
        name = name_for(drafted, taken)
        taken.add(name)
        rule = _rule(drafted, name, whole, share)
        if not any(promises.broken(rule)):
            pieces.append(_written(rule, remark))
    return "\n".join([*pieces, *_confusions(whole, least), *_names(whole, least)])


HEADER = """# Proposals, made by `cleaner rules suggest`: nothing here changes a text. Delete what is wrong; for what is right say
# apply = "auto" (or review), and why, and one more text to keep. Then: cleaner rules effect THIS-FILE --on CORPUS
"""
Proposal = tuple[Draft, float, str]  # with the likely share of such changes that are right, and a remark


def _misread(whole: Mined, least: int) -> Iterator[Proposal]:
    """Unknown words, and words out of place, with their likeliest reading."""
    known = language.dictionary(EXPECTED)
    for (before, after), count in whole.misread.most_common():
        if count >= least:
            sure = round(whole.sure[before, after] / count, 2)
            others = sum(n for (word, other), n in whole.misread.items() if word == before and other != after)
            more = f"; read otherwise {others} times" if others else ""
            more += "; it is a word elsewhere" if before.lower() in known else ""
            remark = f"{count} times, {sure:.2f} on average{more}: {whole.places[before, after]}"
            yield Draft("word", before, after), sure, remark


def _hyphens(whole: Mined, least: int) -> Iterator[Proposal]:
    """Words that are written with a hyphen and without one, the rarer of them far less often."""
    for word, count in whole.words.most_common():
        solid = word.replace("-", "")
        other = whole.words[solid] if solid != word else 0
        few, many = sorted((count, other))
        if few and many >= max(least, SURELY * few):
            wrong, right = (word, solid) if other > count else (solid, word)
            yield Draft("word", wrong, right), many / (few + many), f"{few} times, {right} {many} times"


def _heads(whole: Mined, least: int) -> Iterator[Proposal]:
    """Lines that stand there again and again, and that no stage takes for furniture."""
    for pattern, count in whole.heads.most_common():
        if count >= least:
            yield Draft("line", pattern, ""), 0.5, f"{count} lines: {whole.places[pattern]}"


def _confusions(whole: Mined, least: int) -> Iterator[str]:
    """Letters that are read for others, as remarks: they tell which words to look for."""
    counts: Counter[tuple[str, str]] = Counter()
    such: dict[tuple[str, str], str] = {}
    for (before, after), count in whole.misread.most_common():
        pair = differing(before, after)
        counts[pair] += count
        such.setdefault(pair, f"{before} ({after})")
    often = [(pair, count) for pair, count in counts.most_common() if count >= least]
    if often:
        yield "# Letters that are read for others:"
        yield from (
            f"# {right or NOTHING} is read as {wrong or NOTHING}: {count} times, such as {such[wrong, right]}"
            for (wrong, right), count in often
        )
        yield ""


NOTHING = "nothing"


def _names(whole: Mined, least: int) -> Iterator[str]:
    """Names that nobody knows, as remarks: they belong into a list of words."""
    known = language.dictionary(EXPECTED)
    names = [(n, c) for n, c in whole.names.most_common() if c >= least and n.lower() not in known]
    if names:
        yield "# Names that no dictionary has. Put those that are right into a list of words, lexicon/names.txt:"
        yield from (f"# {name}  # {count} times" for name, count in names)
        yield ""


def _rule(drafted: Draft, name: str, whole: Mined, share: float) -> Rule:
    confidence = min(1.0, max(LEAST_CONFIDENCE, round(share, 2)))
    pair, keep = (drafted.match, drafted.replace), drafted.replace
    why = f"{drafted.match} is likely {drafted.replace}"
    if drafted.kind == "line":
        line = whole.places[drafted.match].partition("  ")[2]
        pair = f"the mill\n{line}\nwheel turned\n", "the mill\nwheel turned\n"
        keep, why = f"it was {line} then", "it comes back"
    return Rule(
        id=name, kind=drafted.kind, match=drafted.match, replace=drafted.replace, apply="report", confidence=confidence,
        why=why, examples=(pair,), keep=(keep,),
    )  # fmt: skip


def _written(rule: Rule, remark: str) -> str:
    values: Mapping[str, str] = {"id": rule.id, "kind": rule.kind, "match": rule.match, "replace": rule.replace}
    lines = [f"# {remark}", "[[rule]]", *(f"{key} = {quoted(value)}" for key, value in values.items())]
    lines += [f'apply = "{rule.apply}"', f"confidence = {rule.confidence:.2f}", f"why = {quoted(rule.why)}"]
    lines += [f"examples = [[{', '.join(map(quoted, rule.examples[0]))}]]", f"keep = [{quoted(rule.keep[0])}]"]
    return "\n".join(lines) + "\n"
