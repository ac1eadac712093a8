"""Ink that is moved stays what someone said it is; other ink in its place does not."""

from __future__ import annotations

import numpy as np
import pytest

from core.corrections import Correction
from core.ink import Ink, Stroke
from core.selecting import Placement, Sweep
from desktop.pad.corrections import Corrections
from desktop.pad.pad import Pad
from desktop.pad.selection import Selection
from tests.core.handwriting import written
from tests.desktop.test_correcting import draw_ink, text_of


def bar(x: float) -> Stroke:
    return Stroke.through(np.float32([[x, 10], [x, 60]]))


@pytest.fixture
def pad(qapp) -> Pad:
    pad = Pad()
    for x in (10, 50, 90):
        pad.add_stroke(bar(x))
    return pad


@pytest.fixture
def corrections(pad) -> Corrections:
    corrections = Corrections(pad.history)
    pad.inkEdited.connect(corrections.follow)
    return corrections


@pytest.fixture
def selection(pad) -> Selection:
    return Selection(pad)


def move_all(pad: Pad, selection: Selection, x: float) -> None:
    selection.choose_all()
    selection.place(Placement(shift_x=x))


def test_a_correction_follows_moved_strokes_and_comes_back(pad, corrections, selection):
    first, second, _ = pad.ink.strokes
    corrections.put((Correction((first, second), "H"),), "correct")
    move_all(pad, selection, 300)
    (moved,) = corrections.all
    assert (moved.strokes, moved.text) == (pad.ink.strokes[:2], "H")
    pad.history.undo()
    assert corrections.all[0].strokes == (first, second)
    pad.history.redo()
    assert corrections.all[0].strokes == moved.strokes
    pad.history.undo()
    pad.history.undo()
    assert corrections.all == ()
    pad.history.redo()
    assert corrections.all[0].strokes == (first, second)


def test_a_correction_of_some_moved_strokes_is_of_the_others_too(pad, corrections, selection):
    first, second, _ = pad.ink.strokes
    corrections.put((Correction((first, second), "H"),), "correct")
    selection.choose_within(np.float32([[0, 0], [30, 0], [30, 80], [0, 80]]))
    selection.place(Placement(shift_y=5))
    assert corrections.all[0].strokes == (pad.ink.strokes[0], second)


def test_other_ink_in_the_place_of_a_word_is_not_what_the_word_was(pad, corrections, selection):
    """As many strokes as before, but not the same ones."""
    corrections.put((Correction(pad.ink.strokes[:1], "l"),), "correct")
    selection.choose_all()
    pad.replace_ink(Ink((bar(200), bar(240), bar(280))))
    assert set(corrections.all[0].strokes).isdisjoint(pad.ink.strokes)
    assert selection.strokes == ()


def test_a_stroke_cut_shorter_is_not_what_it_was(pad, corrections):
    corrections.put((Correction(pad.ink.strokes[:1], "l"),), "correct")
    pad.erase(Sweep(0, 60, 20, 60, 20), by_area=True)
    pad.finish_erasing()
    assert len(pad.ink.strokes) == 3
    assert set(corrections.all[0].strokes).isdisjoint(pad.ink.strokes)


def test_a_corrected_word_keeps_its_text_where_it_is_moved(program, answered):
    canvas = program.window.canvas
    draw_ink(canvas, written("HAT", size=60), 30, 40)
    answered()
    program.reader.select(1)
    program.rooms.pad_corrector.correct("8")
    answered()
    assert text_of(program) == "H8T"
    program.tools.selection.choose_all()
    program.tools.selection.place(Placement(shift_x=60, shift_y=90))
    answered()
    assert text_of(program) == "H8T"
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "H8T"
    program.window.undo_action.trigger()
    answered()
    assert text_of(program) == "HAT"
    program.window.redo_action.trigger()
    program.window.redo_action.trigger()
    answered()
    assert text_of(program) == "H8T"
