"""Lays out what a package installs: the frozen program, and what makes a desktop know it."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from scripts.packages.icons import draw_icons
from scripts.packages.manual import PAGES, manual_page
from scripts.packages.metainfo import metainfo
from scripts.packages.release import IDENTIFIER, ROOT, source_date

PROGRAMS = ("glyphpad", "glyphpad-cli")

LIBRARY = Path("lib/glyphpad")
"""Where the frozen program is, below the prefix: its parts are for no other program."""

_LINUX = ROOT / "packaging/linux"
_MAY_RUN = 0o755
_MAY_READ = 0o644


def stage(folder: Path, prefix: Path) -> None:
    """Puts the frozen program and all that belongs to it below a prefix, such as /usr.

    Args:
        folder: The frozen program.
        prefix: Made, with folders above it.
    """
    shutil.copytree(folder, prefix / LIBRARY, symlinks=True)
    commands = prefix / "bin"
    commands.mkdir()
    for name in PROGRAMS:
        (commands / name).symlink_to(Path("..", LIBRARY, name))
    share = prefix / "share"
    draw_icons(share / "icons/hicolor")
    for target, text in _texts().items():
        path = share / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text())


def settle(tree: Path) -> None:
    """Gives every file below `tree` rights and a time that depend on nothing but the source."""
    when = source_date().timestamp()
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(_MAY_RUN if _runs(path) else _MAY_READ)
        os.utime(path, (when, when), follow_symlinks=False)


def packed(text: bytes) -> bytes:
    """The text as gzip has it, without a name or a time within."""
    return gzip.compress(text, compresslevel=9, mtime=0)


def _texts() -> dict[str, Callable[[], bytes]]:
    """What is in share beside the icons: where, and how it is made."""
    pages = {
        f"man/man1/{name}.gz": lambda name=name: packed(manual_page(name).encode())
        for name in PAGES
    }
    return {
        "applications/glyphpad.desktop": (_LINUX / "glyphpad.desktop").read_bytes,
        "mime/packages/glyphpad.xml": (_LINUX / "glyphpad-mime.xml").read_bytes,
        f"metainfo/{IDENTIFIER}.metainfo.xml": lambda: metainfo().encode(),
        **pages,
    }


def _runs(path: Path) -> bool:
    """Whether it is a folder, or a program or script rather than a library."""
    return path.is_dir() or (
        bool(path.stat().st_mode & stat.S_IXUSR) and ".so" not in path.suffixes
    )
