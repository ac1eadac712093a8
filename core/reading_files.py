"""One file → its readings, and what is made of them: a step of a batch, in whatever process."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from core.alphabet import ALPHABETS
from core.box import Box
from core.classifying import Classifier, EngineName, open_classifier
from core.cleaning import ALL_STEPS, Steps
from core.errors import FileError, ModelError, UnknownFormatError
from core.exporting import FORMATS
from core.exporting.page_pdf import picture_page
from core.exporting.pdf_document import PdfPage, pdf_of
from core.exporting.pdf_page import ink_page
from core.files import write_new
from core.finding import Layout
from core.glyph import TILE_SIZE
from core.ink import Ink
from core.inkml import InkDocument, read_inkml_document
from core.models import open_model
from core.picture import Picture, PictureFile
from core.reading import ReadGlyph, Reading
from core.recognising import recognise_ink, recognise_picture

PDF = "pdf"
"""The format that is made of pictures and readings together; `FORMATS` has those of readings."""


@dataclass(frozen=True)
class Task:
    """How all files of a batch are read, and what is made of each.

    Attributes:
        model: The model's name.
        models: The folder it is in; None for ours.
        engine: What runs it.
        alphabet: A name of `ALPHABETS`: what may come out.
        layout: What each page is known to hold.
        steps: Which steps of the cleaning are taken.
        region: What is to be read of each page, in source pixels; None for all.
        top: How many candidates of a glyph are kept.
        form: A name of `FORMATS`, or PDF.
        replace: Whether a file that is there already may be replaced.
    """

    model: str
    models: Path | None
    engine: EngineName
    alphabet: str
    layout: Layout = "auto"
    steps: Steps = ALL_STEPS
    region: Box | None = None
    top: int = 5
    form: str = "text"
    replace: bool = False


@dataclass(frozen=True)
class Order:
    """A file of a batch.

    Attributes:
        path: The file, as it was named.
        target: The file that is made of it; None where its readings are wanted back.
    """

    path: str
    target: Path | None = None


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of a file; small enough to go from one process to another.

    Attributes:
        order: What was asked for.
        readings: Of its pages, in order, without their tiles; none where there is a target.
        pages: Its pages as a PDF takes them, where that is the form and there is no target.
        problems: What went wrong, a sentence each, with the traceback of a bug; what could be read
            was read all the same.
        broken: Whether it is the model that cannot be used, so that no file can be read.
    """

    order: Order
    readings: tuple[Reading, ...] = ()
    pages: tuple[PdfPage, ...] = ()
    problems: tuple[str, ...] = ()
    broken: bool = False


class FileReader:
    """Reads the files of a batch, one after another, with one classifier.

    Args:
        task: How they are read.
        threads: How many the model may use: all cores where no other process reads.
    """

    def __init__(self, task: Task, *, threads: int = 1) -> None:
        self._task = task
        self._threads = threads

    def outcome(self, order: Order) -> Outcome:
        """What became of a file; whatever goes wrong with it, others can be read after it."""
        try:
            return self._made(order)
        except FileError as error:
            return Outcome(order, problems=(str(error),))
        except ModelError as error:
            return Outcome(order, problems=(str(error),), broken=True)
        except MemoryError:
            return Outcome(order, problems=(_out_of_memory(order),))
        except Exception:  # noqa: BLE001  # a bug that one file meets must not cost the others
            bug = f"{order.path}: Glyphpad failed on it.\n{traceback.format_exc().rstrip()}"
            return Outcome(order, problems=(bug,))

    def _made(self, order: Order) -> Outcome:
        problems = _Problems(order.path)
        pages = self._pages(order.path, problems)
        if order.target is None:
            done = tuple(pages)
            return Outcome(
                order,
                readings=tuple(page.reading for page in done),
                pages=tuple(page.sheet for page in done if page.sheet is not None),
                problems=problems.sentences(),
            )
        self._write(order.target, pages)
        return Outcome(order, problems=problems.sentences())

    def _write(self, target: Path, pages: Iterator[_Page]) -> None:
        """Makes the file of the pages, if there are any."""
        if self._task.form == PDF:
            data = _pdf(pages)
        else:
            readings = [page.reading for page in pages]
            data = as_bytes(FORMATS[self._task.form](readings)) if readings else None
        if data is not None:
            write_new(target, data, replace=self._task.replace)

    def _pages(self, path: str, problems: _Problems) -> Iterator[_Page]:
        """The pages of a file, each read when it is asked for; those that cannot be are left out
        and told."""
        try:
            file = PictureFile(path)
        except UnknownFormatError:
            yield self._ink_page(path, read_inkml_document(path))
            return
        with file:
            for number in range(1, file.pages + 1):
                try:
                    picture = file.page(number)
                except FileError as error:
                    problems.add(error, number, of=file.pages)
                    continue
                yield self._picture_page(picture)

    def _picture_page(self, picture: Picture) -> _Page:
        task = self._task
        reading = recognise_picture(
            picture,
            self._classifier,
            alphabet=ALPHABETS[task.alphabet],
            layout=task.layout,
            steps=task.steps,
            region=task.region,
        )
        return self._page(reading, lambda light: picture_page(picture, light))

    def _ink_page(self, path: str, document: InkDocument) -> _Page:
        task = self._task
        ink = document.ink if task.region is None else _within(document.ink, task.region)
        reading = recognise_ink(
            ink,
            self._classifier,
            alphabet=ALPHABETS[task.alphabet],
            layout=task.layout,
            source=path,
            corrections=document.corrections,
        )
        return self._page(reading, lambda light: ink_page(document.ink, reading=light))

    def _page(self, reading: Reading, sheet: Callable[[Reading], PdfPage]) -> _Page:
        light = lightened(reading, self._task.top)
        return _Page(light, sheet(light) if self._task.form == PDF else None)

    @cached_property
    def _classifier(self) -> Classifier:
        task = self._task
        model = open_model(task.model, task.models)
        return open_classifier(model, task.engine, threads=self._threads)


