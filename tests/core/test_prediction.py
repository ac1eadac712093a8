"""Probabilities: checked, ordered, and narrowed to other alphabets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.alphabet import ALNUM36, ALNUM62, ALPHABETS, ASCII94, DIGITS, Alphabet
from core.prediction import Candidate, Prediction

ABC = Alphabet("abc", ("a", "b", "c"))


def predictions(alphabet: Alphabet) -> st.SearchStrategy[Prediction]:
    """Any rows over an alphabet, none too."""
    shape = st.tuples(st.integers(0, 4), st.just(len(alphabet)))
    weights = arrays.arrays(np.float64, shape, elements=st.floats(0.001, 1))
    return weights.map(
        lambda w: Prediction(alphabet, (w / w.sum(axis=1, keepdims=True)).astype(np.float32))
    )


def made(*rows: list[float], alphabet: Alphabet = ABC) -> Prediction:
    return Prediction(alphabet, np.array(rows, np.float32).reshape(-1, len(alphabet)))


def test_candidates_come_likeliest_first_and_equals_in_order():
    prediction = made([0.2, 0.6, 0.2], [0, 0, 1])
    assert prediction.top(2) == (
        Candidate("b", pytest.approx(0.6)),
        Candidate("a", pytest.approx(0.2)),
    )
    assert [each.label for each in prediction.top(9, row=1)] == ["c", "a", "b"]
    with pytest.raises(IndexError):
        prediction.top(1, row=2)


def test_nothing_here_has_no_rows_and_stays_so():
    nothing = made()
    assert nothing.nothing_here
    assert len(nothing) == 0
    assert Prediction(ASCII94, np.zeros((0, 94), np.float32)).restricted_to(DIGITS).nothing_here
    assert not made([1, 0, 0]).nothing_here
    with pytest.raises(IndexError):
        nothing.top(1)


@pytest.mark.parametrize(
    "row", [[0.5, 0.4, 0], [0.5, 0.6, 0.2], [1.2, -0.2, 0], [np.nan, 0.5, 0.5]]
)
def test_what_are_no_probabilities_is_refused(row):
    with pytest.raises(ValueError, match="sum to 1"):
        made(row)


def test_another_shape_or_type_is_refused():
    with pytest.raises(ValueError, match="shape"):
        Prediction(ABC, np.ones((1, 4), np.float32) / 4)
    with pytest.raises(TypeError):
        Prediction(ABC, np.ones((1, 3)) / 3)


def test_probabilities_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        made([1, 0, 0]).probabilities[0, 0] = 0


@pytest.mark.parametrize("alphabet", [*ALPHABETS.values()], ids=lambda each: each.name)
@given(data=st.data())
def test_a_narrowed_prediction_is_one(alphabet, data):
    prediction = data.draw(predictions(ASCII94))
    narrowed = prediction.restricted_to(alphabet)
    assert narrowed.alphabet == alphabet
    assert len(narrowed) == len(prediction)
    np.testing.assert_allclose(narrowed.probabilities.sum(axis=1), 1, atol=1e-5)


@given(predictions(ASCII94))
def test_narrowing_in_two_steps_is_narrowing_in_one(prediction):
    once = prediction.restricted_to(ALNUM36).probabilities
    twice = prediction.restricted_to(ALNUM62).restricted_to(ALNUM36).probabilities
    np.testing.assert_allclose(once, twice, atol=1e-5)


def test_merged_signs_are_added_and_the_rest_shared_out():
    row = np.zeros((1, 94), np.float32)
    for sign, share in {"A": 0.2, "a": 0.2, "4": 0.1, "?": 0.5}.items():
        row[0, ASCII94.index[sign]] = share
    first, second = Prediction(ASCII94, row).restricted_to(ALNUM36).top(2)
    assert (first.label, second.label) == ("A", "4")
    assert (first.probability, second.probability) == pytest.approx((0.8, 0.2))


def test_a_row_with_nothing_in_the_alphabet_becomes_even():
    row = np.zeros((1, 94), np.float32)
    row[0, ASCII94.index["?"]] = 1
    narrowed = Prediction(ASCII94, row).restricted_to(DIGITS)
    np.testing.assert_allclose(narrowed.probabilities, 0.1)


def test_the_same_alphabet_changes_nothing_and_a_wider_is_refused():
    prediction = made([0.1, 0.2, 0.7])
    assert prediction.restricted_to(ABC) is prediction
    with pytest.raises(ValueError, match="abc"):
        prediction.restricted_to(DIGITS)


# --- Whether there is a character --------------------------------------------------------------


def test_look_alikes_are_no_doubt_that_there_is_a_character():
    even = np.full((1, 94), 1 / 94, np.float32)
    either = np.zeros((1, 94), np.float32)
    either[0, [ASCII94.index[sign] for sign in "oO0"]] = 1 / 3
    assert Prediction(ASCII94, either).sureness == pytest.approx([1])
    assert Prediction(ASCII94, even).sureness == pytest.approx([3 / 94])


@given(predictions(ASCII94))
def test_a_narrower_alphabet_does_not_make_a_character_of_anything(prediction):
    narrowed = prediction.restricted_to(ALNUM62).restricted_to(DIGITS)
    assert np.array_equal(narrowed.sureness, prediction.sureness)
    assert (prediction.sureness <= 1).all()
    assert len(prediction.sureness) == len(prediction)
