"""The reading: words and lines from glyphs, their texts, boxes and confidences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.box import Box
from core.glyph import TILE_SIZE, Glyph
from core.prediction import Candidate
from core.reading import ReadGlyph, Reading, ReadLine, ReadWord


def glyph(text: str, x: float = 0.0, confidence: float = 0.5) -> ReadGlyph:
    tile = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
    box = Box(x, 10.0, 8.0, 20.0)
    return ReadGlyph(text, confidence, (Candidate(text, confidence),), Glyph(tile, box))


def word(text: str, x: float = 0.0, confidences: tuple[float, ...] = ()) -> ReadWord:
    sure = confidences or (0.5,) * len(text)
    return ReadWord(tuple(glyph(sign, x + 10 * n, sure[n]) for n, sign in enumerate(text)))


def reading(*lines: str) -> Reading:
    return Reading(
        source="x.png",
        page=1,
        width=640,
        height=480,
        model="glyphnet",
        alphabet="ascii94",
        lines=tuple(
            ReadLine(tuple(word(each, 100.0 * n) for n, each in enumerate(line.split())))
            for line in lines
        ),
    )


def test_texts_are_put_together():
    page = reading("To be", "or not")
    assert page.lines[0].words[1].text == "be"
    assert page.lines[0].text == "To be"
    assert page.text == "To be\nor not"
    assert "".join(each.text for each in page.glyphs) == "Tobeornot"


def test_boxes_hold_what_they_are_of():
    line = reading("ab cd").lines[0]
    assert line.words[0].glyphs[1].box == Box(10, 10, 8, 20)
    assert line.words[0].box == Box(0, 10, 18, 20)
    assert line.box == Box(0, 10, 118, 20)


def test_nothing_here_has_no_text_and_no_glyphs():
    page = reading()
    assert page.nothing_here
    assert page.text == ""
    assert page.glyphs == ()
    assert not reading("a").nothing_here


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [
        ((0.9,), 0.9),
        ((0.9, 0.4), 0.6),
        ((1.0, 1.0, 1.0), 1.0),
        ((1.0, 0.0), 0.0),
        ((1.0, 1.0, 1.0, 0.0001), 0.1),
    ],
)
def test_a_word_is_as_sure_as_the_geometric_mean_of_its_glyphs(confidences, expected):
    assert word("x" * len(confidences), confidences=confidences).confidence == pytest.approx(
        expected
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=500))
def test_the_confidence_of_a_word_lies_among_those_of_its_glyphs(confidences):
    made = word("x" * len(confidences), confidences=tuple(confidences)).confidence
    assert min(confidences) - 1e-9 <= made <= max(confidences) + 1e-9


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_is_a_probability(confidence):
    with pytest.raises(ValueError, match="confidence"):
        glyph("a", confidence=confidence)


def test_no_part_is_empty():
    with pytest.raises(ValueError, match="text"):
        glyph("")
    with pytest.raises(ValueError, match="glyph"):
        ReadWord(())
    with pytest.raises(ValueError, match="word"):
        ReadLine(())
    with pytest.raises(ValueError, match="page"):
        Reading("x", 0, 1, 1, "m", "a", ())
