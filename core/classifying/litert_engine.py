"""The twin, run by LiteRT: ready in a tenth of a second, without TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.classifying.batching import in_batches
from core.errors import EngineError, MissingModelFileError
from core.glyph import TILE_SIZE
from core.models import MANIFEST, Model
from core.quiet import quiet_libraries

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
        data = model.read(twin)
        try:
            with quiet_libraries():
                self._interpreter = Interpreter(model_content=data, num_threads=1)
                self._entry, self._exit = _tensors(self._interpreter)
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
        if len(tiles) != self._batch:
            interpreter.resize_tensor_input(self._entry, (*tiles.shape, 1))
            interpreter.allocate_tensors()
            self._batch = len(tiles)
        interpreter.set_tensor(self._entry, tiles[..., None])
        interpreter.invoke()
        return np.asarray(interpreter.get_tensor(self._exit), np.float32)


def _tensors(interpreter: Any) -> tuple[int, int]:
    """The indices of the tiles and of the logits.

    The runner that knows them is gone afterwards: while it lives, the input cannot be resized.
    """
    runner = interpreter.get_signature_runner("serving_default")
    (entry,) = runner.get_input_details().values()
    return int(entry["index"]), int(runner.get_output_details()["logits"]["index"])
