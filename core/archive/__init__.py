"""The archive: every pad that was written, kept in one SQLite file while it is being written."""

from __future__ import annotations

from core.archive.archive import Archive, LaidPad, PadEntry, PadId, new_pad_id
from core.archive.mending import OpenedArchive, open_archive, renew_archive

__all__ = [
    "Archive",
    "LaidPad",
    "OpenedArchive",
    "PadEntry",
    "PadId",
    "new_pad_id",
    "open_archive",
    "renew_archive",
]
