"""The recognition thread: one long-lived thread that owns the model, and its mailbox.

A new request replaces a waiting one (the newest ink wins) and stops the reading of a picture that
runs. What is read aside, for an export, waits for those, and gives way to them. Everything that
crosses the thread is a frozen type, so nothing but the mailbox needs a lock; the worker never
touches a widget.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.cleaning_steps import ALL_STEPS, Steps
from core.errors import GlyphpadError, ReadingStoppedError
from core.ink import Ink
from desktop.garbage import Garbage

if TYPE_CHECKING:
    from core.alphabet import Alphabet
    from core.box import Box
    from core.classifying import Classifier, EngineName
    from core.corrections import Correction
    from core.guides import Guides
    from core.layouts import Layout
    from core.pen_reading import PenReader
    from core.picture import Picture
    from core.reading import Reading

SWITCH_SECONDS = 0.0005
"""How long the thread may run on while the window's wants Python's lock. The window lets go of it
at every call of Qt, and so waits as often; Python's own 5 ms came to gaps of 60 ms in its loop."""


@dataclass(frozen=True, eq=False)
class ModelChoice:
    """Which model to run, and with what.

    Attributes:
        name: Of the model.
        engine: `auto` takes the twin where it is whole.
        folder: Where the models are; None for ours.
    """

    name: str
    engine: EngineName
    folder: Path | None = None


@dataclass(frozen=True, eq=False)
class Request:
    """Something to read.

    Attributes:
        number: Rises with every request; those aside have numbers of their own.
        source: What to read.
        alphabet: What may come out; of a model that is narrower, all that it knows.
        layout: What the source is known to hold.
        corrections: What someone put right, of ink.
        guides: The guide lines that ink was written on, if any.
        steps: How a picture is cleaned.
        region: The part of a picture that is read, in its pixels; None for all of it.
        aside: Whether it gives way to what is not.
    """

    number: int
    source: Ink | Picture
    alphabet: Alphabet
    layout: Layout
    corrections: tuple[Correction, ...] = ()
    guides: Guides | None = None
    steps: Steps = ALL_STEPS
    region: Box | None = None
    aside: bool = False


@dataclass(frozen=True, eq=False)
class Answer:
    """What a request came to.

    Attributes:
        number: The request's.
        reading: What was read.
        seconds: How long the reading took on the thread, waiting not counted.
        engine: What ran the model.
    """

    number: int
    reading: Reading
    seconds: float
    engine: str


@dataclass(frozen=True, eq=False)
class Failure:
    """A bug that came instead of what was read aside.

    Attributes:
        number: The request's.
        error: The bug.
    """

    number: int
    error: Exception


class Mailbox:
    """The slots between the window's thread and the worker's: the newest of each kind waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._choice: ModelChoice | None = None
        self._request: Request | None = None
        self._aside: deque[Request] = deque()
        self._revoked = 0
        self._revoked_aside: set[int] = set()

    def put_choice(self, choice: ModelChoice) -> None:
        with self._lock:
            self._choice = choice

    def put_request(self, request: Request) -> None:
        with self._lock:
            self._request = request

    def put_aside(self, request: Request) -> None:
        """Those aside wait in a line; none takes another's place."""
        with self._lock:
            self._aside.append(request)

    def put_back(self, request: Request) -> None:
        """Has what was being read aside be read first again, unless it was revoked."""
        with self._lock:
            if request.number not in self._revoked_aside:
                self._aside.appendleft(request)

    def revoke(self, number: int) -> None:
        """Nobody wants the requests up to `number` any more."""
        with self._lock:
            self._revoked = number
            self._request = None

    def revoke_aside(self, number: int) -> None:
        """Nobody wants this one aside any more."""
        with self._lock:
            self._revoked_aside.add(number)
            self._aside = deque(each for each in self._aside if each.number != number)

    def take(self) -> ModelChoice | Request | None:
        """What is to be done next; a model comes before what it is to read."""
        with self._lock:
            if self._choice is not None:
                choice, self._choice = self._choice, None
                return choice
            if self._request is not None:
                request, self._request = self._request, None
                return request
            return self._aside.popleft() if self._aside else None

    def overtaken(self, running: Request) -> bool:
        """Whether nobody waits for what is being read, or something else comes before it."""
        with self._lock:
            if running.aside:
                unwanted = running.number in self._revoked_aside
            else:
                unwanted = running.number <= self._revoked
            return unwanted or self._choice is not None or self._request is not None

    def empty(self) -> None:
        with self._lock:
            self._choice = self._request = None
            self._aside.clear()


