"""Spots too small for a pen, dropped."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SPECK_SHARE = 0.004
"""A spot whose sides are both below this share of the picture's longer side is dust, not ink..."""

SPECK_HEIGHT = 0.08
"""... and below this share of the height of letters, where there are some: a full stop is as large
as a pen is broad."""

LONE_HEIGHT = 0.25
"""Spots up to this share of the height of letters are dust where no letter is near."""

NEAR = 1.5
"""Letters as near as so many of their heights are near."""

LEAST_CUT, MOST_CUT = 0.6, 3.0
"""What touches the edge of the paper is a letter when it is as large as this, in heights of
letters. What is smaller is not worth keeping..."""

EDGE_THICKNESS, EDGE_FILL = 0.15, 0.5
"""... and what is larger is the edge itself, or the table beside it, where it is no thicker than
this share of the height of letters, or fills this share of its box."""

LEAST_LETTERS = 6
"""Pieces of ink that tell how high letters are, at least."""

MANY_GONE = 1000
"""So many pieces are taken out one by one; of more, it is faster to look at every pixel."""

COARSER = 8
"""How many times coarser it is told which spots are near letters."""


def drop_specks(
    binary: NDArray[np.uint8], paper: NDArray[np.uint8] | None = None
) -> NDArray[np.uint8]:
    """`binary` without spots too small for a pen, and without what is left of the page's edges.

    Args:
        binary: uint8 (H, W), ink 255 on 0.
        paper: uint8 (H, W), 0 where there is no paper; None where there is paper everywhere.
    """
    found = cv2.connectedComponentsWithStats(binary, connectivity=8)
    labels, stats = np.asarray(found[1], np.int32), np.asarray(found[2], np.int32)
    centres = np.asarray(found[3], np.float64)
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    sides = np.maximum(heights, stats[:, cv2.CC_STAT_WIDTH])
    least = SPECK_SHARE * max(binary.shape)
    keep = sides >= least
    large = np.flatnonzero(keep)[1:]
    if len(large) >= LEAST_LETTERS:
        height = _letter_height(heights[large])
        keep = sides >= min(least, SPECK_HEIGHT * height)
        letters = stats[large][heights[large] >= height / 2]
        small = np.flatnonzero(keep & (sides < LONE_HEIGHT * height))
        keep[small] = _near(letters, height, binary.shape)[tuple(_cells(centres[small]).T)]
        at_edge = _at_edge(labels, paper)
        keep[at_edge] &= _is_of_letters(stats[at_edge], height)
    keep[0] = False
    return _kept(binary, labels, stats, keep)


def _kept(
    binary: NDArray[np.uint8],
    labels: NDArray[np.int32],
    stats: NDArray[np.int32],
    keep: NDArray[np.bool_],
) -> NDArray[np.uint8]:
    """`binary` with only those pieces that are to be kept."""
    gone = np.flatnonzero(~keep)[1:]
    if len(gone) > MANY_GONE:
        return keep[labels].view(np.uint8) * np.uint8(255)
    rest = binary.copy()
    for piece in gone.tolist():
        left, top, width, height = stats[piece, :4].tolist()
        window = slice(top, top + height), slice(left, left + width)
        rest[window][labels[window] == piece] = 0
    return rest


def _at_edge(labels: NDArray[np.int32], paper: NDArray[np.uint8] | None) -> NDArray[np.int64]:
    """int64 (N,): the pieces that touch the edge of the paper."""
    frame = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    if paper is not None:
        outlines, _ = cv2.findContours(paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        # with the pixels that turning the page may have softened
        offsets = np.stack(np.meshgrid((-2, 0, 2), (-2, 0, 2)), axis=-1).reshape(-1, 1, 2)
        for outline in outlines:
            places = (outline.reshape(1, -1, 2) + offsets).reshape(-1, 2)
            columns, rows = np.clip(places, 0, np.array(labels.shape[::-1]) - 1).T
            frame = np.concatenate([frame, labels[rows, columns]])
    return np.unique(frame).astype(np.int64)


def _is_of_letters(stats: NDArray[np.int32], height: float) -> NDArray[np.bool_]:
    """Bool (N,): which of some pieces at the edge of the paper are of letters, not the edge."""
    width, high, area = stats[:, 2], stats[:, 3], stats[:, cv2.CC_STAT_AREA]
    size = np.maximum(width, high)
    line = area <= EDGE_THICKNESS * height * size
    solid = area >= EDGE_FILL * width * high
    return (size >= LEAST_CUT * height) & ((size <= MOST_CUT * height) | ~(line | solid))


def _letter_height(heights: NDArray[np.int32]) -> float:
    """The usual height of letters among those of pieces of ink, in pixels."""
    return float(np.median(heights[heights >= np.percentile(heights, 90) / 3]))


def _near(letters: NDArray[np.int32], height: float, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """bool, `COARSER` times coarser than `shape`: where letters are near."""
    near = np.zeros((shape[0] // COARSER + 1, shape[1] // COARSER + 1), np.uint8)
    edges = np.column_stack([letters[:, :2], letters[:, :2] + letters[:, 2:4]]).astype(np.float64)
    edges += np.array([-1, -1, 1, 1]) * NEAR * height
    cells = np.clip(edges / COARSER, 0, [*near.shape[::-1]] * 2).astype(int)
    for left, top, right, bottom in cells.tolist():
        near[top : bottom + 1, left : right + 1] = 1
    return near > 0


def _cells(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """int64 (N, 2): the row and the column of the coarse cell of each place, x and y."""
    return (places[:, ::-1] / COARSER).astype(np.int64)
