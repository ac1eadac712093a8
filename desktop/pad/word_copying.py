"""Each new word put on the clipboard, once the pen has rested: for filling in other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from core.reading import ReadWord
    from desktop.reading.reader import Reader

REST = 1200
"""Milliseconds without new ink after which a word is taken for finished."""


class WordCopier(QObject):
    """Watches what is read on the pad, and tells of each word once it is finished.

    Signals:
        wordFinished(str): A word that was not told of before, or that has changed since.
    """

    wordFinished = Signal(str)

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._told: ReadWord | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._tell)
        self._on = False
        reader.readingChanged.connect(self._wait)

    @Slot(bool)
    def turn(self, on: bool) -> None:
        """Begins to watch, from the next word on, or stops."""
        self._on = on
        self._told = self._reader.word
        self._timer.stop()

    @Slot()
    def _wait(self) -> None:
        if self._on:
            self._timer.start()

    @Slot()
    def _tell(self) -> None:
        word = self._reader.word
        if word is not None and not _same(word, self._told):
            self._told = word
            self.wordFinished.emit(word.text)


def _same(one: ReadWord, other: ReadWord | None) -> bool:
    if other is None or one.text != other.text:
        return False
    return [g.glyph.strokes for g in one.glyphs] == [g.glyph.strokes for g in other.glyphs]
