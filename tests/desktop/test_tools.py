"""Pens, erasers and the lasso under the hand, by real events on the real window."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.errors import DamagedFileError
from core.ink import PLAIN, UNKNOWN_PRESSURE, Ink, Stroke, StrokeKind
from core.inkml import INK_MIME, parse_inkml
from desktop.canvas.canvas import Canvas
from desktop.hand.one_hand import ECHO_SECONDS, PALM_SECONDS, OneHand
from desktop.hand.pen import Tool
from desktop.pad.ink_choices import COLOURS, WIDTHS
from tests.desktop.desk import Desk, difference, pixels_of, pixels_of_image
from tests.desktop.hands import Hand, Stylus

ROUNDING = 3
"""Levels of 255 by which a colour may differ that was mixed in another order."""


@pytest.fixture
def desk(qtbot, tmp_path):
    desk = Desk(tmp_path)
    qtbot.addWidget(desk.window)
    return desk


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(desk) -> Clock:
    clock = Clock()
    desk.canvas._hand = OneHand(clock)
    return clock


def wave(stylus: Stylus, y: float, *, lift: bool = True) -> None:
    """A long line up and down whose pressure swells and fades."""
    stylus.press((60, y), 0.1)
    for step in range(1, 90):
        place = (60 + 4 * step, y + 30 * math.sin(step / 6))
        stylus.move(place, 0.1 + 0.8 * abs(math.sin(step / 20)))
    if lift:
        stylus.release((60 + 4 * 89, y))


# --- what is seen ---


@pytest.mark.parametrize("tool", [Tool.PEN, Tool.MARKER])
def test_the_ink_stays_where_it_is_when_the_pen_lifts(desk, tool):
    desk.hand.plus()
    desk.choose(tool)
    wave(desk.stylus, 180, lift=False)
    before = desk.pixels()
    desk.stylus.release((60 + 4 * 89, 180))
    assert desk.pad.count() == 3
    assert difference(before, desk.pixels()) <= ROUNDING
    assert difference(before, desk.seen_anew()) <= ROUNDING


def test_a_stroke_is_the_same_however_often_it_was_painted_on_its_way(desk, qtbot):
    """Each event repaints only what it changed: the sum is what one paint of all would show."""
    qtbot.waitExposed(desk.window)
    desk.hand.draw((20, 20), (30, 20))
    desk.stylus.press((60, 200), 0.4)
    for step in range(1, 14):
        desk.stylus.move((60 + 40 * step, 200 + 90 * math.sin(step * 0.9)), 0.2 + step / 20)
        QApplication.processEvents()
    shown = pixels_of_image(desk.window.screen().grabWindow(desk.window.winId()).toImage())
    corner = desk.canvas.mapTo(desk.window, QPoint(0, 0))
    height, width, _ = desk.pixels().shape
    shown = shown[corner.y() : corner.y() + height, corner.x() : corner.x() + width]
    assert difference(shown, desk.pixels()) <= ROUNDING


def test_changes_show_what_painting_all_anew_would(desk):
    rng = np.random.default_rng(4)
    for round_ in range(12):
        desk.choose((Tool.PEN, Tool.MARKER)[round_ % 2])
        x, y = (int(value) for value in rng.integers(40, 300, 2))
        desk.hand.draw((x, y), (x + 90, y + 60), (x, y + 120))
    desk.choose(Tool.AREA_ERASER)
    desk.hand.draw((60, 60), (330, 330))
    desk.choose(Tool.ERASER)
    desk.hand.draw((300, 60), (250, 150))
    for _ in range(3):
        desk.undo()
    desk.redo()
    desk.choose(Tool.SELECT)
    desk.hand.draw((20, 20), (250, 20), (250, 250), (20, 250))
    desk.drag((120, 120), (150, 160))
    desk.press_key(Qt.Key.Key_Escape)
    assert difference(desk.pixels(), desk.seen_anew()) <= ROUNDING


def test_an_undone_stroke_leaves_no_trace(desk):
    desk.hand.plus()
    before = desk.pixels()
    desk.choose(Tool.MARKER)
    wave(desk.stylus, 180)
    assert difference(before, desk.pixels()) > 20
    desk.undo()
    assert difference(before, desk.pixels()) == 0


def test_a_marker_lies_under_the_ink_and_is_even_where_it_crosses_itself(desk):
    desk.hand.draw((100, 100), (300, 100))
    ink = desk.pixels()[100, 200]
    desk.choose(Tool.MARKER)
    desk.hand.draw((200, 40), (200, 200))
    assert (desk.pixels()[100, 200] == ink).all()
    one = desk.pixels()[150, 200].copy()
    desk.hand.draw((400, 40), (400, 160), (340, 160), (340, 100), (460, 100))
    shown = desk.pixels()
    assert (shown[100, 400] == shown[60, 400]).all()
    assert (shown[100, 400] == one).all()


def test_a_dot_is_round_and_as_wide_as_a_line(desk):
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    dark = np.argwhere(desk.pixels()[80:120, 80:120].sum(axis=2) < 380)
    assert np.ptp(dark, axis=0).tolist() == [5, 5]
    assert dark.mean(axis=0) + 80 == pytest.approx([99.5, 99.5], abs=0.01)


def test_a_thousand_points_in_one_place_are_a_dot(desk):
    desk.stylus.press((100, 100), 0.5)
    for _ in range(1000):
        desk.stylus.move((100, 100), 0.5)
    desk.stylus.release((100, 100))
    (stroke,) = desk.strokes
    assert len(stroke.points) == 1001
    many = desk.pixels()
    desk.undo()
    desk.stylus.draw((100, 100), (100, 100))
    assert difference(many, desk.pixels()) == 0


# --- one gesture, many events ---


def mouse_gesture(canvas, *, only: str = "press move release") -> None:
    """The gesture of `tablet_gesture` as a mouse."""
    if "press" in only:
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    if "move" in only:
        QTest.mouseMove(canvas, QPoint(200, 100))
    if "release" in only:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))


def tablet_gesture(stylus, *, only: str = "press move release") -> None:
    if "press" in only:
        stylus.press((100, 100), 0.8)
    if "move" in only:
        stylus.move((200, 100), 0.8)
    if "release" in only:
        stylus.release((200, 100))


ORDERS = {
    "tablet first": "T:press M:press T:move M:move T:release M:release",
    "mouse first": "M:press T:press M:move T:move M:release T:release",
    "mouse moves first": "M:press M:move T:press T:move T:release M:release",
    "mouse let go late": "M:press T:press T:move T:release M:move M:release",
    "mouse afterwards": "T:press T:move T:release M:press M:move M:release",
    "mouse before": "M:press M:move M:release T:press T:move T:release",
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_tablet_and_mouse_events_of_one_gesture_draw_once(desk, clock, order):
    for event in order.split():
        device, what = event.split(":")
        if device == "T":
            tablet_gesture(desk.stylus, only=what)
        else:
            mouse_gesture(desk.canvas, only=what)
    (stroke,) = desk.strokes
    assert stroke.xy.tolist() == [[100, 100], [200, 100]]
    if order.split()[0] == "T:press" or order.split()[2] != "M:release":
        assert stroke.points[:, 2] == pytest.approx([0.8, 0.8])
    # the hand may go on with either at once
    desk.hand.draw((50, 300), (150, 300))
    desk.stylus.draw((50, 350), (150, 350))
    assert desk.pad.count() == 3
    assert difference(desk.pixels(), desk.seen_anew()) <= ROUNDING


def test_the_same_place_may_be_drawn_at_again_with_another_device_a_little_later(desk, clock):
    tablet_gesture(desk.stylus)
    clock.now += ECHO_SECONDS + 0.01
    mouse_gesture(desk.canvas)
    assert desk.pad.count() == 2


def test_a_barrel_button_in_mid_stroke_does_not_end_it(desk):
    desk.stylus.press((100, 100), 0.5)
    barrel = Qt.MouseButton.RightButton
    for kind in (QTabletEvent.Type.TabletPress, QTabletEvent.Type.TabletRelease):
        send_tablet(desk, kind, (150, 100), 0.5, button=barrel)
    desk.stylus.move((200, 100), 0.5)
    desk.stylus.release((200, 100))
    (stroke,) = desk.strokes
    assert stroke.xy.tolist() == [[100, 100], [200, 100]]


def test_a_pen_that_goes_out_of_reach_ends_its_stroke(desk):
    tablet_gesture(desk.stylus, only="press move")
    application = QApplication.instance()
    leave = tablet_event(desk, QTabletEvent.Type.TabletLeaveProximity, (0, 0), 0.0)
    QApplication.sendEvent(application, leave)
    assert desk.pad.count() == 1
    assert desk.canvas.live_stroke is None
    tablet_gesture(desk.stylus)
    assert desk.pad.count() == 2


def test_a_device_that_is_pulled_out_ends_its_stroke(desk):
    tablet_gesture(desk.stylus, only="press move")
    shiboken6.delete(desk.stylus.device)
    (stroke,) = desk.strokes
    assert stroke.xy.tolist() == [[100, 100], [200, 100]]
    desk.hand.draw((50, 300), (150, 300))
    assert desk.pad.count() == 2


def test_a_stroke_whose_release_was_lost_ends_when_the_pen_hovers_or_presses_again(desk):
    tablet_gesture(desk.stylus, only="press move")
    send_tablet(desk, QTabletEvent.Type.TabletMove, (300, 300), 0.0)
    assert desk.pad.count() == 1
    assert desk.strokes[0].xy[-1].tolist() == [200, 100]
    tablet_gesture(desk.stylus, only="press move")
    tablet_gesture(desk.stylus)
    assert desk.pad.count() == 3


@pytest.mark.parametrize("nowhere", [math.nan, math.inf, 1e30])
def test_a_place_that_is_nowhere_is_no_part_of_a_stroke(desk, nowhere):
    desk.stylus.press((nowhere, 100), 0.5)
    desk.stylus.move((100, 100), 0.5)
    desk.stylus.move((120, nowhere), 0.5)
    desk.stylus.move((200, 100), 0.5)
    desk.stylus.release((nowhere, nowhere))
    (stroke,) = desk.strokes
    assert stroke.xy.tolist() == [[100, 100], [200, 100]]
    desk.stylus.press((nowhere, 100), 0.5)
    desk.stylus.release((nowhere, 100))
    assert desk.pad.count() == 1


def test_a_pressure_that_is_no_number_is_an_unknown_one(desk):
    desk.stylus.draw((100, 100), (200, 100), pressure=math.nan)
    assert set(desk.strokes[0].points[:, 2].tolist()) == {UNKNOWN_PRESSURE}


def test_a_stroke_may_leave_the_canvas_and_return(desk):
    desk.hand.draw((50, 50), (-400, 60), (60, 4000), (60, 90))
    (stroke,) = desk.strokes
    assert stroke.box.x == -400
    assert difference(desk.pixels(), desk.seen_anew()) == 0


# --- pressure ---


def test_a_device_that_always_sends_no_pressure_draws_at_the_nominal_width(desk, clock):
    desk.stylus.draw((60, 60), (300, 60), pressure=0.0)
    silent = desk.pixels()
    assert (desk.strokes[0].points[:, 2] == UNKNOWN_PRESSURE).all()
    desk.undo()
    clock.now += ECHO_SECONDS + 0.01
    desk.hand.draw((60, 60), (300, 60))
    assert difference(silent, desk.pixels()) == 0


def test_a_device_that_presses_late_begins_as_wide_as_it_goes_on(desk):
    desk.stylus.press((60, 60), 0.0)
    desk.stylus.move((100, 60), 0.0)
    desk.stylus.move((140, 60), 0.8)
    desk.stylus.move((180, 60), 0.0)
    before = desk.pixels()
    desk.stylus.release((180, 60))
    assert desk.strokes[0].points[:, 2] == pytest.approx([0.8, 0.8, 0.8, 0])
    assert difference(before, desk.pixels()) <= ROUNDING
    # now it is known to tell the truth
    desk.stylus.press((60, 90), 0.0)
    desk.stylus.move((100, 90), 0.5)
    desk.stylus.release((100, 90))
    assert desk.strokes[1].points[:, 2] == pytest.approx([0, 0.5])


# --- fingers and the palm ---


@pytest.fixture
def screen():
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def swipe(canvas, screen, *places: tuple[int, int]) -> None:
    first, *rest = (QPoint(*place) for place in places)
    QTest.touchEvent(canvas, screen).press(0, first, canvas).commit()
    for place in rest:
        QTest.touchEvent(canvas, screen).move(0, place, canvas).commit()
    QTest.touchEvent(canvas, screen).release(0, rest[-1], canvas).commit()


def test_with_pen_only_a_finger_moves_the_page_and_the_pen_writes(desk, clock, screen):
    desk.actions.pen_only_action.trigger()
    swipe(desk.canvas, screen, (100, 100), (150, 120), (160, 140))
    assert desk.pad.count() == 0
    assert (desk.canvas.place.x, desk.canvas.place.y) == (60, 40)
    desk.stylus.draw((160, 140), (260, 140))
    assert desk.strokes[0].xy[0].tolist() == [100, 100]
    desk.actions.pen_only_action.trigger()
    clock.now += PALM_SECONDS + 0.01
    swipe(desk.canvas, screen, (160, 300), (200, 300))
    assert desk.pad.count() == 2


def test_the_palm_of_a_hand_with_a_pen_does_nothing(desk, clock, screen):
    for _ in range(2):
        send_tablet(desk, QTabletEvent.Type.TabletMove, (300, 300), 0.0)
        swipe(desk.canvas, screen, (100, 100), (150, 120), (160, 140))
        assert desk.pad.count() == 0
        assert desk.canvas.place.x == 0
        desk.actions.pen_only_action.trigger()


def test_a_palm_that_came_before_the_pen_leaves_no_ink(desk, screen):
    canvas = desk.canvas
    QTest.touchEvent(canvas, screen).press(0, QPoint(300, 300), canvas).commit()
    QTest.touchEvent(canvas, screen).move(0, QPoint(304, 300), canvas).commit()
    tablet_gesture(desk.stylus, only="press move")
    QTest.touchEvent(canvas, screen).move(0, QPoint(320, 300), canvas).commit()
    tablet_gesture(desk.stylus, only="release")
    QTest.touchEvent(canvas, screen).release(0, QPoint(320, 300), canvas).commit()
    (stroke,) = desk.strokes
    assert stroke.xy.tolist() == [[100, 100], [200, 100]]
    assert difference(desk.pixels(), desk.seen_anew()) <= ROUNDING


def test_choices_of_pen_and_guides_are_remembered(desk, qtbot, tmp_path):
    desk.actions.pen_only_action.trigger()
    desk.actions.guides_action.trigger()
    for kind in StrokeKind:
        desk.actions.colour_groups[kind].actions()[-1].trigger()
    desk.actions.width_group.actions()[0].trigger()
    again = Desk(tmp_path)
    qtbot.addWidget(again.window)
    assert again.canvas._pen_only
    assert again.tools.guides is not None
    assert again.actions.guides_action.isChecked()
    again.hand.draw((50, 50), (90, 50))
    style = again.strokes[0].style
    assert style.colour == list(COLOURS[StrokeKind.PEN].values())[-1]
    assert style.width == WIDTHS["fine"]
    assert again.actions.width_group.checkedAction().data() == "fine"


# --- tools ---


def test_every_tool_is_one_click_and_one_key_away(desk):
    chosen = [tool for tool in Tool if tool is not Tool.HAND]
    assert [action.data() for action in desk.actions.tool_group.actions()] == chosen
    for tool in chosen:
        action = desk.action_of(tool)
        key = action.shortcut()[0].key()
        desk.press_key(key, Qt.KeyboardModifier.ControlModifier)
        assert desk.canvas.tool is tool
        assert [a.data() for a in desk.actions.tool_group.actions() if a.isChecked()] == [tool]


def test_no_two_actions_have_the_same_key(desk):
    keys = [
        key.toString()
        for action in desk.window.findChildren(type(desk.window.undo_action))
        for key in action.shortcuts()
    ]
    assert sorted(keys) == sorted(set(keys))


def test_every_choice_has_a_text_and_a_style(desk):
    for kind in StrokeKind:
        assert [a.data() for a in desk.actions.colour_groups[kind].actions()] == list(COLOURS[kind])
    assert [a.data() for a in desk.actions.width_group.actions()] == list(WIDTHS)


@pytest.mark.parametrize("ground", [(255, 255, 255), (0x1B, 0x1C, 0x1E)])
def test_coloured_ink_stands_out_on_light_and_dark_paper(ground):
    def luminance(parts: tuple[int, int, int]) -> float:
        linear = [
            p / 255 / 12.92 if p / 255 <= 0.03928 else ((p / 255 + 0.055) / 1.055) ** 2.4
            for p in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in COLOURS[StrokeKind.PEN].values():
        if colour is not None:
            pair = (luminance((colour.red, colour.green, colour.blue)), luminance(ground))
            assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 3


def test_colour_and_kind_are_the_strokes_own_and_are_seen(desk):
    desk.hand.draw((60, 60), (300, 60))
    desk.actions.colour_groups[StrokeKind.PEN].actions()[2].trigger()
    desk.hand.draw((60, 100), (300, 100))
    desk.choose(Tool.MARKER)
    desk.hand.draw((60, 150), (300, 150))
    plain, red, marked = (stroke.style for stroke in desk.strokes)
    assert plain == PLAIN
    assert red.colour == COLOURS[StrokeKind.PEN]["red"]
    assert marked.kind is StrokeKind.MARKER
    shown = desk.pixels()
    assert shown[100, 200].tolist() == [214, 64, 56]
    assert shown[150, 200].tolist() == pytest.approx([255, 233, 153], abs=2)


def test_the_area_eraser_cuts_strokes_and_is_one_step(desk):
    desk.stylus.press((50, 100), 0.2)
    for step in range(1, 51):
        desk.stylus.move((50 + 6 * step, 100), 0.2 + step / 100)
    desk.stylus.release((350, 100))
    desk.hand.draw((50, 300), (350, 300))
    whole, other = desk.strokes
    desk.choose(Tool.AREA_ERASER)
    desk.hand.draw((150, 60), (150, 140), (250, 140), (250, 60))
    left, middle, right, same = desk.strokes
    assert same is other
    assert left.box.right == pytest.approx(150 - 14, abs=0.01)
    assert (middle.box.x, middle.box.right) == pytest.approx((164, 236), abs=0.01)
    for piece in (left, middle, right):
        assert np.allclose(piece.points[:, 2], 0.2 + (piece.xy[:, 0] - 50) / 600, atol=0.01)
    desk.undo()
    assert desk.strokes == (whole, other)
    desk.redo()
    assert len(desk.strokes) == 4


def test_a_sweep_that_is_faster_than_its_events_leaves_nothing_out(desk):
    for x in range(60, 400, 20):
        desk.hand.draw((x, 100), (x, 140))
    desk.choose(Tool.ERASER)
    desk.drag((40, 120), (420, 121))
    assert desk.pad.count() == 0


def test_the_eraser_end_erases_as_the_eraser_chosen_last(desk):
    desk.hand.draw((50, 100), (350, 100))
    desk.choose(Tool.AREA_ERASER)
    desk.choose(Tool.PEN)
    Stylus(desk.canvas, eraser=True).draw((200, 60), (200, 140))
    assert desk.pad.count() == 2
    desk.hand.draw((100, 60), (100, 140), button=Qt.MouseButton.RightButton)
    assert desk.pad.count() == 3


# --- the lasso ---


def lasso(desk, left: int, top: int, right: int, bottom: int) -> None:
    desk.choose(Tool.SELECT)
    desk.hand.draw((left, top), (right, top), (right, bottom), (left, bottom))


@pytest.fixture
def three(desk):
    """Three upright strokes beside one another."""
    for x in (100, 200, 300):
        desk.hand.draw((x, 100), (x, 200))
    return desk.strokes


def test_the_lasso_takes_strokes_by_most_of_their_points(desk, three):
    lasso(desk, 60, 60, 240, 220)
    assert desk.tools.selection.strokes == three[:2]
    lasso(desk, 180, 60, 350, 140)
    assert desk.tools.selection.strokes == ()
    lasso(desk, 180, 60, 350, 170)
    assert desk.tools.selection.strokes == three[1:]


def test_the_selection_is_shown_and_escape_lets_go(desk, three):
    before = desk.pixels()
    lasso(desk, 60, 60, 240, 220)
    assert difference(before, desk.pixels()) > 50
    desk.press_key(Qt.Key.Key_Escape)
    assert desk.tools.selection.strokes == ()
    assert difference(before, desk.pixels()) == 0


def test_dragging_moves_what_is_selected_and_nothing_else(desk, three):
    before = desk.pixels()
    lasso(desk, 60, 60, 240, 220)
    desk.drag((150, 150), (180, 250))
    moved = desk.strokes
    assert moved[2] is three[2]
    for now, then in zip(moved[:2], three[:2], strict=True):
        assert np.allclose(now.xy, then.xy + np.array([30, 100]))
        assert (now.points[:, 2:] == then.points[:, 2:]).all()
    assert desk.tools.selection.strokes == moved[:2]
    desk.undo()
    assert desk.strokes == three
    assert desk.tools.selection.strokes == three[:2]
    desk.press_key(Qt.Key.Key_Escape)
    assert difference(before, desk.pixels()) == 0
    desk.redo()
    assert desk.strokes == moved


def test_ink_under_way_is_shown_where_it_will_be(desk, three):
    lasso(desk, 60, 60, 240, 220)
    canvas = desk.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    QTest.mouseMove(canvas, QPoint(200, 150))
    QTest.mouseMove(canvas, QPoint(180, 250))
    way = desk.pixels()
    assert way[150, 100].sum() > 600, "it is no longer where it was"
    assert way[250, 130].sum() < 100
    assert desk.strokes == three
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(180, 250))
    desk.press_key(Qt.Key.Key_Escape)
    assert desk.pixels()[250, 130].sum() < 100


def test_escape_gives_a_move_up(desk, three):
    before = desk.pixels()
    lasso(desk, 60, 60, 240, 220)
    canvas = desk.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    QTest.mouseMove(canvas, QPoint(200, 250))
    desk.press_key(Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 250))
    assert desk.strokes == three
    assert desk.tools.selection.strokes == three[:2]
    desk.press_key(Qt.Key.Key_Escape)
    assert difference(before, desk.pixels()) == 0


def test_a_corner_scales_in_proportion_and_a_side_stretches(desk, three):
    lasso(desk, 60, 60, 240, 220)
    frame = desk.canvas.selection_frame
    desk.drag((frame.right, frame.bottom), (frame.right + 100, frame.bottom + 100))
    box = Ink(desk.strokes[:2]).box
    assert (box.x, box.y, box.width, box.height) == pytest.approx((100, 100, 200, 200), abs=1)
    assert desk.strokes[0].style.width == pytest.approx(2, abs=0.01)
    frame = desk.canvas.selection_frame
    desk.drag((frame.x, frame.centre[1]), (frame.x - 50, frame.centre[1]))
    box = Ink(desk.strokes[:2]).box
    assert (box.x, box.y, box.width, box.height) == pytest.approx((50, 100, 250, 200), abs=1)
    desk.undo()
    desk.undo()
    assert desk.strokes == three


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_the_selection_off_and_can_be_undone(desk, three, key):
    lasso(desk, 60, 60, 240, 220)
    desk.press_key(key)
    assert desk.strokes == three[2:]
    assert not desk.actions.delete_action.isEnabled()
    desk.undo()
    assert desk.strokes == three


def test_select_all_and_arrow_keys(desk, three):
    desk.select_all()
    assert desk.tools.selection.strokes == three
    desk.press_key(Qt.Key.Key_Right)
    desk.press_key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert np.allclose(desk.strokes[0].xy, three[0].xy + np.array([1, 10]))


def test_strokes_that_go_are_no_longer_selected(desk, three):
    desk.select_all()
    desk.undo()
    assert desk.tools.selection.strokes == three[:2]
    Stylus(desk.canvas, eraser=True).draw((80, 150), (120, 150))
    assert desk.tools.selection.strokes == three[1:2]


def test_a_click_with_the_selecting_tool_is_a_tap_in_page_pixels(desk, three):
    desk.canvas.zoom_by(2, QPointF(0, 0))
    desk.choose(Tool.SELECT)
    taps: list[tuple[float, float]] = []
    desk.canvas.tapped.connect(lambda x, y: taps.append((x, y)))
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=QPoint(240, 120))
    assert taps == [(120, 60)]
    desk.select_all()
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert taps[1:] == [(150, 150)]
    desk.choose(Tool.PEN)
    QTest.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert len(taps) == 2


# --- the clipboard ---


def test_copied_ink_is_pasted_beside_itself_and_selected(desk, three):
    lasso(desk, 60, 60, 240, 220)
    desk.press_key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert desk.tools.paste()
    assert desk.pad.count() == 5
    for pasted, copied in zip(desk.strokes[3:], three[:2], strict=True):
        assert np.allclose(pasted.xy, copied.xy + np.array([24, 24]))
    assert desk.tools.selection.strokes == desk.strokes[3:]
    desk.undo()
    assert desk.strokes == three


def test_ink_copied_far_away_is_pasted_into_view(desk, three):
    desk.select_all()
    desk.press_key(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert desk.pad.count() == 0
    desk.canvas.move_page(-400, -300)
    desk.tools.paste()
    assert Ink(desk.strokes).box.centre == pytest.approx(desk.canvas.visible_box.centre, abs=0.5)


def test_the_clipboard_holds_inkml_and_a_picture(desk, three):
    lasso(desk, 60, 60, 240, 220)
    desk.press_key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    ink = parse_inkml(bytes(mime.data(INK_MIME).data()), "clipboard")
    assert len(ink.strokes) == 2
    assert np.allclose(ink.strokes[0].xy, three[0].xy)
    image = QImage(mime.imageData())
    assert image.pixelColor(0, 0).lightness() == 255
    dark = np.argwhere(pixels_of_image(image).sum(axis=2) < 380)
    # two pixels an ink pixel, and half the pen on each side
    assert np.ptp(dark, axis=0) + 1 == pytest.approx([212, 212], abs=2)


def test_without_ink_on_the_clipboard_there_is_none_to_paste(desk):
    QGuiApplication.clipboard().setText("no ink")
    assert not desk.tools.paste()


def test_damaged_ink_on_the_clipboard_is_told_and_changes_nothing(desk, three, qtbot):
    mime = QMimeData()
    mime.setData(INK_MIME, b"<ink xmlns='http://www.w3.org/2003/InkML'><trace>1 2, x y</tr")
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(desk.tools.failed) as told:
        assert desk.tools.paste()
    assert isinstance(told.args[0], DamagedFileError)
    assert desk.strokes == three


# --- the canvas by itself ---


def test_a_canvas_without_a_pad_shows_the_stroke_under_the_pen(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    canvas.set_ink(Ink((Stroke.through(np.array([[20, 20], [200, 20]], np.float32)),)))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 150))
    QTest.mouseMove(canvas, QPoint(250, 150))
    assert canvas.live_stroke.xy.tolist() == [[50, 150], [250, 150]]
    assert pixels_of(canvas)[150, 150].sum() < 100
    Hand(canvas).draw((50, 150), (60, 150))


def tablet_event(desk, kind, place, pressure, *, button=Qt.MouseButton.NoButton) -> QTabletEvent:
    return desk.stylus.event(kind, place, pressure, button=button, buttons=button)


def send_tablet(desk, kind, place, pressure, *, button=Qt.MouseButton.NoButton) -> None:
    QApplication.sendEvent(desk.canvas, tablet_event(desk, kind, place, pressure, button=button))
