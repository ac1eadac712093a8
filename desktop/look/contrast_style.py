"""The style of the high contrast theme: a line around every control, a thick one at the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QStyleOptionComplex, QWidget

_LINE = 1.0
_CHOSEN_LINE = 2.0
_FOCUS_LINE = 3.0
"""Widths in pixels; a focus frame of 2 is the least that WCAG 2.2 asks for (2.4.13)."""

_Primitive = QStyle.PrimitiveElement
_FRAMED = frozenset(
    {
        _Primitive.PE_Frame,
        _Primitive.PE_FrameGroupBox,
        _Primitive.PE_FrameLineEdit,
        _Primitive.PE_FrameMenu,
        _Primitive.PE_IndicatorCheckBox,
        _Primitive.PE_IndicatorRadioButton,
        _Primitive.PE_PanelButtonCommand,
        _Primitive.PE_PanelButtonTool,
    }
)


class ContrastStyle(QProxyStyle):
    """Fusion makes its lines out of the ground's colour, so that on black they are black too.
    What is switched on has a broad line, what has the focus a broader and coloured one."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        super().drawPrimitive(element, option, painter, widget)
        if element in _FRAMED:
            _frame(option, painter)
        elif element is _Primitive.PE_FrameTabWidget:
            _frame(option, painter, focused=False)
        elif element is _Primitive.PE_FrameFocusRect:
            _frame(option, painter, focused=True)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        super().drawControl(element, option, painter, widget)
        if element is QStyle.ControlElement.CE_TabBarTabShape:
            _frame(option, painter)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        super().drawComplexControl(control, option, painter, widget)
        if control is QStyle.ComplexControl.CC_ComboBox:
            _frame(option, painter)


def _frame(option: QStyleOption, painter: QPainter, *, focused: bool | None = None) -> None:
    """A frame just inside what the control covers; None: focused as the option says."""
    if focused is None:
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    role = QPalette.ColorRole.Highlight if focused else QPalette.ColorRole.WindowText
    chosen = QStyle.StateFlag.State_On | QStyle.StateFlag.State_Selected
    width = _FOCUS_LINE if focused else _CHOSEN_LINE if option.state & chosen else _LINE
    painter.save()
    painter.setPen(QPen(option.palette.color(role), width))
    painter.drawRect(QRectF(option.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2))
    painter.restore()
