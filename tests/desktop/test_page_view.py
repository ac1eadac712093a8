"""A page of a scan: zoom and pan, boxes, the hand and the keyboard on it, a box drawn by hand."""

from __future__ import annotations

import time
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from core.box import Box
from core.glyph import TILE_SIZE, Glyph
from core.picture import Picture
from core.prediction import Candidate
from core.reading import ReadGlyph
from desktop.look.theme import apply_theme, contrast
from desktop.reading import page_view
from desktop.reading.confidence import DOUBTFUL, GRADES, grade
from desktop.reading.page_view import ZOOM_STEP, PageView
from tests.desktop.desk import pixels_of_image

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
KEY = Qt.Key
WIDTH, HEIGHT = 600, 500


def glyph(text: str, box: Box, *, confidence: float = 0.99, line: int = 0, **more) -> ReadGlyph:
    tile = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
    candidates = tuple(Candidate(sign, 0.2) for sign in (text, "2", "&", "Q", "7", "x"))
    return ReadGlyph(text, confidence, candidates, Glyph(tile, box, line=line), **more)


def grid(rows: int = 3, columns: int = 4, **more) -> tuple[ReadGlyph, ...]:
    """Glyphs of 40 x 60 pixels on a page of 1200 x 1600."""
    return tuple(
        glyph(chr(65 + row * columns + at), Box(100 + at * 250, 100 + row * 400, 40, 60), line=row)
        for row in range(rows)
        for at in range(columns)
    )


def blank(width: int = 1200, height: int = 1600, shade: int = 255) -> Picture:
    return Picture(np.full((height, width, 3), shade, np.uint8), "page")


@pytest.fixture
def view(qtbot, qapp):
    view = PageView()
    view.resize(WIDTH, HEIGHT)
    view.show_picture(blank())
    # as the program does: whatever is asked for is selected
    view.glyphSelected.connect(lambda index: view.show_glyphs(view._boxes.glyphs, index))
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    return view


def hover(view: PageView, place: QPoint) -> None:
    """Moves the mouse there without a button: the event itself, since whether QTest's cursor moves
    the mouse depends on where tests before left it."""
    there = QPointF(place)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        there,
        view.mapToGlobal(there),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, event)


def settle(view: PageView) -> None:
    """Until all that is to be made is made."""
    for _ in range(500):
        shown = view._shown
        view.grab()
        QApplication.processEvents()
        if shown.prepared and not view._rest.isActive():
            return
    raise AssertionError("it never rests")


def seen(view: PageView) -> np.ndarray:
    settle(view)
    return pixels_of_image(view.grab().toImage())


def on_view(view: PageView, x: float, y: float) -> QPoint:
    """Where a place of the page is on the view."""
    box = view.sight.box_to_view(Box(x, y, 0, 0))
    return QPointF(box.x, box.y).toPoint()


def wheel(view: PageView, notches: float, at: QPointF, keys=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  # Qt takes it by place
    )
    QApplication.sendEvent(view, event)


