"""What can be undone on a pad. Strokes never change, so a step is the strokes that came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from core.ink_index import InkChange
    from desktop.pad.pad import Pad


class ChangeInk(QUndoCommand):
    """Strokes that went, and strokes that came; undone, each is back between its neighbours."""

    def __init__(self, pad: Pad, change: InkChange, text: str) -> None:
        super().__init__(text)
        self._pad = pad
        self._change = change

    def redo(self) -> None:
        self._pad.apply(self._change)

    def undo(self) -> None:
        self._pad.apply(self._change.undone)
