"""Themes: what is shown can be seen in each of them, and the system's wish for contrast counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from core.ink import StrokeKind, StrokeStyle
from core.prediction import Candidate
from desktop.canvas.painting import stroke_colour
from desktop.look import theme
from desktop.look.focus_frame import FocusFrame
from desktop.look.theme import SHAPE_CONTRAST, TEXT_CONTRAST, apply_theme, contrast
from desktop.notice import Notice
from desktop.pad.ink_choices import COLOURS
from desktop.reading.chart import CandidateChart
from desktop.reading.confidence import GRADES
from desktop.settings import THEMES

Role = QPalette.ColorRole
SHOWN = ("light", "dark", "contrast")


@pytest.fixture(scope="module")
def palettes(qapp) -> dict[str, QPalette]:
    """What the program is painted with in each theme."""
    found = {}
    for name in SHOWN:
        apply_theme(name)
        found[name] = QPalette(QGuiApplication.palette())
    apply_theme("system")
    return found


@pytest.fixture(params=SHOWN)
def shown(request, palettes) -> QPalette:
    """Each theme in turn."""
    return palettes[request.param]


def test_the_themes_differ(palettes):
    grounds = {palette.color(Role.Window).name() for palette in palettes.values()}
    assert len(grounds) == len(SHOWN)
    assert set(SHOWN) == set(THEMES) - {"system"}


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (Role.Text, Role.Base),
        (Role.Text, Role.AlternateBase),
        (Role.WindowText, Role.Window),
        (Role.ButtonText, Role.Button),
        (Role.HighlightedText, Role.Highlight),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.PlaceholderText, Role.Base),
    ],
)
def test_every_text_can_be_read(shown, text, ground):
    paper = shown.color(ground)
    assert contrast(theme._on(shown.color(text), paper), paper) >= TEXT_CONTRAST


def test_high_contrast_is_high(palettes):
    high = palettes["contrast"]
    assert contrast(high.color(Role.Text), high.color(Role.Base)) == pytest.approx(21)
    assert contrast(high.color(Role.Highlight), high.color(Role.Base)) > 15


def test_boxes_and_frames_can_be_seen(shown):
    for ground in (Role.Base, Role.Window, Role.AlternateBase):
        assert contrast(shown.color(Role.Highlight), shown.color(ground)) >= SHAPE_CONTRAST


def test_boxes_on_a_picture_can_be_seen():
    for one in GRADES:
        assert contrast(QColor(one.colour), QColor("white")) >= SHAPE_CONTRAST


@pytest.mark.parametrize("name", COLOURS[StrokeKind.PEN])
def test_ink_can_be_seen(shown, name):
    style = StrokeStyle(StrokeKind.PEN, colour=COLOURS[StrokeKind.PEN][name])
    line = stroke_colour(style, shown.color(Role.Text))
    assert contrast(line, shown.color(Role.Base)) >= SHAPE_CONTRAST


def test_the_bars_of_all_candidates_can_be_seen(shown, qtbot):
    """By their painted edge: where a bar ends is what it says."""
    chart = CandidateChart()
    qtbot.addWidget(chart)
    chart.setPalette(shown)
    chart.resize(300, 200)
    chart.show_candidates((Candidate("A", 0.6), Candidate("B", 0.5)))
    image = chart.grab().toImage()
    for row in (0, 1):
        middle = chart.visualRect(chart.model().index(row, 0)).center().y()
        assert best_edge(image, middle, chart) >= SHAPE_CONTRAST


def best_edge(image: QImage, y: int, chart: QWidget) -> float:
    """The most contrast to the trough along a row of pixels between the sign and the number."""
    ratio = image.devicePixelRatio()
    height = chart.fontMetrics().height()
    xs = range(round((2 * height + 8) * ratio), round((300 - 4 * height - 8) * ratio))
    trough = chart.palette().color(Role.AlternateBase)
    return max(contrast(image.pixelColor(x, round(y * ratio)), trough) for x in xs)


def test_a_notice_can_be_read(shown, qtbot):
    """By its pixels: the lightest and the darkest of them are ground and letters."""
    notice = Notice()
    qtbot.addWidget(notice)
    notice.setPalette(shown)
    notice.tell("MMMM")
    assert notice._label.palette().color(Role.WindowText) == shown.color(Role.WindowText)
    image = notice._label.grab().toImage()
    seen = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    extremes = sorted((QColor(pixel) for pixel in seen), key=lambda pixel: pixel.lightness())
    assert contrast(extremes[0], extremes[-1]) >= TEXT_CONTRAST


def test_high_contrast_shows_the_focus_with_a_strong_frame(qtbot):
    apply_theme("contrast")
    button = QPushButton("one")
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    button.clearFocus()
    assert frame_colours(button) == {"#ffffff"}
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert frame_colours(button) == {"#ffff00"}
    assert frame_colours(button, inset=2) == {"#ffff00"}
    apply_theme("system")


def frame_colours(widget: QWidget, inset: int = 0) -> set[str]:
    """The colours along the upper and lower edge, less the corners."""
    image = widget.grab().toImage()
    rows = (inset, image.height() - 1 - inset)
    return {image.pixelColor(x, y).name() for x in range(6, image.width() - 6) for y in rows}


def test_a_view_is_framed_when_a_key_brought_the_focus_and_not_when_the_mouse_did(program, hand):
    frame = program.window.findChild(FocusFrame)
    canvas = program.window.canvas
    highlight = QGuiApplication.palette().color(Role.Highlight).name()

    def edge() -> str:
        return frame.grab().toImage().pixelColor(frame.width() // 2, 1).name()

    program.window.panel.text.setFocus()
    hand.seven()
    assert canvas.hasFocus()
    assert edge() != highlight
    program.window.panel.text.setFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge() == highlight
    program.window.panel.text.setFocus()
    assert edge() != highlight


def test_the_systems_wish_for_contrast_counts_where_the_theme_is_the_systems():
    assert theme.shown_theme("system", prefers_contrast=True) == "contrast"
    assert theme.shown_theme("system", prefers_contrast=False) == "system"
    assert theme.shown_theme("light", prefers_contrast=True) == "light"


def test_a_wish_for_contrast_is_followed_at_once(program, monkeypatch):
    hints = QGuiApplication.styleHints().accessibility()
    monkeypatch.setattr(theme, "prefers_contrast", lambda: True)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert QApplication.palette().window().color().name() == "#000000"
    monkeypatch.setattr(theme, "prefers_contrast", lambda: False)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert QApplication.palette().window().color().name() != "#000000"


def test_a_theme_that_was_chosen_stays_whatever_the_system_wishes(program, monkeypatch):
    program.window.theme_group.actions()[1].trigger()
    monkeypatch.setattr(theme, "prefers_contrast", lambda: True)
    QGuiApplication.styleHints().accessibility().contrastPreferenceChanged.emit(
        Qt.ContrastPreference.HighContrast
    )
    assert QApplication.palette().window().color().name() != "#000000"


def test_a_palette_that_can_be_read_is_left_alone():
    palette = theme.dark_palette()
    palette.setColor(Role.HighlightedText, QColor("white"))
    palette.setColor(Role.Highlight, QColor("#104080"))
    assert theme.legible(palette).color(Role.Highlight) != QColor("#104080")
    assert not theme.legible(palette).isBrushSet(QPalette.ColorGroup.Active, Role.Highlight)
