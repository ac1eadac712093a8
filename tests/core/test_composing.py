"""A line that was decided → words, each glyph as its likeliest sign."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alphabet import ALNUM36, DIGITS, Alphabet
from core.box import Box
from core.composing import CANDIDATES, EVEN, Decided, Decision, Frame, number_share, read_line
from core.glyph import TILE_SIZE, Glyph
from core.lattice import Hypothesis
from core.reading import ReadLine

TILE = np.ones((TILE_SIZE, TILE_SIZE), np.float32)


def decided(words: list[int], odds: np.ndarray) -> Decided:
    """So many characters in each word, six pixels from one to the next."""
    starts = {0, *np.cumsum(words)[:-1].tolist()}
    return Decided(
        tuple(
            Decision(
                Hypothesis(place, place + 1, Glyph(TILE, Box(6.0 * place, 0, 5, 8))),
                row,
                begins_word=place in starts,
            )
            for place, row in enumerate(odds)
        ),
        Frame(8, 0, 5),
    )


def certain(digits: str, share: float = 0.91) -> np.ndarray:
    """Each digit with `share`, the others with the rest in equal parts."""
    odds = np.full((len(digits), 10), (1 - share) / 9, np.float32)
    odds[range(len(digits)), [int(digit) for digit in digits]] = share
    return odds


def line_of(words: list[int], odds: np.ndarray, alphabet: Alphabet = DIGITS) -> ReadLine:
    count = len(odds)
    return read_line(decided(words, odds), alphabet, 2, strays=[False] * count, told=[None] * count)


def test_characters_go_to_their_words():
    line = line_of([2, 1, 3], certain("123456"))
    assert line.text == "12 3 456"
    assert line.words[0].box == Box(0, 0, 11, 8)
    places = [(g.glyph.line, g.glyph.word) for word in line.words for g in word.glyphs]
    assert places == [(2, 0), (2, 0), (2, 1), (2, 2), (2, 2), (2, 2)]


def test_a_glyph_is_its_likeliest_candidate():
    (read,) = line_of([1], certain("7", 0.64)).words[0].glyphs
    assert (read.text, read.confidence) == ("7", pytest.approx(0.64))
    assert read.candidates[0].label == "7"
    odds = [candidate.probability for candidate in read.candidates]
    assert odds == sorted(odds, reverse=True)
    assert not read.stray
    assert not read.told


def test_what_was_told_counts_and_what_is_perhaps_none_says_so():
    line = read_line(
        decided([3], certain("123")), DIGITS, 0, strays=[True, False, True], told=[None, "8", "9"]
    )
    assert line.text == "189"
    first, second, third = line.words[0].glyphs
    assert (first.stray, second.stray, third.stray) == (True, False, False)
    assert (second.told, second.confidence, second.candidates[0].label) == (True, 1.0, "2")


@pytest.mark.parametrize("alphabet", [DIGITS, ALNUM36])
def test_as_many_candidates_as_are_kept(alphabet):
    even = np.full((1, len(alphabet)), 1 / len(alphabet), np.float32)
    assert len(line_of([1], even, alphabet).words[0].glyphs[0].candidates) == CANDIDATES


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_every_glyph_is_read_once_and_in_order(words):
    digits = "".join(str(place % 10) for place in range(sum(words)))
    line = line_of(words, certain(digits))
    assert [len(word.glyphs) for word in line.words] == words
    assert "".join(word.text for word in line.words) == digits


def test_the_share_of_numbers_is_of_what_begins_words():
    assert number_share([], DIGITS) == EVEN
    pages = [
        number_share([decided(words, padded(odds))] * lines, ALNUM36)
        for words, odds, lines in (
            ([2, 2], certain("1234", 1), 1),
            ([4], certain("1234", 1), 10),
            ([1, 1, 1, 1], certain("1234", 1), 100),
        )
    ]
    assert EVEN < pages[0] < pages[1] < pages[2] == 0.95
    words = decided([1, 1, 1, 1], np.roll(padded(certain("1234", 1)), 10, axis=1))
    assert number_share([words] * 100, ALNUM36) == 0.05


def padded(odds: np.ndarray) -> np.ndarray:
    """Digits among digits and letters, which are none of them."""
    return np.pad(odds, ((0, 0), (0, 26)))
