"""What can go wrong with a user's files and our models: known errors that carry what happened.

Each one says in a sentence what is wrong and what to do; `desktop` shows a translated form of it.
Anything else that is raised is a bug.
"""

from __future__ import annotations

from pathlib import Path


class GlyphpadError(Exception):
    """A known error; its text is a sentence for a person."""


class ReadingStoppedError(Exception):
    """Nobody waits for a reading any more: no fault, and nothing to tell."""


class FileError(GlyphpadError):
    """A file that cannot be used.

    Attributes:
        path: The file.
    """

    fault = "the file cannot be used"
    advice = "Choose another file."

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        super().__init__(self.path)

    @property
    def problem(self) -> str:
        """What is wrong, as a clause."""
        return self.fault

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}. {self.advice}"


class MissingFileError(FileError):
    fault = "there is no such file"
    advice = "Check the name and the folder."


class UnreadableFileError(FileError):
    fault = "the file may not be read"
    advice = "Check its permissions, or copy it to a folder of your own."


class EmptyFileError(FileError):
    fault = "the file is empty"
    advice = "Save or scan it again."


class FileChangedError(FileError):
    """A file that is open, and that another program has written to meanwhile."""

    fault = "the file has changed since it was opened"
    advice = "Open it again."


class UnreadableFolderError(FileError):
    fault = "the folder may not be read"
    advice = "Check its permissions, or choose another folder."


class EmptyFolderError(FileError):
    fault = "the folder holds no picture and no ink"
    advice = "Choose the folder that holds the files; folders within it are not looked into."


class UnknownFormatError(FileError):
    fault = "this is neither a picture nor ink that can be read"
    advice = "Use PNG, JPEG, TIFF, BMP, WebP, PDF or InkML."


class DamagedFileError(FileError):
    fault = "the file is damaged or cut short"
    advice = "Save, scan or copy it again."


class SlowPageError(FileError):
    """A page of a PDF that is not drawn within bounded time."""

    fault = "a page takes too long to draw"
    advice = "Save that page as a picture in the program that made it, and open the picture."


class ProtectedFileError(FileError):
    fault = "the file is protected by a password"
    advice = "Save it without the password first."


