"""The window with its pad and tools, without a model: for tests of the hand and the eye."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.hand.pen import Tool
from desktop.pad.ink_tools import InkTools
from desktop.pad.pad import Pad
from desktop.settings import Settings
from desktop.window import Window
from tests.desktop.hands import Hand, Stylus


class Desk:
    """The parts of the program that ink passes through, connected as the program connects them."""

    def __init__(self, folder: Path) -> None:
        self.pad = Pad()
        self.window = Window(self.pad.history)
        self.actions = self.window.tools
        self.canvas = self.window.canvas
        self.settings = Settings(folder / "settings.ini")
        self.tools = InkTools(self.actions, self.canvas, self.pad, self.settings)
        self.hand = Hand(self.canvas)
        self.stylus = Stylus(self.canvas)
        self.window.resize(960, 640)
        self.window.show()

    @property
    def strokes(self) -> tuple:
        return self.pad.ink.strokes

    def choose(self, tool: Tool) -> None:
        """Chooses a tool as people do, by its action."""
        self.action_of(tool).trigger()

    def action_of(self, tool: Tool) -> QAction:
        (action,) = (each for each in self.actions.tool_group.actions() if each.data() is tool)
        return action

    def undo(self) -> None:
        self.window.undo_action.trigger()

    def redo(self) -> None:
        self.window.redo_action.trigger()

    def press_key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.canvas.setFocus()
        QTest.keyClick(self.canvas, key, held)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drags with the left button, places in canvas pixels, which may be fractions of one."""
        places = [QPointF(*start).toPoint(), QPointF(*end).toPoint()]
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=places[0])
        middle = (places[0] + places[1]) / 2
        for place in (middle, places[1]):
            QTest.mouseMove(self.canvas, QPoint(place))
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=places[1])

    def select_all(self) -> None:
        self.press_key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    def pixels(self) -> np.ndarray:
        """What the canvas shows, int16 (H, W, 3)."""
        return pixels_of(self.canvas)

    def seen_anew(self) -> np.ndarray:
        """What it would show if all of its ink were painted from nothing."""
        self.canvas.set_ink(self.pad.ink)
        return self.pixels()


def pixels_of(widget: QWidget) -> np.ndarray:
    """What a widget shows once all is painted, int16 (H, W, 3)."""
    for _ in range(100):
        image = widget.grab().toImage()
        if not widget._layers.stale:
            break
        QApplication.processEvents()
    return pixels_of_image(image)


def pixels_of_image(image: QImage) -> np.ndarray:
    """The pixels of an image, int16 (H, W, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), -1, 3).astype(np.int16)


def difference(one: np.ndarray, other: np.ndarray) -> int:
    """The largest difference of any channel of any pixel."""
    return int(np.abs(one - other).max())
