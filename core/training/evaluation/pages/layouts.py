"""Where each character of a made page stands on its sheet: lines, a list, columns, or a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.training.evaluation.pages.hands import Drawn, Hand
from core.training.evaluation.pages.texts import Words

Layout = Literal["lines", "list", "columns", "boxes", "fields"]

PITCHES = 8.0, 12.0
"""Least and most height of a line, in millimetres: as people write, and as paper is ruled."""

CAPITALS = 0.44, 0.58
"""Least and most height of a capital, over the height of a line."""

SLOPE = 0.006
"""Standard deviation of how far a line falls, over its length."""

WANDER = 0.05
"""Standard deviation of how far a line leaves the straight, in heights of a capital."""

JITTER = 0.025
"""Standard deviation of how far a character leaves its line, in heights of a capital."""

SIZE_SPREAD = 0.05
"""Standard deviation of the logarithm of a character's size over its line's."""

TOUCH_CHANCE = 0.12
"""How often a character touches the one before it, on a page of a hand that writes closely."""

NEAR_ROWS = 2
"""Rows of pixels that are so near that what is on them meets."""

FAINTEST = 100
"""Coverage above which a pixel keeps others off."""

MARGINS = 8.0, 16.0
"""Least and most of the sheet that is left empty on every side, in millimetres."""

APART, COMBS = 0.35, 0.5
"""How often a form's boxes stand apart, and how often those that share walls are combs."""

CELL_WIDTHS, CELL_HEIGHTS = (5.8, 8.0), (7.0, 9.5)
"""Least and most width and height of a form's boxes, in millimetres."""


@dataclass(frozen=True)
class Script:
    """How a page is written; lengths in pixels of the sheet.

    Attributes:
        density: Pixels a millimetre.
        pitch: From one line to the next.
        capital: Height of a capital.
        pen: Width of the pen's line.
        gap: Between two characters, mean.
        space: Between two words, mean.
        slope: How far lines fall, over their length, mean.
        touch: How often a character touches the one before.
    """

    density: float
    pitch: float
    capital: float
    pen: float
    gap: float
    space: float
    slope: float
    touch: float


@dataclass(frozen=True, eq=False)
class Mark:
    """A character on the sheet.

    Attributes:
        sign: What it is.
        coverage: uint8 (H, W) of its ink.
        left: Of its ink, in pixels of the sheet.
        top: Likewise.
        line: Which line it is on, from 0.
        word: Which word of its line, from 0.
    """

    sign: str
    coverage: NDArray[np.uint8]
    left: int
    top: int
    line: int
    word: int

    @property
    def right(self) -> int:
        return self.left + int(self.coverage.shape[1])


@dataclass(frozen=True)
class Rule:
    """A printed line of a form, in pixels of the sheet."""

    start: tuple[float, float]
    end: tuple[float, float]


@dataclass
class Plan:
    """A sheet as it is being filled.

    Attributes:
        width: In pixels.
        height: In pixels.
        marks: In reading order.
        rules: What a form has printed.
        first: The baseline that the first line was meant to stand on, in pixels.
        lines: How many there are.
    """

    width: int
    height: int
    first: float
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    lines: int = 0

    @property
    def text(self) -> str:
        """Lines joined by line feeds, words by spaces."""
        words: dict[int, dict[int, str]] = {}
        for mark in self.marks:
            line = words.setdefault(mark.line, {})
            line[mark.word] = line.get(mark.word, "") + mark.sign
        return "\n".join(" ".join(line.values()) for line in words.values())


@dataclass(frozen=True, eq=False)
class Task:
    """What a layout is made of.

    Attributes:
        hand: Who writes.
        script: How.
        items: What, without end.
        rng: Decides the rest.
        width: Of the sheet, in pixels.
        count: About how many characters are wanted.
        most: Height that the sheet has at most, in pixels.
        whole: Whether the sheet stays as large as it is, however little is on it.
    """

    hand: Hand
    script: Script
    items: Iterator[Words]
    rng: np.random.Generator
    width: int
    count: int
    most: int
    whole: bool = False


