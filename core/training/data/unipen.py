"""UNIPEN's official tree `train_r01_v07`, in its own text format (Guyon et al. 1994, `unipen.def`).

A file is statements: a keyword behind a dot in the first column, and what follows until the next.
Ink is in `.PEN_DOWN` and `.PEN_UP`, whose components are numbered from 0, those without points left
out; a `.SEGMENT` says which components are one character or word, down to single points. In the
tree, `data/CATEGORY/DONOR` has the segments, and includes the ink from `include/DONOR`.

y points up in the files, and down here. Their units are left as they are, as they are in the packed
file, also where `.X_POINTS_PER_INCH` and `.Y_POINTS_PER_INCH` differ: in most files they are those
of the screen, not of the ink.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError, MissingFileError
from core.training.data.errors import MissingInkError
from core.training.data.samples import InkSamples, Written, gathered
from core.training.data.splits import Split, believed, split_of_writer

UNIPEN_FOLDER = "unipen"
UNIPEN_TREE = "train_r01_v07"

CHARACTER = "CHARACTER"
"""The level of the hierarchy that isolated characters have."""

CHARACTER_CATEGORIES = ("1a", "1b", "1c", "1d", "2", "3")
"""UNIPEN's benchmarks of digits, capitals, small letters, signs, all of them, and of characters in
running writing. The same segment is in several."""

WORD_CATEGORIES = ("4", "5", "6", "7", "8")
"""UNIPEN's benchmarks of words and texts."""


@dataclass(frozen=True)
class Segment:
    """What a piece of ink says.

    Attributes:
        level: Of the hierarchy, such as CHARACTER or WORD.
        delineation: Its components, such as `0-2`, `4,6` or `3:10-4:5` (from point 10 of 3 on).
        quality: BAD, OK, GOOD, or ? where nobody said.
        label: What was written; None where nobody said.
        start: How many components came before its set, whose own are numbered from 0.
    """

    level: str
    delineation: str
    quality: str
    label: str | None
    start: int = 0

    def __str__(self) -> str:
        return f"{self.level} {self.delineation}"


@dataclass(frozen=True, eq=False)
class Component:
    """One pen-down or pen-up movement.

    Attributes:
        points: float32 (N, 2), N >= 1, y down.
        down: Whether the pen was down.
        writer: As `.WRITER_ID` had it; empty where nothing was said.
    """

    points: NDArray[np.float32]
    down: bool
    writer: str


@dataclass
class Document:
    """What was read of a file and of those that it includes.

    Attributes:
        components: In their order, of all sets.
        segments: In their order, of all levels.
    """

    components: list[Component] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def strokes(self, segment: Segment) -> tuple[NDArray[np.float32], ...]:
        """The ink of a segment, pen down; possibly none.

        Raises:
            LookupError: It is of ink that is not there, or does not say what of.
        """
        strokes: list[NDArray[np.float32]] = []
        for span in segment.delineation.split(","):
            strokes += self._span(span, segment.start)
        return tuple(strokes)

    def writer(self, segment: Segment) -> str:
        """Who wrote the first component of a segment."""
        return self.components[_first_component(segment)].writer

    def _span(self, span: str, start: int) -> Iterator[NDArray[np.float32]]:
        """The strokes of a part of a delineation, such as `3:10-4:5`."""
        match = _SPAN.fullmatch(span)
        if match is None:
            raise LookupError(span)
        first, from_point, last, to_point = (
            None if number is None else int(number) for number in match.groups()
        )
        assert first is not None  # noqa: S101  # the pattern has it in every match
        if last is None:
            last, to_point = first, from_point
        for place in range(first, last + 1):
            component = self.components[start + place]
            begin = from_point or 0 if place == first else 0
            end = len(component.points) - 1
            if place == last and to_point is not None:
                end = to_point
            if begin > end or end >= len(component.points):
                raise LookupError(span)
            if component.down:
                yield component.points[begin : end + 1]


