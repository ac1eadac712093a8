"""The stages of the cleaning as a strip of small pictures, each with a switch for its step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QHideEvent, QIcon, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.cleaning import ALL_STEPS, Stages, Steps, clean_stages
from core.picture import Picture
from desktop.background import End, Job, Report
from desktop.imaging import to_image

SMALL = QSize(96, 96)
"""Size in pixels of the small pictures."""

PICTURE = "picture"
"""The name of the first small picture: what is cleaned."""


@dataclass(frozen=True, eq=False)
class _Film:
    """What the thread made: the stages, and a small picture of each, by name."""

    stages: Stages
    small: dict[str, NDArray[np.uint8]]


@dataclass(frozen=True, eq=False)
class _Frame:
    """The widgets of one stage."""

    button: QToolButton
    switch: QCheckBox | None


class Filmstrip(QWidget):
    """Shows what each step of the cleaning does to the picture that is shown.

    The stages are made beside the window while the strip is seen, and only the newest count.

    To be wired: `show_picture` when another picture is shown, and None with the pad; `set_steps`
    with what was chosen before; `stepsChanged` to whatever reads; `stageChosen` to
    `PageView.show_stage`; `close_down` at the end.

    Signals:
        stepsChanged(Steps): A step was switched.
        stageChosen(ndarray | None): A stage is to be shown large, uint8 (H, W); None: the picture.
        crashed(Exception): A bug.
    """

    stepsChanged = Signal(object)
    stageChosen = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._steps = ALL_STEPS
        self._film: _Film | None = None
        self._chosen = PICTURE
        self._maker = _Maker(self)
        self._maker.made.connect(self._show_film)
        self._maker.crashed.connect(self._tell_bug)
        self._group = QButtonGroup(self)
        self._frames = {
            name: self._make_frame(name, texts) for name, texts in self._texts().items()
        }
        self.explanation = QLabel()
        self.explanation.setWordWrap(True)
        self._lay_out()
        self._group.buttonClicked.connect(self._choose)
        self._show_chosen()

    @property
    def steps(self) -> Steps:
        """Which steps are switched on."""
        return self._steps

    @property
    def chosen(self) -> str:
        """The name of the stage that is shown large; PICTURE for the picture."""
        return self._chosen

    def button(self, name: str) -> QToolButton:
        """The small picture of a stage, by its name in `Stage`, or PICTURE."""
        return self._frames[name].button

    def switch(self, name: str) -> QCheckBox:
        """The switch of a step, by its name in `Steps`.

        Raises:
            KeyError: It is no step.
        """
        switch = self._frames[name].switch
        if switch is None:
            raise KeyError(name)
        return switch

    def show_picture(self, picture: Picture | None) -> None:
        """Shows the stages of another picture; the picture itself is the one that is chosen."""
        if picture is self._picture:
            return
        self._picture, self._film = picture, None
        self._chosen = PICTURE
        self._show_small()
        self._show_chosen()
        self._make()

    def set_steps(self, steps: Steps) -> None:
        """Switches steps on and off without telling of it."""
        if steps != self._steps:
            self._steps = steps
            self._show_switches()
            self._make()

    def close_down(self) -> None:
        """Waits for the thread, and makes nothing more."""
        self._maker.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._film is None:
            self._make()

    def hideEvent(self, event: QHideEvent) -> None:
        """With the strip, the stage that it shows large goes."""
        if self._chosen != PICTURE and not event.spontaneous():
            self.button(PICTURE).click()
        super().hideEvent(event)

    # --- what people do ---

    @Slot(object)
    def _choose(self, button: QToolButton) -> None:
        self._chosen = button.objectName()
        self._show_chosen()
        self.stageChosen.emit(self._pixels(self._chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the picture back."""
        if event.key() == Qt.Key.Key_Escape and self._chosen != PICTURE:
            self.button(PICTURE).click()
        else:
            super().keyPressEvent(event)

    def _switch(self, name: str, on: bool) -> None:
        self._steps = replace(self._steps, **{name: on})
        self._make()
        self.stepsChanged.emit(self._steps)

    # --- what is seen ---

    def _make(self) -> None:
        """Has the stages made, if someone sees them."""
        if self._picture is None or not self.isVisible():
            self._film = None
            return
        self._maker.make(partial(_made, self._picture.pixels, self._steps))
        self.setCursor(Qt.CursorShape.BusyCursor)

    @Slot(object)
    def _show_film(self, film: _Film) -> None:
        self.unsetCursor()
        self._film = film
        self._show_small()
        if self._chosen != PICTURE:
            self.stageChosen.emit(self._pixels(self._chosen))

    @Slot(object)
    def _tell_bug(self, error: Exception) -> None:
        self.unsetCursor()
        self.crashed.emit(error)

    def _pixels(self, name: str) -> NDArray[np.uint8] | None:
        """A stage as it is shown large; None for the picture, or where it is not known yet. Of a
        step that is off, what comes before it."""
        if self._film is None or name == PICTURE:
            return None
        names = list(self._frames)
        wanted = names[: names.index(name) + 1]
        known = [stage for stage in self._film.stages.stages if stage.name in wanted]
        return known[-1].pixels if known else None

    def _show_small(self) -> None:
        for name, frame in self._frames.items():
            pixels = None if self._film is None else self._film.small.get(name)
            frame.button.setIcon(QIcon(_blank() if pixels is None else _pixmap(pixels)))
            frame.button.setEnabled(name == PICTURE or pixels is not None)

    def _show_switches(self) -> None:
        for name, frame in self._frames.items():
            if frame.switch is not None:
                frame.switch.blockSignals(True)
                frame.switch.setChecked(getattr(self._steps, name))
                frame.switch.blockSignals(False)

    def _show_chosen(self) -> None:
        button = self._frames[self._chosen].button
        button.setChecked(True)
        self.explanation.setText(button.toolTip())

    # --- how it is built ---

    def _texts(self) -> dict[str, tuple[str, str]]:
        """What each stage is called, and what its step does, in the order of the cleaning."""
        return {
            PICTURE: (self.tr("Picture"), self.tr("The picture as it came.")),
            "grey": (
                self.tr("Grey"),
                self.tr("Colours are left out: what matters is where it is darker."),
            ),
            "straighten": (
                self.tr("Straight"),
                self.tr("The page is found, made flat and turned upright."),
            ),
            "light": (
                self.tr("Light"),
                self.tr("Shadows go: each place is compared with the paper around it."),
            ),
            "texture": (
                self.tr("Paper"),
                self.tr("The paper's grain and what shines through from its back are taken out."),
            ),
            "ink": (
                self.tr("Ink"),
                self.tr("Every pixel is ink or paper, as it is darker or lighter than a limit."),
            ),
            "rules": (
                self.tr("Rules"),
                self.tr("Ruled lines and boxes go; letters that cross them stay whole."),
            ),
            "specks": (
                self.tr("Specks"),
                self.tr("Spots that are too small for a pen are dropped."),
            ),
            "heal": (
                self.tr("Healed"),
                self.tr("Strokes that were broken are joined again across small gaps."),
            ),
        }

    def _make_frame(self, name: str, texts: tuple[str, str]) -> _Frame:
        title, explanation = texts
        button = QToolButton()
        button.setObjectName(name)
        button.setText(title)
        button.setToolTip(explanation)
        button.setAccessibleName(self.tr("{stage}, large").format(stage=title))
        button.setAccessibleDescription(explanation)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(SMALL)
        button.setIcon(QIcon(_blank()))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button)
        if name not in ALL_STEPS.__dataclass_fields__:
            return _Frame(button, None)
        switch = QCheckBox(self.tr("On"))
        switch.setAccessibleName(self.tr("Step: {stage}").format(stage=title))
        switch.setToolTip(explanation)
        switch.setChecked(True)
        switch.toggled.connect(partial(self._switch, name))
        return _Frame(button, switch)

    def _lay_out(self) -> None:
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        for frame in self._frames.values():
            column = QVBoxLayout()
            column.addWidget(frame.button)
            if frame.switch is not None:
                column.addWidget(frame.switch, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addStretch(1)
            row.addLayout(column)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidget(strip)
        area.setWidgetResizable(True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = area.horizontalScrollBar().sizeHint().height()
        area.setFixedHeight(strip.sizeHint().height() + bar + 2 * area.frameWidth())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        whole.addWidget(self.explanation)


class _Maker(QObject):
    """Makes films on a thread of its own, one at a time; of those that wait, only the newest.

    Signals:
        made(_Film): The newest is made.
        crashed(Exception): A bug.
    """

    made = Signal(object)
    crashed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._report = Report(self)
        self._report.done.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def make(self, work: Callable[[], object]) -> None:
        self._number += 1
        self._pool.clear()
        self._pool.start(Job(self._number, work, self._report))

    def close(self) -> None:
        self._number += 1
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object)
    def _take(self, end: End) -> None:
        if end.number != self._number:
            return
        if isinstance(end.result, Exception):
            self.crashed.emit(end.result)
        else:
            self.made.emit(end.result)


def _made(pixels: NDArray[np.uint8], steps: Steps) -> _Film:
    stages = clean_stages(pixels, steps)
    small = {stage.name: _small(stage.pixels) for stage in stages.stages}
    return _Film(stages, {PICTURE: _small(pixels), **small})


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A small picture, uint8 (h, w, 3), of a grey or RGB one."""
    height, width = pixels.shape[:2]
    scale = min(SMALL.width() / width, SMALL.height() / height, 1.0)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    if small.ndim == 2:  # noqa: PLR2004  # grey
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)
    return np.asarray(small, np.uint8)


def _pixmap(pixels: NDArray[np.uint8]) -> QPixmap:
    return QPixmap.fromImage(to_image(pixels))


def _blank() -> QPixmap:
    """What is shown where nothing is known, so that the strip keeps its size."""
    blank = QPixmap(SMALL)
    blank.fill(Qt.GlobalColor.transparent)
    return blank
