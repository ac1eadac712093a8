"""When the window was painted and when its first answer came, written to a file for the bench.

Nobody but the bench asks for it, and a program that was not asked does nothing here.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from core.files import replace_file
from core.reading import Reading
from desktop.first_paint import FirstPaint
from desktop.reading.reader import Reader


class StartTimes(QObject):
    """Writes {"painted": ..., "answered": ...}, each in seconds as `time.time()` has them, when the
    window was painted and some ink was read.

    Args:
        path: Of the file.
        first_paint: Of the pad.
        reader: What reads it.
    """

    def __init__(
        self, path: Path, first_paint: FirstPaint, reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._times: dict[str, float] = {}
        first_paint.painted.connect(self._note_paint)
        reader.readingChanged.connect(self._note_answer)

    @Slot()
    def _note_paint(self) -> None:
        self._note("painted")

    @Slot(object)
    def _note_answer(self, reading: Reading | None) -> None:
        if reading is not None and reading.text:
            self._note("answered")

    def _note(self, what: str) -> None:
        self._times.setdefault(what, time.time())
        if len(self._times) == 2 and not self._path.exists():  # noqa: PLR2004  # both of them
            replace_file(self._path, json.dumps(self._times).encode())
