"""Writing ink to files, by the kind that a name asks for, without making the window wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from core.corrections import Correction
from core.errors import GlyphpadError
from core.exporting.drawing import SVG_SUFFIX, WHITE, write_svg
from core.exporting.pdf_page import PDF_SUFFIX, write_pdf
from core.ink import Ink
from core.inkml import INK_SUFFIX, write_inkml
from core.reading import Reading
from desktop.background import End, Job, Report
from desktop.keeping.ink_files import PNG_SUFFIX, write_png

PNG_SCALE = 3.0
"""Pixels of a picture an ink pixel: sharp in print, some 300 dpi."""


@dataclass(frozen=True, eq=False)
class Content:
    """What is on a pad, as far as any kind of file can carry it.

    Attributes:
        ink: All of its strokes.
        reading: What they say, if that is known.
        corrections: What someone put right, also about strokes that are gone.
    """

    ink: Ink
    reading: Reading | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def text(self) -> str:
        """What the ink says; empty where that is not known."""
        return "" if self.reading is None else self.reading.text


def _ink(content: Content, path: Path) -> None:
    write_inkml(content.ink, path, content.corrections)


def _png(content: Content, path: Path) -> None:
    write_png(content.ink, path, scale=PNG_SCALE, background=WHITE, title=content.text)


def _svg(content: Content, path: Path) -> None:
    write_svg(content.ink, path, text=content.text)


def _pdf(content: Content, path: Path) -> None:
    write_pdf(content.ink, path, reading=content.reading, title=path.stem)


WRITERS: Mapping[str, Callable[[Content, Path], None]] = MappingProxyType(
    {INK_SUFFIX: _ink, PNG_SUFFIX: _png, SVG_SUFFIX: _svg, PDF_SUFFIX: _pdf}
)
"""By the end of a file's name."""


class Saver(QObject):
    """Writes one file after another.

    Signals:
        saved(Path): A file is there.
        failed(GlyphpadError): A file could not be written.
        crashed(Exception): A bug.
    """

    saved = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = Report(self)
        self._report.done.connect(self._tell)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def save(self, content: Content, path: Path) -> None:
        """Writes a pad, as it is now, in the kind of file that `path` is called by; InkML if by
        none of ours."""
        write = WRITERS.get(path.suffix.lower(), _ink)
        self._pool.start(Job(0, partial(_written, write, content, path), self._report))

    def close(self) -> None:
        """Waits until all is written."""
        self._pool.waitForDone()

    @Slot(object)
    def _tell(self, end: End) -> None:
        if isinstance(end.result, GlyphpadError):
            self.failed.emit(end.result)
        elif isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        else:
            self.saved.emit(end.result)


def _written(write: Callable[[Content, Path], None], content: Content, path: Path) -> Path:
    write(content, path)
    return path
