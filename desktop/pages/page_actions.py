"""The actions of pages that are open, their menu entries and their toolbar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolBar, QWidget


class PageActions(QWidget):
    """Makes the actions; never shown itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._make_file_actions()
        self._make_looking_actions()
        self._make_size_actions()
        self.offer(pages=0, shown=False)
        self.show_for(page=False)

    def offer(self, *, pages: int, shown: bool) -> None:
        """Says what can be done with the pages that are open.

        Args:
            pages: How many there are.
            shown: Whether one of them is shown.
        """
        self.close_page_action.setEnabled(shown)
        for action in (self.close_all_action, self.export_all_action, self.list_action):
            action.setEnabled(pages > 0)

    def show_for(self, *, page: bool) -> None:
        """Offers what can be done with a picture that is shown, or does not."""
        for action in (*self.looking_actions(), *self.size_actions()):
            action.setEnabled(page)

    def close_actions(self) -> list[QAction]:
        """What takes pages off the list, for the menu."""
        return [self.close_page_action, self.close_all_action]

    def looking_actions(self) -> list[QAction]:
        """What shows more or less of a page, for the menu and the toolbar."""
        return [self.part_action, self.boxes_action, self.steps_action, self.doubts_action]

    def size_actions(self) -> list[QAction]:
        """What changes how large a page is seen, for the menu and the toolbar."""
        return [self.page_width_action, self.actual_size_action]

    def toolbar(self) -> QToolBar:
        """The toolbar of pages."""
        bar = QToolBar(self.tr("Page"))
        bar.setObjectName("page")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar.addActions(self.looking_actions())
        bar.addSeparator()
        bar.addActions(self.size_actions())
        return bar

    def _make_file_actions(self) -> None:
        self.close_page_action = self._action(
            self.tr("Close pa&ge"), "", self.tr("Take this page off the list; its file stays")
        )
        self.close_page_action.setShortcuts(QKeySequence.StandardKey.Close)
        self.close_all_action = self._action(
            self.tr("Close a&ll pages"),
            "Ctrl+Shift+W",
            self.tr("Take all pages off the list, and go back to the pad"),
        )
        self.export_all_action = self._action(
            self.tr("Export &all pages…"),
            "Ctrl+Shift+E",
            self.tr("Save what stands on all pages that are open, for other programs"),
        )
        self.list_action = self._toggle(
            self.tr("&List of pages"), "F4", self.tr("Show the pages that are open"), on=True
        )

    def _make_looking_actions(self) -> None:
        self.part_action = self._toggle(
            self.tr("Read a pa&rt"),
            "Ctrl+Shift+R",
            self.tr("Draw a box on the picture: just what is in it is read; Escape reads it all"),
        )
        self.boxes_action = self._toggle(
            self.tr("&Boxes"), "Ctrl+B", self.tr("Show a box on each character"), on=True
        )
        self.steps_action = self._toggle(
            self.tr("&Cleaning"),
            "F7",
            self.tr("Show what each step of the cleaning does, and switch steps on and off"),
        )
        self.doubts_action = self._action(
            self.tr("In &doubt"), "F8", self.tr("Go through what was read in doubt, one by one")
        )

    def _make_size_actions(self) -> None:
        self.page_width_action = self._action(
            self.tr("Page &width"), "Ctrl+9", self.tr("Show the page as wide as there is room")
        )
        self.actual_size_action = self._action(
            self.tr("Pi&xel by pixel"),
            "Ctrl+8",
            self.tr("Show a pixel of the picture as a pixel of the display"),
        )

    def _toggle(self, text: str, keys: str, tip: str, *, on: bool = False) -> QAction:
        action = self._action(text, keys, tip)
        action.setCheckable(True)
        action.setChecked(on)
        return action

    def _action(self, text: str, keys: str, tip: str) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setToolTip(tip)
        action.setStatusTip(tip)
        return action
