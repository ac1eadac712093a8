"""What is told of a release: its version and dates, from the program and its changelog."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from core import VERSION

ROOT = Path(__file__).parents[2]

HOMEPAGE = "https://glyphpad.example"
"""Where Glyphpad is published. The name is one that nobody can own (RFC 2606), and stands here
until there is a place; a package for others wants the real one."""

MAINTAINER = f"The Glyphpad developers <maintainers@{urlsplit(HOMEPAGE).hostname}>"

IDENTIFIER = ".".join([*reversed((urlsplit(HOMEPAGE).hostname or "").split(".")), "glyphpad"])
"""The program's name among all programs, as AppStream wants it: the homepage's host, turned
round."""

DEBIAN_REVISION = "1"
"""Of the packaging, where the program stays the same."""

_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"\d+\.\d+\.\d+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Release:
    """One heading of the changelog.

    Attributes:
        version: As "1.2.3".
        date: When it was made; of one that is not out yet, when the last change was committed.
        out: Whether it has been released.
        changes: What a user would notice, a sentence or more each, without markup.
    """

    version: str
    date: datetime
    out: bool
    changes: tuple[str, ...]


def releases() -> tuple[Release, ...]:
    """What the changelog tells, newest first; an empty *Unreleased* is left out.

    Raises:
        ValueError: The program's own version is not in it.
    """
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    _, *parts = _HEADING.split(text)
    found = [_release(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    told = tuple(release for release in found if release.changes)
    if VERSION not in {release.version for release in told}:
        raise ValueError(f"CHANGELOG.md does not tell of {VERSION}")
    return told


def source_date() -> datetime:
    """When what is packaged was last changed: SOURCE_DATE_EPOCH, or the last commit."""
    seconds = (
        os.environ.get("SOURCE_DATE_EPOCH")
        or subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    return datetime.fromtimestamp(int(seconds), tz=UTC)


def _release(heading: str, text: str) -> Release:
    version, day = _NUMBER.search(heading), _DATE.search(heading)
    items = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
    return Release(
        version=version.group() if version else VERSION,
        date=datetime.fromisoformat(day.group()).replace(tzinfo=UTC) if day else source_date(),
        out=day is not None,
        changes=tuple(" ".join(item.replace("`", "").split()) for item in items),
    )
