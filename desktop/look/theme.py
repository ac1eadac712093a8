"""Light, dark and high contrast: as the system is, or as the user says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.settings import THEMES

TEXT_CONTRAST = 4.5
"""The least between a text and its ground (WCAG 2.2, 1.4.3)."""

SHAPE_CONTRAST = 3.0
"""The least between a line or a bar that says something and its ground (WCAG 2.2, 1.4.11)."""

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
        _Role.Highlight: "#4d9bd9",
        _Role.HighlightedText: "#000000",
        _Role.Link: "#6cb4ee",
        _Role.ToolTipBase: "#34373b",
        _Role.ToolTipText: "#f0f0f0",
    }
)
"""Text on its ground has a contrast of 7 to 1 or more (WCAG 2.2, level AAA)."""

_DARK_DISABLED = "#7d8288"

CONTRAST_STYLE = "ContrastStyle"
"""The class of that theme's style, which is loaded only with it."""

_CONTRAST: Mapping[QPalette.ColorRole, str] = MappingProxyType(
    {
        _Role.Window: "#000000",
        _Role.WindowText: "#ffffff",
        _Role.Base: "#000000",
        _Role.AlternateBase: "#1c1c1c",
        _Role.Text: "#ffffff",
        _Role.PlaceholderText: "#d8d8d8",
        _Role.Button: "#000000",
        _Role.ButtonText: "#ffffff",
        _Role.BrightText: "#ffff00",
        _Role.Light: "#ffffff",
        _Role.Midlight: "#c0c0c0",
        _Role.Mid: "#a0a0a0",
        _Role.Dark: "#a0a0a0",
        _Role.Shadow: "#ffffff",
        _Role.Highlight: "#ffff00",
        _Role.HighlightedText: "#000000",
        _Role.Link: "#80ffff",
        _Role.ToolTipBase: "#000000",
        _Role.ToolTipText: "#ffffff",
    }
)
"""Black, white and yellow: 13 to 1 or more."""

_CONTRAST_DISABLED = "#8c8c8c"

_DISABLED_ROLES = (_Role.WindowText, _Role.Text, _Role.ButtonText)

_STEP = 0.05
"""Colours that are too close are moved apart by steps of it, of the way to black or white."""


def apply_theme(theme: str) -> None:
    """Shows the whole program in one of THEMES.

    Qt asks the platform for light and dark. Plain X11 has nobody to ask, so there the palette is
    ours; high contrast is ours everywhere.
    """
    shown = shown_theme(theme, prefers_contrast=prefers_contrast())
    wanted = THEMES[shown]
    # an empty palette gives the style's own back
    QApplication.setPalette(QPalette())
    QGuiApplication.styleHints().setColorScheme(wanted)
    if shown == "contrast":
        from desktop.look.contrast_style import ContrastStyle

        QApplication.setStyle(ContrastStyle())
        QApplication.setPalette(contrast_palette())
        return
    if QApplication.style().metaObject().className() == CONTRAST_STYLE:
        QApplication.setStyle(QStyleFactory.create("Fusion"))
    if wanted is Qt.ColorScheme.Dark and not _is_dark(QGuiApplication.palette()):
        QApplication.setStyle(QStyleFactory.create("Fusion"))
        QApplication.setPalette(dark_palette())
    else:
        QApplication.setPalette(legible(QGuiApplication.palette()))


def follow_system(changed: Callable[[], None]) -> None:
    """Has a method of a `QObject` called when the system changes its colours or its wish for more
    contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(changed)
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(changed)


def shown_theme(theme: str, *, prefers_contrast: bool) -> str:
    """What a choice of THEMES comes to where the system asks for more contrast, or does not."""
    return "contrast" if theme == "system" and prefers_contrast else theme


def prefers_contrast() -> bool:
    """Whether the system asks for high contrast (Qt tells since 6.10)."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def dark_palette() -> QPalette:
    """Light text on dark ground, for Qt's own Fusion style."""
    return _palette(_DARK, _DARK_DISABLED)


def contrast_palette() -> QPalette:
    """White text on black, with yellow for what is chosen."""
    return _palette(_CONTRAST, _CONTRAST_DISABLED)


def legible(palette: QPalette) -> QPalette:
    """What has to change in a palette of the system's for its texts to be legible: a chosen text's
    ground moves away from the text, a hint away from its ground. All else is left to the system."""
    change = QPalette()
    chosen, ground = palette.color(_Role.HighlightedText), palette.color(_Role.Highlight)
    moved = _apart(ground, chosen)
    if moved != ground:
        change.setColor(_Role.Highlight, moved)
    paper = palette.color(_Role.Base)
    hint = _on(palette.color(_Role.PlaceholderText), paper)
    moved = _apart(hint, paper)
    if moved != hint:
        change.setColor(_Role.PlaceholderText, moved)
    return change


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of two colours' luminance, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _palette(colours: Mapping[QPalette.ColorRole, str], disabled: str) -> QPalette:
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette


def _apart(colour: QColor, fixed: QColor) -> QColor:
    """`colour`, moved away from a fixed one until text can be read between the two."""
    end = QColor("black" if _luminance(colour) < _luminance(fixed) else "white")
    moved, share = colour, 0.0
    while contrast(moved, fixed) < TEXT_CONTRAST and share < 1:
        share += _STEP
        moved = _mixed(colour, end, share)
    return moved


def _on(colour: QColor, ground: QColor) -> QColor:
    """What a colour that lets some of its ground through looks like."""
    return _mixed(ground, QColor(colour.rgb()), colour.alphaF())


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of the other colour, and the rest of the one."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def _luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _is_dark(palette: QPalette) -> bool:
    ground, text = palette.color(_Role.Window), palette.color(_Role.WindowText)
    return ground.lightness() < text.lightness()
