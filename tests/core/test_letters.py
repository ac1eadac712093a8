"""Words cut into their letters, and a run that learns from them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from core.alphabet import ASCII94
from core.errors import DamagedFileError, MissingFileError
from core.glyph import make_tile
from core.ink import Ink, Stroke
from core.rasterising import rasterise_character
from core.training import letters as letters_module
from core.training import scout
from core.training.course import Course
from core.training.data import PAD_EXTENT, InkSamples, load_packed, save_packed
from core.training.forms import plain_tiles
from core.training.letters import MOST_ALIKE, agreement, cut_words
from core.training.networks import Stage, residual_network
from core.training.recipe import Recipe
from tests.core.handwriting import CHARACTERS, character, written

KNOWN = "ALTHEjn47i"
"""What `reader` can read: signs whose pieces look like no other sign."""


def packed(words: list[tuple[str, str, Ink]]) -> InkSamples:
    """Text, writer and ink of each, as a source."""
    strokes = [stroke.xy for _, _, ink in words for stroke in ink.strokes]
    return InkSamples(
        "words",
        np.concatenate(strokes),
        np.cumsum([0, *map(len, strokes)]),
        np.cumsum([0, *(len(ink.strokes) for _, _, ink in words)]),
        np.array([text for text, _, _ in words]),
        np.array([writer for _, writer, _ in words]),
        np.arange(len(words)),
    )


def reader(tiles: NDArray[np.float32]) -> NDArray[np.float32]:
    """As a network that knows the handwriting of the tests: by the nearest of its tiles."""
    known = np.stack([make_tile(rasterise_character(character(s)).pixels) for s in KNOWN])
    apart = ((tiles[:, None] - known[None]) ** 2).sum(axis=(2, 3))
    odds = np.full((len(tiles), len(ASCII94)), 1e-4, np.float32)
    odds[:, [ASCII94.index[sign] for sign in KNOWN]] = np.exp(-apart / 8) + 1e-5
    return odds / odds.sum(axis=1, keepdims=True)


def test_agreement_is_the_share_of_the_weight_of_all_ways():
    pieces = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]
    odds = np.array([[0.9, 0.1], [0.5, 0.1], [0.3, 0.2], [0.2, 0.8], [0.1, 0.4]])
    # two ways: strokes 0 | 1 2 with 0.9 x 0.8, and 0 1 | 2 with 0.5 x 0.4
    agreed = agreement(pieces, odds, strokes=3)
    whole = 0.9 * 0.8 + 0.5 * 0.4
    assert agreed[0, 0] == pytest.approx(0.72 / whole)
    assert agreed[3, 1] == pytest.approx(0.72 / whole)
    assert agreed[1, 0] == pytest.approx(0.2 / whole)
    assert agreed[2].tolist() == [0, 0]
    assert agreed.sum(axis=0) == pytest.approx([1, 1])


def test_agreement_is_nowhere_when_no_way_uses_every_stroke():
    assert not agreement([(0, 1)], np.ones((1, 1)), strokes=2).any()


@pytest.mark.parametrize("text", ["THE", "LATTE", "n4An", "7AHL"])
def test_a_word_falls_into_its_letters(text):
    words = packed([(text, "anna", written(text))])
    found = cut_words(words, reader, ASCII94, seed=1)
    assert "".join(found.labels) == text
    assert set(found.writers) == {"anna"}
    for index, sign in enumerate(found.labels):
        assert len(found.ink(index).strokes) == len(CHARACTERS[sign])


def test_letters_come_at_the_size_of_characters():
    words = packed([("HHH", "big", written("HHH", size=900)), ("HHH", "small", written("HHH"))])
    found = cut_words(words, reader, ASCII94, seed=1)
    assert len(found) == 6
    for index in range(6):
        box = found.ink(index).box
        assert max(box.width, box.height) == pytest.approx(PAD_EXTENT, rel=1e-3)


def test_a_letter_that_the_reader_misreads_is_kept_between_letters_that_it_knows():
    def unsure_of_n(tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        odds = reader(tiles)
        odds[:, ASCII94.index["n"]] *= 0.2
        return odds

    words = packed([("HnH", "anna", written("HnH"))])
    assert "".join(cut_words(words, unsure_of_n, ASCII94, seed=1).labels) == "HnH"


def test_a_word_with_another_label_gives_nothing():
    words = packed([("LLL", "anna", written("HEA")), ("THE", "anna", written("THE"))])
    assert sorted(cut_words(words, reader, ASCII94, seed=1).labels) == ["E", "H", "T"]


def test_words_that_cannot_be_cut_are_passed_over():
    joined = Ink((Stroke.through(np.concatenate([s.xy for s in written("LL").strokes])),))
    words = packed(
        [
            ("LL", "anna", joined),
            ("L", "anna", written("L")),
            ("Lä", "anna", written("LL")),
            ("LA", "anna", written("LA")),
        ]
    )
    assert sorted(cut_words(words, reader, ASCII94, seed=1).labels) == ["A", "L"]


def test_no_writer_gives_more_of_a_sign_than_is_wanted(monkeypatch):
    monkeypatch.setattr(letters_module, "_WORDS_AT_ONCE", 4)
    many = MOST_ALIKE // 2 + 9
    words = packed([("LL", "anna", written("LL"))] * many + [("LL", "ben", written("LL"))])
    found = cut_words(words, reader, ASCII94, seed=1)
    assert (found.writers == "anna").sum() == MOST_ALIKE
    assert (found.writers == "ben").sum() == 2


def test_nothing_to_cut_is_no_letters():
    words = packed([("L", "anna", written("L"))])
    assert len(cut_words(words, reader, ASCII94, seed=1)) == 0


# --- In a run ----------------------------------------------------------------------------------


def test_letters_are_kept_as_they_were(tmp_path):
    words = packed([("THE", "anna", written("THE"))])
    letters = cut_words(words, reader, ASCII94, seed=1)
    save_packed(letters, tmp_path / "letters.npz")
    loaded = load_packed(tmp_path / "letters.npz")
    assert loaded.name == letters.name
    assert np.array_equal(plain_tiles(loaded), plain_tiles(letters))
    assert loaded.labels.tolist() == letters.labels.tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["letters.npz"]


def test_a_file_of_letters_that_is_missing_or_damaged_is_named(tmp_path):
    with pytest.raises(MissingFileError, match=r"letters\.npz"):
        load_packed(tmp_path / "letters.npz")
    np.savez(tmp_path / "letters.npz", points=np.zeros(3))
    with pytest.raises(DamagedFileError, match=r"letters\.npz"):
        load_packed(tmp_path / "letters.npz")


def tiny_recipe() -> Recipe:
    return Recipe(
        name="tiny",
        version="0.0.1",
        architecture="tiny",
        alphabet=ASCII94,
        course=lambda: Course((characters(),), (None,), 1),
        val=characters,
        network=lambda: residual_network(
            stem=4, stages=(Stage(6, 2),), classes=len(ASCII94), dropout=0.1
        ),
        seed=3,
        epochs=2,
        batch=4,
        learning_rate=5e-3,
        weight_decay=0.01,
        label_smoothing=0.05,
    )


def characters() -> InkSamples:
    return packed([(sign, "cleo", character(sign)) for sign in KNOWN])


def test_a_course_without_words_stays_as_it_is(tmp_path):
    course = Course((characters(),), (None,), 1)
    assert scout.with_letters(course, tiny_recipe(), tmp_path, print) is course
    assert not list(tmp_path.iterdir())


def test_a_course_gets_the_letters_of_its_words_and_keeps_them(tmp_path, monkeypatch):
    monkeypatch.setattr(scout, "cut_words", lambda words, *_: dataclasses.replace(words, name="l"))
    words = packed([("L", "anna", written("L")), ("H", "anna", written("H"))])
    course = Course((characters(),), (None,), 1, words=words)
    first = scout.with_letters(course, tiny_recipe(), tmp_path, print)
    assert [source.name for source in first.sources] == ["words", "l"]
    assert (first.draws, first.words) == ((None, 2), None)
    said: list[str] = []
    again = scout.with_letters(course, tiny_recipe(), tmp_path, said.append)
    assert again.sources[1].labels.tolist() == ["L", "H"]
    assert said == ["2 letters by 1 writers"]
