"""Arrays: the checks that each passes when it becomes part of one of our types, and medians."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def read_only(
    array: NDArray[Any], *, name: str, dtype: type[np.generic], shape: tuple[int | None, ...]
) -> NDArray[Any]:
    """A read-only copy-free view of `array`, checked.

    Args:
        array: The array to check; it is not copied, and its own flags stay as they are.
        name: What the array is called in the error.
        dtype: The exact dtype it must have.
        shape: The exact shape it must have; None stands for any length.

    Raises:
        TypeError: The dtype is another one.
        ValueError: The shape is another one.
    """
    if array.dtype != dtype:
        raise TypeError(f"{name} must be {np.dtype(dtype)}, not {array.dtype}")
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name} must have shape {shape}, not {array.shape}")
    view = array.view()
    view.flags.writeable = False
    return view


def median(values: ArrayLike) -> float:
    """The median of numbers, as `np.median` has it.

    That loads NumPy's masked arrays at its first call, to ask whether it was given one: 0.02 s that
    whoever wrote the first character would wait for.

    Args:
        values: (N,), N >= 1, finite.
    """
    ordered = np.sort(values)
    half = len(ordered) // 2
    return float((ordered[half] + ordered[-half - 1]) / 2)
