"""Which traces of an InkML document are its ink: those that stand in it, and those it shows.

A trace stands in the document, or in a group there; or it is kept among the definitions, and a
`traceView` shows it, whole or in part (W3C InkML 1.0, 3.3). A view of a trace that stands in the
document says something of it (data sets name the strokes of a character so), and adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from core.inkml.elements import (
    DEEPEST,
    MOST_ELEMENTS,
    BeyondUsError,
    child,
    children,
    local_name,
)
from core.inkml.formats import Context, Formats

_DECLARING = frozenset({"context", "inkSource", "traceFormat"})
_GROUPED = ("trace", "traceGroup", "traceView")

Place = tuple[int, ...]
"""Which child, which child of that, and at last which point; each from 1. Empty: the end of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A trace that is ink, or a part of one.

    Attributes:
        element: The trace.
        context: What is in force for it.
        first: Its first point, from 0.
        end: The point after its last; None for all.
    """

    element: Element
    context: Context
    first: int = 0
    end: int | None = None


def shown_traces(root: Element, formats: Formats) -> list[Shown]:
    """The traces of a document, in its order; those that are shown from the definitions stand where
    the first view of them stands.

    Where nothing else is in it, those among the definitions are meant.

    Raises:
        BeyondUsError: A view shows ink of another file, or a part of a part.
        ValueError: Views run in a circle, or are not in the syntax of the standard.
    """
    start = _context_at_start(root, formats)
    definitions = child(root, "definitions")
    kept = [] if definitions is None else list(_standing(definitions, start, formats))
    views = _Views(formats, {each.element: each.context for each in kept})
    return list(_standing(root, start, formats, views)) or kept


def _context_at_start(root: Element, formats: Formats) -> Context:
    """What is in force before anything is declared.

    A document that defines one context (or format) and refers to none of it means it.
    """
    definitions = child(root, "definitions")
    declared = [] if definitions is None else children(definitions, *_DECLARING)
    contexts = [element for element in declared if local_name(element) == "context"] or declared
    return formats.declared(contexts[0], Context()) if len(contexts) == 1 else Context()


def _standing(
    parent: Element, context: Context, formats: Formats, views: _Views | None = None
) -> Iterator[Shown]:
    """Every trace in `parent`, and those that views there show."""
    for element in parent:
        kind = local_name(element)
        if kind == "trace":
            yield Shown(element, formats.context(element, context))
        elif kind == "traceGroup":
            yield from _standing(element, formats.context(element, context), formats, views)
        elif kind == "traceView" and views is not None:
            yield from views.show(element)
        elif kind in _DECLARING:
            # outside the definitions it is in force for what follows (InkML 7.2, streams)
            context = formats.declared(element, context)


class _Views:
    """What views show of the definitions, each thing once."""

    def __init__(self, formats: Formats, kept: dict[Element, Context]) -> None:
        self._formats = formats
        self._kept = kept
        self._spans: dict[Element, list[Shown]] = {}
        self._steps = 0

    def show(self, view: Element) -> Iterator[Shown]:
        for each in self._meant(view, (), (), 0):
            shown = self._spans.setdefault(each.element, [])
            if not any(_covers(span, each) for span in shown):
                shown.append(each)
                yield each

    def _meant(self, element: Element, first: Place, last: Place, depth: int) -> Iterator[Shown]:
        """What a trace, a group or a view stands for, from one place in it to another."""
        self._steps += 1
        if depth > DEEPEST or self._steps > MOST_ELEMENTS:
            raise ValueError("views run in a circle, or are more than any ink needs")
        if local_name(element) == "trace":
            if element in self._kept:
                yield _part(element, self._kept[element], first, last)
        elif element.get("traceDataRef"):
            yield from self._meant_by_reference(element, first, last, depth)
        else:
            parts = children(element, *_GROUPED)
            begin, end = (first or (1,))[0] - 1, min((last or (len(parts),))[0], len(parts))
            for index in range(begin, end):
                inner_first = first[1:] if first[:1] == (index + 1,) else ()
                inner_last = last[1:] if last[:1] == (index + 1,) else ()
                yield from self._meant(parts[index], inner_first, inner_last, depth + 1)

    def _meant_by_reference(
        self, view: Element, first: Place, last: Place, depth: int
    ) -> Iterator[Shown]:
        own_first, own_last = _place(view.get("from")), _place(view.get("to"))
        if (first or last) and (own_first or own_last):
            raise BeyondUsError("a view of a part of a part")
        reference = view.get("traceDataRef", "")
        # data sets leave out the mark of a reference
        target = self._formats.named.get(reference, self._formats.named.get(f"#{reference}"))
        if target is not None and local_name(target) in _GROUPED:
            yield from self._meant(target, own_first or first, own_last or last, depth + 1)
        elif "#" in reference[1:] or "/" in reference or "." in reference:
            raise BeyondUsError(f"ink that is kept in another file ({reference})")


def _part(trace: Element, context: Context, first: Place, last: Place) -> Shown:
    return Shown(trace, context, (first or (1,))[0] - 1, last[0] if last else None)


def _covers(span: Shown, other: Shown) -> bool:
    until_end = span.end is None or (other.end is not None and other.end <= span.end)
    return span.first <= other.first and until_end


def _place(written: str | None) -> Place:
    """The place that a `from` or a `to` names: numbers from 1, with colons between them."""
    place = tuple(int(number) for number in written.split(":")) if written else ()
    if any(number < 1 for number in place):
        raise ValueError("places count from 1")
    return place
