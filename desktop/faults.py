"""Bugs: they go whole to the log and once to the user, and the program goes on with its ink."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    import logging

    from PySide6.QtWidgets import QMessageBox

LOG_BYTES = 500_000


class Faults(QObject):
    """Takes every exception that nothing else took.

    Signals:
        caught(BaseException): One came, on any thread; told on the window's.

    Attributes:
        box: What tells of the first one; None before it.
    """

    caught = Signal(object)

    def __init__(self, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        # kept here too: where no window is active, the box has no parent and would be gone at once
        self.box: QMessageBox | None = None
        self._log: logging.Logger | None = None
        self.caught.connect(self.report)

    def install(self) -> None:
        """Becomes the interpreter's hook for exceptions that nothing took."""
        sys.excepthook = self._hook

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.caught.emit(error.with_traceback(trace))

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Logs a bug, and tells of the first one."""
        if self._log is None:
            self._log = _open_log(self._log_file)
        self._log.error("a bug", exc_info=error)
        if self.box is not None:
            return
        from PySide6.QtWidgets import QMessageBox

        self.box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Something went wrong"),
            self.tr(
                "A fault in Glyphpad stopped what it was doing. Your ink is still here. "
                "The details are in {log}."
            ).format(log=self._log_file),
            QMessageBox.StandardButton.Ok,
            QApplication.activeWindow(),
        )
        # whole here too: the log may be in a folder that cannot be written
        self.box.setDetailedText("".join(traceback.format_exception(error)))
        self.box.open()


def _open_log(path: Path) -> logging.Logger:
    """Logs to `path`, or to nowhere but standard error if it cannot be written."""
    import logging
    from logging.handlers import RotatingFileHandler

    log = logging.getLogger("glyphpad")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for old in tuple(log.handlers):
        log.removeHandler(old)
        old.close()
    log.addHandler(handler)
    return log
