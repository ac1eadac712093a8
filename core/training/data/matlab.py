"""MATLAB's version 5 MAT-files, as far as EMNIST's need: numbers and structs, compressed or not.

SciPy reads them too, but brings 40 MB and a Fortran library into every installation for one data
set; these are all the elements that its files hold. The format is in "MAT-File Format" (MathWorks),
chapter 1.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError, MissingFileError

Value = NDArray[Any] | Mapping[str, Any]
"""A number array in MATLAB's shape, or a struct's fields by name."""

_HEADER = 128
_Order = Literal["<", ">"]
_ORDERS: Mapping[bytes, _Order] = MappingProxyType({b"IM": "<", b"MI": ">"})
_MATRIX, _COMPRESSED = 14, 15
_STRUCT = 2
_NUMERIC = range(6, 16)
_TYPES: Mapping[int, str] = MappingProxyType(
    {
        1: "i1",
        2: "u1",
        3: "i2",
        4: "u2",
        5: "i4",
        6: "u4",
        7: "f4",
        9: "f8",
        12: "i8",
        13: "u8",
    }
)


def read_mat(path: Path) -> Mapping[str, Value]:
    """The variables of a MAT-file of version 5, by name.

    Raises:
        MissingFileError: There is no such file.
        DamagedFileError: It is no such file, or cut short, or holds what we do not read.
    """
    if not path.exists():
        raise MissingFileError(path)
    try:
        data = path.read_bytes()
        order = _ORDERS[data[_HEADER - 2 : _HEADER]]
        return _variables(_Bytes(memoryview(data)[_HEADER:], order))
    # whatever a damaged file makes of the sizes and names that it claims
    except (OSError, KeyError, ValueError, IndexError, struct.error, zlib.error) as error:
        raise DamagedFileError(path) from error


@dataclass
class _Bytes:
    """What is left to read, and in which order its bytes are."""

    data: memoryview
    order: _Order

    def take(self, count: int) -> memoryview:
        if count > len(self.data):
            raise ValueError("cut short")
        taken, self.data = self.data[:count], self.data[count:]
        return taken


@dataclass(frozen=True)
class _Element:
    kind: int
    body: memoryview


def _variables(source: _Bytes) -> dict[str, Value]:
    variables: dict[str, Value] = {}
    while len(source.data):
        element = _element(source)
        if element.kind == _COMPRESSED:
            unpacker = zlib.decompressobj()
            inner = unpacker.decompress(element.body)
            if not unpacker.eof:
                raise ValueError("cut short")
            element = _element(_Bytes(memoryview(inner), source.order))
        if element.kind != _MATRIX:
            raise ValueError("a variable is no matrix")
        name, value = _matrix(_Bytes(element.body, source.order))
        variables[name] = value
    return variables


def _element(source: _Bytes) -> _Element:
    """The next element: a tag of 8 bytes and a body, or both in 8 bytes."""
    kind, size = struct.unpack(f"{source.order}II", source.take(8))
    if kind >> 16:
        packed = struct.pack(f"{source.order}I", size)
        return _Element(kind & 0xFFFF, memoryview(packed)[: kind >> 16])
    body = source.take(size)
    if kind != _COMPRESSED:
        source.take(min(-size % 8, len(source.data)))
    return _Element(kind, body)


def _matrix(source: _Bytes) -> tuple[str, Value]:
    """Name and value of an array or a struct."""
    flags = _numbers(source)
    shape = tuple(_numbers(source).tolist())
    name = bytes(_element(source).body).decode("ascii")
    kind = int(flags[0]) & 0xFF
    if kind == _STRUCT:
        return name, _struct(source)
    if kind not in _NUMERIC:
        raise ValueError("neither numbers nor a struct")
    return name, _numbers(source).reshape(shape, order="F")


def _struct(source: _Bytes) -> dict[str, Value]:
    """The fields of a struct that is no array of them."""
    length = int(_numbers(source)[0])
    names = bytes(_element(source).body)
    fields: dict[str, Value] = {}
    for start in range(0, len(names), length):
        name = names[start : start + length].rstrip(b"\0").decode("ascii")
        inner = _element(source)
        if inner.kind != _MATRIX:
            raise ValueError("a field is no matrix")
        _, fields[name] = _matrix(_Bytes(inner.body, source.order))
    return fields


def _numbers(source: _Bytes) -> NDArray[Any]:
    element = _element(source)
    return np.frombuffer(element.body, np.dtype(_TYPES[element.kind]).newbyteorder(source.order))
