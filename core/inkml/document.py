"""Ink files: InkML, read as other programs write it, and written so that they can read it.

The standard is W3C Ink Markup Language 1.0, 20 September 2011 (https://www.w3.org/TR/InkML/).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

import numpy as np
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from numpy.typing import NDArray

from core.corrections import Correction
from core.errors import (
    DamagedFileError,
    EmptyFileError,
    InkTooLargeError,
    NoInkError,
    UnknownFormatError,
    UnsupportedInkError,
)
from core.files import read_whole, replace_file
from core.ink import PLAIN, UNKNOWN_PRESSURE, Ink, Stroke, StrokeStyle
from core.inkml.brushes import brush_style, format_brush
from core.inkml.elements import (
    DEEPEST,
    MOST_ELEMENTS,
    NAMESPACE,
    BeyondUsError,
    finite,
    local_name,
    name_of,
)
from core.inkml.formats import DOTS_AN_INCH, MILLISECOND, Axis, Formats, TraceFormat
from core.inkml.told import corrections_in, format_corrections, there
from core.inkml.values import decode_trace
from core.inkml.views import Shown, shown_traces

INK_SUFFIX = ".inkml"
INK_MIME = "application/inkml+xml"
"""The media type that the standard registers (appendix B)."""

MOST_BYTES = 32 << 20
"""Bytes of the largest ink file that is read: what MOST_POINTS take with pressure and time."""

MOST_POINTS = 1_000_000
"""Points of the largest ink that is opened: at 200 a second, 83 minutes without lifting the pen."""

LARGEST_EXTENT = 20_000.0
"""Longer side of the largest ink that keeps its size, in pixels: five metres. Larger numbers are
a device's own, without a unit that is known."""

NORMALISED_REACH = 2.0
"""Ink without a unit that stays within this of the origin was scaled to 0 to 1, or to -1 to 1: as
pixels, our pen would make one blot of it."""

FITTED_EXTENT = 2000.0
"""Longer side that ink is given whose own size cannot be meant, in pixels: a page at 170 dots an
inch."""

FARTHEST = 100_000.0
"""Ink that lies farther from the origin than this, in pixels, is brought near: beyond it, float32
has steps of a hundredth of a pixel and more."""

LONGEST_TIME = 86_400.0
"""Times beyond this, in seconds, are counted from the first instead: a clock's, not a stroke's."""

_LARGEST_NUMBER = 1e15
"""What is beyond it is damaged, not far away."""


@dataclass(frozen=True, eq=False)
class InkDocument:
    """What an ink file holds.

    Attributes:
        ink: All of its strokes.
        corrections: What someone put right about them, where this program wrote it.
    """

    ink: Ink
    corrections: tuple[Correction, ...] = ()


def read_inkml(path: str | Path) -> Ink:
    """The ink of an InkML file.

    X and Y are in pixels where the file gives them a unit (96 an inch), else as they are, unless
    their extent cannot be pixels. Pressure is 0 to 1 by the range that the file gives, else by
    the largest pressure in it. Hovering (`penUp`) is left out, continued traces are joined, affine
    mappings to a canvas are followed, brushes become styles, and channels other than X, Y, F and T
    are passed over.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It is no regular file, or may not be read.
        EmptyFileError: It has no bytes.
        FileTooLargeError: It has more than MOST_BYTES.
        InkTooLargeError: It has more than MOST_POINTS.
        UnknownFormatError: It is no InkML.
        DamagedFileError: It is InkML, but broken, or made to harm: it declares entities, or has
            more elements than any ink.
        UnsupportedInkError: It is InkML with a part that we do not read, which the error names.
        NoInkError: It holds no point that can be placed.
    """
    return read_inkml_document(path).ink


def read_inkml_document(path: str | Path) -> InkDocument:
    """The ink of an InkML file, as `read_inkml` has it, with what was put right about it.

    Raises:
        FileError: As `read_inkml`.
    """
    return parse_inkml_document(read_whole(path, limit=MOST_BYTES), path)


def parse_inkml(data: bytes, path: str | Path) -> Ink:
    """The ink in the bytes of an InkML file.

    Args:
        data: The whole file.
        path: Where it came from, for the errors.

    Raises:
        FileError: As `read_inkml`, as far as bytes can tell.
    """
    return parse_inkml_document(data, path).ink