def make_script(
    rng: np.random.Generator, density: float, *, pen: float, pitch: float | None, close: bool
) -> Script:
    """A way of writing.

    Args:
        rng: Decides it.
        density: Pixels a millimetre.
        pen: Width of the pen's line in millimetres.
        pitch: From one line to the next in millimetres, where the paper says so.
        close: Whether characters stand close, and touch now and then.
    """
    pitch = rng.uniform(*PITCHES) if pitch is None else pitch
    capital = pitch * rng.uniform(*CAPITALS) * density
    gap = capital * (rng.uniform(0.1, 0.18) if close else rng.uniform(0.16, 0.34))
    return Script(
        density=density,
        pitch=pitch * density,
        capital=capital,
        pen=max(pen * density, 1.2),
        gap=gap,
        space=gap * 1.3 + capital * rng.uniform(0.6, 1.0),
        slope=rng.normal(0, SLOPE),
        touch=TOUCH_CHANCE if close else 0.0,
    )


def lay_out(layout: Layout, task: Task) -> Plan:
    """A filled sheet."""
    return _LAYOUTS[layout](task)


# --- Lines ----------------------------------------------------------------------------------------


def _running(task: Task) -> Plan:
    """Items behind one another, from edge to edge."""
    plan, margin = _new_plan(task)
    words = (word for item in task.items for word in item)
    _fill(task, plan, (margin, task.width - margin), margin, words)
    return _cut(plan, task, margin)


def _listed(task: Task) -> Plan:
    """An item a line."""
    plan, margin = _new_plan(task)
    baseline = margin + task.script.capital
    written = 0
    while written < task.count and baseline < task.most - margin:
        words = iter(next(task.items))
        written += _write_line(task, plan, (margin, task.width - margin), baseline, words)
        baseline += task.script.pitch
    return _cut(plan, task, margin)


