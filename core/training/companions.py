"""A companion's training: a network of tracks beside a finished model of tiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from core.classifying.keras_engine import load_network
from core.models import Model, open_model
from core.training.calibrating import Calibration, calibrate
from core.training.course import among, log_frequencies
from core.training.forms import TRACKS
from core.training.joining import choose_weights, join_track
from core.training.journal import LOG
from core.training.recipe import Companion
from core.training.run import train
from core.training.shipping import (
    PROOF_TILES,
    Finished,
    plain_network,
    put_together,
    sizes,
)
from core.training.yardstick import Yardstick, yardstick

_BATCH = 512


def make_companion(
    companion: Companion, *, run: Path, models: Path, report: Callable[[str], None]
) -> Path:
    """The folder of the finished model: a network of tracks trained, joined to the model of tiles
    and shipped.

    How much each counts, the priors and the temperature are chosen on val. Without a track the
    model answers as the one of tiles does, with its temperature.

    Args:
        companion: What to train.
        run: The run's folder, which may hold a part of it.
        models: Where models are; the model of tiles among them.
        report: Takes a line for people, now and then.

    Raises:
        ModelError: The model of tiles is missing or damaged.
        RecipeChangedError: The run's folder holds a run of another recipe.
        MissingFileError: Data is not there.
        UnequalTwinError: The twin does not answer as Keras does.
    """
    picture = open_model(companion.picture, models)
    picture.check()
    trained = train(companion.track, run, report)
    report("weighing tile and track on val, making the twin")
    prior = log_frequencies(trained.course, companion.alphabet)
    track = plain_network(trained.network)
    tile_network = load_network(picture.read(picture.manifest.weights))
    val = among(companion.track.val(), companion.alphabet)
    stick = yardstick([val], companion.alphabet)
    tracks = TRACKS.all_plain(val)
    weighed = _weigh(tile_network, track, tracks, stick, prior)
    report(", ".join(f"{name} {share:.2f}" for name, share in weighed.shares.items()))
    network = _joined(picture, tile_network, track, weighed, prior)
    finished = Finished(
        name=companion.name,
        version=companion.version,
        architecture=companion.architecture,
        alphabet=companion.alphabet,
        network=network,
        prior=prior,
        curve=(run / LOG).read_text(encoding="utf-8"),
        facts={
            **companion.fingerprint,
            "picture_version": picture.manifest.version,
            "weights": weighed.shares,
            "samples": {**picture.manifest.training["samples"], **sizes(trained.course)},
        },
    )
    calibration = Calibration(
        weighed.calibration.prior_share, picture.manifest.temperature, weighed.calibration.loss
    )
    step = -(-len(stick.tiles) // PROOF_TILES)
    proof = stick.tiles[::step], tracks[::step, :, 0]
    return put_together(finished, calibration, *proof, models=models)


@dataclass(frozen=True, eq=False)
class _Weighed:
    """How tile and track are to be joined.

    Attributes:
        shares: Of each, together 1.
        calibration: The prior's share and the temperature of the two together.
    """

    shares: dict[str, float]
    calibration: Calibration


def _weigh(
    tile_network: keras.Model,
    track: keras.Model,
    tracks: NDArray[np.float32],
    stick: Yardstick,
    prior: NDArray[np.float32],
) -> _Weighed:
    """What is best on val: the shares first, then the priors and the temperature."""
    seen = stick.logits(tile_network)
    gone = np.asarray(track.predict(tracks, batch_size=_BATCH, verbose=0)["logits"], np.float32)
    # the model of tiles expects what is frequent already
    shares = choose_weights([seen, gone + prior], stick)
    mixed = np.float32(shares[0]) * seen + np.float32(shares[1]) * gone
    calibration = calibrate(mixed, stick.classes, prior, weights=stick.weights)
    named = {
        name: round(float(share), 4) for name, share in zip(("tile", "track"), shares, strict=True)
    }
    return _Weighed(named, calibration)


def _joined(
    picture: Model,
    tile_network: keras.Model,
    track: keras.Model,
    weighed: _Weighed,
    prior: NDArray[np.float32],
) -> keras.Model:
    """The one network. Its logits are divided by the temperature of the model of tiles, so that
    those of both are brought to it from their own."""
    scale = picture.manifest.temperature / weighed.calibration.temperature
    tile_share, track_share = (scale * weighed.shares[name] for name in ("tile", "track"))
    shift = np.float32(scale * weighed.calibration.prior_share) * prior
    return join_track(tile_network, track, weights=(tile_share, track_share), shift=shift)
