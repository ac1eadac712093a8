"""Known errors as sentences for people, in their language, each with what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from core.errors import (
    BadManifestError,
    ChangedModelFileError,
    DamagedFileError,
    EmptyFileError,
    EngineError,
    FileError,
    FileTooLargeError,
    GlyphpadError,
    InkTooLargeError,
    MissingFileError,
    MissingModelFileError,
    ModelError,
    NoInkError,
    OverLimitError,
    PictureTooLargeError,
    ProtectedFileError,
    UnknownFormatError,
    UnreadableFileError,
    UnwritableFileError,
)


def _marked(text: str) -> str:
    """`text`, marked for translation (lupdate is told of the name); translated when it is shown."""
    return text


_FILE_SENTENCES: Mapping[type[FileError], str] = MappingProxyType(
    {
        MissingFileError: _marked("There is no file “{name}”. Check the name and the folder."),
        UnreadableFileError: _marked(
            "“{name}” may not be read. Check its permissions, or copy it to a folder of your own.",
        ),
        UnwritableFileError: _marked(
            "“{name}” could not be written. Choose another folder, or make room on the disk.",
        ),
        FileTooLargeError: _marked("“{name}” is larger than can be read. Save it in parts."),
        InkTooLargeError: _marked("“{name}” holds more ink than can be opened. Save it in parts."),
        EmptyFileError: _marked("“{name}” is empty. Save or scan it again."),
        UnknownFormatError: _marked(
            "“{name}” is neither a picture nor ink that can be read. "
            "Use PNG, JPEG, TIFF, BMP, WebP, PDF or InkML.",
        ),
        DamagedFileError: _marked("“{name}” is damaged or cut short. Save, scan or copy it again."),
        ProtectedFileError: _marked(
            "“{name}” is protected by a password. Save it without the password first."
        ),
        PictureTooLargeError: _marked(
            "“{name}” has more than {limit} million pixels. Scale it down, or cut it into parts.",
        ),
        NoInkError: _marked(
            "“{name}” holds no ink. "
            "Write something in the program that made it, and save it again.",
        ),
    }
)

_MODEL_SENTENCES: Mapping[type[ModelError], str] = MappingProxyType(
    {
        MissingModelFileError: _marked(
            "The model “{model}” lacks its file “{file}”. "
            "Choose another model, or install Glyphpad again.",
        ),
        ChangedModelFileError: _marked(
            "The file “{file}” of the model “{model}” is not the one it was shipped with. "
            "Choose another model, or install Glyphpad again.",
        ),
        BadManifestError: _marked(
            "The file “{file}” of the model “{model}” is not for this version of Glyphpad. "
            "Choose another model, or install Glyphpad again.",
        ),
        EngineError: _marked(
            "The file “{file}” of the model “{model}” could not be loaded. "
            "Choose another model or engine, or install Glyphpad again.",
        ),
    }
)


def sentence(error: GlyphpadError) -> str:
    """What happened and what to do, in the language of the program."""
    if isinstance(error, ModelError):
        text = _translated(_MODEL_SENTENCES[type(error)])
        return text.format(model=error.folder.name, file=error.file)
    if isinstance(error, FileError):
        limit = error.limit // error.unit if isinstance(error, OverLimitError) else 0
        return _translated(_FILE_SENTENCES[type(error)]).format(name=error.path.name, limit=limit)
    return str(error)


def _translated(text: str) -> str:
    return QCoreApplication.translate("errors", text)
