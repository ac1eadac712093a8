"""The language of the program: which one it is, and its texts, ours and Qt's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.models import assets_folder

SYSTEM_LANGUAGE = "system"
"""The choice of whatever language the system has."""

SOURCE_LANGUAGE = "en"
"""What the texts in the code are written in."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"en": "English", "de": "Deutsch", "fr": "Français"}
)
"""Code and own name: who needs a language can read its name in it."""

TRANSLATIONS = assets_folder() / "translations"
"""Where `glyphpad_de.qm` and its like are, in a checkout, installed and frozen."""


def use_language(application: QCoreApplication, choice: str) -> str:
    """Has the texts and numbers that are asked for from now on in a language.

    What is on the screen already keeps its own, so this comes before the window is built.

    Args:
        application: Gets the translators, in the place of those of an earlier call.
        choice: One of LANGUAGES, or SYSTEM_LANGUAGE.

    Returns:
        The language, one of LANGUAGES.
    """
    system = QLocale.system()
    language = language_for(choice, system.uiLanguages())
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qt_texts), ("glyphpad", str(TRANSLATIONS))):
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
    of_system = choice == SYSTEM_LANGUAGE or system.name().startswith(f"{language}_")
    QLocale.setDefault(system if of_system else QLocale(language))
    return language


def language_for(choice: str, wanted: Sequence[str]) -> str:
    """The language that a choice means.

    Args:
        choice: One of LANGUAGES, or SYSTEM_LANGUAGE.
        wanted: What the system asks for, the dearest first: "de-AT", "fr", "C".
    """
    if choice in LANGUAGES:
        return choice
    codes = (tag.replace("_", "-").split("-")[0].lower() for tag in wanted)
    return next((code for code in codes if code in LANGUAGES), SOURCE_LANGUAGE)
