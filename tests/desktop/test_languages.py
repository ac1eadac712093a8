"""Languages: every text is translated and comes through, keys and figures are as they should be."""

from __future__ import annotations

import os
import re
import shutil
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QPushButton,
    QTabWidget,
    QWidget,
)

from core.errors import EngineError, MissingFileError
from desktop.errors import sentence
from desktop.look.languages import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    TRANSLATIONS,
    language_for,
    use_language,
)
from desktop.look.settings_window import SettingsWindow
from desktop.reading.chart import percent
from desktop.settings import Settings
from scripts import translate

TRANSLATED = tuple(sorted(set(LANGUAGES) - {SOURCE_LANGUAGE}))


@pytest.fixture
def speak(qapp):
    """Changes the language, for one test."""
    yield lambda language: use_language(qapp, language)
    use_language(qapp, SOURCE_LANGUAGE)


def pairs(language: str) -> Iterator[tuple[str, str, str]]:
    """Context, text and translation."""
    for key, translation in translate.texts(TRANSLATIONS / f"glyphpad_{language}.ts"):
        context, text = key.split(": ", 1)
        yield context, text, translation or ""


# --- what is translated ---


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_compiled(language):
    assert list(translate.problems(language)) == []


def test_the_languages_are_those_that_are_translated():
    assert tuple(sorted(translate.LANGUAGES)) == TRANSLATED
    assert {path.stem for path in TRANSLATIONS.glob("*.qm")} == {
        f"glyphpad_{language}" for language in TRANSLATED
    }


