"""The actions of the pad's tools, their menu and their toolbar. They tell; others do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from core.ink import Colour, StrokeKind
from desktop.hand.pen import Tool
from desktop.pad.ink_choices import COLOURS, WIDTHS

if TYPE_CHECKING:
    from desktop.canvas.canvas import Canvas


@dataclass(frozen=True, slots=True)
class _Texts:
    """What an action is called, what it does, and its keys."""

    name: str
    tip: str
    keys: str


_SWATCH = 16
"""Side of the picture of a colour, in pixels."""


class ToolActions(QWidget):
    """Makes the actions; never shown itself.

    Signals:
        toolChosen(Tool): A tool was chosen.
        colourChosen(StrokeKind, str): A colour was chosen, by its name.
        widthChosen(str): A width was chosen, by its name.
    """

    toolChosen = Signal(object)
    colourChosen = Signal(object, str)
    widthChosen = Signal(str)

    def __init__(self, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.tool_group = self._tools()
        self.colour_groups = {kind: self._colours(kind) for kind in StrokeKind}
        self.width_group = self._widths()
        self.pen_only_action = self._toggle(
            self.tr("&Only the pen writes"),
            "Ctrl+Shift+P",
            self.tr("Fingers and the palm move the page; pen and mouse write"),
        )
        self.guides_action = self._toggle(
            self.tr("&Guide lines"),
            "Ctrl+G",
            self.tr("Show lines that tell small letters from capitals by their height"),
        )
        keys = QKeySequence.StandardKey
        self.zoom_in_action = self._action(self.tr("Zoom &in"), "", self.tr("Enlarge the pad"))
        self.zoom_in_action.setShortcuts(
            [*QKeySequence.keyBindings(keys.ZoomIn), QKeySequence("Ctrl+=")]
        )
        self.zoom_out_action = self._action(self.tr("Zoom &out"), "", self.tr("Reduce the pad"))
        self.zoom_out_action.setShortcuts(keys.ZoomOut)
        self.zoom_reset_action = self._action(
            self.tr("&Actual size"), "Ctrl+0", self.tr("Show the pad as it was at first")
        )
        self._make_edit_actions(canvas)
        self.set_has_selection(has=False)

    def edit_actions(self) -> list[QAction]:
        """What can be done with selected ink, for the menu."""
        return [self.cut_action, self.copy_action, self.delete_action, self.select_all_action]

    def view_actions(self) -> list[QAction]:
        """What changes how the pad is seen, for the menu."""
        return [
            self.guides_action,
            self.zoom_in_action,
            self.zoom_out_action,
            self.zoom_reset_action,
        ]

    def set_has_selection(self, *, has: bool) -> None:
        """Offers what needs selected ink, or does not."""
        for action in (self.cut_action, self.copy_action, self.delete_action):
            action.setEnabled(has)

    def menu(self) -> QMenu:
        """The menu of tools."""
        menu = QMenu(self.tr("&Tools"), self.parentWidget())
        menu.addActions(self.tool_group.actions())
        menu.addSeparator()
        self._add_looks(menu)
        menu.addSeparator()
        menu.addAction(self.pen_only_action)
        return menu

    def toolbar(self) -> QToolBar:
        """The toolbar of tools."""
        bar = QToolBar(self.tr("Pens"))
        bar.setObjectName("pens")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addActions(self.tool_group.actions())
        bar.addSeparator()
        bar.addWidget(self._looks_button())
        bar.addSeparator()
        bar.addAction(self.guides_action)
        return bar

    def _looks_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Colour and width"))
        button.setToolTip(self.tr("What pen and marker look like"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        self._add_looks(menu)
        button.setMenu(menu)
        return button

    def _add_looks(self, menu: QMenu) -> None:
        titles = {
            StrokeKind.PEN: self.tr("Pen &colour"),
            StrokeKind.MARKER: self.tr("M&arker colour"),
        }
        for kind, title in titles.items():
            menu.addMenu(title).addActions(self.colour_groups[kind].actions())
        menu.addMenu(self.tr("Pen &width")).addActions(self.width_group.actions())

    def _make_edit_actions(self, canvas: Canvas) -> None:
        keys = QKeySequence.StandardKey
        self.cut_action = self._action(self.tr("Cu&t ink"), "", self.tr("Cut the selected ink"))
        self.cut_action.setShortcuts(keys.Cut)
        self.copy_action = self._action(
            self.tr("Copy i&nk"), "", self.tr("Copy the selected ink, also as a picture")
        )
        self.copy_action.setShortcuts(keys.Copy)
        self.delete_action = self._action(
            self.tr("&Delete ink"), "", self.tr("Take the selected ink off the pad")
        )
        self.delete_action.setShortcuts(
            [QKeySequence(Qt.Key.Key_Delete), QKeySequence(Qt.Key.Key_Backspace)]
        )
        self.select_all_action = self._action(
            self.tr("Select &all ink"), "", self.tr("Select all ink on the pad")
        )
        self.select_all_action.setShortcuts(keys.SelectAll)
        for action in self.edit_actions():
            # a text that has the keyboard has keys of the same names
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            canvas.addAction(action)

    def _tools(self) -> QActionGroup:
        group = QActionGroup(self)
        for tool, texts in self._tool_texts().items():
            action = self._action(texts.name, texts.keys, texts.tip)
            action.setCheckable(True)
            action.setChecked(tool is Tool.PEN)
            action.setData(tool)
            group.addAction(action)
        group.triggered.connect(self._tell_tool)
        return group

    def _colours(self, kind: StrokeKind) -> QActionGroup:
        group = QActionGroup(self)
        group.setObjectName(kind.value)
        texts = self._colour_texts()
        for name, colour in COLOURS[kind].items():
            action = QAction(texts[name], group)
            action.setCheckable(True)
            action.setData(name)
            if colour is not None:
                action.setIcon(_swatch(colour))
        group.triggered.connect(self._tell_colour)
        return group

    def _widths(self) -> QActionGroup:
        group = QActionGroup(self)
        texts = self._width_texts()
        for name in WIDTHS:
            action = QAction(texts[name], group)
            action.setCheckable(True)
            action.setData(name)
        group.triggered.connect(self._tell_width)
        return group

    def _tool_texts(self) -> dict[Tool, _Texts]:
        """Of every tool that can be chosen, in the order of the toolbar."""
        return {
            Tool.PEN: _Texts(self.tr("&Pen"), self.tr("Write"), "Ctrl+1"),
            Tool.MARKER: _Texts(
                self.tr("&Marker"), self.tr("Mark with a broad, translucent line"), "Ctrl+2"
            ),
            Tool.ERASER: _Texts(self.tr("&Eraser"), self.tr("Erase whole strokes"), "Ctrl+3"),
            Tool.AREA_ERASER: _Texts(
                self.tr("&Rub out"),
                self.tr("Erase what the eraser passes over, and no more"),
                "Ctrl+4",
            ),
            Tool.SELECT: _Texts(
                self.tr("&Select"),
                self.tr("Draw around ink to move, scale, copy or delete it"),
                "Ctrl+5",
            ),
        }

    def _colour_texts(self) -> dict[str, str]:
        return {
            "text": self.tr("As &text"),
            "blue": self.tr("&Blue"),
            "red": self.tr("&Red"),
            "green": self.tr("&Green"),
            "orange": self.tr("&Orange"),
            "purple": self.tr("&Purple"),
            "yellow": self.tr("&Yellow"),
            "pink": self.tr("Pin&k"),
        }

    def _width_texts(self) -> dict[str, str]:
        return {
            "fine": self.tr("&Fine"),
            "medium": self.tr("&Medium"),
            "broad": self.tr("&Broad"),
        }

    def _tell_tool(self, action: QAction) -> None:
        self.toolChosen.emit(action.data())

    def _tell_colour(self, action: QAction) -> None:
        group = action.actionGroup()
        if group is not None:
            self.colourChosen.emit(StrokeKind(group.objectName()), action.data())

    def _tell_width(self, action: QAction) -> None:
        self.widthChosen.emit(action.data())

    def _toggle(self, text: str, keys: str, tip: str) -> QAction:
        action = self._action(text, keys, tip)
        action.setCheckable(True)
        return action

    def _action(self, text: str, keys: str, tip: str) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setToolTip(tip)
        action.setStatusTip(tip)
        return action


def choose(group: QActionGroup, data: object) -> None:
    """Ticks the entry of a group that stands for `data`."""
    for action in group.actions():
        action.setChecked(action.data() == data)


def _swatch(colour: Colour) -> QIcon:
    pixmap = QPixmap(QSize(_SWATCH, _SWATCH))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.red, colour.green, colour.blue))
    painter.drawEllipse(1, 1, _SWATCH - 2, _SWATCH - 2)
    painter.end()
    return QIcon(pixmap)
