"""ICU's data for the frozen program: Qt's library of it with what Glyphpad has a use for.

Of its 32 MB, three quarters are names of units, currencies and places in every language, rules for
breaking lines of Thai, and encodings of the last century. Qt has its own names and rules, and asks
ICU for sorting, upper case and time zones. The library holds nothing but this data, a list of named
files ("CmnD" in ICU's `ucmndata.h`), so it is written anew, with GNU binutils.
"""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path

LIBRARY = re.compile(r"(^|/)libicudata\.so\.\d+$")

LEFT_OUT = re.compile(r"\.cnv$|/(brkitr|curr|lang|rbnf|region|translit|unit|zone)/")
KEPT = re.compile(
    r"/(root|res_index|pool|tzdbNames|(de|en|fr)(_\w+)?)\.res$|/supplementalData\.res$"
)
"""Of what is left out: the languages of the program, and what each folder is found by."""

FORMAT = b"CmnD"
FORMAT_OFFSET = 12
"""Bytes before the name of the format: sizes, magic number and byte order."""

ALIGNMENT = 16
"""Bytes that each file begins at a multiple of."""

SYMBOL = re.compile(r"^([0-9a-f]+) ([0-9a-f]+) R (icudt\d+_dat)$", re.MULTILINE)

SOURCE = """
.section .rodata,"a",@progbits
.balign {alignment}
.globl {symbol}
.type {symbol}, @object
.size {symbol}, {size}
{symbol}:
.incbin "{data}"
.section .note.GNU-stack,"",@progbits
"""


def trim_library(library: Path, target: Path) -> None:
    """Writes the library `target`: `library` with less data.

    Raises:
        ValueError: It is not a library of ICU's data, as we know them.
    """
    told = subprocess.run(
        ["nm", "--dynamic", "--print-size", library], capture_output=True, text=True, check=True
    ).stdout
    found = SYMBOL.search(told)
    whole = library.read_bytes()
    start = whole.find(FORMAT) - FORMAT_OFFSET
    if found is None or start < 0:
        raise ValueError(f"{library} is not ICU's data")
    data = trimmed(whole[start : start + int(found[2], 16)])
    target.parent.mkdir(parents=True, exist_ok=True)
    package, source, built = (target.with_suffix(end) for end in (".dat", ".s", ".o"))
    package.write_bytes(data)
    source.write_text(
        SOURCE.format(alignment=ALIGNMENT, symbol=found[3], size=len(data), data=package)
    )
    subprocess.run(["as", "-o", built, source], check=True)
    subprocess.run(["ld", "-shared", f"-soname={library.name}", "-o", target, built], check=True)


def trimmed(package: bytes) -> bytes:
    """A package of ICU's data with fewer files; what it says of itself stays."""
    (head,) = struct.unpack_from("<H", package)
    files = [file for file in _files(package, head) if _wanted(file[0])]
    names = b"".join(name.encode() + b"\0" for name, _ in files)
    place = 4 + 8 * len(files)
    bodies = place + len(names)
    index, content = [], bytearray()
    for name, data in files:
        content += bytes(-(bodies + len(content)) % ALIGNMENT)
        index.append(struct.pack("<II", place, bodies + len(content)))
        content += data
        place += len(name) + 1
    return package[:head] + struct.pack("<I", len(files)) + b"".join(index) + names + bytes(content)


def _files(package: bytes, head: int) -> list[tuple[str, bytes]]:
    """The names and bytes of the files in a package, in order of their names."""
    (count,) = struct.unpack_from("<I", package, head)
    rows = [struct.unpack_from("<II", package, head + 4 + 8 * row) for row in range(count)]
    ends = [head + data for _, data in rows[1:]] + [len(package)]
    files = []
    for (name, data), end in zip(rows, ends, strict=True):
        text = package[head + name : package.index(b"\0", head + name)].decode()
        files.append((text, package[head + data : end]))
    return files


def _wanted(name: str) -> bool:
    return LEFT_OUT.search(name) is None or KEPT.search(name) is not None
