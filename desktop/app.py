"""The one place that builds the program: every part, and what tells what to which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QIcon, QUndoGroup
from PySide6.QtWidgets import QApplication, QMessageBox

from core import VERSION
from core.corrections import carried
from core.errors import GlyphpadError
from core.ink import Stroke, fitted
from core.inkml import InkDocument
from core.models import assets_folder
from desktop.choices import Choices
from desktop.errors import sentence
from desktop.faults import Faults
from desktop.incoming import Incoming
from desktop.keeping.parting import Parting
from desktop.keeping.past_pads import PastPads
from desktop.look.accessible import install_roles
from desktop.look.fonts import provide_letters
from desktop.look.settings_window import SettingsWindow
from desktop.outgoing import Outgoing
from desktop.pad.corrections import Corrections
from desktop.pad.ink_tools import InkTools
from desktop.pad.pad import Pad
from desktop.pad.pad_corrector import PadCorrector
from desktop.pages.all_pages import AllPages
from desktop.pages.documents import Documents
from desktop.pages.kept_corrections import KeptCorrections
from desktop.pages.looking import Looking
from desktop.pages.page_corrections import PageCorrections
from desktop.pages.page_corrector import PageCorrector
from desktop.pages.page_exports import PageExports
from desktop.pages.page_keeping import PageKeeper
from desktop.pages.paging import Paging
from desktop.pages.progress import Progress
from desktop.pages.telling import Telling
from desktop.reading.opening import Opener
from desktop.reading.reader import Reader
from desktop.reading.recognition import Recogniser
from desktop.settings import Settings
from desktop.showing import Showing
from desktop.surroundings import APPLICATION
from desktop.window import Window

PAGES_FOLDER = "pages"
"""Of what was put right on pages, beside the file that pads are kept in."""

_FIT_MARGIN = 24.0
"""Pixels around ink that was reduced to fit the pad."""


class Program(QObject):
    """The running program: builds the parts, and connects those that have no room of their own.

    Args:
        settings: What was remembered.
        faults: Takes bugs.
        pads: The file that pads are kept in; made when there is one. What is put right on pages
            is kept beside it.
        models: The folder of the models; None for ours.
    """

    def __init__(
        self, settings: Settings, faults: Faults, pads: Path, models: Path | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._faults = faults
        self._settings_window: SettingsWindow | None = None
        install_roles()
        self._build_readers(pads)
        self._build_window(pads)
        self._build_rooms(models)
        self._connect_pad()
        self._connect_past_pads()
        self._connect_window()
        self._connect_faults()
        if not settings.hint_dismissed:
            self.window.show_hint()
        self.window.restore(settings.geometry)

    def start(self, files: Sequence[Path] = ()) -> None:
        """Shows the window; the model is loaded after that, so that the window is there first."""
        self.window.show()
        self.choices.load_model()
        self.past_pads.restore()
        self.documents.open_files(tuple(files))

    @Slot()
    def close(self) -> None:
        """Ends the threads and remembers the window's place; safe to call again."""
        self._settings.geometry = self.window.saveGeometry()
        self.opener.close()
        self.page_exports.close()
        self.looking.close()
        self.paging.close()
        self.saver.close()
        self.past_pads.close()
        self.page_keeper.close()
        self.recogniser.close()

    # --- the parts ---

    def _build_readers(self, pads: Path) -> None:
        """What needs no window."""
        self.pad = Pad(self)
        self.history = QUndoGroup(self)
        self.history.addStack(self.pad.history)
        self.history.setActiveStack(self.pad.history)
        self.corrections = Corrections(self.pad.history, self)
        self.page_corrections = PageCorrections(self.history, self.pad.history, self)
        self.recogniser = Recogniser(self)
        self.opener = Opener(self)
        self.documents = Documents(self.opener, self)
        self.page_keeper = PageKeeper(pads.with_name(PAGES_FOLDER), self)
        self.kept_corrections = KeptCorrections(
            self.page_keeper, self.documents, self.page_corrections, self
        )
        self.progress = Progress(self)
        self.reader = Reader(
            self.pad,
            self.corrections,
            self.recogniser,
            self.page_corrections,
            alphabet=self._settings.alphabet,
            pad_layout=self._settings.pad_layout,
            parent=self,
        )

    def _build_window(self, pads: Path) -> None:
        self.window = Window(self.history)
        self.tools = InkTools(self.window.tools, self.window.canvas, self.pad, self._settings, self)
        self.past_pads = PastPads(self.pad, self.corrections, pads, self._live_stroke, self.window)

    def _build_rooms(self, models: Path | None) -> None:
        """What stands between the window and the rest."""
        window, reader = self.window, self.reader
        self.pad_corrector = PadCorrector(window, reader, self.pad, self.corrections, self)
        self.showing = Showing(window, reader, self.past_pads, self)
        self.paging = Paging(
            window,
            self.documents,
            reader,
            self.page_corrections,
            self.kept_corrections,
            parent=self,
        )
        self.telling = Telling(window, self.documents, reader, self.progress, self)
        self.page_corrector = PageCorrector(
            window, reader, self.recogniser, self.page_corrections, self
        )
        self.looking = Looking(window, reader, self.page_corrector, self)
        self.incoming = Incoming(window, self.documents, self.tools, self)
        self.outgoing = Outgoing(
            window, reader, self.pad, self.corrections, self._settings, parent=self
        )
        self.page_exports = PageExports(
            window,
            self.documents,
            AllPages(reader, self.recogniser, self.kept_corrections, self),
            self.progress,
            self,
        )
        self.saver, self.word_copier = self.outgoing.saver, self.outgoing.word_copier
        self.parting = Parting(window, self.pad, self.past_pads, self.saver)
        self.parting.saveRequested.connect(self.outgoing.choose_where_to_save)
        self.choices = Choices(
            window, reader, self.recogniser, self._settings, models=models, parent=self
        )

    # --- what is connected to what ---

    def _connect_pad(self) -> None:
        canvas = self.window.canvas
        self.pad.inkEdited.connect(self.corrections.follow)
        canvas.strokeProgressed.connect(self._follow_pen)
        canvas.tapped.connect(self.reader.select_at)
        self.tools.failed.connect(self._tell_error)
        self.tools.guidesChanged.connect(self.reader.choose_guides)
        self.reader.choose_guides(self.tools.guides)
        self.documents.inkOpened.connect(self._put_on_pad)

    def _connect_past_pads(self) -> None:
        past = self.past_pads
        self.window.canvas.strokeProgressed.connect(past.follow)
        self.window.historyRequested.connect(past.show)
        past.opened.connect(self._show_pad)
        past.failed.connect(self._tell_error)
        past.recovered.connect(self.window.notice.hide)
        self.page_keeper.failed.connect(self._tell_error)
        self.page_keeper.recovered.connect(self.window.notice.hide)

    def _connect_window(self) -> None:
        window = self.window
        window.clearRequested.connect(self._clear)
        window.padRequested.connect(self._show_pad)
        window.exportRequested.connect(self._export)
        window.settingsRequested.connect(self._show_settings)
        window.hintRequested.connect(window.show_hint)
        window.aboutRequested.connect(self._tell_about)
        window.closing.connect(self.close)

    def _connect_faults(self) -> None:
        for part in (
            self.recogniser,
            self.opener,
            self.documents,
            self.paging.thumbnails,
            self.saver,
            self.page_exports,
            self.page_keeper,
            self.window.filmstrip,
            self.past_pads,
        ):
            part.crashed.connect(self._faults.report)

    # --- the pad ---

    @Slot()
    def _follow_pen(self) -> None:
        self.reader.follow(self.window.canvas.live_stroke)

    def _live_stroke(self) -> Stroke | None:
        return self.window.canvas.live_stroke

    @Slot()
    def _show_pad(self) -> None:
        self.documents.leave()
        self.reader.show_pad()

    @Slot()
    def _clear(self) -> None:
        self._show_pad()
        self.past_pads.shelve()
        self.pad.clear()

    @Slot(object)
    def _put_on_pad(self, document: InkDocument) -> None:
        self.reader.show_pad()
        canvas = self.window.canvas
        there = document.ink
        ink = fitted(there, width=canvas.width(), height=canvas.height(), margin=_FIT_MARGIN)
        instead = dict(zip(there.strokes, ink.strokes, strict=True))
        self.past_pads.shelve()
        self.past_pads.put(ink, carried(document.corrections, instead))

    @Slot()
    def _export(self) -> None:
        if self.window.shows_pad:
            self.outgoing.export_pad()
        else:
            self.page_exports.export_shown()

    @Slot(object)
    def _tell_error(self, error: GlyphpadError) -> None:
        self.window.notice.tell(sentence(error))

    # --- the program itself ---

    @Slot()
    def _show_settings(self) -> None:
        if self._settings_window is None:
            self._settings_window = SettingsWindow(self.window, self._settings.language)
            self._settings_window.languageChosen.connect(self._choose_language)
        self._settings_window.show()
        self._settings_window.activateWindow()

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self._settings.language = language

    @Slot()
    def _tell_about(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("About Glyphpad"),
            self.tr(
                "Glyphpad {version}. Write by hand, get text: on your own machine, without a "
                "network. MIT licence."
            ).format(version=VERSION),
            QMessageBox.StandardButton.Close,
            self.window,
        )
        box.setIconPixmap(self.window.windowIcon().pixmap(64, 64))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def icon_path() -> Path:
    """The program's icon, in a checkout, installed or frozen."""
    return assets_folder() / "glyphpad.svg"


def make_application(arguments: list[str]) -> QApplication:
    """The application object, named as the desktop knows it."""
    # high-rate pens and mice are stored point by point; Qt would otherwise drop points
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, on=False)
    application = QApplication(arguments)
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("Glyphpad")
    application.setDesktopFileName(APPLICATION)
    application.setWindowIcon(QIcon(str(icon_path())))
    provide_letters()
    return application
