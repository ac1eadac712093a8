"""The alphabets, and what a wider one means in a narrower one."""

from __future__ import annotations

import itertools
import string

import numpy as np
import pytest

from core.alphabet import (
    ALNUM36,
    ALNUM62,
    ALPHABETS,
    ASCII94,
    BALANCED47,
    CAPITALS,
    DIGITS,
    SMALL_LETTERS,
    Alphabet,
)

EVERY = (*ALPHABETS.values(), CAPITALS, SMALL_LETTERS)


def test_the_table_has_the_alphabets_of_the_command_line():
    sizes = {name: len(alphabet) for name, alphabet in ALPHABETS.items()}
    assert sizes == {"digits": 10, "alnum36": 36, "balanced47": 47, "alnum62": 62, "ascii94": 94}
    assert all(alphabet.name == name for name, alphabet in ALPHABETS.items())
    assert list(sizes.values()) == sorted(sizes.values())


def test_the_widest_alphabet_has_every_sign_that_prints():
    printable = set(string.digits + string.ascii_letters + string.punctuation)
    assert set(ASCII94.labels) == printable
    assert list(ASCII94.labels) == sorted(ASCII94.labels)


def test_the_balanced_alphabet_keeps_eleven_small_letters_apart():
    small = [label for label in BALANCED47.labels if label.islower()]
    assert "".join(small) == "abdefghnqrt"
    assert BALANCED47.labels[:36] == ALNUM36.labels


@pytest.mark.parametrize("alphabet", EVERY, ids=lambda each: each.name)
def test_every_alphabet_is_a_view_of_the_widest(alphabet):
    assert alphabet.is_view_of(ASCII94)
    assert alphabet.view_of(ASCII94).shape == (94, len(alphabet))


@pytest.mark.parametrize("alphabet", EVERY, ids=lambda each: each.name)
def test_a_view_of_itself_changes_nothing(alphabet):
    np.testing.assert_array_equal(alphabet.view_of(alphabet), np.eye(len(alphabet)))


@pytest.mark.parametrize(("narrow", "wide"), [*itertools.permutations(EVERY, 2)])
def test_a_view_gives_each_sign_to_one_label_at_most(narrow, wide):
    if not narrow.is_view_of(wide):
        with pytest.raises(ValueError, match=wide.name):
            narrow.view_of(wide)
        return
    view = narrow.view_of(wide)
    assert view.dtype == np.float32
    assert set(np.unique(view)) <= {0, 1}
    assert (view.sum(axis=1) <= 1).all()
    assert (view.sum(axis=0) >= 1).all()


def test_a_wider_alphabet_is_no_view_of_a_narrower():
    assert not ASCII94.is_view_of(ALNUM62)
    assert not ALNUM36.is_view_of(DIGITS)


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_small_letters_merge_into_capitals_where_the_alphabet_says(letter):
    column = ALNUM36.view_of(ALNUM62)[ALNUM62.index[letter]].argmax()
    assert ALNUM36.labels[column] == letter.upper()
    own = letter in "abdefghnqrt"
    column = BALANCED47.view_of(ASCII94)[ASCII94.index[letter]].argmax()
    assert BALANCED47.labels[column] == (letter if own else letter.upper())


def test_signs_outside_a_view_count_for_nothing():
    view = DIGITS.view_of(ASCII94)
    assert view[ASCII94.index["A"]].sum() == 0
    assert view[ASCII94.index["7"]].tolist() == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert DIGITS.view_of(ALNUM36).sum() == 10


def test_the_index_knows_merged_signs():
    assert ALNUM36.index["a"] == ALNUM36.index["A"] == 10
    assert "a" not in CAPITALS.index
    with pytest.raises(TypeError):
        ALNUM36.index["?"] = 3


@pytest.mark.parametrize(
    ("labels", "merged"), [((), ()), (("a", "a"), ()), (("a",), (("b", "c"),))]
)
def test_an_alphabet_cannot_be_made_wrong(labels, merged):
    with pytest.raises(ValueError, match=r"label"):
        Alphabet("wrong", labels, merged)
