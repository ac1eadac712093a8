"""The elements of an InkML document: their names, and the numbers in their attributes."""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element

NAMESPACE = "http://www.w3.org/2003/InkML"

DEEPEST = 100
"""How deep elements may stand in each other, or refer to each other."""

MOST_ELEMENTS = 100_000
"""Elements of the largest document that is read; a stroke is one."""

_OURS = ("", f"{{{NAMESPACE}")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class BeyondUsError(Exception):
    """A document that keeps to the standard, with a part of it that we do not read.

    Attributes:
        what: That part, as a noun.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def local_name(element: Element) -> str:
    """An element's name without InkML's namespace; "" where it is in another one."""
    namespace, _, name = element.tag.rpartition("}")
    return name if namespace in _OURS else ""


def name_of(element: Element) -> str:
    """What other elements call it; "" where it has no name. The drafts of InkML said `id`."""
    return element.get(_XML_ID, element.get("id", ""))


def children(element: Element, *names: str) -> list[Element]:
    """The children with one of some names, in their order."""
    return [each for each in element if local_name(each) in names]


def child(element: Element, name: str) -> Element | None:
    """The first child with a name."""
    return next((each for each in element if local_name(each) == name), None)


def finite(written: str | None) -> float | None:
    """The number that an attribute is, or None where it is none."""
    try:
        number = float(written or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
