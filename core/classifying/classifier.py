"""The classifier, and the choice of the engine that runs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, get_args

import numpy as np

from core.errors import ModelError, NoKerasError
from core.glyph import TILE_SIZE, Glyph
from core.models import Model, open_model
from core.prediction import Prediction
from core.track import TRACK_CHANNELS, TRACK_POINTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

    Args:
        model: The model.
        engine: What runs it.
        for_tiles: Makes what answers as `engine` does where there are no tracks, in less time.

    Used from one thread at a time: the interpreters behind it are not safe to share.
    """

    def __init__(
        self, model: Model, engine: Engine, *, for_tiles: Callable[[], Engine] | None = None
    ) -> None:
        self.model = model
        self._engine = engine
        self._make_for_tiles = for_tiles

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
        engine = self._for_tiles if tracks is None else self._engine
        logits = engine.logits(tiles, tracks)
        return Prediction(alphabet, softmax(logits / self.model.manifest.temperature))

    def classify_glyphs(self, glyphs: Sequence[Glyph]) -> Prediction:
        """What `glyphs` are, a row each, by their tiles and, where they have any, their tracks."""
        tiles = np.zeros((len(glyphs), TILE_SIZE, TILE_SIZE), np.float32)
        tracks = np.zeros((len(glyphs), TRACK_POINTS, TRACK_CHANNELS), np.float32)
        for row, glyph in enumerate(glyphs):
            tiles[row] = glyph.tile
            if glyph.track is not None:
                tracks[row] = glyph.track
        seen_written = any(glyph.track is not None for glyph in glyphs)
        return self.classify(tiles, tracks if seen_written else None)

    @cached_property
    def _for_tiles(self) -> Engine:
        """What runs where nobody knows how characters were written."""
        return self._engine if self._make_for_tiles is None else self._make_for_tiles()


def open_classifier(model: Model, engine: EngineName = "auto", *, threads: int = 1) -> Classifier:
    """A classifier that is ready: files proved, network loaded and warm.

    Args:
        model: Whose network is to run.
        engine: What is to run it.
        threads: How many LiteRT may use. One is best for one tile at a time, as on the pad; pages
            have hundreds. Keras takes what it finds.

    Raises:
        ModelError: A file is missing or changed, or the engine cannot load it.
        NoKerasError: Only Keras could run it, and this is the light Glyphpad.
    """
    if engine == "keras":
        return Classifier(model, _keras(model))
    if engine == "litert":
        return _litert(model, threads)
    if model.manifest.twin is None:
        return Classifier(model, _keras(model))
    try:
        return _litert(model, threads)
    except ModelError as twin_error:
        # a damaged twin is no reason to stop where the weights are whole, nor to blame them
        try:
            return Classifier(model, _keras(model))
        except (ModelError, NoKerasError):
            raise twin_error from None


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (N, K), rows summing to 1, from float32 (N, K)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _litert(model: Model, threads: int) -> Classifier:
    from core.classifying.litert_engine import LitertEngine

    engine = LitertEngine(model, threads=threads)
    if not model.manifest.tracks:
        return Classifier(model, engine)

    def for_tiles() -> Engine:
        """The model of tiles that this one was joined from: without tracks it answers as that does,
        and half of its work is for nothing."""
        try:
            plain = _model_of_tiles(model)
            return engine if plain is None else LitertEngine(plain, threads=threads)
        except ModelError:
            return engine

    return Classifier(model, engine, for_tiles=for_tiles)


def _model_of_tiles(model: Model) -> Model | None:
    """The very model of tiles that a model with tracks was joined from, if it is beside it."""
    facts, own = model.manifest.training, model.manifest
    plain = open_model(str(facts.get("picture")), model.folder.parent)
    there = plain.manifest
    same = (there.version, there.alphabet, there.temperature) == (
        facts.get("picture_version"),
        own.alphabet,
        own.temperature,
    )
    return plain if same and there.twin is not None else None


def _keras(model: Model) -> Engine:
    # TensorFlow takes seconds to import, so only what needs it does
    from core.classifying.keras_engine import KerasEngine

    return KerasEngine(model)
