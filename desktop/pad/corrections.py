"""What a person put right on the pad, step by step, so that it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.corrections import Correction, carried

if TYPE_CHECKING:
    from core.ink import Stroke
    from core.ink_index import InkChange


class Corrections(QObject):
    """Holds the corrections of the pad; every change goes through its undo stack.

    Signals:
        changed: They are others now.
    """

    changed = Signal()

    def __init__(self, history: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._all: tuple[Correction, ...] = ()

    @property
    def all(self) -> tuple[Correction, ...]:
        """The latest last."""
        return self._all

    def put(self, corrections: tuple[Correction, ...], text: str) -> None:
        """Adds corrections, in the place of those about the same strokes, as one step.

        Args:
            corrections: At least one.
            text: What the step is called.
        """
        mine = {stroke for one in corrections for stroke in one.strokes}
        self._become((*self._without(mine), *corrections), text)

    def forget(self, strokes: tuple[Stroke, ...], text: str) -> None:
        """Takes back what was said about strokes, if anything was, as one step."""
        rest = self._without(set(strokes))
        if rest != self._all:
            self._become(rest, text)

    def replace(self, corrections: tuple[Correction, ...]) -> None:
        """For the undo commands, and for a pad that was opened."""
        self._all = corrections
        self.changed.emit()

    @Slot(object)
    def follow(self, change: InkChange) -> None:
        """Has corrections go on about strokes that were moved, or moved back. It is no step of its
        own: the ink's step, undone, takes them back with it."""
        if not change.moved or not self._all:
            return
        now = dict(zip(change.removed, change.added, strict=True))
        self.replace(carried(self._all, now))

    def _without(self, strokes: set[Stroke]) -> tuple[Correction, ...]:
        return tuple(one for one in self._all if strokes.isdisjoint(one.strokes))

    def _become(self, corrections: tuple[Correction, ...], text: str) -> None:
        self._history.push(_Correct(self, self._all, corrections, text))


class _Correct(QUndoCommand):
    def __init__(
        self,
        corrections: Corrections,
        before: tuple[Correction, ...],
        after: tuple[Correction, ...],
        text: str,
    ) -> None:
        super().__init__(text)
        self._corrections = corrections
        self._before, self._after = before, after

    def redo(self) -> None:
        self._corrections.replace(self._after)

    def undo(self) -> None:
        self._corrections.replace(self._before)
