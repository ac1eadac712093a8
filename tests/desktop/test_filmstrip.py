"""The stages of the cleaning as a strip: made beside the window, shown large, switched."""

from __future__ import annotations

import threading
from dataclasses import fields

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.cleaning import ALL_STEPS, Steps, clean_stages
from core.picture import Picture
from desktop.pages import filmstrip
from desktop.pages.filmstrip import PICTURE, Filmstrip
from tests.desktop.conftest import ANSWER_TIMEOUT
from tests.desktop.hands import sheet_of

STEPS = [field.name for field in fields(Steps)]
BARS = ((60, 40, 12, 100), (240, 40, 12, 100))


@pytest.fixture
def strip(qtbot, qapp):
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.show()
    qtbot.waitExposed(strip)
    yield strip
    strip.close_down()


@pytest.fixture
def made(strip, qtbot):
    """Shows a picture, and waits for its stages."""

    def show(picture: Picture) -> Filmstrip:
        strip.show_picture(picture)
        wait(strip, qtbot)
        return strip

    return show


def wait(strip: Filmstrip, qtbot) -> None:
    qtbot.waitUntil(lambda: strip.cursor().shape() != Qt.CursorShape.BusyCursor)
    assert strip._film is not None


@pytest.fixture
def stages(strip):
    shown: list[np.ndarray | None] = []
    strip.stageChosen.connect(shown.append)
    return shown


def by_name(picture: Picture, steps: Steps = ALL_STEPS) -> dict[str, np.ndarray]:
    return {stage.name: stage.pixels for stage in clean_stages(picture.pixels, steps).stages}


def test_every_stage_that_there_may_be_has_its_place(strip):
    """A step that is new to the cleaning shows here that it has no place yet."""
    names = {stage.name for stage in clean_stages(sheet_of(*BARS).pixels).stages}
    assert {*STEPS, *names} <= set(strip._frames)
    order = [name for name in strip._frames if name in names]
    assert order == [stage.name for stage in clean_stages(sheet_of(*BARS).pixels).stages]


def test_every_step_has_a_switch_and_nothing_else_has(strip):
    for name in STEPS:
        assert strip.switch(name).isChecked()
    for name in (PICTURE, "grey", "ink"):
        with pytest.raises(KeyError):
            strip.switch(name)


def test_stages_come_with_small_pictures(made):
    picture = sheet_of(*BARS)
    strip = made(picture)
    for name in by_name(picture):
        assert strip.button(name).isEnabled()
        shown = strip.button(name).icon().pixmap(filmstrip.SMALL).toImage()
        assert not shown.isNull()
        assert shown.width() > shown.height()  # as the picture is


def test_a_click_shows_a_stage_large(made, stages):
    picture = sheet_of(*BARS)
    strip = made(picture)
    QTest.mouseClick(strip.button("ink"), Qt.MouseButton.LeftButton)
    assert np.array_equal(stages[-1], by_name(picture)["ink"])
    assert strip.chosen == "ink"
    QTest.mouseClick(strip.button(PICTURE), Qt.MouseButton.LeftButton)
    assert stages[-1] is None


def test_the_keyboard_shows_a_stage_and_brings_the_picture_back(made, stages):
    strip = made(sheet_of(*BARS))
    strip.button("grey").setFocus()
    QTest.keyClick(strip.button("grey"), Qt.Key.Key_Space)
    assert stages[-1] is not None
    QTest.keyClick(strip.button("grey"), Qt.Key.Key_Escape)
    assert stages[-1] is None
    assert strip.button(PICTURE).isChecked()


def test_the_chosen_stage_is_explained(made):
    strip = made(sheet_of(*BARS))
    said = set()
    for name in (PICTURE, *by_name(sheet_of(*BARS))):
        strip.button(name).click()
        said.add(strip.explanation.text())
        assert strip.explanation.text() == strip.button(name).toolTip()
    assert len(said) == 1 + len(by_name(sheet_of(*BARS)))


@pytest.mark.parametrize("name", STEPS)
def test_a_switch_is_told_and_the_stages_are_made_anew(made, qtbot, name):
    strip = made(sheet_of(*BARS))
    with qtbot.waitSignal(strip.stepsChanged) as told:
        QTest.mouseClick(
            strip.switch(name), Qt.MouseButton.LeftButton, pos=strip.switch(name).rect().center()
        )
    (steps,) = told.args
    assert steps == strip.steps
    assert [each for each in STEPS if not getattr(steps, each)] == [name]
    wait(strip, qtbot)
    assert not strip.button(name).isEnabled()
    strip.switch(name).click()
    assert strip.steps == ALL_STEPS


