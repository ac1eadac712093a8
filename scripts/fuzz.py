"""Damages files of every format and opens them: `python -m scripts.fuzz [--count N] [--seed S]`.

Each file is made of a seed, an index and nothing else, so that what is found can be made again. It
is opened, read and made small as the program does it, in a process of its own with little memory
and little time. What comes of it must be a page, or an error of `core.errors`; anything else is a
finding: its file is kept, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import struct
import sys
import tempfile
import time
import traceback
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import cast

import numpy as np
from numpy.random import Generator

from core.errors import FileError
from core.ink import Ink
from core.inkml import InkDocument
from core.picture import PictureFile
from core.sources import read_page, read_source
from scripts.fuzz_seeds import SEEDS

MOST_MEMORY = 2 << 30
"""Bytes of addresses that opening may take: 0.9 of them are the interpreter's and the libraries',
and a page of MOST_PIXELS takes 0.7."""

MOST_SECONDS = 30.0
"""How long a damaged file may take: a header that announces MOST_PIXELS of nothing takes two or
three, and ten on a machine that is busy with something else."""

_MOST_CHANGES = 12
_HALF, _QUARTER = 0.5, 0.25
_HEADER = 128
_WORD = re.compile(rb"[\w#.+-]+")
_DIGITS = b"0123456789"
_THUMBNAIL = 160


# --- What is done to a file -------------------------------------------------------------------


def _flipped(data: bytearray, random: Generator) -> None:
    for _ in range(_few(random)):
        data[random.integers(len(data))] ^= 1 << int(random.integers(8))


def _overwritten(data: bytearray, random: Generator) -> None:
    for _ in range(_few(random)):
        data[random.integers(len(data))] = int(random.integers(256))


def _cut(data: bytearray, random: Generator) -> None:
    del data[random.integers(len(data)) :]


def _cut_out(data: bytearray, random: Generator) -> None:
    begin, end = _range(data, random)
    del data[begin:end]


def _doubled(data: bytearray, random: Generator) -> None:
    begin, end = _range(data, random)
    data[begin:begin] = data[begin:end]


def _swapped(data: bytearray, random: Generator) -> None:
    """Two neighbouring ranges change places."""
    first, second, third = sorted(random.integers(0, len(data) + 1, 3).tolist())
    data[first:third] = data[second:third] + data[first:second]


_EXTREMES = (
    *(0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 30_000),
    *(0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF),
)


def _renumbered(data: bytearray, random: Generator) -> None:
    """A few numbers, in the header more often than elsewhere, become extreme ones."""
    for _ in range(_few(random)):
        reach = len(data) if random.random() < _HALF else min(len(data), _HEADER)
        at = int(random.integers(reach))
        code = str(random.choice(["<H", ">H", "<I", ">I", "B"]))
        size = struct.calcsize(code)
        value = int(random.choice(_EXTREMES)) & ((1 << 8 * size) - 1)
        data[at : at + size] = struct.pack(code, value)


def _respelt(data: bytearray, random: Generator) -> None:
    """A few numbers that are written in digits become others: in PDF and InkML."""
    digits = [at for at, byte in enumerate(data) if byte in _DIGITS]
    for _ in range(_few(random) if digits else 0):
        at = digits[random.integers(len(digits))]
        long = random.choice(["-1", "0", "1e999", "99999999999", "4294967296", "3", "nan", "."])
        data[at : at + 1] = str(long).encode()


def _reworded(data: bytearray, random: Generator) -> None:
    """A few words become other words of the same file: in PDF and InkML."""
    for _ in range(_few(random)):
        words = [found.span() for found in _WORD.finditer(data)]
        if words:
            (begin, end), (first, last) = (words[i] for i in random.integers(len(words), size=2))
            data[begin:end] = data[first:last]


def _few(random: Generator) -> int:
    """How many changes: one as often as all larger numbers together."""
    return min(int(random.geometric(_HALF)), _MOST_CHANGES)


def _range(data: bytearray, random: Generator) -> tuple[int, int]:
    begin = int(random.integers(len(data)))
    return begin, begin + int(random.integers(1, max(2, min(len(data) - begin, 400) + 1)))


Damage = Callable[[bytearray, Generator], None]

_DAMAGES: Sequence[Damage] = (
    *(_flipped, _overwritten, _renumbered) * 3,
    *(_cut, _cut_out, _doubled, _swapped, _respelt),
)
"""What keeps everything in its place comes more often, as it gets further into a decoder."""

_DAMAGES_OF_TEXT: Sequence[Damage] = (*(_respelt, _reworded) * 6, *_DAMAGES)

_TEXTS = frozenset({"PDF", "InkML"})


def damaged(kind: str, seed: int, index: int) -> bytes:
    """A damaged file of a format; the same for the same arguments."""
    names = list(SEEDS)
    random = np.random.default_rng([seed, names.index(kind), index])
    whole = _whole(kind)
    data = bytearray(whole[random.integers(len(whole))])
    if random.random() < _QUARTER:
        data = _spliced(data, bytearray(whole[random.integers(len(whole))]), random)
    if kind in _CHUNKED and random.random() > _QUARTER:
        return _in_its_chunks(data, _CHUNKED[kind], random)
    damages = _DAMAGES_OF_TEXT if kind in _TEXTS else _DAMAGES
    for _ in range(_few(random)):
        if data:
            damages[int(random.integers(len(damages)))](data, random)
    return bytes(data + _ENDS.get(kind, b"") if random.random() > _QUARTER else data)


_KEPT: dict[str, list[bytes]] = {}


def _whole(kind: str) -> list[bytes]:
    if kind not in _KEPT:
        _KEPT[kind] = [bytes(data) for data in SEEDS[kind]()]
    return _KEPT[kind]


def _spliced(data: bytearray, other: bytearray, random: Generator) -> bytearray:
    """The beginning of one file and the rest of another, or a part of it within the first."""
    begin, end = _range(other, random)
    at = int(random.integers(len(data)))
    if random.random() < _HALF:
        return data[:at] + other[min(at, len(other)) :]
    return data[:at] + other[begin:end] + data[at:]


_ENDS: Mapping[str, bytes] = MappingProxyType({"PDF": b"\n%%EOF", "JPEG": b"\xff\xd9"})
"""What is put behind three files of four, as its loss would be found before all else."""


@dataclass(frozen=True)
class _Chunks:
    """How the parts of a file are packed.

    Attributes:
        first: Where the first one is.
        head: A part's length and kind, as Python's module struct packs them.
        kind_first: Whether the kind comes before the length.
        sums: Whether a checksum follows, as in PNG; else parts of odd length are filled up.
    """

    first: int
    head: str
    kind_first: bool
    sums: bool

    def parted(self, data: bytearray) -> list[tuple[bytes, bytearray]]:
        parts, at = [], self.first
        while at + 8 <= len(data):
            pair = struct.unpack_from(self.head, data, at)
            kind, length = pair if self.kind_first else pair[::-1]
            parts.append((kind, data[at + 8 : at + 8 + length]))
            at += 8 + length + (4 if self.sums else length % 2)
        return parts

    def joined(self, parts: Sequence[tuple[bytes, bytearray]]) -> bytes:
        pieces: list[bytes | bytearray] = []
        for kind, body in parts:
            pair = (kind, len(body)) if self.kind_first else (len(body), kind)
            checked = struct.pack(">I", zlib.crc32(kind + body)) if self.sums else b""
            pieces += [struct.pack(self.head, *pair), body, checked or bytes(len(body) % 2)]
        return b"".join(pieces)


_CHUNKED: Mapping[str, _Chunks] = MappingProxyType(
    {
        "PNG": _Chunks(8, ">I4s", kind_first=False, sums=True),
        "WebP": _Chunks(12, "<4sI", kind_first=True, sums=False),
    }
)


def _in_its_chunks(data: bytearray, chunks: _Chunks, random: Generator) -> bytes:
    """A file whose chunks are damaged, doubled, lost or moved, and whose lengths and sums are
    right: three such files of four get past what checks those."""
    parts = chunks.parted(data)
    for _ in range(_few(random)):
        at, other = (int(index) for index in random.integers(len(parts), size=2))
        kind, body = parts[at]
        what = random.random()
        if what < _QUARTER / 2:
            parts.insert(other, (kind, bytearray(body)))
        elif what < _QUARTER:
            parts[at], parts[other] = parts[other], parts[at]
        elif what < _QUARTER + _QUARTER / 2 and len(parts) > 1:
            del parts[at]
        elif body:
            _damage_body(kind, body, random)
    joined = chunks.joined(parts)
    if not chunks.sums:
        data[4:8] = struct.pack("<I", len(joined) + 4)
    return bytes(data[: chunks.first]) + joined


def _damage_body(kind: bytes, body: bytearray, random: Generator) -> None:
    damage = _DAMAGES[int(random.integers(len(_DAMAGES)))]
    if kind in {b"IDAT", b"fdAT"} and random.random() > _QUARTER:
        # within what is packed, so that unpacking it finds nothing
        plain = bytearray(zlib.decompressobj().decompress(body, 1 << 20)) if _opens(body) else body
        if plain:
            damage(plain, random)
        body[:] = zlib.compress(plain)
    else:
        damage(body, random)


def _opens(packed: bytearray) -> bool:
    try:
        zlib.decompressobj().decompress(packed, 1 << 20)
    except zlib.error:
        return False
    return True


# --- Opening, in a process of its own ---------------------------------------------------------


def open_file(path: Path) -> None:
    """Opens a file in every way that the program has, and looks at a few of its pages.

    Raises:
        FileError: It is damaged, and that was found.
    """
    source = read_page(path, 1)
    if isinstance(source, InkDocument):
        if not any(isinstance(one, Ink) for one in read_source(path)):
            raise AssertionError("the ink is there on one way and not on the other")
        return
    with PictureFile(path) as file:
        for number in {1, 2, file.pages // 2 or 1, file.pages} & set(range(1, file.pages + 1)):
            picture = file.page(number)
            if (picture.width, picture.height) != file.size(number):
                raise AssertionError("a page is not as large as was said")
            small = file.thumbnail(number, _THUMBNAIL)
            if max(small.shape[:2]) > _THUMBNAIL or not small.size:
                raise AssertionError(f"a thumbnail of {small.shape}")


Opening = Callable[[Path], None]


@dataclass(frozen=True)
class Outcome:
    """What came of one file.

    Attributes:
        what: "opened", "refused", "failed", "crashed" or "too slow".
        seconds: How long it took.
        megabytes: The most memory that its process has taken so far.
        why: An exception that is none of ours, or a signal.
    """

    what: str
    seconds: float
    megabytes: int = 0
    why: str = ""


def _work(pipe: Connection, opening: Opening, folder: Path) -> None:
    """Opens what it is told to until it is told nothing more."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("error")
    path = folder / "file"
    while (task := pipe.recv()) is not None:
        path.write_bytes(damaged(*task))
        pipe.send(None)
        begin = time.perf_counter()
        try:
            opening(path)
            what, why = "opened", ""
        except FileError:
            what, why = "refused", ""
        except Exception:  # noqa: BLE001  # whatever it is, it is what is looked for
            what, why = "failed", traceback.format_exc()
        seconds = time.perf_counter() - begin
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        pipe.send(Outcome(what, seconds, memory, why))


