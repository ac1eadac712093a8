"""Ruled lines and the boxes of forms, taken out; the letters that cross them stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.cleaning.boxes import Boxes, find_boxes
from core.cleaning.ink import pen_width
from core.cleaning.rules import Rule, find_rules, runs_across

LEAST_LENGTH = 5.0
"""Least length of a rule in letter heights: underlined words are shorter, mostly, and so is every
stroke of a letter."""

BOXED = 2.0
"""Least length of a rule that sides of boxes stand on, in letter heights."""

MANY_RULES = 6
"""More than the strokes of a letter are."""

FAINT_SHARE = 0.3
"""Ruled lines are followed where they have this share of the darkness of ink: pale ones are broken
in the ink itself."""

WHOLE = 0.9
"""What goes through this share of the page is a rule, however high its letters are."""

COARSER = 4
"""How many times coarser the height of letters is measured."""

LEAST_LETTERS = 3
"""Pieces of ink that tell how high letters are, at least."""

NEAR = 2
"""How far from its middle, in pixels, a rule's ink is."""

SLACK = 1.6
"""How much further than half its thickness a rule's ink may reach on either side, in pixels, before
it is a letter's that crosses."""

UNBROKEN, THINNER = 0.93, 0.8
"""A rule of whose length less than this share is found is thinner than the pen, by this much."""

AT_ONCE = 60
"""Rules, and sides of boxes, that are looked at in one go: what that takes in memory is bounded."""

SOFT = 5
"""Side of the window that covers a rule's soft edges, in pixels."""

LEAST_PALER = 30
"""How much paler than ink, in greys, a rule is at least for the two to be told by it."""