def drag(view: PageView, start: QPoint, end: QPoint, button=LEFT) -> None:
    QTest.mousePress(view, button, pos=start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(view, (QPointF(start) + QPointF(end - start) * share).toPoint())
    QTest.mouseRelease(view, button, pos=end)


# --- zoom ---


def test_a_page_is_shown_whole(view):
    sight = view.sight
    assert sight.zoom == pytest.approx(HEIGHT / 1600)
    assert sight.y == 0
    assert sight.x == pytest.approx((WIDTH - 1200 * sight.zoom) / 2, abs=1)


def test_a_small_picture_is_shown_large(view):
    view.show_picture(blank(28, 28))
    assert view.sight.zoom == pytest.approx(HEIGHT / 28)


def test_the_whole_page_stays_whole_when_the_window_grows(view):
    view.resize(900, 800)
    assert view.sight.zoom == pytest.approx(800 / 1600)


@pytest.mark.parametrize("at", [QPointF(300, 250), QPointF(250, 100), QPointF(400, 420)])
def test_the_wheel_with_control_zooms_around_the_mouse(view, at):
    wheel(view, 8, QPointF(300, 250), CTRL)  # large enough to have no margin
    before = view.sight.to_page(at.x(), at.y())
    zoom = view.sight.zoom
    wheel(view, 2, at, CTRL)
    assert view.sight.zoom == pytest.approx(zoom * ZOOM_STEP**2)
    now = view.sight.to_page(at.x(), at.y())
    assert now == pytest.approx(before, abs=1.5 / view.sight.zoom)


def test_zoom_has_its_limits(view):
    wheel(view, 200, QPointF(300, 250), CTRL)
    assert view.sight.zoom == 16
    wheel(view, -200, QPointF(300, 250), CTRL)
    assert view.sight.zoom == pytest.approx(HEIGHT / 1600)


def test_zoom_is_told(view, qtbot):
    with qtbot.waitSignal(view.zoomChanged) as told:
        wheel(view, 1, QPointF(300, 250), CTRL)
    assert told.args == [view.sight.zoom]


@pytest.mark.parametrize(
    ("keys", "zoom"),
    [
        ((KEY.Key_Plus,), HEIGHT / 1600 * ZOOM_STEP),
        ((KEY.Key_Equal, KEY.Key_Plus), HEIGHT / 1600 * ZOOM_STEP**2),
        ((KEY.Key_Plus, KEY.Key_Minus), HEIGHT / 1600),
        ((KEY.Key_8,), 1.0),
        ((KEY.Key_9,), WIDTH / 1200),
        ((KEY.Key_8, KEY.Key_0), HEIGHT / 1600),
    ],
)
def test_keys_zoom(view, keys, zoom):
    for key in keys:
        QTest.keyClick(view, key, CTRL)
    assert view.sight.zoom == pytest.approx(zoom)


def test_what_fits_the_width_still_does_when_the_window_grows(view):
    QTest.keyClick(view, KEY.Key_9, CTRL)
    view.resize(900, 500)
    assert view.sight.zoom == pytest.approx(900 / 1200)
    assert view.sight.y == 0


def test_what_was_scrolled_to_stays_there_when_the_window_grows(view):
    QTest.keyClick(view, KEY.Key_9, CTRL)
    wheel(view, -2, QPointF(300, 250))
    _, top = view.sight.to_page(0, 0)
    assert top > 100
    view.resize(700, 480)
    assert view.sight.zoom == pytest.approx(700 / 1200)
    assert view.sight.to_page(0, 0)[1] == pytest.approx(top, abs=2)


def test_what_is_selected_is_in_sight_when_the_width_is_fitted(view):
    view.show_glyphs(grid(), 11)
    QTest.keyClick(view, KEY.Key_9, CTRL)
    assert view.rect().contains(view.glyph_rect(11).toAlignedRect())


def test_a_zoom_of_ones_own_stays_when_the_window_grows(view):
    QTest.keyClick(view, KEY.Key_8, CTRL)
    middle = view.sight.to_page(WIDTH / 2, HEIGHT / 2)
    view.resize(900, 800)
    assert view.sight.zoom == 1
    assert view.sight.to_page(450, 400) == pytest.approx(middle, abs=1)


def test_the_next_page_is_shown_as_the_last_one_was_fitted(view):
    QTest.keyClick(view, KEY.Key_9, CTRL)
    view.show_picture(blank(2400, 3200))
    assert view.sight.zoom == pytest.approx(WIDTH / 2400)
    assert view.sight.y == 0
    wheel(view, -2, QPointF(300, 250))
    view.show_picture(blank(2400, 3200))
    assert view.sight.y == 0
    QTest.keyClick(view, KEY.Key_8, CTRL)
    view.show_picture(blank())
    assert view.sight.zoom == pytest.approx(HEIGHT / 1600)


def test_a_pinch_on_a_touchpad_zooms(view):
    at = QPointF(300, 250)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        at,
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(view, event)
    assert view.sight.zoom == pytest.approx(HEIGHT / 1600 * 1.5)


# --- pan ---


@pytest.fixture
def near(view):
    """At actual size, in the middle of the page."""
    QTest.keyClick(view, KEY.Key_8, CTRL)
    return view


def test_the_wheel_moves_the_page(near):
    before = near.sight
    wheel(near, -1, QPointF(300, 250))
    assert (near.sight.x, near.sight.y) == (before.x, before.y - 64)
    wheel(near, -1, QPointF(300, 250), SHIFT)
    assert (near.sight.x, near.sight.y) == (before.x - 64, before.y - 64)


def test_the_middle_button_moves_the_page(near):
    before = near.sight
    drag(near, QPoint(300, 250), QPoint(250, 320), MIDDLE)
    assert (near.sight.x, near.sight.y) == (before.x - 50, before.y + 70)


def test_space_and_the_left_button_move_the_page(near, qtbot):
    before = near.sight
    near.show_glyphs(grid(), None)
    with qtbot.assertNotEmitted(near.regionDrawn), qtbot.assertNotEmitted(near.glyphSelected):
        QTest.keyPress(near, KEY.Key_Space)
        drag(near, QPoint(300, 250), QPoint(330, 200))
        QTest.keyRelease(near, KEY.Key_Space)
    assert (near.sight.x, near.sight.y) == (before.x + 30, before.y - 50)


def test_shift_and_the_arrow_keys_move_the_page(near):
    before = near.sight
    QTest.keyClick(near, KEY.Key_Down, SHIFT)
    QTest.keyClick(near, KEY.Key_Left, SHIFT)
    assert (near.sight.x, near.sight.y) == (before.x + 64, before.y - 64)


def test_the_page_cannot_be_lost(near):
    for _ in range(100):
        wheel(near, 3, QPointF(300, 250))
    assert near.sight.y == 0
    for _ in range(100):
        wheel(near, -3, QPointF(300, 250))
    assert near.sight.y == HEIGHT - 1600


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    return QTest.createTouchDevice()


def test_a_finger_moves_the_page(near, screen, qtbot):
    before = near.sight
    with qtbot.assertNotEmitted(near.regionDrawn):
        QTest.touchEvent(near, screen).press(0, QPoint(300, 250), near).commit()
        QTest.touchEvent(near, screen).move(0, QPoint(300, 200), near).commit()
        QTest.touchEvent(near, screen).move(0, QPoint(260, 180), near).commit()
        QTest.touchEvent(near, screen).release(0, QPoint(260, 180), near).commit()
    assert (near.sight.x, near.sight.y) == (before.x - 40, before.y - 70)


def test_two_fingers_zoom_and_move_the_page(near, screen):
    QTest.touchEvent(near, screen).press(0, QPoint(250, 250), near).commit()
    second = QTest.touchEvent(near, screen)
    second.move(0, QPoint(251, 250), near).press(1, QPoint(351, 250), near).commit()
    page = near.sight.to_page(301, 250)
    for step in range(1, 11):
        left, right = QPoint(251 - 3 * step, 250 + 2 * step), QPoint(351 + 7 * step, 250 + 2 * step)
        QTest.touchEvent(near, screen).move(0, left, near).move(1, right, near).commit()
    end = QTest.touchEvent(near, screen)
    end.release(0, QPoint(221, 270), near).release(1, QPoint(421, 270), near).commit()
    assert near.sight.zoom == pytest.approx(2)
    assert near.sight.to_page(321, 270) == pytest.approx(page, abs=1)


def test_a_tap_selects(view, screen):
    view.show_glyphs(grid(), None)
    at = view.glyph_rect(5).center().toPoint()
    QTest.touchEvent(view, screen).press(0, at, view).commit()
    QTest.touchEvent(view, screen).release(0, at, view).commit()
    assert view._selected == 5


# --- what is seen of the picture ---


def coloured(width: int, height: int, side: int) -> Picture:
    """Squares, each with a colour of its own."""
    y, x = np.mgrid[0:height, 0:width] // side
    pixels = np.stack([x * 67 % 256, y * 91 % 256, (x + 3 * y) * 47 % 256], -1)
    return Picture(pixels.astype(np.uint8), "squares")


@pytest.mark.parametrize("zoom", [1 / 7, 0.3, 0.77, 1.0, 1.9, 5.3, 16.0])
def test_each_place_shows_what_the_picture_has_there(view, zoom):
    picture = coloured(3000, 2100, 100)
    view.show_picture(picture)
    view.zoom_by(zoom / view.sight.zoom)
    view.move_page(-37.0, 23.0)
    pixels = seen(view)
    checked = 0
    for y in range(5, HEIGHT, 45):
        for x in range(5, WIDTH, 45):
            px, py = view.sight.to_page(x + 0.5, y + 0.5)
            inside = 0 <= px < 3000 and 0 <= py < 2100
            edge = 3 / view.sight.zoom + 1  # there neighbours mix
            if inside and min(px % 100, 100 - px % 100, py % 100, 100 - py % 100) > edge:
                wanted = picture.pixels[int(py), int(px)].astype(int)
                assert np.abs(pixels[y, x] - wanted).max() <= 2
                checked += 1
    assert checked > 10


@pytest.mark.parametrize("zoom", [1 / 7, 0.77, 1.0, 5.3])
def test_tiles_meet_without_a_seam(view, zoom):
    y, x = np.mgrid[0:2100, 0:3000]
    shade = (127 + 60 * np.sin(x / 90) + 60 * np.sin(y / 70)).astype(np.uint8)
    view.show_picture(Picture(np.stack([shade] * 3, -1), "waves"))
    view.zoom_by(zoom / view.sight.zoom)
    pixels = seen(view)[..., 0]
    sight = view.sight
    left, top = max(0, round(sight.x) + 1), max(0, round(sight.y) + 1)
    inside = pixels[
        top : min(HEIGHT, int(sight.y + 2100 * sight.zoom) - 1),
        left : min(WIDTH, int(sight.x + 3000 * sight.zoom) - 1),
    ]
    steepest = 60 / 70 / sight.zoom + 3
    assert np.abs(np.diff(inside, axis=0)).max() <= steepest
    assert np.abs(np.diff(inside, axis=1)).max() <= steepest


@pytest.mark.parametrize("zoom", [1.0, 1.9, 3.7])
def test_tiles_are_what_the_picture_enlarged_at_once_would_be(view, zoom):
    """To the pixel: nothing is shifted, and nothing differs where one tile ends."""
    pixels = np.random.default_rng(5).integers(0, 255, (500, 700, 3), np.uint8)
    view.show_picture(Picture(pixels, "noise"))
    view.zoom_by(zoom / view.sight.zoom)
    shown = seen(view)
    x, y = round(view.sight.x), round(view.sight.y)
    place = np.array([[1 / zoom, 0, 0.5 / zoom - 0.5], [0, 1 / zoom, 0.5 / zoom - 0.5]])
    size = round(700 * zoom), round(500 * zoom)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    whole = cv2.warpAffine(pixels, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    wanted = whole[-y : HEIGHT - y, -x : WIDTH - x].astype(int)
    # warpAffine counts in 32nds of a pixel
    assert np.abs(shown - wanted).max() <= 24
    assert np.abs(shown - wanted).mean() < 1


@pytest.mark.parametrize(
    "size", [(1, 1), (30_000, 1), (1, 30_000), (30_000, 40), (2, 3), (257, 255)]
)
def test_pictures_of_any_size_are_shown_at_any_zoom(view, size):
    view.show_picture(blank(*size, shade=90))
    for _ in range(12):
        pixels = seen(view)
        assert (np.abs(pixels - 90).max(-1) <= 2).any()
        wheel(view, 4, QPointF(300, 250), CTRL)


def test_a_large_page_is_made_ready_in_short_steps(view):
    """None of them touches more than a strip of it; the first sight of it comes before all."""
    rng = np.random.default_rng(3)
    pixels = rng.integers(0, 255, (3000, 4000, 3), np.uint8)
    view.show_picture(Picture(pixels, "noise"))
    tiles = view._tiles
    assert tiles._levels[0] is view._picture.pixels  # not copied
    assert not tiles.prepared
    steps = 0
    while not tiles.prepared:
        tiles.prepare(0.0000001)
        steps += 1
    assert steps >= 4
    half = tiles._levels[1]
    mean = pixels[:200, :200].astype(float).reshape(100, 2, 100, 2, 3).mean((1, 3))
    assert np.abs(half[:100, :100] - mean).max() <= 1


def test_a_paint_makes_no_more_tiles_than_it_has_time_for(view, monkeypatch):
    view.show_picture(coloured(3000, 2100, 100))
    settle(view)
    monkeypatch.setattr(page_view, "_PAINT_SECONDS", 0.0)
    view.zoom_by(3)
    view.grab()
    assert not view._tiles._tiles
    coarse = pixels_of_image(view.grab().toImage())
    monkeypatch.setattr(page_view, "_PAINT_SECONDS", 1.0)
    fine = seen(view)
    assert view._tiles._tiles
    # what is shown meanwhile is the same picture, as well as it can be
    assert np.median(np.abs(coarse - fine)) <= 4


def test_tiles_that_are_out_of_sight_are_forgotten(view):
    view.show_picture(coloured(6000, 6000, 100))
    QTest.keyClick(view, KEY.Key_8, CTRL)
    for keys in (Qt.KeyboardModifier.NoModifier, SHIFT):
        for notches in (3, -3):
            for _ in range(30):
                wheel(view, notches, QPointF(300, 250), keys)
                settle(view)
    assert len(view._tiles._tiles) <= 64 + 2 * 12


def test_a_zoom_or_a_move_on_a_large_page_is_painted_within_a_frame(view):
    """The least of several, so that what else the machine does counts less: 35 megapixels, a
    thousand boxes."""
    rng = np.random.default_rng(3)
    view.show_picture(Picture(rng.integers(0, 255, (7000, 5000, 3), np.uint8), "noise"))
    boxes = [Box(100 + n % 40 * 120, 100 + n // 40 * 270, 80, 120) for n in range(1000)]
    view.show_glyphs(
        tuple(glyph("A", box, confidence=n % 10 / 10) for n, box in enumerate(boxes)), 0
    )
    settle(view)
    took = []
    for n in range(12):
        wheel(view, 1 if n % 2 == 0 else -2, QPointF(300, 250), CTRL if n % 3 else SHIFT)
        began = time.thread_time()
        view.repaint()
        took.append(time.thread_time() - began)
    assert sorted(took)[len(took) // 2] < 0.016


# --- boxes ---


def line_colours(view: PageView, index: int) -> set[str]:
    """The colours along the left line of a glyph's box, beside what is white."""
    view.grab()
    pixels = seen(view)
    rect = view.glyph_rect(index).adjusted(-8, 0, -1, 0).toAlignedRect()
    part = pixels[rect.top() : rect.bottom(), rect.left() : rect.right() + 1]
    return {QColor(*pixel).name() for pixel in np.unique(part.reshape(-1, 3), axis=0).tolist()}


@pytest.mark.parametrize("one", GRADES)
def test_a_box_has_the_colour_of_its_confidence(view, one):
    view.zoom_by(3)
    view.show_glyphs((glyph("A", Box(600, 800, 40, 60), confidence=one.least),), None)
    assert line_colours(view, 0) == {one.colour, "#ffffff"}


def test_what_is_perhaps_no_character_is_in_most_doubt():
    assert grade(glyph("A", Box(0, 0, 9, 9), confidence=0.99, stray=True)).number == 0


def lit(view: PageView, index: int) -> float:
    """How much of the left line of a glyph's box is painted, of 1."""
    view.grab()
    pixels = seen(view)
    rect = view.glyph_rect(index).toAlignedRect()
    part = pixels[rect.top() + 3 : rect.bottom() - 3, rect.left() - 8 : rect.left()]
    return float((part.min(2) < 200).any(1).mean())


@pytest.mark.parametrize(("confidence", "whole"), [(DOUBTFUL, True), (DOUBTFUL - 0.01, False)])
def test_doubtful_boxes_are_dashed(view, confidence, whole):
    view.zoom_by(3)
    view.show_glyphs((glyph("A", Box(600, 800, 40, 60), confidence=confidence),), None)
    assert (lit(view, 0) == 1) is whole


def simulated(colour: QColor, matrix) -> np.ndarray:
    """In Oklab (Ottosson 2020), as an eye of that kind sees it."""
    rgb = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(matrix) @ linear, 0, 1)
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(cones @ linear)


EYES = {
    "most": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""What is seen with all cones, and without one kind of them (Machado et al. 2009)."""


@pytest.mark.parametrize("eye", EYES)
def test_grades_differ_for_every_eye(eye):
    shown = [simulated(QColor(one.colour), EYES[eye]) for one in GRADES]
    assert min(np.linalg.norm(one - other) for one, other in pairwise(shown)) > 0.06
    lightness = [float(lab[0]) for lab in shown]
    assert lightness == sorted(lightness)  # in greys too


def test_in_high_contrast_boxes_are_seen_on_every_ground(view):
    try:
        apply_theme("contrast")
        view.zoom_by(3)
        for shade in (255, 0, 128):
            view.show_picture(blank(shade=shade))
            view.zoom_by(3)
            for confidence in (0.2, 0.99):
                view.show_glyphs((glyph("A", Box(600, 800, 40, 60), confidence=confidence),), None)
                ground = QColor(shade, shade, shade)
                colours = [QColor(name) for name in line_colours(view, 0)]
                assert max(contrast(colour, ground) for colour in colours) >= 4.5
    finally:
        apply_theme("system")


def test_boxes_are_hidden_and_shown_again(view):
    view.show_glyphs(grid(), None)
    before = seen(view)
    view.show_boxes(shown=False)
    assert (seen(view)[:, 200:400] == 255).all()
    assert view.glyph_at(view.glyph_rect(1).center()) is None
    view.show_boxes(shown=True)
    assert np.array_equal(seen(view), before)


def test_a_full_page_of_boxes_is_shown_at_every_zoom_as_if_alone(view):
    """Those of a full page are made once for every zoom, and moved."""
    many = tuple(
        glyph("A", Box(8 + n % 40 * 29, 8 + n // 40 * 60, 20, 40), confidence=n % 10 / 10)
        for n in range(1000)
    )
    view.show_glyphs(many, 3)
    seen(view)
    view.zoom_by(1.2)
    view.move_page(-5, -9)
    moved = seen(view)
    other = PageView()
    other.resize(WIDTH, HEIGHT)
    other.show_picture(blank())
    other.show()
    other.zoom_by(1.2)
    other.move_page(-5, -9)
    other.show_glyphs(many, 3)
    other._look(view.sight)
    assert np.array_equal(seen(other), moved)
    other.close()


# --- hovering, clicking, walking ---


def test_a_click_selects_and_a_smaller_box_comes_before_a_larger(view):
    view.show_glyphs((*grid(), glyph("i", Box(105, 120, 10, 10))), None)
    for index in (3, 11, 12, 0):
        at = view.glyph_rect(index).center().toPoint()
        QTest.mouseClick(view, LEFT, pos=at if index != 0 else on_view(view, 135, 155))
        assert view._selected == index


def test_a_click_beside_a_box_still_means_it(view):
    view.show_glyphs(grid(), None)
    QTest.mouseClick(view, LEFT, pos=(view.glyph_rect(2).topLeft() + QPointF(-5, -5)).toPoint())
    assert view._selected == 2


def test_other_buttons_select_nothing(view, qtbot):
    view.show_glyphs(grid(), None)
    with qtbot.assertNotEmitted(view.glyphSelected):
        QTest.mouseClick(view, RIGHT, pos=view.glyph_rect(2).center().toPoint())


def test_the_sign_is_shown_under_the_mouse(view):
    view.show_glyphs(grid(), None)
    before = seen(view)
    hover(view, view.glyph_rect(5).center().toPoint())
    shown = seen(view)
    changed = np.argwhere((shown != before).any(-1))
    rect = view.glyph_rect(5)
    # above the box, where its label is
    assert changed[:, 0].min() < rect.top() - 15
    hover(view, QPoint(5, 5))
    assert np.array_equal(seen(view), before)


@pytest.mark.parametrize("index", [0, 3, 8, 11])
def test_the_label_is_within_the_view(view, index):
    view.show_glyphs(grid(), None)
    view.zoom_by(2.5)
    view._look(view.sight.showing(view._boxes.glyphs[index].box))
    hover(view, view.glyph_rect(index).center().toPoint())
    assert view._hovered == index
    with_label = seen(view)
    hover(view, view.glyph_rect(index).center().toPoint() + QPoint(150, 150))
    changed = np.argwhere((seen(view) != with_label).any(-1))
    height, width = np.ptp(changed, axis=0)
    assert width > 80
    assert height > 20


def test_the_arrow_keys_walk_in_reading_order(view):
    view.show_glyphs(grid(), None)
    visited = []
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        QTest.keyClick(view, key)
        visited.append(view._selected)
    assert visited == [0, 1, 5, 9, 9, 5]
    for key, there in (
        (KEY.Key_End, 11),
        (KEY.Key_Right, 11),
        (KEY.Key_Left, 10),
        (KEY.Key_Home, 0),
    ):
        QTest.keyClick(view, key)
        assert view._selected == there


def test_down_goes_to_the_nearest_on_the_next_line(view):
    shifted = [glyph(str(n), Box(160 + n * 250, 300, 40, 60), line=1) for n in range(3)]
    view.show_glyphs((*grid(1, 4), *shifted), 2)
    QTest.keyClick(view, KEY.Key_Down)
    assert view._selected == 4 + 2


def test_tab_leaves_the_view(qtbot):
    """The arrow keys walk: no key that leads through the window is kept from people."""
    window = QWidget()
    column = QVBoxLayout(window)
    view, after = PageView(), QWidget()
    after.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column.addWidget(view)
    column.addWidget(after)
    qtbot.addWidget(window)
    window.show()
    view.show_picture(blank())
    view.show_glyphs(grid(), 0)
    view.setFocus()
    QTest.keyClick(view, KEY.Key_Tab)
    assert window.focusWidget() is after


def test_what_is_selected_comes_into_sight(near):
    near.show_glyphs(grid(), None)
    for index in (0, 11, 3, 8):
        near.show_glyphs(near._boxes.glyphs, index)
        rect = near.glyph_rect(index)
        assert near.rect().contains(rect.toAlignedRect())
    before = near.sight
    near.show_glyphs(near._boxes.glyphs, 8)
    assert near.sight is before


def test_a_page_that_is_walked_is_read_out(view, monkeypatch):
    said = []

    def hear(event):
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    view.show_glyphs((*grid(1, 2), glyph("x", Box(600, 500, 9, 9), told=True)), None)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    for _ in range(3):
        QTest.keyClick(view, KEY.Key_Right)
    assert said == ["A, 99 % sure, 1 of 3", "B, 99 % sure, 2 of 3", "x, as you said, 3 of 3"]


@pytest.mark.qt_log_ignore("raise")  # the offscreen platform
def test_the_legend_is_on_empty_ground(view):
    view.show_glyphs(grid(), None)
    for at, there in ((QPoint(300, 20), True), (view.glyph_rect(0).center().toPoint(), False)):
        event = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
        QApplication.sendEvent(view, event)
        if there:
            assert all(one.colour in QToolTip.text() for one in GRADES)
            assert "60 % sure or more" in QToolTip.text()
    QToolTip.hideText()


# --- what is typed ---


@pytest.fixture
def typed(view):
    told = []
    view.signTyped.connect(told.append)
    return told


def test_a_sign_is_typed_on_the_selected_glyph(view, typed):
    view.show_glyphs(grid(), 2)
    QTest.keyClicks(view, "x2%")
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Q, SHIFT, "Q"))
    assert typed == ["x", "2", "%", "Q"]


@pytest.mark.parametrize("key", [KEY.Key_Delete, KEY.Key_Backspace])
def test_delete_says_that_nothing_is_there(view, typed, key):
    view.show_glyphs(grid(), 2)
    QTest.keyClick(view, key)
    assert typed == [""]


def test_alt_and_a_digit_tell_a_candidate(view, typed):
    view.show_glyphs(grid(), 2)
    QTest.keyClick(view, KEY.Key_3, ALT)
    QTest.keyClick(view, KEY.Key_6, ALT)  # there are six, but five are offered
    assert typed == ["&"]


def test_nothing_is_told_where_nothing_is_selected(view, typed):
    view.show_glyphs(grid(), None)
    QTest.keyClicks(view, "x")
    QTest.keyClick(view, KEY.Key_Delete)
    QTest.keyClick(view, KEY.Key_1, ALT)
    assert typed == []


def test_keys_with_control_are_the_windows(view, typed):
    view.show_glyphs(grid(), 2)
    event = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_X, CTRL, "x")
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()
    assert typed == []


def test_alt_gr_types_signs_on_windows_too(view, typed):
    view.show_glyphs(grid(), 2)
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_At, CTRL | ALT, "@"))
    assert typed == ["@"]


@pytest.mark.parametrize(
    ("key", "keys", "mine"),
    [
        (KEY.Key_Plus, CTRL, True),
        (KEY.Key_0, CTRL, True),
        (KEY.Key_Delete, Qt.KeyboardModifier.NoModifier, True),
        (KEY.Key_Escape, Qt.KeyboardModifier.NoModifier, False),
        (KEY.Key_S, CTRL, False),
    ],
)
def test_keys_of_the_view_come_before_actions_on_the_same_keys(view, key, keys, mine):
    view.show_glyphs(grid(), 2)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, keys)
    event.ignore()
    QApplication.sendEvent(view, event)
    assert event.isAccepted() is mine


# --- candidates at the box ---


def test_a_click_offers_the_candidates_at_the_box(view, typed):
    view.show_glyphs(grid(), None)
    QTest.mouseClick(view, LEFT, pos=view.glyph_rect(6).center().toPoint())
    popup = view.popup
    assert popup.isVisible()
    assert [button.text() for button in popup.buttons] == ["G", "2", "&&", "Q", "7"]
    assert popup.geometry().top() >= view.glyph_rect(6).bottom()
    QTest.mouseClick(popup.buttons[2], LEFT)
    assert typed == ["&"]
    assert not popup.isVisible()
    assert view.hasFocus()


@pytest.mark.parametrize("index", range(12))
def test_the_candidates_are_within_the_view_and_beside_the_box(view, index):
    view.show_glyphs(grid(), None)
    QTest.mouseClick(view, LEFT, pos=view.glyph_rect(index).center().toPoint())
    place = view.popup.geometry()
    assert view.rect().contains(place)
    assert not place.intersects(view.glyph_rect(index).toAlignedRect())


def test_typing_goes_on_while_candidates_are_offered(view, typed):
    view.show_glyphs(grid(), None)
    QTest.mouseClick(view, LEFT, pos=view.glyph_rect(6).center().toPoint())
    QTest.keyClicks(view, "7")
    assert typed == ["7"]
    assert not view.popup.isVisible()


def test_enter_gives_the_keyboard_to_the_field(view, typed):
    view.show_glyphs(grid(), 4)
    QTest.keyClick(view, KEY.Key_Return)
    field = view.popup.field
    assert field.hasFocus()
    QTest.keyClicks(field, " rn")
    QTest.keyClick(field, KEY.Key_Return)
    assert typed == ["rn"]
    assert view.hasFocus()
    assert not view.popup.isVisible()


def test_alt_and_a_digit_tell_a_candidate_from_the_field_too(view, typed):
    view.show_glyphs(grid(), 4)
    QTest.keyClick(view, KEY.Key_F2)
    QTest.keyClick(view.popup.field, KEY.Key_2, ALT)
    assert typed == ["2"]
    assert view.hasFocus()


def test_an_empty_field_tells_nothing(view, typed):
    view.show_glyphs(grid(), 4)
    QTest.keyClick(view, KEY.Key_Return)
    QTest.keyClick(view.popup.field, KEY.Key_Return)
    assert typed == []


def test_escape_closes_the_candidates_and_nothing_else(view, qtbot):
    view.show_glyphs(grid(), 4)
    view.show_region(Box(0, 0, 500, 500))
    QTest.keyClick(view, KEY.Key_Return)
    with qtbot.assertNotEmitted(view.regionCleared):
        QTest.keyClick(view.popup.field, KEY.Key_Escape)
    assert not view.popup.isVisible()
    assert view.hasFocus()
    assert view.region is not None


def test_the_candidates_move_with_the_page(near):
    near.show_glyphs(grid(), None)
    near.show_glyphs(near._boxes.glyphs, 5)
    near.show_candidates()
    before = near.popup.pos()
    wheel(near, 1, QPointF(300, 400))
    assert near.popup.pos() - before == QPoint(0, 64)


def test_the_candidates_go_with_their_glyph(view):
    view.show_glyphs(grid(), 4)
    view.show_candidates()
    view.show_glyphs(view._boxes.glyphs, 5)
    assert not view.popup.isVisible()


# --- a box drawn by hand ---


@pytest.fixture
def drawn(view):
    told = []
    view.regionDrawn.connect(told.append)
    return told


def test_a_box_is_drawn_with_the_left_button(view, drawn):
    drag(view, on_view(view, 300, 400), on_view(view, 900, 1000))
    (box,) = drawn
    slack = 1 / view.sight.zoom
    assert box.x == pytest.approx(300, abs=slack)
    assert box.y == pytest.approx(400, abs=slack)
    assert box.right == pytest.approx(900, abs=slack)
    assert box.bottom == pytest.approx(1000, abs=slack)
    assert view.region == box


def test_it_is_the_same_box_from_every_corner(view, drawn):
    one, other = on_view(view, 300, 400), on_view(view, 900, 1000)
    corners = (one, other), (other, one), (QPoint(one.x(), other.y()), QPoint(other.x(), one.y()))
    for start, end in corners:
        drag(view, start, end)
    assert drawn[0] == drawn[1] == drawn[2]


def test_a_box_ends_at_the_picture(view, drawn):
    drag(view, QPoint(2, 2), QPoint(WIDTH - 2, HEIGHT - 2))
    assert drawn[0].x == 0
    assert drawn[0].right == 1200


def test_a_box_beside_the_picture_is_none(view, drawn):
    drag(view, QPoint(2, 2), QPoint(60, 400))
    assert drawn == []


def test_all_but_the_box_is_dimmed(view):
    drag(view, on_view(view, 300, 400), on_view(view, 900, 1000))
    QTest.mouseMove(view, QPoint(2, 2))
    pixels = seen(view)
    inside, outside = on_view(view, 600, 700), on_view(view, 600, 1200)
    assert (pixels[inside.y(), inside.x()] == 255).all()
    assert (pixels[outside.y(), outside.x()] < 180).all()


def test_it_is_seen_while_it_is_drawn(view, drawn):
    before = seen(view)
    QTest.mousePress(view, LEFT, pos=on_view(view, 300, 400))
    QTest.mouseMove(view, on_view(view, 900, 1000))
    assert not np.array_equal(seen(view), before)
    QTest.keyClick(view, KEY.Key_Escape)
    QTest.mouseMove(view, on_view(view, 1000, 1000))
    assert np.array_equal(seen(view), before)
    QTest.mouseRelease(view, LEFT, pos=on_view(view, 1000, 1000))
    assert drawn == []


def test_escape_gives_the_box_up(view, qtbot):
    before = seen(view)
    drag(view, on_view(view, 300, 400), on_view(view, 900, 1000))
    with qtbot.waitSignal(view.regionCleared):
        QTest.keyClick(view, KEY.Key_Escape)
    assert view.region is None
    QTest.mouseMove(view, QPoint(2, 2))
    assert np.array_equal(seen(view), before)


def test_a_click_outside_gives_the_box_up_and_one_inside_does_not(view, qtbot):
    drag(view, on_view(view, 300, 400), on_view(view, 900, 1000))
    with qtbot.assertNotEmitted(view.regionCleared):
        QTest.mouseClick(view, LEFT, pos=on_view(view, 600, 700))
    with qtbot.waitSignal(view.regionCleared):
        QTest.mouseClick(view, LEFT, pos=on_view(view, 600, 1300))


def test_a_hand_that_shakes_still_clicks(view, drawn):
    view.show_glyphs(grid(), None)
    at = view.glyph_rect(7).center().toPoint()
    drag(view, at, at + QPoint(3, 2))
    assert drawn == []
    assert view._selected == 7


def test_what_is_typed_is_about_the_box(view, typed):
    drag(view, on_view(view, 300, 400), on_view(view, 900, 1000))
    QTest.keyClicks(view, "k")
    assert typed == ["k"]


def test_a_finger_draws_where_a_part_is_to_be_read(view, screen, drawn, qtbot):
    view.set_part_mode(on=True)
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    with qtbot.waitSignal(view.partModeChanged) as told:
        QTest.touchEvent(view, screen).press(0, on_view(view, 300, 400), view).commit()
        QTest.touchEvent(view, screen).move(0, on_view(view, 900, 1000), view).commit()
        QTest.touchEvent(view, screen).release(0, on_view(view, 900, 1000), view).commit()
    assert told.args == [False]
    assert len(drawn) == 1


def test_escape_ends_the_drawing_of_a_part(view, qtbot):
    view.set_part_mode(on=True)
    with qtbot.waitSignal(view.partModeChanged) as told:
        QTest.keyClick(view, KEY.Key_Escape)
    assert told.args == [False]


def test_another_picture_has_no_box(view):
    drag(view, on_view(view, 300, 400), on_view(view, 900, 1000))
    view.show_picture(blank())
    assert view.region is None


# --- a stage in the place of the picture ---


def test_a_stage_is_shown_in_the_place_of_the_picture(view, drawn, typed):
    view.show_glyphs(grid(), 2)
    before = seen(view)
    stage = np.zeros((300, 900), np.uint8)
    stage[:, 450:] = 200
    view.show_stage(stage)
    pixels = seen(view)
    assert view.sight.zoom == pytest.approx(WIDTH / 900)
    assert (pixels[250, 100] == 0).all()
    assert (pixels[250, 500] == 200).all()
    assert view.glyph_at(QPointF(300, 250)) is None
    QTest.keyClicks(view, "x")
    drag(view, QPoint(100, 250), QPoint(400, 300))
    assert (drawn, typed) == ([], [])
    view.show_stage(None)
    assert np.array_equal(seen(view), before)


def test_another_picture_ends_the_stage(view):
    view.show_stage(np.zeros((300, 900), np.uint8))
    view.show_picture(blank())
    assert not view.shows_stage


def test_without_a_picture_nothing_happens(qtbot):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show()
    drawn, zoomed = [], []
    view.regionDrawn.connect(drawn.append)
    drag(view, QPoint(10, 10), QPoint(200, 200))
    wheel(view, 1, QPointF(100, 100), CTRL)
    wheel(view, 1, QPointF(100, 100))
    QTest.keyClick(view, KEY.Key_0, CTRL)
    QTest.keyClicks(view, "x")
    view.show_stage(None)
    view.grab()
    assert (drawn, zoomed) == ([], [])