def load_unipen_tree(folder: Path, split: Split) -> InkSamples:
    """The isolated characters of the official tree, as `load_unipen` has those of the packed file.

    Each is taken once, however many categories have it. Left out is what is labelled with more or
    less than one printable sign, and, but for a measurement, what is no character (`believed`).

    Args:
        folder: The tree, or what holds it, itself or in a folder `unipen`.
        split: By writer; for writers of the packed file, the same as there.

    Raises:
        MissingFileError: There is no tree, or a file is not there that another includes.
        DamagedFileError: A file is not in UNIPEN's format.
        MissingInkError: A segment is of ink that is not there.
    """
    samples = gathered("UNIPEN", _of_split(unipen_characters(folder), split))
    return samples.taken(believed(samples.writers, samples.labels, split))


def load_unipen_tree_words(folder: Path, split: Split) -> InkSamples:
    """The words and texts of the official tree; as `load_unipen_tree`."""
    return gathered("UNIPEN words", _of_split(unipen_words(folder), split))


def unipen_characters(folder: Path) -> Iterator[Written]:
    """The characters of the tree, one by one, of all splits; as `load_unipen_tree`."""
    return _samples(
        unipen_tree(folder),
        CHARACTER_CATEGORIES,
        lambda segment: segment.level == CHARACTER and _is_sign(segment.label),
    )


def unipen_words(folder: Path) -> Iterator[Written]:
    """The words and texts of the tree, one by one, of all splits; as `load_unipen_tree_words`."""
    return _samples(
        unipen_tree(folder),
        WORD_CATEGORIES,
        lambda segment: segment.level != CHARACTER and bool((segment.label or "").strip()),
    )


def unipen_tree(folder: Path) -> Path:
    """Where the folders `data` and `include` are: in `folder`, or below it under its usual names.

    Raises:
        MissingFileError: There is no such place.
    """
    for below in ("", UNIPEN_TREE, UNIPEN_FOLDER, f"{UNIPEN_FOLDER}/{UNIPEN_TREE}"):
        tree = folder / below
        if (tree / "data").is_dir() and (tree / "include").is_dir():
            return tree
    raise MissingFileError(folder / UNIPEN_TREE / "data")


def read_unipen(path: Path, include: Path) -> Document:
    """A file of UNIPEN's format, with those that it includes.

    Args:
        path: The file.
        include: Where includes are looked for that are not beside the file that names them.

    Raises:
        MissingFileError: It, or a file that it includes, is not there.
        DamagedFileError: It, or a file that it includes, is not in the format.
    """
    reader = _Reader(include)
    reader.read(path)
    return reader.document


# --- From the tree to samples ------------------------------------------------------------------


def _samples(
    tree: Path, categories: Sequence[str], wanted: Callable[[Segment], bool]
) -> Iterator[Written]:
    seen: set[tuple[str, str, str]] = set()
    for category in categories:
        home = tree / "data" / category
        for path in sorted(entry for entry in home.rglob("*") if entry.is_file()):
            below = path.relative_to(home)
            document = read_unipen(path, tree / "include")
            for segment in filter(wanted, document.segments):
                key = (below.as_posix(), segment.level, segment.delineation)
                if key in seen or segment.delineation == _UNKNOWN:
                    continue
                seen.add(key)
                yield from _written(document, segment, path, donor=below.parts[0])


def _written(document: Document, segment: Segment, path: Path, *, donor: str) -> Iterator[Written]:
    """A segment's sample; none where all of it is in the air."""
    try:
        strokes = document.strokes(segment)
        writer = document.writer(segment) or path.stem
    except LookupError as error:
        raise MissingInkError(path, segment=str(segment)) from error
    if strokes:
        yield Written(strokes, segment.label or "", f"{donor}/{writer}")


def _of_split(samples: Iterator[Written], split: Split) -> Iterator[Written]:
    return (sample for sample in samples if split_of_writer(sample.writer) == split)


