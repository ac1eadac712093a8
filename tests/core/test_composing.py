"""Glyphs and what they may be → lines and words, each glyph as its likeliest sign."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alphabet import ALNUM36, ALPHABETS, DIGITS
from core.box import Box
from core.composing import CANDIDATES, compose_lines
from core.glyph import TILE_SIZE, Glyph
from core.prediction import Prediction

TILE = np.ones((TILE_SIZE, TILE_SIZE), np.float32)


def glyph(line: int, word: int, x: float = 0) -> Glyph:
    return Glyph(TILE, Box(x, 10.0 * line, 5, 8), line, word)


def certain(digits: str, share: float = 0.91) -> Prediction:
    """Each digit with `share`, the others with the rest in equal parts."""
    odds = np.full((len(digits), 10), (1 - share) / 9, np.float32)
    odds[range(len(digits)), [int(digit) for digit in digits]] = share
    return Prediction(DIGITS, odds)


def test_glyphs_go_to_their_words_and_lines():
    glyphs = [glyph(0, 0), glyph(0, 0, 6), glyph(0, 1, 30), glyph(1, 0), glyph(2, 0), glyph(2, 1)]
    lines = compose_lines(glyphs, certain("123456"))
    assert [line.text for line in lines] == ["12 3", "4", "5 6"]
    assert [[word.text for word in line.words] for line in lines] == [
        ["12", "3"],
        ["4"],
        ["5", "6"],
    ]
    assert lines[0].words[0].box == Box(0, 0, 11, 8)


def test_words_of_two_lines_with_one_number_stay_apart():
    lines = compose_lines([glyph(0, 0), glyph(1, 0)], certain("12"))
    assert [line.text for line in lines] == ["1", "2"]


def test_a_glyph_is_its_likeliest_candidate():
    lines = compose_lines([glyph(0, 0)], certain("7", 0.64))
    (read,) = lines[0].words[0].glyphs
    assert (read.text, read.confidence) == ("7", pytest.approx(0.64))
    assert read.candidates[0].label == "7"
    odds = [candidate.probability for candidate in read.candidates]
    assert odds == sorted(odds, reverse=True)


@pytest.mark.parametrize("alphabet", [DIGITS, ALNUM36])
def test_as_many_candidates_as_are_kept(alphabet):
    even = np.full((1, len(alphabet)), 1 / len(alphabet), np.float32)
    (line,) = compose_lines([glyph(0, 0)], Prediction(alphabet, even))
    assert len(line.words[0].glyphs[0].candidates) == CANDIDATES


def test_no_glyphs_are_no_lines():
    for alphabet in ALPHABETS.values():
        nothing = Prediction(alphabet, np.zeros((0, len(alphabet)), np.float32))
        assert compose_lines([], nothing) == ()


@pytest.mark.parametrize("digits", ["1", "123"])
def test_rows_and_glyphs_must_be_as_many(digits):
    with pytest.raises(ValueError, match="zip"):
        compose_lines([glyph(0, 0), glyph(0, 0)], certain(digits))


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), max_size=4))
def test_every_glyph_is_read_once_and_in_order(shape):
    places = [
        (line, word)
        for line, words in enumerate(shape)
        for word, count in enumerate(words)
        for _ in range(count)
    ]
    digits = "".join(str(number % 10) for number in range(len(places)))
    lines = compose_lines([glyph(*place) for place in places], certain(digits))
    assert [[len(word.glyphs) for word in line.words] for line in lines] == shape
    read = "".join(line.text for line in lines).replace(" ", "")
    assert read == digits


def test_what_the_model_is_too_unsure_of_is_perhaps_no_character():
    odds = np.concatenate([certain("7").probabilities, np.full((1, 10), 0.1, np.float32)])
    prediction = Prediction(DIGITS, odds)
    (line,) = compose_lines([glyph(0, 0), glyph(0, 0, 6)], prediction, least_sureness=0.5)
    assert [read.stray for read in line.words[0].glyphs] == [False, True]
    (line,) = compose_lines([glyph(0, 0), glyph(0, 0, 6)], prediction)
    assert not any(read.stray for read in line.words[0].glyphs)