def test_a_text_that_is_new_gone_or_unfinished_is_noticed(tmp_path, monkeypatch):
    sources = Path(shutil.copytree(translate.SOURCES, tmp_path / "desktop"))
    kept = Path(shutil.copytree(translate.FOLDER, tmp_path / "translations"))
    monkeypatch.setattr(translate, "SOURCES", sources)
    monkeypatch.setattr(translate, "FOLDER", kept)
    assert list(translate.problems("de")) == []
    notice = sources / "notice.py"
    notice.write_text(notice.read_text().replace("&Dismiss", "&Enough"))
    ts = kept / "glyphpad_de.ts"
    ts.write_text(ts.read_text().replace("<translation>Suche<", '<translation type="unfinished"><'))
    found = "\n".join(translate.problems("de"))
    assert "new in the code: Notice: &Enough" in found
    assert "no more in the code: Notice: &Dismiss" in found
    assert "not translated: HistoryWindow: Search" in found
    assert "not compiled" in found


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_what_is_filled_in(language):
    def fields(text: str) -> Counter[str]:
        return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name)

    for context, text, translation in pairs(language):
        assert fields(translation) == fields(text), (context, text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_a_key_and_an_ellipsis_where_the_text_has(language):
    for context, text, translation in pairs(language):
        assert translation.count("&") == text.count("&"), (context, text)
        assert translation.endswith("…") == text.endswith("…"), (context, text)


def test_french_has_its_spaces():
    for _, _, translation in pairs("fr"):
        plain = re.sub(r"\{\w+\}", "x", translation)
        assert not re.search("[^\u00a0\u202f][:;!?»]", plain), translation
        assert not re.search("«[^\u00a0]", plain), translation
        assert "'" not in translation


def test_german_has_its_quotes():
    for _, text, translation in pairs("de"):
        assert translation.count("„") == translation.count("“") == text.count("“")
        assert "”" not in translation


# --- what is shown ---


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_in_the_windows_is_left_in_english(build, speak, language):
    speak(language)
    program = build()
    program._show_settings()
    program.window.notice.tell("")
    shown = set(shown_texts(program.window))
    english = {plain(text) for _, text, _ in pairs(language)}
    spoken = {plain(translation) for _, _, translation in pairs(language)}
    assert shown & (english - spoken) == set()
    assert len(shown) > 80


def plain(text: str) -> str:
    return text.replace("&", "")


def shown_texts(window: QWidget) -> Iterator[str]:
    """All that people see or hear in a window and its dialogs."""
    for action in window.findChildren(QAction):
        yield from (plain(action.text()), plain(action.iconText()), action.toolTip())
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
        yield widget.accessibleDescription()
        if isinstance(widget, QLabel | QPushButton | QCheckBox):
            yield plain(widget.text())
        if isinstance(widget, QMenu):
            yield plain(widget.title())
        if isinstance(widget, QTabWidget):
            yield from (widget.tabText(index) for index in range(widget.count()))


@pytest.mark.parametrize(
    ("language", "missing", "engine"),
    [
        ("de", "Es gibt keine Datei „a.png“", "konnte nicht geladen werden"),
        ("fr", "Le fichier «\u00a0a.png\u00a0»", "pas pu être chargé"),
        ("en", "There is no file “a.png”", "could not be loaded"),
    ],
)
def test_errors_are_told_in_the_language(speak, language, missing, engine):
    speak(language)
    assert missing in sentence(MissingFileError(Path("a.png")))
    assert engine in sentence(EngineError(Path("m"), "m.keras", engine="keras", reason=""))


def test_every_text_comes_through_at_run_time(speak):
    """By the context that Qt is asked with."""
    for language in TRANSLATED:
        speak(language)
        for context, text, translation in pairs(language):
            assert QCoreApplication.translate(context, text) == translation


def test_what_inherits_a_text_has_it_translated(speak):
    from desktop.notice import Notice

    class LouderNotice(Notice):
        pass

    speak("de")
    notice = LouderNotice()
    notice.tell("x")
    assert notice.accessibleName() == "Hinweis: x"


@pytest.mark.parametrize(
    ("language", "cancel", "close"),
    [("de", "Abbrechen", "Schließen"), ("fr", "Annuler", "Fermer"), ("en", "Cancel", "Close")],
)
def test_qt_speaks_the_language_too(speak, qtbot, language, cancel, close):
    speak(language)
    buttons = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(buttons.Cancel | buttons.Close)
    qtbot.addWidget(box)
    assert plain(box.button(buttons.Cancel).text()) == cancel
    assert plain(box.button(buttons.Close).text()) == close


def test_numbers_are_written_as_in_the_language(speak):
    speak("de")
    assert percent(0.996) == "99,6 %"
    speak("en")
    assert percent(0.996) == "99.6 %"


# --- keys ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mnemonic_means_one_thing(build, speak, language):
    speak(language)
    program = build()
    window = program.window
    window.hint.show()
    for menu in (menu for menu in window.findChildren(QMenu) if menu.actions()):
        # what is undone is named as it comes
        assert_unique([action.text() for action in menu.actions() if action.text()])
    bar = [action.text() for action in window.menuBar().actions()]
    labels = [label.text() for label in window.findChildren(QLabel) if label.buddy() is not None]
    (dismiss,) = window.hint.findChildren(QPushButton)
    assert_unique([*bar, *labels, dismiss.text()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mnemonic_means_one_thing_in_the_settings(build, speak, language):
    speak(language)
    program = build()
    program._show_settings()
    settings = program._settings_window
    for index in range(settings.tabs.count()):
        page = settings.tabs.widget(index)
        labels = [label.text() for label in page.findChildren(QLabel) if label.buddy()]
        assert_unique([*labels, *(box.text() for box in page.findChildren(QCheckBox))])


def assert_unique(texts: list[str]) -> None:
    keys = [QKeySequence.mnemonic(text).toString() for text in texts]
    assert "" not in keys, texts
    assert len(set(keys)) == len(keys), sorted(zip(keys, texts, strict=True))


def test_shortcuts_are_the_same_in_every_language(build, speak):
    found = {language: shortcuts(build, speak, language) for language in LANGUAGES}
    assert found["de"] == found["fr"] == found["en"]
    assert len(found["en"]) > 20


def shortcuts(build, speak, language: str) -> list[str]:
    speak(language)
    window = build().window
    actions = [action for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]
    portable = QKeySequence.SequenceFormat.PortableText
    return [
        QKeySequence.listToString(action.shortcuts(), portable)
        for action in actions
        if action.text()
    ]


# --- room ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_in_the_settings_is_cut_off(build, speak, qtbot, language):
    speak(language)
    program = build()
    program.window.show()
    program._show_settings()
    settings: SettingsWindow = program._settings_window
    qtbot.waitExposed(settings)
    for index in range(settings.tabs.count()):
        settings.tabs.setCurrentIndex(index)
        for widget in settings.tabs.widget(index).children():
            if isinstance(widget, QWidget) and not isinstance(widget, QLabel):
                assert widget.width() >= widget.sizeHint().width(), widget
            if isinstance(widget, QLabel):
                needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
                assert widget.height() >= needed, widget.text()
                assert widget.wordWrap() or widget.width() >= widget.sizeHint().width()
    for tab in range(settings.tabs.count()):
        assert "…" not in settings.tabs.tabBar().tabText(tab)
        assert settings.tabs.tabBar().rect().contains(settings.tabs.tabBar().tabRect(tab))


# --- which language ---


@pytest.mark.parametrize(
    ("choice", "wanted", "language"),
    [
        ("system", ["de-AT", "de"], "de"),
        ("system", ["pl-PL", "fr-CA"], "fr"),
        ("system", ["fr_CH"], "fr"),
        ("system", ["C"], "en"),
        ("system", [], "en"),
        ("fr", ["de-DE"], "fr"),
        ("en", ["de-DE"], "en"),
        ("klingon", ["de-DE"], "de"),
    ],
)
def test_the_systems_language_counts_unless_another_was_chosen(choice, wanted, language):
    assert language_for(choice, wanted) == language


@pytest.mark.parametrize(
    ("system", "chosen", "shown"),
    [("de_AT.UTF-8", "", "&Datei"), ("de_AT.UTF-8", "fr", "&Fichier"), ("C", "", "&File")],
)
def test_the_program_starts_in_its_language(tmp_path, system, chosen, shown):
    """The program as it is started, up to its window."""
    settings = tmp_path / "glyphpad" / "settings.ini"
    settings.parent.mkdir()
    settings.write_text(f"[General]\nlanguage={chosen}\n")
    started = """
import sys
from desktop import app
from desktop.__main__ import main

class Shown(app.Program):
    def start(self, files):
        print(self.window.menuBar().actions()[0].text())
        self.close()
        sys.exit(0)

app.Program = Shown
sys.argv = ["glyphpad"]
main()
"""
    places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME")
    environment = {**os.environ, **dict.fromkeys(places, str(tmp_path))}
    environment.pop("LC_ALL", None)
    environment.pop("LC_MESSAGES", None)
    environment |= {"LANG": system, "LANGUAGE": "", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", started],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == shown


def test_the_system_is_asked(qapp, monkeypatch):
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("de_AT"))
    assert use_language(qapp, "system") == "de"
    assert QLocale().name() == "de_AT"
    assert use_language(qapp, "fr") == "fr"
    assert QLocale().name() == "fr_FR"
    monkeypatch.undo()
    use_language(qapp, SOURCE_LANGUAGE)


def test_a_language_takes_the_place_of_the_one_before(qapp, speak):
    for language in ("de", "fr", "en"):
        speak(language)
    assert QCoreApplication.translate("Window", "&File") == "&File"


def test_a_language_that_makes_no_sense_is_the_systems(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_text("[General]\nlanguage=klingon\n")
    assert Settings(path).language == "system"
