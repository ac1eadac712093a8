"""ONNX Runtime behind the classifier's seam, to prove and to time an export with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.classifying.batching import in_batches, network_inputs

LARGEST_BATCH = 64
"""As the twin's, so that the two compare."""


class OnnxEngine:
    """A session of ONNX Runtime, on one thread.

    Args:
        data: The bytes of an `.onnx` file with the input of tiles, behind it one of tracks or none,
            and the output "logits".

    Raises:
        ValueError: ONNX Runtime does not take it.
    """

    name = "onnx"

    def __init__(self, data: bytes) -> None:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as states

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # a library's warnings are no news for a user; its errors are raised
        options.log_severity_level = 4
        # these have no base of their own
        refusals = states.Fail, states.InvalidGraph, states.InvalidProtobuf, states.NotImplemented
        try:
            self._session = onnxruntime.InferenceSession(
                data, options, providers=["CPUExecutionProvider"]
            )
        except refusals as error:
            raise ValueError(" ".join(str(error).split())) from error
        self._entries = [entry.name for entry in self._session.get_inputs()]

    def logits(
        self, tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """As `Engine` has it."""
        inputs = network_inputs(tiles, tracks, takes_tracks=len(self._entries) > 1)
        return in_batches(self._run, inputs, LARGEST_BATCH)

    def _run(self, *inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        (logits,) = self._session.run(["logits"], dict(zip(self._entries, inputs, strict=True)))
        return np.asarray(logits, np.float32)
