"""What a screen reader is told, asked through the accessibility interface, and the way by keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QToolBar,
    QWidget,
)

from desktop.keeping.history_window import HistoryWindow
from desktop.look.settings_window import SettingsWindow
from tests.desktop.hands import sheet_of

Role = QAccessible.Role
Text = QAccessible.Text


def told(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def name(control: QAccessibleInterface) -> str:
    """A name, or that of the label that it is related to: on Linux, where screen readers are told
    of labels, Qt has a box's text in the place of its name."""
    labels = (
        other for other, kind in control.relations() if kind == QAccessible.RelationFlag.Label
    )
    return next((label.text(Text.Name) for label in labels), control.text(Text.Name))


def takes_keys(window: QWidget) -> list[QWidget]:
    """What Tab should reach: all that is shown, enabled, and takes the keyboard by Tab."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and widget.focusProxy() is None
    ]


@pytest.fixture
def settings(program, qtbot) -> SettingsWindow:
    program.window.settings_action.trigger()
    settings = program._settings_window
    qtbot.waitExposed(settings)
    return settings


# --- names, roles, states, values ---


def test_all_that_takes_keys_has_a_name_a_role_and_says_that_it_does(program, settings):
    program.window.history_action.trigger()
    (history,) = program.window.findChildren(HistoryWindow)
    for window in (program.window, settings, history):
        controls = takes_keys(window)
        assert len(controls) > 2
        for control in controls:
            interface = told(control)
            assert name(interface), control
            assert interface.role() not in {Role.NoRole, Role.Client}, control
            assert interface.state().focusable, control


@pytest.mark.parametrize(
    ("part", "role", "called"),
    [
        ("canvas", Role.Canvas, "Pad"),
        ("page_view", Role.Graphic, "Picture"),
        ("alphabet_box", Role.ComboBox, "Alphabet"),
        ("layout_box", Role.ComboBox, "On the pad"),
        ("model_box", Role.ComboBox, "Model"),
        ("busy_bar", Role.ProgressBar, "Busy"),
    ],
)
def test_each_part_of_the_window_has_its_role(program, part, role, called):
    interface = told(getattr(program.window, part))
    assert interface.role() == role
    assert name(interface) == called


@pytest.mark.parametrize(
    ("part", "role", "called"),
    [
        ("text", Role.EditableText, "Text"),
        ("chart", Role.List, "Candidates"),
        ("tile", Role.Graphic, "The character as the model sees it"),
    ],
)
def test_each_part_of_the_result_has_its_role(program, part, role, called):
    interface = told(getattr(program.window.panel, part))
    assert interface.role() == role
    assert name(interface) == called


def test_a_box_tells_what_was_chosen(program, settings):
    for box in (*program.window.findChildren(QComboBox), *settings.findChildren(QComboBox)):
        assert told(box).text(Text.Value) == box.currentText() != ""


def test_a_switch_tells_whether_it_is_on(settings):
    interface = told(settings.guides_box)
    assert interface.role() == Role.CheckBox
    assert interface.state().checkable
    assert not interface.state().checked
    settings.guides_box.click()
    assert interface.state().checked


def test_a_control_that_cannot_be_used_says_so(program):
    pad = next(
        button
        for button in program.window.toolbar.findChildren(QAbstractButton)
        if button.text() == "Pad"
    )
    assert told(pad).state().disabled
    program.window.pad_action.setEnabled(True)
    assert not told(pad).state().disabled


def test_the_tabs_of_the_settings_are_told(settings):
    bar = told(settings.tabs.findChild(QTabBar))
    assert bar.role() == Role.PageTabList
    tabs = [bar.child(index) for index in range(bar.childCount())]
    names = [tab.text(Text.Name) for tab in tabs if tab.role() == Role.PageTab]
    assert names == ["Writing", "Reading", "Appearance"]


def test_the_pad_tells_how_much_is_on_it(program, hand, answered):
    canvas = told(program.window.canvas)
    hand.seven()
    answered()
    assert canvas.text(Text.Description) == "Characters that were read: 1"
    program.window.clear_action.trigger()
    answered()
    assert canvas.text(Text.Description) == "Characters that were read: 0"


def test_a_picture_tells_how_much_was_read_in_it(program, answered):
    program.reader.show_picture(sheet_of((100, 60, 8, 80), (200, 60, 8, 80)))
    answered()
    found = len(program.reader.reading.glyphs)
    assert found == 2
    description = told(program.window.page_view).text(Text.Description)
    assert description == f"Characters that were read: {found}"


def test_the_text_that_was_read_can_be_heard_and_walked_through(program, hand, answered):
    hand.seven()
    answered()
    text = program.window.panel.text
    interface = told(text)
    assert interface.text(Text.Value) == "7"
    assert interface.state().readOnly
    spoken = interface.textInterface()
    assert spoken.text(0, spoken.characterCount()).rstrip("\n") == "7"
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_End)
    assert told(text).textInterface().cursorPosition() == 1


def test_each_candidate_is_told_with_its_percentage(program, hand, answered):
    hand.seven()
    answered()
    chart = told(program.window.panel.chart)
    rows = [chart.child(index) for index in range(chart.childCount())]
    candidates = program.reader.glyph.candidates
    assert len(rows) == len(candidates) > 1
    for row, candidate in zip(rows, candidates, strict=True):
        sign, percentage = row.text(Text.Name).rsplit(", ", 1)
        assert row.role() == Role.ListItem
        assert sign == candidate.label
        figure = float(percentage.removesuffix(" %"))
        assert figure == pytest.approx(candidate.probability * 100, abs=0.6)


def test_the_result_is_told(program, hand, answered):
    hand.seven()
    answered()
    assert told(program.window.panel.summary).text(Text.Name).startswith("Result: 7, ")


def test_a_notice_is_told(program):
    program.window.notice.tell("The disk is full.")
    assert told(program.window.notice).text(Text.Name) == "Notice: The disk is full."
    told_labels = [told(child).text(Text.Name) for child in children(program.window.notice)]
    assert "The disk is full." in told_labels


def children(widget: QWidget) -> list[QWidget]:
    return widget.findChildren(QWidget)


def test_every_action_of_every_menu_has_a_name(program):
    menus = [menu for menu in program.window.findChildren(QMenu) if menu.actions()]
    entries = [entry for menu in menus for entry in menu_entries(menu)]
    assert len(entries) > 40
    for entry in entries:
        assert entry.text(Text.Name)
        assert "&" not in entry.text(Text.Name)


def menu_entries(menu: QMenu) -> Iterator[QAccessibleInterface]:
    interface = told(menu)
    for index in range(interface.childCount()):
        if interface.child(index).role() != Role.Separator:
            yield interface.child(index)


def test_a_ticked_entry_of_a_menu_says_so(program):
    program.window.theme_group.actions()[1].trigger()
    menu = next(
        menu
        for menu in program.window.findChildren(QMenu)
        if program.window.theme_group.actions()[0] in menu.actions()
    )
    ticked = [entry.text(Text.Name) for entry in menu_entries(menu) if entry.state().checked]
    assert ticked == ["Light"]


# --- the way by keys ---


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_goes_through_the_whole_window_and_is_caught_nowhere(program, key, hand, answered):
    hand.seven()
    answered()
    window = program.window
    window.notice.tell("x")
    wanted = takes_keys(window)
    window.canvas.setFocus()
    steps = walk(window, key, 2 * len(wanted))
    assert set(wanted) <= set(steps)
    assert steps[len(wanted)] is steps[0]


def walk(window: QWidget, key: Qt.Key, count: int) -> list[QWidget]:
    """What has the focus, step after step."""
    steps = []
    for _ in range(count):
        steps.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), key)
    return steps


def test_shift_tab_goes_the_same_way_back(program):
    window = program.window
    window.canvas.setFocus()
    count = len(takes_keys(window))
    there = walk(window, Qt.Key.Key_Tab, count)
    back = walk(window, Qt.Key.Key_Backtab, count)
    assert back[1:] == there[:0:-1]


def test_every_entry_of_a_toolbar_is_in_a_menu_too(program):
    """Toolbar buttons take no focus, as is usual; their entries in the menus do."""
    window = program.window
    in_menus = {
        action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    in_menus |= {action for menu in window.findChildren(QMenu) for action in menu.actions()}
    for bar in window.findChildren(QToolBar):
        for action in bar.actions():
            if action.text():
                assert action in in_menus, action.text()


@pytest.mark.qt_log_ignore("raise", "grabbing the keyboard")  # the offscreen platform
def test_the_menus_open_and_close_by_keys(program, qtbot):
    window = program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not menu.isVisible())


def test_a_candidate_is_chosen_by_keys(program, hand, answered, qtbot):
    hand.seven()
    answered()
    chart = program.window.panel.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    wanted = program.reader.glyph.candidates[1].label
    assert chart.currentIndex().data() == wanted
    QTest.keyClick(chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.panel.text.toPlainText() == wanted)


def test_no_two_actions_want_the_same_keys(program):
    window = program.window
    keys = [
        key.toString()
        for action in window.findChildren(QAction)
        if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
        for key in action.shortcuts()
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert QKeySequence("Ctrl+,").toString() in keys


def test_nothing_that_people_type_into_keeps_the_tab_key(program, settings):
    for window in (program.window, settings):
        for text in window.findChildren(QPlainTextEdit):
            assert text.tabChangesFocus()
