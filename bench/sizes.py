"""What is in dist/: the size of each bundle and package, and its ten largest parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row, exact
from bench.start import BUNDLES, ROOT

LARGEST = 10
PACKAGES = (".deb", ".tar.zst", ".exe", ".dmg")
_MB = 1e6


def size_rows() -> Iterator[Row]:
    """Megabytes (of a million bytes) on disk."""
    for name, place in BUNDLES.items():
        folder = ROOT / place
        if folder.is_dir():
            files = {path: path.stat().st_size for path in _files(folder)}
            yield exact(f"size on disk: {name}", sum(files.values()) / _MB, unit="MB")
            for part, size in _parts(folder, files):
                yield exact(f"  {name}: {part}", size / _MB, unit="MB", better="")
    for path in sorted((ROOT / "dist").glob("*")):
        if path.name.endswith(PACKAGES):
            yield exact(f"size of the package: {path.name}", path.stat().st_size / _MB, unit="MB")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _parts(folder: Path, files: dict[Path, int]) -> list[tuple[str, int]]:
    """The largest parts: of the first three folders that a file is in, as far as there are."""
    parts: Counter[str] = Counter()
    for path, size in files.items():
        inside = path.relative_to(folder).parts
        parts["/".join(inside[:2])] += size
    return parts.most_common(LARGEST)
