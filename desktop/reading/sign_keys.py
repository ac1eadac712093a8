"""What keys say about a glyph: which sign it is, that it is none, or which candidate.

A plain letter or digit is always the sign itself, never a command: whoever reads forms types digits
all day. Candidates are chosen with Alt and a digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

CHOICES = 5
"""How many candidates are offered: the keys Alt+1 to Alt+5 choose one."""

_DELETES = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})

_Modifier = Qt.KeyboardModifier
_WITH_SIGNS = _Modifier.ShiftModifier | _Modifier.GroupSwitchModifier
_ALT_GR = _Modifier.ControlModifier | _Modifier.AltModifier
"""What Windows makes of AltGr, which types signs."""


def typed_sign(event: QKeyEvent) -> str | None:
    """The sign that a key types; None where it types none."""
    text, held = event.text(), _modifiers(event) & ~_WITH_SIGNS
    if held not in (_Modifier.NoModifier, _ALT_GR):
        return None
    return text if len(text) == 1 and text.isprintable() and not text.isspace() else None


def deletes(event: QKeyEvent) -> bool:
    """Whether a key says that there is no sign."""
    return Qt.Key(event.key()) in _DELETES and not _modifiers(event)


def candidate_number(event: QKeyEvent) -> int | None:
    """The number, from 1, of the candidate that a key chooses; None where it chooses none."""
    number = event.key() - Qt.Key.Key_0
    alone = _modifiers(event) == _Modifier.AltModifier
    return number if alone and 1 <= number <= CHOICES else None


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """But for that of the number pad."""
    return event.modifiers() & ~_Modifier.KeypadModifier