def test_the_stage_that_is_shown_large_is_the_new_one(made, stages, qtbot):
    pixels = sheet_of(*BARS).pixels.copy()
    pixels[:, 300:] //= 2  # a shadow, which the light's step takes out
    picture = Picture(pixels, "sheet")
    strip = made(picture)
    strip.button("texture").click()
    before = stages[-1]
    strip.switch("light").click()
    wait(strip, qtbot)
    off = by_name(picture, Steps(light=False))["texture"]
    assert np.array_equal(stages[-1], off)
    assert not np.array_equal(stages[-1], before)


def test_of_a_step_that_is_off_what_came_before_it_is_shown(made, stages, qtbot):
    picture = sheet_of(*BARS)
    strip = made(picture)
    strip.button("light").click()
    strip.switch("light").click()
    wait(strip, qtbot)
    off = clean_stages(picture.pixels, Steps(light=False)).stages
    names = [stage.name for stage in off]
    last = max(at for at, name in enumerate(names) if name in ("grey", "straighten"))
    assert np.array_equal(stages[-1], off[last].pixels)


def test_remembered_steps_are_shown_and_not_told(strip, qtbot):
    with qtbot.assertNotEmitted(strip.stepsChanged):
        strip.set_steps(Steps(rules=False))
    assert not strip.switch("rules").isChecked()
    assert strip.switch("light").isChecked()
    assert strip.steps == Steps(rules=False)


def test_only_the_newest_counts(strip, qtbot, monkeypatch):
    """While one is made, the second waits, and the third takes its place."""
    gate, began = threading.Event(), []

    def slowly(pixels, steps):
        began.append(pixels.shape)
        gate.wait(20)
        return clean_stages(pixels, steps)

    monkeypatch.setattr(filmstrip, "clean_stages", slowly)
    shown = [sheet_of(*BARS, width=400 + 40 * n) for n in range(3)]
    films = []
    strip._maker.made.connect(films.append)
    strip.show_picture(shown[0])
    qtbot.waitUntil(lambda: len(began) == 1, timeout=ANSWER_TIMEOUT)
    for picture in shown[1:]:
        strip.show_picture(picture)
    gate.set()
    wait(strip, qtbot)
    assert [shape[1] for shape in began] == [400, 480]
    assert len(films) == 1


def test_nothing_is_made_that_nobody_sees(qtbot, qapp, monkeypatch):
    made = []
    monkeypatch.setattr(filmstrip, "clean_stages", lambda *args: made.append(args))
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.show_picture(sheet_of(*BARS))
    strip.set_steps(Steps(light=False))
    QApplication.processEvents()
    strip.close_down()
    assert made == []


def test_it_is_made_when_it_comes_to_be_seen(qtbot, qapp):
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.show_picture(sheet_of(*BARS))
    strip.show()
    qtbot.waitUntil(lambda: strip._film is not None, timeout=ANSWER_TIMEOUT)
    strip.close_down()


def test_without_the_strip_the_picture_is_shown(made, stages):
    strip = made(sheet_of(*BARS))
    strip.button("ink").click()
    strip.hide()
    assert stages[-1] is None
    strip.show()
    assert strip.chosen == PICTURE


def test_another_picture_is_shown_as_it_is(made):
    strip = made(sheet_of(*BARS))
    strip.button("ink").click()
    strip.show_picture(sheet_of(BARS[0]))
    assert strip.chosen == PICTURE
    assert strip.button(PICTURE).isChecked()


def test_a_bug_is_told(strip, qtbot, monkeypatch):
    def fail(*_args):
        raise RuntimeError("a bug")

    monkeypatch.setattr(filmstrip, "clean_stages", fail)
    with qtbot.waitSignal(strip.crashed, timeout=ANSWER_TIMEOUT):
        strip.show_picture(sheet_of(*BARS))
    assert strip.cursor().shape() != Qt.CursorShape.BusyCursor


def test_it_closes_while_it_is_making(strip, qtbot, monkeypatch):
    began = threading.Event()

    def slowly(pixels, steps):
        began.set()
        return clean_stages(pixels, steps)

    monkeypatch.setattr(filmstrip, "clean_stages", slowly)
    told = []
    strip._maker.made.connect(told.append)
    strip.show_picture(sheet_of(*BARS))
    assert began.wait(20)
    strip.close_down()
    QApplication.processEvents()
    assert told == []


def test_all_that_takes_keys_has_a_name_and_a_role(strip):
    for name, frame in strip._frames.items():
        told = QAccessible.queryAccessibleInterface(frame.button)
        assert told.text(QAccessible.Text.Name).endswith(", large")
        assert told.text(QAccessible.Text.Description) == frame.button.toolTip() != ""
        assert told.state().checkable
        if name in STEPS:
            switch = QAccessible.queryAccessibleInterface(strip.switch(name))
            assert switch.role() == QAccessible.Role.CheckBox
            assert switch.text(QAccessible.Text.Name).startswith("Step: ")
