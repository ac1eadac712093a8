"""When a widget was first painted: what can wait begins then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LATEST = 1000
"""Milliseconds after which nobody waits any more: a window that opens minimised is not painted."""


class FirstPaint(QObject):
    """Watches a widget.

    Signals:
        painted: What was first painted is on the display; or it is late, and not to be waited for.
    """

    painted = Signal()

    def __init__(self, widget: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widget = widget
        self._told = False
        widget.installEventFilter(self)

    def begin(self) -> None:
        """The widget is shown now."""
        QTimer.singleShot(LATEST, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # the loop comes back when all of the window is painted, and on the display
            QTimer.singleShot(0, self._tell)
        return False

    @Slot()
    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self.painted.emit()
