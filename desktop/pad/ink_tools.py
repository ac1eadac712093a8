"""The pad's tools at work: what is chosen reaches the canvas, and is remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from core.errors import GlyphpadError
from core.guides import Guides
from core.ink import Stroke, StrokeKind, StrokeStyle
from desktop.canvas.canvas import ZOOM_STEP, Canvas
from desktop.hand.pen import Tool
from desktop.pad.ink_choices import COLOURS, WIDTHS
from desktop.pad.selection import Selection
from desktop.pad.tool_actions import ToolActions, choose

if TYPE_CHECKING:
    from desktop.pad.pad import Pad
    from desktop.settings import Settings


class InkTools(QObject):
    """Between the tools' actions, the canvas, the pad and what is selected on it.

    Signals:
        guidesChanged(Guides | None): Guide lines are shown, or no more.
        failed(GlyphpadError): Something could not be pasted.
    """

    guidesChanged = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        actions: ToolActions,
        canvas: Canvas,
        pad: Pad,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._canvas = canvas
        self._settings = settings
        self.selection = Selection(pad, self)
        self._styles = {kind: StrokeStyle(kind) for kind in StrokeKind}
        self._connect_canvas(pad)
        self._connect_actions()
        self._restore()

    @property
    def guides(self) -> Guides | None:
        """The guide lines that are shown."""
        return Guides() if self._actions.guides_action.isChecked() else None

    def paste(self) -> bool:
        """Puts ink from the clipboard on the pad; whether there was any to try."""
        from desktop.pad.ink_clipboard import mime_ink

        try:
            ink = mime_ink(QGuiApplication.clipboard().mimeData())
        except GlyphpadError as error:
            self.failed.emit(error)
            return True
        if ink is None:
            return False
        self.selection.paste(ink, self._canvas.visible_box)
        choose(self._actions.tool_group, Tool.SELECT)
        self._canvas.set_tool(Tool.SELECT)
        return True

    def _connect_canvas(self, pad: Pad) -> None:
        canvas, selection = self._canvas, self.selection
        canvas.strokeFinished.connect(pad.add_stroke)
        canvas.eraserMoved.connect(pad.erase)
        canvas.eraseFinished.connect(pad.finish_erasing)
        canvas.lassoed.connect(selection.choose_within)
        canvas.selectionPlaced.connect(selection.place)
        canvas.deselected.connect(selection.clear)
        pad.inkEdited.connect(canvas.change_ink)
        selection.changed.connect(self._show_selection)

    def _connect_actions(self) -> None:
        actions, selection = self._actions, self.selection
        actions.toolChosen.connect(self._choose_tool)
        actions.colourChosen.connect(self._choose_colour)
        actions.widthChosen.connect(self._choose_width)
        actions.pen_only_action.toggled.connect(self._choose_pen_only)
        actions.guides_action.toggled.connect(self._show_guides)
        actions.zoom_in_action.triggered.connect(self._zoom_in)
        actions.zoom_out_action.triggered.connect(self._zoom_out)
        actions.zoom_reset_action.triggered.connect(self._zoom_reset)
        actions.cut_action.triggered.connect(self._cut)
        actions.copy_action.triggered.connect(self._copy)
        actions.delete_action.triggered.connect(selection.delete)
        actions.select_all_action.triggered.connect(self._select_all)

    def _restore(self) -> None:
        actions, settings = self._actions, self._settings
        for kind in StrokeKind:
            choose(actions.colour_groups[kind], settings.colour(kind))
            self._choose_colour(kind, settings.colour(kind))
        choose(actions.width_group, settings.pen_width)
        self._choose_width(settings.pen_width)
        actions.pen_only_action.setChecked(settings.pen_only)
        actions.guides_action.setChecked(settings.guides)

    @Slot(object)
    def _choose_tool(self, tool: Tool) -> None:
        self._canvas.set_tool(tool)
        if tool is not Tool.SELECT:
            self.selection.clear()

    @Slot(object, str)
    def _choose_colour(self, kind: StrokeKind, name: str) -> None:
        self._settings.set_colour(kind, name)
        self._set_style(replace(self._styles[kind], colour=COLOURS[kind][name]))

    @Slot(str)
    def _choose_width(self, name: str) -> None:
        self._settings.pen_width = name
        self._set_style(replace(self._styles[StrokeKind.PEN], width=WIDTHS[name]))

    def _set_style(self, style: StrokeStyle) -> None:
        self._styles[style.kind] = style
        self._canvas.set_style(style)

    @Slot(bool)
    def _choose_pen_only(self, on: bool) -> None:
        self._settings.pen_only = on
        self._canvas.set_pen_only(pen_only=on)

    @Slot(bool)
    def _show_guides(self, on: bool) -> None:
        self._settings.guides = on
        self._canvas.set_guides(self.guides)
        self.guidesChanged.emit(self.guides)

    @Slot()
    def _zoom_in(self) -> None:
        if self._canvas.isVisible():  # a page may be in its place
            self._canvas.zoom_by(ZOOM_STEP)

    @Slot()
    def _zoom_out(self) -> None:
        if self._canvas.isVisible():  # a page may be in its place
            self._canvas.zoom_by(1 / ZOOM_STEP)

    @Slot()
    def _zoom_reset(self) -> None:
        if self._canvas.isVisible():
            self._canvas.reset_zoom()

    @Slot()
    def _cut(self) -> None:
        self._copy()
        self.selection.delete()

    @Slot()
    def _copy(self) -> None:
        from desktop.pad.ink_clipboard import ink_mime

        if self.selection.strokes:
            QGuiApplication.clipboard().setMimeData(ink_mime(self.selection.ink))

    @Slot()
    def _select_all(self) -> None:
        self.selection.choose_all()
        choose(self._actions.tool_group, Tool.SELECT)
        self._canvas.set_tool(Tool.SELECT)

    @Slot(object)
    def _show_selection(self, strokes: tuple[Stroke, ...]) -> None:
        self._canvas.set_selection(strokes)
        self._actions.set_has_selection(has=bool(strokes))
