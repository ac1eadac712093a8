"""What the numbers of an InkML trace mean: channels, units, canvas (W3C InkML 1.0, 3.1 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from xml.etree.ElementTree import Element

from core.inkml.canvas import Affine, canvas_mapping
from core.inkml.elements import child, finite, local_name, name_of

DOTS_AN_INCH = 96.0
"""Ink pixels an inch, where a file says how long its units are: CSS's."""

_MOST_REFERENCES = 20
"""How far a chain of references is followed: one that goes further runs in a circle."""

_PIXELS = MappingProxyType(
    {
        "m": DOTS_AN_INCH / 0.0254,
        "cm": DOTS_AN_INCH / 2.54,
        "mm": DOTS_AN_INCH / 25.4,
        "um": DOTS_AN_INCH / 25_400,
        "himetric": DOTS_AN_INCH / 2540,
        "in": DOTS_AN_INCH,
        "pc": DOTS_AN_INCH / 6,
        "pt": DOTS_AN_INCH / 72,
        "px": 1.0,
    }
)
"""Pixels in a unit of length. `himetric`, 0.01 mm, is no unit of the standard, but Windows's."""

_SECONDS = MappingProxyType({"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9})
MILLISECOND = 1e-3
"""Of times without a unit that is known: the standard's own unit for times (timeOffset)."""

_WIDEST_PRESSURE_RANGE = 1 << 20
"""A channel with a wider one tells the range of its number type, as some programs do, not of a
pen: pens have 256 to 16,384 levels."""


@dataclass(frozen=True, slots=True)
class Axis:
    """How one channel's numbers become ours: `(number - low) * scale`.

    Attributes:
        index: Which of a point's values it is, from 0.
        scale: Ours in one of the file's; below 0 where the axis runs the other way.
        low: The number that is our 0.
        known: Whether the file says how much one of its units is.
    """

    index: int
    scale: float = 1.0
    low: float = 0.0
    known: bool = False


@dataclass(frozen=True, slots=True)
class TraceFormat:
    """Where a trace has what we use of it.

    Attributes:
        x: To pixels.
        y: To pixels, down.
        pressure: To 0 to 1 where it is known how; None where there is none.
        time: To seconds; None where there is none.
        mapping: What the file's x and y go through first; None where they stay.
    """

    x: Axis
    y: Axis
    pressure: Axis | None = None
    time: Axis | None = None
    mapping: Affine | None = None

    @property
    def axes(self) -> tuple[Axis, Axis, Axis | None, Axis | None]:
        """In the order of a stroke's columns."""
        return self.x, self.y, self.pressure, self.time


@dataclass(frozen=True, slots=True)
class Context:
    """What is in force for a trace: the elements that say it, None where nothing does."""

    trace_format: Element | None = None
    source: Element | None = None
    canvas: Element | None = None
    transform: Element | None = None
    brush: Element | None = None


class Formats:
    """The contexts and trace formats of one document, by reference.

    Attributes:
        named: The elements that have a name, by reference ("#name").
    """

    def __init__(self, root: Element) -> None:
        self.named = {f"#{name}": each for each in root.iter() if (name := name_of(each))}
        self._known: dict[Context, TraceFormat | None] = {}

    def context(self, element: Element, outer: Context) -> Context:
        """What is in force for a trace or a group of them, in the middle of `outer`."""
        named = self._referred(element, "context")
        if named is not None:
            # a context that is referred to means the same wherever it is; the brush is a group's
            outer = self.declared(named, Context(brush=outer.brush))
        brush = self._referred(element, "brush")
        return outer if brush is None else replace(outer, brush=brush)

    def declared(self, element: Element, outer: Context, depth: int = 0) -> Context:
        """What is in force after a context, or a part of one, was declared in place of `outer`."""
        kind = local_name(element)
        if kind == "inkSource":
            own = child(element, "traceFormat")
            return replace(
                outer, source=element, trace_format=outer.trace_format if own is None else own
            )
        if kind in _SINGLE_PARTS:
            return replace(outer, **{_SINGLE_PARTS[kind]: element})
        context = self._referred(element, "context") if depth < _MOST_REFERENCES else None
        named = (self._referred(element, part) for part in _PARTS)
        own_parts = (child(element, part) for part in _PARTS)
        # a part that the context has itself goes before the one that it names
        by_kind = (part for pair in zip(named, own_parts, strict=True) for part in pair)
        for part in (context, *by_kind):
            outer = outer if part is None else self.declared(part, outer, depth + 1)
        return outer

    def trace_format(self, context: Context) -> TraceFormat | None:
        """What the numbers of a trace mean; None where they do not say X and Y.

        Raises:
            BeyondUsError: They go through a mapping that we do not read.
            ValueError: Their mapping is not in the syntax of the standard.
        """
        if context not in self._known:
            self._known[context] = self._found_format(context)
        return self._known[context]

    def _found_format(self, context: Context) -> TraceFormat | None:
        plain = _trace_format(context)
        if plain is None or context.transform is None:
            return plain
        canvas = {} if context.canvas is None else _channels(self._format_of(context.canvas))
        return replace(
            plain,
            x=_on_canvas(plain.x, canvas.get("X")),
            y=_on_canvas(plain.y, canvas.get("Y")),
            mapping=canvas_mapping(context.transform, self.named),
        )

    def _format_of(self, canvas: Element) -> Element | None:
        referred = self._referred(canvas, "traceFormat")
        return child(canvas, "traceFormat") if referred is None else referred

    def _referred(self, element: Element, kind: str) -> Element | None:
        """The element of a kind that another one refers to, in the same document."""
        named = self.named.get(element.get(f"{kind}Ref", ""))
        return named if named is not None and local_name(named) == kind else None


def length_in_pixels(unit: str) -> float | None:
    """Pixels in a unit of length, by its name in InkML; None where it is none that we know."""
    return _PIXELS.get(_unit(unit))


# --- Steps from elements to a format ----------------------------------------------------------

_PARTS = ("inkSource", "traceFormat", "canvas", "canvasTransform", "brush")
"""What a context is made of."""

_SINGLE_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "traceFormat": "trace_format",
        "canvas": "canvas",
        "canvasTransform": "transform",
        "brush": "brush",
    }
)
"""Those that stand for themselves alone, and where `Context` has them."""


