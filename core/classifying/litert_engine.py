"""The twin, run by LiteRT: ready in a tenth of a second, without TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.classifying.batching import in_batches, network_inputs
from core.errors import EngineError, MissingModelFileError
from core.glyph import TILE_SIZE
from core.models import MANIFEST, Model
from core.quiet import quiet_libraries

LARGEST_BATCH = 8
"""Most tiles at once: more are no faster, with one thread or two, and 64 take 11 MB more."""


class LitertEngine:
    """A LiteRT interpreter over the twin of a model.

    Args:
        model: A model whose manifest names a twin.
        threads: How many it may use.

    Raises:
        MissingModelFileError: There is no twin.
        ChangedModelFileError: The twin is not the one that was shipped.
        EngineError: LiteRT does not take it.
    """

    name = "litert"

    def __init__(self, model: Model, *, threads: int = 1) -> None:
        from ai_edge_litert.interpreter import Interpreter

        twin = model.manifest.twin
        if twin is None:
            raise MissingModelFileError(model.folder, f"{MANIFEST} twin")
        data = model.read(twin)
        self._takes_tracks = model.manifest.tracks
        try:
            with quiet_libraries():
                self._interpreter = Interpreter(model_content=data, num_threads=threads)
                self._entries, self._exit = _tensors(
                    self._interpreter, takes_tracks=self._takes_tracks
                )
                self._batch = 0
                self.logits(np.zeros((1, TILE_SIZE, TILE_SIZE), np.float32))
        except (ValueError, RuntimeError, KeyError) as error:
            reason = " ".join(str(error).split())
            raise EngineError(model.folder, twin, engine=self.name, reason=reason) from error

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """As `Engine` has it."""
        inputs = network_inputs(tiles, tracks, takes_tracks=self._takes_tracks)
        return in_batches(self._run, inputs, LARGEST_BATCH)

    def _run(self, *inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        interpreter = self._interpreter
        if len(inputs[0]) != self._batch:
            for entry, values in zip(self._entries, inputs, strict=True):
                interpreter.resize_tensor_input(entry, values.shape)
            interpreter.allocate_tensors()
            self._batch = len(inputs[0])
        for entry, values in zip(self._entries, inputs, strict=True):
            interpreter.set_tensor(entry, values)
        interpreter.invoke()
        return np.asarray(interpreter.get_tensor(self._exit), np.float32)


def _tensors(interpreter: Any, *, takes_tracks: bool) -> tuple[tuple[int, ...], int]:
    """The indices of the tiles and the tracks, and of the logits.

    The runner that knows them is gone afterwards: while it lives, the input cannot be resized.
    """
    runner = interpreter.get_signature_runner("serving_default")
    entries = runner.get_input_details()
    names = ("tiles", "tracks") if takes_tracks else tuple(entries)[:1]
    places = tuple(int(entries[name]["index"]) for name in names)
    return places, int(runner.get_output_details()["logits"]["index"])
