"""Guide lines: evenly spaced without end, and each letter on the line that it stands on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.guides import Guides

guides = st.builds(
    lambda first, x, more, space: Guides(first, x + more + space, x, x + more),
    st.floats(-500, 500),
    st.floats(1, 100),
    st.floats(1, 100),
    st.floats(1, 300),
)


@given(guides, st.integers(-50, 50))
def test_baselines_are_evenly_spaced(lines, number):
    step = lines.baseline(number + 1) - lines.baseline(number)
    assert step == pytest.approx(lines.spacing, abs=1e-6)
    assert lines.baseline(0) == lines.first


@given(guides, st.integers(-50, 50))
def test_a_letter_belongs_to_the_line_that_it_stands_on(lines, number):
    baseline = lines.baseline(number)
    assert lines.line_at(baseline - lines.capital_height / 2) == number
    if lines.spacing > 1.01 * (lines.capital_height - lines.x_height):
        assert lines.line_at(baseline - lines.x_height / 2) == number


@pytest.mark.parametrize(
    "wrong",
    [
        {"x_height": 0.0},
        {"x_height": 64.0},
        {"capital_height": 120.0},
        {"spacing": 60.0},
        {"first": float("nan")},
        {"spacing": float("inf")},
    ],
)
def test_lines_that_do_not_rise_are_none(wrong):
    with pytest.raises(ValueError, match=r"guide lines|rise"):
        Guides(**wrong)
