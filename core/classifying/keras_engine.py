"""The weights themselves, run by Keras on TensorFlow."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.classifying.batching import in_batches, network_inputs
from core.edition import need_keras
from core.errors import EngineError, OldProcessorError
from core.glyph import TILE_SIZE
from core.models import Model
from core.processor import lacks
from core.quiet import quiet_libraries
from core.track import TRACK_CHANNELS, TRACK_POINTS

LARGEST_BATCH = 256
"""Most tiles at once, to bound the memory."""


class KerasEngine:
    """A Keras model under a `tf.function` of one signature, traced once.

    `model.predict` would take 40 ms a call for its own bookkeeping; this takes 1.

    Args:
        model: Any model of ours.

    Raises:
        MissingModelFileError, ChangedModelFileError: Its weights are not those that were shipped.
        OldProcessorError: TensorFlow cannot run here.
        EngineError: Keras does not take them.
        NoKerasError: This is the light Glyphpad.
    """

    name = "keras"

    def __init__(self, model: Model) -> None:
        need_keras(f"the weights of {model.name}")
        if lacks("avx"):
            raise OldProcessorError(model.folder, model.manifest.weights)
        data = model.read(model.manifest.weights)
        self._takes_tracks = model.manifest.tracks
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        try:
            with quiet_libraries():
                self._function = _traced(load_network(data), takes_tracks=self._takes_tracks)
            self.logits(np.zeros((1, TILE_SIZE, TILE_SIZE), np.float32))
        except (ValueError, TypeError, KeyError, OSError) as error:
            reason = " ".join(str(error).split())[:200]
            raise EngineError(
                model.folder, model.manifest.weights, engine=self.name, reason=reason
            ) from error

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """As `Engine` has it."""
        inputs = network_inputs(tiles, tracks, takes_tracks=self._takes_tracks)
        return in_batches(self._run, inputs, LARGEST_BATCH)

    def _run(self, *inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._function(*map(_tensor, inputs))["logits"], np.float32)


def load_network(data: bytes) -> Any:
    """The Keras model in `data`, the bytes of a `.keras` file."""
    import keras

    with tempfile.TemporaryDirectory(prefix="glyphpad-") as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(data)
        return keras.models.load_model(path, compile=False)


def _traced(network: Any, *, takes_tracks: bool) -> Any:
    import tensorflow as tf

    shapes = [tf.TensorSpec((None, TILE_SIZE, TILE_SIZE, 1), tf.float32)]
    if takes_tracks:
        shapes.append(tf.TensorSpec((None, TRACK_POINTS, 1, TRACK_CHANNELS), tf.float32))

    def answer(*inputs: Any) -> Any:
        return network(list(inputs) if takes_tracks else inputs[0], training=False)

    # nothing in a network of layers is Python to be translated, and a frozen program has no source
    function = tf.function(answer, autograph=False)
    # tf.function itself would warn of retracing when the fifth model is loaded
    return function.get_concrete_function(*shapes)


def _tensor(array: NDArray[np.float32]) -> Any:
    import tensorflow as tf

    return tf.constant(array)
