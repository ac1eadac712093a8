"""What a person put right about ink, as an InkML document says it.

A view of traces may hold views, and annotations (W3C InkML 1.0, 3.3.1 and 4.1). Data sets, CROHME
first, name the strokes of a character by a group of views with the annotation "truth", within one
whose truth is "Segmentation". Ours are the same in views, as the standard has it: a group of
another program's is a label, and not what someone said about how the program reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from core.corrections import Correction
from core.exporting.markup import xml_text
from core.ink import Stroke
from core.inkml.elements import children

_TRUTH = "truth"
_SEGMENTATION = "Segmentation"


def there(corrections: Iterable[Correction], strokes: Iterable[Stroke]) -> tuple[Correction, ...]:
    """The corrections whose strokes are all among `strokes`."""
    known = set(strokes)
    return tuple(one for one in corrections if known.issuperset(one.strokes))


def format_corrections(corrections: Iterable[Correction], names: Mapping[Stroke, str]) -> str:
    """The element that says what was put right; "" where nothing was.

    Args:
        corrections: About strokes that have a name. A sign that is not printable is left out.
        names: What the traces of strokes are called.
    """
    views = "".join(_view(one, names) for one in corrections)
    if not views:
        return ""
    return f"  <traceView>\n    {_annotation(_SEGMENTATION)}\n{views}  </traceView>\n"


def corrections_in(root: Element, strokes: Mapping[str, Stroke]) -> tuple[Correction, ...]:
    """What was put right, as `format_corrections` writes it; a view that says nothing about a
    character is passed over.

    Args:
        root: Of the document.
        strokes: Those that traces came to, by the names of the traces.
    """
    segmentations = [view for view in children(root, "traceView") if _truth(view) == _SEGMENTATION]
    read = (_correction(view, strokes) for each in segmentations for view in _views(each))
    return tuple(correction for correction in read if correction is not None)


def _view(correction: Correction, names: Mapping[Stroke, str]) -> str:
    text = correction.text or ""
    told = f"      {_annotation(text)}\n" if text and text.isprintable() else ""
    parts = "".join(
        f'      <traceView traceDataRef="#{names[stroke]}"/>\n' for stroke in correction.strokes
    )
    return f"    <traceView>\n{told}{parts}    </traceView>\n"


def _annotation(text: str) -> str:
    return f'<annotation type="{_TRUTH}">{xml_text(text)}</annotation>'


def _correction(view: Element, strokes: Mapping[str, Stroke]) -> Correction | None:
    text = _truth(view)
    meant = [_stroke(part, strokes) for part in _views(view)]
    known = [stroke for stroke in meant if stroke is not None]
    if not known or len(known) < len(meant) or (text is not None and len(text) != 1):
        return None
    return Correction(tuple(dict.fromkeys(known)), text)


def _stroke(view: Element, strokes: Mapping[str, Stroke]) -> Stroke | None:
    if view.get("from") or view.get("to"):
        return None  # a part of a stroke
    return strokes.get(view.get("traceDataRef", "").lstrip("#"))


def _views(element: Element) -> Iterator[Element]:
    yield from children(element, "traceView")


def _truth(element: Element) -> str | None:
    """The text of an element's first annotation of that type; None where it has none."""
    annotations = children(element, "annotation")
    texts = ((each.text or "").strip() for each in annotations if each.get("type") == _TRUTH)
    return next((text for text in texts if text), None)