class _Worker:
    """A process that opens files, and another after it when it dies of one."""

    def __init__(self, opening: Opening, folder: Path, *, seconds: float) -> None:
        self._opening = opening
        self._folder = folder
        self._seconds = seconds
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._opening, self._folder), daemon=True
        )
        self._process.start()
        theirs.close()

    def open(self, kind: str, seed: int, index: int) -> Outcome:
        begin = time.perf_counter()
        try:
            self._pipe.send((kind, seed, index))
            # the process has begun and the file is made: only from now on it is timed
            self._pipe.recv()
            begin = time.perf_counter()
            if self._pipe.poll(self._seconds):
                return cast(Outcome, self._pipe.recv())
        except EOFError:
            self._process.join()
            why = f"exit status {self._process.exitcode}"
            self._start()
            return Outcome("crashed", time.perf_counter() - begin, why=why)
        self._process.kill()
        self._process.join()
        self._start()
        return Outcome("too slow", self._seconds, why=f"more than {self._seconds:g} s")

    def close(self) -> None:
        self._pipe.send(None)
        self._process.join()


# --- The run ----------------------------------------------------------------------------------


@dataclass
class Tally:
    """What came of the files of one format."""

    counts: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    megabytes: int = 0

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.what] = self.counts.get(outcome.what, 0) + 1
        self.slowest = max(self.slowest, outcome.seconds)
        self.megabytes = max(self.megabytes, outcome.megabytes)


