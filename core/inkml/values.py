"""The text of an InkML trace → numbers (W3C Ink Markup Language 1.0, section 3.2.1)."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

_LONGEST_NUMBER = 400
"""Characters: room for any double written without an exponent. To read a number of millions of
digits would take minutes."""

_VALUE = re.compile(
    r"""\s* (?P<order> [!'"])? \s*
        (?P<value> [*?TF]
                 | [-+]? \# [0-9A-Fa-f]+
                 | [-+]? (?: [0-9]+ \.? [0-9]* | \. [0-9]+ ) (?: [eE] [-+]? [0-9]+ )?
        )""",
    re.VERBOSE,
)
"""One value, with what may stand before it: the end of one and the start of the next need no blank
between them wherever a sign, a mark or a letter tells them apart."""


class _Order(IntEnum):
    """What a channel's numbers are: values, differences of them, or differences of those."""

    VALUE = 0
    DIFFERENCE = 1
    SECOND_DIFFERENCE = 2


_ORDERS = {"!": _Order.VALUE, "'": _Order.DIFFERENCE, '"': _Order.SECOND_DIFFERENCE}
_BOOLEANS = {"T": 1.0, "F": 0.0}


@dataclass(slots=True)
class _Channel:
    """One channel between two points: its value, and its last differences.

    The order of its numbers lasts until another mark comes.
    """

    order: _Order = _Order.VALUE
    value: float = 0.0
    difference: float = 0.0
    second_difference: float = 0.0

    def advance(self, mark: str | None, written: str) -> float:
        """The channel's value at the next point; NaN where it is not reported."""
        if mark is not None:
            self.order = _ORDERS[mark]
        if written == "?":
            return math.nan
        if written != "*":
            self._take(_number(written))
        elif self.order is not _Order.VALUE:
            self._take((self.difference, self.second_difference)[self.order - 1])
        return self.value

    def _take(self, number: float) -> None:
        before = self.value, self.difference
        if self.order is _Order.VALUE:
            self.value = number
        elif self.order is _Order.DIFFERENCE:
            self.value += number
        else:
            self.value += self.difference + number
        self.difference = self.value - before[0]
        self.second_difference = self.difference - before[1]


def decode_trace(text: str, wanted: Sequence[int]) -> NDArray[np.float64]:
    """The wanted channels of every point of a trace.

    Args:
        text: The trace's text.
        wanted: Which of a point's values, from 0; others are ignored, so are values that no
            channel is declared for.

    Returns:
        float64 (N, len(wanted)), in the units of the file; NaN where a value is not reported.

    Raises:
        ValueError: The text is not in the syntax of the standard.
    """
    channels = [_Channel() for _ in range(max(wanted) + 1)]
    numbers = array("d")
    for point in text.split(","):
        # a comma may end the last point, too
        if point.strip():
            values = _advance(channels, point)
            numbers.extend(values[index] for index in wanted)
    return np.frombuffer(numbers, np.float64).reshape(-1, len(wanted))


def _advance(channels: Sequence[_Channel], point: str) -> list[float]:
    """Every channel's value at the next point; NaN for those that the point leaves out."""
    values, at = [math.nan] * len(channels), 0
    for index, channel in enumerate(channels):
        found = _VALUE.match(point, at)
        if found is None:
            break
        values[index] = channel.advance(found["order"], found["value"])
        at = found.end()
    if point[at:].strip() and _VALUE.match(point, at) is None:
        raise ValueError(f"{point[at : at + 20]!r} is no value")
    return values


def _number(written: str) -> float:
    if len(written) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    if written in _BOOLEANS:
        return _BOOLEANS[written]
    if "#" in written:
        return float(int(written.replace("#", ""), 16))
    return float(written)
