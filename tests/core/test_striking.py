"""Strokes that strike characters through."""

from __future__ import annotations

import numpy as np
import pytest

from core.box import Box
from core.ink import Stroke
from core.striking import struck

BOXES = [Box(0, 0, 40, 80), Box(60, 0, 40, 80), Box(120, 30, 40, 50)]
TEXTS = ["B", "l", "c"]


def through(*places: tuple[float, float]) -> Stroke:
    return Stroke.through(np.array(places, np.float32))


@pytest.mark.parametrize(
    ("stroke", "hit"),
    [
        (through((-30, 42), (55, 40)), (0,)),
        (through((100, 55), (190, 57)), (2,)),
        (through((-30, 45), (200, 50)), (0, 1, 2)),
        (through((50, 40), (120, 40)), ()),  # an l becomes a t
        (through((10, 40), (30, 40)), ()),  # a bar within
        (through((-30, 85), (70, 85)), ()),  # an underline
        (through((-30, 2), (70, 2)), ()),  # an overline
        (through((20, -30), (20, 120)), ()),  # upright
    ],
    ids=["one", "a small one", "a word", "bar", "within", "under", "over", "upright"],
)
def test_a_flat_stroke_through_a_character_and_beyond_strikes_it(stroke, hit):
    assert struck(stroke, BOXES, TEXTS) == hit


def test_going_back_and_forth_strikes_what_a_bar_would_belong_to():
    zigzag = through(*[(45 + 70 * (turn % 2), 25 + 5 * turn) for turn in range(7)])
    assert struck(zigzag, BOXES, TEXTS) == (1,)


def test_a_point_strikes_nothing():
    assert struck(through((20, 40)), BOXES, TEXTS) == ()
