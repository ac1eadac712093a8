"""The window of past pads, by real events: search, walk, open, delete, and what each row shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from core.archive import LaidPad, PadEntry, PadId
from core.ink import PLAIN, Colour, Ink, Stroke, StrokeKind, StrokeStyle
from desktop.canvas.thumbnail import thumbnail
from desktop.keeping import history_window
from desktop.keeping.history_window import KEPT_THUMBNAILS, THUMBNAIL, HistoryWindow
from desktop.keeping.keeper import Keeper

TIMEOUT = 20_000
"""Milliseconds: nothing here is about speed."""

SHOWN = 1_790_000_000.0
"""UTC seconds: in September 2026."""


def entry(name: str, text: str, *, strokes: int = 1, changed: float = SHOWN) -> PadEntry:
    return PadEntry(PadId(name), changed - 60, changed, text, strokes)


def through(*places: tuple[float, float], style: StrokeStyle = PLAIN) -> Stroke:
    points = np.full((len(places), 4), 0.5, np.float32)
    points[:, :2] = places
    return Stroke(points, style)


ENTRIES = (
    entry("a", "Milk and bread", strokes=14),
    entry("b", "two\nlines of text"),
    entry("c", ""),
)


def show(window: HistoryWindow, qtbot) -> None:
    with qtbot.waitActive(window, timeout=TIMEOUT):
        window.show()
        window.activateWindow()


class Asked:
    """What the window asked for."""

    def __init__(self, window: HistoryWindow) -> None:
        self.searches: list[str] = []
        self.inks: list[str] = []
        self.opened: list[str] = []
        self.deleted: list[str] = []
        window.searchRequested.connect(self.searches.append)
        window.inkRequested.connect(self.inks.append)
        window.openRequested.connect(self.opened.append)
        window.deleteRequested.connect(self.deleted.append)


@pytest.fixture
def window(qtbot) -> HistoryWindow:
    window = HistoryWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def asked(window) -> Asked:
    return Asked(window)


@pytest.fixture
def shown(window, asked, qtbot) -> HistoryWindow:
    """The window on the screen, with three pads in it."""
    show(window, qtbot)
    window.show_pads("", ENTRIES)
    qtbot.waitUntil(lambda: len(asked.inks) == 3, timeout=TIMEOUT)
    return window


def press(key: Qt.Key) -> None:
    """A key, to whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget(), key)


def lines(window: HistoryWindow) -> list[str]:
    """The second line of each row."""
    model = window.model
    return [model.index(row).data().split("\n")[1] for row in range(model.rowCount())]


# --- what is shown ---


def test_a_window_that_opens_asks_for_all_pads(window, asked, qtbot):
    assert asked.searches == []
    show(window, qtbot)
    assert asked.searches == [""]
    assert window.search_field.hasFocus()


def test_each_row_has_its_date_in_the_persons_own_way_and_its_first_words(shown):
    long = " ".join(["word"] * 100)
    before = QLocale()
    try:
        for name in ("en_US", "de_DE"):
            QLocale.setDefault(QLocale(name))
            assert "26" in shown.model.index(0).data().split("\n")[0]
        assert "." in shown.model.index(0).data()
        assert "/" not in shown.model.index(0).data()
    finally:
        QLocale.setDefault(before)
    assert lines(shown) == ["Milk and bread", "two lines of text", "No text"]
    shown.show_pads("", (entry("d", long),))
    assert lines(shown)[0].startswith("word word")
    assert len(lines(shown)[0]) == 80
    assert shown.model.index(0).data(Qt.ItemDataRole.ToolTipRole) == long


def test_how_many_there_are_is_said(shown):
    assert "3" in shown.count_label.text()
    shown.show_pads("", ())
    assert shown.count_label.text() == "There are no past pads yet"
    shown.search_field.setText("zebra")
    shown.show_pads("zebra", ())
    assert shown.count_label.text() == "No past pad holds these words"


def test_without_pads_there_is_nothing_to_open_or_delete(window, asked, qtbot):
    show(window, qtbot)
    assert not window.open_button.isEnabled()
    assert not window.delete_button.isEnabled()
    press(Qt.Key.Key_Return)
    window.list.setFocus()
    press(Qt.Key.Key_Delete)
    assert asked.opened == asked.deleted == []
    assert window.isVisible()


