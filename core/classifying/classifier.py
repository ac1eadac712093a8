"""The classifier, and the choice of the engine that runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.glyph import TILE_SIZE, Glyph
from core.models import Model
from core.prediction import Prediction
from core.track import TRACK_CHANNELS, TRACK_POINTS

EngineName = Literal["auto", "litert", "keras"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
"""`litert` runs the twin, `keras` the weights; `auto` the twin where it is whole, else Keras."""


class Engine(Protocol):
    """What runs a model's network."""

    name: str

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """float32 (N, K) for tiles float32 (N, TILE_SIZE, TILE_SIZE), N >= 1, and for tracks
        float32 (N, TRACK_POINTS, TRACK_CHANNELS) where the model takes them."""
        ...


class Classifier:
    """A model with an engine to run it.

    Used from one thread at a time: the interpreters behind it are not safe to share.
    """

    def __init__(self, model: Model, engine: Engine) -> None:
        self.model = model
        self._engine = engine

    @property
    def engine(self) -> str:
        """The name of the engine that runs."""
        return self._engine.name

    def classify(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> Prediction:
        """What `tiles` show, over the model's alphabet.

        Args:
            tiles: float32 (N, TILE_SIZE, TILE_SIZE), ink 1 on 0. N may be 0.
            tracks: float32 (N, TRACK_POINTS, TRACK_CHANNELS), how each was written; a row of 0, or
                None for all, where nobody knows. A model that takes none does without.
        """
        alphabet = self.model.manifest.alphabet
        if len(tiles) == 0:
            return Prediction(alphabet, np.zeros((0, len(alphabet)), np.float32))
        logits = self._engine.logits(tiles, tracks)
        return Prediction(alphabet, softmax(logits / self.model.manifest.temperature))

    def classify_glyphs(self, glyphs: Sequence[Glyph]) -> Prediction:
        """What `glyphs` are, a row each, by their tiles and, where they have any, their tracks."""
        tiles = np.zeros((len(glyphs), TILE_SIZE, TILE_SIZE), np.float32)
        tracks = np.zeros((len(glyphs), TRACK_POINTS, TRACK_CHANNELS), np.float32)
        for row, glyph in enumerate(glyphs):
            tiles[row] = glyph.tile
            if glyph.track is not None:
                tracks[row] = glyph.track
        return self.classify(tiles, tracks)


def open_classifier(model: Model, engine: EngineName = "auto") -> Classifier:
    """A classifier that is ready: files proved, network loaded and warm.

    Raises:
        ModelError: A file is missing or changed, or the engine cannot load it.
    """
    if engine == "keras":
        return Classifier(model, _keras(model))
    if engine == "litert":
        return Classifier(model, _litert(model))
    if model.manifest.twin is None:
        return Classifier(model, _keras(model))
    try:
        return Classifier(model, _litert(model))
    except ModelError as twin_error:
        # a damaged twin is no reason to stop where the weights are whole, nor to blame them
        try:
            return Classifier(model, _keras(model))
        except (ModelError, ImportError):
            raise twin_error from None


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (N, K), rows summing to 1, from float32 (N, K)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _litert(model: Model) -> Engine:
    from core.classifying.litert_engine import LitertEngine

    return LitertEngine(model)


def _keras(model: Model) -> Engine:
    # TensorFlow takes seconds to import, so only what needs it does
    from core.classifying.keras_engine import KerasEngine

    return KerasEngine(model)
