"""Numbers as PDF reads them."""

from __future__ import annotations

PDF_DECIMALS = 3
"""A thousandth of a point, or of a source pixel."""


def pdf_numbers(*values: float, decimals: int = PDF_DECIMALS) -> str:
    """Numbers with spaces between: rounded, and never with an exponent."""
    rounded = (f"{round(value, decimals) + 0.0:.{decimals}f}" for value in values)
    return " ".join(number.rstrip("0").rstrip(".") for number in rounded)
