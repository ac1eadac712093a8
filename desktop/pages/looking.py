"""Looking at a page: its boxes, a part of it, the stages of its cleaning, what is in doubt."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from core.page_corrections import PageCorrection
from core.picture import Picture
from core.reading import Reading
from desktop.pages.page_corrector import PageCorrector
from desktop.reading.page_view import ZOOM_STEP
from desktop.reading.reader import Reader
from desktop.window import Window


class Looking(QObject):
    """Between the picture, its filmstrip, the list of what is in doubt, and the reader."""

    def __init__(
        self,
        window: Window,
        reader: Reader,
        corrector: PageCorrector,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._reader = reader
        self._corrector = corrector
        self._connect_reader()
        self._connect_parts()
        self._connect_actions()

    def close(self) -> None:
        """Ends the filmstrip's thread."""
        self._window.filmstrip.close_down()

    def _connect_reader(self) -> None:
        reader = self._reader
        reader.pictureShown.connect(self._show_picture)
        reader.padShown.connect(self._leave)
        reader.readingChanged.connect(self._show_doubtful)
        reader.selectionChanged.connect(self._window.doubtful.select)

    def _connect_parts(self) -> None:
        window, reader = self._window, self._reader
        window.page_view.glyphSelected.connect(reader.select)
        window.filmstrip.stepsChanged.connect(reader.choose_steps)
        window.filmstrip.stageChosen.connect(window.page_view.show_stage)
        window.doubtful.glyphSelected.connect(reader.select)
        window.doubtful.corrected.connect(self._take_correction)

    def _connect_actions(self) -> None:
        actions, view = self._window.page_actions, self._window.page_view
        actions.part_action.toggled.connect(self._choose_part)
        view.partModeChanged.connect(actions.part_action.setChecked)
        actions.boxes_action.toggled.connect(self._show_boxes)
        actions.steps_action.toggled.connect(self._show_steps)
        actions.doubts_action.triggered.connect(self._go_through_doubts)
        tools = self._window.tools
        tools.zoom_in_action.triggered.connect(self._zoom_in)
        tools.zoom_out_action.triggered.connect(self._zoom_out)
        tools.zoom_reset_action.triggered.connect(self._zoom_reset)
        actions.page_width_action.triggered.connect(view.fit_width)
        actions.actual_size_action.triggered.connect(view.actual_size)

    @Slot(object)
    def _show_picture(self, picture: Picture) -> None:
        self._window.filmstrip.show_picture(picture)

    @Slot()
    def _leave(self) -> None:
        self._window.filmstrip.show_picture(None)

    @Slot(object)
    def _show_doubtful(self, reading: Reading | None) -> None:
        picture = self._reader.picture
        shown = None if picture is None else reading
        self._window.doubtful.show_doubtful(picture, shown)

    @Slot(object)
    def _take_correction(self, correction: PageCorrection) -> None:
        self._corrector.put(correction)

    @Slot(bool)
    def _choose_part(self, on: bool) -> None:
        self._window.page_view.set_part_mode(on=on)

    @Slot(bool)
    def _show_boxes(self, on: bool) -> None:
        self._window.page_view.show_boxes(shown=on)

    @Slot(bool)
    def _show_steps(self, on: bool) -> None:
        self._window.filmstrip.setVisible(on)
        if not on:
            self._window.page_view.show_stage(None)

    @Slot()
    def _go_through_doubts(self) -> None:
        self._window.show_beside(self._window.doubtful)
        self._window.doubtful.begin()

    # the pad's zoom actions are about what is shown

    @Slot()
    def _zoom_in(self) -> None:
        if not self._window.shows_pad:
            self._window.page_view.zoom_by(ZOOM_STEP)

    @Slot()
    def _zoom_out(self) -> None:
        if not self._window.shows_pad:
            self._window.page_view.zoom_by(1 / ZOOM_STEP)

    @Slot()
    def _zoom_reset(self) -> None:
        if not self._window.shows_pad:
            self._window.page_view.fit_page()