def _is_sign(label: str | None) -> bool:
    return label is not None and len(label) == 1 and label.isprintable() and label != " "


# --- From text to a document -------------------------------------------------------------------

_UNKNOWN = "?"
_STATEMENT = re.compile(r"^\.([A-Z][A-Z_]*)", re.MULTILINE)
_SPAN = re.compile(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?")
_LABEL = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class _Reader:
    """Reads statements one after another; what they say holds until another says otherwise."""

    def __init__(self, include: Path) -> None:
        self.document = Document()
        self._include = include
        self._open: list[Path] = []
        self._order = ["X", "Y"]
        self._writer = ""
        self._start = 0

    def read(self, path: Path) -> None:
        """Reads a file, and those that it includes where it does."""
        if not path.is_file():
            raise MissingFileError(path)
        if path in self._open:
            raise DamagedFileError(path)
        self._open.append(path)
        # the format is ASCII; what names and comments hold beyond it does not matter
        text = path.read_text(encoding="latin-1").replace("\r\n", "\n").replace("\r", "\n")
        _, *statements = _STATEMENT.split(text)
        if not statements:
            raise DamagedFileError(path)
        for keyword, arguments in zip(statements[::2], statements[1::2], strict=True):
            if keyword in _HANDLERS:
                try:
                    _HANDLERS[keyword](self, arguments)
                except (ValueError, IndexError) as error:
                    raise DamagedFileError(path) from error
        self._open.pop()

    def include(self, arguments: str) -> None:
        (name,) = arguments.split()
        beside = self._open[-1].parent / name
        self.read(beside if beside.is_file() else self._include / name)

    def order(self, arguments: str) -> None:
        self._order = arguments.split()
        if not {"X", "Y"} <= set(self._order):
            raise ValueError("without a place")

    def writer(self, arguments: str) -> None:
        self._writer = "_".join(arguments.split())

    def start_set(self, _: str) -> None:
        self._start = len(self.document.components)

    def pen_down(self, arguments: str) -> None:
        self._component(arguments, down=True)

    def pen_up(self, arguments: str) -> None:
        self._component(arguments, down=False)

    def segment(self, arguments: str) -> None:
        level, delineation, *rest = arguments.split(maxsplit=3)
        quality = rest[0] if rest and not rest[0].startswith('"') else _UNKNOWN
        label = _LABEL.search(arguments)
        self.document.segments.append(
            Segment(
                level, delineation, quality, None if label is None else _text(label[1]), self._start
            )
        )

    def _component(self, arguments: str, *, down: bool) -> None:
        numbers = np.array(arguments.split(), np.float32).reshape(-1, len(self._order))
        if len(numbers) == 0:
            return
        if not np.isfinite(numbers).all():
            raise ValueError("no place")
        places = numbers[:, [self._order.index("X"), self._order.index("Y")]]
        self.document.components.append(
            Component(places * np.array([1, -1], np.float32), down, self._writer)
        )


_HANDLERS: Mapping[str, Callable[[_Reader, str], None]] = MappingProxyType(
    {
        "INCLUDE": _Reader.include,
        "COORD": _Reader.order,
        "WRITER_ID": _Reader.writer,
        "START_SET": _Reader.start_set,
        "PEN_DOWN": _Reader.pen_down,
        "PEN_UP": _Reader.pen_up,
        "SEGMENT": _Reader.segment,
    }
)
"""What each keyword does; the others (.COMMENT, .DT, .X_DIM, .HIERARCHY) say nothing of ink."""


def _text(label: str) -> str:
    """A label without its escapes; those of tab and new line, and white space, are spaces."""
    plain = _ESCAPED.sub(lambda match: " " if match[1] in "tn" else match[1], label)
    return re.sub(r"\s", " ", plain)


def _first_component(segment: Segment) -> int:
    match = _SPAN.match(segment.delineation)
    if match is None:
        raise LookupError(segment.delineation)
    return segment.start + int(match[1])
