"""A frame that shows a view to have the keyboard, for views that show nothing of it themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

_WIDTH = 3
"""Pixels; 2 is the least that WCAG 2.2 asks for (2.4.13)."""

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusFrame(QWidget):
    """Holds a part of the window; framed while one of `views` in it has the focus by a key.

    Whoever clicks or writes sees where the focus is, and is not shown a frame.
    """

    def __init__(
        self, inside: QWidget, views: tuple[QWidget, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._views = views
        self.shown = False
        column = QVBoxLayout(self)
        column.setContentsMargins(_WIDTH, _WIDTH, _WIDTH, _WIDTH)
        column.addWidget(inside)
        for view in views:
            view.installEventFilter(self)

    def add(self, view: QWidget) -> None:
        """Takes another view in the part for one of `views`."""
        self._views = (*self._views, view)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and watched in self._views:
            came = event.type() == QEvent.Type.FocusIn
            self.shown = came and event.reason() in _BY_KEYBOARD
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, painter = self.palette(), QPainter(self)
        if self.shown:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2 * _WIDTH))
            painter.drawRect(self.rect())
        elif palette.color(QPalette.ColorRole.Base) == palette.color(QPalette.ColorRole.Window):
            # where paper and window are of one colour, a line tells where the paper ends
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
