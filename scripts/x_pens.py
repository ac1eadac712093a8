"""An X server of our own with a pen and its eraser end, moved through the server's test driver.

The driver is Xorg's own `inputtest`; see its manual page, and the protocol in
`xf86-input-inputtest-protocol.h` of the server's headers.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.x_display import XDisplay

WIDTH, HEIGHT = 1280, 800
"""Of the screen, in pixels."""

EVENT_SECONDS = 0.005
"""Between two events, as of a pen that tells its place 200 times a second."""

_MODULES = ("/usr/lib/xorg/modules", "/usr/lib64/xorg/modules")
_SERVER_SECONDS = 20.0
_FARTHEST = 0xFFFF
"""The last place on either axis of the driver's absolute pointers."""

_HARDEST = 1000
"""The end of its axis of pressure."""

_X, _Y, _PRESSURE = 0, 1, 4
_MOST_AXES = 64
_VERSION = (1, 0)
_VERSION_ANSWER, _SYNC_ANSWER = 12, 8
"""Bytes of the driver's answers."""

_CLIENT_VERSION, _WAIT_FOR_SYNC, _MOTION, _PROXIMITY, _BUTTON = range(5)

_LAYOUT = """
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
  Modeline "{width}x{height}" 83.46 1280 1344 1480 1680 800 801 804 828
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{width}x{height}"
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "keyboard"
  Driver "inputtest"
  Option "DeviceType" "Keyboard"
  Option "SocketPath" "{folder}/keyboard"
EndSection
Section "InputDevice"
  Identifier "mouse"
  Driver "inputtest"
  Option "DeviceType" "Pointer"
  Option "SocketPath" "{folder}/mouse"
EndSection
{pens}
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "keyboard" "CoreKeyboard"
  InputDevice "mouse" "CorePointer"
  InputDevice "{stylus}" "SendCoreEvents"
  InputDevice "{eraser}" "SendCoreEvents"
EndSection
"""

_PEN = """
Section "InputDevice"
  Identifier "{name}"
  Driver "inputtest"
  Option "DeviceType" "PointerAbsoluteProximity"
  Option "PointerHasPressure" "true"
  Option "SocketPath" "{folder}/{name}"
EndSection
"""

STYLUS, ERASER = "Test stylus", "Test eraser"
"""Names of the devices; toolkits tell a pen's two ends by them."""


@dataclass(frozen=True)
class Touch:
    """A place of a pen on the screen, in pixels, and how hard it presses, 0 to 1."""

    x: float
    y: float
    pressure: float


class Pen:
    """One end of the pen.

    Args:
        path: The driver's socket.
    """

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(str(path))
        self._send(_Version(major=_VERSION[0], minor=_VERSION[1]), _CLIENT_VERSION)
        self._answer(_VERSION_ANSWER)

    def draw(self, touches: Sequence[Touch]) -> None:
        """One gesture: the pen comes near, goes down, through `touches`, up, and away."""
        first, last = touches[0], touches[-1]
        self._send(_Proximity(is_in=1, axes=_axes(first, 0.0)), _PROXIMITY)
        self._send(_Motion(is_absolute=1, axes=_axes(first, 0.0)), _MOTION)
        self._press(first, first.pressure, down=True)
        for touch in touches[1:]:
            time.sleep(EVENT_SECONDS)
            self._send(_Motion(is_absolute=1, axes=_axes(touch, touch.pressure)), _MOTION)
        self._press(last, 0.0, down=False)
        self._send(_Proximity(is_in=0, axes=_axes(last, 0.0)), _PROXIMITY)
        self._send(_Sync(), _WAIT_FOR_SYNC)
        self._answer(_SYNC_ANSWER)

    def close(self) -> None:
        """Lets go of the driver."""
        self._socket.close()

    def _press(self, touch: Touch, pressure: float, *, down: bool) -> None:
        event = _Button(is_absolute=1, button=1, is_press=down, axes=_axes(touch, pressure))
        self._send(event, _BUTTON)

    def _send(self, event: ctypes.Structure, kind: int) -> None:
        event.length, event.kind = ctypes.sizeof(event), kind
        self._socket.sendall(bytes(event))

    def _answer(self, size: int) -> None:
        left = size
        while left:
            part = self._socket.recv(left)
            if not part:
                raise ConnectionError("the driver hung up")
            left -= len(part)


