"""Tracks: what a network is told of how the pen went."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.alphabet import ASCII94
from core.classifying import Classifier, open_classifier
from core.ink import Ink, Stroke
from core.models import open_model
from core.recognising import ink_glyph, recognise_ink
from core.track import MOST_STROKES, TRACK_CHANNELS, TRACK_POINTS, make_track
from tests.core.handwriting import character

PLACES = arrays(
    np.float32, st.tuples(st.integers(1, 12), st.just(2)), elements=st.floats(-500, 500, width=32)
)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return open_classifier(open_model("glyphnet"), "litert")


def ink_of(*strokes: list[tuple[float, float]]) -> Ink:
    return Ink(tuple(Stroke.through(np.array(places, np.float32)) for places in strokes))


def moved(ink: Ink, scale: float, by: float) -> Ink:
    return Ink(
        tuple(
            Stroke.through(stroke.xy * np.float32(scale) + np.float32(by)) for stroke in ink.strokes
        )
    )


@settings(deadline=None)
@given(strokes=st.lists(PLACES, min_size=1, max_size=MOST_STROKES + 4))
def test_any_ink_has_a_track_of_one_shape_and_small_numbers(strokes):
    track = make_track(Ink(tuple(map(Stroke.through, strokes))))
    assert track.shape == (TRACK_POINTS, TRACK_CHANNELS)
    assert track.dtype == np.float32
    assert np.isfinite(track).all()
    assert np.abs(track[:, :7]).max() <= 1 + 1e-5
    assert (track[:, 8] == 1).all()
    assert set(track[:, 6]) <= {0, 1}
    assert (track[:, 6] == 0).sum() == min(len(strokes), MOST_STROKES)


@pytest.mark.parametrize("sign", "AELo4i")
def test_place_and_size_leave_no_trace(sign):
    ink = character(sign)
    assert make_track(moved(ink, 3.5, 200)) == pytest.approx(make_track(ink), abs=1e-3)


def test_speed_leaves_no_trace():
    """The same line with points at other places along it."""
    slow = ink_of([(x, 0) for x in np.linspace(0, 100, 80)])
    fast = ink_of([(0, 0), (7, 0), (60, 0), (100, 0)])
    assert make_track(fast) == pytest.approx(make_track(slow), abs=1e-4)


def test_direction_and_order_show():
    line = [(0.0, 0.0), (100.0, 0.0)]
    there, back = make_track(ink_of(line)), make_track(ink_of(line[::-1]))
    assert there[5, 2] == pytest.approx(1)
    assert back[5, 2] == pytest.approx(-1)
    bar, leg = [(0.0, 50.0), (100.0, 50.0)], [(50.0, 0.0), (50.0, 100.0)]
    assert not np.allclose(make_track(ink_of(bar, leg)), make_track(ink_of(leg, bar)), atol=0.1)


def test_the_way_of_the_lifted_pen_is_told_apart():
    track = make_track(ink_of([(0, 0), (100, 0)], [(0, 100), (100, 100)]))
    (up,) = np.flatnonzero(track[:-1, 6] == 0)
    assert up == TRACK_POINTS // 2 - 1
    assert track[up, 2:4].tolist() == [0, 0]
    assert track[up, 4:6] == pytest.approx([-np.sqrt(0.5), np.sqrt(0.5)], abs=1e-4)


def test_a_track_needs_ink():
    with pytest.raises(ValueError, match="needs ink"):
        make_track(Ink())


# --- On a pad ----------------------------------------------------------------------------------


def test_every_glyph_of_a_pad_has_its_track(classifier):
    first, second = character("A"), moved(character("E"), 1, 0)
    second = Ink(
        tuple(Stroke.through(stroke.xy + np.float32([250, 0])) for stroke in second.strokes)
    )
    assert ink_glyph(first).track == pytest.approx(make_track(first))
    pad = Ink((*first.strokes, *second.strokes))
    reading = recognise_ink(pad, classifier, alphabet=ASCII94, layout="line")
    glyphs = [one.glyph for one in reading.glyphs]
    assert len(glyphs) == 2
    for glyph, ink in zip(glyphs, (first, second), strict=True):
        assert glyph.track == pytest.approx(make_track(ink), abs=1e-5)
