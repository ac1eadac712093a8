"""Zoom, pan and guide lines, and ink under the tip at any of them and at any display scale."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QInputDevice,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.box import Box
from core.guides import Guides
from core.ink import Stroke, StrokeKind
from core.ink_index import InkIndex
from desktop.canvas.ink_layers import InkLayers
from desktop.canvas.page_place import LARGEST_ZOOM, LEAST_ZOOM, PagePlace
from desktop.hand.pen import Tool
from tests.desktop.desk import Desk, difference, pixels_of_image

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path):
    desk = Desk(tmp_path)
    qtbot.addWidget(desk.window)
    return desk


def wheel(desk, place: tuple[float, float], turn: QPoint, *, held=None, pixels=None) -> None:
    event = QWheelEvent(
        QPointF(*place),
        QPointF(desk.canvas.mapToGlobal(QPointF(*place))),
        QPoint() if pixels is None else pixels,
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier if held is None else held,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  # Qt's
    )
    QApplication.sendEvent(desk.canvas, event)


def dark_box(desk) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is dark on the canvas."""
    dark = np.argwhere(desk.pixels().sum(axis=2) < 380)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    return left, top, right, bottom


def test_ctrl_wheel_zooms_around_the_pointer(desk):
    there = desk.canvas.place.to_page(300, 200)
    for _ in range(4):
        wheel(desk, (300, 200), QPoint(0, 120), held=CTRL)
    assert desk.canvas.place.zoom == pytest.approx(1.2**4)
    assert desk.canvas.place.to_page(300, 200) == pytest.approx(there, abs=0.5)
    for _ in range(60):
        wheel(desk, (300, 200), QPoint(0, 120), held=CTRL)
    assert desk.canvas.place.zoom == LARGEST_ZOOM
    for _ in range(90):
        wheel(desk, (300, 200), QPoint(0, -120), held=CTRL)
    assert desk.canvas.place.zoom == LEAST_ZOOM


def test_the_wheel_and_two_fingers_on_a_touchpad_scroll(desk):
    wheel(desk, (300, 200), QPoint(0, -120))
    assert (desk.canvas.place.x, desk.canvas.place.y) == (0, -64)
    wheel(desk, (300, 200), QPoint(0, -120), held=Qt.KeyboardModifier.ShiftModifier)
    assert (desk.canvas.place.x, desk.canvas.place.y) == (-64, -64)
    wheel(desk, (300, 200), QPoint(5, 9), pixels=QPoint(4, 14))
    assert (desk.canvas.place.x, desk.canvas.place.y) == (-60, -50)


def test_keys_zoom_and_bring_the_page_back(desk):
    desk.window.activateWindow()
    desk.press_key(Qt.Key.Key_Plus, CTRL)
    desk.press_key(Qt.Key.Key_Equal, CTRL)
    assert desk.canvas.place.zoom == pytest.approx(1.44)
    desk.press_key(Qt.Key.Key_Minus, CTRL)
    assert desk.canvas.place.zoom == pytest.approx(1.2)
    desk.press_key(Qt.Key.Key_0, CTRL)
    assert desk.canvas.place == PagePlace()


def test_space_and_the_middle_button_drag_the_page(desk):
    canvas = desk.canvas
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    desk.hand.draw((100, 100), (160, 130))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert (canvas.place.x, canvas.place.y) == (60, 30)
    desk.hand.draw((100, 100), (90, 90), button=Qt.MouseButton.MiddleButton)
    assert (canvas.place.x, canvas.place.y) == (50, 20)
    assert desk.pad.count() == 0
    desk.hand.draw((100, 100), (160, 130))
    assert desk.strokes[0].xy[0].tolist() == [50, 80]


def test_a_pinch_zooms_and_moves_and_leaves_no_ink(desk):
    canvas = desk.canvas
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(canvas, screen).press(0, QPoint(200, 200), canvas).commit()
    second = QTest.touchEvent(canvas, screen)
    second.move(0, QPoint(201, 200), canvas).press(1, QPoint(301, 200), canvas).commit()
    there = canvas.place.to_page(251, 200)
    for step in range(1, 11):
        left, right = QPoint(201 - 5 * step, 200), QPoint(301 + 5 * step, 200 + 2 * step)
        QTest.touchEvent(canvas, screen).move(0, left, canvas).move(1, right, canvas).commit()
    assert canvas.place.zoom == pytest.approx(2.0, rel=0.01)
    assert canvas.place.to_page(251, 210) == pytest.approx(there, abs=0.5)
    end = QTest.touchEvent(canvas, screen)
    end.release(0, QPoint(151, 200), canvas).release(1, QPoint(351, 220), canvas).commit()
    assert desk.pad.count() == 0
    assert canvas.live_stroke is None


