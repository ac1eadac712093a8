"""Putting right what was read on the pad: another sign, two that are one, one that is two, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.corrections import Correction
from core.ink import Stroke, StrokeKind
from core.pen_reading import parted
from core.striking import struck

if TYPE_CHECKING:
    from core.glyph import Glyph
    from desktop.pad.corrections import Corrections
    from desktop.pad.pad import Pad
    from desktop.reading.reader import Reader
    from desktop.window import Window


class PadCorrector(QObject):
    """Between what a person says about the selected glyph of the pad, and the pad's corrections."""

    def __init__(
        self,
        window: Window,
        reader: Reader,
        pad: Pad,
        corrections: Corrections,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._pad = pad
        self._corrections = corrections
        window.canvas.strokeFinished.connect(self.look_for_strike)
        window.panel.candidateChosen.connect(self.correct)
        window.joinRequested.connect(self.join)
        window.splitRequested.connect(self.split)
        window.readAgainRequested.connect(self.read_again)
        window.deleteGlyphRequested.connect(self.delete)

    @Slot(str)
    def correct(self, text: str) -> None:
        """Says what the selected glyph is."""
        glyph = self._glyph
        if glyph is not None:
            self._put((Correction(glyph.strokes, text),), self.tr("correct"))

    @Slot()
    def join(self) -> None:
        """Says that the selected glyph and the one after it are one character."""
        glyph, other = self._glyph, self._reader.neighbour
        if glyph is not None and other is not None:
            strokes = self._drawn({*glyph.strokes, *other.glyph.strokes})
            self._put((Correction(strokes),), self.tr("join"))

    @Slot()
    def split(self) -> None:
        """Says that the selected glyph is two characters: it is cut where its strokes are furthest
        apart, across."""
        glyph = self._glyph
        if glyph is None or len(glyph.strokes) < 2:  # noqa: PLR2004  # one stroke is not cut
            return
        parts = [self._drawn(set(part)) for part in parted(glyph.strokes)]
        self._put(tuple(Correction(part) for part in parts), self.tr("split"))

    @Slot()
    def read_again(self) -> None:
        """Takes back what was said about the selected glyph."""
        glyph = self._glyph
        if glyph is not None:
            self._corrections.forget(glyph.strokes, self.tr("read again"))

    @Slot()
    def delete(self) -> None:
        """Takes the ink of the selected glyph off the pad."""
        glyph = self._glyph
        if glyph is not None:
            self._pad.remove_strokes(glyph.strokes, self.tr("delete character"))

    @Slot(object)
    def look_for_strike(self, stroke: Stroke) -> None:
        """Takes the characters that a new stroke strikes through off the pad, and the stroke
        itself, as a step of its own: undone, both are there. A marker strikes nothing through:
        it is drawn over what matters."""
        settled = self._reader.settled
        marks = stroke.style.kind is StrokeKind.MARKER
        if marks or self._reader.pad_layout == "character" or settled is None:
            return
        there = set(self._pad.ink.strokes)
        glyphs = [g for g in settled.glyphs if there.issuperset(g.glyph.strokes)]
        hit = struck(stroke, [g.box for g in glyphs], [g.text for g in glyphs])
        if hit:
            gone = [one for index in hit for one in glyphs[index].glyph.strokes]
            self._pad.remove_strokes((*gone, stroke), self.tr("strike through"))

    @property
    def _glyph(self) -> Glyph | None:
        """The selected glyph, if it is ink that is on the pad."""
        if self._reader.picture is not None or self._reader.glyph is None:
            return None
        glyph = self._reader.glyph.glyph
        return glyph if set(self._pad.ink.strokes).issuperset(glyph.strokes) else None

    def _drawn(self, strokes: set[Stroke]) -> tuple[Stroke, ...]:
        """`strokes` in the order in which they were drawn."""
        return tuple(stroke for stroke in self._pad.ink.strokes if stroke in strokes)

    def _put(self, corrections: tuple[Correction, ...], text: str) -> None:
        self._reader.hold(corrections[0].strokes)
        self._corrections.put(corrections, text)
