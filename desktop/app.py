"""The one place that builds the program: every part, and what tells what to which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from core import VERSION
from core.alphabet import ALPHABETS, ASCII94, Alphabet
from core.classifying import EngineName
from core.corrections import carried
from core.errors import GlyphpadError, ModelError
from core.exporting.drawing import SVG_SUFFIX
from core.exporting.pdf_page import PDF_SUFFIX
from core.finding import Layout
from core.ink import Stroke, fitted
from core.inkml import INK_SUFFIX, InkDocument
from core.models import assets_folder, model_names
from core.picture import Picture, picture_from_pixels
from core.picture_headers import PICTURE_FORMATS
from core.reading import Reading
from desktop.errors import sentence
from desktop.faults import Faults
from desktop.imaging import from_image
from desktop.keeping.ink_files import PNG_SUFFIX
from desktop.keeping.past_pads import PastPads
from desktop.keeping.saving import Content, Saver
from desktop.look.accessible import install_roles
from desktop.look.settings_window import SettingsWindow
from desktop.look.theme import apply_theme, follow_system
from desktop.pad.corrections import Corrections
from desktop.pad.ink_clipboard import ink_mime
from desktop.pad.ink_tools import InkTools
from desktop.pad.pad import Pad
from desktop.pad.word_copying import WordCopier
from desktop.reading.opening import Opener
from desktop.reading.reader import Reader
from desktop.reading.recognition import ModelChoice, Recogniser
from desktop.settings import APPLICATION, Settings
from desktop.window import Window

_FIT_MARGIN = 24.0
"""Pixels around ink that was reduced to fit the pad."""

CLIPBOARD = "clipboard"
"""The source of a picture that was pasted."""


class Program(QObject):
    """The running program: builds the parts, and connects them.

    Args:
        settings: What was remembered.
        faults: Takes bugs.
        pads: The file that pads are kept in; made when there is one.
        models: The folder of the models; None for ours.
    """

    def __init__(
        self, settings: Settings, faults: Faults, pads: Path, models: Path | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._faults = faults
        self._models = models
        self._model = settings.model
        self._engine: EngineName = settings.engine
        self.pad = Pad(self)
        self.corrections = Corrections(self.pad.history, self)
        self.recogniser = Recogniser(self)
        self.opener = Opener(self)
        self.saver = Saver(self)
        self.reader = Reader(
            self.pad,
            self.corrections,
            self.recogniser,
            self.opener,
            alphabet=settings.alphabet,
            pad_layout=settings.pad_layout,
            parent=self,
        )
        self.word_copier = WordCopier(self.reader, self)
        install_roles()
        self.window = Window(self.pad.history)
        self._settings_window: SettingsWindow | None = None
        self.tools = InkTools(self.window.tools, self.window.canvas, self.pad, settings, self)
        self.past_pads = PastPads(self.pad, self.corrections, pads, self._live_stroke, self.window)
        self._connect_pad()
        self._connect_past_pads()
        self._connect_reader()
        self._connect_actions()
        self._fill_choices()
        self._set_theme(settings.theme)
        follow_system(self._follow_system)
        if not settings.hint_dismissed:
            self.window.show_hint()
        self.window.restore(settings.geometry)

    def start(self, files: Sequence[Path] = ()) -> None:
        """Shows the window; the model is loaded after that, so that the window is there first."""
        self.window.show()
        self._load_model()
        self.past_pads.restore()
        self.reader.open_files(tuple(files))

    @Slot()
    def close(self) -> None:
        """Ends the threads and remembers the window's place; safe to call again."""
        self._settings.geometry = self.window.saveGeometry()
        self.opener.close()
        self.saver.close()
        self.past_pads.close()
        self.recogniser.close()

    # --- what is connected to what ---

    def _connect_pad(self) -> None:
        canvas = self.window.canvas
        self.pad.inkEdited.connect(self.corrections.follow)
        canvas.strokeProgressed.connect(self._follow_pen)
        canvas.strokeFinished.connect(self.reader.look_for_strike)
        canvas.tapped.connect(self.reader.select_at)
        self.tools.failed.connect(self._tell_file_error)
        self.tools.guidesChanged.connect(self.reader.choose_guides)
        self.reader.choose_guides(self.tools.guides)
        canvas.set_hint(self._hint(self.reader.pad_layout))

    def _connect_past_pads(self) -> None:
        past = self.past_pads
        self.window.canvas.strokeProgressed.connect(past.follow)
        self.window.historyRequested.connect(past.show)
        past.opened.connect(self.reader.show_pad)
        past.failed.connect(self._tell_not_saved)
        past.recovered.connect(self.window.notice.hide)
        past.crashed.connect(self._faults.report)

    def _connect_reader(self) -> None:
        window, reader = self.window, self.reader
        reader.padShown.connect(window.show_pad)
        reader.pictureShown.connect(self._show_picture)
        reader.inkOpened.connect(self._put_on_pad)
        reader.opening.connect(self._tell_opening)
        reader.readingChanged.connect(self._show_reading)
        reader.selectionChanged.connect(self._show_selection)
        reader.timed.connect(self._tell_time)
        reader.failed.connect(self._tell_file_error)
        reader.cancelled.connect(self._tell_cancelled)
        window.page_view.glyphSelected.connect(reader.select)
        window.panel.candidateChosen.connect(reader.correct)
        window.panel.placeChosen.connect(reader.select_in_text)
        self.recogniser.loading.connect(self._tell_loading)
        self.recogniser.ready.connect(self._tell_ready)
        self.recogniser.modelFailed.connect(self._tell_model_error)
        self.recogniser.crashed.connect(self._faults.report)
        self.opener.crashed.connect(self._faults.report)
        self.word_copier.wordFinished.connect(self._copy_word)
        self.saver.saved.connect(self._tell_saved)
        self.saver.failed.connect(self._tell_not_saved)
        self.saver.crashed.connect(self._faults.report)

    def _connect_actions(self) -> None:
        window = self.window
        window.clearRequested.connect(self._clear)
        window.openRequested.connect(self._choose_files)
        window.saveRequested.connect(self._choose_where_to_save)
        window.exportRequested.connect(self._choose_where_to_export)
        window.copyPictureRequested.connect(self._copy_picture)
        window.copy_words_action.toggled.connect(self._choose_copy_words)
        window.copy_words_action.setChecked(self._settings.copy_words)
        window.pasteRequested.connect(self._paste)
        window.copyRequested.connect(self._copy)
        window.stepRequested.connect(self.reader.step)
        window.joinRequested.connect(self.reader.join)
        window.splitRequested.connect(self.reader.split)
        window.readAgainRequested.connect(self.reader.read_again)
        window.deleteGlyphRequested.connect(self.reader.delete_glyph)
        window.cancelRequested.connect(self.reader.cancel)
        window.padRequested.connect(self.reader.show_pad)
        window.nextRequested.connect(self.reader.open_next)
        window.previousRequested.connect(self.reader.open_previous)
        window.filesDropped.connect(self.reader.open_files)
        window.imageDropped.connect(self._read_image)
        window.alphabetChosen.connect(self._choose_alphabet)
        window.layoutChosen.connect(self._choose_layout)
        window.modelChosen.connect(self._choose_model)
        window.engineChosen.connect(self._choose_engine)
        window.themeChosen.connect(self._set_theme)
        window.settingsRequested.connect(self._show_settings)
        window.hintRequested.connect(window.show_hint)
        window.aboutRequested.connect(self._tell_about)
        window.hint.dismissed.connect(self._remember_hint)
        window.closing.connect(self.close)

    # --- the pad ---

    @Slot()
    def _follow_pen(self) -> None:
        self.reader.follow(self.window.canvas.live_stroke)

    def _live_stroke(self) -> Stroke | None:
        return self.window.canvas.live_stroke

    @Slot()
    def _clear(self) -> None:
        self.reader.show_pad()
        self.past_pads.shelve()
        self.pad.clear()

    @Slot(object)
    def _put_on_pad(self, document: InkDocument) -> None:
        canvas = self.window.canvas
        there = document.ink
        ink = fitted(there, width=canvas.width(), height=canvas.height(), margin=_FIT_MARGIN)
        instead = dict(zip(there.strokes, ink.strokes, strict=True))
        self.past_pads.shelve()
        self.past_pads.put(ink, carried(document.corrections, instead))
        self._tell_steps()

    # --- what was read ---

    @Slot(object)
    def _show_picture(self, picture: Picture) -> None:
        self.window.page_view.show_picture(picture)
        self.window.show_page_view()
        self._tell_steps()
        self.window.say(self._page_text(picture))

    @Slot(object)
    def _show_reading(self, reading: Reading | None) -> None:
        panel = self.window.panel
        panel.show_reading(reading)
        if self.window.shows_pad:
            self.past_pads.note(reading)
        self.window.describe(0 if reading is None else len(reading.glyphs))
        if reading is None:
            panel.say_nothing()
        else:
            self.window.set_busy(busy=False)

    @Slot(object)
    def _show_selection(self, index: int | None) -> None:
        self.window.panel.show_glyph(self.reader.glyph)
        reading = self.reader.reading
        places = () if reading is None else reading.places
        self.window.panel.mark(None if index is None else places[index])
        self._offer_corrections()
        if not self.window.shows_pad:
            glyphs = () if reading is None else reading.glyphs
            self.window.page_view.show_glyphs(glyphs, index)
            return
        several = self.reader.pad_layout != "character"
        self.window.canvas.set_boxes(self.reader.boxes if several else (), index)

    def _offer_corrections(self) -> None:
        """Says what may be put right about the selected glyph."""
        reader, glyph = self.reader, self.reader.glyph
        on_pad = self.window.shows_pad and self.reader.pad_layout != "character"
        there = on_pad and glyph is not None
        self.window.offer_corrections(
            join=there and reader.neighbour is not None,
            split=there and glyph is not None and len(glyph.glyph.strokes) > 1,
            other=there,
        )

    @Slot(float, str, str)
    def _tell_time(self, seconds: float, model: str, engine: str) -> None:
        self.window.engine_label.setText(
            self.tr("{model} · {engine} · {ms} ms").format(
                model=model,
                engine=_ENGINE_NAMES[engine],
                ms=QLocale().toString(seconds * 1000, "f", 1),
            )
        )

    # --- files ---

    @Slot()
    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self.window, self.tr("Open pictures or ink"), "", self._readable_filter()
        )
        self.reader.open_files(tuple(Path(name) for name in names))

    @Slot()
    def _choose_where_to_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            self.tr("Save ink"),
            "ink" + INK_SUFFIX,
            self.tr("Ink") + f" (*{INK_SUFFIX})",
        )
        if name:
            self.save_ink(Path(name))

    @Slot()
    def _choose_where_to_export(self) -> None:
        kinds = {
            PDF_SUFFIX: self.tr("PDF with the text"),
            PNG_SUFFIX: self.tr("Picture"),
            SVG_SUFFIX: self.tr("Drawing"),
        }
        filters = {f"{text} (*{suffix})": suffix for suffix, text in kinds.items()}
        name, chosen = QFileDialog.getSaveFileName(
            self.window, self.tr("Export"), "ink" + PDF_SUFFIX, ";;".join(filters)
        )
        if name:
            path = Path(name)
            known = path.suffix.lower() in kinds
            self.save_ink(path if known else path.with_name(path.name + filters[chosen]))

    def save_ink(self, path: Path) -> None:
        """Has the pad's ink written to `path`, in the kind of file that it is called by."""
        reading = self.reader.reading if self.window.shows_pad else None
        self.saver.save(Content(self.pad.ink, reading, self.corrections.all), path)

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self.window.say(self.tr("Saved {name}").format(name=path.name))

    @Slot(object)
    def _tell_not_saved(self, error: GlyphpadError) -> None:
        self.window.notice.tell(sentence(error))

    @Slot(bool)
    def _choose_copy_words(self, on: bool) -> None:
        self._settings.copy_words = on
        self.word_copier.turn(on)

    @Slot(str)
    def _copy_word(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.window.say(self.tr("Copied {text}").format(text=text))

    @Slot()
    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setMimeData(ink_mime(self.pad.ink))
        self.window.say(self.tr("Copied"))

    @Slot()
    def _paste(self) -> None:
        if self.window.shows_pad and self.tools.paste():
            return
        mime = QGuiApplication.clipboard().mimeData()
        paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
        if paths:
            self.reader.open_files(paths)
        else:
            self._read_image(QGuiApplication.clipboard().image())

    @Slot(object)
    def _read_image(self, image: QImage) -> None:
        if image.isNull():
            self.window.notice.tell(self.tr("There is no picture to paste. Copy one first."))
            return
        self.reader.show_picture(picture_from_pixels(from_image(image), source=CLIPBOARD))

    @Slot()
    def _copy(self) -> None:
        reading = self.reader.reading
        if reading is not None:
            QGuiApplication.clipboard().setText(reading.text)
            self.window.say(self.tr("Copied"))

    @Slot(object)
    def _tell_opening(self, path: Path) -> None:
        self.window.notice.hide()
        self.window.set_busy(busy=True)
        self.window.say(self.tr("Opening {name}…").format(name=path.name))

    @Slot()
    def _tell_cancelled(self) -> None:
        self.window.set_busy(busy=False)
        self.window.say(self.tr("Cancelled"))

    @Slot(object)
    def _tell_file_error(self, error: GlyphpadError) -> None:
        self.window.set_busy(busy=False)
        self.window.say(self.tr("Not opened"))
        self.window.notice.tell(sentence(error))
        self._tell_steps()

    def _tell_steps(self) -> None:
        self.window.set_steps(previous=self.reader.has_previous, following=self.reader.has_next)

    def _page_text(self, picture: Picture) -> str:
        name = Path(picture.source).name
        if picture.pages == 1:
            return name
        return self.tr("{name}, page {page} of {pages}").format(
            name=name, page=picture.page, pages=picture.pages
        )

    def _readable_filter(self) -> str:
        kinds = [(kind.name, kind.suffixes) for kind in PICTURE_FORMATS]
        kinds.append((self.tr("Ink"), (INK_SUFFIX,)))
        patterns = [
            f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})" for name, suffixes in kinds
        ]
        every = " ".join(f"*{suffix}" for _, suffixes in kinds for suffix in suffixes)
        return ";;".join((f"{self.tr('Pictures and ink')} ({every})", *patterns))

    # --- the model ---

    def _load_model(self) -> None:
        self.recogniser.choose_model(ModelChoice(self._model, self._engine, self._models))

    @Slot(object)
    def _tell_loading(self, choice: ModelChoice) -> None:
        self.window.say(self.tr("Loading {model}…").format(model=choice.name))

    @Slot(str, str, object)
    def _tell_ready(self, model: str, engine: str, alphabet: Alphabet) -> None:
        self._model = model
        self._offer_alphabets(alphabet)
        self.window.say(
            self.tr("Ready: {model}, {engine}").format(model=model, engine=_ENGINE_NAMES[engine])
        )

    @Slot(object)
    def _tell_model_error(self, error: ModelError) -> None:
        self.window.say(self.tr("No model"))
        self.window.notice.tell(sentence(error))

    @Slot(str)
    def _choose_model(self, name: str) -> None:
        self._model = self._settings.model = name
        self.window.notice.hide()
        self._load_model()

    @Slot(str)
    def _choose_engine(self, name: EngineName) -> None:
        self._engine = self._settings.engine = name
        self._load_model()

    @Slot(str)
    def _choose_alphabet(self, name: str) -> None:
        self._settings.alphabet = ALPHABETS[name]
        self.reader.choose_alphabet(ALPHABETS[name])

    @Slot(str)
    def _choose_layout(self, layout: Layout) -> None:
        self._settings.pad_layout = layout
        self.window.canvas.set_hint(self._hint(layout))
        self.reader.choose_pad_layout(layout)

    # --- choices ---

    def _fill_choices(self) -> None:
        window = self.window
        names = model_names(self._models)
        window.fill(window.model_box, tuple((name, name) for name in names), self._model)
        window.fill(
            window.layout_box,
            (("character", self.tr("One character")), ("auto", self.tr("Several characters"))),
            self.reader.pad_layout,
        )
        window.choose_in_menu(window.engine_group, self._engine)
        self._offer_alphabets(ASCII94)

    def _offer_alphabets(self, widest: Alphabet) -> None:
        """The alphabets that a model can tell apart. What was chosen last comes back with a model
        that is wide enough for it."""
        texts = {
            "digits": self.tr("Digits"),
            "alnum36": self.tr("Letters and digits"),
            "balanced47": self.tr("Letters and digits, case where it shows"),
            "alnum62": self.tr("Letters by case, and digits"),
            "ascii94": self.tr("All printable signs"),
        }
        entries = tuple(
            (name, texts[name])
            for name, alphabet in ALPHABETS.items()
            if alphabet.is_view_of(widest)
        )
        wanted = self._settings.alphabet
        chosen = wanted if wanted.is_view_of(widest) else widest
        self.window.fill(self.window.alphabet_box, entries, chosen.name)
        if chosen != self.reader.alphabet:
            self.reader.choose_alphabet(chosen)

    @Slot(str)
    def _set_theme(self, theme: str) -> None:
        self._settings.theme = theme
        self.window.choose_in_menu(self.window.theme_group, theme)
        apply_theme(theme)

    # --- the program itself ---

    @Slot()
    def _follow_system(self) -> None:
        """The system changed its colours, or whether it asks for more contrast."""
        if self.window.isVisible() and self._settings.theme == "system":
            apply_theme("system")

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
    def _remember_hint(self) -> None:
        self._settings.hint_dismissed = True

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

    def _hint(self, layout: Layout) -> str:
        if layout == "character":
            return self.tr("Write a letter, a digit or a sign here")
        return self.tr("Write here")


_ENGINE_NAMES = {"litert": "LiteRT", "keras": "Keras"}


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
    return application
