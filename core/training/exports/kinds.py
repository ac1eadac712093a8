"""The kinds of file that a model is exported to, and how like Keras each must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from core.errors import GlyphpadError

KindName = Literal["litert", "litert-f16", "litert-int8", "onnx"]


@dataclass(frozen=True)
class Kind:
    """What an export is called, and what it must come to before it is kept.

    Attributes:
        suffix: Behind "NAME-VERSION" in the file's usual name.
        most_apart: Most that a probability may differ from Keras'.
        least_equal: Least share of tiles, 0 to 1, on which the first candidate must be Keras'.
    """

    suffix: str
    most_apart: float
    least_equal: float


KINDS: Mapping[KindName, Kind] = MappingProxyType(
    {
        "litert": Kind(".tflite", most_apart=1e-4, least_equal=0.999),
        "litert-f16": Kind("-f16.tflite", most_apart=0.02, least_equal=0.995),
        # a doubtful tile may change its mind by half, so that only the answers can be asked for
        "litert-int8": Kind("-int8.tflite", most_apart=1.0, least_equal=0.97),
        "onnx": Kind(".onnx", most_apart=1e-4, least_equal=0.999),
    }
)
"""float32 sums taken in another order come to some 1e-6, and may turn a tie; the bounds of the
rounded kinds leave at least twice the room that glyphnet takes (docs/decisions.md)."""


def is_file_name(path: Path) -> bool:
    """Whether `path` is to be the file of an export, by its suffix; else it is a folder."""
    return path.suffix in {file_suffix(kind) for kind in KINDS}


def file_suffix(kind: KindName) -> str:
    """What the name of every file of that kind ends in."""
    return Path(f"name{KINDS[kind].suffix}").suffix


class ExportError(GlyphpadError):
    """An export that was not kept.

    Attributes:
        kind: Which one.
    """

    def __init__(self, kind: KindName) -> None:
        self.kind = kind
        super().__init__(kind)


class UnequalExportError(ExportError):
    """An export that does not answer as Keras does.

    Attributes:
        apart: The largest difference between two probabilities.
        equal: The share of tiles with the same first candidate, 0 to 1.
        tiles: Which tiles these were.
    """

    def __init__(self, kind: KindName, *, apart: float, equal: float, tiles: str) -> None:
        super().__init__(kind)
        self.apart = apart
        self.equal = equal
        self.tiles = tiles

    def __str__(self) -> str:
        asked = KINDS[self.kind]
        return (
            f"{self.kind}: the export does not answer as Keras does and was not kept. On tiles "
            f"{self.tiles}, probabilities differ by up to {self.apart:.1e} (at most "
            f"{asked.most_apart:.1e}) and {self.equal:.2%} of the answers are equal (at least "
            f"{asked.least_equal:.2%})."
        )


class UnusableExportError(ExportError):
    """An export that its own runtime does not take.

    Attributes:
        reason: What it said, one line.
    """

    def __init__(self, kind: KindName, *, reason: str) -> None:
        super().__init__(kind)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.kind}: the export cannot be run and was not kept ({self.reason})"


class UnknownLayerError(ExportError):
    """A layer that we have no way to write in this kind.

    Attributes:
        layer: Its name and class.
    """

    def __init__(self, kind: KindName, *, layer: str) -> None:
        super().__init__(kind)
        self.layer = layer

    def __str__(self) -> str:
        return f"{self.kind}: the model's layer {self.layer} cannot be written as {self.kind}"


class MissingPackagesError(ExportError):
    """Packages that this kind needs are not installed.

    Attributes:
        packages: Their names.
    """

    def __init__(self, kind: KindName, *, packages: tuple[str, ...]) -> None:
        super().__init__(kind)
        self.packages = packages

    def __str__(self) -> str:
        names = " ".join(self.packages)
        return (
            f"{self.kind}: this needs packages that are not installed; get them with "
            f"`pip install {names}` in the environment that Glyphpad runs in"
        )


class UnsoundModelError(GlyphpadError):
    """A model with weights or answers that are not numbers: nothing can be proved against it.

    Attributes:
        name: The model's.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"the model {self.name} has weights or answers that are not numbers: not exported"
