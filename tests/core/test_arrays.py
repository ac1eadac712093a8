"""Medians."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.arrays import median

FINITE = st.floats(-1e6, 1e6)


@given(st.lists(FINITE, min_size=1))
def test_the_median_is_that_of_numpy(values):
    assert median(values) == np.median(values)


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1))
def test_so_is_that_of_single_floats(values):
    numbers = np.array(values, np.float32)
    assert median(numbers) == np.median(numbers)
