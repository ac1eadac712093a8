"""What can go wrong with training data: known errors, each a sentence that names the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.errors import FileError, GlyphpadError


class BadRowError(FileError):
    """A row of a table that is not as the others are.

    Attributes:
        row: Which, from 1.
        reason: What is wrong with it.
    """

    advice = "Copy or download the file again."

    def __init__(self, path: str | Path, *, row: int, reason: str) -> None:
        super().__init__(path)
        self.row = row
        self.reason = reason

    @property
    def problem(self) -> str:
        return f"row {self.row:,} {self.reason}"


class MissingInkError(FileError):
    """A UNIPEN segment of ink that is not there.

    Attributes:
        segment: The segment, as its file has it.
    """

    advice = "One of the files is cut short: copy or unpack them again."

    def __init__(self, path: str | Path, *, segment: str) -> None:
        super().__init__(path)
        self.segment = segment

    @property
    def problem(self) -> str:
        return f"there is no ink for the segment {self.segment}"


class UnknownClassError(FileError):
    """A folder of pictures whose name says no sign."""

    fault = "the folder's name is no sign"
    advice = "Name it by the sign itself, or by its code point, such as U+002F for the slash."


class IncompleteDataError(FileError):
    """Data with fewer or more samples than the official files have.

    Attributes:
        found: How many samples there are.
        official: How many there ought to be.
    """

    advice = "Copy or download the data again."

    def __init__(self, path: str | Path, *, found: int, official: int) -> None:
        super().__init__(path)
        self.found = found
        self.official = official

    @property
    def problem(self) -> str:
        return f"{self.found:,} samples were found, and the official data has {self.official:,}"


class NoSamplesError(FileError):
    """A folder or file without a single sample."""

    fault = "there are no samples"
    advice = "Check the folder, and its layout in docs/training.md."


class WrongChecksumError(FileError):
    """A downloaded file that is not the official one.

    Attributes:
        expected: The official checksum.
        found: The file's own.
    """

    advice = "Delete it, if it is still there, and fetch it again."

    def __init__(self, path: str | Path, *, expected: str, found: str) -> None:
        super().__init__(path)
        self.expected = expected
        self.found = found

    @property
    def problem(self) -> str:
        return f"its checksum is {self.found}, and that of the official file is {self.expected}"


class DownloadError(GlyphpadError):
    """An address that did not give its file.

    Attributes:
        address: Of the file.
        reason: What the network or the server said.
    """

    def __init__(self, address: str, *, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(address, reason)

    def __str__(self) -> str:
        return (
            f"{self.address} could not be fetched ({self.reason}). Check the network, and run the "
            "same command again: it goes on where it stopped."
        )


class UnknownDataError(GlyphpadError):
    """A name that no data goes by.

    Attributes:
        name: What was asked for.
        known: What there is.
    """

    def __init__(self, name: str, *, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(name)

    def __str__(self) -> str:
        return f"there is no data called {self.name}. There is {', '.join(self.known)}."
