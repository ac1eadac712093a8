"""Ways to open a file that go wrong, which the fuzz run must find; here, as its process looks them
up by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from core.errors import DamagedFileError


def crash(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(path: Path) -> None:
    time.sleep(60)


def fail(path: Path) -> None:
    raise KeyError(path)


def warn(path: Path) -> None:
    import warnings

    warnings.warn("something is odd", RuntimeWarning, stacklevel=1)


def grow(path: Path) -> None:
    bytearray(8 << 30)


def refuse(path: Path) -> None:
    raise DamagedFileError(path)


def crash_of_some(path: Path) -> None:
    if path.stat().st_size % 2:
        os.abort()
