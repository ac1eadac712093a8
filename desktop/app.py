"""The one place that builds the program: every part, and what tells what to which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent, QIcon, QUndoGroup
from PySide6.QtWidgets import QApplication

from core import VERSION
from core.models import assets_folder
from desktop.choices import Choices
from desktop.first_paint import FirstPaint
from desktop.loading import Loading
from desktop.look.accessible import install_roles
from desktop.look.fonts import provide_letters
from desktop.pad.corrections import Corrections
from desktop.pad.ink_tools import InkTools
from desktop.pad.pad import Pad
from desktop.pages.page_corrections import PageCorrections
from desktop.reading.reader import Reader
from desktop.reading.recognition import Recogniser
from desktop.settings import Settings
from desktop.showing import Showing
from desktop.surroundings import APPLICATION
from desktop.window import Window

if TYPE_CHECKING:
    from core.errors import GlyphpadError
    from core.ink import Stroke
    from desktop.faults import Faults
    from desktop.look.settings_window import SettingsWindow

PAGES_FOLDER = "pages"
"""Of what was put right on pages, beside the file that pads are kept in."""

LATE_MODULES = (
    "desktop.rooms",
    "desktop.pages.doubtful",
    "desktop.pages.filmstrip",
    "desktop.pages.page_list",
    "desktop.reading.page_view",
)
"""What `Program.furnish` and `Window.furnish` load."""

_ROOMS_ANSWER = (
    "openRequested",
    "openFolderRequested",
    "pasteRequested",
    "saveRequested",
    "exportRequested",
    "copyRequested",
    "copyPictureRequested",
    "filesDropped",
    "picturesDropped",
)
"""Signals of the window that only the rooms answer."""

_FURNISH_LATEST = 500
"""Milliseconds after the first paint when all else is loaded, should no answer have come yet: a
model that Keras runs takes seconds."""


class Program(QObject):
    """The running program: builds the parts, and connects those that have no room of their own.

    What is seen at the start is built at once, the rest when that was painted and answers come, or
    when someone wants it before.

    Args:
        settings: What was remembered.
        faults: Takes bugs.
        pads: The file that pads are kept in; made when there is one. What is put right on pages
            is kept beside it.
        models: The folder of the models; None for ours.

    Signals:
        furnished: All is built.
    """

    furnished = Signal()

    def __init__(
        self, settings: Settings, faults: Faults, pads: Path, models: Path | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._faults = faults
        self._pads = pads
        self._settings_window: SettingsWindow | None = None
        self._files: tuple[Path, ...] = ()
        self._keeping = self._furnished = self._closed = False
        install_roles()
        self._build_readers()
        self._build_window(models)
        self._connect_pad()
        self._connect_window()
        self._connect_late()
        if not settings.hint_dismissed:
            self.window.show_hint()
        self.window.restore(settings.geometry)

    def start(self, files: Sequence[Path] = ()) -> None:
        """Shows the window; all else comes after its first paint, so that the window is there
        first."""
        self._files = tuple(files)
        self.first_paint.painted.connect(self._go_on)
        self.window.show()
        self.first_paint.begin()
        if self._furnished:
            self.documents.open_files(self._files)

    @Slot()
    def furnish(self) -> None:
        """Builds what is not seen at the start; safe to call again."""
        if self._furnished or self._closed:
            return
        self._furnished = True
        self._keep_pads()
        self.window.furnish()
        self._build_rooms()
        self.documents.open_files(self._files)
        self.furnished.emit()

    @Slot()
    def close(self) -> None:
        """Ends the threads and remembers the window's place; safe to call again."""
        self._closed = True
        self._settings.geometry = self.window.saveGeometry()
        self._loading.close()
        if self._furnished:
            self.rooms.close()
        if self._keeping:
            self.past_pads.close()
        self.recogniser.close()
        # a stack deletes its commands, and so does Python's garbage collection, which does not
        # know of the stack: whichever came second would crash
        for stack in self.history.stacks():
            stack.clear()

    # --- what is there at the start ---

    def _build_readers(self) -> None:
        """What needs no window."""
        self.pad = Pad(self)
        self.history = QUndoGroup(self)
        self.history.addStack(self.pad.history)
        self.history.setActiveStack(self.pad.history)
        self.corrections = Corrections(self.pad.history, self)
        self.page_corrections = PageCorrections(self.history, self.pad.history, self)
        self.recogniser = Recogniser(self)
        self.recogniser.crashed.connect(self._faults.report)
        self.reader = Reader(
            self.pad,
            self.corrections,
            self.recogniser,
            self.page_corrections,
            alphabet=self._settings.alphabet,
            pad_layout=self._settings.pad_layout,
            parent=self,
        )

    def _build_window(self, models: Path | None) -> None:
        self.window = window = Window(self.history)
        self.first_paint = FirstPaint(window.canvas, self)
        self._loading = Loading(LATE_MODULES, self)
        self.tools = InkTools(window.tools, window.canvas, self.pad, self._settings, self)
        self._showing = Showing(window, self.reader, self)
        self.choices = Choices(
            window, self.reader, self.recogniser, self._settings, models=models, parent=self
        )

    # --- what comes later ---

    def _keep_pads(self) -> None:
        """Brings back the pad as it was, and keeps it from now on."""
        from desktop.keeping.past_pads import PastPads

        if self._keeping:
            return
        self._keeping = True
        past = PastPads(self.pad, self.corrections, self._pads, self._live_stroke, self.window)
        self.past_pads = past
        self.window.canvas.strokeProgressed.connect(past.follow)
        self.window.historyRequested.connect(past.show)
        self._showing.padRead.connect(past.note)
        past.opened.connect(self._show_pad)
        past.failed.connect(self._tell_error)
        past.recovered.connect(self.window.notice.hide)
        past.crashed.connect(self._faults.report)
        past.restore()

    def _build_rooms(self) -> None:
        from desktop.rooms import Rooms

        self.rooms = rooms = Rooms(
            window=self.window,
            reader=self.reader,
            recogniser=self.recogniser,
            pad=self.pad,
            tools=self.tools,
            corrections=self.corrections,
            page_corrections=self.page_corrections,
            past_pads=self.past_pads,
            settings=self._settings,
            pages=self._pads.with_name(PAGES_FOLDER),
            parent=self,
        )
        self.documents, self.page_exports = rooms.documents, rooms.page_exports
        rooms.keepingFailed.connect(self._tell_error)
        rooms.keepingRecovered.connect(self.window.notice.hide)
        for crashed in rooms.crashes:
            crashed.connect(self._faults.report)

    # --- what is connected to what ---

    def _connect_pad(self) -> None:
        canvas = self.window.canvas
        self.pad.inkEdited.connect(self.corrections.follow)
        canvas.strokeProgressed.connect(self._follow_pen)
        canvas.tapped.connect(self.reader.select_at)
        self.tools.failed.connect(self._tell_error)
        self.tools.guidesChanged.connect(self.reader.choose_guides)
        self.reader.choose_guides(self.tools.guides)

    def _connect_window(self) -> None:
        window = self.window
        window.clearRequested.connect(self._clear)
        window.padRequested.connect(self._show_pad)
        window.settingsRequested.connect(self._show_settings)
        window.hintRequested.connect(window.show_hint)
        window.aboutRequested.connect(self._tell_about)
        window.closing.connect(self.close)

    def _connect_late(self) -> None:
        self._loading.done.connect(self.furnish)
        self._loading.crashed.connect(self._faults.report)
        for name in _ROOMS_ANSWER:
            getattr(self.window, name).connect(partial(self._furnish_for, name))
        application = QApplication.instance()
        if isinstance(application, Application):
            application.filesOpened.connect(self.window.filesDropped)

    @Slot()
    def _go_on(self) -> None:
        """The window was painted."""
        if self._closed:
            return
        self.recogniser.answered.connect(self._loading.begin)
        self.recogniser.modelFailed.connect(self._loading.begin)
        QTimer.singleShot(_FURNISH_LATEST, self._loading.begin)
        self.choices.load_model()
        self._keep_pads()

    def _furnish_for(self, name: str, *arguments: object) -> None:
        """Someone wants at once what would be built soon; it is told again, to those who answer."""
        if not self._furnished:
            self.furnish()
            getattr(self.window, name).emit(*arguments)

    # --- the pad ---

    @Slot()
    def _follow_pen(self) -> None:
        self.reader.follow(self.window.canvas.live_stroke)

    def _live_stroke(self) -> Stroke | None:
        return self.window.canvas.live_stroke

    @Slot()
    def _show_pad(self) -> None:
        if self._furnished:
            self.documents.leave()
        self.reader.show_pad()

    @Slot()
    def _clear(self) -> None:
        self._show_pad()
        if self._keeping:
            self.past_pads.shelve()
        self.pad.clear()

    @Slot(object)
    def _tell_error(self, error: GlyphpadError) -> None:
        from desktop.errors import sentence

        self.window.notice.tell(sentence(error))

    # --- the program itself ---

    @Slot()
    def _show_settings(self) -> None:
        from desktop.look.settings_window import SettingsWindow

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
        from PySide6.QtWidgets import QMessageBox

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


class Application(QApplication):
    """The application object, which macOS hands the files that people open with the program.

    Signals:
        filesOpened(list[Path]): As `Window.filesDropped` has them.
    """

    filesOpened = Signal(list)

    def event(self, event: QEvent) -> bool:
        """Takes such files."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.filesOpened.emit([Path(event.file())])
            return True
        return super().event(event)


def make_application(arguments: list[str]) -> Application:
    """The application object, named as the desktop knows it."""
    # high-rate pens and mice are stored point by point; Qt would otherwise drop points
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, on=False)
    application = Application(arguments)
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("Glyphpad")
    application.setDesktopFileName(APPLICATION)
    application.setWindowIcon(QIcon(str(icon_path())))
    provide_letters()
    return application
