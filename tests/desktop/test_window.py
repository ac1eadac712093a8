"""The window around the pad: models that are damaged, choices that last, keys, names, scales."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QWidget,
)

from core import errors as core_errors
from core.alphabet import ALPHABETS
from core.classifying import ENGINES
from core.errors import FileError, ModelError
from core.ink import Ink, Stroke
from core.models import DEFAULT_MODEL, models_folder
from desktop import errors
from desktop.canvas.canvas import Canvas
from desktop.look.theme import dark_palette
from desktop.reading.chart import percent
from desktop.reading.recognition import ModelChoice
from desktop.settings import THEMES, Settings
from desktop.showing import ENGINE_NAMES
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import Hand


@pytest.fixture
def copied_models(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def test_a_damaged_model_is_named_and_another_can_be_chosen(build, qtbot, copied_models):
    shutil.copytree(copied_models / DEFAULT_MODEL, copied_models / "spare")
    for ending in ("keras", "tflite"):
        spoil(copied_models / DEFAULT_MODEL / f"{DEFAULT_MODEL}.{ending}")
    program = build(copied_models)
    with qtbot.waitSignal(program.recogniser.modelFailed, timeout=ANSWER_TIMEOUT):
        program.start()
    assert program.window.isVisible()
    assert f"{DEFAULT_MODEL}.tflite" in program.window.notice.text
    hand = Hand(program.window.canvas)
    hand.seven()
    box = program.window.model_box
    with qtbot.waitSignal(program.recogniser.ready, timeout=ANSWER_TIMEOUT):
        box.setCurrentIndex(box.findData("spare"))
        box.activated.emit(box.currentIndex())
    qtbot.waitUntil(
        lambda: program.reader.reading is not None and program.reader.reading.text == "7",
        timeout=ANSWER_TIMEOUT,
    )
    assert not program.window.notice.isVisible()


def test_without_any_model_the_window_opens_and_says_so(build, qtbot, tmp_path):
    program = build(tmp_path / "none")
    with qtbot.waitSignal(program.recogniser.modelFailed, timeout=ANSWER_TIMEOUT):
        program.start()
    assert "manifest.json" in program.window.notice.text
    Hand(program.window.canvas).seven()
    assert program.pad.count() == 1


def test_a_damaged_twin_falls_back_to_keras(build, qtbot, copied_models):
    spoil(copied_models / DEFAULT_MODEL / f"{DEFAULT_MODEL}.tflite")
    program = build(copied_models)
    with qtbot.waitSignal(program.recogniser.ready, timeout=60_000) as ready:
        program.start()
    assert ready.args[1] == "keras"


def choose(box: QComboBox, name: str) -> None:
    """As a user who picks an entry."""
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def names_in(box: QComboBox) -> list[str]:
    return [box.itemData(index) for index in range(box.count())]


def test_a_narrow_model_offers_its_own_alphabets_and_a_wide_one_brings_the_choice_back(
    program, qtbot
):
    window = program.window
    choose(window.alphabet_box, "alnum62")
    with qtbot.waitSignal(program.recogniser.ready, timeout=ANSWER_TIMEOUT):
        choose(window.model_box, "digits-cnn")
    assert names_in(window.alphabet_box) == ["digits"]
    assert window.alphabet_box.currentData() == program.reader.alphabet.name == "digits"
    with qtbot.waitSignal(program.recogniser.answered, timeout=ANSWER_TIMEOUT) as answer:
        Hand(window.canvas).seven()
    assert answer.args[0].reading.alphabet == "digits"
    with qtbot.waitSignal(program.recogniser.ready, timeout=ANSWER_TIMEOUT):
        choose(window.model_box, "glyphnet")
    assert names_in(window.alphabet_box) == list(ALPHABETS)
    assert window.alphabet_box.currentData() == program.reader.alphabet.name == "alnum62"


def test_what_was_asked_of_a_wide_model_is_answered_by_a_narrow_one(program, qtbot):
    """The ink was on its way to the worker when another model was chosen."""
    Hand(program.window.canvas).seven()
    program.recogniser.choose_model(ModelChoice("digits-cnn", "litert", None))
    with qtbot.waitSignal(
        program.recogniser.answered,
        timeout=ANSWER_TIMEOUT,
        check_params_cb=lambda answer: answer.reading.model == "digits-cnn",
    ) as answer:
        program.recogniser.ask(program.pad.ink, alphabet=ALPHABETS["ascii94"], layout="character")
    assert answer.args[0].reading.alphabet == "digits"


def test_the_window_can_be_closed_before_the_model_is_ready(build):
    program = build()
    program.start()
    program.window.close()
    assert program.recogniser._thread.isFinished()


def test_the_window_can_be_closed_in_the_middle_of_a_stroke(program):
    canvas = program.window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    QTest.mouseMove(canvas, canvas.rect().topLeft())
    program.window.close()
    assert program.recogniser._thread.isFinished()


def test_choices_are_remembered(program, build, qtbot):
    box = program.window.alphabet_box
    box.setCurrentIndex(box.findData("alnum36"))
    box.activated.emit(box.currentIndex())
    program.window.theme_group.actions()[2].trigger()
    again = build()
    assert again.reader.alphabet.name == "alnum36"
    assert again.window.alphabet_box.currentData() == "alnum36"
    assert again.window.theme_group.checkedAction().data() == "dark"


def test_the_dark_theme_is_dark_and_can_be_left(program, qtbot):
    def ground() -> int:
        return program.window.canvas.grab().toImage().pixelColor(5, 5).lightness()

    _, light, dark, _ = program.window.theme_group.actions()
    dark.trigger()
    qtbot.waitUntil(lambda: ground() < 60)
    light.trigger()
    qtbot.waitUntil(lambda: ground() > 200)


def _luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("text", "ground"), [("Text", "Base"), ("WindowText", "Window"), ("ButtonText", "Button")]
)
def test_dark_text_can_be_read(text, ground):
    palette = dark_palette()
    first = _luminance(palette.color(QPalette.ColorRole[text]))
    second = _luminance(palette.color(QPalette.ColorRole[ground]))
    assert (first + 0.05) / (second + 0.05) >= 7


def test_settings_that_make_no_sense_are_none(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_text("[General]\nalphabet=klingon\nengine=steam\ntheme=mauve\npadLayout=spiral\n")
    settings = Settings(path)
    assert settings.alphabet is ALPHABETS["ascii94"]
    assert settings.engine == "auto"
    assert settings.theme == "system"
    assert settings.pad_layout == "auto"


def test_ink_follows_the_theme(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    canvas.set_ink(Ink((Stroke.through(np.array([[50, 150], [250, 150]], np.float32)),)))
    for paper, ink in (("white", "black"), ("black", "white")):
        palette = QPalette(canvas.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(paper))
        palette.setColor(QPalette.ColorRole.Text, QColor(ink))
        canvas.setPalette(palette)
        image = canvas.grab().toImage()
        ratio = image.devicePixelRatio()
        assert image.pixelColor(round(150 * ratio), round(150 * ratio)) == QColor(ink)
        assert image.pixelColor(round(10 * ratio), round(10 * ratio)) == QColor(paper)


@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_ink_is_sharp_and_under_the_pen_at_any_display_scale(scale):
    program = """
