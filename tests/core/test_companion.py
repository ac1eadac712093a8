"""A companion: a network of tracks beside a finished model of tiles."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path
from types import MappingProxyType

import keras
import numpy as np
import pytest

from core.alphabet import DIGITS
from core.classifying import open_classifier
from core.errors import MissingModelFileError
from core.models import broken_models, open_model
from core.self_check import self_check
from core.track import TRACK_CHANNELS, TRACK_POINTS
from core.training import command
from core.training.course import Course
from core.training.data import ImageSamples
from core.training.exports.making import make_export, open_original
from core.training.forms import TRACKS, plain_tiles, plain_tracks
from core.training.networks import Stage, residual_network, track_network
from core.training.recipe import Companion, Recipe
from core.training.recipes.glyphnet import GLYPHNET
from core.training.recipes.glyphnet_ink import GLYPHNET_INK
from core.training.shipping import LEARNING_CURVE
from tests.core.handwriting import ink_samples

MOST_PARAMETERS = 1_500_000


pytestmark = pytest.mark.usefixtures("quiet_tensorflow")


@pytest.fixture(autouse=True, scope="module")
def keras_as_it_was():
    """The number format, which is one for the whole process."""
    yield
    keras.mixed_precision.set_global_policy("float32")


KNOWN = "012347"

TILE = Recipe(
    name="tile",
    version="0.0.3",
    architecture="tiny",
    alphabet=DIGITS,
    course=lambda: Course((ink_samples(KNOWN * 4),), (None,), 0),
    val=lambda: ink_samples(KNOWN * 2),
    network=lambda: residual_network(
        stem=4, stages=(Stage(6, 2), Stage(8, 2)), classes=len(DIGITS), dropout=0.1
    ),
    seed=1,
    epochs=2,
    batch=8,
    learning_rate=5e-3,
    weight_decay=0.01,
    label_smoothing=0.05,
)

TRACK = dataclasses.replace(
    TILE,
    name="track",
    course=lambda: Course((ink_samples(KNOWN * 4),), (None,), 0, form=TRACKS),
    network=lambda: track_network(
        stem=6, stages=(Stage(8, 2), Stage(10, 2)), classes=len(DIGITS), dropout=0.1
    ),
    epochs=12,
)

TINY = Companion("tiny", "0.0.1", "two tiny ones", picture="tile", track=TRACK)


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    """A folder with the model of tiles, and the companion that was made of it."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "RECIPES", MappingProxyType({"tile": TILE, "tiny": TINY}))
        for name in ("tile", "tiny"):
            status = command.train_command(name, run=folder / name, models=folder / "models")
            assert status == 0
    return folder / "models"


def test_a_companion_is_one_model_to_its_user(models):
    assert broken_models(models) == ()
    model = open_model("tiny", models)
    manifest = model.manifest
    assert manifest.tracks
    assert not open_model("tile", models).manifest.tracks
    assert manifest.training["picture_version"] == "0.0.3"
    assert manifest.training["samples"] == {"ink": 24}
    assert sum(manifest.training["weights"].values()) == pytest.approx(1, abs=1e-3)
    with (model.folder / LEARNING_CURVE).open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 12
    (agree,) = [found for found in self_check(models) if "tiny: the engines agree" in found.what]
    assert agree.passed


@pytest.mark.parametrize("engine", ["keras", "litert"])
def test_without_a_track_it_answers_as_the_model_of_tiles(models, engine):
    tiles = plain_tiles(ink_samples(KNOWN))
    alone, pair = (open_classifier(open_model(name, models), engine) for name in ("tile", "tiny"))
    wanted = alone.classify(tiles).probabilities
    assert pair.classify(tiles).probabilities == pytest.approx(wanted, abs=1e-5)
    none = np.zeros_like(plain_tracks(ink_samples(KNOWN)))
    assert pair.classify(tiles, none).probabilities == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("engine", ["keras", "litert"])
def test_a_track_is_asked_for_the_characters_that_have_one(models, engine):
    samples = ink_samples(KNOWN)
    tiles, tracks = plain_tiles(samples), plain_tracks(samples)
    pair = open_classifier(open_model("tiny", models), engine)
    with_tracks, without = (pair.classify(tiles, known).probabilities for known in (tracks, None))
    assert np.abs(with_tracks - without).max() > 0.05
    tracks[::2] = 0
    mixed = pair.classify(tiles, tracks).probabilities
    assert mixed[::2] == pytest.approx(without[::2], abs=1e-5)
    assert mixed[1::2] == pytest.approx(with_tracks[1::2], abs=1e-5)


def test_both_together_are_likelier_right_on_val_than_tiles_alone(models):
    samples = TILE.val()
    tiles, tracks = plain_tiles(samples), plain_tracks(samples)
    columns = [DIGITS.index[sign] for sign in samples.labels]
    pair = open_classifier(open_model("tiny", models))
    losses = [
        -np.log(pair.classify(tiles, known).probabilities[np.arange(len(columns)), columns]).mean()
        for known in (tracks, None)
    ]
    assert losses[0] < losses[1]


@pytest.mark.parametrize("kind", ["litert", "litert-f16", "onnx"])
def test_it_is_exported_with_both_inputs(models, kind, monkeypatch, tmp_path):
    pytest.importorskip("onnxruntime")
    monkeypatch.setenv("GLYPHPAD_DATA", str(tmp_path))
    original = open_original(open_model("tiny", models), limit=10)
    export = make_export(original, kind)
    samples = ink_samples(KNOWN)
    wanted = original.engine.logits(plain_tiles(samples), plain_tracks(samples))
    found = export.engine.logits(plain_tiles(samples), plain_tracks(samples))
    assert found == pytest.approx(wanted, abs=0.05 if kind == "litert-f16" else 1e-3)


def test_a_companion_needs_its_model_of_tiles(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "RECIPES", MappingProxyType({"tiny": TINY}))
    with pytest.raises(MissingModelFileError, match="tile"):
        command.train_command("tiny", run=tmp_path / "run", models=tmp_path / "models")


def test_everything_that_decides_a_companion_is_in_its_fingerprint():
    fields = {field.name for field in dataclasses.fields(Companion)}
    assert set(TINY.fingerprint) == fields | {"alphabet"}


def test_pictures_have_no_track():
    pictures = ImageSamples("paper", np.ones((1, 8, 8), np.uint8), np.array(["1"]))
    assert plain_tracks(pictures) is None
    assert plain_tracks(TILE.val()).shape == (12, TRACK_POINTS, TRACK_CHANNELS)
    with pytest.raises(TypeError, match="no track"):
        TRACKS.plain(pictures, 0)


def test_the_two_together_are_within_the_flagships_size():
    both = GLYPHNET.network().count_params() + GLYPHNET_INK.track.network().count_params()
    assert both < MOST_PARAMETERS
    assert GLYPHNET_INK.alphabet is GLYPHNET.alphabet
    assert GLYPHNET_INK.picture == GLYPHNET.name
