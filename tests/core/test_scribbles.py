"""Ink that is no character, and what a network is taught of it."""

from __future__ import annotations

import numpy as np
import pytest

from core.alphabet import ASCII94
from core.glyph import make_tile
from core.rasterising import rasterise_character
from core.training.balance import BalancedCrossentropy
from core.training.course import Course, VariedSamples, class_shares
from core.training.data import InkSamples
from core.training.scribbles import KINDS, MADE, UNTAUGHT, WORD, Strays, piece
from tests.core.handwriting import character, written
from tests.core.test_letters import packed


@pytest.fixture
def strays() -> Strays:
    characters = packed([(sign, "anna", character(sign)) for sign in "AEH4"])
    words = packed([(text, "anna", written(text)) for text in ("THE", "HALT", "L")])
    return Strays(characters, words)


@pytest.mark.parametrize("kind", [*KINDS, *UNTAUGHT])
def test_every_kind_makes_ink_that_differs_and_follows_from_the_seed(strays, kind):
    tiles = [
        make_tile(rasterise_character(strays.draw(kind, np.random.default_rng(seed))).pixels)
        for seed in (1, 1, 2, 3, 4)
    ]
    assert np.array_equal(tiles[0], tiles[1])
    if kind != WORD:  # of which there is one here
        assert len({tile.tobytes() for tile in tiles}) >= 3


def test_what_is_measured_alone_is_taught_nowhere(strays):
    assert not set(UNTAUGHT) & set(KINDS)
    assert len(strays.draw("face", np.random.default_rng(1)).strokes) == 4
    assert 6 <= len(strays.draw("grid", np.random.default_rng(1)).strokes) <= 10


def test_only_long_words_are_taken_for_one_character(strays):
    ink = strays.draw(WORD, np.random.default_rng(1))
    assert len(ink.strokes) == len(written("HALT").strokes)


@pytest.mark.parametrize("sign", ["A", "E", "8", "o"])
def test_a_piece_is_the_beginning_or_the_end_of_a_character(sign):
    whole = character(sign)
    places = np.concatenate([stroke.xy for stroke in whole.strokes])
    for seed in range(20):
        part = np.concatenate([s.xy for s in piece(whole, np.random.default_rng(seed)).strokes])
        assert 2 <= len(part) <= 0.6 * len(places) + 1
        assert np.array_equal(part, places[: len(part)]) or np.array_equal(
            part, places[-len(part) :]
        )


def test_a_blot_covers_more_than_a_letter():
    def covered(ink) -> float:
        return float(make_tile(rasterise_character(ink).pixels).mean())

    blots = [covered(MADE["blot"](np.random.default_rng(seed))) for seed in range(20)]
    assert np.median(blots) > 1.3 * covered(character("o"))


def test_an_epoch_has_the_strays_asked_for_and_wants_even_odds_of_them(strays):
    characters = packed([(sign, "anna", character(sign)) for sign in "AEH4"])
    course = Course((characters,), (None,), 0, strays=strays, stray_draws=12)
    tiles, answers = VariedSamples(course, ASCII94, batch=16, seed=1, epoch=0)[0]
    strayed = (answers[:, 0].max(axis=1) < 1).nonzero()[0]
    assert len(strayed) == 12
    assert answers[strayed[0], 0] == pytest.approx(class_shares(course, ASCII94, InkSamples))
    assert (tiles.reshape(16, -1).max(axis=1) == 1).all()
    # the loss that the course is learnt with is least where the network says nothing
    loss = BalancedCrossentropy(smoothing=0)
    even = float(loss(answers[strayed], np.zeros((12, 94), np.float32)))
    sure = np.zeros((12, 94), np.float32)
    sure[:, 5] = 4
    assert even < float(loss(answers[strayed], sure))
    other = np.random.default_rng(2).normal(0, 0.5, (12, 94)).astype(np.float32)
    assert even < float(loss(answers[strayed], other))