FINDINGS = ("failed", "crashed", "too slow")


def fuzz(
    kinds: Sequence[str],
    *,
    count: int,
    seed: int,
    keep: Path,
    opening: Opening = open_file,
    seconds: float = MOST_SECONDS,
) -> dict[str, Tally]:
    """What comes of damaged files.

    Args:
        kinds: Formats, of SEEDS.
        count: How many files of each.
        seed: Of what is done to them.
        keep: The folder for files that are findings, each beside what was found; made when needed.
        opening: How a file is opened; a function that a new process finds by its name.
        seconds: How long a file may take.

    Returns:
        A tally for each format.
    """
    tallies = {kind: Tally() for kind in kinds}
    with tempfile.TemporaryDirectory() as folder:
        worker = _Worker(opening, Path(folder), seconds=seconds)
        for kind, index in _tasks(kinds, count):
            outcome = worker.open(kind, seed, index)
            tallies[kind].add(outcome)
            if outcome.what in FINDINGS:
                _keep(keep, f"{kind}-{seed}-{index}", damaged(kind, seed, index), outcome)
        worker.close()
    return tallies


def _tasks(kinds: Sequence[str], count: int) -> Iterator[tuple[str, int]]:
    for kind in kinds:
        for index in range(count):
            yield kind, index


