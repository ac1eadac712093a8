"""One start of the program: prints the seconds to the first paint and to the first answer."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path


def main(began: float) -> None:
    """Starts the program, waits for its first answer, and prints both times.

    Args:
        began: `time.time()` when the process was asked for.
    """
    from PySide6.QtCore import QEvent, QObject

    from desktop.app import Program, make_application
    from desktop.faults import Faults
    from desktop.settings import Settings

    class FirstPaint(QObject):
        at: float | None = None

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's
            if event.type() == QEvent.Type.Paint and self.at is None:
                self.at = time.time()
            return False

    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        program = Program(
            Settings(Path(folder) / "s.ini"), Faults(Path(folder) / "log"), Path(folder) / "pads"
        )
        paint = FirstPaint()
        program.window.canvas.installEventFilter(paint)
        program.recogniser.answered.connect(application.quit)
        program.start()
        application.exec()
        answered = time.time()
        program.window.close()
        print((paint.at or answered) - began, answered - began)


if __name__ == "__main__":
    main(float(sys.argv[1]))
