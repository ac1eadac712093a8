"""Keeping what libraries tell of themselves out of the user's terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.RLock()


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Standard error to nowhere meanwhile, for the whole process.

    libjpeg and libpng write there what they find odd in a file, LiteRT and TensorFlow what
    processor they found, and no setting of theirs stops all of it; a person who reads the
    program's own errors there should see only those.
    """
    with _LOCK:
        try:
            kept = os.dup(2)
        except OSError:
            # a program without a console has no standard error
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(nowhere)
            os.close(kept)
