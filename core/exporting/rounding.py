"""Numbers as the exports write them: as exact as they mean, and no longer."""

from __future__ import annotations

from core.box import Box

BOX_DECIMALS = 2
"""A hundredth of a pixel: more than any box means."""

PROBABILITY_DECIMALS = 4
"""The least step in which calibrated probabilities were ever told apart."""


def rounded_length(pixels: float) -> int | float:
    """Pixels with two decimals, or a whole number where they are one."""
    value = round(float(pixels), BOX_DECIMALS)
    return int(value) if value.is_integer() else value


def rounded_box(box: Box) -> list[int | float]:
    """`[x, y, width, height]`."""
    return [rounded_length(side) for side in (box.x, box.y, box.width, box.height)]


def rounded_probability(probability: float) -> float:
    """A probability with four decimals."""
    return round(float(probability), PROBABILITY_DECIMALS)


def rounded_percent(probability: float) -> float:
    """A probability in percent, as exact as `rounded_probability`."""
    return round(100 * rounded_probability(probability), PROBABILITY_DECIMALS - 2)
