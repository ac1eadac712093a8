"""Letters where the system has none: without a font, Qt draws a box for every one of them."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from core.models import assets_folder

OWN_FONT = assets_folder() / "fonts/Oxygen-Sans.ttf"
"""Has the letters of every language of ours."""


def provide_letters() -> bool:
    """Whether the fonts of the system have no letters, so that ours was taken. To be called before
    the window is made.

    Costs nothing: the first text that is measured has Qt look for the fonts anyway.
    """
    if QFontMetrics(QApplication.font()).inFontUcs4(ord("a")):
        return False
    QFontDatabase.addApplicationFont(str(OWN_FONT))
    return True
