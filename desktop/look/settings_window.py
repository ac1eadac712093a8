"""Every setting in one place. A change counts at once, as one in a menu does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.ink import StrokeKind
from desktop.look.languages import LANGUAGES, SYSTEM_LANGUAGE
from desktop.window import Window


class SettingsWindow(QDialog):
    """Shows the choices of the window's menus and boxes, and makes them there: what follows from
    a choice, and that it is remembered, is the same wherever it was made.

    Args:
        window: Whose choices they are.
        language: What was chosen, SYSTEM_LANGUAGE or one of LANGUAGES.

    Signals:
        languageChosen(str): Another language was chosen.
    """

    languageChosen = Signal(str)

    def __init__(self, window: Window, language: str) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Settings"))
        self.language_box = self._language_choice(language)
        tabs = self.tabs = QTabWidget()
        tabs.tabBar().setAccessibleName(self.tr("Groups of settings"))
        tabs.addTab(self._writing(window), self.tr("Writing"))
        tabs.addTab(self._reading(window), self.tr("Reading"))
        tabs.addTab(self._appearance(window), self.tr("Appearance"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(tabs)
        column.addWidget(buttons)

    def _writing(self, window: Window) -> QWidget:
        tools = window.tools
        self.pen_width_box = _GroupChoice(tools.width_group)
        self.pen_colour_box = _GroupChoice(tools.colour_groups[StrokeKind.PEN])
        self.marker_colour_box = _GroupChoice(tools.colour_groups[StrokeKind.MARKER])
        self.pen_width_box.setToolTip(self.tr("How broad the pen writes"))
        self.pen_colour_box.setToolTip(self.tr("What the pen writes in"))
        self.marker_colour_box.setToolTip(self.tr("What the marker marks in"))
        self.pen_only_box = _Switch(tools.pen_only_action)
        self.guides_box = _Switch(tools.guides_action)
        return _page(
            {
                self.tr("Pen &width"): self.pen_width_box,
                self.tr("Pen &colour"): self.pen_colour_box,
                self.tr("&Marker colour"): self.marker_colour_box,
            },
            self.pen_only_box,
            self.guides_box,
        )

    def _reading(self, window: Window) -> QWidget:
        self.alphabet_box = _BoxChoice(window.alphabet_box)
        self.layout_box = _BoxChoice(window.layout_box)
        self.model_box = _BoxChoice(window.model_box)
        self.engine_box = _GroupChoice(window.engine_group)
        self.engine_box.setToolTip(self.tr("What runs the model"))
        self.copy_words_box = _Switch(window.copy_words_action)
        return _page(
            {
                self.tr("&Alphabet"): self.alphabet_box,
                self.tr("On the &pad"): self.layout_box,
                self.tr("&Model"): self.model_box,
                self.tr("&Engine"): self.engine_box,
            },
            self.copy_words_box,
        )

    def _appearance(self, window: Window) -> QWidget:
        self.theme_box = _GroupChoice(window.theme_group)
        self.theme_box.setToolTip(self.tr("Which colours the program has"))
        text = self.tr("Another language shows when Glyphpad is started again.")
        later = QLabel(text)
        later.setWordWrap(True)
        self.language_box.setToolTip(self.tr("Which language the program speaks"))
        self.language_box.setAccessibleDescription(text)
        return _page(
            {self.tr("&Theme"): self.theme_box, self.tr("&Language"): self.language_box}, later
        )

    def _language_choice(self, language: str) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("As the system"), SYSTEM_LANGUAGE)
        for code, name in LANGUAGES.items():
            box.addItem(name, code)
        box.setCurrentIndex(max(box.findData(language), 0))
        box.activated.connect(self._tell_language)
        return box

    @Slot()
    def _tell_language(self) -> None:
        self.languageChosen.emit(self.language_box.currentData())


class _GroupChoice(QComboBox):
    """A box in the place of a group of actions, of which one is ticked."""

    def __init__(self, group: QActionGroup) -> None:
        super().__init__()
        self._actions = group.actions()
        for action in self._actions:
            self.addItem(action.icon(), _plain(action.text()), action.data())
            action.toggled.connect(self._follow)
        self.activated.connect(self._choose)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        for index, action in enumerate(self._actions):
            if action.isChecked():
                self.setCurrentIndex(index)

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._actions[index].trigger()


class _BoxChoice(QComboBox):
    """A box in the place of another, with the same entries."""

    def __init__(self, other: QComboBox) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._other = other
        self.setModel(other.model())
        self.setToolTip(other.toolTip())
        self.setCurrentIndex(other.currentIndex())
        other.currentIndexChanged.connect(self.setCurrentIndex)
        self.activated.connect(self._choose)

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._other.setCurrentIndex(index)
        self._other.activated.emit(index)


class _Switch(QCheckBox):
    """A box to tick in the place of an action that is on or off."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action.text())
        self.setToolTip(action.toolTip())
        self.setChecked(action.isChecked())
        action.toggled.connect(self.setChecked)
        self.toggled.connect(action.setChecked)


def _page(rows: Mapping[str, QWidget], *below: QWidget) -> QWidget:
    """A tab: named rows, and what needs no name below them."""
    page = QWidget()
    form = QFormLayout(page)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for text, control in rows.items():
        form.addRow(text, control)
        control.setAccessibleName(_plain(text))
    for widget in below:
        form.addRow(widget)
    return page


def _plain(text: str) -> str:
    """A text without the mark of its mnemonic."""
    return text.replace("&", "")
