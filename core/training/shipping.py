"""A trained network → a model's folder: plain weights, calibrated, their twin, the manifest."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from core.alphabet import Alphabet
from core.classifying import open_classifier
from core.errors import GlyphpadError
from core.files import replace_file
from core.glyph import PREPROCESSING_VERSION, TILE_SIZE
from core.models import MANIFEST, Manifest, manifest_text, open_model
from core.training.calibrating import Calibration, calibrate
from core.training.course import Course, log_frequencies
from core.training.data import Samples
from core.training.designs import VARIATIONS
from core.training.journal import LOG
from core.training.networks import Gate, StandardConv2D
from core.training.recipe import Recipe
from core.training.run import Trained
from core.training.yardstick import Yardstick, yardstick

TWIN_TOLERANCE = 1e-4
"""Most that the twin's probabilities may differ from Keras' for it to be shipped."""

PROOF_TILES = 2_000
"""How many tiles that is proved on."""

TAKEN_FOR_STRAYS = 0.01
"""Share of val's characters that may be said to be perhaps none."""

LEARNING_CURVE = "training.csv"


class UnequalTwinError(GlyphpadError):
    """A twin that does not answer as its model does.

    Attributes:
        difference: The largest between two probabilities.
    """

    def __init__(self, difference: float) -> None:
        self.difference = difference
        super().__init__(difference)

    def __str__(self) -> str:
        return f"the LiteRT twin differs from Keras by {self.difference:.1e} and was not shipped"


@dataclass(frozen=True, eq=False)
class Finished:
    """A network that has learnt what it will, and what is to be said of it.

    Attributes:
        name: Of the model.
        version: Of the model.
        architecture: The network in a few words.
        alphabet: What it tells apart.
        network: Of plain layers, as `plain_network` gives it.
        prior: float32 (K,), the logarithm of each class's frequency in ordinary writing.
        curve: How it learnt, the text of a CSV.
        facts: What its manifest has about its training.
    """

    name: str
    version: str
    architecture: str
    alphabet: Alphabet
    network: keras.Model
    prior: NDArray[np.float32]
    curve: str
    facts: Mapping[str, Any]


def ship(
    recipe: Recipe,
    trained: Trained,
    *,
    run: Path,
    models: Path,
    val: Samples,
) -> Path:
    """The folder of the finished model, put in the place of the one before when it is complete.

    Args:
        recipe: What it was trained by.
        trained: The network, and the course whose first source has the frequencies to expect.
        run: The run's folder, for its log.
        models: Where models are.
        val: Samples to calibrate and to prove the twin with.

    Raises:
        UnequalTwinError: The twin does not answer as Keras does.
    """
    finished = Finished(
        name=recipe.name,
        version=recipe.version,
        architecture=recipe.architecture,
        alphabet=recipe.alphabet,
        network=plain_network(trained.network),
        prior=log_frequencies(trained.course, recipe.alphabet),
        curve=(run / LOG).read_text(encoding="utf-8"),
        facts={**recipe.fingerprint, "samples": sizes(trained.course)},
    )
    return ship_finished(finished, yardstick([val], recipe.alphabet), models=models)


