"""Selected ink: which strokes of the pad are chosen, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.ink import Ink, Stroke
from core.selecting import Placement, lassoed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.box import Box
    from core.ink_index import InkChange
    from desktop.pad.pad import Pad

_PASTE_STEP = 24.0
"""Page pixels that pasted ink lies aside of what it was copied from, so that both can be seen."""


class Selection(QObject):
    """The chosen strokes of a pad.

    Signals:
        changed(tuple[Stroke, ...]): Other strokes are chosen now; in the order of the ink.
    """

    changed = Signal(object)

    def __init__(self, pad: Pad, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pad = pad
        self._strokes: tuple[Stroke, ...] = ()
        pad.inkEdited.connect(self._follow)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return self._strokes

    @property
    def ink(self) -> Ink:
        return Ink(self._strokes)

    @Slot(object)
    def choose_within(self, outline: NDArray[np.float32]) -> None:
        """Chooses the strokes that a lasso holds; `outline` is float32 (M, 2), page pixels."""
        strokes = self._pad.ink.strokes
        self._choose(strokes[index] for index in lassoed(strokes, outline))

    @Slot()
    def choose_all(self) -> None:
        self._choose(self._pad.ink.strokes)

    @Slot()
    def clear(self) -> None:
        self._choose(())

    @Slot(object)
    def place(self, placement: Placement) -> None:
        """Moves or scales the chosen strokes; they stay chosen."""
        moved = {stroke: placement.stroke(stroke) for stroke in self._strokes}
        self._pad.move(moved, self.tr("move ink"))

    @Slot()
    def delete(self) -> None:
        self._pad.remove_strokes(self._strokes, self.tr("delete ink"))

    def paste(self, ink: Ink, visible: Box) -> None:
        """Puts copied ink on the pad, beside what it was copied from if that is in sight, else in
        the middle of what is, and chooses it.

        Args:
            ink: What was copied.
            visible: The part of the page that is seen.
        """
        if not ink:
            return
        there = ink.box.centre
        if visible.contains(*there):
            placement = Placement(shift_x=_PASTE_STEP, shift_y=_PASTE_STEP)
        else:
            (x, y), (to_x, to_y) = there, visible.centre
            placement = Placement(shift_x=to_x - x, shift_y=to_y - y)
        pasted = tuple(map(placement.stroke, ink.strokes))
        self._pad.add_strokes(pasted, self.tr("paste ink"))
        self._choose(pasted)

    @Slot(object)
    def _follow(self, change: InkChange) -> None:
        """Keeps strokes chosen that were moved, or moved back; lets go of those that went."""
        if not self._strokes or not change.removed:
            return
        instead: dict[Stroke, Stroke | None] = dict.fromkeys(change.removed)
        if change.moved:
            instead = dict(zip(change.removed, change.added, strict=True))
        now = (instead.get(stroke, stroke) for stroke in self._strokes)
        self._choose(stroke for stroke in now if stroke is not None)

    def _choose(self, strokes: Iterable[Stroke]) -> None:
        chosen = tuple(strokes)
        if chosen != self._strokes:
            self._strokes = chosen
            self.changed.emit(chosen)
