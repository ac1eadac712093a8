"""Makes packages of frozen programs: `dist/*.deb` and `dist/*.tar.zst`.

python -m scripts.packages dist/glyphpad-light dist/glyphpad
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from scripts.packages.archive import build_archive
from scripts.packages.debian import build_debian

PACKAGES = ("glyphpad-light", "glyphpad")
"""Names of packages, and of the folders that they are made of."""

MEGABYTE = 1_000_000


def main() -> int:
    """0 when every package is made."""
    parser = argparse.ArgumentParser(prog="packages", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    for folder in parser.parse_args().folders:
        if folder.name not in PACKAGES or not folder.is_dir():
            parser.error(f"{folder} is no frozen program; `make bundle` makes one")
        for build in (build_debian, build_archive):
            start = time.monotonic()
            # beside the result: a gigabyte is much for a /tmp in memory, and what is made is put in
            # its place when it is whole
            with tempfile.TemporaryDirectory(dir=folder.parent) as place:
                workplace = Path(place, "tree")
                workplace.mkdir()
                made = build(folder, folder.name, workplace, Path(place))
                file = made.replace(folder.parent / made.name)
            size, seconds = file.stat().st_size / MEGABYTE, time.monotonic() - start
            print(f"{file}: {size:.1f} MB, made in {seconds:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
