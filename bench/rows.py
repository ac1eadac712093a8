"""What a measurement comes to: a row of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Better = Literal["lower", "higher", ""]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: Was measured; the same words in every run, as runs are compared by them.
        n: How often.
        value: The median, in `unit`.
        low: The lower quartile; the median again where there is no noise to tell of.
        high: The upper quartile.
        unit: Of the value.
        better: Which way it should go; empty for what is neither good nor bad.
        remark: Anything else.
        exact: Whether it has no noise, as a size.
    """

    what: str
    n: int
    value: float
    low: float
    high: float
    unit: str
    better: Better = "lower"
    remark: str = ""
    exact: bool = False


def timed(what: str, seconds: Sequence[float], *, unit: str = "ms", remark: str = "") -> Row:
    """The row of some durations.

    Args:
        what: Was measured.
        seconds: Of each.
        unit: "ms" or "s", in which they are told.
        remark: Anything else.
    """
    factor = 1000.0 if unit == "ms" else 1.0
    return measured(what, [each * factor for each in seconds], unit=unit, remark=remark)


def measured(
    what: str,
    values: Sequence[float],
    *,
    unit: str,
    better: Better = "lower",
    remark: str = "",
) -> Row:
    """The row of some values in the unit given."""
    low, middle, high = quartiles(values)
    return Row(what, len(values), middle, low, high, unit, better, remark)


def exact(what: str, value: float, *, unit: str, better: Better = "lower", remark: str = "") -> Row:
    """The row of what is the same each time."""
    return Row(what, 1, value, value, value, unit, better, remark, exact=True)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The lower quartile, the median and the upper quartile of one value or more."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def durations(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run, after a tenth as many that do not count."""
    times = []
    for run in range(runs + runs // 10):
        began = time.perf_counter()
        work()
        if run >= runs // 10:
            times.append(time.perf_counter() - began)
    return times
