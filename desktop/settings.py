"""What the program remembers between starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QByteArray, QSettings, Qt

from core.alphabet import ALPHABETS, ASCII94, Alphabet
from core.classifying import ENGINES, EngineName
from core.layouts import LAYOUTS, Layout
from core.models import DEFAULT_MODEL
from desktop.look.languages import LANGUAGES, SYSTEM_LANGUAGE
from desktop.pad.ink_choices import COLOURS, DEFAULT_COLOURS, DEFAULT_WIDTH, WIDTHS
from desktop.surroundings import APPLICATION

if TYPE_CHECKING:
    from core.ink import StrokeKind

THEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "contrast": Qt.ColorScheme.Dark,
}

_YES = "yes"


def settings_path() -> Path:
    """The settings file, where the platform keeps such files."""
    return platformdirs.user_config_path(APPLICATION, appauthor=False) / "settings.ini"


class Settings:
    """Remembered choices; one that no longer makes sense is as good as none.

    Args:
        path: The file; made when the first choice is remembered. One that cannot be written is
            no fault: the program then forgets.
    """

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def alphabet(self) -> Alphabet:
        return ALPHABETS.get(self._text("alphabet"), ASCII94)

    @alphabet.setter
    def alphabet(self, alphabet: Alphabet) -> None:
        self._store.setValue("alphabet", alphabet.name)

    @property
    def model(self) -> str:
        return self._text("model") or DEFAULT_MODEL

    @model.setter
    def model(self, name: str) -> None:
        self._store.setValue("model", name)

    @property
    def engine(self) -> EngineName:
        text = self._text("engine")
        return next((engine for engine in ENGINES if engine == text), "auto")

    @engine.setter
    def engine(self, engine: EngineName) -> None:
        self._store.setValue("engine", engine)

    @property
    def pad_layout(self) -> Layout:
        text = self._text("padLayout")
        return next((layout for layout in LAYOUTS if layout == text), "auto")

    @pad_layout.setter
    def pad_layout(self, layout: Layout) -> None:
        self._store.setValue("padLayout", layout)

    @property
    def theme(self) -> str:
        text = self._text("theme")
        return text if text in THEMES else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._store.setValue("theme", theme)

    @property
    def language(self) -> str:
        text = self._text("language")
        return text if text in LANGUAGES else SYSTEM_LANGUAGE

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def hint_dismissed(self) -> bool:
        """Whether the hint of the first start was sent away."""
        return self._text("hintDismissed") == _YES

    @hint_dismissed.setter
    def hint_dismissed(self, dismissed: bool) -> None:
        self._store.setValue("hintDismissed", _YES if dismissed else "")

    def colour(self, kind: StrokeKind) -> str:
        """The name of the colour of pens or of markers."""
        name = self._text(f"{kind.value}Colour")
        return name if name in COLOURS[kind] else DEFAULT_COLOURS[kind]

    def set_colour(self, kind: StrokeKind, name: str) -> None:
        self._store.setValue(f"{kind.value}Colour", name)

    @property
    def pen_width(self) -> str:
        name = self._text("penWidth")
        return name if name in WIDTHS else DEFAULT_WIDTH

    @pen_width.setter
    def pen_width(self, name: str) -> None:
        self._store.setValue("penWidth", name)

    @property
    def pen_only(self) -> bool:
        return self._text("penOnly") == _YES

    @pen_only.setter
    def pen_only(self, on: bool) -> None:
        self._store.setValue("penOnly", _YES if on else "")

    @property
    def guides(self) -> bool:
        return self._text("guides") == _YES

    @guides.setter
    def guides(self, on: bool) -> None:
        self._store.setValue("guides", _YES if on else "")

    @property
    def copy_words(self) -> bool:
        return self._text("copyWords") == _YES

    @copy_words.setter
    def copy_words(self, on: bool) -> None:
        self._store.setValue("copyWords", _YES if on else "")

    @property
    def geometry(self) -> QByteArray:
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    def _text(self, key: str) -> str:
        return str(self._store.value(key, ""))
