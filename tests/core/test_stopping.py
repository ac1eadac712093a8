"""A long reading can be stopped: closing does not wait for ink that takes minutes."""

from __future__ import annotations

import numpy as np
import pytest

from core.alphabet import ASCII94
from core.classifying import open_classifier
from core.ink import Ink, Stroke
from core.models import DEFAULT_MODEL, open_model
from core.pen_reading import PenReader, ReadingStoppedError

LETTERS = 400


class Counting:
    """The real classifier; counts the glyphs that it is asked about."""

    def __init__(self) -> None:
        self._classifier = open_classifier(open_model(DEFAULT_MODEL))
        self.model = self._classifier.model
        self.asked: list[int] = []

    def classify_glyphs(self, glyphs):
        self.asked.append(len(glyphs))
        return self._classifier.classify_glyphs(glyphs)


@pytest.fixture(scope="module")
def page() -> Ink:
    corner = np.float32([[0, 0], [0, 30], [18, 30]])
    return Ink(
        tuple(
            Stroke.through(corner + np.float32([26 * (n % 20), 70 * (n // 20)]))
            for n in range(LETTERS)
        )
    )


def test_a_reading_stops_between_two_questions_to_the_model(page):
    classifier = Counting()
    reader = PenReader(classifier, stopped=lambda: bool(classifier.asked))
    with pytest.raises(ReadingStoppedError):
        reader.read(page, alphabet=ASCII94)
    assert len(classifier.asked) == 1
    assert classifier.asked[0] < LETTERS


def test_a_reading_stops_before_its_first_question(page):
    classifier = Counting()
    with pytest.raises(ReadingStoppedError):
        PenReader(classifier, stopped=lambda: True).read(page, alphabet=ASCII94)
    assert classifier.asked == []


def test_pieces_of_the_question_give_the_same_reading(page):
    classifier = Counting()
    lines = PenReader(classifier, stopped=lambda: False).read(page, alphabet=ASCII94)
    assert len(classifier.asked) > 1
    assert "".join(line.text for line in lines).replace(" ", "") == "L" * LETTERS
