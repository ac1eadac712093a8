"""Lasso, area eraser and placing: what they hold, leave and keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.box import Box
from core.ink import WIDEST_STYLE, Stroke, StrokeKind, StrokeStyle
from core.selecting import Placement, Sweep, lassoed, touched, without_swept

numbers = st.integers(-100, 100)
strokes = st.lists(st.tuples(numbers, numbers, st.integers(0, 10)), min_size=1, max_size=20).map(
    lambda rows: Stroke(
        np.array([(x, y, p / 10, i / 7) for i, (x, y, p) in enumerate(rows)], np.float32),
        StrokeStyle(StrokeKind.MARKER, width=2.0),
    )
)
sweeps = st.builds(Sweep, numbers, numbers, numbers, numbers, st.integers(1, 40))


def through(*points: tuple[float, float]) -> Stroke:
    return Stroke.through(np.array(points, np.float32))


def length(stroke: Stroke) -> float:
    return float(np.hypot(*np.diff(stroke.xy.astype(np.float64), axis=0).T).sum())


def distance(places: np.ndarray, sweep: Sweep) -> np.ndarray:
    """From places (N, 2) to the middle of a sweep."""
    start, step = np.array([sweep.x0, sweep.y0]), np.array([sweep.x1, sweep.y1])
    along = step - start
    share = ((places - start) @ along) / max(float(along @ along), 1e-12)
    nearest = start + np.clip(share, 0, 1)[:, None] * along
    return np.hypot(*(places - nearest).T)


def dense(stroke: Stroke) -> np.ndarray:
    """Places all along a stroke, (N, 2)."""
    if len(stroke.points) == 1:
        return stroke.xy.astype(np.float64)
    at = np.linspace(0, len(stroke.points) - 1, 400)
    numbers_ = np.arange(len(stroke.points))
    return np.stack([np.interp(at, numbers_, column) for column in stroke.xy.T], axis=1)


@given(strokes, sweeps)
def test_what_the_area_eraser_leaves_lies_outside_its_way(stroke, sweep):
    for piece in without_swept(stroke, sweep):
        assert distance(dense(piece), sweep).min() >= sweep.radius - 0.01


@given(strokes, sweeps)
def test_what_it_leaves_is_what_was_outside(stroke, sweep):
    places = dense(stroke)
    pieces = without_swept(stroke, sweep)
    left = np.concatenate([dense(piece) for piece in pieces]) if pieces else np.empty((0, 2))
    for place in places[distance(places, sweep) > sweep.radius + 0.2]:
        step = length(stroke) / 100 + 0.1
        assert np.hypot(*(left - place).T).min() <= step
    assert sum(map(length, pieces)) <= length(stroke) * (1 + 1e-4) + 1e-3


@given(strokes, sweeps)
def test_pieces_keep_style_pressure_and_time(stroke, sweep):
    last = -1.0
    for piece in without_swept(stroke, sweep):
        assert piece.style == stroke.style
        time = piece.points[:, 3]
        assert (np.diff(time) >= 0).all()
        assert time[0] >= last
        last = time[-1]
        inner = piece.points[1:-1]
        kept = {tuple(row) for row in stroke.points.tolist()}
        assert all(tuple(row) in kept for row in inner.tolist())
        for column in (2, 3):
            expected = np.interp(time, stroke.points[:, 3], stroke.points[:, column])
            assert np.allclose(piece.points[:, column], expected, atol=1e-3)


@given(strokes, sweeps)
def test_a_stroke_is_touched_exactly_where_something_of_it_goes(stroke, sweep):
    nearest = distance(dense(stroke), sweep).min()
    assume(abs(nearest - sweep.radius) > 1.5)
    assert touched(stroke, sweep) == (nearest < sweep.radius)
    if not touched(stroke, sweep):
        assert without_swept(stroke, sweep) == (stroke,)


CROSS = (through((0, 50), (100, 50)), through((50, 0), (50, 100)), through((200, 200)))


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (50, 50, (0, 1)),
        (20, 53, (0,)),
        (53, 80, (1,)),
        (20, 58, ()),
        (-3, 50, (0,)),
        (-8, 50, ()),
        (-4, 54, ()),
        (203, 203, (2,)),
        (205, 204, ()),
    ],
)
def test_an_eraser_that_stands_touches_the_strokes_that_pass_it(x, y, expected):
    here = Sweep(x, y, x, y, 5)
    assert tuple(i for i, stroke in enumerate(CROSS) if touched(stroke, here)) == expected


@given(strokes, st.integers(0, 5), st.data())
def test_every_point_of_a_stroke_touches_it(stroke, radius, data):
    x, y = data.draw(st.sampled_from(stroke.xy.tolist()))
    assert touched(stroke, Sweep(x, y, x, y, radius + 0.5))


def test_standing_still_is_touched_too():
    assert touched(through((5, 5), (5, 5)), Sweep(6, 5, 6, 5, 2))


@pytest.mark.parametrize(
    ("sweep", "spans"),
    [
        (Sweep(50, 0, 50, 0, 10), [(0, 40), (60, 100)]),
        (Sweep(20, -50, 20, 50, 5), [(0, 15), (25, 100)]),
        (Sweep(0, 0, 100, 0, 5), []),
        (Sweep(-10, 0, 30, 0, 5), [(35, 100)]),
        (Sweep(50, 20, 50, 20, 10), [(0, 100)]),
    ],
)
def test_a_straight_line_is_cut_where_it_should_be(sweep, spans):
    pieces = without_swept(through((0, 0), (30, 0), (100, 0)), sweep)
    assert [(piece.box.x, piece.box.right) for piece in pieces] == [
        pytest.approx(span, abs=1e-3) for span in spans
    ]


def test_a_dot_goes_whole_or_stays():
    dot = through((5, 5))
    assert without_swept(dot, Sweep(0, 5, 3, 5, 3)) == ()
    assert without_swept(dot, Sweep(0, 5, 1, 5, 3)) == (dot,)


SQUARE = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], np.float32)


def test_a_lasso_holds_what_lies_in_it_with_most_of_its_points():
    inside, half, most = (
        through((10, 10), (90, 90)),
        through((50, 50), (150, 50)),
        through((50, 50), (60, 50), (150, 50)),
    )
    assert lassoed((inside, half, most, through((150, 150))), SQUARE) == (0, 2)
    assert lassoed((), SQUARE) == ()
    assert lassoed((inside,), SQUARE[:2]) == ()


def test_a_lasso_that_goes_round_twice_holds_all_the_same():
    assert lassoed((through((50, 50)),), np.concatenate([SQUARE, SQUARE])) == (0,)
    assert lassoed((through((50, 50)),), SQUARE[::-1]) == (0,)


@given(st.lists(strokes, min_size=1, max_size=6), numbers, numbers)
def test_a_lasso_moved_with_the_ink_holds_the_same(drawn, dx, dy):
    shift = Placement(shift_x=dx, shift_y=dy)
    outline = np.array([[-50.5, -40.5], [60.5, -30.5], [20.5, 70.5]], np.float32)
    moved = outline + np.array([dx, dy], np.float32)
    assert lassoed(drawn, outline) == lassoed([shift.stroke(s) for s in drawn], moved)


boxes = st.builds(Box, numbers, numbers, st.integers(1, 50), st.integers(1, 50))


@given(boxes, boxes)
def test_a_placement_brings_one_box_onto_another(old, new):
    placed = Placement.between(old, new).box(old)
    expected = (new.x, new.y, new.width, new.height)
    assert (placed.x, placed.y, placed.width, placed.height) == pytest.approx(expected, abs=1e-6)


def test_a_placed_stroke_keeps_pressure_time_and_colour_and_grows_in_width():
    stroke = Stroke(
        np.array([[10, 20, 0.3, 0], [20, 40, 0.8, 1.5]], np.float32), StrokeStyle(width=1.5)
    )
    placed = Placement(2, 8, 1, -1).stroke(stroke)
    assert placed.xy.tolist() == [[21, 159], [41, 319]]
    assert (placed.points[:, 2:] == stroke.points[:, 2:]).all()
    assert placed.style == StrokeStyle(width=6.0)
    assert Placement(100, 100).stroke(stroke).style.width == WIDEST_STYLE


def test_a_line_without_a_side_keeps_its_scale_there():
    assert Placement.between(Box(0, 0, 0, 10), Box(5, 0, 0, 20)) == Placement(1, 2, 5, 0)


@pytest.mark.parametrize("wrong", [(0, 1), (1, -1), (float("nan"), 1), (1, float("inf"))])
def test_ink_cannot_be_placed_inside_out(wrong):
    with pytest.raises(ValueError, match="placed"):
        Placement(*wrong)
