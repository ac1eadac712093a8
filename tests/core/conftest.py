"""What tests of `core` share."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def quiet_tensorflow() -> Iterator[None]:
    """A program trains one network; here are many, and TensorFlow warns that it traces each."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)
