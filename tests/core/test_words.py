"""How words are measured."""

from __future__ import annotations

import numpy as np
import pytest

from core.classifying import open_classifier
from core.ink import Ink, Stroke
from core.models import DEFAULT_MODEL, open_model
from core.training.data import load_unipen_words
from core.training.evaluation import words
from core.training.evaluation.words import (
    SAMPLES_A_WRITER,
    ReadSample,
    edits,
    measure_words,
    printed_samples,
    words_report,
)
from tests.core.handwriting import written
from tests.core.test_letters import packed


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("abc", "abc", 0), ("kitten", "sitting", 3), ("", "ab", 2), ("a b", "ab", 1)],
)
def test_edits_are_the_fewest(one, other, count):
    assert edits(one, other) == edits(other, one) == count


def joined(ink: Ink) -> Ink:
    """The same in fewer strokes: the first two letters are one."""
    whole = np.concatenate([stroke.xy for stroke in ink.strokes[:5]])
    dots = [Stroke.through(whole[:1] + np.float32([step, 0])) for step in range(6)]
    return Ink((Stroke.through(whole), *ink.strokes[5:], *dots))


def test_samples_with_joined_letters_are_left_out_and_writers_count_alike():
    rows = [("HAT", "anna", written("HAT"))] * (SAMPLES_A_WRITER + 3)
    rows += [
        ("HAT", "ben", joined(written("HAT"))),
        ("HAT", "ben", Ink(written("HAT").strokes[:2])),
    ]
    rows += [("47", "ben", written("47")), ("A", "ben", written("A")), ("Ä7", "ben", written("47"))]
    taken = [(text, writer) for _, text, writer in printed_samples(packed(rows))]
    assert sorted(taken) == [("47", "ben"), *[("HAT", "anna")] * SAMPLES_A_WRITER]


def test_words_are_read_as_on_the_pad(monkeypatch, tmp_path):
    texts = ["HAT 47", "LATE", "HALL 2"]
    samples = packed([(text, "anna", written(text)) for text in texts])
    monkeypatch.setattr(words, "load_unipen_words", lambda *_: samples)
    classifier = open_classifier(open_model(DEFAULT_MODEL), "litert")
    read = measure_words(classifier, tmp_path, "test")
    assert {sample.written: sample.read for sample in read} == {text: text for text in texts}
    assert load_unipen_words is not words.load_unipen_words


def test_a_report_has_the_rates_and_how_far_they_reach():
    samples = [
        ReadSample("HAT 47", "HaT 47", "anna"),
        ReadSample("LATE", "LATE", "ben"),
        ReadSample("in all", "inall", "cleo"),
    ]
    report = words_report(samples, "glyphnet-ink").splitlines()
    assert "n = 3 samples, 16 characters, 3 writers." in report
    rates = [line.split("|")[2].strip() for line in report if line.startswith(("| as", "| case"))]
    assert rates == ["12.5", "6.2", "0.0"]
    assert report[-1] == "Read without any mistake: 33.3 % of the samples."
