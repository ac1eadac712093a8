"""A folder of pictures a class: anyone's own handwriting, as scanned or photographed files.

The name of a class's folder is the sign itself (`7`, `A`), or its code point as in `U+002F`, for
signs that no folder can be called by (`/`, `.`), and for `a` beside `A` where a file system does
not tell them apart (`U+0061`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.cleaning import Steps, clean_stages, to_grey
from core.errors import MissingFileError
from core.picture import PICTURE_SUFFIXES, read_picture
from core.training.data.errors import UnknownClassError
from core.training.data.samples import ImageSamples
from core.training.data.splits import Split, split_of

PICTURES_FOLDER = "pictures"

SIDE = 128
"""Side of the pictures that are handed out, in pixels: four times that of a tile, so that nothing
of a stroke is lost before it is varied."""

_CODE_POINT = re.compile(r"U\+([0-9A-Fa-f]{4,6})")


CHARACTER_STEPS = Steps(straighten=False, rules=False, heal=False)
"""The cleaning of a picture that is known to be one character and nothing else."""


@dataclass(frozen=True, eq=False)
class LabelledPicture:
    """A picture as its file has it.

    Attributes:
        path: The file.
        pixels: uint8 (H, W, 3), RGB.
        label: The sign on it.
    """

    path: Path
    pixels: NDArray[np.uint8]
    label: str


def load_pictures(folder: Path, split: Split) -> ImageSamples:
    """Pictures uint8 (N, SIDE, SIDE), cleaned as any picture is, the ink as large as fits.

    A picture in which no ink was found is left out of the training, but not of a measurement.

    Args:
        folder: Holds a folder of pictures for each class, itself or in a folder `pictures`.
        split: By a hash of the pixels, duplicates together, whatever the format of the file.

    Raises:
        MissingFileError: There is no such folder, or none of a class.
        UnknownClassError: A folder's name is no sign.
        FileError: A picture cannot be read; as `read_picture`.
    """
    images, labels = [np.empty((0, SIDE, SIDE), np.uint8)], []
    for picture in labelled_pictures(folder):
        if split_of(to_grey(picture.pixels)) != split:
            continue
        image = framed(clean_stages(picture.pixels, CHARACTER_STEPS).raster.pixels)
        if split != "train" or image.any():
            images.append(image[None])
            labels.append(picture.label)
    return ImageSamples("pictures", np.concatenate(images), np.array(labels, np.str_))


def labelled_pictures(folder: Path) -> Iterator[LabelledPicture]:
    """Every picture of every class, one by one, of all splits; as `load_pictures`.

    Files that are no pictures by their names (`Thumbs.db`, ...) are passed over.
    """
    home = folder / PICTURES_FOLDER if (folder / PICTURES_FOLDER).is_dir() else folder
    classes = sorted(path for path in home.glob("*") if path.is_dir())
    if not classes:
        raise MissingFileError(home / "A")
    for of_class in classes:
        label = sign_of(of_class)
        for path in sorted(of_class.glob("*")):
            if path.suffix.lower() in PICTURE_SUFFIXES:
                yield LabelledPicture(path, read_picture(path).pixels, label)


def sign_of(folder: Path) -> str:
    """The sign that a class's folder is named by.

    Raises:
        UnknownClassError: It is neither a sign nor a code point.
    """
    code = _CODE_POINT.fullmatch(folder.name)
    sign = folder.name if code is None else _character(int(code[1], 16))
    if len(sign) != 1 or not sign.isprintable() or sign.isspace():
        raise UnknownClassError(folder)
    return sign


def framed(raster: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (SIDE, SIDE): the ink of a raster (H, W), as large as fits, in the middle."""
    frame = np.zeros((SIDE, SIDE), np.uint8)
    rows, columns = np.flatnonzero(raster.any(axis=1)), np.flatnonzero(raster.any(axis=0))
    if len(rows) == 0:
        return frame
    ink = raster[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = SIDE / max(ink.shape)
    height, width = (max(1, round(side * scale)) for side in ink.shape)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    frame[top : top + height, left : left + width] = cv2.resize(
        ink, (width, height), interpolation=how
    )
    return frame


def _character(code: int) -> str:
    try:
        return chr(code)
    except ValueError:
        return ""
