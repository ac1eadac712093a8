"""From the pen's numbers to a canvas's: the mappings of InkML (W3C InkML 1.0, 5 and 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from core.inkml.elements import DEEPEST, BeyondUsError, child, children, local_name

Row = tuple[float, float, float]
"""What one channel of the canvas is: of X, of Y, and by itself."""


@dataclass(frozen=True, slots=True)
class Affine:
    """A mapping of places: turned, sheared, scaled and moved.

    Attributes:
        x: The canvas's X.
        y: The canvas's Y.
    """

    x: Row = (1.0, 0.0, 0.0)
    y: Row = (0.0, 1.0, 0.0)

    def mapped(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64 (N, 2): places on the canvas, of places of the pen."""
        matrix = np.array([self.x, self.y], np.float64)
        moved: NDArray[np.float64] = xy @ matrix[:, :2].T + matrix[:, 2]
        return moved


def canvas_mapping(transform: Element, named: Mapping[str, Element]) -> Affine:
    """The mapping of a `canvasTransform`: its first one, which leads to the canvas.

    Args:
        transform: The element.
        named: The document's elements, by reference ("#name").

    Raises:
        BeyondUsError: It maps by a table or a formula, or from channels other than X and Y.
        ValueError: It is not in the syntax of the standard.
    """
    mapping = child(transform, "mapping")
    rows = {} if mapping is None else _rows(mapping, named)
    return Affine(rows.get("X", Affine().x), rows.get("Y", Affine().y))


def _rows(mapping: Element, named: Mapping[str, Element], *, part: bool = False) -> dict[str, Row]:
    """What a mapping, or a part of one, says of the canvas's channels, by name."""
    mapping = _meant(mapping, named)
    if _matrix(mapping) is not None:
        return _affine_rows(mapping)
    kind = mapping.get("type", "unknown")
    if kind in _BEYOND or (part and kind == "product"):
        raise BeyondUsError(_BEYOND.get(kind, "a mapping of mappings of mappings"))
    if kind != "product":
        return _renamed_rows(mapping)
    # each of its mappings is for channels of its own
    rows: dict[str, Row] = {}
    for each in children(mapping, "mapping"):
        rows |= _rows(each, named, part=True)
    return rows


def _meant(mapping: Element, named: Mapping[str, Element]) -> Element:
    """The mapping that one refers to, or itself."""
    for _ in range(DEEPEST):
        meant = named.get(mapping.get("mappingRef", ""))
        if meant is None or local_name(meant) != "mapping":
            return mapping
        mapping = meant
    raise ValueError("a mapping refers to itself")


_BEYOND: Mapping[str, str] = MappingProxyType(
    {
        "lookup": "a canvas that is mapped by a table",
        "mathml": "a canvas that is mapped by a formula",
    }
)

_SOURCES: Mapping[str, Row] = MappingProxyType({"X": (1.0, 0.0, 0.0), "Y": (0.0, 1.0, 0.0)})


def _renamed_rows(mapping: Element) -> dict[str, Row]:
    """Of the identity, which may give a channel another name."""
    return {
        bind.get("target", ""): _SOURCES[bind.get("source", "")]
        for bind in children(mapping, "bind")
        if bind.get("source") in _SOURCES
    }


def _matrix(mapping: Element) -> Element | None:
    """The numbers of an affine mapping. The drafts of InkML called the element `matrix`."""
    affine = child(mapping, "affine")
    return child(mapping, "matrix") if affine is None else affine


def _affine_rows(mapping: Element) -> dict[str, Row]:
    """A row a target; in it a number a source, and one to add, which may be left out."""
    binds = children(mapping, "bind")
    sources = [name for bind in binds if (name := bind.get("source"))] or ["X", "Y"]
    targets = [name for bind in binds if (name := bind.get("target"))] or ["X", "Y"]
    element = _matrix(mapping)
    written = "" if element is None else element.text or ""
    lines = [[float(number) for number in line.split()] for line in written.split(",")]
    lines = [line for line in lines if line]
    finite = all(math.isfinite(number) for line in lines for number in line)
    if len(lines) < len(targets) or not finite:
        raise ValueError("a mapping with too few numbers, or with one that is none")
    return {target: _row(line, sources) for target, line in zip(targets, lines, strict=False)}


def _row(line: list[float], sources: list[str]) -> Row:
    if not len(sources) <= len(line) <= len(sources) + 1:
        raise ValueError("a mapping with another count of numbers than of channels")
    shares = dict(zip(sources, line, strict=False))
    if any(share for name, share in shares.items() if name not in _SOURCES):
        raise BeyondUsError("a canvas that is mapped from other channels than X and Y")
    offset = line[len(sources)] if len(line) > len(sources) else 0.0
    return shares.get("X", 0.0), shares.get("Y", 0.0), offset
