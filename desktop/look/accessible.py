"""What a screen reader is told of widgets of our own that Qt knows nothing about: their role."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_ROLES = {
    "Canvas": QAccessible.Role.Canvas,
    "PageView": QAccessible.Role.Graphic,
    "TileView": QAccessible.Role.Graphic,
}
"""By the class; without one a widget counts as a filler, which screen readers pass over."""


@cache
def install_roles() -> None:
    """Has Qt ask us first about widgets of our own; once is enough."""
    QAccessible.installFactory(_interface)


def _interface(class_name: str, about: QObject) -> QAccessibleInterface | None:
    role = _ROLES.get(class_name)
    if role is None or not isinstance(about, QWidget):
        return None
    # an empty name here leaves the widget's accessible name to be told
    return QAccessibleWidget(about, role, "")