class OverLimitError(FileError):
    """A file with more of something than we read.

    Attributes:
        limit: The most that is read.
    """

    unit = 1

    def __init__(self, path: str | Path, *, limit: int) -> None:
        super().__init__(path)
        self.limit = limit

    @property
    def problem(self) -> str:
        return self.fault.format(limit=self.limit // self.unit)


class PictureTooLargeError(OverLimitError):
    """A page with more pixels than we decode."""

    fault = "the picture has more than {limit:,} million pixels"
    advice = "Scale it down, or cut it into parts."
    unit = 1_000_000


class FileTooLargeError(OverLimitError):
    """A file with more bytes than we read."""

    fault = "the file is larger than {limit:,} MB"
    advice = "Save it in parts."
    unit = 1 << 20


class InkTooLargeError(OverLimitError):
    """Ink with more points than we open."""

    fault = "the ink has more than {limit:,} points"
    advice = "Save it in parts."


class UnwritableError(FileError):
    """Something that cannot be written at present; what was there before is untouched.

    Attributes:
        reason: What the operating system or SQLite said.
    """

    advice = "Make room on the disk, or check the folder's permissions."

    def __init__(self, path: str | Path, *, reason: str) -> None:
        super().__init__(path)
        self.reason = reason

    @property
    def problem(self) -> str:
        return f"{self.fault} ({self.reason})"


class UnwritableFileError(UnwritableError):
    fault = "the file could not be written"
    advice = "Choose another folder, or make room on the disk."


class NoInkError(FileError):
    fault = "the file holds no ink"
    advice = "Write something in the program that made it, and save it again."


class UnsupportedError(FileError):
    """A file that keeps to its standard, with a part of it that we do not read.

    Attributes:
        what: That part, as a noun.
    """

    fault = "the file uses what Glyphpad does not read"
    advice = "Save it in another way in the program that made it."

    def __init__(self, path: str | Path, *, what: str) -> None:
        super().__init__(path)
        self.what = what

    @property
    def problem(self) -> str:
        return f"{self.fault}: {self.what}"


class UnsupportedInkError(UnsupportedError):
    fault = "the ink uses what Glyphpad does not read"


class UnsupportedPictureError(UnsupportedError):
    fault = "the picture uses what Glyphpad does not read"


class DamagedArchiveError(FileError):
    """The file of the past pads is damaged; told with the place where it lies aside."""

    fault = "the history of past pads is damaged"
    advice = "A new one has begun, with what could still be read."


class NewerArchiveError(FileError):
    fault = "the history of past pads was made by a later version of Glyphpad"
    advice = "Use that version, or move the file away."


class UnwritableArchiveError(UnwritableError):
    fault = "the pad cannot be kept"


class CorrectionsError(FileError):
    """What was put right on a file's pages cannot be kept, or read; told of where it is kept."""

    fault = "what you put right cannot be used"
    advice = "Go on working; it is only not kept."


class DamagedCorrectionsError(CorrectionsError):
    """The file is damaged; told with the place where it lies aside."""

    fault = "what you had put right on this file's pages is damaged, and lies aside here"
    advice = "Put it right again; the file itself is as it was."


class NewerCorrectionsError(CorrectionsError):
    """Told instead of overwriting it."""

    fault = "what was put right on this file's pages was kept by a later version of Glyphpad"
    advice = "Use that version, or move this away."


class UnwritableCorrectionsError(UnwritableError, CorrectionsError):
    fault = "what you put right cannot be kept"


class ModelError(GlyphpadError):
    """A model that cannot be used.

    Attributes:
        folder: The model's folder.
        file: The file in it that is at fault.
    """

    fault = "cannot be used"
    advice = "Install Glyphpad again, or choose another model."

    def __init__(self, folder: Path, file: str) -> None:
        self.folder = folder
        self.file = file
        super().__init__(folder, file)

    @property
    def problem(self) -> str:
        """What is wrong, as a clause."""
        return self.fault

    def __str__(self) -> str:
        return f"model {self.folder.name}: {self.folder / self.file} {self.problem}. {self.advice}"


class MissingModelFileError(ModelError):
    fault = "is missing"


class ChangedModelFileError(ModelError):
    fault = "is not the file that the model was shipped with (its SHA-256 differs)"


class BadManifestError(ModelError):
    """A manifest that does not say what it must.

    Attributes:
        reason: What is wrong in it.
    """

    def __init__(self, folder: Path, file: str, *, reason: str) -> None:
        super().__init__(folder, file)
        self.reason = reason

    @property
    def problem(self) -> str:
        return f"is not a manifest of this version of Glyphpad ({self.reason})"


class EngineError(ModelError):
    """An engine that could not load a model's file.

    Attributes:
        engine: The engine's name.
        reason: What the engine said, one line.
    """

    def __init__(self, folder: Path, file: str, *, engine: str, reason: str) -> None:
        super().__init__(folder, file)
        self.engine = engine
        self.reason = reason

    @property
    def problem(self) -> str:
        return f"could not be loaded by the {self.engine} engine ({self.reason})"


class NoKerasError(GlyphpadError):
    """Something that needs Keras, where only LiteRT is.

    Attributes:
        what: That thing, as a noun.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)

    def __str__(self) -> str:
        return (
            f"{self.what} needs Keras, and this light Glyphpad comes without it. "
            "Install the complete Glyphpad instead."
        )


class OldProcessorError(ModelError):
    """A processor without AVX, which TensorFlow would end the process for."""

    fault = "needs TensorFlow, and that needs a processor with AVX, which this one has not"
    advice = "Choose the LiteRT engine, and a model that has it."
