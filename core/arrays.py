"""The checks that every array passes when it becomes part of one of our types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
