"""What comes into the program: files, folders, the clipboard, what is let go over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.inkml import INK_SUFFIX
from core.picture_headers import PICTURE_FORMATS
from desktop.pad.ink_tools import InkTools
from desktop.pages.documents import Documents
from desktop.pages.loose_pictures import loose_pages
from desktop.window import Window

CLIPBOARD = "clipboard"
"""The source of a picture that was pasted; a number follows."""

DROPPED = "dropped"
"""The source of a picture that was let go over the window; a number follows."""


class Incoming(QObject):
    """Asks for files and folders, and has what comes in opened."""

    def __init__(
        self,
        window: Window,
        documents: Documents,
        tools: InkTools,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._documents = documents
        self._tools = tools
        self._loose = 0
        window.openRequested.connect(self._choose_files)
        window.openFolderRequested.connect(self._choose_folder)
        window.filesDropped.connect(documents.open_files)
        window.picturesDropped.connect(self._open_dropped)
        window.pasteRequested.connect(self._paste)

    @Slot()
    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Open pictures or ink"), "", self._readable_filter()
        )
        self._documents.open_files(tuple(Path(name) for name in names))

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder"))
        if name:
            self._documents.open_files((Path(name),))

    @Slot()
    def _paste(self) -> None:
        if self._window.shows_pad and self._tools.paste():
            return
        mime = QGuiApplication.clipboard().mimeData()
        paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
        if paths:
            self._documents.open_files(paths)
        else:
            self._open_loose(mime, CLIPBOARD)

    @Slot(object)
    def _open_dropped(self, mime: QMimeData) -> None:
        self._open_loose(mime, DROPPED)

    def _open_loose(self, mime: QMimeData, source: str) -> None:
        name = f"{source}-{self._loose + 1}"
        pages = loose_pages(mime, name)
        if pages is None:
            self._window.notice.tell(self.tr("There is no picture to paste. Copy one first."))
            return
        self._loose += 1
        self._documents.open_pages(name, pages)

    def _readable_filter(self) -> str:
        kinds = [(kind.name, kind.suffixes) for kind in PICTURE_FORMATS]
        kinds.append((self.tr("Ink"), (INK_SUFFIX,)))
        patterns = [
            f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})" for name, suffixes in kinds
        ]
        every = " ".join(f"*{suffix}" for _, suffixes in kinds for suffix in suffixes)
        every_kind = self.tr("Pictures and ink")
        return ";;".join((f"{every_kind} ({every})", *patterns))