def _columns(task: Task) -> Plan:
    """Two columns of running text, the left one read first."""
    plan, margin = _new_plan(task)
    gutter = max(2.2 * task.script.space, 9 * task.script.density)
    middle = task.width * task.rng.uniform(0.46, 0.54)
    words = (word for item in task.items for word in item)
    for left, right in (
        (margin, middle - gutter / 2),
        (middle + gutter / 2, task.width - margin),
    ):
        _fill(task, plan, (left, right), margin, words, count=task.count // 2)
    return _cut(plan, task, margin)


def _fill(
    task: Task,
    plan: Plan,
    span: tuple[float, float],
    margin: float,
    words: Iterator[str],
    *,
    count: int | None = None,
) -> None:
    """Lines from the top, until enough is written or the sheet is full."""
    baseline = margin + task.script.capital
    written, wanted = 0, task.count if count is None else count
    pending: list[str] = []
    while written < wanted and baseline < task.most - margin:
        flow = _Flow(words, pending)
        written += _write_line(task, plan, span, baseline, flow)
        baseline += task.script.pitch


class _Flow:
    """Words one after another, the one that did not fit given again."""

    def __init__(self, words: Iterator[str], pending: list[str]) -> None:
        self._words, self._pending = words, pending

    def __iter__(self) -> _Flow:
        return self

    def __next__(self) -> str:
        return self._pending.pop() if self._pending else next(self._words)

    def give_back(self, word: str) -> None:
        self._pending.append(word)


def _write_line(
    task: Task, plan: Plan, span: tuple[float, float], baseline: float, words: Iterator[str]
) -> int:
    """Writes words until the right end of `span`; how many characters there were."""
    script, rng = task.script, task.rng
    left, right = span
    x = left + abs(rng.normal(0, 0.5)) * script.capital
    bend = _bend(task, left, baseline)
    number, written = 0, 0
    for word in words:
        marks = _write_word(task, word, x, line=plan.lines, number=number, baseline=bend)
        if marks[-1].right > right:
            if number:
                if isinstance(words, _Flow):
                    words.give_back(word)
                break
            if marks[-1].right > right + script.space:
                continue  # too long for any line
        plan.marks += marks
        written += len(marks)
        number += 1
        x = marks[-1].right + script.space * float(np.exp(rng.normal(0, 0.1)))
        if x > right:
            break
    plan.lines += bool(number)
    return written


def _bend(task: Task, left: float, baseline: float) -> Callable[[float], float]:
    """Where a line stands at each x, which begins at a baseline."""
    rng, script = task.rng, task.script
    slope = script.slope + rng.normal(0, SLOPE / 2)
    height = rng.normal(0, WANDER) * script.capital
    turn, phase = rng.uniform(6, 20) * script.capital, rng.uniform(0, 2 * np.pi)

    def bend(x: float) -> float:
        wave = height * np.sin(2 * np.pi * x / turn + phase)
        return float(baseline + slope * (x - left) + wave)

    return bend


def _write_word(
    task: Task,
    word: str,
    x: float,
    *,
    line: int,
    number: int,
    baseline: Callable[[float], float],
) -> list[Mark]:
    """A word's characters from `x` on."""
    script, rng = task.script, task.rng
    marks: list[Mark] = []
    for sign in word:
        drawn = _drawn(task, sign)
        bottom = baseline(x) + drawn.below + rng.normal(0, JITTER) * script.capital
        top = round(bottom - drawn.coverage.shape[0])
        mark = Mark(sign, drawn.coverage, round(x), top, line, number)
        if marks:
            mark = _spaced(mark, marks[-1], task)
        marks.append(mark)
        gap = script.gap * float(np.exp(rng.normal(0, 0.25)))
        x = mark.right + gap
    return marks


def _drawn(task: Task, sign: str) -> Drawn:
    size = float(np.exp(task.rng.normal(0, SIZE_SPREAD)))
    script = task.script
    return task.hand.draw(sign, task.rng, capital=script.capital * size, pen=script.pen)


def _spaced(mark: Mark, before: Mark, task: Task) -> Mark:
    """`mark` moved so that it just touches `before`, or keeps off it."""
    script = task.script
    free = _free_way(before, mark)
    if task.rng.random() < script.touch:
        shift = -free - max(1, round(script.pen / 3))
    else:
        shift = max(0, round(script.pen * 0.8) - free)
    left = max(mark.left + shift, before.left + 1)
    return Mark(mark.sign, mark.coverage, left, mark.top, mark.line, mark.word)


def _free_way(before: Mark, mark: Mark) -> int:
    """Pixels that `mark` can go left until its ink meets that of `before`, rows a little apart
    meeting too; below 0 where they overlap. Where no rows meet, until their boxes do."""
    top = min(before.top, mark.top) - NEAR_ROWS
    bottom = max(before.top + before.coverage.shape[0], mark.top + mark.coverage.shape[0])
    ends = np.full(bottom + NEAR_ROWS - top, -np.inf)
    starts = np.full(bottom + NEAR_ROWS - top, np.inf)
    inked = before.coverage > FAINTEST
    last = before.right - 1 - inked[:, ::-1].argmax(axis=1)
    for off in range(-NEAR_ROWS, NEAR_ROWS + 1):
        rows = slice(before.top - top + off, before.top - top + off + len(last))
        ends[rows] = np.maximum(ends[rows], np.where(inked.any(axis=1), last, -np.inf))
    inked = mark.coverage > FAINTEST
    first = mark.left + inked.argmax(axis=1)
    rows = slice(mark.top - top, mark.top - top + len(first))
    starts[rows] = np.where(inked.any(axis=1), first, np.inf)
    free = float((starts - ends).min()) - 1
    return int(free) if np.isfinite(free) else mark.left - before.right


# --- Forms ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cells:
    """How a form's boxes are printed, in pixels.

    Attributes:
        width: Of a box.
        height: Of a box.
        gap: Between two boxes; 0 where they share a wall.
        walls: Height of the walls between two boxes, over that of a box: a comb has low ones.
    """

    width: float
    height: float
    gap: float
    walls: float


def _boxed(task: Task) -> Plan:
    """Fields of boxes, a character a box, an empty one between two words."""
    plan, margin = _new_plan(task)
    rng, density = task.rng, task.script.density
    cells = _make_cells(rng, density)
    step = cells.height + rng.uniform(2.0, 5.0) * density
    room = int((task.width - 2 * margin + cells.gap) / (cells.width + cells.gap))
    top, written = margin, 0
    while written < task.count and top + cells.height < task.most - margin:
        place = number = 0
        while (words := next(task.items)) and place + _boxes(words) <= room:
            left = margin + place * (cells.width + cells.gap)
            count = min(room - place, _boxes(words) + int(rng.integers(0, 5)))
            _print_cells(plan, left, top, cells, count)
            written += _fill_cells(task, plan, (left, top), cells, words, first=number)
            place, number = place + count + int(rng.integers(2, 4)), number + len(words)
        plan.lines += bool(number)
        top += step if number else 0
    return _cut(plan, task, margin)


def _make_cells(rng: np.random.Generator, density: float) -> _Cells:
    shared, comb = rng.random() >= APART, rng.random() < COMBS
    return _Cells(
        width=rng.uniform(*CELL_WIDTHS) * density,
        height=rng.uniform(*CELL_HEIGHTS) * density,
        gap=rng.uniform(0.8, 1.6) * density if not shared else 0.0,
        walls=rng.uniform(0.25, 0.5) if shared and comb else 1.0,
    )


def _boxes(words: Words) -> int:
    return sum(map(len, words)) + len(words) - 1


def _print_cells(plan: Plan, left: float, top: float, cells: _Cells, count: int) -> None:
    """A field of so many boxes."""
    right = left + count * (cells.width + cells.gap) - cells.gap
    bottom, low = top + cells.height, top + cells.height * (1 - cells.walls)
    for number in range(count):
        x = left + number * (cells.width + cells.gap)
        plan.rules.append(Rule((x, low if number else top), (x, bottom)))
        if cells.gap:
            plan.rules.append(Rule((x + cells.width, top), (x + cells.width, bottom)))
            plan.rules.append(Rule((x, top), (x + cells.width, top)))
            plan.rules.append(Rule((x, bottom), (x + cells.width, bottom)))
    if not cells.gap:
        plan.rules.append(Rule((right, top), (right, bottom)))
        plan.rules.append(Rule((left, top), (right, top)))
        plan.rules.append(Rule((left, bottom), (right, bottom)))


def _fill_cells(
    task: Task,
    plan: Plan,
    corner: tuple[float, float],
    cells: _Cells,
    words: Words,
    *,
    first: int,
) -> int:
    """Writes `words`, of which `first` others are on the line; how many characters there were."""
    left, top = corner
    place, rng = 0, task.rng
    for number, word in enumerate(words, first):
        for sign in word:
            drawn = _drawn_in(task, sign, cells)
            tall, wide = drawn.coverage.shape
            x = left + place * (cells.width + cells.gap) + (cells.width - wide) / 2
            x += rng.normal(0, 0.06) * cells.width
            y = top + cells.height * rng.normal(0.88, 0.04) - tall + drawn.below
            plan.marks.append(Mark(sign, drawn.coverage, round(x), round(y), plan.lines, number))
            place += 1
        place += 1
    return sum(map(len, words))


def _drawn_in(task: Task, sign: str, cells: _Cells) -> Drawn:
    """A character that about fits its box."""
    size = float(np.exp(task.rng.normal(0, SIZE_SPREAD)))
    capital = min(task.script.capital * 1.1, cells.height * 0.75) * size
    drawn = task.hand.draw(sign, task.rng, capital=capital, pen=task.script.pen)
    wide = drawn.coverage.shape[1]
    if wide > cells.width * 0.95:
        capital *= cells.width * 0.95 / wide
        drawn = task.hand.draw(sign, task.rng, capital=capital, pen=task.script.pen)
    return drawn


def _fielded(task: Task) -> Plan:
    """Fields with a printed line below what is written."""
    plan, margin = _new_plan(task)
    script, rng = task.script, task.rng
    baseline, written = margin + script.capital, 0
    step = script.pitch * rng.uniform(1.0, 1.3)
    while written < task.count and baseline < task.most - margin:
        words = iter(next(task.items))
        end = task.width - margin
        written += _write_line(task, plan, (margin, end), baseline, words)
        below = baseline + rng.uniform(0.02, 0.2) * script.capital
        plan.rules.append(Rule((margin, below), (end, below)))
        baseline += step
    return _cut(plan, task, margin)


# --- Sheets ---------------------------------------------------------------------------------------


def _new_plan(task: Task) -> tuple[Plan, float]:
    margin = task.rng.uniform(*MARGINS) * task.script.density
    return Plan(task.width, task.most, margin + task.script.capital), margin


def _cut(plan: Plan, task: Task, margin: float) -> Plan:
    """The sheet without most of what was left empty."""
    if task.whole or not plan.marks:
        return plan
    lowest = max(mark.top + mark.coverage.shape[0] for mark in plan.marks)
    rightmost = max(mark.right for mark in plan.marks)
    lowest = max([lowest, *(round(rule.end[1]) for rule in plan.rules)])
    rightmost = max([rightmost, *(round(rule.end[0]) for rule in plan.rules)])
    spare = task.rng.uniform(0.3, 1.5) * task.script.pitch
    plan.height = min(plan.height, round(lowest + margin + spare))
    kept = task.rng.uniform(0, 0.6)
    narrowest = round(rightmost + margin)
    plan.width = min(plan.width, narrowest + round(kept * max(plan.width - narrowest, 0)))
    return plan


_LAYOUTS: Mapping[Layout, Callable[[Task], Plan]] = MappingProxyType(
    {
        "lines": _running,
        "list": _listed,
        "columns": _columns,
        "boxes": _boxed,
        "fields": _fielded,
    }
)