def test_a_finger_laid_beside_a_long_stroke_does_nothing(desk):
    canvas = desk.canvas
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(canvas, screen).press(0, QPoint(100, 100), canvas).commit()
    for x in range(110, 200, 10):
        QTest.touchEvent(canvas, screen).move(0, QPoint(x, 100), canvas).commit()
    second = QTest.touchEvent(canvas, screen)
    second.move(0, QPoint(195, 100), canvas).press(1, QPoint(300, 300), canvas).commit()
    both = QTest.touchEvent(canvas, screen)
    both.move(0, QPoint(210, 100), canvas).move(1, QPoint(320, 300), canvas).commit()
    end = QTest.touchEvent(canvas, screen)
    end.release(0, QPoint(210, 100), canvas).release(1, QPoint(320, 300), canvas).commit()
    (stroke,) = desk.strokes
    assert (stroke.box.x, stroke.box.right) == (100, 210)
    assert canvas.place == PagePlace()


def test_a_pinch_on_a_touchpad_zooms(desk):
    touchpad = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        touchpad,
        2,
        QPointF(100, 100),
        QPointF(100, 100),
        QPointF(100, 100),
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(desk.canvas, event)
    assert desk.canvas.place.zoom == 1.25


@pytest.mark.parametrize("zoom", [0.5, 1.7, 4.0])
def test_ink_is_under_the_tip_and_stored_in_page_pixels(desk, zoom):
    canvas = desk.canvas
    canvas.zoom_by(zoom, QPointF(120, 90))
    canvas.move_page(33, -21)
    place = canvas.place
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 150))
    QTest.mouseMove(canvas, QPoint(300, 150))
    assert np.allclose(canvas.live_stroke.xy[-1], place.to_page(300, 150), atol=1e-3)
    half = 3 * zoom
    assert dark_box(desk) == pytest.approx((100 - half, 150 - half, 300 + half, 150 + half), abs=1)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert np.allclose(desk.strokes[0].xy[0], place.to_page(100, 150), atol=1e-3)
    live = desk.pixels()
    assert difference(live, desk.seen_anew()) <= 3


def test_what_was_moved_or_zoomed_is_what_would_be_painted_there(desk):
    desk.hand.seven()
    desk.choose(Tool.MARKER)
    desk.hand.plus()
    for act in (
        lambda: desk.canvas.move_page(37, 21),
        lambda: desk.canvas.move_page(-300, -90),
        lambda: desk.canvas.zoom_by(1.9, QPointF(50, 60)),
        lambda: desk.window.resize(1200, 800),
        lambda: desk.window.resize(700, 500),
        lambda: desk.canvas.move_page(120, 77),
        desk.canvas.reset_zoom,
    ):
        act()
        QApplication.processEvents()
        assert difference(desk.pixels(), desk.seen_anew()) == 0


def test_eraser_and_lasso_work_where_they_are_seen(desk):
    desk.hand.plus()
    upright, bar = desk.strokes
    desk.canvas.zoom_by(2, QPointF(0, 0))
    desk.choose(Tool.SELECT)
    desk.hand.draw((200, 320), (600, 320), (600, 400), (200, 400))
    assert desk.tools.selection.strokes == (bar,)
    desk.drag((400, 360), (420, 380))
    assert np.allclose(desk.strokes[1].xy, bar.xy + np.array([10, 10]))
    desk.choose(Tool.ERASER)
    desk.hand.draw((380, 250), (420, 250))
    assert upright not in desk.strokes


def test_boxes_are_drawn_where_their_ink_is_seen(desk):
    desk.hand.draw((100, 100), (200, 100), (200, 200), (100, 200))
    desk.canvas.zoom_by(0.5, QPointF(0, 0))
    before = desk.pixels()
    desk.canvas.set_boxes((desk.strokes[0].box,), 0)
    changed = np.argwhere(np.abs(desk.pixels() - before).sum(axis=2) > 60)
    assert changed.min(axis=0) == pytest.approx([47, 47], abs=2)
    assert changed.max(axis=0) == pytest.approx([103, 103], abs=2)


