"""Ink by place: what is found is what a look at every stroke would find, after any changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.box import Box
from core.ink import Stroke
from core.ink_index import CELL, MOST_CELLS, InkChange, InkIndex, seen_box


def stroke_at(x: float, y: float, size: float = 20) -> Stroke:
    return Stroke.through(np.array([[x, y], [x + size, y + size]], np.float32))


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "take", "replace", "undo"]),
        st.integers(0, 10**6),
        st.integers(-3000, 3000),
        st.integers(-3000, 3000),
    ),
    max_size=40,
)


def change_of(what: str, pick: int, x: int, y: int, strokes: list[Stroke]) -> InkChange:
    place = pick % (len(strokes) + 1)
    if what == "add" or place == len(strokes):
        return InkChange(placed=(place,), added=(stroke_at(x, y, 5 + pick % 4000),))
    gone = (place,), (strokes[place],)
    if what == "take":
        return InkChange(*gone)
    pieces = (stroke_at(x, y), stroke_at(x + 30, y))
    return InkChange(*gone, (place, place + 1), pieces)


@settings(deadline=None)
@given(steps)
def test_it_finds_what_a_look_at_every_stroke_finds(drawn):
    index, strokes = InkIndex(), []
    done: list[InkChange] = []
    for what, pick, x, y in drawn:
        if what == "undo":
            if not done:
                continue
            change = done.pop().undone
        else:
            change = change_of(what, pick, x, y, strokes)
            done.append(change)
        index.apply(change)
        for place in reversed(change.taken):
            del strokes[place]
        for place, stroke in zip(change.placed, change.added, strict=True):
            strokes.insert(place, stroke)
        assert index.ink.strokes == tuple(strokes)
        box = Box(x - 200, y - 200, 400 + pick % 3000, 400)
        found = [s for s in strokes if _meet(seen_box(s), box)]
        assert index.in_box(box) == tuple(found)
        assert [index.place_of(stroke) for stroke in strokes] == list(range(len(strokes)))
        if strokes:
            assert index.box.right == max(seen_box(stroke).right for stroke in strokes)
        else:
            assert index.box is None


def _meet(one: Box, other: Box) -> bool:
    across = one.x <= other.right and other.x <= one.right
    return across and one.y <= other.bottom and other.y <= one.bottom


def test_a_stroke_across_the_world_is_found_and_fills_no_memory():
    index = InkIndex([stroke_at(0, 0), stroke_at(0, 0, CELL * MOST_CELLS)])
    assert len(index._cells) < 20
    assert len(index.in_box(Box(50_000, 50_000, 10, 10))) == 1
    index.apply(InkChange((1,), (index.ink.strokes[1],)))
    assert index.in_box(Box(50_000, 50_000, 10, 10)) == ()


def test_the_ink_is_one_object_until_it_changes():
    index = InkIndex([stroke_at(0, 0)])
    assert index.ink is index.ink
    before = index.ink
    index.apply(InkChange(placed=(1,), added=(stroke_at(5, 5),)))
    assert index.ink is not before
    assert index.ink.strokes[0] is before.strokes[0]
    assert before.strokes[0] in index
    assert len(index) == 2


def test_a_change_of_other_ink_is_refused():
    index = InkIndex([stroke_at(0, 0)])
    with pytest.raises(ValueError, match="other ink"):
        index.apply(InkChange((0,), (stroke_at(0, 0),)))
    with pytest.raises(ValueError, match="other ink"):
        index.apply(InkChange((7,), (stroke_at(0, 0),)))
    with pytest.raises(ValueError, match="place"):
        InkChange((0,), ())