def ship_finished(finished: Finished, stick: Yardstick, *, models: Path) -> Path:
    """The folder of the finished model; as `ship`.

    Args:
        finished: The network; its bias is shifted by the priors.
        stick: What to calibrate and to prove the twin with.
        models: Where models are.

    Raises:
        UnequalTwinError: The twin does not answer as Keras does.
    """
    plain = finished.network
    calibration = calibrate(
        stick.logits(plain), stick.classes, finished.prior, weights=stick.weights
    )
    _shift_bias(plain, np.float32(calibration.prior_share) * finished.prior)
    step = -(-len(stick.tiles) // PROOF_TILES)  # of every source some
    return put_together(finished, calibration, stick.tiles[::step], models=models)


def put_together(
    finished: Finished,
    calibration: Calibration,
    tiles: NDArray[np.float32],
    tracks: NDArray[np.float32] | None = None,
    *,
    models: Path,
) -> Path:
    """The folder of the finished model; as `ship`.

    Args:
        finished: The network, its biases shifted.
        calibration: Its own.
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), to prove the twin with.
        tracks: float32 (N, TRACK_POINTS, TRACK_CHANNELS) of the same; None if the network takes
            none.
        models: Where models are.

    Raises:
        UnequalTwinError: The twin does not answer as Keras does.
    """
    plain = finished.network
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".next-") as beside:
        folder = Path(beside) / finished.name
        folder.mkdir()
        weights, twin = f"{finished.name}.keras", f"{finished.name}.tflite"
        plain.save(folder / weights)
        (folder / twin).write_bytes(litert_twin(plain))
        (folder / LEARNING_CURVE).write_text(finished.curve, encoding="utf-8", newline="")
        manifest = Manifest(
            name=finished.name,
            version=finished.version,
            architecture=finished.architecture,
            alphabet=finished.alphabet,
            input_shape=(TILE_SIZE, TILE_SIZE, 1),
            preprocessing=PREPROCESSING_VERSION,
            temperature=round(calibration.temperature, 4),
            weights=weights,
            twin=twin,
            sha256={file: _sha256(folder / file) for file in (weights, twin)},
            training={**finished.facts, **_calibration_facts(plain, calibration)},
            metrics={},
            tracks=tracks is not None,
        )
        (folder / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
        prove_twin(folder, tiles, tracks)
        manifest = replace(manifest, least_sureness=_least_sureness(folder, tiles, tracks))
        (folder / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
        return _put_in_place(folder, models / finished.name)


def sizes(course: Course) -> dict[str, int]:
    """How many samples each source of a course has, by its name."""
    return {source.name: len(source) for source in course.sources}


def plain_network(trained: keras.Model) -> keras.Model:
    """The same function of plain Keras layers in float32, with no code of ours needed to load it.

    Returns:
        A model from float32 (N, S, S, 1) to {"logits": (N, K), "features": the last feature map}.
    """
    keras.mixed_precision.set_global_policy("float32")
    clone = keras.models.clone_model(trained, clone_function=_plain_layer)
    for layer, twin in zip(trained.layers, clone.layers, strict=True):
        if isinstance(layer, StandardConv2D):
            twin.set_weights([np.asarray(layer.standard_kernel()), np.asarray(layer.bias)])
        elif not isinstance(layer, (Gate, *VARIATIONS)):
            twin.set_weights(layer.get_weights())
    features = clone.get_layer("features").output
    return keras.Model(clone.input, {"logits": clone.output, "features": features})


def litert_twin(network: keras.Model, **settings: Any) -> bytes:
    """The LiteRT model of a plain Keras network, with its outputs by name.

    Args:
        network: Of plain layers.
        settings: Attributes of TensorFlow's converter; without any, the model is float32.
    """
    with tempfile.TemporaryDirectory(prefix="glyphpad-") as folder:
        path = Path(folder) / "twin.tflite"
        network.export(path, format="litert", verbose=False, **settings)
        return path.read_bytes()


def prove_twin(
    folder: Path, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
) -> float:
    """The largest difference between two probabilities of the engines, with tracks and without.

    Raises:
        UnequalTwinError: It is above TWIN_TOLERANCE.
    """
    model = open_model(folder.name, folder.parent)
    ours, theirs = open_classifier(model, "keras"), open_classifier(model, "litert")
    differences = [
        np.abs(
            ours.classify(tiles, known).probabilities - theirs.classify(tiles, known).probabilities
        )
        for known in ([None] if tracks is None else [None, tracks])
    ]
    difference = float(np.max(differences))
    if not difference <= TWIN_TOLERANCE:  # nor if it is not a number
        raise UnequalTwinError(difference)
    return difference


def rewrite_manifest(folder: Path, metrics: Mapping[str, Any]) -> None:
    """Puts results into a model's manifest."""
    manifest = replace(open_model(folder.name, folder.parent).manifest, metrics=metrics)
    replace_file(folder / MANIFEST, manifest_text(manifest).encode())


def _least_sureness(
    folder: Path, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None
) -> float:
    """What all but one in a hundred characters reach; the lower one, with tracks and without."""
    classifier = open_classifier(open_model(folder.name, folder.parent))
    found = [
        np.quantile(classifier.classify(tiles, known).sureness, TAKEN_FOR_STRAYS)
        for known in ([None] if tracks is None else [None, tracks])
    ]
    return round(float(min(found)), 4)


def _plain_layer(layer: Any) -> Any:
    config = {**layer.get_config(), "dtype": "float32"}
    if isinstance(layer, StandardConv2D):
        return layers.Conv2D.from_config(config)
    if isinstance(layer, VARIATIONS):
        return layers.Identity(name=layer.name)
    if isinstance(layer, Gate):
        return layers.Rescaling(float(layer.openness.numpy()), name=layer.name)
    return type(layer).from_config(config)


def _shift_bias(network: keras.Model, shift: NDArray[np.float32]) -> None:
    kernel, bias = network.get_layer("logits").get_weights()
    network.get_layer("logits").set_weights([kernel, bias + shift])


def _calibration_facts(network: keras.Model, calibration: Calibration) -> dict[str, Any]:
    return {
        "parameters": int(network.count_params()),
        "calibration": {
            "prior_share": calibration.prior_share,
            "temperature": round(calibration.temperature, 4),
            "val_loss": round(calibration.loss, 4),
        },
    }


def _put_in_place(folder: Path, home: Path) -> Path:
    """Renames: the old folder stays until the new one is whole. What is not made here (the card, an
    audit) moves over."""
    if home.exists():
        for old in home.iterdir():
            new = folder / old.name
            if old.is_dir():
                shutil.copytree(old, new)
            elif not new.exists():
                shutil.copyfile(old, new)
        shutil.rmtree(home)
    folder.replace(home)
    return home


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
