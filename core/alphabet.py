"""What may come out of recognition: ordered labels, and narrower views of wider alphabets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIGITS = "0123456789"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = _CAPITALS.lower()
_PRINTABLE = "".join(chr(code) for code in range(33, 127))

_BALANCED_APART = "abdefghnqrt"
"""Small letters that EMNIST Balanced keeps apart from their capitals (Cohen et al. 2017, II.E)."""


@dataclass(frozen=True)
class Alphabet:
    """Ordered labels, and which signs each of them stands for.

    Attributes:
        name: Its name on the command line and in manifests.
        labels: One sign a class, in the order of a prediction's columns.
        merged: For a sign that is no label, the label that it counts as ("a" as "A" in alnum36).
    """

    name: str
    labels: tuple[str, ...]
    merged: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.labels)) != len(self.labels) or not self.labels:
            raise ValueError("labels must be there, and differ")
        if any(label not in self.labels for _, label in self.merged):
            raise ValueError("a sign can only be merged into a label")

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The column of every sign that the alphabet knows, merged ones with it."""
        columns = {label: column for column, label in enumerate(self.labels)}
        columns.update({sign: columns[label] for sign, label in self.merged})
        return MappingProxyType(columns)

    def view_of(self, wider: Alphabet) -> NDArray[np.float32]:
        """The matrix that turns odds over `wider` into odds over this alphabet.

        Returns:
            float32 (len(wider), len(self)), 1 where the row's sign counts as the column's.

        Raises:
            ValueError: A label of this alphabet is not in `wider`.
        """
        missing = [label for label in self.labels if label not in wider.labels]
        if missing:
            raise ValueError(f"{wider.name} has no {' '.join(missing)}")
        matrix = np.zeros((len(wider), len(self)), np.float32)
        for row, sign in enumerate(wider.labels):
            if sign in self.index:
                matrix[row, self.index[sign]] = 1
        return matrix

    def apart(self, wider: Alphabet) -> Alphabet:
        """The signs of `wider` that this alphabet knows, none of them merged."""
        signs = tuple(sign for sign in wider.labels if sign in self.index)
        return Alphabet(f"{self.name} apart", signs)

    def is_view_of(self, wider: Alphabet) -> bool:
        """Whether a prediction over `wider` can be narrowed to this alphabet."""
        return set(self.labels) <= set(wider.labels)


def _merging_case(name: str, labels: str) -> Alphabet:
    merged = tuple(
        (capital.lower(), capital) for capital in _CAPITALS if capital.lower() not in labels
    )
    return Alphabet(name, tuple(labels), merged)


DIGITS = Alphabet("digits", tuple(_DIGITS))
ALNUM36 = _merging_case("alnum36", _DIGITS + _CAPITALS)
BALANCED47 = _merging_case("balanced47", _DIGITS + _CAPITALS + _BALANCED_APART)
ALNUM62 = Alphabet("alnum62", tuple(_DIGITS + _CAPITALS + _SMALL))
ASCII94 = Alphabet("ascii94", tuple(_PRINTABLE))
CAPITALS = Alphabet("capitals", tuple(_CAPITALS))
SMALL_LETTERS = Alphabet("small", tuple(_SMALL))

ALPHABETS: Mapping[str, Alphabet] = MappingProxyType(
    {alphabet.name: alphabet for alphabet in (DIGITS, ALNUM36, BALANCED47, ALNUM62, ASCII94)}
)
"""The alphabets that a user can choose, narrowest first."""
