"""Running many tiles in batches of a bounded size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def in_batches(
    run: Callable[[NDArray[np.float32]], NDArray[np.float32]],
    tiles: NDArray[np.float32],
    size: int,
) -> NDArray[np.float32]:
    """What `run` gives for `tiles`, at most `size` at a time, put together.

    Args:
        run: float32 (n, S, S) → float32 (n, K).
        tiles: float32 (N, S, S), N >= 1.
        size: At least 1.
    """
    if len(tiles) <= size:
        return run(tiles)
    parts = [run(tiles[start : start + size]) for start in range(0, len(tiles), size)]
    return np.concatenate(parts)
