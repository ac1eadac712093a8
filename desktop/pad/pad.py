"""The pad: the ink that is on it, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from core.ink_index import InkChange, InkIndex
from core.selecting import Sweep, touched, without_swept
from desktop.pad.edits import ChangeInk

if TYPE_CHECKING:
    from core.ink import Ink, Stroke


class Pad(QObject):
    """Holds the ink; every change goes through its undo stack.

    Signals:
        inkEdited(InkChange): What has just changed; sent before `inkChanged`.
        inkChanged: The ink is another one now.
    """

    inkEdited = Signal(object)
    inkChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = InkIndex()
        self._erasing = False
        self.history = QUndoStack(self)

    @property
    def ink(self) -> Ink:
        return self._index.ink

    def add_stroke(self, stroke: Stroke) -> None:
        self.add_strokes((stroke,), self.tr("draw"))

    def add_strokes(self, strokes: tuple[Stroke, ...], text: str) -> None:
        """Puts strokes on top of the others, as one step called `text`."""
        places = tuple(range(self.count(), self.count() + len(strokes)))
        self._push(InkChange(placed=places, added=strokes), text)

    def replace_ink(self, ink: Ink) -> None:
        """Puts `ink` on an empty pad, or in the place of what is there, as one step."""
        old = self.ink.strokes
        change = InkChange(tuple(range(len(old))), old, tuple(range(len(ink.strokes))), ink.strokes)
        if change.taken or change.placed:
            self._push(change, self.tr("open ink"))

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Makes one step of `replace_ink` and of what else comes with the ink."""
        self.history.beginMacro(self.tr("open ink"))
        try:
            yield
        finally:
            self.history.endMacro()

    def clear(self) -> None:
        if self.ink:
            self.remove_strokes(self.ink.strokes, self.tr("clear"))

    def remove_strokes(self, strokes: Sequence[Stroke], text: str) -> None:
        """Takes strokes off, as one step called `text`."""
        self.exchange(dict.fromkeys(strokes, ()), text)

    def exchange(self, instead: Mapping[Stroke, tuple[Stroke, ...]], text: str) -> None:
        """Puts other strokes in the place of some, as one step called `text`.

        Args:
            instead: For each stroke that goes, what comes between its neighbours; maybe nothing.
            text: What the step is called.

        Raises:
            KeyError: A stroke is not on the pad.
        """
        if not instead:
            return
        old = sorted(instead, key=self._index.place_of)
        taken = tuple(map(self._index.place_of, old))
        placed: list[int] = []
        grown = 0
        for place, stroke in zip(taken, old, strict=True):
            came = len(instead[stroke])
            placed += range(place + grown, place + grown + came)
            grown += came - 1
        added = tuple(stroke for gone in old for stroke in instead[gone])
        self._push(InkChange(taken, tuple(old), tuple(placed), added), text)

    def move(self, instead: Mapping[Stroke, Stroke], text: str) -> None:
        """Puts strokes elsewhere, as one step called `text`.

        Args:
            instead: Each stroke, and the same one as it is to be.
            text: What the step is called.

        Raises:
            KeyError: A stroke is not on the pad.
        """
        if not instead:
            return
        old = tuple(sorted(instead, key=self._index.place_of))
        places = tuple(map(self._index.place_of, old))
        new = tuple(instead[stroke] for stroke in old)
        self._push(InkChange(places, old, places, new, moved=True), text)

    def erase(self, sweep: Sweep, by_area: bool) -> None:
        """Removes what an eraser passed over, whole strokes or parts of them; all of one gesture
        is one step."""
        near = self._index.in_box(sweep.box)
        instead: dict[Stroke, tuple[Stroke, ...]] = {}
        for stroke in near:
            if touched(stroke, sweep):
                instead[stroke] = without_swept(stroke, sweep) if by_area else ()
        if not instead:
            return
        if not self._erasing:
            self._erasing = True
            self.history.beginMacro(self.tr("erase"))
        self.exchange(instead, self.tr("erase"))

    def finish_erasing(self) -> None:
        if self._erasing:
            self._erasing = False
            self.history.endMacro()

    def apply(self, change: InkChange) -> None:
        """For the undo commands: makes a change."""
        self._index.apply(change)
        self.inkEdited.emit(change)
        self.inkChanged.emit()

    def count(self) -> int:
        """How many strokes there are."""
        return len(self._index)

    def _push(self, change: InkChange, text: str) -> None:
        self.history.push(ChangeInk(self, change, text))
