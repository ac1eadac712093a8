"""Downloading the data that is free, from its official addresses, into the layout of the loaders.

A download that was interrupted goes on where it stopped (HTTP Range, RFC 9110, section 14), and
gets its name only when it is whole and its checksum is right. Where no official checksum is known,
its length is compared with what the server said, and reading it is the check.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from zipfile import BadZipFile, ZipFile

from core import VERSION
from core.errors import DamagedFileError, UnwritableFileError
from core.training.data.checking import check_command
from core.training.data.emnist import EMNIST_FOLDER, EMNIST_ZIP
from core.training.data.errors import DownloadError, UnknownDataError, WrongChecksumError
from core.training.data.mnist import MNIST_FOLDER
from core.training.data.packed import data_folder
from core.training.data.uji import UJI_FOLDER
from core.training.data.unipen import UNIPEN_FOLDER

PIECE = 1 << 18
"""Bytes that are read and written at a time."""

PATIENCE = 60.0
"""Seconds without a byte after which a server is given up."""

REPORT_EVERY = 2.0
"""Seconds between two lines of progress."""

Report = Callable[[str], None]
"""Takes a line for people."""


@dataclass(frozen=True)
class Checksum:
    """An official checksum.

    Attributes:
        kind: Of the hash.
        digest: In hexadecimal digits.
        unpacked: Whether it is that of the content of a gzip file, not of the file.
    """

    kind: Literal["md5", "sha256"]
    digest: str
    unpacked: bool = False


@dataclass(frozen=True)
class Download:
    """A file to fetch.

    Attributes:
        file: Its name on the disk.
        addresses: Where it is, the official one first; another is tried when one fails.
        checksum: The official one; None where none is known.
        unpack: Whether the files in it are wanted, beside it.
    """

    file: str
    addresses: tuple[str, ...]
    checksum: Checksum | None = None
    unpack: bool = False


@dataclass(frozen=True)
class Offer:
    """Free data.

    Attributes:
        folder: In the data folder, where its loader looks.
        downloads: Its files.
        licence: Its licence, and where to read of it.
        checks: What `data check` calls it, where reading it is the only check.
    """

    folder: str
    downloads: tuple[Download, ...]
    licence: str
    checks: str | None = None


def fetch(name: str, to: Path | None, report: Report) -> Path:
    """Downloads a source's files, but for those that are there; the folder that they are in.

    Args:
        name: One of OFFERS.
        to: The folder; if None, the source's own in the data folder.
        report: Takes lines of progress.

    Raises:
        UnknownDataError: It is not among what can be fetched.
        DownloadError: The network or the server failed; what came is kept, to go on from.
        WrongChecksumError: A file is not the official one.
        DamagedFileError: An archive cannot be unpacked.
        UnwritableFileError: The folder cannot be written, or the disk is full.
    """
    offer = OFFERS.get(name)
    if offer is None:
        raise UnknownDataError(name, known=OFFERS)
    folder = to or data_folder() / offer.folder
    report(f"{name}: {offer.licence}")
    for download in offer.downloads:
        path = folder / download.file
        fetch_file(download, path, report)
        if download.unpack:
            unpack(path, report)
    return folder


def fetch_command(name: str, to: Path | None) -> int:
    """Downloads a source, prints its progress, and reads it where no checksum proves it.

    Raises:
        GlyphpadError: As `fetch` and `check`.
    """
    folder = fetch(name, to, _print)
    checks = OFFERS[name].checks
    if checks is None:
        _print(f"{folder}: count what is in it with `data check {name} --folder {folder}`")
        return 0
    _print("no official checksum is known: the files are read instead, which may take minutes")
    return check_command(checks, folder)


def fetch_file(download: Download, path: Path, report: Report) -> None:
    """Downloads one file to `path`, or goes on with a download; as `fetch`."""
    if path.exists():
        prove(path, download.checksum, name=path)
        report(f"{path}: there already")
        return
    part = path.with_name(f"{path.name}.part")
    *others, last = download.addresses
    for address in others:
        try:
            _fetch_from(address, part, download.checksum, name=path, report=report)
            break
        except (DownloadError, WrongChecksumError, DamagedFileError) as error:
            report(f"{error} The next address is tried.")
    else:
        _fetch_from(last, part, download.checksum, name=path, report=report)
    with _writing(path):
        part.replace(path)
    proof = "its checksum is right" if download.checksum else "no official checksum is known"
    report(f"{path}: done, {proof}")


def prove(path: Path, checksum: Checksum | None, *, name: Path) -> None:
    """Nothing, if a file has its checksum, or none is known.

    Args:
        path: The file.
        checksum: The official one.
        name: What the file is called in the errors.

    Raises:
        WrongChecksumError: It has another.
        DamagedFileError: Its content was to be proved, and it is no whole gzip file.
    """
    if checksum is None:
        return
    found = hashlib.new(checksum.kind, usedforsecurity=False)
    try:
        with gzip.open(path) if checksum.unpacked else path.open("rb") as file:
            while piece := file.read(PIECE):
                found.update(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedFileError(name) from error
    if found.hexdigest() != checksum.digest:
        raise WrongChecksumError(name, expected=checksum.digest, found=found.hexdigest())


def unpack(archive: Path, report: Report) -> None:
    """Unpacks a zip or tar file beside itself; nothing is there until all of it is.

    Raises:
        DamagedFileError: It is no such file, or cut short, or has files that would go elsewhere.
        UnwritableFileError: The folder cannot be written, or the disk is full.
    """
    beside = archive.with_name(f"{archive.name}.unpacked")
    report(f"{archive}: unpacking")
    with _writing(archive):
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            _extract(archive, beside)
            for entry in sorted(beside.iterdir()):
                _put(entry, archive.with_name(entry.name))
        finally:
            shutil.rmtree(beside, ignore_errors=True)


# --- One file over the network -----------------------------------------------------------------


def _fetch_from(
    address: str, part: Path, checksum: Checksum | None, *, name: Path, report: Report
) -> None:
    """Brings `part` to its full length, and proves it."""
    try:
        _receive(address, part, report)
    except HTTPError as error:
        raise DownloadError(address, reason=f"the server said {error.code}") from error
    except URLError as error:
        raise DownloadError(address, reason=str(error.reason)) from error
    except (HTTPException, OSError) as error:
        raise DownloadError(address, reason=str(error) or type(error).__name__) from error
    try:
        prove(part, checksum, name=name)
    except (WrongChecksumError, DamagedFileError):
        # going on from wrong bytes would never end well
        part.unlink()
        raise


def _receive(address: str, part: Path, report: Report) -> None:
    have = part.stat().st_size if part.exists() else 0
    try:
        answer = _answer(address, have)
    except HTTPError as error:
        if error.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or not have:
            raise
        _judge_length(address, part, error.headers.get("Content-Range", ""))
        return
    with answer:
        if answer.status != HTTPStatus.PARTIAL_CONTENT:
            have = 0
        length = answer.headers.get("Content-Length")
        total = None if length is None else have + int(length)
        with _writing(part):
            part.parent.mkdir(parents=True, exist_ok=True)
            file = part.open("r+b" if have else "wb")
        with file:
            file.seek(have)
            _copy(answer, file, total, report)
    got = part.stat().st_size
    if total is not None and got != total:
        reason = f"the connection ended after {got:,} of {total:,} bytes"
        raise DownloadError(address, reason=reason)


def _answer(address: str, have: int) -> HTTPResponse:
    headers = {"User-Agent": f"glyphpad-cli/{VERSION}"}
    if have:
        headers["Range"] = f"bytes={have}-"
    # every address stands in OFFERS below
    answer: HTTPResponse = urlopen(  # noqa: S310
        Request(address, headers=headers),  # noqa: S310
        timeout=PATIENCE,
    )
    return answer


def _copy(answer: HTTPResponse, file: BinaryIO, total: int | None, report: Report) -> None:
    part = Path(file.name)
    told = time.monotonic()
    while piece := answer.read(PIECE):
        with _writing(part):
            file.write(piece)
            # here, not when it is closed, a full disk is known for what it is
            file.flush()
        if time.monotonic() - told >= REPORT_EVERY:
            told = time.monotonic()
            report(_progress(part, file.tell(), total))
    report(_progress(part, file.tell(), total))


def _progress(part: Path, done: int, total: int | None) -> str:
    share = f" of {total / 1e6:,.1f} MB, {done / total:.0%}" if total else " MB"
    return f"{part.stem}: {done / 1e6:,.1f}{share}"


def _judge_length(address: str, part: Path, content_range: str) -> None:
    """What it means that a server has nothing beyond what we have: all of it, or another file."""
    match = re.fullmatch(r"bytes \*/(\d+)", content_range)
    if match is None or int(match[1]) != part.stat().st_size:
        part.unlink()
        raise DownloadError(address, reason="what was there of it belongs to another file")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Names `path` where the disk fails."""
    try:
        yield
    except OSError as error:
        raise UnwritableFileError(path, reason=error.strerror or str(error)) from error


