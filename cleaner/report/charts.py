"""Charts as shapes: where each bar, dot and label stands. Pure; a template turns them into SVG and into tables.

Each chart is 360 units wide, so that its letters can be read at the width of a telephone, and is as wide as its column
elsewhere. Colour is never the only sign: what was held is hatched, what was before is a ring, and every chart comes with
its figures as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeVar

from cleaner.journal import Quality
from cleaner.report.gather import Count

WIDTH = 360
MOST = 60  # columns: more pages are taken together, several to a column
PLOT = 150  # height of a chart of columns
LEFT, TOP, BOTTOM = 40, 10, 22  # room for labels
ROW = 22  # height of a bar with its gap
NAMES = 84  # room for the names of bars
GRID = 4  # lines
TICKS = (1, 2, 5)  # times a power of ten
LABELS = 6  # names below the columns
LETTER = 7  # width of a letter of them


class Shape(NamedTuple):
    """One mark of a chart. A ``bar`` has ``w`` and ``h``, a ``line`` leads by these, a ``dot`` has ``w`` as its radius.

    A ``text`` stands at x and y, ``kind`` says how it is drawn: its class in the stylesheet.
    """

    shape: Literal["bar", "line", "dot", "text"]
    kind: str
    x: float
    y: float
    w: float = 0
    h: float = 0
    text: str = ""


class Chart(NamedTuple):
    """A chart: what it shows, as a title and a sentence; its shapes; its signs; the same as a table of cells."""

    name: str
    title: str
    said: str
    height: float
    shapes: Sequence[Shape]
    legend: Sequence[tuple[str, str]]  # (kind of the sign, what it stands for)
    head: Sequence[str]
    table: Sequence[Sequence[str]]


Item = TypeVar("Item")
LEGEND = (("applied", "applied"), ("held", "held"))


def tick(most: float) -> float:
    """The distance of the lines of a grid of at most ``GRID`` steps up to ``most``.

    >>> tick(3), tick(17), tick(240), tick(0)
    (1, 5, 100, 1)
    """
    power = 1
    while True:
        for step in TICKS:
            if step * power * GRID >= most:
                return step * power
        power *= 10


def bars(name: str, title: str, counts: Sequence[Count]) -> Chart:
    """A horizontal bar for each count: what was applied, and behind it what was held."""
    most = max((count.applied + count.held for count in counts), default=0) or 1
    figures = [f"{count.applied:,}" + (f" + {count.held:,}" if count.held else "") for count in counts]
    scale = (WIDTH - NAMES - LETTER * max(map(len, figures), default=0) - 5) / most
    shapes: list[Shape] = []
    for k, count in enumerate(counts):
        y = k * ROW
        done, held = count.applied * scale, count.held * scale
        shapes.append(Shape("text", "name", NAMES - 6, y + 15, text=count.name))
        if count.applied:
            shapes.append(Shape("bar", "applied", NAMES, y + 3, _round(max(done, 1)), ROW - 6))
        if count.held:
            shapes.append(Shape("bar", "held", _round(NAMES + done), y + 3, _round(max(held, 2)), ROW - 6))
        shapes.append(Shape("text", "figure", _round(NAMES + done + held + 5), y + 15, text=figures[k]))
    table = [[count.name, f"{count.applied:,}", f"{count.held:,}"] for count in counts]
    top = max(counts, key=lambda count: count.applied + count.held, default=None)
    said = f"Most are of {top.name}: {top.applied:,} applied, {top.held:,} held." if top else "There are none."
    return Chart(name, title, said, len(counts) * ROW, shapes, LEGEND, ("stage", "applied", "held"), table)


def columns(name: str, title: str, counts: Sequence[Count], what: str) -> Chart:
    """A column for each count, of what was applied and above it what was held; ``what`` is what the counts are of."""
    each = -(-len(counts) // MOST) or 1
    taken = [_together(part) for part in _parts(counts, each)]
    most = max((count.applied + count.held for count in taken), default=0)
    step = tick(most)
    top = step * max(1, -(-most // step))
    scale, width = PLOT / top, (WIDTH - LEFT) / max(len(taken), 1)
    shapes = _grid([(value * step, f"{value * step:,g}") for value in range(round(top / step) + 1)], top)
    for k, count in enumerate(taken):
        x, w = _round(LEFT + k * width + width * 0.1), _round(width * 0.8)
        done, held = count.applied * scale, count.held * scale
        base = TOP + PLOT
        if count.applied:
            shapes.append(Shape("bar", "applied", x, _round(base - done), w, _round(done)))
        if count.held:
            shapes.append(Shape("bar", "held", x, _round(base - done - held), w, _round(held)))
    shapes += _below([count.name for count in taken], width)
    table = [[count.name, f"{count.applied:,}", f"{count.held:,}"] for count in counts]
    highest = max(counts, key=lambda count: count.applied + count.held, default=None)
    said = f"{len(counts):,} in all."
    if highest and most:
        said = f"Most at {what} {highest.name}: {highest.applied:,} applied, {highest.held:,} held."
    if each > 1:
        said += f" A column stands for {each} of them."
    return Chart(name, title, said, TOP + PLOT + BOTTOM, shapes, LEGEND, (what, "applied", "held"), table)


Share = tuple[str, float | None, float | None]  # what it is of, the share before, and after


def shares(name: str, title: str, found: Sequence[Share], what: str) -> Chart:
    """The estimated shares of right words before (a ring) and after (a dot), for pages or for texts."""
    known = [(label, a, b) for label, a, b in found if a is not None and b is not None]
    each = -(-len(known) // MOST) or 1
    taken = [_mean(part) for part in _parts(known, each)]
    low = min((min(a, b) for _, a, b in taken), default=0.0)
    floor = max(0, int(low * 10)) / 10 if low < 1 else 0.9
    step = 0.05 if floor >= 0.8 else 0.1 if floor >= 0.6 else 0.2
    scale, width = PLOT / (1 - floor), (WIDTH - LEFT) / max(len(taken), 1)
    ticks = [floor + k * step for k in range(round((1 - floor) / step) + 1)]
    shapes = _grid([(value - floor, percent(value, 0)) for value in ticks if value <= 1], 1 - floor)
    radius = min(4.0, max(1.5, width * 0.3))
    for k, (_, before, after) in enumerate(taken):
        x = _round(LEFT + (k + 0.5) * width)
        first, last = (_round(TOP + PLOT - (share - floor) * scale) for share in (before, after))
        shapes.append(Shape("line", "way", x, first, 0, _round(last - first)))
        shapes.append(Shape("dot", "before", x, first, _round(radius)))
        shapes.append(Shape("dot", "after", x, last, _round(radius)))
    shapes += _below([label for label, _, _ in taken], width)
    table = [[label, percent(before), percent(after)] for label, before, after in found]
    said = "Nothing is known of it."
    if known:
        worst = min(known, key=lambda one: one[2])
        said = f"After cleaning the lowest is {percent(worst[2])}, at {what} {worst[0]}."
    if each > 1:
        said += f" A sign stands for the mean of {each}."
    legend = (("before", "before cleaning"), ("after", "after"))
    return Chart(name, title, said, TOP + PLOT + BOTTOM, shapes, legend, (what, "before", "after"), table)


def pages(found: Sequence[Quality]) -> list[Share]:
    """The estimates of pages, each called by its folio or by its lines."""
    return [(page.page or f"lines {page.first}-{page.last}", page.before, page.after) for page in found]


def percent(share: float | None, digits: int = 1) -> str:
    """A share as people write it.

    >>> percent(0.9234), percent(None)
    ('92.3\\xa0%', '-')
    """
    return "-" if share is None else f"{100 * share:.{digits}f}\N{NO-BREAK SPACE}%"


def _parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[k : k + size] for k in range(0, len(items), size))


def _together(part: Sequence[Count]) -> Count:
    return Count(part[0].name, sum(count.applied for count in part), sum(count.held for count in part))


def _mean(part: Sequence[tuple[str, float, float]]) -> tuple[str, float, float]:
    mean: Callable[[int], float] = lambda k: sum(float(one[k]) for one in part) / len(part)  # noqa: E731
    return part[0][0], mean(1), mean(2)


def _grid(lines: Sequence[tuple[float, str]], top: float) -> list[Shape]:
    shapes = []
    for value, label in lines:
        y = _round(TOP + PLOT - value * PLOT / top)
        shapes.append(Shape("line", "grid", LEFT, y, WIDTH - LEFT, 0))
        shapes.append(Shape("text", "axis", LEFT - 5, y + 4, text=label))
    return shapes


def _below(names: Sequence[str], width: float) -> list[Shape]:
    """Some of the names below the columns, cut to the room that they have."""
    every = max(1, -(-len(names) // LABELS))
    room = int(width * every / LETTER)
    return [
        Shape("text", "below", _round(LEFT + (k + 0.5) * width), TOP + PLOT + 15, text=_cut(names[k], room))
        for k in range(0, len(names), every)
    ]


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else name[: max(room - 1, 1)] + "\N{HORIZONTAL ELLIPSIS}"


def _round(value: float) -> float:
    return round(value, 1)
