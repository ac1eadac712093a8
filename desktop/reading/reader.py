"""What is being read, the pad or a picture: asks for readings and says when they have come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.alphabet import Alphabet
from core.box import Box
from core.corrections import Correction
from core.errors import GlyphpadError
from core.finding import Layout
from core.glyph import Glyph
from core.guides import Guides
from core.ink import Ink, Stroke, StrokeKind
from core.inkml import InkDocument
from core.pen_reading import parted
from core.picture import Picture
from core.reading import ReadGlyph, Reading, ReadWord
from core.sources import read_page
from core.striking import struck
from desktop.pad.corrections import Corrections
from desktop.pad.pad import Pad
from desktop.reading.opening import Opener
from desktop.reading.recognition import Answer, Recogniser

LIVE_INTERVAL = 30
"""Milliseconds between two readings of a stroke that is still being drawn: as often as a chart can
be followed, and seldom enough that a long stroke is not copied at every event."""

_REACH = 6.0
"""How far outside a box a click still means it, in ink pixels."""

_PICTURE_LAYOUT: Layout = "auto"


class Reader(QObject):
    """Between the window and the recognition thread.

    Signals:
        padShown: The pad is what is read now.
        pictureShown(Picture): A picture is what is read now.
        inkOpened(InkDocument): A file of ink was opened, for the pad.
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
        corrections: Corrections,
        recogniser: Recogniser,
        opener: Opener,
        *,
        alphabet: Alphabet,
        pad_layout: Layout,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pad = pad
        self._corrections = corrections
        self._guides: Guides | None = None
        self._recogniser = recogniser
        self._opener = opener
        self._alphabet = alphabet
        self._pad_layout: Layout = pad_layout
        self._picture: Picture | None = None
        self._live: Stroke | None = None
        self._reading: Reading | None = None
        self._selected: int | None = None
        self._held: tuple[Stroke, ...] = ()
        self._newest: Stroke | None = None
        self._settled: Reading | None = None
        self._fresh_from = 0
        self._files: tuple[Path, ...] = ()
        self._file = 0
        self._page = 1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_INTERVAL)
        self._timer.timeout.connect(self._ask)
        pad.inkChanged.connect(self._ink_changed)
        corrections.changed.connect(self._ask)
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
    def word(self) -> ReadWord | None:
        """The word on the pad that the selected glyph is in."""
        glyph = self.glyph
        if glyph is None or self._reading is None or self._picture is not None:
            return None
        words = (word for line in self._reading.lines for word in line.words)
        return next((word for word in words if glyph in word.glyphs), None)

    @property
    def neighbour(self) -> ReadGlyph | None:
        """The glyph after the selected one on its line."""
        if self._reading is None or self._selected is None:
            return None
        following = self._reading.glyphs[self._selected + 1 : self._selected + 2]
        mine = self._reading.glyphs[self._selected].glyph.line
        return following[0] if following and following[0].glyph.line == mine else None

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

    def choose_guides(self, guides: Guides | None) -> None:
        """Takes note of the guide lines that are on the pad now."""
        self._guides = guides
        self._ask()

    def select(self, index: int) -> None:
        """Makes another glyph of the reading the selected one."""
        if self._reading is not None and 0 <= index < len(self._reading.glyphs):
            self._selected = index
            self._held = self._reading.glyphs[index].glyph.strokes
            self.selectionChanged.emit(index)

    def select_at(self, x: float, y: float) -> None:
        """Makes the glyph at a place of the pad, in ink pixels, the selected one; of several the
        smallest."""
        near = [
            (box.width * box.height, index)
            for index, box in enumerate(self.boxes)
            if box.grown(_REACH).contains(x, y)
        ]
        if near:
            self.select(min(near)[1])

    def select_in_text(self, place: int) -> None:
        """Makes the glyph whose sign is at a place of the text, or before it, the selected one."""
        if self._reading is not None and self._reading.glyphs:
            self.select(max(bisect_right(self._reading.places, place) - 1, 0))

    def step(self, by: int) -> None:
        """Makes the glyph so many further on the selected one, as far as there are any."""
        if self._reading is not None and self._reading.glyphs:
            now = -by if self._selected is None else self._selected
            self.select(min(max(now + by, 0), len(self._reading.glyphs) - 1))

    # --- what is put right ---

    def correct(self, text: str) -> None:
        """Says what the selected glyph of the pad is."""
        glyph = self._pad_glyph
        if glyph is not None:
            self._put((Correction(glyph.strokes, text),), self.tr("correct"))

    def join(self) -> None:
        """Says that the selected glyph of the pad and the one after it are one character."""
        glyph, other = self._pad_glyph, self.neighbour
        if glyph is not None and other is not None:
            strokes = self._drawn({*glyph.strokes, *other.glyph.strokes})
            self._put((Correction(strokes),), self.tr("join"))

    def split(self) -> None:
        """Says that the selected glyph of the pad is two characters: it is cut where its strokes
        are furthest apart, across."""
        glyph = self._pad_glyph
        if glyph is None or len(glyph.strokes) < 2:  # noqa: PLR2004  # one stroke is not cut
            return
        parts = [self._drawn(set(part)) for part in parted(glyph.strokes)]
        self._put(tuple(Correction(part) for part in parts), self.tr("split"))

    def read_again(self) -> None:
        """Takes back what was said about the selected glyph."""
        glyph = self._pad_glyph
        if glyph is not None:
            self._corrections.forget(glyph.strokes, self.tr("read again"))

    def delete_glyph(self) -> None:
        """Takes the ink of the selected glyph off the pad."""
        glyph = self._pad_glyph
        if glyph is not None:
            self._pad.remove_strokes(glyph.strokes, self.tr("delete character"))

    @Slot(object)
    def look_for_strike(self, stroke: Stroke) -> None:
        """Takes the characters that a new stroke strikes through off the pad, and the stroke
        itself, as a step of its own: undone, both are there. A marker strikes nothing through:
        it is drawn over what matters."""
        marks = stroke.style.kind is StrokeKind.MARKER
        if marks or self._pad_layout == "character" or self._settled is None:
            return
        there = set(self._pad.ink.strokes)
        glyphs = [g for g in self._settled.glyphs if there.issuperset(g.glyph.strokes)]
        hit = struck(stroke, [g.box for g in glyphs], [g.text for g in glyphs])
        if hit:
            gone = [one for index in hit for one in glyphs[index].glyph.strokes]
            self._pad.remove_strokes((*gone, stroke), self.tr("strike through"))

    @property
    def _pad_glyph(self) -> Glyph | None:
        """The selected glyph, if it is ink that is on the pad."""
        if self._picture is not None or self.glyph is None:
            return None
        glyph = self.glyph.glyph
        return glyph if set(self._pad.ink.strokes).issuperset(glyph.strokes) else None

    def _drawn(self, strokes: set[Stroke]) -> tuple[Stroke, ...]:
        """`strokes` in the order in which they were drawn."""
        return tuple(stroke for stroke in self._pad.ink.strokes if stroke in strokes)

    def _put(self, corrections: tuple[Correction, ...], text: str) -> None:
        self._held = corrections[0].strokes
        self._corrections.put(corrections, text)

    def follow(self, live: Stroke | None) -> None:
        """Takes note of the stroke under the pen; it is read soon, with those before it."""
        self._live = live
        self._held = ()
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
        elif isinstance(source, InkDocument):
            self.show_pad()
            self.inkOpened.emit(source)

    @Slot(object)
    def _open_failed(self, error: GlyphpadError) -> None:
        self.failed.emit(error)

    @Slot()
    def _ink_changed(self) -> None:
        self._live = None
        self._held = ()
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
            self._newest = source.strokes[-1] if source else None
        return self._recogniser.ask(
            source,
            alphabet=self._alphabet,
            layout=layout,
            corrections=self._corrections.all,
            guides=self._guides,
        )

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        if answer.number < self._fresh_from:
            return  # of what was shown before
        self._tell(answer.reading)
        if self._picture is None and self._live is None:
            self._settled = answer.reading
        self.timed.emit(answer.seconds, answer.reading.model, answer.engine)

    def _tell(self, reading: Reading | None) -> None:
        self._reading = reading
        if reading is None or not reading.glyphs:
            self._selected = None
        elif self._picture is None:
            self._selected = self._followed(reading)
        else:
            self._selected = min(self._selected or 0, len(reading.glyphs) - 1)
        self.readingChanged.emit(reading)
        self.selectionChanged.emit(self._selected)

    def _followed(self, reading: Reading) -> int:
        """The glyph that was selected by hand, as long as there is no new ink; else the one of the
        newest stroke."""
        wanted = self._held[0] if self._held else self._newest
        for index, one in enumerate(reading.glyphs):
            if wanted in one.glyph.strokes:
                return index
        return len(reading.glyphs) - 1
