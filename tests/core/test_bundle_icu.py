"""ICU's data made smaller: the files that stay are whole, and Qt sorts and names as before."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from scripts.bundle_icu import trim_library, trimmed

HEAD = struct.pack(
    "<HBBHHBBBB4s4s4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD", b"1", b"3"
) + bytes(8)

FILES = {
    "icudt73l/brkitr/cjdict.dict": b"a" * 33,
    "icudt73l/brkitr/root.res": b"b" * 5,
    "icudt73l/coll/ja.res": b"c" * 16,
    "icudt73l/curr/de_AT.res": b"d",
    "icudt73l/curr/ja.res": b"e" * 40,
    "icudt73l/en.res": b"f" * 17,
    "icudt73l/ibm-37.cnv": b"g" * 99,
    "icudt73l/zone/sv.res": b"h" * 20,
    "icudt73l/zoneinfo64.res": b"i" * 23,
}

KEPT = (
    "icudt73l/brkitr/root.res",
    "icudt73l/coll/ja.res",
    "icudt73l/curr/de_AT.res",
    "icudt73l/en.res",
    "icudt73l/zoneinfo64.res",
)

ASK = """
from PySide6.QtCore import *
names = ["Zebra", "äpfel", "apfel", "Öl", "zoo", "éa", "ß", "ss", "10", "9", "日本", "я", "Ö"]
for code in ("C", "de_DE", "fr_FR", "en_US", "sv_SE", "ja_JP", "tr_TR"):
    locale = QLocale(code)
    order = QCollator(locale)
    order.setNumericMode(True)
    print(code, sorted(names, key=order.sortKey) if code != "C" else "")
    print(locale.toUpper("istanbul ß"), locale.toLower("İI"), locale.toCurrencyString(12.5))
    if code in ("de_DE", "fr_FR", "en_US"):
        zone = QTimeZone(b"Europe/Berlin")
        summer, long = QTimeZone.TimeType.DaylightTime, QTimeZone.NameType.LongName
        print(zone.displayName(summer, long, locale))
print(len(QTimeZone.availableTimeZoneIds()))
with open("/proc/self/maps") as maps:
    print({line.split()[-1] for line in maps if "libicudata" in line})
"""


def package(files: dict[str, bytes]) -> bytes:
    """As ICU lays its files out, one after another without room between."""
    names = b"".join(name.encode() + b"\0" for name in files)
    place = 4 + 8 * len(files)
    start = place + len(names)
    index = b""
    for name, data in files.items():
        index += struct.pack("<II", place, start)
        place += len(name) + 1
        start += len(data)
    return HEAD + struct.pack("<I", len(files)) + index + names + b"".join(files.values())


def read_back(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from("<I", data, 32)
    found = {}
    for row in range(count):
        name, start = struct.unpack_from("<II", data, 36 + 8 * row)
        text = data[32 + name : data.index(b"\0", 32 + name)].decode()
        assert start % 16 == 0
        found[text] = data[32 + start :]
    return found


def test_what_stays_is_whole_and_in_order():
    data = trimmed(package(FILES))
    assert data.startswith(HEAD)
    found = read_back(data)
    assert tuple(found) == KEPT
    for name, rest in found.items():
        assert rest.startswith(FILES[name])


def answers(folder: Path | None) -> list[str]:
    """What a program of Qt's says, with the library that is in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, **({} if folder is None else {"LD_LIBRARY_PATH": str(folder)})},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("ld"), reason="Linux and binutils only"
)
def test_qt_sorts_and_names_as_before(tmp_path):
    (library,) = Path(PySide6.__file__).parent.glob("Qt/lib/libicudata.so.*")
    small = tmp_path / "small" / library.name
    trim_library(library, small)
    assert small.stat().st_size < library.stat().st_size / 2
    *before, where = answers(None)
    *after, where_after = answers(small.parent)
    assert where != where_after
    assert str(small) in where_after
    assert after == before


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("nm"), reason="Linux and binutils only"
)
def test_another_library_is_refused(tmp_path):
    (library,) = Path(PySide6.__file__).parent.glob("Qt/lib/libicuuc.so.*")
    with pytest.raises(ValueError, match="is not ICU's data"):
        trim_library(library, tmp_path / library.name)
