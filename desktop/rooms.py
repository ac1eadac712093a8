"""What the first paint does not need: pages, what comes in and what is taken away, putting right.

It is loaded on another thread while the pad is there already, and then built at once.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from core.corrections import carried
from core.ink import fitted
from core.inkml import InkDocument
from desktop.incoming import Incoming
from desktop.keeping.parting import Parting
from desktop.keeping.past_pads import PastPads
from desktop.outgoing import Outgoing
from desktop.pad.corrections import Corrections
from desktop.pad.ink_tools import InkTools
from desktop.pad.pad import Pad
from desktop.pad.pad_corrector import PadCorrector
from desktop.pages.all_pages import AllPages
from desktop.pages.documents import Documents
from desktop.pages.kept_corrections import KeptCorrections
from desktop.pages.looking import Looking
from desktop.pages.page_corrections import PageCorrections
from desktop.pages.page_corrector import PageCorrector
from desktop.pages.page_exports import PageExports
from desktop.pages.page_keeping import PageKeeper
from desktop.pages.paging import Paging
from desktop.pages.progress import Progress
from desktop.pages.telling import Telling
from desktop.reading.opening import Opener
from desktop.reading.reader import Reader
from desktop.reading.recognition import Recogniser
from desktop.settings import Settings
from desktop.window import Window

_FIT_MARGIN = 24.0
"""Pixels around ink that was reduced to fit the pad."""


class Rooms(QObject):
    """Builds what stands behind the window and the pad, and connects it.

    Signals:
        keepingFailed(GlyphpadError): What was put right on a page cannot be kept.
        keepingRecovered: It is kept again.

    Args:
        window: Furnished.
        reader: Of the pad and of pages.
        recogniser: What it asks.
        pad: What is written on.
        tools: For it.
        corrections: What was put right on it.
        page_corrections: The same of pages.
        past_pads: Where the pad is kept.
        settings: What was remembered.
        pages: The folder where what was put right on pages is kept.
    """

    keepingFailed = Signal(object)
    keepingRecovered = Signal()

    def __init__(
        self,
        *,
        window: Window,
        reader: Reader,
        recogniser: Recogniser,
        pad: Pad,
        tools: InkTools,
        corrections: Corrections,
        page_corrections: PageCorrections,
        past_pads: PastPads,
        settings: Settings,
        pages: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._reader, self._past_pads = window, reader, past_pads
        self.opener = Opener(self)
        self.documents = Documents(self.opener, self)
        self.page_keeper = PageKeeper(pages, self)
        self._kept = KeptCorrections(self.page_keeper, self.documents, page_corrections, self)
        self._progress = Progress(self)
        self._build_pages(recogniser, page_corrections)
        self.pad_corrector = PadCorrector(window, reader, pad, corrections, self)
        self.incoming = Incoming(window, self.documents, tools, self)
        self.outgoing = Outgoing(window, reader, pad, corrections, settings, parent=self)
        self.parting = Parting(window, pad, past_pads, self.outgoing.saver)
        self.parting.saveRequested.connect(self.outgoing.choose_where_to_save)
        self.documents.inkOpened.connect(self._put_on_pad)
        self.page_keeper.failed.connect(self.keepingFailed)
        self.page_keeper.recovered.connect(self.keepingRecovered)
        window.exportRequested.connect(self._export)

    def _build_pages(self, recogniser: Recogniser, corrections: PageCorrections) -> None:
        window, reader = self._window, self._reader
        self.paging = Paging(window, self.documents, reader, corrections, self._kept, parent=self)
        self._telling = Telling(window, self.documents, reader, self._progress, self)
        self._page_corrector = PageCorrector(window, reader, recogniser, corrections, self)
        self._looking = Looking(window, reader, self._page_corrector, self)
        self.page_exports = PageExports(
            window,
            self.documents,
            AllPages(reader, recogniser, self._kept, self),
            self._progress,
            self,
        )

    @property
    def crashes(self) -> tuple[SignalInstance, ...]:
        """The signals that tell of bugs."""
        parts = (
            self.opener,
            self.documents,
            self.paging.thumbnails,
            self.outgoing.saver,
            self.page_exports,
            self.page_keeper,
            self._window.filmstrip,
        )
        return tuple(part.crashed for part in parts)

    def close(self) -> None:
        """Ends the threads; safe to call again."""
        self.opener.close()
        self.page_exports.close()
        self._looking.close()
        self.paging.close()
        self.outgoing.saver.close()
        self.page_keeper.close()

    @Slot(object)
    def _put_on_pad(self, document: InkDocument) -> None:
        self._reader.show_pad()
        canvas = self._window.canvas
        there = document.ink
        ink = fitted(there, width=canvas.width(), height=canvas.height(), margin=_FIT_MARGIN)
        instead = dict(zip(there.strokes, ink.strokes, strict=True))
        self._past_pads.shelve()
        self._past_pads.put(ink, carried(document.corrections, instead))

    @Slot()
    def _export(self) -> None:
        if self._window.shows_pad:
            self.outgoing.export_pad()
        else:
            self.page_exports.export_shown()
