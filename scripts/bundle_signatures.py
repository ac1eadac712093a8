"""What Shiboken knows of signatures, compiled beforehand.

Its library holds that as sources in an archive, and compiles them at every start, unless they lie
beside it, in `files.dir`.
"""

from __future__ import annotations

import py_compile
import sys
from pathlib import Path

_PACKAGE = "shibokensupport"


def signature_files(folder: Path) -> list[tuple[str, str, str]]:
    """Entries for PyInstaller's list of data.

    Args:
        folder: Where they are made.
    """
    import PySide6.QtCore  # noqa: F401  # loads them

    archive = sys.modules[_PACKAGE].__loader__.zfile  # type: ignore[union-attr]
    entries = []
    for name in archive.namelist():
        if name.startswith(f"{_PACKAGE}/") and name.endswith(".py"):
            source, compiled = archive.extract(name, folder), str(folder / f"{name}c")
            py_compile.compile(source, compiled, name, doraise=True)
            entries.append((f"shiboken6/files.dir/{name}c", compiled, "DATA"))
    return entries