@dataclass(frozen=True)
class PenDisplay:
    """A running X server with a pen."""

    display: XDisplay
    stylus: Pen
    eraser: Pen


def what_is_missing() -> str:
    """What has to be installed first; empty if nothing."""
    if shutil.which("Xorg") is None:
        return "Xorg is not installed (Debian: xserver-xorg-core)"
    for part in ("input/inputtest_drv.so", "drivers/dummy_drv.so"):
        if not any(Path(folder, part).exists() for folder in _MODULES):
            return f"Xorg has no {part} (Debian: xserver-xorg-core, xserver-xorg-video-dummy)"
    return ""


@contextlib.contextmanager
def pen_display() -> Iterator[PenDisplay]:
    """A new X server with a pen; it ends with the block.

    Raises:
        RuntimeError: The server did not start; with what it said.
    """
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        pens = "".join(_PEN.format(name=each, folder=folder) for each in (STYLUS, ERASER))
        layout = _LAYOUT.format(
            width=WIDTH, height=HEIGHT, folder=folder, pens=pens, stylus=STYLUS, eraser=ERASER
        )
        (folder / "xorg.conf").write_text(layout)
        display = stack.enter_context(_server(folder))
        ends = [Pen(folder / each) for each in (STYLUS, ERASER)]
        for end in ends:
            stack.callback(end.close)
        yield PenDisplay(display, *ends)


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[XDisplay]:
    reading, writing = os.pipe()
    with (folder / "said").open("w+") as said:
        server = subprocess.Popen(
            ["Xorg", "-displayfd", str(writing), "-config", str(folder / "xorg.conf"),
             "-logfile", str(folder / "log"), "-noreset", "-novtswitch", "-sharevts", "-keeptty",
             "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=said,
            stderr=said,
        )  # fmt: skip
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            if not number:
                said.seek(0)
                raise RuntimeError(f"Xorg did not start: {said.read().strip()}")
            yield XDisplay(f":{number}")
        finally:
            server.terminate()
            server.wait(_SERVER_SECONDS)


class _Axes(ctypes.Structure):
    """Places on axes; the mask says which of them are told."""

    _fields_ = (
        ("has_unaccelerated", ctypes.c_uint32),
        ("mask", ctypes.c_uint8 * (_MOST_AXES // 8)),
        ("values", ctypes.c_double * _MOST_AXES),
        ("unaccelerated", ctypes.c_double * _MOST_AXES),
    )


_HEADER = (("length", ctypes.c_uint32), ("kind", ctypes.c_int))


class _Version(ctypes.Structure):
    _fields_ = (*_HEADER, ("major", ctypes.c_uint16), ("minor", ctypes.c_uint16))


class _Sync(ctypes.Structure):
    _fields_ = _HEADER


class _Motion(ctypes.Structure):
    _fields_ = (*_HEADER, ("is_absolute", ctypes.c_uint32), ("axes", _Axes))


class _Proximity(ctypes.Structure):
    _fields_ = (*_HEADER, ("is_in", ctypes.c_uint32), ("axes", _Axes))


class _Button(ctypes.Structure):
    _fields_ = (
        *_HEADER,
        ("is_absolute", ctypes.c_int32),
        ("button", ctypes.c_int32),
        ("is_press", ctypes.c_uint32),
        ("axes", _Axes),
    )


def _axes(touch: Touch, pressure: float) -> _Axes:
    axes = _Axes()
    told = {
        _X: touch.x / WIDTH * _FARTHEST,
        _Y: touch.y / HEIGHT * _FARTHEST,
        _PRESSURE: pressure * _HARDEST,
    }
    for axis, value in told.items():
        axes.mask[axis // 8] |= 1 << axis % 8
        axes.values[axis] = value
    return axes
