"""What can be undone on a pad. Strokes never change, so a step is the strokes that came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from core.ink import Stroke

if TYPE_CHECKING:
    from desktop.pad import Pad


class AddStrokes(QUndoCommand):
    """Strokes put on top of the others."""

    def __init__(self, pad: Pad, strokes: tuple[Stroke, ...], text: str) -> None:
        super().__init__(text)
        self._pad = pad
        self._strokes = strokes
        self._places = tuple(range(pad.count(), pad.count() + len(strokes)))

    def redo(self) -> None:
        self._pad.insert(self._places, self._strokes)

    def undo(self) -> None:
        self._pad.take(self._places)


class RemoveStrokes(QUndoCommand):
    """Strokes erased; undoing puts them back between their neighbours."""

    def __init__(self, pad: Pad, places: tuple[int, ...], text: str) -> None:
        super().__init__(text)
        self._pad = pad
        self._places = places
        self._strokes: tuple[Stroke, ...] = ()

    def redo(self) -> None:
        self._strokes = self._pad.take(self._places)

    def undo(self) -> None:
        self._pad.insert(self._places, self._strokes)
