"""What would hold up the window: garbage collected at a bad time, paint without end."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QSize

from core.box import Box
from core.ink import Stroke
from core.ink_index import InkIndex
from desktop.canvas.canvas import Canvas
from desktop.canvas.ink_layers import InkLayers
from desktop.garbage import IDLE_INTERVAL, Garbage
from tests.desktop.desk import difference, pixels_of


class Ring:
    """Something that only a collection lets go of."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def garbage(qapp):
    usual = gc.get_threshold()
    garbage = Garbage()
    yield garbage
    garbage.close()
    assert gc.get_threshold() == usual
    gc.unfreeze()


def old_ring() -> weakref.ref:
    """A ring that only a full collection finds: it has survived the others."""
    ring = Ring()
    gc.collect(1)
    return weakref.ref(ring)


def test_garbage_is_collected_when_the_work_is_done(garbage, qtbot):
    ring = old_ring()
    garbage.collect_soon()
    qtbot.waitUntil(lambda: ring() is None, timeout=10 * IDLE_INTERVAL)


def test_garbage_waits_while_there_is_work(garbage):
    garbage.collect_soon()
    garbage.put_off()
    assert not garbage._idle.isActive()
    assert gc.get_threshold()[2] >= 1000


def test_the_program_puts_it_off_until_all_is_read(program, hand, answered):
    idle = program.recogniser._garbage._idle
    hand.seven()
    assert not idle.isActive()
    answered()
    assert idle.isActive()


def test_a_paint_makes_no_more_shapes_than_it_has_time_for(qapp):
    rows = np.linspace(10, 200, 40)
    strokes = [Stroke.through(np.float32([[20, y], [200, y + 30]])) for y in rows]
    layers = InkLayers(InkIndex(strokes))
    layers.resize(QSize(256, 256), 1.0)
    layers.renew_all()
    layers.paint_stale(0.0)
    assert layers.stale
    assert len(layers._shapes) == 1
    paints = 1
    while layers.stale:
        layers.paint_stale(0.0)
        paints += 1
    assert len(layers._shapes) == len(strokes)
    assert paints == len(strokes) + 1


def box(number: int) -> Box:
    return Box(20 + 30 * (number % 10), 30 + 40 * (number // 10), 20, 30)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((range(8), 2), (range(8), 5)),
        ((range(8), 7), (range(9), 8)),
        ((range(9), 8), ((0, 1, 2, 5, 6, 7, 8), 4)),
        (((0, 3, 4), None), ((0, 1, 2, 3, 4), 3)),
        ((range(40), 2), ((), None)),
    ],
)
def test_boxes_that_change_are_painted_as_if_anew(qtbot, before, after):
    shown, anew = Canvas(), Canvas()
    for canvas in (shown, anew):
        qtbot.addWidget(canvas)
        canvas.resize(360, 260)
    shown.show()
    qtbot.waitExposed(shown)
    asked: list[Box] = []
    shown.update_page = asked.append
    numbers, selected = before
    shown.set_boxes(tuple(map(box, numbers)), selected)
    pixels = pixels_of(shown)
    asked.clear()
    numbers, selected = after
    shown.set_boxes(tuple(map(box, numbers)), selected)
    anew.set_boxes(tuple(map(box, numbers)), selected)
    wanted = pixels_of(anew)
    assert difference(pixels_of(shown), wanted) == 0
    if asked:  # and nothing else than what was asked for is different
        for one in asked:
            part = np.s_[int(one.y) - 3 : int(one.bottom) + 4, int(one.x) - 3 : int(one.right) + 4]
            pixels[part] = wanted[part]
        assert difference(pixels, wanted) == 0