# --- searching ---


def test_every_letter_that_is_typed_narrows_the_search(shown, asked):
    asked.searches.clear()
    QTest.keyClicks(shown.search_field, "mil")
    assert asked.searches == ["m", "mi", "mil"]


def test_an_answer_to_an_older_search_is_not_shown(shown):
    QTest.keyClicks(shown.search_field, "two")
    shown.show_pads("t", ENTRIES[:1])
    assert len(lines(shown)) == 3
    shown.show_pads("two", ENTRIES[1:2])
    assert lines(shown) == ["two lines of text"]


def test_the_chosen_pad_stays_chosen_while_the_list_changes(shown):
    shown.list.setCurrentIndex(shown.model.index(1))
    shown.show_pads("", ENTRIES[1:])
    assert shown.chosen == ENTRIES[1]
    shown.show_pads("", (ENTRIES[2],))
    assert shown.chosen == ENTRIES[2]
    shown.show_pads("", ())
    assert shown.chosen is None


# --- opening and deleting ---


def test_the_keyboard_alone_finds_and_opens_a_pad(shown, asked):
    QTest.keyClicks(QApplication.focusWidget(), "o")
    shown.show_pads("o", ENTRIES[:2])
    press(Qt.Key.Key_Down)
    assert shown.list.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert asked.opened == ["b"]
    assert not shown.isVisible()


def test_enter_in_the_search_field_opens_the_first(shown, asked):
    press(Qt.Key.Key_Return)
    assert asked.opened == ["a"]


def test_a_double_click_opens_a_pad(shown, asked):
    place = shown.list.visualRect(shown.model.index(2)).center()
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.opened == ["c"]


def test_the_button_opens_a_pad(shown, asked):
    shown.list.setCurrentIndex(shown.model.index(1))
    QTest.mouseClick(shown.open_button, Qt.MouseButton.LeftButton)
    assert asked.opened == ["b"]


def test_escape_closes_and_opens_nothing(shown, asked):
    press(Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert asked.opened == []


def question(window: HistoryWindow) -> QMessageBox:
    (box,) = window.findChildren(QMessageBox)
    return box


def test_deleting_asks_first_and_then_for_the_list(shown, asked, qtbot):
    asked.searches.clear()
    shown.list.setFocus()
    shown.list.setCurrentIndex(shown.model.index(1))
    press(Qt.Key.Key_Delete)
    box = question(shown)
    assert "two lines of text" in box.informativeText()
    assert asked.deleted == []
    buttons = {button.text(): button for button in box.findChildren(QPushButton)}
    QTest.mouseClick(buttons["&Delete"], Qt.MouseButton.LeftButton)
    assert asked.deleted == ["b"]
    assert asked.searches == [""]
    shown.show_pads("", (ENTRIES[0], ENTRIES[2]))
    assert shown.chosen == ENTRIES[2]  # the next one


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_deleting_is_not_what_happens_by_a_careless_key(shown, asked, key):
    QTest.mouseClick(shown.delete_button, Qt.MouseButton.LeftButton)
    QTest.keyClick(question(shown), key)
    assert asked.deleted == []
    assert shown.isVisible()


# --- thumbnails ---


def test_ink_is_asked_for_once_and_only_for_what_is_seen(window, asked, qtbot):
    entries = tuple(entry(str(n), f"pad {n}") for n in range(300))
    show(window, qtbot)
    window.show_pads("", entries)
    qtbot.waitUntil(lambda: bool(asked.inks), timeout=TIMEOUT)
    first = list(asked.inks)
    assert first == [str(n) for n in range(len(first))]
    assert 3 <= len(first) <= 12
    window.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(asked.inks) > len(first), timeout=TIMEOUT)
    last = asked.inks[len(first) :]
    assert last == [str(n) for n in range(300 - len(last), 300)]
    window.list.scrollToTop()
    window.show_pads("", entries)
    QApplication.processEvents()
    assert len(asked.inks) == len(first) + len(last)


