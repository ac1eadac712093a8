"""How far a page is turned."""

from __future__ import annotations

import numpy as np
import pytest

from core.cleaning.turning import MOST_POINTS, page_turn

SIDE = 1000
PAPER = np.full((SIDE, SIDE), 255, np.uint8)


def strokes(angle: float) -> np.ndarray:
    """A page of short thick strokes on lines that sink by `angle` degrees, with more ink than is
    measured."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float64)
    along = x * np.cos(np.radians(angle)) + y * np.sin(np.radians(angle))
    across = y * np.cos(np.radians(angle)) - x * np.sin(np.radians(angle))
    ink = (across % 24 < 9) & (along % 23 < 15)
    grey = np.where(ink, 40, 220).astype(np.uint8)
    assert np.count_nonzero(ink) > 2 * MOST_POINTS
    return grey


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 0.4, 2.2])
def test_a_page_of_more_ink_than_is_measured_tells_its_turn(angle):
    found = page_turn(strokes(angle), PAPER)
    assert found == pytest.approx(angle, abs=0.1)
    assert page_turn(strokes(angle), PAPER) == found
