"""What was put right on pages comes back with their files, and is kept as it changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.picture import Picture
from desktop.pages.documents import Documents
from desktop.pages.page import Page
from desktop.pages.page_corrections import PageCorrections
from desktop.pages.page_keeping import KeptPages, PageKeeper


class KeptCorrections(QObject):
    """Between the corrections of the pages that are open and what keeps them on the disk.

    Signals:
        settled: What is kept of all that was asked for is known.
    """

    settled = Signal()

    def __init__(
        self,
        keeper: PageKeeper,
        documents: Documents,
        corrections: PageCorrections,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._documents = documents
        self._corrections = corrections
        self._asked: dict[Path | Picture, tuple[Page, ...]] = {}
        self._keys: dict[Page, str | None] = {}
        self._changed: set[Page] = set()
        self._taking_up = False
        keeper.opened.connect(self._take_up)
        corrections.changed.connect(self._keep)
        documents.closed.connect(self._forget)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is still being looked for."""
        return not self._asked

    def ask(self, page: Page, picture: Picture | None = None) -> None:
        """Has what is kept of a page's file looked for, unless it was.

        Args:
            page: Any.
            picture: The page's, if it has no file.
        """
        source = page.path or picture
        if source is None or page in self._keys:
            return
        pages = self._pages_of(page)
        self._keys.update(dict.fromkeys(pages))
        self._asked[source] = pages
        self._keeper.open(source)

    def _pages_of(self, page: Page) -> tuple[Page, ...]:
        """All pages of the same file."""
        if page.path is None:
            return (page,)
        return tuple(each for each in self._documents.model.pages if each.path == page.path)

    @Slot(object)
    def _take_up(self, kept: KeptPages) -> None:
        for page in self._asked.pop(kept.source, ()):
            if page not in self._keys:
                continue  # it was closed meanwhile
            self._keys[page] = kept.key
            if page in self._changed:
                self._keep(page)
            else:
                self._taking_up = True
                self._corrections.take_up(page, kept.pages.get(page.number, ()))
                self._taking_up = False
        if self.is_settled:
            self.settled.emit()

    @Slot(object)
    def _keep(self, page: Page) -> None:
        if self._taking_up:
            return
        self._changed.add(page)
        key = self._keys.get(page)
        if key is not None:
            self._keeper.keep(key, page.number, self._corrections.of(page))

    @Slot(object)
    def _forget(self, pages: tuple[Page, ...]) -> None:
        for page in pages:
            self._keys.pop(page, None)
            self._changed.discard(page)
