"""Where the ruled lines of a page are: long, straight or slightly bent, broken here and there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

STRIPS = 60
"""Into how many strips the longer side of a page is cut: in each, a rule is a row that is ink from
end to end."""

LEAST_STRIP = 12
"""Least width of a strip, in pixels."""

LARGE = 1400
"""A page with a longer side of at least so many pixels is looked through at half its size."""

COVER = 0.72
"""Least share of a strip's row that is ink, for a rule: it may be broken."""

MOST_THICKNESS = 0.35
"""Most rows of a rule, as a share of a strip's width: 20 on an A4 page at 300 dots an inch."""

DRIFT, WOBBLE = 0.08, 1.5
"""How far a rule may leave its way from one strip to the next, as a share of a strip's width, for
paper that bulges, and in pixels besides, for what is measured roughly."""

MISSED = 3
"""A rule may be missing in so many strips on end, where it is broken or under a blot."""

LEAST_STRIPS = 4
"""A rule goes through so many strips at least..."""

LEAST_FOUND = 0.7
"""... and is found in this share of those that it goes through."""

MOST_RULES = 300
"""More than a page has of one way: a pattern, not ruled lines. Squared paper, 5 mm, A3: 84."""

NEAR = 3
"""How far from where the strips have it, in pixels, the ink of a rule is."""

MOST_MEASURED = 12
"""Up to this many pixels on each side, the thickness of a rule is measured."""

ROUGHNESS = ((0.5, 0.8), (1.0, 0.9))
"""How far a rule's ink is from its smoothed way at most, in pixels, root mean square, and on which
share of its length it is found at least; one of the two. Rules come to 0.1 to 0.4 and 0.9 to 1,
bars of letters in a row to 0.75 to 1.6 and 0.65 to 0.85."""

SMOOTHED = 31
"""Columns over which the place of a rule is evened out."""

_SLOPE_FROM = 6
"""Strips that tell where a rule goes on."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A ruled line from left to right.

    Attributes:
        start: Its first column.
        middles: float32 (N,): the row of its middle, in each column from `start`.
        thickness: In pixels.
        found: The share of its length that is ink.
    """

    start: int
    middles: NDArray[np.float32]
    thickness: float
    found: float = 1.0

    @property
    def length(self) -> int:
        return len(self.middles)

    @property
    def columns(self) -> NDArray[np.int64]:
        """int64 (N,): the columns that it goes through."""
        return np.arange(self.start, self.start + self.length)


def find_rules(ink: NDArray[np.uint8]) -> tuple[Rule, ...]:
    """The ruled lines of `ink`, uint8 (H, W), 255 on 0, that go from left to right."""
    coarser = 1 if max(ink.shape) < LARGE else 2
    strip = max(LEAST_STRIP, round(max(ink.shape) / STRIPS / coarser))
    count = ink.shape[1] // (strip * coarser)
    if count < LEAST_STRIPS:
        return ()
    cover = _cover(ink, strip, count, coarser)
    reach = WOBBLE / coarser + DRIFT * strip
    tracks = _tracks([_strip(cover[:, number], strip) for number in range(count)], reach)
    if len(tracks) > MOST_RULES:
        return ()
    finer = (track * [1, coarser] + [0, (coarser - 1) / 2] for track in tracks)
    rules = (_rule(ink, track, strip * coarser) for track in finer)
    return tuple(rule for rule in rules if rule is not None)


