"""What holds for every test: it logs nothing that it does not own up to, and leaves no thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest

THREAD_GRACE = 5.0
"""Seconds that a thread may take to end after its test."""


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that logged a warning or worse. A test that is about a log record looks at it,
    then calls `caplog.clear()`."""
    yield
    loud = [
        f"{record.name}: {record.levelname}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    assert not loud, "logged: " + "; ".join(loud)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + THREAD_GRACE
    left = [
        thread
        for thread in threading.enumerate()
        # a thread that Qt or TensorFlow began is known to Python only as a dummy, which stays on
        # Python's list when the thread is gone
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(max(until - time.monotonic(), 0))
    assert not [thread.name for thread in left if thread.is_alive()]
