"""One hand, many devices: which of several streams of events is the hand's.

A pen may come as tablet events and again as mouse events, made by Qt, by the system or by the
driver, before, amid or after its own; a palm comes as a finger; a driver loses a release.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPointingDevice

ECHO_SECONDS = 0.5
"""How long after a gesture another device may tell of the same one: systems wait about so long to
see whether a pen that stands still means the right button."""

ECHO_REACH = 4.0
"""How far from where the gesture began its echo begins, at most, in canvas pixels."""

PALM_SECONDS = 0.5
"""How long after a pen was near fingers count as the palm."""


class Kind(Enum):
    """What sort of device a gesture is made with."""

    PEN = auto()
    MOUSE = auto()
    TOUCH = auto()


class Verdict(Enum):
    """What is to be done with a press."""

    IGNORE = auto()
    BEGIN = auto()
    TAKE_OVER = auto()
    """Begin, and drop the gesture that was begun by a device that only echoes this one."""
    END_FIRST = auto()
    """Begin, after ending a gesture whose release was lost."""


@dataclass(frozen=True)
class Press:
    """A device that was put down: where, in canvas pixels, and with which button."""

    kind: Kind
    device: QPointingDevice
    button: Qt.MouseButton
    x: float
    y: float


class OneHand:
    """Knows whose gesture goes on.

    Args:
        clock: Seconds from any zero. The events' own times are of no use here: those of tablets
            and mice may have different zeros.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._press: Press | None = None
        self._last: Press | None = None
        self._ended = -math.inf
        self._pen_seen = -math.inf

    @property
    def press(self) -> Press | None:
        """How the gesture that goes on was begun."""
        return self._press

    def see_pen(self) -> None:
        """Takes note that a pen is near."""
        self._pen_seen = self._clock()

    @property
    def pen_is_near(self) -> bool:
        """Whether fingers are likely the palm of a hand with a pen."""
        return self._clock() - self._pen_seen < PALM_SECONDS

    def judge(self, press: Press) -> Verdict:
        """What is to be done with a press; all but one to ignore is the gesture from now on."""
        verdict = self._verdict(press)
        if verdict is not Verdict.IGNORE:
            self._press = press
        return verdict

    def goes_on(self, device: QPointingDevice) -> bool:
        """Whether what a device does belongs to the gesture."""
        return self._press is not None and self._press.device == device

    def ends(self, device: QPointingDevice, button: Qt.MouseButton) -> bool:
        """Whether the release of a button ends the gesture."""
        return self.goes_on(device) and self._press is not None and self._press.button == button

    def end(self) -> None:
        """The gesture is over."""
        self._last, self._press = self._press, None
        self._ended = self._clock()

    def _verdict(self, press: Press) -> Verdict:
        now = self._press
        if now is None:
            palm = press.kind is Kind.TOUCH and self.pen_is_near
            return Verdict.IGNORE if palm or self._is_echo(press) else Verdict.BEGIN
        if now.device == press.device:
            return Verdict.END_FIRST if now.button == press.button else Verdict.IGNORE
        takes_over = press.kind is Kind.PEN and now.kind is not Kind.PEN
        return Verdict.TAKE_OVER if takes_over else Verdict.IGNORE

    def _is_echo(self, press: Press) -> bool:
        last = self._last
        if last is None or last.kind is press.kind:
            return False
        near = math.hypot(press.x - last.x, press.y - last.y) <= ECHO_REACH
        return near and self._clock() - self._ended < ECHO_SECONDS
