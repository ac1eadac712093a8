"""The kinds of files that pages are exported as, and the writing of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from core.errors import GlyphpadError
from core.exporting import FORMATS
from core.exporting.page_pdf import pages_pdf
from core.files import replace_file
from core.glyph import TILE_SIZE
from core.page_corrections import PageCorrection, corrected
from core.picture import Picture
from core.reading import ReadGlyph, Reading
from desktop.pages.page import Page

TOP = 5
"""The candidates of a character that are exported, as many as the command line prints."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text",
        ".csv": "csv",
        ".json": "json",
        ".hocr": "hocr",
        ".xml": "alto",
        ".pdf": "pdf",
    }
)
"""The kind of file, by the end of its name."""

_BLANK = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)


@dataclass(frozen=True, eq=False)
class ReadPage:
    """A page, and what it says.

    Attributes:
        page: Which.
        reading: As it was read.
        corrections: What was put right about it.
    """

    page: Page
    reading: Reading
    corrections: tuple[PageCorrection, ...] = ()

    @property
    def put_right(self) -> Reading:
        """What it says, put right."""
        return corrected(self.reading, self.corrections)


@dataclass(frozen=True, eq=False)
class Missed:
    """A page that is not among those that were read, or written.

    Attributes:
        page: Which.
        error: Why; None for a bug, which is in the log.
    """

    page: Page
    error: GlyphpadError | None


@dataclass(frozen=True, eq=False)
class Written:
    """A file that was written.

    Attributes:
        path: Where it is.
        missed: What is not in it.
    """

    path: Path
    missed: tuple[Missed, ...]


class WritingStoppedError(Exception):
    """Nobody waits for a file any more."""


def write_pages(pages: Sequence[ReadPage], path: Path, stopped: Callable[[], bool]) -> Written:
    """Writes pages as the kind of file that `path` is called by; what was there stays until all is
    written.

    Args:
        pages: In their order.
        path: Its suffix is one of SUFFIXES.
        stopped: Asked before each page, and before the file is replaced.

    Raises:
        UnwritableFileError: The folder is missing or may not be written, or the disk is full.
        WritingStoppedError: It was stopped; what was there is as it was.
    """
    missed: list[Missed] = []
    write = _WRITERS[SUFFIXES[path.suffix.lower()]]
    data = write(_unless(stopped, pages), path.stem, missed)
    if stopped():
        raise WritingStoppedError
    replace_file(path, data)
    return Written(path, tuple(missed))


def _unless(stopped: Callable[[], bool], pages: Sequence[ReadPage]) -> Iterator[ReadPage]:
    for each in pages:
        if stopped():
            raise WritingStoppedError
        yield each


def slim(reading: Reading) -> Reading:
    """A reading without what no file has: hundreds of pages are held while they are read."""
    lines = tuple(
        replace(
            line,
            words=tuple(
                replace(word, glyphs=tuple(map(_slim, word.glyphs))) for word in line.words
            ),
        )
        for line in reading.lines
    )
    return replace(reading, lines=lines)


def _slim(glyph: ReadGlyph) -> ReadGlyph:
    bare = replace(glyph.glyph, tile=_BLANK, track=None, strokes=())
    return replace(glyph, glyph=bare, candidates=glyph.candidates[:TOP])


_Writer = Callable[[Iterable[ReadPage], str, list[Missed]], bytes]


def _text(name: str) -> _Writer:
    def written(pages: Iterable[ReadPage], _title: str, _missed: list[Missed]) -> bytes:
        return FORMATS[name]([each.put_right for each in pages]).encode("utf-8", "surrogateescape")

    return written


def _pdf(pages: Iterable[ReadPage], title: str, missed: list[Missed]) -> bytes:
    return pages_pdf(_pictures(pages, missed), title=title)


def _pictures(pages: Iterable[ReadPage], missed: list[Missed]) -> Iterator[tuple[Picture, Reading]]:
    """Pages with their pictures, decoded again one by one; without those that are gone by now."""
    for each in pages:
        try:
            picture = each.page.read()
        except GlyphpadError as error:
            missed.append(Missed(each.page, error))
            continue
        if isinstance(picture, Picture):
            yield picture, each.put_right


_WRITERS: Mapping[str, _Writer] = MappingProxyType(
    {**{name: _text(name) for name in FORMATS}, "pdf": _pdf}
)