import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.canvas.canvas import Canvas
application = QApplication([])
canvas = Canvas()
canvas.resize(300, 300)
canvas.show()
QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 120))
QTest.mouseMove(canvas, QPoint(200, 120))
image = canvas.grab().toImage()
ratio = image.devicePixelRatio()
dark = [(x, y) for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 60]
xs, ys = zip(*dark)
print(ratio, min(xs) / ratio, max(xs) / ratio, (min(ys) + max(ys)) / 2 / ratio)
"""
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    ratio, left, right, middle = map(float, done.stdout.split())
    assert ratio == float(scale)
    assert left == pytest.approx(97, abs=1.5)
    assert right == pytest.approx(203, abs=1.5)
    assert middle == pytest.approx(120, abs=1)


def test_every_action_can_be_reached_from_the_keyboard(program):
    window = program.window
    for action in (
        window.undo_action,
        window.redo_action,
        window.clear_action,
        window.open_action,
        window.save_action,
        window.paste_action,
        window.copy_action,
        window.pad_action,
        window.next_action,
        window.previous_action,
        window.quit_action,
    ):
        assert not action.shortcut().isEmpty(), action.text()
        assert "&" in action.text()


def test_ctrl_z_takes_the_last_stroke_back(program, hand):
    hand.seven()
    QTest.keyClick(program.window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert program.pad.count() == 0


def test_tab_reaches_every_part_that_takes_keys(program):
    window = program.window
    wanted = {
        window.canvas,
        window.alphabet_box,
        window.layout_box,
        window.model_box,
        window.panel.text,
        window.panel.chart,
    }
    window.canvas.setFocus()
    reached: set[QWidget] = set()
    for _ in range(20):
        reached.add(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert wanted <= reached


def test_every_control_has_a_name_for_a_screen_reader(program):
    controls = [
        *program.window.findChildren(QComboBox),
        *program.window.findChildren(QAbstractButton),
        program.window.canvas,
        program.window.page_view,
        program.window.panel.text,
        program.window.panel.chart,
        program.window.panel.tile,
    ]
    for control in controls:
        if control.objectName().startswith("qt_") or isinstance(control.parent(), QLineEdit):
            continue  # Qt's own, in the corner of a toolbar or in a line to type in
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control


def test_a_screen_reader_hears_a_candidate_with_its_probability(program, hand, answered):
    hand.seven()
    answered()
    chart = program.window.panel.chart
    spoken = QAccessible.queryAccessibleInterface(chart).child(0).text(QAccessible.Text.Name)
    assert spoken.startswith("7, ")
    assert spoken.endswith(" %")


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.974, "97 %"),
        (0.99996, "99.9 %"),
        (0.00001, "0.1 %"),
        (0.996, "99.6 %"),
    ],
)
def test_a_probability_is_never_shown_as_a_certainty_that_it_is_not(probability, shown):
    assert percent(probability) == shown


def _final(base: type) -> set[type]:
    """The errors that are raised: those that no other is a kind of."""
    every = {kind for _, kind in inspect.getmembers(core_errors, inspect.isclass)}
    kinds = {kind for kind in every if issubclass(kind, base)}
    return {kind for kind in kinds if not any(issubclass(k, kind) for k in kinds - {kind})}


def test_every_known_error_has_a_sentence():
    assert set(errors._FILE_SENTENCES) == _final(FileError)
    assert set(errors._MODEL_SENTENCES) == _final(ModelError)


def test_every_table_of_choices_is_complete(program):
    window = program.window
    assert {window.alphabet_box.itemData(i) for i in range(window.alphabet_box.count())} == set(
        ALPHABETS
    )
    assert {action.data() for action in window.theme_group.actions()} == set(THEMES)
    assert {action.data() for action in window.engine_group.actions()} == set(ENGINES)
    assert set(ENGINE_NAMES) == set(ENGINES) - {"auto"}


def test_a_bug_is_logged_told_once_and_the_ink_is_kept(program, hand, tmp_path, caplog):
    hand.plus()
    faults = program._faults
    for number in range(2):
        faults.report(ZeroDivisionError(f"bug {number}"))
    log = (tmp_path / "log" / "glyphpad.log").read_text()
    assert "bug 0" in log
    assert "bug 1" in log
    assert faults.box.isVisible()
    assert str(tmp_path / "log" / "glyphpad.log") in faults.box.text()
    assert "bug 0" in faults.box.detailedText()
    caplog.clear()
    assert program.pad.count() == 2


def test_the_side_is_never_narrower_than_what_is_in_it(program, qtbot):
    """A theme may bring a style whose boxes are wider."""
    box = program.window.alphabet_box
    box.setMinimumWidth(400)
    qtbot.waitUntil(lambda: box.width() >= 400)
    qtbot.waitUntil(lambda: box.visibleRegion().boundingRect().width() >= 400)
