"""Light and dark: as the system is, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.settings import THEMES

_Role = QPalette.ColorRole

_DARK: Mapping[QPalette.ColorRole, str] = MappingProxyType(
    {
        _Role.Window: "#26282b",
        _Role.WindowText: "#e8e8e8",
        _Role.Base: "#1b1c1e",
        _Role.AlternateBase: "#313438",
        _Role.Text: "#f0f0f0",
        _Role.PlaceholderText: "#9aa0a6",
        _Role.Button: "#34373b",
        _Role.ButtonText: "#e8e8e8",
        _Role.BrightText: "#ffffff",
        _Role.Light: "#4a4e54",
        _Role.Midlight: "#3f4348",
        _Role.Mid: "#1f2124",
        _Role.Dark: "#17181a",
        _Role.Shadow: "#000000",
        _Role.Highlight: "#3d8fd1",
        _Role.HighlightedText: "#ffffff",
        _Role.Link: "#6cb4ee",
        _Role.ToolTipBase: "#34373b",
        _Role.ToolTipText: "#f0f0f0",
    }
)
"""Text on its ground has a contrast of 7 to 1 or more (WCAG 2.2, level AAA)."""

_DARK_DISABLED = "#7d8288"
_DISABLED_ROLES = (_Role.WindowText, _Role.Text, _Role.ButtonText)


def apply_theme(theme: str) -> None:
    """Shows the whole program in one of THEMES.

    Qt asks the platform for it. Plain X11 has nobody to ask, so there the palette is ours.
    """
    wanted = THEMES[theme]
    # an empty palette gives the style's own back
    QApplication.setPalette(QPalette())
    QGuiApplication.styleHints().setColorScheme(wanted)
    if wanted is Qt.ColorScheme.Dark and not _is_dark(QGuiApplication.palette()):
        QApplication.setStyle(QStyleFactory.create("Fusion"))
        QApplication.setPalette(dark_palette())


def dark_palette() -> QPalette:
    """Light text on dark ground, for Qt's own Fusion style."""
    palette = QPalette()
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DARK_DISABLED))
    return palette


def _is_dark(palette: QPalette) -> bool:
    ground, text = palette.color(_Role.Window), palette.color(_Role.WindowText)
    return ground.lightness() < text.lightness()
