"""`make bench`: how fast and how small the program is, with the machine named.

    python -m bench [ROOM ...] [--write]

Each room can be measured by itself. Nothing here is a test: figures depend on the machine, and no
figure fails a build.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from bench import readme, records
from bench.rows import Row

ROOMS = {
    "start": ("bench.start", "start_rows", "times to the first paint and answer, cold and warm"),
    "memory": ("bench.start", "memory_rows", "memory at rest and after a minute of writing"),
    "sizes": ("bench.sizes", "size_rows", "bundles and packages, and their largest parts"),
    "window": ("bench.window", "window_rows", "the window's loop, and the pen to the chart"),
    "canvas": ("bench.canvas", "canvas_rows", "the pen to painted ink, full and empty pads"),
    "pad": ("bench.pad_reading", "pad_rows", "reading a full pad"),
    "scan": ("bench.scan", "scan_rows", "reading pages of scans"),
    "engines": ("bench.engines", "engine_rows", "tiles a second, and our own overhead"),
}


def main() -> int:
    """Prints the table, and writes it where that is asked for."""
    arguments = _arguments()
    began, last, rows = time.monotonic(), records.committed(), []
    print(records.machine())
    print(", ".join(f"{name} {version}" for name, version in records.versions().items()))
    print(f"{'':58} {'n':>5} {'median':>12} {'quartiles':>19} {'last run':>12}")
    for row in _rows(arguments.rooms or list(ROOMS)):
        rows.append(row)
        print(_line(row, records.compared(row, last)), flush=True)
    print(f"{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    if arguments.write:
        print(records.write(rows))
        readme.write(records.written())
    return 0


def _rows(rooms: list[str]) -> Iterator[Row]:
    for room in rooms:
        module, rows, _ = ROOMS[room]
        yield from getattr(import_module(module), rows)()


def _line(row: Row, change: str) -> str:
    digits = 0 if row.value >= 1000 else 2 if row.value < 10 else 1  # noqa: PLR2004  # three places
    value = f"{row.value:,.{digits}f} {row.unit}"
    spread = "" if row.low == row.high else f"{row.low:,.{digits}f} to {row.high:,.{digits}f}"
    return f"{row.what:58} {row.n:5} {value:>12} {spread:>19} {change:>12}  {row.remark}".rstrip()


def _arguments() -> argparse.Namespace:
    rooms = "\n".join(f"  {name:9}{about}" for name, (_, _, about) in ROOMS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__.splitlines()[0],
        epilog=f"rooms:\n{rooms}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM")
    parser.add_argument(
        "--write", action="store_true", help="write bench/results and the table in README"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
