"""What a glyph may be and how likely, as bars, and the glyph as the model sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.imaging import tile_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.prediction import Candidate

PROBABILITY_ROLE = Qt.ItemDataRole.UserRole + 1
"""float, 0 to 1."""

_Index = QModelIndex | QPersistentModelIndex


class CandidateModel(QAbstractListModel):
    """The candidates of one glyph, likeliest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()

    def show(self, candidates: tuple[Candidate, ...]) -> None:
        """Shows other candidates. Where there are as many as before, no row comes or goes, so the
        view only repaints: this happens many times a second while someone draws."""
        if len(candidates) == len(self._candidates):
            self._candidates = candidates
            if candidates:
                self.dataChanged.emit(self.index(0), self.index(len(candidates) - 1))
            return
        self.beginResetModel()
        self._candidates = candidates
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._candidates)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._candidates):
            return None
        candidate = self._candidates[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return candidate.label
        if role == PROBABILITY_ROLE:
            return candidate.probability
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{candidate.label}, {percent(candidate.probability)}"
        return None


class CandidateDelegate(QStyledItemDelegate):
    """Paints a candidate: its sign, a bar as long as it is likely, and the number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, round(option.fontMetrics.height() * 1.9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        probability = float(index.data(PROBABILITY_ROLE))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_focus(painter, option.rect, palette)
        sign, bar, number = _columns(option.rect, option.fontMetrics.height())
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(_sign_font(option.font))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.setFont(option.font)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, right, percent(probability))
        _paint_bar(painter, QRectF(bar), probability, palette, first=index.row() == 0)
        painter.restore()


class CandidateChart(QListView):
    """The bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = CandidateModel(self)
        self.setModel(self._model)
        self.setItemDelegate(CandidateDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Candidates"))
        self.setToolTip(self.tr("What the character may be, and how likely each is"))

    def show_candidates(self, candidates: tuple[Candidate, ...]) -> None:
        self._model.show(candidates)


class TileView(QWidget):
    """The glyph as the model sees it, each of its pixels a square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tile: NDArray[np.float32] | None = None
        self.setAccessibleName(self.tr("The character as the model sees it"))
        self.setToolTip(self.tr("The character as the model sees it: cropped, scaled and centred"))
        self.setMinimumSize(96, 96)

    def show_tile(self, tile: NDArray[np.float32] | None) -> None:
        self._tile = tile
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(128, 128)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        square = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.fillRect(square, QColor(Qt.GlobalColor.black))
        if self._tile is not None:
            painter.drawImage(square, tile_image(self._tile))
        # on dark ground a black square has no edge of its own
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(square.adjusted(0, 0, -1, -1))


def percent(probability: float) -> str:
    """A probability for people: "97 %"; never a 100 or a 0 that is not one."""
    whole = probability in (0, 1) or 0.01 <= probability <= 0.99  # noqa: PLR2004  # 1 % and 99 %
    shown = probability * 100 if whole else min(max(probability * 100, 0.1), 99.9)
    return QLocale().toString(float(shown), "f", 0 if whole else 1) + " %"


def _columns(rect: QRect, text_height: int) -> tuple[QRect, QRect, QRect]:
    """Where the sign, the bar and the number go."""
    sign_width, number_width = 2 * text_height, 4 * text_height
    sign = QRect(rect.left(), rect.top(), sign_width, rect.height())
    number = QRect(rect.right() - number_width, rect.top(), number_width - 8, rect.height())
    gap = rect.height() // 4
    bar = QRect(sign.right() + 4, rect.top() + gap, 0, rect.height() - 2 * gap)
    bar.setRight(number.left() - 4)
    return sign, bar, number


def _sign_font(font: QFont) -> QFont:
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.3)
    large.setBold(True)
    return large


def _paint_bar(
    painter: QPainter, bar: QRectF, probability: float, palette: QPalette, *, first: bool
) -> None:
    """The likeliest has the palette's highlight; the others a softer one of the same, with the
    whole one around it: the softer alone would be hard to see."""
    trough = palette.color(QPalette.ColorRole.AlternateBase)
    line = palette.color(QPalette.ColorRole.Highlight)
    filled = QColor(line)
    if not first:
        filled.setAlphaF(0.55)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(trough)
    painter.drawRoundedRect(bar, 3, 3)
    if probability > 0:
        painter.setPen(line)
        painter.setBrush(filled)
        length = max(bar.width() * probability, 2.0)
        shown = QRectF(bar.left(), bar.top(), length, bar.height()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(shown, 3, 3)


def _paint_focus(painter: QPainter, row: QRect, palette: QPalette) -> None:
    """A frame around the row that the keyboard is at."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(row).adjusted(1, 1, -1, -1))
