"""A marker over a word: the word stays, and is read as before."""

from __future__ import annotations

import numpy as np

from core.ink import Ink, Stroke, StrokeKind, StrokeStyle
from core.pen_reading import without_marks
from desktop.hand.pen import Tool
from desktop.pad.tool_actions import choose
from tests.core.handwriting import written
from tests.desktop.test_correcting import draw_ink, text_of


def test_a_marker_over_a_word_takes_nothing_away_and_is_not_read(program, hand, answered):
    canvas = program.window.canvas
    draw_ink(canvas, written("HAT", size=60), 40, 60)
    answered()
    before = program.pad.ink.strokes
    choose(program.window.tools.tool_group, Tool.MARKER)
    canvas.set_tool(Tool.MARKER)
    right = round(max(stroke.box.right for stroke in before))
    hand.draw((20, 90), (right + 25, 92))
    answered()
    assert program.pad.ink.strokes[:-1] == before
    assert program.pad.ink.strokes[-1].style.kind is StrokeKind.MARKER
    assert text_of(program) == "HAT"


def test_what_a_marker_writes_is_read():
    ink = written("HAT", size=60)
    by_marker = Ink(tuple(marker(stroke) for stroke in ink.strokes))
    assert without_marks(by_marker) is by_marker


def test_a_marker_beside_the_ink_writes_and_one_over_it_marks():
    pen = written("HAT", size=60).strokes
    over = marker(Stroke.through(pen[0].xy + 3))
    beside = marker(Stroke.through(pen[0].xy + np.float32([0, 400])))
    assert without_marks(Ink((*pen, over, beside))).strokes == (*pen, beside)


def marker(stroke: Stroke) -> Stroke:
    return Stroke(stroke.points, StrokeStyle(StrokeKind.MARKER))
