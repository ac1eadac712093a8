"""What a person chooses: the model and its engine, what may be read, how it looks. All of it is
remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.alphabet import ALPHABETS, ASCII94, Alphabet
from core.edition import has_keras
from core.errors import NoKerasError
from core.models import model_names
from desktop.errors import sentence
from desktop.look.theme import apply_theme, follow_system
from desktop.reading.recognition import ModelChoice, Recogniser
from desktop.showing import ENGINE_NAMES

if TYPE_CHECKING:
    from core.classifying import EngineName
    from core.errors import GlyphpadError
    from core.layouts import Layout
    from desktop.reading.reader import Reader
    from desktop.settings import Settings
    from desktop.window import Window


class Choices(QObject):
    """Between the window's choices, what they are about, and the settings.

    Args:
        models: The folder of the models; None for ours.
    """

    def __init__(
        self,
        window: Window,
        reader: Reader,
        recogniser: Recogniser,
        settings: Settings,
        *,
        models: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._reader = reader
        self._recogniser = recogniser
        self._settings = settings
        self._models = models
        self._model = settings.model
        self._engine = _engine_here(settings.engine)
        self._connect()
        self._fill()
        window.canvas.set_hint(self._hint(reader.pad_layout))
        self._set_theme(settings.theme)
        follow_system(self._follow_system)

    def load_model(self) -> None:
        """Has the chosen model loaded."""
        self._recogniser.choose_model(ModelChoice(self._model, self._engine, self._models))

    def _connect(self) -> None:
        window, recogniser = self._window, self._recogniser
        window.alphabetChosen.connect(self._choose_alphabet)
        window.layoutChosen.connect(self._choose_layout)
        window.modelChosen.connect(self._choose_model)
        window.engineChosen.connect(self._choose_engine)
        window.themeChosen.connect(self._set_theme)
        window.hint.dismissed.connect(self._remember_hint)
        recogniser.loading.connect(self._tell_loading)
        recogniser.ready.connect(self._tell_ready)
        recogniser.modelFailed.connect(self._tell_model_error)

    def _fill(self) -> None:
        window = self._window
        names = model_names(self._models)
        window.fill(window.model_box, tuple((name, name) for name in names), self._model)
        window.fill(
            window.layout_box,
            (("character", self.tr("One character")), ("auto", self.tr("Several characters"))),
            self._reader.pad_layout,
        )
        window.choose_in_menu(window.engine_group, self._engine)
        self._offer_alphabets(ASCII94)

    # --- the model ---

    @Slot(object)
    def _tell_loading(self, choice: ModelChoice) -> None:
        self._window.say(self.tr("Loading {model}…").format(model=choice.name))

    @Slot(str, str, object)
    def _tell_ready(self, model: str, engine: str, alphabet: Alphabet) -> None:
        self._model = model
        self._offer_alphabets(alphabet)
        self._window.say(
            self.tr("Ready: {model}, {engine}").format(model=model, engine=ENGINE_NAMES[engine])
        )

    @Slot(object)
    def _tell_model_error(self, error: GlyphpadError) -> None:
        self._window.say(self.tr("No model"))
        self._window.notice.tell(sentence(error))

    @Slot(str)
    def _choose_model(self, name: str) -> None:
        self._model = self._settings.model = name
        self._window.notice.hide()
        self.load_model()

    @Slot(str)
    def _choose_engine(self, name: EngineName) -> None:
        if _engine_here(name) != name:
            self._window.choose_in_menu(self._window.engine_group, self._engine)
            self._window.notice.tell(sentence(NoKerasError(ENGINE_NAMES[name])))
            return
        self._engine = self._settings.engine = name
        self.load_model()

    # --- what may be read ---

    @Slot(str)
    def _choose_alphabet(self, name: str) -> None:
        self._settings.alphabet = ALPHABETS[name]
        self._reader.choose_alphabet(ALPHABETS[name])

    @Slot(str)
    def _choose_layout(self, layout: Layout) -> None:
        self._settings.pad_layout = layout
        self._window.canvas.set_hint(self._hint(layout))
        self._reader.choose_pad_layout(layout)

    def _hint(self, layout: Layout) -> str:
        if layout == "character":
            return self.tr("Write a letter, a digit or a sign here")
        return self.tr("Write here")

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
        self._window.fill(self._window.alphabet_box, entries, chosen.name)
        if chosen != self._reader.alphabet:
            self._reader.choose_alphabet(chosen)

    # --- how it looks ---

    @Slot(str)
    def _set_theme(self, theme: str) -> None:
        self._settings.theme = theme
        self._window.choose_in_menu(self._window.theme_group, theme)
        apply_theme(theme)

    @Slot()
    def _follow_system(self) -> None:
        """The system changed its colours, or whether it asks for more contrast."""
        if self._window.isVisible() and self._settings.theme == "system":
            apply_theme("system")

    @Slot()
    def _remember_hint(self) -> None:
        self._settings.hint_dismissed = True


def _engine_here(name: EngineName) -> EngineName:
    """The engine `name`, or any that is here: the settings may be those of the complete program."""
    return "auto" if name == "keras" and not has_keras() else name
