"""Putting right what was read on a page: another sign, two that are one, nothing at all."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from core.box import Box, enclosing
from core.page_corrections import PageCorrection
from core.reading import ReadGlyph
from desktop.pages.page import Page
from desktop.pages.page_corrections import PageCorrections
from desktop.reading.reader import Reader
from desktop.reading.recognition import Answer, Recogniser
from desktop.window import Window


class PageCorrector(QObject):
    """Between what a person says about the selected glyph of a page, and the page's corrections."""

    def __init__(
        self,
        window: Window,
        reader: Reader,
        recogniser: Recogniser,
        corrections: PageCorrections,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._reader = reader
        self._recogniser = recogniser
        self._corrections = corrections
        self._joining: tuple[int, Page, Box] | None = None
        window.page_view.signTyped.connect(self.tell)
        window.page_view.regionDrawn.connect(reader.choose_region)
        window.page_view.regionCleared.connect(self._read_all)
        window.panel.candidateChosen.connect(self.tell)
        window.panel.signTyped.connect(self.tell)
        window.joinRequested.connect(self.join)
        window.deleteGlyphRequested.connect(self.delete)
        window.readAgainRequested.connect(self.read_again)
        recogniser.answeredAside.connect(self._take_joined)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Says what stands in the selected glyph's box, or in a box that was drawn around what was
        not found, or is one character; nothing where it is empty."""
        page, region, glyph = self._reader.page, self._reader.region, self._reader.glyph
        if page is None:
            return
        if region is not None and len(self._reader.boxes) <= 1:
            self._put(page, region, text)
            self._window.page_view.clear_region()
        elif glyph is not None:
            self._put(page, glyph.box, text)

    def put(self, correction: PageCorrection) -> None:
        """Says what stands at a place of the page."""
        page = self._reader.page
        if page is not None:
            self._put(page, correction.box, correction.text)

    @Slot()
    def join(self) -> None:
        """Says that the selected glyph and the one after it are one: it is read as one."""
        page, picture = self._reader.page, self._reader.picture
        glyph, other = self._reader.glyph, self._reader.neighbour
        if page is None or picture is None or glyph is None or other is None:
            return
        box = enclosing((glyph.box, other.box))
        number = self._recogniser.ask_aside(
            picture,
            alphabet=self._reader.alphabet,
            layout="character",
            steps=self._reader.steps,
            region=box,
        )
        self._joining = (number, page, box)

    @Slot()
    def delete(self) -> None:
        """Says that there is nothing where the selected glyph is."""
        page, glyph = self._reader.page, self._reader.glyph
        if page is not None and glyph is not None:
            self._put(page, glyph.box, "")

    @Slot()
    def read_again(self) -> None:
        """Takes back what was said about the selected glyph; reads the page whose reading was
        given up."""
        page, glyph = self._reader.page, self._reader.glyph
        if page is None:
            return
        self._reader.read_picture()
        told = [each for each in self._corrections.of(page) if _is_about(each, glyph)]
        if told:
            self._corrections.forget(page, told, self.tr("read again"))

    def _put(self, page: Page, box: Box, text: str) -> None:
        name = self.tr("correct") if text.strip() else self.tr("delete character")
        self._corrections.put(page, (PageCorrection(box, text),), name)

    @Slot()
    def _read_all(self) -> None:
        self._reader.choose_region(None)

    @Slot(object)
    def _take_joined(self, answer: Answer) -> None:
        if self._joining is None or answer.number != self._joining[0]:
            return
        _, page, box = self._joining
        self._joining = None
        text = "".join(glyph.text for glyph in answer.reading.glyphs)
        if text:
            self._corrections.put(page, (PageCorrection(box, text),), self.tr("join"))


def _is_about(correction: PageCorrection, glyph: ReadGlyph | None) -> bool:
    if glyph is None:
        return False
    x, y = glyph.box.centre
    box = correction.box
    return box.x <= x <= box.right and box.y <= y <= box.bottom
