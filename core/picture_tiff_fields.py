"""The directories of a TIFF (Adobe TIFF 6.0, section 2; BigTIFF), and of Exif, which is one."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MOST_PAGES = 10_000
"""More directories in a TIFF than any scanner writes: the chain runs in a circle or is made up."""

MOST_FIELDS = 4096
"""More fields than a directory has: libtiff takes as many for a sign of damage
(tif_dirread.c, TIFFFetchDirectory)."""

_RATIONALS = frozenset({5, 10})
_CODES = ("u1", "u1", "u2", "u4", "u4", "i1", "u1", "i2", "i4", "i4", "f4", "f8", "u4")
_NUMBERS: Mapping[int, str] = MappingProxyType(
    {**dict(enumerate(_CODES, start=1)), 16: "u8", 17: "i8", 18: "u8"}
)
"""How a number of each type is packed; a rational is two."""


@dataclass(frozen=True, slots=True)
class TiffLayout:
    """How a TIFF's numbers are packed: their order, and the lengths that BigTIFF changes.

    Attributes:
        order: "<" or ">".
        count: How many fields a directory has, in Python's notation of structures.
        offset: A place in the file, likewise.
        first: Where the place of the first directory is.
    """

    order: str
    count: str
    offset: str
    first: int


_LAYOUTS = MappingProxyType(
    {
        b"II*\0": TiffLayout("<", "H", "I", 4),
        b"MM\0*": TiffLayout(">", "H", "I", 4),
        b"II+\0": TiffLayout("<", "Q", "Q", 8),
        b"MM\0+": TiffLayout(">", "Q", "Q", 8),
    }
)


@dataclass(frozen=True, slots=True)
class TiffField:
    """One field of a directory.

    Attributes:
        kind: The type of its values, 1 to 18.
        count: How many there are.
        place: Where in the file they are.
    """

    kind: int
    count: int
    place: int


@dataclass(frozen=True)
class TiffDirectory:
    """What one directory says; its values are read when they are asked for.

    Attributes:
        layout: How they are packed.
        fields: By tag; the first of each counts.
    """

    layout: TiffLayout
    fields: Mapping[int, TiffField]

    def numbers(
        self, file: BinaryIO, tag: int, *, most: int
    ) -> NDArray[np.unsignedinteger[Any]] | None:
        """All values of a field of natural numbers, or None where there is none.

        Args:
            file: The file that the directory is in.
            tag: Which field.
            most: How many values, or parts of rationals, are read at most.

        Returns:
            (N,) of the field's own type in the machine's order; a rational is two in a row.

        Raises:
            ValueError: The field is damaged, has more values, or others.
        """
        field = self.fields.get(tag)
        if field is None:
            return None
        values = self._values(file, field, most=most)
        if values.dtype.kind != "u":
            raise ValueError(f"the field {tag} has values of type {field.kind}")
        return values

    def number(self, file: BinaryIO, tag: int, default: float) -> float:
        """The first value of a field, or `default` where it has none.

        Raises:
            ValueError: The field is damaged.
        """
        field = self.fields.get(tag)
        if field is None or not field.count:
            return default
        first = self._values(file, replace(field, count=1), most=2).tolist()
        numerator, denominator = (*first, 1)[:2]
        value = numerator / denominator if denominator else 0.0
        if not math.isfinite(value):
            raise ValueError(f"the field {tag} is no number")
        return float(value)

    def _values(self, file: BinaryIO, field: TiffField, *, most: int) -> NDArray[Any]:
        code = _NUMBERS.get(field.kind)
        count = field.count * (2 if field.kind in _RATIONALS else 1)
        if code is None or count > most:
            raise ValueError(f"a field has {field.count} values of type {field.kind}")
        packed = np.dtype(self.layout.order + code)
        data = _bytes_at(file, field.place, count * packed.itemsize)
        return np.frombuffer(data, packed).astype(np.dtype(code))


def tiff_places(file: BinaryIO) -> tuple[int, ...]:
    """Where each directory of a TIFF begins, in the order of its pages.

    Raises:
        ValueError: It is no TIFF, or the chain of its directories is damaged.
    """
    layout = _layout(file)
    (at,) = _unpacked(file, layout.order + layout.offset, layout.first)
    places: dict[int, None] = {}
    while at:
        if at in places or len(places) >= MOST_PAGES:
            raise ValueError("the chain of pages has no end")
        places[at] = None
        count = _field_count(file, layout, at)
        entries = count * struct.calcsize(_entry(layout))
        after = at + struct.calcsize(layout.count) + entries
        (at,) = _unpacked(file, layout.order + layout.offset, after)
    return tuple(places)


def tiff_directory(file: BinaryIO, place: int) -> TiffDirectory:
    """The directory at a place that `tiff_places` gives.

    Raises:
        ValueError: It is damaged.
    """
    layout = _layout(file)
    count = _field_count(file, layout, place)
    entry = struct.Struct(_entry(layout))
    begin = place + struct.calcsize(layout.count)
    data = _bytes_at(file, begin, count * entry.size)
    inline = struct.calcsize(layout.offset)
    fields: dict[int, TiffField] = {}
    for index, (tag, kind, values, at) in enumerate(entry.iter_unpack(data)):
        code = _NUMBERS.get(kind)
        if code is None or tag in fields:
            continue
        size = values * np.dtype(code).itemsize * (2 if kind in _RATIONALS else 1)
        here = begin + (index + 1) * entry.size - inline
        fields[tag] = TiffField(kind, values, here if size <= inline else at)
    return TiffDirectory(layout, MappingProxyType(fields))


def _layout(file: BinaryIO) -> TiffLayout:
    file.seek(0)
    layout = _LAYOUTS.get(file.read(4))
    if layout is None:
        raise ValueError("no TIFF")
    return layout


def _entry(layout: TiffLayout) -> str:
    return f"{layout.order}HH{layout.offset}{layout.offset}"


def _field_count(file: BinaryIO, layout: TiffLayout, at: int) -> int:
    (count,) = _unpacked(file, layout.order + layout.count, at)
    if count > MOST_FIELDS:
        raise ValueError(f"a directory has {count} fields")
    return int(count)


def _unpacked(file: BinaryIO, packed: str, at: int) -> tuple[int, ...]:
    return struct.unpack(packed, _bytes_at(file, at, struct.calcsize(packed)))


def _bytes_at(file: BinaryIO, place: int, count: int) -> bytes:
    try:
        file.seek(place)
    except OverflowError as error:
        raise ValueError("a place that no file has") from error
    data = file.read(count)
    if len(data) < count:
        raise ValueError("the file ends within a directory")
    return data


# --- What TIFF and Exif both say of a page ----------------------------------------------------

UPRIGHT = 1
"""The turn of a picture that is stored as it is shown (Exif 2.32, tag 274; 1 to 8)."""

_TURN, _X_RESOLUTION, _RESOLUTION_UNIT = 274, 282, 296
_UNITS_AN_INCH = MappingProxyType({2: 1.0, 3: 2.54})

_EXIF_MARK = b"Exif\0\0"

_POSSIBLE_DPI = (10, 20_000)
"""Less is the 1 that stands for "not known" in many a file; more, no scanner has."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page is to be shown.

    Attributes:
        turn: How it must be turned to be upright, 1 to 8 as in Exif.
        dpi: Pixels an inch, across, where a possible one is said.
    """

    turn: int = UPRIGHT
    dpi: float | None = None


def is_exif(body: bytes) -> bool:
    """Whether a block of a JPEG is Exif."""
    return body.startswith(_EXIF_MARK)


def exif_shown(exif: bytes) -> Shown:
    """What the first directory says; nothing where it is damaged, as that is no fault of the
    pixels."""
    file = io.BytesIO(exif.removeprefix(_EXIF_MARK))
    try:
        return shown(file, tiff_directory(file, tiff_places(file)[0]))
    except (ValueError, IndexError):
        return Shown()


def shown(file: BinaryIO, directory: TiffDirectory) -> Shown:
    """What a directory says; nothing of what is damaged."""
    try:
        turn = directory.number(file, _TURN, UPRIGHT)
        unit = directory.number(file, _RESOLUTION_UNIT, 2)
        across = directory.number(file, _X_RESOLUTION, 0)
    except ValueError:
        return Shown()
    dpi = possible_dpi(across * _UNITS_AN_INCH.get(int(unit), 0))
    return Shown(int(turn) if turn in range(1, 9) else UPRIGHT, dpi)


def possible_dpi(dpi: float) -> float | None:
    """`dpi`, or None where no scanner and no camera has as many, or as few."""
    low, high = _POSSIBLE_DPI
    return dpi if low <= dpi <= high else None