def runs_across(
    ink: NDArray[np.uint8],
    columns: NDArray[np.int64],
    middles: NDArray[np.floating],
    *,
    near: int,
    reach: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """int64 (N,), twice: the first and the last row of the run of ink across a rule, in each of its
    columns; the last is before the first where there is none.

    Args:
        ink: uint8 (H, W).
        columns: (N,), of one rule or of several.
        middles: (N,): the rule's row in each.
        near: How far from its row, in pixels, ink is the rule's.
        reach: How far from there a run is followed.
    """
    rows = np.rint(middles).astype(np.int64)
    nearest = np.array(sorted(range(-near, near + 1), key=abs))
    seen = ink_at(ink, rows + nearest[:, None], columns)
    found = seen.any(axis=0)
    seeds = rows + nearest[seen.argmax(axis=0)]
    steps = np.arange(1, reach + 1)[:, None]
    up = np.logical_and.accumulate(ink_at(ink, seeds - steps, columns), axis=0).sum(axis=0)
    down = np.logical_and.accumulate(ink_at(ink, seeds + steps, columns), axis=0).sum(axis=0)
    return seeds - up, np.where(found, seeds + down, seeds - up - 1)


def ink_at(
    ink: NDArray[np.uint8], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Bool (R, N): whether there is ink at `rows`, (R, N), of `columns`, (N,)."""
    height, width = ink.shape
    inside = (rows >= 0) & (rows < height)
    flat = np.where(inside, rows, 0) * width + columns
    return np.asarray((ink.ravel().take(flat) > 0) & inside, np.bool_)


# --- Strips -------------------------------------------------------------------------------------


def _cover(ink: NDArray[np.uint8], strip: int, count: int, coarser: int) -> NDArray[np.uint8]:
    """uint8 (H / coarser, count): how much of each row of a strip is ink, 255 all of it."""
    # a row takes in those beside it, as rules are not quite level
    if coarser == 1:
        thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    else:
        few = ink.shape[1] // coarser, ink.shape[0] // coarser
        thick = cv2.resize(ink, few, interpolation=cv2.INTER_AREA)
        thick = cv2.threshold(thick, 0, 255, cv2.THRESH_BINARY)[1]
    size = (count, len(thick))
    cover = cv2.resize(thick[:, : strip * count], size, interpolation=cv2.INTER_AREA)
    return np.asarray(cover, np.uint8)


@dataclass(frozen=True, eq=False)
class _Strip:
    """What one strip has of rules.

    Attributes:
        rows: float64 (N,): the middles of the rows that are covered as by a rule.
        bars: float64 (M, 2): from where to where it is covered by more than a rule: by the bars of
            letters that stand on one, perhaps.
    """

    rows: NDArray[np.float64]
    bars: NDArray[np.float64]

    def hides(self, row: float) -> bool:
        """Whether a rule may be hidden at `row`, by a letter's bar."""
        return bool(((self.bars[:, 0] - 1 <= row) & (row <= self.bars[:, 1] + 1)).any())


def _strip(cover: NDArray[np.uint8], width: int) -> _Strip:
    """What a strip of `width` pixels, of whose rows so much is `cover`ed, has of rules."""
    full = np.concatenate([[False], cover >= COVER * 255, [False]])
    edges = np.flatnonzero(full[1:] != full[:-1])
    spans = np.column_stack([edges[::2], edges[1::2] - 1]).astype(np.float64)
    # thickened by one row on each side
    thin = spans[:, 1] - spans[:, 0] < MOST_THICKNESS * width + 2
    return _Strip(spans[thin].mean(axis=1), spans[~thin])


def _tracks(strips: Sequence[_Strip], reach: float) -> list[NDArray[np.float64]]:
    """Rows of strips that follow one another, as float64 (N, 2): strip, row.

    Args:
        strips: From left to right.
        reach: How far a row may be from where a track is expected in the next strip.
    """
    going: list[_Track] = []
    done = []
    for number, strip in enumerate(strips):
        free = np.ones(len(strip.rows), bool)
        still = []
        for track in sorted(going, key=len, reverse=True):
            if number - track.last > MISSED + 1:
                done.append(track)
                continue
            still.append(track)
            expected = track.expected(number)
            apart = np.where(free, np.abs(strip.rows - expected), np.inf)
            nearest = int(apart.argmin()) if free.any() else -1
            if nearest >= 0 and apart[nearest] <= reach * (number - track.last):
                track.seen.append((number, float(strip.rows[nearest])))
                track.last = number
                free[nearest] = False
            elif strip.hides(expected):
                track.hidden += 1
                track.last = number
        going = still + [_Track([(number, float(row))], number) for row in strip.rows[free]]
    return [np.array(track.seen) for track in done + going if track.is_long]


@dataclass
class _Track:
    """A rule that is being followed: its strips and rows, the last strip that it was found in, and
    in how many it was hidden."""

    seen: list[tuple[int, float]]
    last: int
    hidden: int = 0

    def __len__(self) -> int:
        return len(self.seen)

    @property
    def is_long(self) -> bool:
        through = self.seen[-1][0] - self.seen[0][0] + 1
        found = len(self.seen) + self.hidden
        return through >= LEAST_STRIPS and found >= LEAST_FOUND * through

    def expected(self, number: int) -> float:
        """The row where it goes on in strip `number`."""
        first, last = self.seen[max(len(self.seen) - _SLOPE_FROM, 0)], self.seen[-1]
        if first[0] == last[0]:
            return last[1]
        return last[1] + (last[1] - first[1]) / (last[0] - first[0]) * (number - last[0])


# --- From strips to pixels ----------------------------------------------------------------------


def _rule(ink: NDArray[np.uint8], track: NDArray[np.float64], strip: int) -> Rule | None:
    """The rule that a track shows, followed to its ends; None where its ink is too rough or too
    broken for a rule: bars of letters that happen to stand in a row."""
    columns, middles = _way(track, strip, ink.shape[1])
    first, last = runs_across(ink, columns, middles, near=NEAR, reach=MOST_MEASURED)
    lengths = last - first + 1
    there = np.flatnonzero(lengths > 0)
    if not there.size:
        return None
    within = slice(there[0], there[-1] + 1)
    lengths, seen = lengths[within], ((first + last) / 2)[within]
    thickness = float(np.median(lengths[lengths > 0]))
    bare = (lengths > 0) & (lengths <= thickness + 1)
    along = np.arange(len(lengths))
    level = np.interp(along, along[bare], seen[bare]).astype(np.float32)
    smooth = cv2.blur(level[None], (SMOOTHED, 1), borderType=cv2.BORDER_REPLICATE)[0]
    rough = float(np.sqrt(np.square(seen - smooth)[bare].mean()))
    found = float((lengths > 0).mean())
    if not any(rough <= most and found >= least for most, least in ROUGHNESS):
        return None
    return Rule(int(columns[there[0]]), np.asarray(smooth, np.float32), thickness, found)


def _way(
    track: NDArray[np.float64], strip: int, width: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """int64 (N,) and float64 (N,): the columns of a track, a strip more at each end, and its row
    in each."""
    places, rows = (track[:, 0] + 0.5) * strip, track[:, 1]
    start, end = int((track[0, 0] - 1) * strip), int((track[-1, 0] + 2) * strip)
    columns = np.arange(max(0, start), min(width, end))
    middles = np.interp(columns, places, rows)
    for few, beyond in (
        (slice(None, _SLOPE_FROM), columns < places[0]),
        (slice(-_SLOPE_FROM, None), columns > places[-1]),
    ):
        slope, level = np.polyfit(places[few], rows[few], 1)
        middles[beyond] = slope * columns[beyond] + level
    return columns, middles
