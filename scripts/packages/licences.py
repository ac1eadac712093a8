"""Which licences a package's parts are under, in Debian's machine-readable form.

The template names every part that a frozen program may hold; a package is told only of those that
it has, and a part that the template does not know fails the build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from scripts.packages.release import HOMEPAGE, ROOT

TEMPLATE = ROOT / "packaging/debian/copyright"

OURS = ("assets", "models", "licences", "licenses")
"""Folders of a frozen program that are the program's own, or hold the licences themselves."""

_FILES = re.compile(r"^Files: (.*(?:\n .*)*)", re.MULTILINE)
_LICENCE = re.compile(r"^License: (.*)", re.MULTILINE)


class UnknownPartError(Exception):
    """The template does not say what licence a part of the program is under."""


def copyright_text(tree: Path) -> str:
    """What `/usr/share/doc/PACKAGE/copyright` says.

    Args:
        tree: What the package installs, from `/`.

    Raises:
        UnknownPartError: A part is in no paragraph.
    """
    paths = [str(path.relative_to(tree)) for path in tree.rglob("*") if not path.is_dir()]
    head, *rest = TEMPLATE.read_text(encoding="utf-8").strip().split("\n\n")
    parts = [text for text in rest if text.startswith("Files:")]
    kept = [text for text in parts if any(_covers(text, path) for path in paths)]
    _check_known(paths, kept)
    used = {name for text in kept for name in _names(text)}
    texts = [text for text in rest if text.startswith("License:") and _names(text) <= used]
    return "\n\n".join([head.replace("@HOMEPAGE@", HOMEPAGE), *kept, *texts]) + "\n"


def _check_known(paths: Iterable[str], paragraphs: Iterable[str]) -> None:
    named = [text for text in paragraphs if "*" not in _patterns(text)]
    inside = [path for path in paths if "/_internal/" in path]
    unknown = {
        path.partition("/_internal/")[2].partition("/")[0]
        for path in inside
        if not any(_covers(text, path) for text in named)
    }
    if unknown - set(OURS):
        raise UnknownPartError(f"{TEMPLATE.name} says nothing of {sorted(unknown - set(OURS))}")


def _patterns(paragraph: str) -> list[str]:
    found = _FILES.search(paragraph)
    return found.group(1).split() if found else []


def _covers(paragraph: str, path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in _patterns(paragraph))


def _names(paragraph: str) -> set[str]:
    """The licences that a paragraph names."""
    return {
        name
        for line in _LICENCE.findall(paragraph)
        for name in re.split(r" and | or ", line.strip())
    }
