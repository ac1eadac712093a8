"""`recognize` of the command line: files and folders in, readings out, of one or of thousands."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from core.alphabet import ALPHABETS
from core.batch import run_batch
from core.cleaning import ALL_STEPS
from core.edition import need_keras
from core.errors import FileError, UnwritableFileError
from core.exit_status import BROKEN, DONE, SOME_FAILED, WRONG_USAGE
from core.exporting import FORMATS
from core.exporting.pdf_document import PdfPage, pdf_of
from core.files import ExistingFileError, write_new
from core.models import Model, open_model
from core.reading import Reading
from core.reading_files import PDF, Order, Outcome, Task, as_bytes
from core.sources import folder_files

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "text": ".txt",
        "json": ".json",
        "csv": ".csv",
        "hocr": ".hocr",
        "alto": ".xml",
        PDF: ".pdf",
    }
)
"""What the name of a format's file ends in."""

_SUMS = frozenset({"text", "json"})
"""Formats whose text of several files is that of each, one after another."""


class SourceFileError(FileError):
    """A result that would have taken the place of a file that is read."""

    fault = "the result would replace a file that is to be read"
    advice = "Choose another place with --out."


def recognise_command(options: argparse.Namespace, complain: Callable[[str], None]) -> int:
    """The exit status of `recognize`.

    Args:
        options: As `cli_parser` has them.
        complain: Takes a sentence on what failed.

    Raises:
        ModelError: The model is not there.
        FileError: The results cannot be kept where they were to be.
        NoKerasError: Keras was to read, and this is the light Glyphpad.
    """
    model = open_model(options.model, options.models)
    wrong = _wrong_usage(options, model)
    if wrong:
        complain(wrong)
        return WRONG_USAGE
    task = _task(options, model)
    if task.engine == "keras":
        need_keras(f"the model {model.name}" if options.engine == "auto" else "--engine keras")
    problems: list[str] = []
    try:
        orders = _orders(options, problems)
        return _carried_out(options, task, orders, problems)
    finally:
        # in the end, where they are seen; also when someone has stopped it
        for problem in problems:
            complain(problem)


def _wrong_usage(options: argparse.Namespace, model: Model) -> str:
    """What cannot be, or ""."""
    if options.alphabet and not ALPHABETS[options.alphabet].is_view_of(model.manifest.alphabet):
        return f"the model {options.model} cannot tell the signs of {options.alphabet} apart"
    if options.format == PDF and not options.out and sys.stdout.isatty():
        return "recognize: a PDF is nothing for a terminal: name a file or a folder with --out"
    return ""


def _task(options: argparse.Namespace, model: Model) -> Task:
    twin = model.manifest.twin is not None
    return Task(
        model=options.model,
        models=options.models,
        engine=options.engine if twin else "keras",
        alphabet=options.alphabet or model.manifest.alphabet.name,
        layout=options.layout,
        steps=replace(ALL_STEPS, **dict.fromkeys(options.without, False)),
        region=options.region,
        top=options.top,
        form=options.format,
        replace=options.replace,
    )


def _carried_out(
    options: argparse.Namespace, task: Task, orders: Sequence[Order], problems: list[str]
) -> int:
    """Reads the files, adds what failed to `problems`, and returns the exit status."""
    whole = _Whole(task, options.out and Path(options.out))
    progress = Progress(len(orders), shown=not options.quiet)
    try:
        with closing(run_batch(orders, task, cores=options.jobs)) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                problems += outcome.problems
                if outcome.broken:
                    return BROKEN
                whole.take(outcome)
                progress.show(done, outcome)
        whole.finish()
    finally:
        progress.clear()
    return SOME_FAILED if problems else DONE


# --- Which files, and where to ----------------------------------------------------------------


def _orders(options: argparse.Namespace, problems: list[str]) -> list[Order]:
    """What is to be read, and made of it; what cannot be is added to `problems`."""
    paths = _files(options.paths, problems)
    if not options.out:
        return [Order(path) for path in paths]
    out = Path(options.out)
    if not _is_folder(options.out):
        return _orders_for_file(paths, out, replacing=options.replace)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFileError(out, reason=error.strerror or str(error)) from error
    orders = []
    for path, name in zip(paths, _names(paths, SUFFIXES[options.format]), strict=True):
        try:
            _check_free(out / name, paths, replacing=options.replace)
            orders.append(Order(path, out / name))
        except FileError as error:
            problems.append(f"{path}: {error}")
    return orders


