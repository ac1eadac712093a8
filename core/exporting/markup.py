"""Any text as XML takes it: no sign and no file's name may break what other programs read."""

from __future__ import annotations

import re

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, not even escaped (XML 1.0, 2.2)."""

_REPLACEMENT = "\ufffd"
"""Stands for one of them: a byte of a file's name that is no text, or a control character."""

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_VALUE = _IN_TEXT | str.maketrans(
    {"'": "&#39;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
"""Of our own, as `xml.sax.saxutils` loads what fetches from the network with them."""


def xml_text(text: str) -> str:
    """`text` as the content of an element."""
    return NO_XML.sub(_REPLACEMENT, text).translate(_IN_TEXT)


def xml_value(text: str) -> str:
    """`text` as the value of an attribute, in double quotes; its line feeds and tabs are kept."""
    return f'"{NO_XML.sub(_REPLACEMENT, text).translate(_IN_VALUE)}"'
