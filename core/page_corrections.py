"""What a person put right on a page: what stands at a place, whatever was read there."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import median
from core.box import Box, enclosing
from core.glyph import TILE_SIZE, Glyph, crop_to_ink, make_tile
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ON_LINE = 0.75
"""How far the middle of a box may be above or below its neighbour on a line for it to stand on that
line, in heights: between two lines of writing there are 1.5 or more."""

_COVERED = 0.5
"""How much of a glyph's box a correction's covers at least, for the glyph to give way: an o under
the arm of a T may hold the middle of the T."""

_WORD_GAP = 0.5
"""The least gap between two words, in heights of their characters."""

_LEAST_SIDE = 1e-3
"""Source pixels: what has no width, or no height, counts as so long where it is scaled."""

_MOSAIC_SIDE = 96
"""Pixels of the longer side of what several tiles are pasted onto, to make one: four times the ink
of a tile, so that little is lost by scaling twice."""


@dataclass(frozen=True)
class PageCorrection:
    """What someone said stands at a place of a page. It is kept by its place, and so holds however
    the page is read again.

    Attributes:
        box: The place, in source pixels.
        text: What stands there: a sign, or several that stand side by side, or several words with
            blanks between; blank for nothing.
    """

    box: Box
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """The text's words, composed (Unicode's form C): a letter and its accent are one sign."""
        return tuple(unicodedata.normalize("NFC", self.text).split())


def corrected(reading: Reading, corrections: Sequence[PageCorrection]) -> Reading:
    """A reading with what was put right.

    The glyphs that lie in a correction's box, with their middle and half of them or more, give way
    to what it says; where there are none, the glyph that has the box's middle in it does; where
    there is none either, what it says comes to the nearest word, or the nearest line, or makes a
    line of its own. Several signs share the box out evenly.

    Args:
        reading: Of the same page as the corrections.
        corrections: The later count where they are about the same place.
    """
    if not corrections:
        return reading
    lines = [_placed(line) for line in reading.lines]
    for correction in corrections:
        _apply(lines, correction)
    return replace(reading, lines=tuple(_read_lines(lines)))


# --- Steps ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Placed:
    """A glyph on its line, and whether a word begins with it."""

    glyph: ReadGlyph
    begins: bool

    @property
    def box(self) -> Box:
        return self.glyph.box


@dataclass(frozen=True, eq=False)
class _Line:
    """A line that is put right; at least one glyph, or it is taken out."""

    placed: tuple[_Placed, ...]

    @cached_property
    def box(self) -> Box:
        return enclosing(one.box for one in self.placed)

    @cached_property
    def height(self) -> float:
        """Of its glyphs, as a rule."""
        return median([one.box.height for one in self.placed])


def _placed(line: ReadLine) -> _Line:
    return _Line(
        tuple(
            _Placed(glyph, begins=index == 0)
            for word in line.words
            for index, glyph in enumerate(word.glyphs)
        )
    )


def _apply(lines: list[_Line], correction: PageCorrection) -> None:
    """Puts one correction into lines, in place."""
    hits = _hits(lines, correction.box)
    if hits:
        before = [lines[line].placed[at].glyph for line, at in hits]
        _replace(lines, hits, _told(correction, before))
    elif correction.words:
        _add(lines, _told(correction, []))


def _hits(lines: list[_Line], box: Box) -> list[tuple[int, int]]:
    """The line and the place on it of each glyph that gives way to what stands in `box`."""
    inside, around = [], []
    for number, line in enumerate(lines):
        if not _meet(line.box, box):
            continue  # a page has a thousand glyphs, and may have hundreds of corrections
        for at, placed in enumerate(line.placed):
            if _holds(box, placed.box.centre) and _share(placed.box, box) >= _COVERED:
                inside.append((number, at))
            elif _holds(placed.box, box.centre):
                around.append((_area(placed.box), number, at))
    # of several that lie around it, the smallest: the others reach over it
    return inside or [(number, at) for _, number, at in sorted(around)[:1]]


def _replace(lines: list[_Line], hits: list[tuple[int, int]], told: tuple[_Placed, ...]) -> None:
    """Puts `told` in the place of the first of `hits`, and takes the others away."""
    first = hits[0][0]
    for number in sorted({number for number, _ in hits}, reverse=True):
        gone = {at for line, at in hits if line == number}
        come = told if number == first else ()
        kept = _without(lines[number].placed, gone, come)
        lines[number : number + 1] = [_Line(kept)] if kept else []


def _without(
    placed: tuple[_Placed, ...], gone: set[int], come: tuple[_Placed, ...]
) -> tuple[_Placed, ...]:
    """The glyphs of a line without those at `gone`, with others in the place of the first of them.
    A word that loses its first glyph begins with the next, unless what came joins it to the word
    before."""
    kept: list[_Placed] = []
    begins = False
    for at, one in enumerate(placed):
        if at not in gone:
            kept.append(replace(one, begins=True) if begins else one)
            begins = False
            continue
        if come and at == min(gone):
            kept += [replace(come[0], begins=one.begins), *come[1:]]
        begins = not come and (begins or one.begins)
    return tuple(kept)


def _add(lines: list[_Line], told: tuple[_Placed, ...]) -> None:
    """Puts what was told of a place where nothing was read where it belongs."""
    box = enclosing(placed.box for placed in told)
    number = _nearest_line(lines, box)
    if number is None:
        lines.insert(_line_after(lines, box), _Line(told))
    else:
        lines[number] = _among(lines[number], box, told)


def _among(line: _Line, box: Box, told: tuple[_Placed, ...]) -> _Line:
    """A line with what was told between its neighbours: within a word, or in the nearer of two
    words that are near enough, or as a word of its own."""
    count = len(line.placed)
    beyond = (at for at, one in enumerate(line.placed) if one.box.centre[0] > box.centre[0])
    at = next(beyond, count)
    before, after = line.placed[:at], line.placed[at:]
    if before and after and not after[0].begins:
        return _Line((*before, *told, *after))
    room = _WORD_GAP * max(line.height, box.height)
    to_left = box.x - before[-1].box.right if before else math.inf
    to_right = after[0].box.x - box.right if after else math.inf
    joins_left = to_left <= min(room, to_right)
    joins_right = to_right <= room and not joins_left
    if after:
        after = (replace(after[0], begins=not joins_right), *after[1:])
    return _Line((*before, replace(told[0], begins=not joins_left), *told[1:], *after))


def _nearest_line(lines: list[_Line], box: Box) -> int | None:
    """The line that a box stands on: of those at its height, the one that it is nearest to."""
    best: tuple[float, int] | None = None
    for number, line in enumerate(lines):
        neighbour = min(line.placed, key=lambda one: _gap(one.box, box)).box
        off = abs(neighbour.centre[1] - box.centre[1])
        if off <= _ON_LINE * max(line.height, box.height):
            mine = _gap(neighbour, box), number
            best = mine if best is None else min(best, mine)
    return None if best is None else best[1]


def _line_after(lines: list[_Line], box: Box) -> int:
    """Where a line of its own comes in the order of reading: after the last line that is above it
    and has some of it below, else after the last that is above it at all."""
    above = [n for n, line in enumerate(lines) if line.box.centre[1] <= box.centre[1]]
    over = [number for number in above if _gap(lines[number].box, box) == 0]
    return (over or above or [-1])[-1] + 1


def _told(correction: PageCorrection, before: Sequence[ReadGlyph]) -> tuple[_Placed, ...]:
    """What a correction says, sign by sign; its blanks take as much room as a sign."""
    words = correction.words
    if len(before) == 1 and len(words) == 1 and len(words[0]) == 1:
        return (_Placed(_retold(before[0], correction.box, words[0]), begins=False),)
    step = correction.box.width / max(len(" ".join(words)), 1)
    mosaic = _Mosaic(before, correction.box)
    told, at = [], 0
    for word in words:
        for index, sign in enumerate(word):
            x = correction.box.x + at * step
            box = Box(x, correction.box.y, step, correction.box.height)
            # whether the first begins a word is known once its place is
            glyph = _told_glyph(sign, Glyph(mosaic.tile(box), box))
            told.append(_Placed(glyph, begins=index == 0 and at > 0))
            at += 1
        at += 1
    return tuple(told)


def _retold(before: ReadGlyph, box: Box, sign: str) -> ReadGlyph:
    """One glyph that is another sign: what it looks like, and may be, stays."""
    glyph = replace(before.glyph, box=box)
    return replace(before, text=sign, confidence=1.0, glyph=glyph, stray=False, told=True)


def _told_glyph(sign: str, glyph: Glyph) -> ReadGlyph:
    return ReadGlyph(sign, 1.0, (Candidate(sign, 1.0),), glyph, told=True)


class _Mosaic:
    """What the tiles of glyphs show within a box, each at its place, to make tiles of its parts."""

    def __init__(self, glyphs: Iterable[ReadGlyph], box: Box) -> None:
        self._box = box
        scale = _MOSAIC_SIDE / max(box.width, box.height, _LEAST_SIDE)
        height, width = max(1, round(box.height * scale)), max(1, round(box.width * scale))
        self._pixels = np.zeros((height, width), np.uint8)
        for read in glyphs:
            ink = np.rint(read.glyph.tile * 255).astype(np.uint8)
            if ink.any():
                self._paste(crop_to_ink(ink), read.box)

    def tile(self, box: Box) -> NDArray[np.float32]:
        """The tile of a part of it: empty where it shows nothing."""
        part = self._pixels[_part(self._pixels.shape, self._box, box)]
        if not part.any():
            return np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
        return make_tile(part)

    def _paste(self, ink: NDArray[np.uint8], box: Box) -> None:
        """Puts in what shows the ink of a place, as far as it is within."""
        import cv2

        there = self._pixels[_part(self._pixels.shape, self._box, box)]
        mine = ink[_part(ink.shape, box, self._box)]
        if there.size and mine.size:
            size = there.shape[1], there.shape[0]
            np.maximum(there, cv2.resize(mine, size, interpolation=cv2.INTER_AREA), out=there)


def _part(shape: tuple[int, ...], box: Box, other: Box) -> tuple[slice, slice]:
    """The rows and columns, of pixels that show `box`, that show what is of `other` in it."""
    rows = _span(shape[0], box.y, box.height, other.y, other.bottom)
    return rows, _span(shape[1], box.x, box.width, other.x, other.right)


def _span(count: int, start: float, length: float, begin: float, end: float) -> slice:
    """Which of `count` pixels, that reach from `start` over a length, are between two places."""
    scale = count / max(length, _LEAST_SIDE)
    first, last = (min(max((place - start) * scale, 0.0), count) for place in (begin, end))
    return slice(round(first), round(last))


def _read_lines(lines: list[_Line]) -> list[ReadLine]:
    """Lines as a reading has them, each glyph told its line and its word."""
    read = []
    for number, line in enumerate(lines):
        words: list[list[ReadGlyph]] = []
        for at, placed in enumerate(line.placed):
            if placed.begins or at == 0:
                words.append([])
            words[-1].append(_at(placed.glyph, number, len(words) - 1))
        read.append(ReadLine(tuple(ReadWord(tuple(word)) for word in words)))
    return read


def _at(read: ReadGlyph, line: int, word: int) -> ReadGlyph:
    """A glyph that knows its line and its word; the same object where it knew them."""
    if (read.glyph.line, read.glyph.word) == (line, word):
        return read
    return replace(read, glyph=replace(read.glyph, line=line, word=word))


def _holds(box: Box, place: tuple[float, float]) -> bool:
    """Whether a place is in a box, its edges included: a thin stroke may have no width."""
    return box.x <= place[0] <= box.right and box.y <= place[1] <= box.bottom


def _area(box: Box) -> float:
    return box.width * box.height


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes have a place in common, on an edge at least."""
    across = one.x <= other.right and other.x <= one.right
    return across and one.y <= other.bottom and other.y <= one.bottom


def _share(box: Box, other: Box) -> float:
    """How much of a box another one covers, of 1; of a thin stroke's, which has no area, all."""
    width = min(box.right, other.right) - max(box.x, other.x)
    height = min(box.bottom, other.bottom) - max(box.y, other.y)
    return max(width, 0.0) * max(height, 0.0) / _area(box) if _area(box) else 1.0


def _gap(one: Box, other: Box) -> float:
    """How far two boxes are apart across; 0 where one is above the other."""
    return max(one.x - other.right, other.x - one.right, 0.0)
