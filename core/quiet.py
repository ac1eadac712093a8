"""The standard streams: there however the program was started, and free of what libraries tell."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.RLock()


def open_streams() -> None:
    """Opens to nowhere those that the program was started without.

    A shell may close them (`>&-`), and a double click on Windows gives none. The next file that is
    opened would take the place of a closed one, and get what libraries write there.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, so this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


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