def test_ink_far_down_is_asked_for_as_soon_as_that_near_the_top(window, asked, qtbot):
    """However far the list is scrolled, and however it changes then."""
    rows = 2 * TIMEOUT
    show(window, qtbot)
    window.show_pads("", tuple(entry(str(n), "") for n in range(rows)))
    qtbot.waitUntil(lambda: bool(asked.inks), timeout=TIMEOUT)
    asked.inks.clear()
    window.list.scrollToBottom()
    assert window.list.verticalScrollBar().value() > TIMEOUT
    qtbot.waitUntil(lambda: str(rows - 1) in asked.inks, timeout=TIMEOUT)
    window.show_pads("", ENTRIES)
    qtbot.waitUntil(lambda: asked.inks[-3:] == ["a", "b", "c"], timeout=TIMEOUT)


def has_ink(image: QImage) -> bool:
    """Whether anything dark is in the middle of a thumbnail."""
    inner = image.copy(8, 8, image.width() - 16, image.height() - 16)
    return any(
        inner.pixelColor(x, y).lightness() < 128
        for x in range(inner.width())
        for y in range(inner.height())
    )


def decoration(window: HistoryWindow, row: int) -> QImage:
    return window.model.index(row).data(Qt.ItemDataRole.DecorationRole).toImage()


def test_a_row_shows_its_ink_when_it_comes(shown):
    assert not has_ink(decoration(shown, 0))
    shown.show_ink(PadId("a"), Ink((through((0, 0), (500, 300)),)))
    assert has_ink(decoration(shown, 0))
    assert not has_ink(decoration(shown, 1))
    shown.show_pads("", ENTRIES[::-1])
    assert has_ink(decoration(shown, 2))


def test_ink_of_a_pad_that_is_no_longer_in_the_list_is_let_go(shown):
    shown.show_pads("", ENTRIES[:1])
    shown.show_ink(PadId("b"), Ink((through((0, 0), (500, 300)),)))
    assert not has_ink(decoration(shown, 0))


def test_a_pad_that_was_written_on_is_drawn_anew(shown, asked, qtbot):
    shown.show_ink(PadId("a"), Ink((through((0, 0), (500, 300)),)))
    asked.inks.clear()
    shown.show_pads("", (entry("a", "Milk and bread", strokes=15, changed=SHOWN + 9), *ENTRIES[1:]))
    qtbot.waitUntil(lambda: asked.inks == ["a"], timeout=TIMEOUT)


def test_thumbnails_do_not_gather_without_end(shown, monkeypatch):
    monkeypatch.setattr(history_window, "KEPT_THUMBNAILS", 10)
    entries = tuple(entry(str(n), "") for n in range(50))
    shown.show_pads("", entries)
    picture = QPixmap.fromImage(thumbnail(Ink(), THUMBNAIL, 1.0, shown.palette()))
    for row in range(50):
        shown.model.put_thumbnail(row, picture)
    assert [row for row in range(50) if shown.model.has_thumbnail(row)] == list(range(40, 50))
    assert KEPT_THUMBNAILS >= 50  # more than a screen shows


def test_another_theme_draws_the_thumbnails_anew(shown, asked, qtbot):
    shown.show_ink(PadId("a"), Ink((through((0, 0), (500, 300)),)))
    asked.inks.clear()
    dark = QPalette(shown.palette())
    dark.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    shown.setPalette(dark)
    qtbot.waitUntil(lambda: sorted(asked.inks) == ["a", "b", "c"], timeout=TIMEOUT)
    assert decoration(shown, 0).pixelColor(20, 20) == QColor("#101010")
    shown.show_ink(PadId("a"), Ink((through((0, 0), (500, 300)),)))
    colours = {
        decoration(shown, 0).pixelColor(x, y).lightness() for x in range(112) for y in range(72)
    }
    assert max(colours) > 200


def paint(*strokes: Stroke, ratio: float = 1.0) -> QImage:
    palette = QPalette(QColor("white"), QColor("white"))
    palette.setColor(QPalette.ColorRole.Base, QColor("white"))
    palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    palette.setColor(QPalette.ColorRole.Mid, QColor("white"))
    return thumbnail(Ink(strokes), THUMBNAIL, ratio, palette)