def _orders_for_file(paths: Sequence[str], out: Path, *, replacing: bool) -> list[Order]:
    """All into one file: of one source, whoever reads it makes it."""
    _check_free(out, paths, replacing=replacing)
    return [Order(path, out if len(paths) == 1 else None) for path in paths]


def _files(paths: Sequence[str], problems: list[str]) -> list[str]:
    """The files, with those of a folder in its place."""
    files: list[str] = []
    for path in paths:
        try:
            files += map(str, folder_files(path)) if Path(path).is_dir() else [path]
        except FileError as error:
            problems.append(str(error))
    return files


def _is_folder(out: str) -> bool:
    """Whether results go into a folder of that name: one that is there, or a name that does not end
    as files do."""
    separators = tuple(filter(None, (os.sep, os.altsep)))
    return Path(out).is_dir() or out.endswith(separators) or not Path(out).suffix


def _names(paths: Sequence[str], suffix: str) -> list[str]:
    """A name for each file's result: its stem; its whole name where two have one stem, and a number
    where two have one name."""
    stems = Counter(Path(path).stem.casefold() for path in paths)
    names: list[str] = []
    taken: set[str] = set()
    for path in map(Path, paths):
        stem = path.stem if stems[path.stem.casefold()] == 1 else path.name
        name, number = f"{stem}{suffix}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _check_free(target: Path, paths: Sequence[str], *, replacing: bool) -> None:
    """Nothing, if a result may be written there.

    Raises:
        SourceFileError: It is one of the files that are read.
        ExistingFileError: There is a file, and it may not be replaced.
    """
    if not target.exists():
        return
    if any(Path(path).exists() and target.samefile(path) for path in paths):
        raise SourceFileError(target)
    if not replacing:
        raise ExistingFileError(target)


# --- What comes out ---------------------------------------------------------------------------


class _Whole:
    """What all files make together, where each has not a file of its own.

    Args:
        task: How they are read.
        out: Where it goes; None for standard output.
    """

    def __init__(self, task: Task, out: Path | None) -> None:
        self._form = task.form
        self._replace = task.replace
        self._out = out
        self._readings: list[Reading] = []
        self._pages: list[PdfPage] = []

    def take(self, outcome: Outcome) -> None:
        """Takes what a file makes; prints it at once where that can be."""
        if outcome.order.target is not None:
            return
        if self._out is None and self._form in _SUMS:
            sys.stdout.write(FORMATS[self._form](outcome.readings))
            return
        self._readings += outcome.readings
        self._pages += outcome.pages

    def finish(self) -> None:
        """Writes what could not be written piece by piece."""
        if self._out is None:
            self._print()
        elif self._readings:
            write_new(self._out, self._document(), replace=self._replace)

    def _print(self) -> None:
        if self._form == PDF and self._pages:
            sys.stdout.buffer.write(pdf_of(self._pages))
        elif self._form not in {*_SUMS, PDF}:
            sys.stdout.write(FORMATS[self._form](self._readings))

    def _document(self) -> bytes:
        if self._form == PDF:
            return pdf_of(self._pages)
        return as_bytes(FORMATS[self._form](self._readings))


class Progress:
    """How many files are done, on standard error, where someone looks at it.

    Args:
        total: Files in all.
        shown: Whether it is wanted.
    """

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown and total > 1 and sys.stderr.isatty()
        self._failed = 0
        self._width = 0

    def show(self, done: int, outcome: Outcome) -> None:
        """Counts a file."""
        self._failed += bool(outcome.problems)
        failed = f", {self._failed} failed" if self._failed else ""
        self._put(f"{done} of {self._total} files{failed}")

    def clear(self) -> None:
        """Leaves the line as it was."""
        self._put("")

    def _put(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r{text:<{self._width}}\r")
            sys.stderr.flush()
            self._width = len(text)