@dataclass(frozen=True, eq=False)
class _Page:
    """A page that was read, and as a PDF takes it, where that is wanted."""

    reading: Reading
    sheet: PdfPage | None


class _Problems:
    """What went wrong with the pages of a file; pages with the same problem share a sentence."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._pages: dict[tuple[str, str], list[int]] = {}
        self._of = 1

    def add(self, error: FileError, page: int, *, of: int) -> None:
        self._pages.setdefault((error.problem, error.advice), []).append(page)
        self._of = of

    def sentences(self) -> tuple[str, ...]:
        return tuple(
            f"{self._path}: {self._place(pages)}{problem}. {advice}"
            for (problem, advice), pages in self._pages.items()
        )

    def _place(self, pages: Sequence[int]) -> str:
        if self._of == 1:
            return ""
        return f"{'page' if len(pages) == 1 else 'pages'} {_ranges(pages)}: "


def _ranges(numbers: Sequence[int]) -> str:
    """Rising numbers, those without a gap as first to last: "1, 3-5"."""
    ends = [place for place, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    runs = [numbers[start:end] for start, end in pairwise([0, *ends, len(numbers)])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def lightened(reading: Reading, top: int) -> Reading:
    """`reading` as exports need it: at most `top` candidates a glyph, and no tiles, which are nine
    tenths of it."""

    def light(glyph: ReadGlyph) -> ReadGlyph:
        seen = replace(glyph.glyph, tile=_NO_TILE, track=None, strokes=())
        return replace(glyph, candidates=glyph.candidates[:top], glyph=seen)

    return replace(
        reading,
        lines=tuple(
            replace(
                line,
                words=tuple(
                    replace(word, glyphs=tuple(map(light, word.glyphs))) for word in line.words
                ),
            )
            for line in reading.lines
        ),
    )


_NO_TILE = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)


def as_bytes(text: str) -> bytes:
    """A text for a file; the names of files in it that are no text come back as they were."""
    return text.encode("utf-8", "surrogateescape")


def _pdf(pages: Iterable[_Page]) -> bytes | None:
    """A document of the pages, or None where there are none."""
    sheets = (page.sheet for page in pages if page.sheet is not None)
    first = next(sheets, None)
    return None if first is None else pdf_of(_chained(first, sheets))


def _chained(first: PdfPage, others: Iterator[PdfPage]) -> Iterator[PdfPage]:
    yield first
    yield from others


def _within(ink: Ink, region: Box) -> Ink:
    """The strokes whose middle lies in `region`."""
    return Ink(
        tuple(stroke for stroke in ink.strokes if region.contains(*Ink((stroke,)).box.centre))
    )


def _out_of_memory(order: Order) -> str:
    return f"{order.path}: there was not enough memory to read it. Scale it down, or cut it up."
