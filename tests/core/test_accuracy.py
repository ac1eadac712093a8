"""The model that ships, on a third of the characters of the UNIPEN test writers, where they are."""

from __future__ import annotations

import numpy as np
import pytest

from core.alphabet import (
    ALNUM62,
    BALANCED47,
    CAPITALS,
    DIGITS,
    SMALL_LETTERS,
    Alphabet,
)
from core.classifying import open_classifier
from core.models import DEFAULT_MODEL, open_model
from core.prediction import Prediction
from core.training.course import classes_of
from core.training.data import UNIPEN_FILE, data_folder, load_unipen
from core.training.evaluation import calibration_error
from core.training.forms import plain_tile

EVERY = 3
"""One sample in so many is read, in some ten seconds: 779 digits, the fewest of the views."""

FLOORS = [
    (DIGITS, 0.98),
    (CAPITALS, 0.955),
    (SMALL_LETTERS, 0.91),
    (BALANCED47, 0.88),
    (ALNUM62, 0.80),
]
"""Accuracies that no model may ship below: about a point under what is asked of glyphnet."""

pytestmark = pytest.mark.skipif(
    not (data_folder() / UNIPEN_FILE).exists(),
    reason=f"the accuracy of {DEFAULT_MODEL} was not checked: there is no {UNIPEN_FILE} in "
    "../shared/data, nor where GLYPHPAD_DATA says",
)


@pytest.fixture(scope="module")
def read() -> tuple[Prediction, np.ndarray]:
    """What the model says of the samples, and what they are."""
    samples = load_unipen(data_folder(), "test")
    chosen = range(0, len(samples), EVERY)
    tiles = np.stack([plain_tile(samples, index) for index in chosen])
    return open_classifier(open_model(DEFAULT_MODEL)).classify(tiles), samples.labels[chosen]


def answers(read: tuple[Prediction, np.ndarray], view: Alphabet) -> tuple[np.ndarray, np.ndarray]:
    """How sure each answer among the signs of `view` is, and whether it is right."""
    prediction, labels = read
    known = np.array([label in view.index for label in labels])
    odds = Prediction(prediction.alphabet, prediction.probabilities[known]).restricted_to(view)
    right = odds.probabilities.argmax(axis=1) == classes_of(labels[known], view)
    return odds.probabilities.max(axis=1), right


@pytest.mark.parametrize(("view", "floor"), FLOORS, ids=[view.name for view, _ in FLOORS])
def test_accuracy_is_above_its_floor(read, view, floor):
    _, right = answers(read, view)
    assert len(right) > 150
    assert right.mean() >= floor, f"{right.mean():.4f} of n = {len(right)}"


def test_confidence_means_what_it_says(read):
    sure, right = answers(read, ALNUM62)
    assert calibration_error(sure, right) < 0.05
