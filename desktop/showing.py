"""What was read, shown in the window: the text, the boxes, the candidates, and how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot

if TYPE_CHECKING:
    from core.reading import Reading
    from desktop.reading.reader import Reader
    from desktop.window import Window

ENGINE_NAMES = {"litert": "LiteRT", "keras": "Keras"}


class Showing(QObject):
    """Between what reads and the parts of the window that show what was read.

    Signals:
        padRead(Reading | None): This is what the pad says.
    """

    padRead = Signal(object)

    def __init__(self, window: Window, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._reader = reader
        reader.padShown.connect(window.show_pad)
        reader.readingChanged.connect(self._show_reading)
        reader.selectionChanged.connect(self._show_selection)
        reader.readingEnded.connect(self._offer_corrections)
        reader.timed.connect(self._tell_time)
        window.panel.placeChosen.connect(reader.select_in_text)
        window.stepRequested.connect(reader.step)

    @Slot(object)
    def _show_reading(self, reading: Reading | None) -> None:
        panel = self._window.panel
        panel.show_reading(reading)
        if self._window.shows_pad:
            self.padRead.emit(reading)
        self._window.describe(0 if reading is None else len(reading.glyphs))
        if reading is None:
            panel.say_nothing()

    @Slot(object)
    def _show_selection(self, index: int | None) -> None:
        reader, window = self._reader, self._window
        window.panel.show_glyph(reader.glyph)
        reading = reader.reading
        places = () if reading is None else reading.places
        window.panel.mark(None if index is None else places[index])
        self._offer_corrections()
        if not window.shows_pad:
            glyphs = () if reading is None else reading.glyphs
            window.page_view.show_glyphs(glyphs, index)
            return
        several = reader.pad_layout != "character"
        window.canvas.set_boxes(reader.boxes if several else (), index)

    @Slot()
    def _offer_corrections(self) -> None:
        """Says what may be put right about the selected glyph."""
        reader, glyph = self._reader, self._reader.glyph
        several = not self._window.shows_pad or reader.pad_layout != "character"
        there = several and glyph is not None
        given_up = not self._window.shows_pad and reader.reading is None
        self._window.offer_corrections(
            join=there and reader.neighbour is not None,
            split=there and glyph is not None and len(glyph.glyph.strokes) > 1,
            delete=there,
            again=there or given_up,
        )

    @Slot(float, str, str)
    def _tell_time(self, seconds: float, model: str, engine: str) -> None:
        self._window.engine_label.setText(
            self.tr("{model} · {engine} · {ms} ms").format(
                model=model,
                engine=ENGINE_NAMES[engine],
                ms=QLocale().toString(seconds * 1000, "f", 1),
            )
        )