class Worker(QObject):
    """Lives on the recognition thread, and owns the classifier.

    Signals:
        loading(ModelChoice): It begins to load a model.
        ready(str, str, Alphabet): A model is ready: its name, what runs it, what it tells apart.
        modelFailed(GlyphpadError): A model could not be loaded; the last one stays in use.
        answered(Answer): A request was read.
        answeredAside(Answer): The same of one aside.
        failedAside(Failure): It met a bug instead; the worker goes on.
        crashed(BaseException): A bug; the worker goes on.
    """

    loading = Signal(object)
    ready = Signal(str, str, object)
    modelFailed = Signal(object)
    answered = Signal(object)
    answeredAside = Signal(object)
    failedAside = Signal(object)
    crashed = Signal(object)

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._classifier: Classifier | None = None
        self._pen_reader: PenReader | None = None

    @Slot()
    def work(self) -> None:
        """Empties the mailbox. Called once for each thing put in it, so it often finds none."""
        while not QThread.currentThread().isInterruptionRequested():
            task = self._mailbox.take()
            if task is None:
                return
            try:
                self._do(task)
            except ReadingStoppedError:
                if isinstance(task, Request) and task.aside:
                    self._mailbox.put_back(task)
            except Exception as error:  # noqa: BLE001  # a bug must reach the log, not end the thread
                if isinstance(task, Request) and task.aside:
                    self.failedAside.emit(Failure(task.number, error))
                else:
                    self.crashed.emit(error)

    def _do(self, task: ModelChoice | Request) -> None:
        if isinstance(task, ModelChoice):
            self._load(task)
        elif self._classifier is not None and self._pen_reader is not None:
            answer = _answer(task, self._classifier, self._pen_reader, partial(self._stop, task))
            (self.answeredAside if task.aside else self.answered).emit(answer)

    def _stop(self, running: Request) -> bool:
        stopping = QThread.currentThread().isInterruptionRequested()
        return stopping or self._mailbox.overtaken(running)

    def _load(self, choice: ModelChoice) -> None:
        self.loading.emit(choice)
        # here, and so on this thread, as the window is painted meanwhile
        from core.classifying import open_classifier
        from core.models import open_model
        from core.pen_reading import PenReader

        try:
            self._classifier = open_classifier(
                open_model(choice.name, choice.folder), choice.engine
            )
        except GlyphpadError as error:
            self.modelFailed.emit(error)
        else:
            stopped = QThread.currentThread().isInterruptionRequested
            self._pen_reader = PenReader(self._classifier, stopped=stopped)
            manifest = self._classifier.model.manifest
            self.ready.emit(manifest.name, self._classifier.engine, manifest.alphabet)


