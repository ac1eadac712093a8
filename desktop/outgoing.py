"""What goes out of the program: text and ink to the clipboard, the pad to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.errors import GlyphpadError
from core.exporting.drawing import SVG_SUFFIX
from core.exporting.pdf_page import PDF_SUFFIX
from core.inkml import INK_SUFFIX
from desktop.errors import sentence
from desktop.keeping.ink_files import PNG_SUFFIX
from desktop.keeping.saving import Content, Saver
from desktop.pad.corrections import Corrections
from desktop.pad.ink_clipboard import ink_mime
from desktop.pad.pad import Pad
from desktop.pad.word_copying import WordCopier
from desktop.reading.reader import Reader
from desktop.settings import Settings
from desktop.window import Window


class Outgoing(QObject):
    """Asks where to, and has it written; what can be copied is copied."""

    def __init__(
        self,
        window: Window,
        reader: Reader,
        pad: Pad,
        corrections: Corrections,
        settings: Settings,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._reader = reader
        self._pad = pad
        self._corrections = corrections
        self._settings = settings
        self.saver = Saver(self)
        self.word_copier = WordCopier(reader, self)
        self._connect()
        window.copy_words_action.setChecked(settings.copy_words)

    def _connect(self) -> None:
        window = self._window
        window.saveRequested.connect(self.choose_where_to_save)
        window.copyRequested.connect(self._copy)
        window.copyPictureRequested.connect(self._copy_picture)
        window.copy_words_action.toggled.connect(self._choose_copy_words)
        self.word_copier.wordFinished.connect(self._copy_word)
        self.saver.saved.connect(self._tell_saved)
        self.saver.failed.connect(self._tell_not_saved)

    def save_ink(self, path: Path) -> None:
        """Has the pad's ink written to `path`, in the kind of file that it is called by."""
        reading = self._reader.reading if self._window.shows_pad else None
        self.saver.save(Content(self._pad.ink, reading, self._corrections.all), path)

    @Slot()
    def choose_where_to_save(self) -> None:
        """Asks where to, and has the pad's ink written there."""
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save ink"),
            "ink" + INK_SUFFIX,
            self.tr("Ink") + f" (*{INK_SUFFIX})",
        )
        if name:
            self.save_ink(Path(name))

    def export_pad(self) -> None:
        """Asks where to, and has the pad's ink written there."""
        kinds = {
            PDF_SUFFIX: self.tr("PDF with the text"),
            PNG_SUFFIX: self.tr("Picture"),
            SVG_SUFFIX: self.tr("Drawing"),
        }
        filters = {f"{text} (*{suffix})": suffix for suffix, text in kinds.items()}
        name, chosen = QFileDialog.getSaveFileName(
            self._window, self.tr("Export"), "ink" + PDF_SUFFIX, ";;".join(filters)
        )
        if name:
            path = Path(name)
            known = path.suffix.lower() in kinds
            self.save_ink(path if known else path.with_name(path.name + filters[chosen]))

    @Slot()
    def _copy(self) -> None:
        reading = self._reader.reading
        if reading is not None:
            QGuiApplication.clipboard().setText(reading.text)
            self._window.say(self.tr("Copied"))

    @Slot()
    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setMimeData(ink_mime(self._pad.ink))
        self._window.say(self.tr("Copied"))

    @Slot(bool)
    def _choose_copy_words(self, on: bool) -> None:
        self._settings.copy_words = on
        self.word_copier.turn(on)

    @Slot(str)
    def _copy_word(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._window.say(self.tr("Copied {text}").format(text=text))

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self._window.say(self.tr("Saved {name}").format(name=path.name))

    @Slot(object)
    def _tell_not_saved(self, error: GlyphpadError) -> None:
        self._window.notice.tell(sentence(error))
