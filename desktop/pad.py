"""The pad: the ink that is on it, and its history."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from core.ink import Ink, Stroke, touched_strokes
from desktop.edits import AddStrokes, RemoveStrokes

ERASER_RADIUS = 8.0
"""How near the eraser must come to a stroke's line, in pixels."""


class Pad(QObject):
    """Holds the ink; every change goes through its undo stack.

    Signals:
        inkChanged: The ink is another one now.
    """

    inkChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._erasing = False
        self.history = QUndoStack(self)

    @property
    def ink(self) -> Ink:
        return Ink(tuple(self._strokes))

    def add_stroke(self, stroke: Stroke) -> None:
        self.history.push(AddStrokes(self, (stroke,), self.tr("draw")))

    def replace_ink(self, ink: Ink) -> None:
        """Puts `ink` on an empty pad, or in the place of what is there, as one step."""
        self.history.beginMacro(self.tr("open ink"))
        self.clear()
        self.history.push(AddStrokes(self, ink.strokes, self.tr("open ink")))
        self.history.endMacro()

    def clear(self) -> None:
        if self._strokes:
            every = tuple(range(len(self._strokes)))
            self.history.push(RemoveStrokes(self, every, self.tr("clear")))

    def erase_at(self, x: float, y: float) -> None:
        """Removes the strokes that run through a place; all of one gesture are one step."""
        hit = touched_strokes(self.ink, x, y, radius=ERASER_RADIUS)
        if not hit:
            return
        if not self._erasing:
            self._erasing = True
            self.history.beginMacro(self.tr("erase"))
        self.history.push(RemoveStrokes(self, hit, self.tr("erase")))

    def finish_erasing(self) -> None:
        if self._erasing:
            self._erasing = False
            self.history.endMacro()

    def insert(self, places: tuple[int, ...], strokes: tuple[Stroke, ...]) -> None:
        """For the undo commands: puts `strokes` at `places`, which are in rising order."""
        for place, stroke in zip(places, strokes, strict=True):
            self._strokes.insert(place, stroke)
        self.inkChanged.emit()

    def take(self, places: tuple[int, ...]) -> tuple[Stroke, ...]:
        """For the undo commands: takes the strokes at `places`, which are in rising order."""
        taken = tuple(self._strokes[place] for place in places)
        gone = set(places)
        self._strokes = [stroke for place, stroke in enumerate(self._strokes) if place not in gone]
        self.inkChanged.emit()
        return taken

    def count(self) -> int:
        """How many strokes there are."""
        return len(self._strokes)