class Recogniser(QObject):
    """The window's end of the recognition thread.

    Signals:
        loading(ModelChoice), ready(str, str, Alphabet), modelFailed(GlyphpadError),
            crashed(Exception): As the worker's.
        answered(Answer): The answer to a request, newer than any answer before it.
        answeredAside(Answer), failedAside(Failure): The end of a request aside.
    """

    loading = Signal(object)
    ready = Signal(str, str, object)
    modelFailed = Signal(object)
    answered = Signal(object)
    answeredAside = Signal(object)
    failedAside = Signal(object)
    crashed = Signal(object)

    _wake = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox()
        self._asked = 0
        self._asked_aside = 0
        self._shown = 0
        sys.setswitchinterval(SWITCH_SECONDS)
        self._garbage = Garbage(self)
        self._thread = QThread(self)
        self._thread.setObjectName("recognition")
        self._worker = Worker(self._mailbox)
        self._worker.moveToThread(self._thread)
        self._thread.finished.connect(self._worker.deleteLater)
        self._wake.connect(self._worker.work)
        self._worker.loading.connect(self.loading)
        self._worker.ready.connect(self.ready)
        self._worker.modelFailed.connect(self.modelFailed)
        self._worker.crashed.connect(self.crashed)
        self._worker.answered.connect(self._show)
        self._worker.answeredAside.connect(self.answeredAside)
        self._worker.failedAside.connect(self.failedAside)
        self._thread.start()

    @property
    def asked(self) -> int:
        """The number of the newest request."""
        return self._asked

    def choose_model(self, choice: ModelChoice) -> None:
        """Has the thread load another model; requests wait for it."""
        self._mailbox.put_choice(choice)
        self._wake.emit()

    def ask(
        self,
        source: Ink | Picture,
        *,
        alphabet: Alphabet,
        layout: Layout,
        corrections: tuple[Correction, ...] = (),
        guides: Guides | None = None,
        steps: Steps = ALL_STEPS,
        region: Box | None = None,
    ) -> int:
        """Has `source` read, in the place of whatever still waits; the request's number. The
        reading of a picture that runs is stopped."""
        self._asked += 1
        self._mailbox.put_request(
            Request(
                self._asked,
                source,
                alphabet,
                layout,
                corrections,
                guides,
                steps,
                region,
                aside=False,
            )
        )
        self._garbage.put_off()
        self._wake.emit()
        return self._asked

    def ask_aside(
        self,
        picture: Picture,
        *,
        alphabet: Alphabet,
        layout: Layout,
        steps: Steps = ALL_STEPS,
        region: Box | None = None,
    ) -> int:
        """Has a picture read when nothing else is to be; the request's number."""
        self._asked_aside += 1
        number = self._asked_aside
        self._mailbox.put_aside(
            Request(number, picture, alphabet, layout, steps=steps, region=region, aside=True)
        )
        self._wake.emit()
        return number

    def revoke(self) -> None:
        """Gives up the newest request; it may be answered yet, if it was almost done."""
        self._mailbox.revoke(self._asked)

    def revoke_aside(self, number: int) -> None:
        """The same of a request aside."""
        self._mailbox.revoke_aside(number)

    def close(self) -> None:
        """Ends the thread: what waits is dropped, what runs is waited for. Never cut short, as a
        thread that is terminated takes the process with it."""
        self._garbage.close()
        self._mailbox.empty()
        self._thread.requestInterruption()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        if answer.number == self._asked:
            self._garbage.collect_soon()
        if answer.number > self._shown:
            self._shown = answer.number
            self.answered.emit(answer)


def _answer(
    request: Request,
    classifier: Classifier,
    pen_reader: PenReader,
    stopped: Callable[[], bool],
) -> Answer:
    from core.recognising import recognise_ink, recognise_picture

    began = time.perf_counter()
    own = classifier.model.manifest.alphabet
    # a wider alphabet may have been asked for just before a narrower model came
    alphabet = request.alphabet if request.alphabet.is_view_of(own) else own
    if isinstance(request.source, Ink):
        reading = recognise_ink(
            request.source,
            classifier,
            alphabet=alphabet,
            layout=request.layout,
            reader=pen_reader,
            corrections=request.corrections,
            guides=request.guides,
        )
    else:
        reading = recognise_picture(
            request.source,
            classifier,
            alphabet=alphabet,
            layout=request.layout,
            steps=request.steps,
            region=request.region,
            stopped=stopped,
        )
    seconds = time.perf_counter() - began
    return Answer(request.number, reading, seconds, classifier.engine)