def take_out_rules(
    ink: NDArray[np.uint8], faint: NDArray[np.uint8], grey: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """uint8 (H, W): `ink` without rules; where a letter crosses one, its ink is kept.

    Args:
        ink: uint8 (H, W), 255 on 0.
        faint: uint8 (H, W): the same with what is paler (`FAINT_SHARE`), in which rules are whole.
        grey: uint8 (H, W): what it was told from, evenly lit. Where a rule is paler than the ink,
            what is dark on it is a letter's.
    """
    across, down = find_rules(faint), find_rules(_on_end(faint))
    if not across and not down:
        return ink
    rest = _without_both(ink, None, across, down)
    view = _View(grey, _darkness(grey, rest))
    height = _letter_height(rest, rules=len(across) + len(down))
    wide, high = (min(LEAST_LENGTH * height, WHOLE * side) for side in ink.shape[::-1])
    pen = pen_width(rest)
    down = tuple(one for one in down if _is_rule(one, least=high, pen=pen))
    boxed = [one for one in across if one.length >= BOXED * height]
    # on squared paper the rules that go down are the sides
    boxes = Boxes((), ()) if 2 * len(down) > len(across) else find_boxes(ink, _on_end(ink), boxed)
    across = tuple(
        one for one in across if one in boxes.rules or _is_rule(one, least=wide, pen=pen)
    )
    sides = _as_pale(boxes.sides, across, view)
    return _without_both(ink, view, across, down + sides)


def without_rules(
    grey: NDArray[np.uint8], rest: NDArray[np.uint8], gone: NDArray[np.uint8], paper: float
) -> NDArray[np.uint8]:
    """uint8 (H, W): `grey` with paper where rules were.

    Args:
        grey: uint8 (H, W), evenly lit, ink darker than paper.
        rest: uint8 (H, W): 255 where there is ink without rules.
        gone: uint8 (H, W): 255 where rules were.
        paper: Its grey.
    """
    soft = cv2.dilate(gone, np.ones((SOFT, SOFT), np.uint8))
    bare = grey.copy()
    bare[cv2.subtract(soft, rest) > 0] = round(paper)
    return bare


@dataclass(frozen=True, eq=False)
class _View:
    """A page that is evenly lit.

    Attributes:
        grey: uint8 (H, W), ink darker than paper.
        dark: The grey of its letters.
    """

    grey: NDArray[np.uint8]
    dark: float

    def on_end(self) -> _View:
        """The same with columns for rows."""
        return _View(_on_end(self.grey), self.dark)


def _without_both(
    ink: NDArray[np.uint8], view: _View | None, across: Sequence[Rule], down: Sequence[Rule]
) -> NDArray[np.uint8]:
    """`ink` without the rules of both ways."""
    if down:
        ends = None if view is None else view.on_end()
        ink = _on_end(_without(_on_end(ink), ends, down))
    return _without(ink, view, across) if across else ink


def _without(
    ink: NDArray[np.uint8], view: _View | None, rules: Sequence[Rule]
) -> NDArray[np.uint8]:
    """`ink` without `rules`, but for what of them belongs to letters; what is darker on them than
    they are is so where there is a view."""
    rest = ink.copy()
    for first in range(0, len(rules), AT_ONCE):
        rows, columns = _pixels_of(ink, view, rules[first : first + AT_ONCE])
        rest[rows, columns] = 0
    return rest


def _pixels_of(
    ink: NDArray[np.uint8], view: _View | None, rules: Sequence[Rule]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """int64 (N,), twice: the rows and the columns of the pixels that are of `rules` alone."""
    columns = np.concatenate([rule.columns for rule in rules])
    middles = np.concatenate([rule.middles for rule in rules])
    reach = int(np.ceil(max(rule.thickness for rule in rules) + 2 * SLACK)) + 1
    first, last = runs_across(ink, columns, middles, near=NEAR, reach=reach)
    half = _thickness(rules, last - first + 1) / 2 + SLACK
    bare = (middles - first <= half) & (last - middles <= half) & (last >= first)
    if view is not None:
        bare &= _is_pale(view, rules, np.stack([columns, first, last]))
    # where a stroke ends on a rule, the half of the rule behind it goes
    middle = np.rint(middles).astype(np.int64)
    above, below = middles - first > half, last - middles > half
    first = np.where(above & ~below, middle + 1, first)
    last = np.where(below & ~above, middle - 1, last)
    bare |= above ^ below
    first, last, columns = first[bare], last[bare], columns[bare]
    rows = first + np.arange(reach)[:, None]
    gone = (rows <= last) & (rows >= 0) & (rows < len(ink))
    return rows[gone], np.broadcast_to(columns, rows.shape)[gone]


def _as_pale(sides: Sequence[Rule], rules: Sequence[Rule], view: _View) -> tuple[Rule, ...]:
    """Those of the sides of boxes that are as dark as `rules`, where those are paler than ink or
    darker: others are upright strokes of letters."""
    if not rules:
        return tuple(sides)
    usual = float(np.median([_usual_level(view.grey, rule) for rule in rules]))
    apart = abs(usual - view.dark)
    if apart < LEAST_PALER:
        return tuple(sides)
    on_end = _on_end(view.grey)
    return tuple(side for side in sides if abs(_usual_level(on_end, side) - usual) < apart / 2)


def _usual_level(view: NDArray[np.uint8], rule: Rule) -> float:
    """The usual grey in the middle of a rule."""
    rows = np.clip(np.rint(rule.middles).astype(np.int64), 0, len(view) - 1)
    columns = np.clip(rule.columns, 0, view.shape[1] - 1)
    return float(np.median(view[rows, columns]))


def _is_rule(rule: Rule, *, least: float, pen: float) -> bool:
    """Whether a rule is as long as `least`, and no row of letters' bars, which has gaps and is as
    thick as the pen."""
    whole = rule.found >= UNBROKEN or rule.thickness <= THINNER * pen
    return rule.length >= least and whole


def _thickness(rules: Sequence[Rule], lengths: NDArray[np.int64]) -> NDArray[np.float64]:
    """float64 (N,): how thick each rule is in the ink, by the lengths, (N,), of its runs there; in
    each column of all rules."""
    usual = []
    start = 0
    for rule in rules:
        here = lengths[start : start + rule.length]
        start += rule.length
        here = here[here > 0]
        usual.append(min(rule.thickness, float(np.median(here)) if here.size else np.inf))
    return np.repeat(usual, [rule.length for rule in rules])


def _is_pale(view: _View, rules: Sequence[Rule], runs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where rules are no darker than is usual of them, bool (N,), if they are paler than letters;
    everywhere of those that are not.

    Args:
        view: The page.
        rules: Some rules.
        runs: int64 (3, N): the columns of all rules, the first and the last row of the ink there.
    """
    columns, first, last = runs
    steps = np.arange(int((last - first).max(initial=0)) + 1)[:, None]
    height, width = view.grey.shape
    rows = np.clip(np.minimum(first + steps, last), 0, height - 1)
    levels = view.grey.ravel().take(rows * width + columns).min(axis=0)
    pale = np.ones(len(columns), bool)
    start = 0
    for rule in rules:
        here = slice(start, start + rule.length)
        start += rule.length
        usual = float(np.median(levels[here]))
        if usual - view.dark >= LEAST_PALER:
            pale[here] = levels[here] > (usual + view.dark) / 2
    return pale


# --- Measures -----------------------------------------------------------------------------------


def _letter_height(rest: NDArray[np.uint8], rules: int) -> float:
    """The height of letters as in `rest`, in pixels. Where there are none, 0 beside many rules,
    which are an empty form, and infinite beside few, which may be strokes of one letter."""
    few = (max(1, rest.shape[1] // COARSER), max(1, rest.shape[0] // COARSER))
    coarse = (cv2.resize(rest, few, interpolation=cv2.INTER_AREA) > 0).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(coarse, connectivity=8)[2][1:]
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    tall = heights[heights > 1]
    if len(tall) < LEAST_LETTERS:
        return 0.0 if rules >= MANY_RULES else np.inf
    letters = tall[tall >= np.percentile(tall, 90) / 3]
    return float(COARSER * np.median(letters))


def _darkness(grey: NDArray[np.uint8], ink: NDArray[np.uint8]) -> float:
    """The usual grey in the middle of strokes of `ink`; 0 where there is none."""
    inside = cv2.erode(ink, np.ones((3, 3), np.uint8))
    total = np.cumsum(cv2.calcHist([grey], [0], inside, [256], [0, 256]))
    return max(1.0, float(np.searchsorted(total, total[-1] / 2))) if total[-1] else 0.0


def _on_end(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`pixels` with columns for rows."""
    return np.asarray(cv2.transpose(pixels), np.uint8)
