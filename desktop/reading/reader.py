"""What is being read, the pad or a picture: asks for readings and says when they have come."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.cleaning_steps import ALL_STEPS, Steps
from desktop.pages.page_readings import Manner, PageReadings

if TYPE_CHECKING:
    from core.alphabet import Alphabet
    from core.box import Box
    from core.guides import Guides
    from core.ink import Stroke
    from core.layouts import Layout
    from core.page_corrections import PageCorrection
    from core.picture import Picture
    from core.reading import ReadGlyph, Reading, ReadWord
    from desktop.pad.corrections import Corrections
    from desktop.pad.pad import Pad
    from desktop.pages.page import Page
    from desktop.pages.page_corrections import PageCorrections
    from desktop.reading.recognition import Answer, Recogniser

LIVE_INTERVAL = 30
"""Milliseconds between two readings of a stroke that is still being drawn: as often as a chart can
be followed, and seldom enough that a long stroke is not copied at every event."""

_REACH = 6.0
"""How far outside a box a click still means it, in ink pixels."""

PICTURE_LAYOUT: Layout = "auto"


class Reader(QObject):
    """Between the window and the recognition thread.

    Signals:
        padShown: The pad is what is read now.
        pictureShown(Picture): A picture is what is read now.
        readingBegun(Picture): The reading of a picture has begun; what it says is not known yet.
        readingEnded: It has ended, or was given up.
        readingChanged(Reading | None): What is read now says this; None while nothing is known.
        selectionChanged(int | None): Another glyph of the reading is the selected one.
        timed(float, str, str): The last reading took so many seconds, with this model and engine.
    """

    padShown = Signal()
    pictureShown = Signal(object)
    readingBegun = Signal(object)
    readingEnded = Signal()
    readingChanged = Signal(object)
    selectionChanged = Signal(object)
    timed = Signal(float, str, str)

    def __init__(
        self,
        pad: Pad,
        corrections: Corrections,
        recogniser: Recogniser,
        page_corrections: PageCorrections,
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
        self._page_corrections = page_corrections
        self._alphabet = alphabet
        self._pad_layout: Layout = pad_layout
        self._picture: Picture | None = None
        self._page: Page | None = None
        self._readings = PageReadings()
        self._reads_with: tuple[str, str] | None = None
        self._steps = ALL_STEPS
        self._regions: dict[Page | None, Box] = {}
        self._asked_manner: Manner | None = None
        self._asking = False
        self._read: Reading | None = None
        self._live: Stroke | None = None
        self._reading: Reading | None = None
        self._selected: int | None = None
        self._held: tuple[Stroke, ...] = ()
        self._newest: Stroke | None = None
        self._settled: Reading | None = None
        self._fresh_from = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_INTERVAL)
        self._timer.timeout.connect(self._ask_pad)
        pad.inkChanged.connect(self._ink_changed)
        corrections.changed.connect(self._ask_pad)
        recogniser.answered.connect(self._take)
        recogniser.ready.connect(self._begin_with)
        recogniser.modelFailed.connect(self._go_on_without)
        recogniser.crashed.connect(self._end_asking)
        page_corrections.changed.connect(self._correct_page)

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
    def settled(self) -> Reading | None:
        """What the pad said when no stroke was being drawn."""
        return self._settled

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
        self._ask_pad()

    def choose_guides(self, guides: Guides | None) -> None:
        """Takes note of the guide lines that are on the pad now."""
        self._guides = guides
        self._ask_pad()

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

    def hold(self, strokes: tuple[Stroke, ...]) -> None:
        """Keeps the glyph of these strokes the selected one, until there is new ink."""
        self._held = strokes

    def follow(self, live: Stroke | None) -> None:
        """Takes note of the stroke under the pen; it is read soon, with those before it."""
        self._live = live
        self._held = ()
        if not self._timer.isActive():
            self._timer.start()

    def show_pad(self) -> None:
        if self._picture is not None:
            self._recogniser.revoke()
            self._picture = self._page = None
            self._end_asking()
            self.padShown.emit()
        self._fresh_from = self._ask()

    def show_picture(self, picture: Picture, page: Page | None = None) -> None:
        """Reads a picture from now on.

        Args:
            picture: Any.
            page: Whose picture it is; what it says is then remembered.
        """
        self._picture, self._page = picture, page
        self._read = None
        self._selected = None
        self._tell(None)
        self.pictureShown.emit(picture)
        self._ask()

    def choose_steps(self, steps: Steps) -> None:
        """Has pictures cleaned by these steps from now on."""
        if steps != self._steps:
            self._steps = steps
            self._ask_picture_again()

    def choose_region(self, region: Box | None) -> None:
        """Has just a part of the picture read, in its pixels; or all of it."""
        if region == self.region:
            return
        if region is None:
            self._regions.pop(self._page, None)
        else:
            self._regions[self._page] = region
        self._ask_picture_again()

    def read_picture(self) -> None:
        """Has the picture read that was not, as its reading was given up."""
        if self._picture is not None and self._reading is None:
            self._ask()

    def cancel(self) -> None:
        """Gives up the reading of a picture; it stays as it is shown."""
        if self._asking:
            self._recogniser.revoke()
            self._fresh_from = self._recogniser.asked + 1
            self._end_asking()

    def forget(self, pages: Iterable[Page]) -> None:
        """Pages are not open any more."""
        self._readings.forget(pages)
        for page in pages:
            self._regions.pop(page, None)

    def remembered(self, page: Page) -> Reading | None:
        """What a page says as it would be read now, if that is known; what was put right about it
        is not in it."""
        manner = self.manner_of(page)
        return None if manner is None else self._readings.get(page, manner)

    def remember(self, page: Page, manner: Manner, reading: Reading) -> None:
        """Takes note of what a page said that was read for something else."""
        self._readings.put(page, manner, reading)

    def put_right(self, page: Page | None) -> tuple[PageCorrection, ...]:
        """What was put right about a page, as far as it is read."""
        told, region = self._page_corrections.of(page), self._regions.get(page)
        if region is None:
            return told
        return tuple(each for each in told if region.contains(*each.box.centre))

    def manner_of(self, page: Page | None) -> Manner | None:
        """How a page would be read now; None while no model is there."""
        if self._reads_with is None:
            return None
        model, engine = self._reads_with
        region = self._regions.get(page)
        return Manner(model, engine, self._alphabet.name, self._steps, region)

    @property
    def region(self) -> Box | None:
        """The part of the picture that is read."""
        return self._regions.get(self._page)

    @property
    def steps(self) -> Steps:
        return self._steps

    @property
    def page(self) -> Page | None:
        """The page that is read; None for the pad, and for a picture that is no page."""
        return self._page

    @property
    def picture(self) -> Picture | None:
        """The picture that is read."""
        return self._picture

    @Slot()
    def _ink_changed(self) -> None:
        self._live = None
        self._held = ()
        self._ask_pad()

    @Slot(str, str, object)
    def _begin_with(self, model: str, engine: str, _alphabet: Alphabet) -> None:
        self._reads_with = model, engine
        self._ask()

    @Slot(object)
    def _go_on_without(self, _error: object) -> None:
        """A model could not be loaded. The last one, if any, stays in use; but what it read was
        stopped for the other."""
        if self._reads_with is None:
            self._end_asking()
        else:
            self._ask()

    @Slot()
    def _ask_pad(self) -> None:
        if self._picture is None:
            self._ask()

    @Slot()
    def _ask(self) -> int:
        """Has what is shown now read; the request's number."""
        if self._picture is not None:
            return self._ask_picture(self._picture)
        ink = self._pad.ink
        source = ink if self._live is None else ink.extended(self._live)
        self._newest = source.strokes[-1] if source else None
        return self._recogniser.ask(
            source,
            alphabet=self._alphabet,
            layout=self._pad_layout,
            corrections=self._corrections.all,
            guides=self._guides,
        )

    def _ask_picture(self, picture: Picture) -> int:
        """Has the picture read, unless it is known what it says; the number from which on answers
        are about it."""
        manner = self.manner_of(self._page)
        known = None
        if self._page is not None and manner is not None:
            known = self._readings.get(self._page, manner)
        if known is not None:
            self._recogniser.revoke()
            self._fresh_from = self._recogniser.asked + 1
            self._end_asking()
            self._take_picture(known)
            return self._fresh_from
        self._asked_manner = manner
        self._fresh_from = self._recogniser.ask(
            picture,
            alphabet=self._alphabet,
            layout=PICTURE_LAYOUT,
            steps=self._steps,
            region=self.region,
        )
        self._asking = True
        self.readingBegun.emit(picture)
        return self._fresh_from

    def _ask_picture_again(self) -> None:
        if self._picture is not None:
            self._ask()

    def _end_asking(self) -> None:
        if self._asking:
            self._asking = False
            self.readingEnded.emit()

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        if answer.number < self._fresh_from:
            return  # of what was shown before
        if self._picture is not None:
            self._end_asking()
            if self._page is not None and self._asked_manner is not None:
                self._readings.put(self._page, self._asked_manner, answer.reading)
            self._take_picture(answer.reading)
        else:
            self._tell(answer.reading)
            if self._live is None:
                self._settled = answer.reading
        self.timed.emit(answer.seconds, answer.reading.model, answer.engine)

    def _take_picture(self, reading: Reading) -> None:
        """Shows what the picture says, with what was put right about it."""
        # here, as nobody who only writes waits for it
        from core.page_corrections import corrected

        self._read = reading
        self._tell(corrected(reading, self.put_right(self._page)))

    @Slot(object)
    def _correct_page(self, page: Page) -> None:
        if page is self._page and self._read is not None:
            self._take_picture(self._read)

    def _tell(self, reading: Reading | None) -> None:
        before = self.glyph
        self._reading = reading
        if reading is None or not reading.glyphs:
            self._selected = None
        elif self._picture is None:
            self._selected = self._followed(reading)
        else:
            self._selected = _nearest(reading, before)
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


def _nearest(reading: Reading, before: ReadGlyph | None) -> int:
    """The glyph of a reading that is where one was before; the first if there was none."""
    if before is None:
        return 0
    x, y = before.box.centre
    away = [math.hypot(each.box.centre[0] - x, each.box.centre[1] - y) for each in reading.glyphs]
    return away.index(min(away))
