"""A small frozen program: real programs and libraries, and no more of them than a test needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def frozen(tmp_path) -> Path:
    """A folder as PyInstaller makes them."""
    folder = tmp_path / "glyphpad-light"
    (folder / "_internal/assets").mkdir(parents=True)
    (folder / "_internal/assets/glyphpad.svg").write_text("<svg/>")
    for name in ("glyphpad", "glyphpad-cli"):
        shutil.copy("/bin/true", folder / name)
    library = folder / "_internal/libz.so.1"
    shutil.copy("/bin/true", library)
    library.chmod(0o755)
    return folder
