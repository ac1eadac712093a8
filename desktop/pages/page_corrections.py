"""What a person put right on the pages that are open, each page with steps of its own to undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

if TYPE_CHECKING:
    from core.page_corrections import PageCorrection
    from desktop.pages.page import Page

    Told = tuple[PageCorrection, ...]


class PageCorrections(QObject):
    """Holds the corrections of each page; every change goes through the page's undo stack.

    Args:
        history: The stacks of everything that is undone in the window; the pad's is in it.
        pad_history: The pad's: the active one while no page is shown.

    Signals:
        changed(Page): Those of a page are others now.
    """

    changed = Signal(object)

    def __init__(
        self, history: QUndoGroup, pad_history: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._pad_history = pad_history
        self._told: dict[Page, Told] = {}
        self._stacks: dict[Page, QUndoStack] = {}

    def of(self, page: Page | None) -> Told:
        """Those of a page, the latest last."""
        return () if page is None else self._told.get(page, ())

    def put(self, page: Page, corrections: Told, text: str) -> None:
        """Says what stands at places of a page, in the place of what was said of the same ones, as
        one step called `text`."""
        boxes = {each.box for each in corrections}
        kept = tuple(each for each in self.of(page) if each.box not in boxes)
        self._push(page, (*kept, *corrections), text)

    def forget(self, page: Page, corrections: Iterable[PageCorrection], text: str) -> None:
        """Takes back what was said of places, as one step."""
        gone = set(corrections)
        self._push(page, tuple(each for each in self.of(page) if each not in gone), text)

    def take_up(self, page: Page, corrections: Told) -> None:
        """Begins with what was kept of a page; that is no step."""
        if corrections != self.of(page):
            self.replace(page, corrections)

    def replace(self, page: Page, corrections: Told) -> None:
        """For the undo commands: those of a page are others now."""
        self._told[page] = corrections
        self.changed.emit(page)

    def show(self, page: Page | None) -> None:
        """Has what is undone next be of a page, or of the pad."""
        stack = self._pad_history if page is None else self._stack(page)
        self._history.setActiveStack(stack)

    def close(self, pages: Iterable[Page]) -> None:
        """Forgets pages that are not open any more."""
        for page in pages:
            self._told.pop(page, None)
            stack = self._stacks.pop(page, None)
            if stack is not None:
                self._history.removeStack(stack)
                stack.deleteLater()

    def _stack(self, page: Page) -> QUndoStack:
        if page not in self._stacks:
            self._stacks[page] = QUndoStack(self)
            self._history.addStack(self._stacks[page])
        return self._stacks[page]

    def _push(self, page: Page, corrections: Told, text: str) -> None:
        self._stack(page).push(_Tell(self, page, corrections, text))


class _Tell(QUndoCommand):
    def __init__(self, corrections: PageCorrections, page: Page, after: Told, text: str) -> None:
        super().__init__(text)
        self._corrections = corrections
        self._page = page
        self._before, self._after = corrections.of(page), after

    def redo(self) -> None:
        self._corrections.replace(self._page, self._after)

    def undo(self) -> None:
        self._corrections.replace(self._page, self._before)