@dataclass(frozen=True, slots=True)
class _Resolution:
    """How many of a channel's numbers make a unit ("1/cm": one centimetre)."""

    count: float
    unit: str


def _trace_format(context: Context) -> TraceFormat | None:
    channels = _channels(context.trace_format)
    resolutions = _resolutions(context.source)
    if not channels:
        channels = {"X": (0, {}), "Y": (1, {})}
    if "X" not in channels or "Y" not in channels:
        return None
    pressure, time = channels.get("F"), channels.get("T")
    return TraceFormat(
        _place(*channels["X"], resolutions.get("X")),
        _place(*channels["Y"], resolutions.get("Y")),
        None if pressure is None else _pressure(*pressure),
        None if time is None else _time(*time, resolutions.get("T")),
    )


def _channels(trace_format: Element | None) -> dict[str, tuple[int, Mapping[str, str]]]:
    """Each channel's place among a point's values, and its attributes, by name.

    Intermittent channels stand after the others in the format as in the points.
    """
    if trace_format is None:
        return {}
    elements = (each for each in trace_format.iter() if local_name(each) == "channel")
    return {each.get("name", ""): (index, each.attrib) for index, each in enumerate(elements)}


def _resolutions(source: Element | None) -> dict[str, _Resolution]:
    """What the source says of its channels' resolutions, by channel."""
    if source is None:
        return {}
    properties = (each for each in source.iter() if local_name(each) == "channelProperty")
    return {
        each.get("channel", ""): _resolution(each)
        for each in properties
        if each.get("name") == "resolution"
    }


def _resolution(element: Element) -> _Resolution:
    units = _unit(element.get("units"))
    unit = "in" if units == "dpi" else units.rpartition("/")[2].strip()
    return _Resolution(finite(element.get("value")) or 0.0, unit)


def _place(index: int, channel: Mapping[str, str], resolution: _Resolution | None) -> Axis:
    scale = _scale(channel, resolution, _PIXELS)
    sign = -1.0 if channel.get("orientation") == "-ve" else 1.0
    return Axis(index, sign * (scale or 1.0), known=scale is not None)


def _on_canvas(axis: Axis, channel: tuple[int, Mapping[str, str]] | None) -> Axis:
    """An axis whose numbers a mapping has made the canvas's: they are in the canvas's units."""
    return Axis(axis.index) if channel is None else _place(axis.index, channel[1], None)


def _time(index: int, channel: Mapping[str, str], resolution: _Resolution | None) -> Axis:
    scale = _scale(channel, resolution, _SECONDS)
    return Axis(index, scale or MILLISECOND, known=scale is not None)


def _pressure(index: int, channel: Mapping[str, str]) -> Axis:
    low = finite(channel.get("min")) or 0.0
    percent = 100.0 if _unit(channel.get("units")) == "%" else None
    high = finite(channel.get("max")) or percent
    if high is None or not 0 < high - low <= _WIDEST_PRESSURE_RANGE:
        return Axis(index)
    return Axis(index, 1 / (high - low), low, known=True)


def _scale(
    channel: Mapping[str, str], resolution: _Resolution | None, units: Mapping[str, float]
) -> float | None:
    """Ours in one of the channel's numbers, or None where the file does not say.

    A resolution goes first: programs that give one write whole numbers of the device, and name
    in `units` what the resolution is counted in.
    """
    if resolution is not None and resolution.unit in units and resolution.count > 0:
        return units[resolution.unit] / resolution.count
    return units.get(_unit(channel.get("units")))


def _unit(written: str | None) -> str:
    return (written or "").strip().lower().replace("\u00b5", "u").replace("\u03bc", "u")
