"""Known errors as sentences for people, in their language, each with what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from core.errors import (
    BadManifestError,
    ChangedModelFileError,
    DamagedArchiveError,
    DamagedCorrectionsError,
    DamagedFileError,
    EmptyFileError,
    EmptyFolderError,
    EngineError,
    FileChangedError,
    FileError,
    FileTooLargeError,
    GlyphpadError,
    InkTooLargeError,
    MissingFileError,
    MissingModelFileError,
    ModelError,
    NewerArchiveError,
    NewerCorrectionsError,
    NoInkError,
    NoKerasError,
    OldProcessorError,
    OverLimitError,
    PictureTooLargeError,
    ProtectedFileError,
    SlowPageError,
    UnknownFormatError,
    UnreadableFileError,
    UnreadableFolderError,
    UnsupportedError,
    UnsupportedInkError,
    UnsupportedPictureError,
    UnwritableArchiveError,
    UnwritableCorrectionsError,
    UnwritableFileError,
)


def _marked(_context: str, text: str) -> str:
    """`text`, marked for translation in a context (`scripts/translate.py` tells lupdate of this
    name); translated when it is shown."""
    return text


_FILE_SENTENCES: Mapping[type[FileError], str] = MappingProxyType(
    {
        MissingFileError: _marked(
            "errors", "There is no file “{name}”. Check the name and the folder."
        ),
        UnreadableFileError: _marked(
            "errors",
            "“{name}” may not be read. Check its permissions, or copy it to a folder of your own.",
        ),
        UnwritableFileError: _marked(
            "errors",
            "“{name}” could not be written. Choose another folder, or make room on the disk.",
        ),
        FileTooLargeError: _marked(
            "errors", "“{name}” is larger than can be read. Save it in parts."
        ),
        InkTooLargeError: _marked(
            "errors", "“{name}” holds more ink than can be opened. Save it in parts."
        ),
        EmptyFileError: _marked("errors", "“{name}” is empty. Save or scan it again."),
        FileChangedError: _marked(
            "errors", "“{name}” has changed since it was opened. Open it again."
        ),
        UnreadableFolderError: _marked(
            "errors",
            "The folder “{name}” may not be read. Check its permissions, or choose another folder.",
        ),
        EmptyFolderError: _marked(
            "errors",
            "The folder “{name}” holds no picture and no ink. Choose the folder that holds the "
            "files; folders within it are not looked into.",
        ),
        UnknownFormatError: _marked(
            "errors",
            "“{name}” is neither a picture nor ink that can be read. "
            "Use PNG, JPEG, TIFF, BMP, WebP, PDF or InkML.",
        ),
        DamagedFileError: _marked(
            "errors", "“{name}” is damaged or cut short. Save, scan or copy it again."
        ),
        ProtectedFileError: _marked(
            "errors", "“{name}” is protected by a password. Save it without the password first."
        ),
        SlowPageError: _marked(
            "errors",
            "A page of “{name}” takes too long to draw. Save that page as a picture in the "
            "program that made it, and open the picture.",
        ),
        PictureTooLargeError: _marked(
            "errors",
            "“{name}” has more than {limit} million pixels. Scale it down, or cut it into parts.",
        ),
        NoInkError: _marked(
            "errors",
            "“{name}” holds no ink. "
            "Write something in the program that made it, and save it again.",
        ),
        UnsupportedInkError: _marked(
            "errors",
            "“{name}” uses what Glyphpad does not read: {what}. "
            "Save it in another way in the program that made it.",
        ),
        UnsupportedPictureError: _marked(
            "errors",
            "“{name}” uses what Glyphpad does not read: {what}. "
            "Save it in another way in the program that made it.",
        ),
        DamagedArchiveError: _marked(
            "errors",
            "The history of past pads was damaged, and now lies aside as “{name}”. "
            "A new one has begun, with what could still be read.",
        ),
        NewerArchiveError: _marked(
            "errors",
            "The history of past pads, “{name}”, was made by a later version of Glyphpad, so this "
            "pad is not being kept. Use that version, or save the ink yourself.",
        ),
        UnwritableArchiveError: _marked(
            "errors",
            "The pad cannot be kept in “{name}” at present. Your ink is still here. "
            "Make room on the disk, or save the ink in another folder.",
        ),
        DamagedCorrectionsError: _marked(
            "errors",
            "What you had put right on the pages of this file was damaged, and now lies aside as "
            "“{name}”. The file itself is as it was.",
        ),
        NewerCorrectionsError: _marked(
            "errors",
            "What was put right on the pages of this file, “{name}”, was kept by a later version "
            "of Glyphpad. Use that version, or move it away.",
        ),
        UnwritableCorrectionsError: _marked(
            "errors",
            "What you put right cannot be kept in “{name}” at present. "
            "Make room on the disk, or export the page.",
        ),
    }
)

_MODEL_SENTENCES: Mapping[type[ModelError], str] = MappingProxyType(
    {
        MissingModelFileError: _marked(
            "errors",
            "The model “{model}” lacks its file “{file}”. "
            "Choose another model, or install Glyphpad again.",
        ),
        ChangedModelFileError: _marked(
            "errors",
            "The file “{file}” of the model “{model}” is not the one it was shipped with. "
            "Choose another model, or install Glyphpad again.",
        ),
        BadManifestError: _marked(
            "errors",
            "The file “{file}” of the model “{model}” is not for this version of Glyphpad. "
            "Choose another model, or install Glyphpad again.",
        ),
        EngineError: _marked(
            "errors",
            "The file “{file}” of the model “{model}” could not be loaded. "
            "Choose another model or engine, or install Glyphpad again.",
        ),
        OldProcessorError: _marked(
            "errors",
            "“{model}” cannot be run with Keras on this computer: TensorFlow needs a processor "
            "with AVX. Choose LiteRT in the menu Engine, or another model.",
        ),
    }
)


_NO_KERAS = _marked(
    "errors",
    "This needs Keras, and this light Glyphpad comes without it. "
    "Install the complete Glyphpad instead.",
)


def sentence(error: GlyphpadError) -> str:
    """What happened and what to do, in the language of the program."""
    if isinstance(error, ModelError):
        text = _translated(_MODEL_SENTENCES[type(error)])
        return text.format(model=error.folder.name, file=error.file)
    if isinstance(error, FileError):
        limit = error.limit // error.unit if isinstance(error, OverLimitError) else 0
        what = error.what if isinstance(error, UnsupportedError) else ""
        text = _translated(_FILE_SENTENCES[type(error)])
        return text.format(name=error.path.name, limit=limit, what=what)
    if isinstance(error, NoKerasError):
        return _translated(_NO_KERAS)
    return str(error)


def _translated(text: str) -> str:
    return QCoreApplication.translate("errors", text)