def _keep(folder: Path, name: str, data: bytes, outcome: Outcome) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    (folder / f"{name}.txt").write_text(f"{outcome.what}\n{outcome.why}\n", encoding="utf-8")


def table(tallies: Mapping[str, Tally]) -> str:
    """The tallies as a table, a row a format."""
    heads = ("count", "opened", "refused", *FINDINGS)
    rows = [f"{'':8}" + "".join(f"{head:>10}" for head in (*heads, "slowest", "memory"))]
    for kind, tally in tallies.items():
        figures = [sum(tally.counts.values()), *(tally.counts.get(name, 0) for name in heads[1:])]
        last = f"{tally.slowest * 1000:>7.0f} ms{tally.megabytes:>7} MB"
        rows.append(f"{kind:8}" + "".join(f"{figure:>10}" for figure in figures) + last)
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 where nothing was found."""
    parser = argparse.ArgumentParser(description="Opens damaged files of every format.")
    parser.add_argument("--count", type=int, default=300, help="files of each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=tuple(SEEDS), help="only this format")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), metavar="FOLDER")
    options = parser.parse_args(arguments)
    kinds = options.kind or list(SEEDS)
    tallies = fuzz(kinds, count=options.count, seed=options.seed, keep=options.keep)
    print(table(tallies))
    found = sum(tally.counts.get(name, 0) for tally in tallies.values() for name in FINDINGS)
    if found:
        print(f"{found} findings; their files are in {options.keep}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
