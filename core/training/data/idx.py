"""The idx format of MNIST and EMNIST: big-endian sizes, then unsigned bytes; gzipped or not.

The format is described on MNIST's own page (LeCun, Cortes and Burges).
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import DamagedFileError, MissingFileError

_GZIP = b"\x1f\x8b"
_UNSIGNED_BYTES = b"\x00\x00\x08"


def read_idx(path: Path, *, dimensions: int) -> NDArray[np.uint8]:
    """The values of an idx file of unsigned bytes.

    Args:
        path: The file, gzipped or not, whatever its name.
        dimensions: 3 for pictures, 1 for labels.

    Raises:
        MissingFileError: There is no such file.
        DamagedFileError: It is no such file, or cut short.
    """
    if not path.exists():
        raise MissingFileError(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedFileError(path) from error
    return parse_idx(data, path, dimensions=dimensions)


def parse_idx(data: bytes, path: Path, *, dimensions: int) -> NDArray[np.uint8]:
    """The values of an idx file's bytes, gzipped or not; as `read_idx`.

    Args:
        data: The whole file.
        path: Where it came from, for the errors.
        dimensions: 3 for pictures, 1 for labels.
    """
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise DamagedFileError(path) from error
    header = 4 + 4 * dimensions
    if data[:4] != _UNSIGNED_BYTES + bytes([dimensions]) or len(data) < header:
        raise DamagedFileError(path)
    shape = np.frombuffer(data[4:header], ">i4")
    if (shape < 0).any() or len(data) != header + int(np.prod(shape, dtype=np.int64)):
        raise DamagedFileError(path)
    return np.frombuffer(data, np.uint8, offset=header).reshape(shape)


def idx_file(folder: Path, part: str, kind: str) -> Path:
    """The file of a part, under whichever of its official names it is there.

    Args:
        folder: Where it is looked for.
        part: Such as `train` or `emnist-letters-test`.
        kind: `images-idx3` or `labels-idx1`.

    Returns:
        The name with `.gz`, which is the downloaded one, where there is none.
    """
    hyphen = f"{part}-{kind}-ubyte"
    dot = hyphen.replace("-idx", ".idx")
    names = (f"{hyphen}.gz", hyphen, f"{dot}.gz", dot)
    there = [folder / name for name in names if (folder / name).is_file()]
    return there[0] if there else folder / names[0]
