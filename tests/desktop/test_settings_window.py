"""All settings in one place: each reaches the program, is remembered, and has a key; the hint."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMessageBox, QPushButton, QWidget

from core.ink import StrokeKind
from desktop.look.settings_window import SettingsWindow
from desktop.settings import Settings
from tests.desktop.conftest import ANSWER_TIMEOUT


@pytest.fixture
def window(program) -> SettingsWindow:
    """The settings, opened as people open them."""
    QTest.keyClick(program.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (found,) = program.window.findChildren(SettingsWindow)
    return found


def choose(box: QComboBox, name: str) -> None:
    """Chooses an entry with the keys: the box shows all of them to step through."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(name)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == name


CHOICES = {
    "pen_width_box": ("broad", lambda settings: settings.pen_width),
    "pen_colour_box": ("red", lambda settings: settings.colour(StrokeKind.PEN)),
    "marker_colour_box": ("pink", lambda settings: settings.colour(StrokeKind.MARKER)),
    "alphabet_box": ("alnum36", lambda settings: settings.alphabet.name),
    "layout_box": ("character", lambda settings: settings.pad_layout),
    "engine_box": ("litert", lambda settings: settings.engine),
    "theme_box": ("dark", lambda settings: settings.theme),
    "language_box": ("fr", lambda settings: settings.language),
}


@pytest.mark.parametrize("box", CHOICES)
def test_a_choice_survives(program, window, build, tmp_path, box):
    name, remembered = CHOICES[box]
    show_tab_of(window, getattr(window, box))
    assert remembered(Settings(tmp_path / "settings.ini")) != name
    choose(getattr(window, box), name)
    program.close()
    assert remembered(Settings(tmp_path / "settings.ini")) == name
    again = build()
    again._show_settings()
    assert getattr(again._settings_window, box).currentData() == name


SWITCHES = ("pen_only_box", "guides_box", "copy_words_box")


@pytest.mark.parametrize("box", SWITCHES)
def test_a_switch_survives(program, window, build, box):
    show_tab_of(window, getattr(window, box))
    getattr(window, box).setFocus()
    QTest.keyClick(getattr(window, box), Qt.Key.Key_Space)
    again = build()
    again._show_settings()
    assert getattr(again._settings_window, box).isChecked()
    QTest.keyClick(getattr(window, box), Qt.Key.Key_Space)
    assert not getattr(window, box).isChecked()


def test_a_choice_counts_at_once(program, window):
    choose(window.pen_width_box, "broad")
    choose(window.pen_colour_box, "red")
    window.guides_box.click()
    style = program.window.canvas._styles[StrokeKind.PEN]
    assert (style.width, style.colour is not None) == (1.6, True)
    assert program.tools.guides is not None
    show_tab_of(window, window.alphabet_box)
    choose(window.alphabet_box, "digits")
    assert program.reader.alphabet.name == "digits"
    show_tab_of(window, window.theme_box)
    choose(window.theme_box, "contrast")
    assert QApplication.palette().window().color().name() == "#000000"


def test_the_settings_follow_the_menus(program, window):
    program.window.theme_group.actions()[2].trigger()
    program.window.tools.guides_action.trigger()
    program.window.tools.width_group.actions()[0].trigger()
    program.window.layout_box.setCurrentIndex(program.window.layout_box.findData("character"))
    assert window.theme_box.currentData() == "dark"
    assert window.guides_box.isChecked()
    assert window.pen_width_box.currentData() == "fine"
    assert window.layout_box.currentData() == "character"


def test_the_settings_follow_the_model(program, window, qtbot):
    show_tab_of(window, window.model_box)
    with qtbot.waitSignal(
        program.recogniser.ready,
        timeout=ANSWER_TIMEOUT,
        check_params_cb=lambda model, *_: model == "digits-cnn",
    ):
        choose(window.model_box, "digits-cnn")
    box = window.alphabet_box
    assert [box.itemData(index) for index in range(box.count())] == ["digits"]
    assert box.currentData() == program.window.alphabet_box.currentData() == "digits"


def test_what_the_settings_are_for_is_all_there(window):
    kinds = {"pen_width_box", "pen_colour_box", "guides_box", "alphabet_box", "engine_box"}
    kinds |= {"theme_box", "language_box"}
    for kind in kinds:
        control = getattr(window, kind)
        show_tab_of(window, control)
        assert control.isVisible(), kind


def test_the_settings_are_where_the_platform_has_them(program):
    action = program.window.settings_action
    assert action.menuRole() is QAction.MenuRole.PreferencesRole
    assert action.text().endswith("…")
    assert program.window.about_action.menuRole() is QAction.MenuRole.AboutRole
    assert program.window.quit_action.menuRole() is QAction.MenuRole.QuitRole


def test_the_keyboard_is_enough(program, window):
    """Tab reaches every control of every tab, and Escape gives the window back."""
    reached: set[QWidget] = set()
    window.tabs.tabBar().setFocus()
    for _ in range(window.tabs.count()):
        for _ in range(12):
            reached.add(window.focusWidget())
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        window.tabs.tabBar().setFocus()
        QTest.keyClick(window.tabs.tabBar(), Qt.Key.Key_Right)
    controls = {getattr(window, name) for name in (*CHOICES, *SWITCHES)}
    assert controls | set(window.findChildren(QPushButton)) <= reached
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_pad_can_be_used_while_the_settings_are_open(program, window, hand):
    assert not window.isModal()
    hand.seven()
    assert program.pad.count() == 1


def test_another_language_waits_for_the_next_start_and_says_so(program, window):
    show_tab_of(window, window.language_box)
    title = program.window.settings_action.text()
    choose(window.language_box, "de")
    assert program.window.settings_action.text() == title
    (sentence,) = (
        label.text() for label in window.findChildren(QLabel) if "started again" in label.text()
    )
    assert window.language_box.accessibleDescription() == sentence


def show_tab_of(window: SettingsWindow, control: QWidget) -> None:
    for index in range(window.tabs.count()):
        if window.tabs.widget(index).isAncestorOf(control):
            window.tabs.setCurrentIndex(index)


# --- the hint of the first start ---


def test_the_first_start_says_what_to_do_and_stops_nobody(program, hand):
    hint = program.window.hint
    assert hint.isVisible()
    assert "Ctrl+O" in hint.text
    hand.seven()
    assert program.pad.count() == 1
    assert hint.isVisible()


@pytest.mark.parametrize("way", ["click", "space", "escape"])
def test_a_hint_that_was_dismissed_stays_away(program, build, qtbot, way):
    hint = program.window.hint
    (button,) = hint.findChildren(QPushButton)
    if way == "click":
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space if way == "space" else Qt.Key.Key_Escape)
    assert not hint.isVisible()
    program.window.close()
    again = build()
    again.window.show()
    assert not again.window.hint.isVisible()
    again.window.activateWindow()
    qtbot.waitUntil(again.window.isActiveWindow)
    QTest.keyClick(again.window, Qt.Key.Key_F1)
    assert again.window.hint.isVisible()


def test_a_hint_that_was_not_dismissed_comes_back(program, build):
    program.close()
    again = build()
    again.window.show()
    assert again.window.hint.isVisible()


def test_about_tells_the_version(program):
    program.window.about_action.trigger()
    (box,) = program.window.findChildren(QMessageBox)
    assert "Glyphpad 0" in box.text() or "Glyphpad 1" in box.text()
    box.close()
