"""A display of our own, without a screen, and a hand on its mouse and keyboard (X11 only)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOW_SECONDS = 60.0
"""How long a program may take to show its window. Measured: 1 to 3 s on 2 cores; a cold disk with a
gigabyte to read takes longer."""

_CLIENT_MESSAGE = 33
_LONGS = 32
"""Format of a client message that carries longs, in bits."""


@dataclass(frozen=True)
class XDisplay:
    """A running X server.

    Attributes:
        name: As DISPLAY has it, ":7".
    """

    name: str

    @property
    def environment(self) -> dict[str, str]:
        """Our own environment, for a program that shall show its windows here."""
        kept = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"}
        return {**kept, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def tell(self, *arguments: str) -> str:
        """What xdotool answers; empty when it finds nothing."""
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def wait_for_window(self, program: subprocess.Popen[str]) -> int:
        """The id of the window that `program` shows.

        Raises:
            RuntimeError: The program ended first.
            TimeoutError: It shows none.
        """
        deadline = time.monotonic() + WINDOW_SECONDS
        while time.monotonic() < deadline:
            found = self.tell(
                "search", "--all", "--onlyvisible", "--pid", str(program.pid), "--name", "."
            )
            if found:
                return int(found.splitlines()[0])
            if program.poll() is not None:
                raise RuntimeError(f"it ended with status {program.returncode} before its window")
            time.sleep(0.05)
        raise TimeoutError(f"no window after {WINDOW_SECONDS:.0f} s")

    def title(self, window: int) -> str:
        """The title of the window."""
        return self.tell("getwindowname", str(window))

    def draw(self, *strokes: Sequence[tuple[int, int]]) -> None:
        """Draws with the left button: each stroke goes through its points (x, y), in pixels."""
        for stroke in strokes:
            self._point(stroke[0])
            self.tell("mousedown", "1")
            for place in stroke[1:]:
                self._point(place)
            self.tell("mouseup", "1")

    def close_window(self, window: int) -> None:
        """Asks the window's program to close it, as the cross in its corner does."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        x11.XInternAtom.restype = ctypes.c_ulong
        x11.XSendEvent.argtypes = [
            ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p
        ]  # fmt: skip
        x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        connection = x11.XOpenDisplay(self.name.encode())
        event = _ClientMessage(type=_CLIENT_MESSAGE, window=window, format=_LONGS)
        event.message_type = x11.XInternAtom(connection, b"WM_PROTOCOLS", 0)
        event.data[0] = x11.XInternAtom(connection, b"WM_DELETE_WINDOW", 0)
        x11.XSendEvent(connection, window, 0, 0, ctypes.byref(event))
        x11.XCloseDisplay(connection)

    def _point(self, place: tuple[int, int]) -> None:
        self.tell("mousemove", str(place[0]), str(place[1]))


@contextlib.contextmanager
def x_display(*, width: int = 1280, height: int = 800) -> Iterator[XDisplay]:
    """A new X server with one screen of the size given, in pixels; it ends with the block."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24",
         "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield XDisplay(f":{number}")
    finally:
        server.terminate()
        server.wait()


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib.h, filled up to the 24 longs of an XEvent, which Xlib reads."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 12),
    )
