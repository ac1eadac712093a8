"""The Kaggle A-Z Handwritten set: one CSV of 372,450 rows, a class and 784 pixels each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import EmptyFileError, MissingFileError, UnreadableFileError
from core.training.data.errors import BadRowError
from core.training.data.samples import ImageSamples
from core.training.data.splits import Split, in_split

KAGGLE_FOLDER = "kaggle"
KAGGLE_FILE = "A_Z Handwritten Data.csv"
KAGGLE_ROWS = 372_450

ROWS_AT_ONCE = 8_192
"""Rows that are parsed at a time: some 15 MB of text."""

_SIDE = 28
_COLUMNS = 1 + _SIDE * _SIDE
_CLASSES = 26
_BRIGHTEST = 255


def load_kaggle(folder: Path, split: Split) -> ImageSamples:
    """Capitals of the Kaggle A-Z set, white on black; split by a hash of each.

    No more is held than the pictures of the split and one piece of the file.

    Args:
        folder: Holds the CSV, itself or in a folder `kaggle`; or is the CSV.
        split: By hash, duplicates together.

    Raises:
        MissingFileError: There is no such file.
        EmptyFileError: It has no rows.
        BadRowError: A row has too few or too many numbers, or something else.
    """
    images, labels = [np.empty((0, _SIDE, _SIDE), np.uint8)], [np.empty(0, "U1")]
    for piece in kaggle_pieces(folder):
        mine = piece.taken(in_split(piece.images, split))
        images.append(mine.images)
        labels.append(mine.labels)
    return ImageSamples("Kaggle A-Z", np.concatenate(images), np.concatenate(labels))


def kaggle_file(folder: Path) -> Path:
    """The CSV: in the folder `kaggle` of `folder`, or in `folder`, or `folder` itself."""
    if folder.is_file():
        return folder
    home = folder / KAGGLE_FOLDER if (folder / KAGGLE_FOLDER).is_dir() else folder
    return home / KAGGLE_FILE


def kaggle_pieces(folder: Path) -> Iterator[ImageSamples]:
    """The rows of the CSV, `ROWS_AT_ONCE` at a time; as `load_kaggle`."""
    path = kaggle_file(folder)
    if not path.exists():
        raise MissingFileError(path)
    done = 0
    try:
        with path.open(encoding="latin-1", newline="\n") as file:
            while lines := list(islice(file, ROWS_AT_ONCE)):
                yield _piece(lines, path, done)
                done += len(lines)
    except OSError as error:
        raise UnreadableFileError(path) from error
    if done == 0:
        raise EmptyFileError(path)


def _piece(lines: list[str], path: Path, before: int) -> ImageSamples:
    """The samples of some rows, of which `before` others came earlier."""
    try:
        # each line ends in a newline but, perhaps, the last of the file
        rows = np.loadtxt(
            io.StringIO("".join(lines)), np.uint8, comments=None, delimiter=",", ndmin=2
        )
    except ValueError:
        rows = np.empty((0, 0), np.uint8)
    if rows.shape != (len(lines), _COLUMNS) or (rows[:, 0] >= _CLASSES).any():
        raise _first_fault(lines, path, before)
    images = rows[:, 1:].reshape(-1, _SIDE, _SIDE)
    signs: NDArray[np.str_] = np.array([chr(ord("A") + place) for place in range(_CLASSES)])
    return ImageSamples("Kaggle A-Z", np.ascontiguousarray(images), signs[rows[:, 0]])


def _first_fault(lines: list[str], path: Path, before: int) -> BadRowError:
    for row, line in enumerate(lines, before + 1):
        cells = line.rstrip("\r\n").split(",")
        if len(cells) != _COLUMNS:
            reason = f"has {len(cells):,} numbers, not {_COLUMNS}"
            return BadRowError(path, row=row, reason=reason)
        for cell in cells:
            if not _is_level(cell.strip()):
                reason = f"has {cell[:20]!r} where a number from 0 to {_BRIGHTEST} belongs"
                return BadRowError(path, row=row, reason=reason)
        if int(cells[0]) >= _CLASSES:
            return BadRowError(path, row=row, reason=f"is of class {cells[0]}, and Z is 25")
    raise AssertionError("every row is as it should be")


def _is_level(cell: str) -> bool:
    """Whether it is a whole number from 0 to 255, in digits."""
    digits = cell.isascii() and cell.isdigit() and len(cell) <= len(str(_BRIGHTEST))
    return digits and int(cell) <= _BRIGHTEST
