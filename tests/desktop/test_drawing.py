"""From the hand to the chart: mouse, stylus and finger on the real canvas, read by the model."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest

from core.ink import UNKNOWN_PRESSURE
from desktop.reading.chart import PROBABILITY_ROLE
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import Hand, Stylus


def chart_rows(program) -> list[tuple[str, float]]:
    model = program.window.panel.chart.model()
    return [
        (model.index(row).data(), model.index(row).data(PROBABILITY_ROLE))
        for row in range(model.rowCount())
    ]


def canvas_pixels(program) -> np.ndarray:
    image = program.window.canvas.grab().toImage()
    return np.array(
        [
            [image.pixelColor(x, y).lightness() for x in range(0, image.width(), 4)]
            for y in range(0, image.height(), 4)
        ]
    )


def test_a_seven_drawn_with_the_mouse_reaches_the_chart(program, hand, answered):
    hand.seven()
    answered()
    rows = chart_rows(program)
    assert rows[0][0] == "7"
    assert rows[0][1] == max(probability for _, probability in rows)
    assert program.window.panel.text.toPlainText() == "7"
    assert program.window.panel.tile._tile is not None


def test_answers_come_while_the_pen_is_down(program, qtbot, answered):
    canvas = program.window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    for x in range(150, 260, 5):
        QTest.mouseMove(canvas, QPoint(x, 100))
    for step in range(20):
        QTest.mouseMove(canvas, QPoint(260 - 4 * step, 100 + 9 * step))
    qtbot.waitUntil(lambda: bool(chart_rows(program)), timeout=ANSWER_TIMEOUT)
    assert program.pad.count() == 0
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(184, 271))
    answered()
    assert program.pad.count() == 1


def test_ink_is_painted_as_it_is_drawn(program):
    canvas = program.window.canvas
    before = (canvas_pixels(program) < 100).sum()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(canvas, QPoint(300, 60))
    during = (canvas_pixels(program) < 100).sum()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 60))
    after = (canvas_pixels(program) < 100).sum()
    assert during > before
    assert after == during


def test_an_empty_pad_is_nothing_and_never_a_class(program, hand, answered):
    hand.seven()
    answered()
    program.window.clear_action.trigger()
    answer = answered()
    assert answer.reading.nothing_here
    assert chart_rows(program) == []
    assert program.window.panel.summary.text() == "Nothing here"


def test_one_click_is_a_dot(program, answered):
    QTest.mouseClick(program.window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    answered()
    assert chart_rows(program)[0][0] == "."


def test_a_mouse_has_the_nominal_width(program, hand):
    hand.seven()
    (stroke,) = program.pad.ink.strokes
    assert (stroke.points[:, 2] == UNKNOWN_PRESSURE).all()


def test_a_stylus_keeps_its_pressure(program, stylus, answered):
    stylus.press((150, 100), 0.2)
    stylus.move((200, 100), 0.6)
    stylus.move((260, 100), 0.9)
    stylus.move((190, 280), 0.4)
    stylus.release((190, 280))
    (stroke,) = program.pad.ink.strokes
    assert stroke.points[:, 2].tolist() == pytest.approx([0.2, 0.6, 0.9, 0.4], abs=1e-6)
    answered()
    assert chart_rows(program)[0][0] == "7"


def test_a_stylus_without_a_pressure_axis_draws_at_the_nominal_width(program):
    Stylus(program.window.canvas, pressure=False).draw((100, 100), (200, 100), pressure=0.0)
    (stroke,) = program.pad.ink.strokes
    assert (stroke.points[:, 2] == UNKNOWN_PRESSURE).all()


def test_pressure_widens_what_is_seen(program, stylus):
    stylus.draw((60, 60), (300, 60), pressure=0.1)
    thin = (canvas_pixels(program) < 100).sum()
    stylus.draw((60, 60), (300, 60), pressure=1.0)
    assert (canvas_pixels(program) < 100).sum() > thin


def test_the_eraser_end_takes_whole_strokes_and_gives_them_back(program, hand, answered):
    hand.plus()
    upright, bar = program.pad.ink.strokes
    Stylus(program.window.canvas, eraser=True).draw((100, 120), (240, 120))
    assert program.pad.ink.strokes == (bar,)
    program.window.undo_action.trigger()
    assert program.pad.ink.strokes == (upright, bar)
    program.window.redo_action.trigger()
    assert program.pad.ink.strokes == (bar,)
    answered()
    # a bar by itself is either
    assert chart_rows(program)[0][0] in {"-", "_"}


def test_one_sweep_of_the_eraser_is_one_step(program, hand):
    hand.plus()
    hand.draw((60, 60), (60, 300))
    hand.draw((20, 200), (300, 200), button=Qt.MouseButton.RightButton)
    assert program.pad.count() == 1
    program.window.undo_action.trigger()
    assert program.pad.count() == 3


def test_a_sweep_that_meets_nothing_is_no_step(program, hand):
    hand.seven()
    steps = program.pad.history.count()
    hand.draw((20, 400), (300, 400), button=Qt.MouseButton.RightButton)
    assert program.pad.history.count() == steps


def test_tablet_and_mouse_events_of_one_gesture_draw_once(program, stylus):
    canvas = program.window.canvas
    stylus.press((100, 100), 0.5)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    stylus.move((200, 100), 0.5)
    QTest.mouseMove(canvas, QPoint(200, 100))
    stylus.release((200, 100))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert program.pad.count() == 1
    assert len(program.pad.ink.strokes[0].points) == 2


def test_a_finger_draws(program):
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    canvas = program.window.canvas
    QTest.touchEvent(canvas, screen).press(0, QPoint(100, 100), canvas).commit()
    for x in range(110, 300, 10):
        QTest.touchEvent(canvas, screen).move(0, QPoint(x, 100), canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, QPoint(290, 100), canvas).commit()
    (stroke,) = program.pad.ink.strokes
    assert len(stroke.points) == 20


def test_undo_and_redo_walk_through_every_stroke(program, hand, answered):
    hand.plus()
    hand.seven()
    whole = program.pad.ink.strokes
    for left in (2, 1, 0):
        program.window.undo_action.trigger()
        assert program.pad.ink.strokes == whole[:left]
    assert answered().reading.nothing_here
    for count in (1, 2, 3):
        program.window.redo_action.trigger()
        assert program.pad.ink.strokes == whole[:count]


def test_clearing_can_be_undone(program, hand):
    hand.plus()
    whole = program.pad.ink.strokes
    program.window.clear_action.trigger()
    assert program.pad.count() == 0
    program.window.undo_action.trigger()
    assert program.pad.ink.strokes == whole


def test_a_stroke_leaves_the_canvas_and_comes_back(program):
    Hand(program.window.canvas).draw((50, 50), (-80, 60), (60, 90))
    (stroke,) = program.pad.ink.strokes
    assert stroke.box.x < 0


def test_the_alphabet_limits_what_is_shown(program, hand, answered):
    hand.seven()
    answered()
    box = program.window.alphabet_box
    box.setCurrentIndex(box.findData("digits"))
    box.activated.emit(box.currentIndex())
    answered()
    labels = {label for label, _ in chart_rows(program)}
    assert labels <= set("0123456789")
    assert len(labels) == 10


def test_several_characters_on_the_pad_get_a_box_each(program, answered):
    box = program.window.layout_box
    box.setCurrentIndex(box.findData("auto"))
    box.activated.emit(box.currentIndex())
    hand = Hand(program.window.canvas)
    hand.draw((60, 100), (120, 100), (80, 200))
    hand.draw((200, 100), (200, 200), (260, 200))
    answer = answered()
    assert answer.reading.text == "7L"
    assert len(program.window.canvas._boxes) == 2


def test_a_scribble_is_perhaps_no_character(program, qtbot):
    """By the real model, with real events: to and fro over one another, as a pen is tried."""
    corners = [(80 + (37 * step) % 170, 60 + (61 * step) % 190) for step in range(30)]
    Hand(program.window.canvas).draw(*corners)
    qtbot.waitUntil(
        lambda: program.window.panel.summary.text() == "Perhaps no character",
        timeout=ANSWER_TIMEOUT,
    )
    (glyph,) = program.reader.reading.glyphs
    assert glyph.stray
    assert glyph.confidence < 0.3