def parse_inkml_document(data: bytes, path: str | Path) -> InkDocument:
    """The ink in the bytes of an InkML file, with what was put right about it.

    Args:
        data: The whole file.
        path: Where it came from, for the errors.

    Raises:
        FileError: As `read_inkml`, as far as bytes can tell.
    """
    if not data:
        raise EmptyFileError(path)
    root = _parsed(data, path)
    # a comma and a blank are a point, so that a small file can hold millions
    if sum((element.text or "").count(",") for element in root.iter()) > MOST_POINTS:
        raise InkTooLargeError(path, limit=MOST_POINTS)
    try:
        traces = [trace for trace in _counted(_decoded(root), path) if len(trace.points)]
    except BeyondUsError as error:
        raise UnsupportedInkError(path, what=error.what) from error
    except ValueError as error:
        raise DamagedFileError(path) from error
    if not traces:
        raise NoInkError(path)
    joined = _joined(_pressed(traces))
    points = [np.concatenate([trace.points for trace in parts]) for parts in joined]
    place = _place_for(points, traces)
    timed = _timed([_moved(each, place) for each in points])
    styles = [_style(parts[0], place) for parts in joined]
    strokes = tuple(
        Stroke(each.astype(np.float32), style) for each, style in zip(timed, styles, strict=True)
    )
    pairs = zip(joined, strokes, strict=True)
    named = {trace.name: stroke for parts, stroke in pairs for trace in parts if trace.name}
    return InkDocument(Ink(strokes), corrections_in(root, named))


def write_inkml(ink: Ink, path: str | Path, corrections: Sequence[Correction] = ()) -> None:
    """Writes `ink` as an InkML file; what was there stays until all is written.

    Args:
        ink: All strokes.
        path: The file.
        corrections: What someone put right; as `format_inkml`.

    Raises:
        UnwritableFileError: The folder is missing or may not be written, or the disk is full.
    """
    replace_file(path, format_inkml(ink, corrections))


def format_inkml(ink: Ink, corrections: Sequence[Correction] = ()) -> bytes:
    """An InkML document of `ink`, from which `parse_inkml` makes the same ink again, and
    `parse_inkml_document` the corrections of it too; those with other strokes are left out.

    One trace a stroke; X and Y are device units of which 96 make an inch. F and T are there where
    any pressure or time is known, and a brush for each style but the plain one. A document of no
    strokes is a proper one, and holds no ink.
    """
    points = np.concatenate([np.zeros((0, 4), np.float32), *(each.points for each in ink.strokes)])
    columns = [0, 1]
    columns += [2] if (points[:, 2] != UNKNOWN_PRESSURE).any() else []
    columns += [3] if points[:, 3].any() else []
    channels = "\n".join(_CHANNELS[column] for column in columns)
    styles = dict.fromkeys(each.style for each in ink.strokes if each.style != PLAIN)
    names = {style: f"brush{number}" for number, style in enumerate(styles, 1)}
    brushes = "".join(format_brush(style, name) for style, name in names.items())
    told = there(corrections, ink.strokes)
    meant = {stroke for one in told for stroke in one.strokes}
    ids = {each: f"t{number}" for number, each in enumerate(ink.strokes, 1) if each in meant}
    traces = "".join(
        _trace(each.points[:, columns], names.get(each.style), ids.get(each))
        for each in ink.strokes
    )
    views = format_corrections(told, ids)
    return _DOCUMENT.format(channels=channels, brushes=brushes, traces=traces, views=views).encode()


# --- Writing ----------------------------------------------------------------------------------

_CHANNELS = (
    '          <channel name="X" type="decimal" units="dev"/>',
    '          <channel name="Y" type="decimal" units="dev"/>',
    '          <channel name="F" type="decimal" min="0" max="1" units="dev"/>',
    '          <channel name="T" type="decimal" units="s"/>',
)

_DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<ink xmlns="{NAMESPACE}">
  <definitions>
    <context xml:id="pad">
      <inkSource xml:id="pen">
        <traceFormat>
{{channels}}
        </traceFormat>
        <channelProperties>
          <channelProperty channel="X" name="resolution" value="{DOTS_AN_INCH:g}" units="1/in"/>
          <channelProperty channel="Y" name="resolution" value="{DOTS_AN_INCH:g}" units="1/in"/>
        </channelProperties>
      </inkSource>
    </context>
{{brushes}}  </definitions>
{{traces}}{{views}}</ink>
"""


def _trace(points: NDArray[np.float32], brush: str | None, name: str | None) -> str:
    text = ", ".join(" ".join(map(_shortest, point)) for point in points)
    drawn_with = "" if brush is None else f' brushRef="#{brush}"'
    called = "" if name is None else f' xml:id="{name}"'
    return f'  <trace{called} contextRef="#pad"{drawn_with}>{text}</trace>\n'


def _shortest(number: np.float32) -> str:
    """The shortest decimal that becomes the same float32 again; never with an exponent."""
    return np.format_float_positional(number, trim="-")


# --- Reading: bytes → elements ----------------------------------------------------------------


class _NotInkError(Exception):
    """The outermost element is another one."""


class _WaryBuilder(TreeBuilder):
    """Builds the tree, and stops as soon as it is no ink, or more than any ink needs."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._count = 0

    def start(self, tag: Any, attrs: Any) -> Element:
        element = super().start(tag, attrs)
        if self._count == 0 and local_name(element) != "ink":
            raise _NotInkError
        self._count += 1
        self._depth += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise ValueError("this is more than any ink needs")
        return element

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def _parsed(data: bytes, path: str | Path) -> Element:
    """The document's outermost element; nothing outside the file is looked at."""
    parser = DefusedXMLParser(target=_WaryBuilder(), forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except _NotInkError as error:
        raise UnknownFormatError(path) from error
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        # an encoding that Python does not know is a LookupError
        kind = DamagedFileError if _looks_like_xml(data) else UnknownFormatError
        raise kind(path) from error
    return root


def _looks_like_xml(data: bytes) -> bool:
    # byte order marks, blanks, and the zeros of UTF-16
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


# --- Reading: elements → traces ---------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Trace:
    """One trace in our units, as far as they are known.

    Attributes:
        points: float64 (N, 4): x, y, pressure, time; NaN where pressure or time is not reported.
        trace_format: What they were made by.
        name: What other traces call it; "" where it has no name.
        prior: The name of the trace that it goes on; "" where it is a start.
        brush: What it was drawn with, where that is said.
    """

    points: NDArray[np.float64]
    trace_format: TraceFormat
    name: str
    prior: str
    brush: Element | None


def _decoded(root: Element) -> Iterator[_Trace]:
    """The traces that are a document's ink, in its order."""
    formats = Formats(root)
    numbers: dict[Element, NDArray[np.float64]] = {}
    for shown in shown_traces(root, formats):
        trace_format = formats.trace_format(shown.context)
        if trace_format is not None and shown.element.get("type") != "penUp":
            if shown.element not in numbers:
                # a view may show a trace in many parts
                numbers[shown.element] = _numbers(shown.element, trace_format)
            part = numbers[shown.element][shown.first : shown.end]
            yield _trace_of(shown, part, trace_format)


def _counted(traces: Iterator[_Trace], path: str | Path) -> Iterator[_Trace]:
    """The traces, unless the parts of them that views show are more than any ink."""
    count = 0
    for trace in traces:
        count += len(trace.points)
        if count > MOST_POINTS:
            raise InkTooLargeError(path, limit=MOST_POINTS)
        yield trace


def _numbers(element: Element, trace_format: TraceFormat) -> NDArray[np.float64]:
    """float64 (N, 4): x, y, pressure and time as the file has them; NaN where it does not."""
    axes = trace_format.axes
    wanted = [0 if axis is None else axis.index for axis in axes]
    numbers = decode_trace(element.text or "", wanted)
    numbers[:, [axis is None for axis in axes]] = np.nan
    return numbers


def _trace_of(shown: Shown, numbers: NDArray[np.float64], trace_format: TraceFormat) -> _Trace:
    points = numbers.copy()
    with np.errstate(over="ignore", invalid="ignore"):
        if trace_format.mapping is not None:
            points[:, :2] = trace_format.mapping.mapped(points[:, :2])
        for column, axis in enumerate(trace_format.axes):
            if axis is not None:
                points[:, column] = (points[:, column] - axis.low) * axis.scale
    if (np.abs(points[:, :2]) > _LARGEST_NUMBER).any():
        raise ValueError("a point lies out of all bounds")
    points[:, 2:][np.abs(points[:, 2:]) > _LARGEST_NUMBER] = np.nan
    points[:, 3] = _with_offset(points[:, 3], shown.element)
    return _Trace(
        points[~np.isnan(points[:, :2]).any(axis=1)],
        trace_format,
        name=name_of(shown.element),
        prior=shown.element.get("priorRef", "").lstrip("#"),
        brush=shown.context.brush,
    )


def _with_offset(times: NDArray[np.float64], element: Element) -> NDArray[np.float64]:
    """Times counted from where the trace's own time is; that alone where there are none."""
    offset = (finite(element.get("timeOffset")) or 0.0) * MILLISECOND
    return np.full_like(times, offset) if np.isnan(times).all() else times + offset


# --- Reading: traces → strokes ----------------------------------------------------------------


def _pressed(traces: Sequence[_Trace]) -> list[_Trace]:
    """The traces with pressures from 0 to 1.

    Where the file gives no range, the largest pressure in it is 1; a file with none above 1 is
    taken to count to 1.
    """
    loose = [each.points[:, 2] for each in traces if not _has_range(each)]
    peak = np.nanmax(np.concatenate([*loose, [1.0]]))
    return [
        replace(trace, points=_with_pressure(trace.points, 1.0 if _has_range(trace) else peak))
        for trace in traces
    ]


def _has_range(trace: _Trace) -> bool:
    pressure = trace.trace_format.pressure
    return pressure is not None and pressure.known


def _with_pressure(points: NDArray[np.float64], peak: float) -> NDArray[np.float64]:
    pressure = np.clip(points[:, 2] / peak, 0, 1)
    return _with_column(points, 2, np.where(np.isnan(pressure), UNKNOWN_PRESSURE, pressure))


def _joined(traces: Sequence[_Trace]) -> list[list[_Trace]]:
    """The traces of each stroke: one, and those that go it on."""
    strokes: list[list[_Trace]] = []
    named: dict[str, list[_Trace]] = {}
    for trace in traces:
        parts = named.get(trace.prior)
        if parts is None:
            parts = []
            strokes.append(parts)
        parts.append(trace)
        if trace.name:
            named[trace.name] = parts
    return strokes


@dataclass(frozen=True, eq=False)
class _Placing:
    """How ink comes to lie on a pad: `(place - origin) * scale`."""

    origin: NDArray[np.float64]
    scale: float = 1.0


def _place_for(strokes: Sequence[NDArray[np.float64]], traces: Sequence[_Trace]) -> _Placing:
    """Where a pad can show the strokes, and float32 tell their points apart.

    What has a place and a size that can be meant keeps both.
    """
    places = np.concatenate([stroke[:, :2] for stroke in strokes])
    corner = places.min(axis=0)
    extent = float((places.max(axis=0) - corner).max())
    reach = float(np.abs(places).max())
    known = all(axis.known for axis in _axes(traces))
    if extent > LARGEST_EXTENT or (not known and extent > 0 and reach <= NORMALISED_REACH):
        return _Placing(corner, FITTED_EXTENT / extent)
    if reach > FARTHEST or any(axis.scale < 0 for axis in _axes(traces)):
        return _Placing(corner)
    return _Placing(np.zeros(2))


def _axes(traces: Sequence[_Trace]) -> Iterator[Axis]:
    for trace in traces:
        yield from (trace.trace_format.x, trace.trace_format.y)


def _moved(stroke: NDArray[np.float64], place: _Placing) -> NDArray[np.float64]:
    return np.column_stack([(stroke[:, :2] - place.origin) * place.scale, stroke[:, 2:]])


def _style(trace: _Trace, place: _Placing) -> StrokeStyle:
    """How the stroke that begins with `trace` looks; its line grows and shrinks with the ink."""
    pixels = abs(trace.trace_format.x.scale) * place.scale
    return brush_style(trace.brush, device_pixels=pixels)


def _timed(strokes: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The strokes with every time known, and none too large for float32."""
    times = [_without_gaps(stroke[:, 3]) for stroke in strokes]
    far = max(float(np.abs(each).max()) for each in times) > LONGEST_TIME
    start = min(float(each.min()) for each in times) if far else 0.0
    return [
        _with_column(stroke, 3, each - start) for stroke, each in zip(strokes, times, strict=True)
    ]


def _without_gaps(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Times that are not known, from those around them; 0 where none is."""
    known = np.flatnonzero(~np.isnan(times))
    if not len(known):
        return np.zeros_like(times)
    return np.interp(np.arange(len(times)), known, times[known])


def _with_column(
    points: NDArray[np.float64], column: int, values: NDArray[np.float64]
) -> NDArray[np.float64]:
    changed = points.copy()
    changed[:, column] = values
    return changed