# --- Archives ----------------------------------------------------------------------------------


def _extract(archive: Path, to: Path) -> None:
    try:
        if archive.suffix == ".zip":
            with ZipFile(archive) as packed:
                # unlike a tar file's, it keeps everything inside the folder by itself
                packed.extractall(to)  # noqa: S202
        else:
            with tarfile.open(archive) as packed_tar:
                # the filter keeps everything inside the folder (PEP 706)
                packed_tar.extractall(to, filter="data")
    except (BadZipFile, tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DamagedFileError(archive) from error


def _put(entry: Path, place: Path) -> None:
    """Moves a file or folder into its place; what an earlier unpacking left there goes."""
    if place.is_dir():
        shutil.rmtree(place)
    entry.replace(place)


def _print(line: str) -> None:
    print(line, flush=True)


# --- What can be fetched -----------------------------------------------------------------------


def _mnist_file(name: str, digest: str) -> Download:
    # the authors' own server often refuses; the mirrors are those of TensorFlow and PyTorch
    homes = (
        "http://yann.lecun.com/exdb/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
    )
    return Download(
        name,
        tuple(f"{home}{name}" for home in homes),
        Checksum("sha256", digest, unpacked=True),
    )


_ZENODO = "https://zenodo.org/records"

OFFERS: Mapping[str, Offer] = MappingProxyType(
    {
        "mnist": Offer(
            MNIST_FOLDER,
            (
                _mnist_file(
                    "train-images-idx3-ubyte.gz",
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                ),
                _mnist_file(
                    "train-labels-idx1-ubyte.gz",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                ),
                _mnist_file(
                    "t10k-images-idx3-ubyte.gz",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                ),
                _mnist_file(
                    "t10k-labels-idx1-ubyte.gz",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                ),
            ),
            "CC BY-SA 3.0, LeCun, Cortes and Burges",
        ),
        "emnist": Offer(
            EMNIST_FOLDER,
            (
                Download(
                    EMNIST_ZIP,
                    ("https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",),
                    Checksum("md5", "58c8d27c78d21e728a6bc7b3cc06412e"),
                ),
            ),
            "US public domain, NIST, Cohen et al. 2017",
        ),
        "unipen": Offer(
            UNIPEN_FOLDER,
            (
                Download(
                    "unipen-CDROM-train_r01_v07.tgz",
                    (f"{_ZENODO}/1195803/files/unipen-CDROM-train_r01_v07.tgz?download=1",),
                    unpack=True,
                ),
            ),
            "CC BY 4.0, doi 10.5281/zenodo.1195803, Guyon et al. 1994",
            checks="unipen",
        ),
        "uji": Offer(
            UJI_FOLDER,
            (
                Download(
                    "uji+pen+characters.zip",
                    ("https://archive.ics.uci.edu/static/public/160/uji+pen+characters.zip",),
                    unpack=True,
                ),
            ),
            "CC BY 4.0, UCI, Llorens et al. 2008",
            checks="uji",
        ),
    }
)
