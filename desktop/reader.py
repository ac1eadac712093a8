"""What is being read, the pad or a picture: asks for readings and says when they have come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.alphabet import Alphabet
from core.box import Box
from core.errors import GlyphpadError
from core.finding import Layout
from core.ink import Ink, Stroke
from core.picture import Picture
from core.reading import ReadGlyph, Reading
from core.sources import read_page
from desktop.opening import Opener
from desktop.pad import Pad
from desktop.recognition import Answer, Recogniser

LIVE_INTERVAL = 30
"""Milliseconds between two readings of a stroke that is still being drawn: as often as a chart can
be followed, and seldom enough that a long stroke is not copied at every event."""

_PICTURE_LAYOUT: Layout = "auto"


class Reader(QObject):
    """Between the window and the recognition thread.

    Signals:
        padShown: The pad is what is read now.
        pictureShown(Picture): A picture is what is read now.
        inkOpened(Ink): A file of ink was opened, for the pad.
        opening(Path): A file is being opened.
        readingChanged(Reading | None): What is read now says this; None while nothing is known.
        selectionChanged(int | None): Another glyph of the reading is the selected one.
        timed(float, str, str): The last reading took so many seconds, with this model and engine.
        cancelled: The opening of a file was given up.
        failed(GlyphpadError): A file could not be used; what was shown stays.
    """

    padShown = Signal()
    pictureShown = Signal(object)
    inkOpened = Signal(object)
    opening = Signal(object)
    readingChanged = Signal(object)
    selectionChanged = Signal(object)
    timed = Signal(float, str, str)
    cancelled = Signal()
    failed = Signal(object)

    def __init__(
        self,
        pad: Pad,
        recogniser: Recogniser,
        opener: Opener,
        *,
        alphabet: Alphabet,
        pad_layout: Layout,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pad = pad
        self._recogniser = recogniser
        self._opener = opener
        self._alphabet = alphabet
        self._pad_layout: Layout = pad_layout
        self._picture: Picture | None = None
        self._live: Stroke | None = None
        self._reading: Reading | None = None
        self._selected: int | None = None
        self._fresh_from = 0
        self._files: tuple[Path, ...] = ()
        self._file = 0
        self._page = 1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_INTERVAL)
        self._timer.timeout.connect(self._ask)
        pad.inkChanged.connect(self._ink_changed)
        recogniser.answered.connect(self._take)
        recogniser.ready.connect(self._ask)
        opener.opened.connect(self._show_opened)
        opener.failed.connect(self._open_failed)

    @property
    def alphabet(self) -> Alphabet:
        return self._alphabet

    @property
    def pad_layout(self) -> Layout:
        return self._pad_layout

    @property
    def reading(self) -> Reading | None:
        return self._reading

    @property
    def glyph(self) -> ReadGlyph | None:
        """The selected glyph of the reading."""
        if self._reading is None or self._selected is None:
            return None
        return self._reading.glyphs[self._selected]

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of the reading's glyphs."""
        return () if self._reading is None else tuple(g.box for g in self._reading.glyphs)

    @property
    def selected(self) -> int | None:
        return self._selected

    def choose_alphabet(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._ask()

    def choose_pad_layout(self, layout: Layout) -> None:
        self._pad_layout = layout
        self._ask()

    def select(self, index: int) -> None:
        """Makes another glyph of the reading the selected one."""
        if self._reading is not None and 0 <= index < len(self._reading.glyphs):
            self._selected = index
            self.selectionChanged.emit(index)

    def follow(self, live: Stroke | None) -> None:
        """Takes note of the stroke under the pen; it is read soon, with those before it."""
        self._live = live
        if not self._timer.isActive():
            self._timer.start()

    def show_pad(self) -> None:
        if self._picture is not None:
            self._picture = None
            self.padShown.emit()
        self._opener.cancel()
        self._fresh_from = self._ask()

    def show_picture(self, picture: Picture) -> None:
        self._picture = picture
        self._tell(None)
        self.pictureShown.emit(picture)
        self._fresh_from = self._ask()

    def cancel(self) -> None:
        """Gives up the opening of a file; what was shown stays."""
        self._opener.cancel()
        self.cancelled.emit()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Opens the first of `paths`; the others are a step away."""
        if paths:
            self._files = tuple(paths)
            self._file, self._page = 0, 1
            self._open()

    @property
    def has_next(self) -> bool:
        return self._file + 1 < len(self._files) or self._has_next_page

    @property
    def has_previous(self) -> bool:
        return self._file > 0 or self._page > 1

    def open_next(self) -> None:
        """Opens the next page of the file, or the next file."""
        if not self.has_next:
            return
        if self._has_next_page:
            self._page += 1
        else:
            self._file, self._page = self._file + 1, 1
        self._open()

    def open_previous(self) -> None:
        """Opens the page before, or the first of the file before."""
        if not self.has_previous:
            return
        if self._page > 1:
            self._page -= 1
        else:
            self._file -= 1
        self._open()

    @property
    def _has_next_page(self) -> bool:
        return self._picture is not None and self._page < self._picture.pages

    def _open(self) -> None:
        path = self._files[self._file]
        self.opening.emit(path)
        self._opener.open(partial(read_page, path, self._page))

    @Slot(object)
    def _show_opened(self, source: object) -> None:
        if isinstance(source, Picture):
            self.show_picture(source)
        elif isinstance(source, Ink):
            self.show_pad()
            self.inkOpened.emit(source)

    @Slot(object)
    def _open_failed(self, error: GlyphpadError) -> None:
        self.failed.emit(error)

    @Slot()
    def _ink_changed(self) -> None:
        self._live = None
        self._ask()

    @Slot()
    def _ask(self) -> int:
        """Has what is shown now read; the request's number."""
        source: Ink | Picture
        if self._picture is not None:
            source, layout = self._picture, _PICTURE_LAYOUT
        else:
            ink = self._pad.ink
            source = ink if self._live is None else ink.extended(self._live)
            layout = self._pad_layout
        return self._recogniser.ask(source, alphabet=self._alphabet, layout=layout)

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        if answer.number < self._fresh_from:
            return  # of what was shown before
        self._tell(answer.reading)
        self.timed.emit(answer.seconds, answer.reading.model, answer.engine)

    def _tell(self, reading: Reading | None) -> None:
        count = 0 if reading is None else len(reading.glyphs)
        self._reading = reading
        if count == 0:
            self._selected = None
        elif self._picture is None:
            self._selected = count - 1  # on the pad, the character just written
        else:
            self._selected = min(self._selected or 0, count - 1)
        self.readingChanged.emit(reading)
        self.selectionChanged.emit(self._selected)
