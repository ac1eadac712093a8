"""Print: every sign of an alphabet, drawn from free fonts (`font_families`).

The fonts are not in the repository. They are looked for by name, in a folder `fonts` of the data
folder and where Linux keeps them.

All signs of a font are drawn at one size, on black of one size, as they stand beside one another
on a page: a full stop is a few pixels, and it is the tile's own crop and scale that makes it large,
as it is in the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from core.alphabet import ASCII94, Alphabet
from core.errors import DamagedFileError, GlyphpadError
from core.training.data.font_families import FAMILIES, Family
from core.training.data.packed import data_folder
from core.training.data.samples import ImageSamples
from core.training.data.splits import Split

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

PRINT_SIDE = 64
"""Side of a drawn picture, in pixels: more than twice a tile's."""

SIGN_EXTENT = 40
"""Median longer side of a font's signs, in pixels; one that is longer than PRINT_SIDE is scaled
down to it."""

SUFFIXES = (".otf", ".ttf")

_PLACES = ("/usr/share/fonts", "/usr/share/texmf/fonts", "/usr/local/share/fonts")

_MEASURED_AT = 64
"""The size, in pixels an em, that a font is measured at."""

_NO_SIGN = "\ufffe"
"""No font has it, by Unicode's own promise (23.7, Noncharacters): drawn, it is what a font shows
for a sign that it lacks."""


class MissingPillowError(GlyphpadError):
    """Pillow, which draws the fonts, is not installed."""

    def __str__(self) -> str:
        return "Pillow, which draws print, is not here. Install it: pip install 'glyphpad[train]'"


class MissingFontsError(GlyphpadError):
    """Fonts that print is drawn from and that are not here.

    Attributes:
        packages: Of Debian, which have them.
    """

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = tuple(packages)
        super().__init__(self.packages)

    def __str__(self) -> str:
        return (
            "Some of the fonts that print is drawn from are not here. Install them: "
            f"sudo apt-get install {' '.join(self.packages)}"
        )


def load_print(
    split: Split,
    *,
    alphabet: Alphabet = ASCII94,
    families: Sequence[Family] = FAMILIES,
    places: Sequence[Path] | None = None,
) -> ImageSamples:
    """Every sign of an alphabet from every font of a split, as each font draws it.

    Left out are signs that a font lacks, and small letters that it draws as their capitals. The
    writer of a sample is its family.

    Args:
        split: By family, as the table has it.
        alphabet: Its labels are drawn.
        families: The fonts of all splits.
        places: Where the fonts are looked for, folders within them too; `font_places` if None.

    Raises:
        MissingPillowError: Pillow is not installed.
        MissingFontsError: Fonts of the split are not there.
        DamagedFileError: A file is no font.
    """
    mine = [family for family in families if family.split == split]
    files = _found(mine, font_places() if places is None else places)
    images, labels, writers = [], [], []
    for family in mine:
        for file in family.files:
            for sign, image in drawn_signs(files[file], alphabet, lacks=family.lacks):
                images.append(image)
                labels.append(sign)
                writers.append(family.name)
    stacked = np.stack(images) if images else np.zeros((0, PRINT_SIDE, PRINT_SIDE), np.uint8)
    return ImageSamples("print", stacked, np.array(labels, np.str_), np.array(writers, np.str_))


def font_places() -> tuple[Path, ...]:
    """Where fonts are: in the data folder, the user's and the system's."""
    return (
        data_folder() / "fonts",
        Path.home() / ".local/share/fonts",
        *(Path(place) for place in _PLACES),
    )


def drawn_signs(
    path: Path, alphabet: Alphabet, *, lacks: str = ""
) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """Each sign of `alphabet` that a font has, with its picture.

    Args:
        path: The font.
        alphabet: Its labels are drawn.
        lacks: Signs that the font draws as others; left out.

    Returns:
        Signs with uint8 (PRINT_SIDE, PRINT_SIDE), ink white on black, never without ink.

    Raises:
        MissingPillowError: Pillow is not installed.
        DamagedFileError: The file is no font.
    """
    font = _sized(path, alphabet)
    blank = _drawing(font, _NO_SIGN)
    for sign in alphabet.labels:
        drawing = _drawing(font, sign)
        if sign in lacks or not drawing.any() or np.array_equal(drawing, blank):
            continue
        if sign.islower() and np.array_equal(drawing, _drawing(font, sign.upper())):
            continue
        yield sign, _centred(drawing)


def _found(families: Sequence[Family], places: Sequence[Path]) -> Mapping[str, Path]:
    """The path of every file of `families`, by its name in the table."""
    there = {
        path.stem: path
        for place in reversed(places)
        for path in sorted(place.rglob("*"))
        if path.suffix.lower() in SUFFIXES
    }
    missing = {
        family.package for family in families if not all(file in there for file in family.files)
    }
    if missing:
        raise MissingFontsError(sorted(missing))
    return there


def _sized(path: Path, alphabet: Alphabet) -> FreeTypeFont:
    """The font at the size at which the median longer side of its signs is SIGN_EXTENT."""
    font = _font(path, _MEASURED_AT)
    extents = [max(_drawing(font, sign).shape) for sign in alphabet.labels]
    return _font(path, round(_MEASURED_AT * SIGN_EXTENT / max(float(np.median(extents)), 1)))


def _font(path: Path, size: int) -> FreeTypeFont:
    try:
        from PIL import ImageFont
    except ImportError as error:
        raise MissingPillowError from error
    try:
        # not Raqm's layout: it is for words, and not in every build
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise DamagedFileError(path) from error


def _drawing(font: FreeTypeFont, sign: str) -> NDArray[np.uint8]:
    """uint8 (H, W): the ink of a sign, no side under 1; all 0 where it has none."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = font.getbbox(sign, anchor="ls")
    size = max(round(right - left), 1), max(round(bottom - top), 1)
    image = Image.new("L", size)
    ImageDraw.Draw(image).text((-left, -top), sign, fill=255, font=font, anchor="ls")
    return np.asarray(image, np.uint8)


def _centred(drawing: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (PRINT_SIDE, PRINT_SIDE) with the drawing in the middle, smaller if it must be."""
    height, width = drawing.shape
    factor = min(PRINT_SIDE / max(height, width), 1.0)
    if factor < 1:
        size = max(round(width * factor), 1), max(round(height * factor), 1)
        drawing = np.asarray(cv2.resize(drawing, size, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = drawing.shape
    image = np.zeros((PRINT_SIDE, PRINT_SIDE), np.uint8)
    top, left = (PRINT_SIDE - height) // 2, (PRINT_SIDE - width) // 2
    image[top : top + height, left : left + width] = drawing
    return image