def test_ink_of_any_size_and_place_lies_in_the_middle():
    for places in (
        ((-9000.0, -9000.0), (9000.0, 9000.0)),
        ((50.0, 50.0),),
        ((1e6, 5.0), (1e6, 5.0)),
        ((0.0, 0.0), (0.0, 4000.0)),
    ):
        image = paint(through(*places))
        assert image.pixelColor(56, 36).lightness() < 100
        assert all(image.pixelColor(x, y) == QColor("white") for x in range(112) for y in (0, 71))


def test_small_writing_is_not_blown_up():
    image = paint(through((0, 0), (10, 0)))
    dark = [x for x in range(112) if image.pixelColor(x, 36).lightness() < 128]
    assert 8 <= max(dark) - min(dark) <= 24  # the pen's width with it


def test_a_thumbnail_has_the_displays_own_pixels():
    image = paint(through((0, 0), (100, 0)), ratio=2.0)
    assert image.size() == QSize(224, 144)
    assert image.pixelColor(112, 72).lightness() < 100


def test_colours_and_markers_look_as_they_are():
    red = StrokeStyle(colour=Colour(255, 0, 0))
    assert paint(through((0, 0), (60, 0), style=red)).pixelColor(56, 36) == QColor(255, 0, 0)
    marker = StrokeStyle(StrokeKind.MARKER, Colour(255, 0, 0))
    image = paint(through((0, 0), (60, 0), style=marker))
    shade = image.pixelColor(56, 36)
    assert shade.red() == 255
    assert 130 <= shade.green() <= 170
    assert image.pixelColor(56, 43) == shade  # and broad


def test_very_much_ink_is_thinned_and_still_seen():
    many = [through(*((float(x), float(x % 300)) for x in range(400))) for _ in range(300)]
    assert has_ink(paint(*many))


# --- for all ---


def test_every_control_has_a_name_and_a_tooltip(shown):
    for widget in (shown.search_field, shown.list, shown.open_button, shown.delete_button):
        assert isinstance(widget, QWidget)
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
        assert widget.toolTip()


def test_a_screen_reader_is_told_what_a_row_is(shown):
    interface = QAccessible.queryAccessibleInterface(shown.list)
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(3)]
    assert names[0].startswith("Milk and bread, written ")
    assert names[0].endswith("strokes: 14")
    assert names[2].startswith("No text, written ")


def test_no_two_controls_share_a_key(shown):
    texts = [button.text() for button in shown.findChildren(QPushButton)]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) >= 2
    assert len(keys) == len(set(keys))


# --- with the archive ---


@pytest.fixture
def keeper(qapp, tmp_path: Path):
    keeper = Keeper(tmp_path / "pads.sqlite3", lambda: None)
    yield keeper
    keeper.close()


def test_past_pads_are_found_seen_opened_and_deleted(keeper, window, qtbot):
    """The window and the keeping thread together, as the program connects them."""
    opened: list[LaidPad] = []
    keeper.found.connect(lambda found: window.show_pads(found.search, found.entries))
    keeper.inkRead.connect(lambda read: window.show_ink(read.pad, read.ink))
    keeper.opened.connect(opened.append)
    window.searchRequested.connect(keeper.search)
    window.inkRequested.connect(keeper.read_ink)
    window.openRequested.connect(keeper.open_pad)
    window.deleteRequested.connect(keeper.delete)
    for text in ("bread", "milk", "beer"):
        keeper.keep(Ink((through((0, 0), (500, 300)), through((500, 0), (0, 300)))))
        keeper.set_text(text)
        keeper.shelve()
        keeper.keep(Ink())
    show(window, qtbot)
    qtbot.waitUntil(lambda: lines(window) == ["beer", "milk", "bread"], timeout=TIMEOUT)
    qtbot.waitUntil(lambda: has_ink(decoration(window, 2)), timeout=TIMEOUT)
    QTest.keyClicks(window.search_field, "b")
    qtbot.waitUntil(lambda: lines(window) == ["beer", "bread"], timeout=TIMEOUT)
    QTest.mouseClick(window.delete_button, Qt.MouseButton.LeftButton)
    buttons = {button.text(): button for button in question(window).findChildren(QPushButton)}
    QTest.mouseClick(buttons["&Delete"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lines(window) == ["bread"], timeout=TIMEOUT)
    QTest.mouseClick(window.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=TIMEOUT)
    assert len(opened[0].ink.strokes) == 2
