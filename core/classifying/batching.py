"""Running many inputs in batches of a bounded size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.track import TRACK_CHANNELS, TRACK_POINTS


def in_batches(
    run: Callable[..., NDArray[np.float32]],
    inputs: Sequence[NDArray[np.float32]],
    size: int,
) -> NDArray[np.float32]:
    """What `run` gives for `inputs`, at most `size` rows at a time, put together.

    Args:
        run: Each input float32 (n, ...) → float32 (n, K).
        inputs: Each float32 (N, ...), N >= 1.
        size: At least 1.
    """
    count = len(inputs[0])
    if count <= size:
        return run(*inputs)
    starts = range(0, count, size)
    return np.concatenate([run(*(one[start : start + size] for one in inputs)) for start in starts])


def network_inputs(
    tiles: NDArray[np.float32], tracks: NDArray[np.float32] | None, *, takes_tracks: bool
) -> tuple[NDArray[np.float32], ...]:
    """What a network is given, by axes as it wants them: maps of tiles, and of tracks if it takes
    any.

    Args:
        tiles: float32 (N, TILE_SIZE, TILE_SIZE), N >= 1.
        tracks: float32 (N, TRACK_POINTS, TRACK_CHANNELS); None where there are none.
        takes_tracks: Whether the network has a second input.

    Returns:
        float32 (N, TILE_SIZE, TILE_SIZE, 1), and (N, TRACK_POINTS, 1, TRACK_CHANNELS).
    """
    maps = tiles[..., None]
    if not takes_tracks:
        return (maps,)
    if tracks is None:
        tracks = np.zeros((len(tiles), TRACK_POINTS, TRACK_CHANNELS), np.float32)
    return maps, tracks[:, :, None]
