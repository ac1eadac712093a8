"""The ink of a page by its place: what is near, without a look at every stroke."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.box import Box, enclosing
from core.curves import reach
from core.ink import Ink, Stroke

CELL = 128.0
"""Side of a cell of the grid, in pixels: about a character, so that few strokes are in many cells
and few cells hold many strokes."""

MOST_CELLS = 1024
"""A stroke over more cells than this is kept in a list of its own: ink that lies far outside any
pad would otherwise fill the memory."""


@dataclass(frozen=True, eq=False)
class InkChange:
    """Strokes that went and strokes that came, as one step.

    Attributes:
        taken: Places of the strokes that went, in the ink before, rising.
        removed: The strokes that were there.
        placed: Places of the strokes that came, in the ink after, rising.
        added: The strokes that are there now.
        moved: Whether each of `added` is the one of `removed` in its place, moved or scaled.
    """

    taken: tuple[int, ...] = ()
    removed: tuple[Stroke, ...] = ()
    placed: tuple[int, ...] = ()
    added: tuple[Stroke, ...] = ()
    moved: bool = False

    def __post_init__(self) -> None:
        if len(self.taken) != len(self.removed) or len(self.placed) != len(self.added):
            raise ValueError("a place for each stroke")
        if self.moved and self.taken != self.placed:
            raise ValueError("what is moved stays in its place among the others")

    @property
    def undone(self) -> InkChange:
        """The change that takes this one back."""
        return InkChange(self.placed, self.added, self.taken, self.removed, self.moved)


class InkIndex:
    """Strokes in their order, found by place.

    A stroke that only others come and go around is the same object before and after.
    """

    def __init__(self, strokes: Iterable[Stroke] = ()) -> None:
        self._strokes: list[Stroke] = []
        self._cells: dict[tuple[int, int], set[Stroke]] = {}
        self._large: set[Stroke] = set()
        self._places: dict[Stroke, int] | None = {}
        self._ink: Ink | None = Ink()
        self._box: Box | None = None
        self._box_known = True
        for stroke in strokes:
            self._append(stroke)

    def __len__(self) -> int:
        return len(self._strokes)

    def __contains__(self, stroke: Stroke) -> bool:
        return stroke in self._all_places()

    @property
    def ink(self) -> Ink:
        """All strokes as they are now."""
        if self._ink is None:
            self._ink = Ink(tuple(self._strokes))
        return self._ink

    @property
    def box(self) -> Box | None:
        """The box of all ink with its width; None where there is none."""
        if not self._box_known:
            self._box = enclosing(map(seen_box, self._strokes)) if self._strokes else None
            self._box_known = True
        return self._box

    def place_of(self, stroke: Stroke) -> int:
        """Where in the order a stroke is.

        Raises:
            KeyError: It is not here.
        """
        return self._all_places()[stroke]

    def in_box(self, box: Box) -> tuple[Stroke, ...]:
        """The strokes that may be seen within `box`, in their order."""
        near = set(self._large)
        for cell in _cells_of(box) if _cell_count(box) <= len(self._cells) else self._cells:
            near.update(self._cells.get(cell, ()))
        near = {stroke for stroke in near if _meet(seen_box(stroke), box)}
        return tuple(sorted(near, key=self._all_places().__getitem__))

    def apply(self, change: InkChange) -> None:
        """Takes and places what the change says.

        Raises:
            ValueError: The change is one of other ink.
        """
        for place, stroke in zip(change.taken, change.removed, strict=True):
            if place >= len(self._strokes) or self._strokes[place] is not stroke:
                raise ValueError("this change is one of other ink")
        self._remove(change.taken, change.removed)
        if change.placed and change.placed[0] == len(self._strokes):
            for stroke in change.added:
                self._append(stroke)
        else:
            self._insert(change.placed, change.added)

    def _append(self, stroke: Stroke) -> None:
        if self._places is not None:
            self._places[stroke] = len(self._strokes)
        self._strokes.append(stroke)
        self._enter(stroke)
        if self._box_known:
            box = seen_box(stroke)
            self._box = box if self._box is None else enclosing((self._box, box))
        self._ink = None

    def _insert(self, places: Sequence[int], strokes: Sequence[Stroke]) -> None:
        for place, stroke in zip(places, strokes, strict=True):
            self._strokes.insert(place, stroke)
            self._enter(stroke)
        if strokes:
            self._forget()

    def _remove(self, places: Sequence[int], strokes: Sequence[Stroke]) -> None:
        at_end = bool(places) and places[0] == len(self._strokes) - len(places)
        for place in reversed(places):
            del self._strokes[place]
        for stroke in strokes:
            self._leave(stroke)
            if at_end and self._places is not None:
                del self._places[stroke]
        if strokes:
            places_then = self._places if at_end else None
            self._forget()
            self._places = places_then

    def _forget(self) -> None:
        self._places = self._ink = None
        self._box_known = False

    def _enter(self, stroke: Stroke) -> None:
        box = seen_box(stroke)
        if _cell_count(box) > MOST_CELLS:
            self._large.add(stroke)
            return
        for cell in _cells_of(box):
            self._cells.setdefault(cell, set()).add(stroke)

    def _leave(self, stroke: Stroke) -> None:
        self._large.discard(stroke)
        box = seen_box(stroke)
        if _cell_count(box) > MOST_CELLS:
            return
        for cell in _cells_of(box):
            held = self._cells[cell]
            held.discard(stroke)
            if not held:
                del self._cells[cell]

    def _all_places(self) -> dict[Stroke, int]:
        if self._places is None:
            self._places = dict(zip(self._strokes, range(len(self._strokes)), strict=True))
        return self._places


def seen_box(stroke: Stroke) -> Box:
    """The box of a stroke with its width."""
    return stroke.box.grown(reach(stroke.style))


def _span(low: float, high: float) -> range:
    return range(math.floor(low / CELL), math.floor(high / CELL) + 1)


def _cell_count(box: Box) -> int:
    return len(_span(box.x, box.right)) * len(_span(box.y, box.bottom))


def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
    rows = _span(box.y, box.bottom)
    return ((column, row) for column in _span(box.x, box.right) for row in rows)


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x <= other.right
        and other.x <= one.right
        and one.y <= other.bottom
        and other.y <= one.bottom
    )
