"""The twin, run by LiteRT: ready in a tenth of a second, without TensorFlow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.classifying.batching import in_batches
from core.errors import EngineError, MissingModelFileError
from core.glyph import TILE_SIZE
from core.models import MANIFEST, Model

LARGEST_BATCH = 64
"""Most tiles at once: beyond it a batch is no faster, and only takes memory."""


class LitertEngine:
    """A LiteRT interpreter over the twin of a model.

    Args:
        model: A model whose manifest names a twin.

    Raises:
        MissingModelFileError: There is no twin.
        ChangedModelFileError: The twin is not the one that was shipped.
        EngineError: LiteRT does not take it.
    """

    name = "litert"

    def __init__(self, model: Model) -> None:
        from ai_edge_litert.interpreter import Interpreter

        twin = model.manifest.twin
        if twin is None:
            raise MissingModelFileError(model.folder, f"{MANIFEST} twin")
        try:
            self._interpreter = Interpreter(model_content=model.read(twin), num_threads=1)
            self._batch = 0
            self.logits(np.zeros((1, TILE_SIZE, TILE_SIZE), np.float32))
        except (ValueError, RuntimeError, KeyError) as error:
            reason = " ".join(str(error).split())
            raise EngineError(model.folder, twin, engine=self.name, reason=reason) from error

    def logits(self, tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 (N, K) for tiles float32 (N, TILE_SIZE, TILE_SIZE), N >= 1."""
        return in_batches(self._run, tiles, LARGEST_BATCH)

    def _run(self, tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        interpreter = self._interpreter
        (entry,) = interpreter.get_input_details()
        if len(tiles) != self._batch:
            interpreter.resize_tensor_input(entry["index"], (*tiles.shape, 1))
            interpreter.allocate_tensors()
            self._batch = len(tiles)
        interpreter.set_tensor(entry["index"], tiles[..., None])
        interpreter.invoke()
        return np.asarray(interpreter.get_tensor(self._logits_index()), np.float32)

    def _logits_index(self) -> int:
        runner = self._interpreter.get_signature_runner("serving_default")
        return int(runner.get_output_details()["logits"]["index"])