def test_ink_cannot_be_moved_out_of_sight(desk):
    desk.hand.plus()
    for _ in range(40):
        desk.canvas.move_page(500, 300)
    shown = desk.canvas.visible_box
    assert shown.x < 0
    assert shown.right > 0
    assert shown.bottom > 0


def test_guides_are_lines_at_their_heights_and_move_with_the_page(desk):
    before = desk.pixels()
    desk.actions.guides_action.trigger()
    guides = desk.tools.guides
    assert guides == Guides()
    shown = np.abs(desk.pixels() - before).sum(axis=2)
    baseline = shown[round(guides.baseline(1)), 40]
    for height in (guides.x_height, guides.capital_height):
        fainter = shown[round(guides.baseline(1) - height), 40]
        assert 20 < fainter < baseline
    assert shown[round(guides.baseline(1)) + 8, 40] == 0
    desk.canvas.zoom_by(2, QPointF(0, 0))
    assert np.abs(desk.pixels() - before).sum(axis=2)[round(2 * guides.baseline(1)), 40] > 60
    desk.actions.guides_action.trigger()
    assert difference(before, desk.pixels()) == 0


def test_layers_follow_the_scale_of_their_display(qapp):
    stroke = Stroke.through(np.array([[10, 20], [80, 30]], np.float32))

    def shown(*ratios: float) -> np.ndarray:
        layers = InkLayers(InkIndex([stroke]))
        for ratio in ratios:
            layers.resize(QSize(100, 50), ratio)
            while layers.stale:
                layers.paint_stale(1.0)
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            layers.draw(painter, StrokeKind.PEN)
        return pixels_of_image(image)

    assert difference(shown(1, 2), shown(2)) == 0
    dark = np.argwhere(shown(2).sum(axis=2) < 380)
    assert dark.min(axis=0) == pytest.approx([34, 14], abs=1)
    assert dark.max(axis=0) == pytest.approx([65, 165], abs=1)


def test_the_place_of_a_page_maps_there_and_back():
    place = PagePlace(1.5, 10.25, -7)
    assert place.to_page(*place.to_canvas(3, 4)) == pytest.approx((3, 4))
    assert place.box_to_page(place.box_to_canvas(Box(1, 2, 3, 4))) == Box(1, 2, 3, 4)
    assert place.on_grid(1.25).x * 1.25 == round(10.25 * 1.25)
    for wrong in (0.0, 9.0, float("nan")):
        with pytest.raises(ValueError, match="zoom"):
            PagePlace(wrong)
    with pytest.raises(ValueError, match="somewhere"):
        PagePlace(1, float("nan"), 0)


SCALED = """
import json, sys, tempfile
from pathlib import Path
import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from desktop.app import make_application
from tests.desktop.desk import Desk, difference
application = make_application(["scaled"])
desk = Desk(Path(tempfile.mkdtemp()))
application.processEvents()
canvas, window = desk.canvas, desk.window
window.grab()
offset = canvas.mapTo(window, QPoint(0, 0))

def shown():
    # through the window, in which the canvas need not begin at a whole pixel
    image = window.grab().toImage().convertToFormat(window.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(np.int16)

ratio = canvas.devicePixelRatioF()
left, top = round((offset.x() + 40) * ratio), round((offset.y() + 60) * ratio)
right, bottom = round((offset.x() + 330) * ratio), round((offset.y() + 180) * ratio)
QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 121))
for x in range(110, 301, 10):
    QTest.mouseMove(canvas, QPoint(x, 121))
before = shown()[top:bottom, left:right]
QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 121))
after = shown()[top:bottom, left:right]
dark = np.argwhere(before.sum(axis=2) < 380)
(y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0) + 1
print(json.dumps({
    "ratio": ratio,
    "jump": difference(before, after),
    "box": [(x0 + left) / ratio - offset.x(), (y0 + top) / ratio - offset.y(),
            (x1 + left) / ratio - offset.x(), (y1 + top) / ratio - offset.y()],
}))
"""


@pytest.mark.parametrize("scale", ["1.25", "1.5", "2"])
def test_ink_is_under_the_tip_and_does_not_jump_at_any_display_scale(scale):
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCALED],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told = json.loads(done.stdout)
    assert told["ratio"] == float(scale)
    assert told["jump"] <= 3
    assert told["box"] == pytest.approx([97, 118, 303, 124], abs=0.7)
