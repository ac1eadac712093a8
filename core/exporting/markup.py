"""Any text as XML takes it: no sign and no file's name may break what other programs read."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, not even escaped (XML 1.0, 2.2)."""

_REPLACEMENT = "\ufffd"
"""Stands for one of them: a byte of a file's name that is no text, or a control character."""

_ALWAYS_DOUBLE = {"'": "&#39;", '"': "&quot;"}


def xml_text(text: str) -> str:
    """`text` as the content of an element."""
    return escape(NO_XML.sub(_REPLACEMENT, text))


def xml_value(text: str) -> str:
    """`text` as the value of an attribute, in double quotes; its line feeds and tabs are kept."""
    return quoteattr(NO_XML.sub(_REPLACEMENT, text), _ALWAYS_DOUBLE)
