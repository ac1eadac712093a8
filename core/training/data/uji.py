"""UJI Pen Characters (Llorens et al. 2008) in its official text files, of either version.

Version 1 is a file `UJIpenchars-wNN` for each of 11 writers, in UNIPEN's format; version 2 is
`ujipenchars2.txt`, 60 writers, the 11 among them, with lines `WORD a trn_UJI_W01-01`,
`NUMSTROKES 2` and, for each stroke, `POINTS 2 # x y x y`. y points down in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError
from core.training.data.errors import MissingInkError
from core.training.data.samples import InkSamples, Written, gathered
from core.training.data.splits import Split, split_of_uji_session
from core.training.data.unipen import read_unipen

UJI_FOLDER = "uji"
UJI_1_FILES = tuple(f"UJIpenchars-w{writer:02}" for writer in range(1, 12))
UJI_2_FILE = "ujipenchars2.txt"


def load_uji_text(folder: Path, split: Split = "test") -> InkSamples:
    """The characters of UJI's text files; version 1, where it is there, else version 2.

    All of version 1 is test, as in `load_uji`; version 2 has its own test writers, and what is
    neither of the two is for learning. Labels of version 2 that are no single sign (`euro`, ...)
    are left out.

    Args:
        folder: Holds the files, itself or in a folder `uji`.
        split: By writer.

    Raises:
        MissingFileError: There are no such files, or not all.
        DamagedFileError: A file is not in its format, or cut short.
    """
    return gathered("UJI", uji_samples(folder, split))


def uji_samples(folder: Path, split: Split) -> Iterator[Written]:
    """The characters of UJI's text files, one by one; as `load_uji_text`."""
    home = folder / UJI_FOLDER if (folder / UJI_FOLDER).is_dir() else folder
    # where the archive was unpacked into a folder of its own, it is one level down
    below = next(home.glob(f"*/{UJI_1_FILES[0]}"), None)
    if below is not None:
        home = below.parent
    if (home / UJI_2_FILE).is_file() and not (home / UJI_1_FILES[0]).is_file():
        return (
            sample
            for sample in _version_2(home / UJI_2_FILE)
            if split_of_uji_session(sample.writer) == split
        )
    return _version_1(home) if split == "test" else iter(())


def _version_1(home: Path) -> Iterator[Written]:
    for number, name in enumerate(UJI_1_FILES, 1):
        path = home / name
        document = read_unipen(path, home)
        for segment in document.segments:
            try:
                strokes = document.strokes(segment)
            except LookupError as error:
                raise MissingInkError(path, segment=str(segment)) from error
            if not strokes:
                raise MissingInkError(path, segment=str(segment))
            # unlike UNIPEN's own, these files have y down
            upright = tuple(stroke * np.array([1, -1], np.float32) for stroke in strokes)
            yield Written(upright, segment.label or "", f"uji/{number:02}")


def _version_2(path: Path) -> Iterator[Written]:
    """Every character of a single sign; its writer as the file has it, without the session."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    rows = (line.split() for line in lines)
    found = False
    try:
        for row in rows:
            if row[:1] != ["WORD"]:
                continue
            _, label, session = row
            strokes = tuple(_strokes(rows))
            found = True
            if len(label) == 1:
                yield Written(strokes, label, session.rsplit("-", 1)[0])
    # a generator that runs dry in the middle of a character: the file is cut short
    except (ValueError, IndexError, RuntimeError) as error:
        raise DamagedFileError(path) from error
    if not found:
        raise DamagedFileError(path)


def _strokes(rows: Iterator[list[str]]) -> Iterator[NDArray[np.float32]]:
    """The strokes of the character whose first line was read."""
    keyword, count = next(rows)
    if keyword != "NUMSTROKES" or int(count) < 1:
        raise ValueError("no strokes")
    for _ in range(int(count)):
        keyword, points, _, *numbers = next(rows)
        places = np.array(numbers, np.float32).reshape(-1, 2)
        if keyword != "POINTS" or not len(places) == int(points) > 0:
            raise ValueError("not as many points as it says")
        yield places
