"""Many files at once: read in processes, and on when one of them is killed.

Processes are started anew ("spawn"), not forked: threads of LiteRT and OpenCV do not survive a
fork, and Windows and the frozen program know no other way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing.process import BaseProcess

import cv2

from core.reading_files import FileReader, Order, Outcome, Task

MOST_PROCESSES = 8
"""Processes that are started unless more cores are asked for: each may take 0.6 GB."""

_SPARE = 1
"""Files that wait beside those that are being read, so that no process does."""

_GONE = 2.0
"""Seconds that killed processes are waited for..."""

_SOON = 0.01
"""... and those after which it is asked again."""

_AHEAD = 4
"""Files a process that may be begun before the first of them is done: their readings are held."""


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_count(files: int, *, cores: int | None, keras: bool) -> int:
    """How many processes read so many files; with 1, the one that was asked does.

    Args:
        files: How many, 0 too.
        cores: How many cores may be busy; all that there are if None.
        keras: Whether Keras runs the model: it uses all cores by itself, and each process would
            load TensorFlow.
    """
    most = min(usable_cores(), MOST_PROCESSES) if cores is None else cores
    return 1 if keras else max(1, min(most, files))


def run_batch(
    orders: Sequence[Order], task: Task, *, cores: int | None = None
) -> Generator[Outcome, None, None]:
    """What became of each file, in the order of `orders`.

    Several files are read at once, each by a process on one core; a file that is alone has them
    all. A process that dies, as one does that the system kills for its memory, costs only the file
    that killed it: those that were under way are read once more, each alone. Closing the iterator
    ends the processes at once.

    Args:
        orders: The files.
        task: How they are read.
        cores: How many may be busy, at least 1; all that there are if None.
    """
    processes = process_count(len(orders), cores=cores, keras=task.engine == "keras")
    if processes == 1:
        return _in_this_one(orders, task, cores or usable_cores())
    return _in_processes(orders, task, processes)


def _in_this_one(orders: Sequence[Order], task: Task, cores: int) -> Generator[Outcome, None, None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(cores)
    try:
        reader = FileReader(task, threads=cores)
        for order in orders:
            yield reader.outcome(order)
    finally:
        cv2.setNumThreads(before)


@dataclass(frozen=True, eq=False)
class _Begun:
    """A file that a process was asked to read."""

    order: Order
    future: Future[Outcome]

    @property
    def under_way(self) -> bool:
        return not self.future.done()

    @property
    def lost(self) -> bool:
        """Whether its process died, or one beside it."""
        done = self.future.done()
        return done and isinstance(self.future.exception(), BrokenProcessPool)


def _in_processes(orders: Sequence[Order], task: Task, jobs: int) -> Generator[Outcome, None, None]:
    left, begun = deque(orders), deque[_Begun]()
    crew = _Crew(task, jobs)
    try:
        while left or begun:
            under_way = [one.future for one in begun if one.under_way]
            lost = any(one.lost for one in begun)
            room = len(under_way) < jobs + _SPARE and len(begun) < jobs * _AHEAD
            if left and room and not lost:
                begun.append(crew.begin(left.popleft()))
            elif under_way and (lost or begun[0].under_way):
                wait(under_way, return_when=FIRST_COMPLETED)
            elif lost:
                begun = crew.recovered(begun)
            else:
                yield begun.popleft().future.result()
        crew.dismiss()
    finally:
        crew.kill()


class _Crew:
    """The processes that read."""

    def __init__(self, task: Task, jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._others = set(multiprocessing.active_children())
        self._pool = _pool(jobs)

    def begin(self, order: Order) -> _Begun:
        """Has a file read as soon as a process is free."""
        try:
            with _interrupts_held():
                return _Begun(order, self._pool.submit(_outcome, self._task, order))
        except BrokenProcessPool as error:
            lost: Future[Outcome] = Future()
            lost.set_exception(error)
            return _Begun(order, lost)

    def recovered(self, begun: deque[_Begun]) -> deque[_Begun]:
        """All that was begun, with what was lost read once more, each file alone."""
        found = deque(self._alone(one.order) if one.lost else one for one in begun)
        self._begin_anew(self._jobs)
        return found

    def _alone(self, order: Order) -> _Begun:
        self._begin_anew(1)
        begun = self.begin(order)
        wait([begun.future])
        if not begun.lost:
            return begun
        killed: Future[Outcome] = Future()
        killed.set_result(Outcome(order, problems=(_killed(order),)))
        return _Begun(order, killed)

    def _begin_anew(self, jobs: int) -> None:
        self.kill()
        self._pool = _pool(jobs)

    def dismiss(self) -> None:
        """Ends the processes when they have nothing left to do."""
        self._pool.shutdown()

    def kill(self) -> None:
        """Ends the processes now, whatever they do."""
        ending = self._processes()
        for process in ending:
            process.kill()
        until = time.monotonic() + _GONE
        for process in ending:
            process.join(_GONE)
            # the pool's thread may have been told that it ended, and not have noted it yet
            while process.exitcode is None and time.monotonic() < until:
                time.sleep(_SOON)
        # not waited for: a process that is killed while it tells its result leaves the pool's
        # thread waiting for the rest of it
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _processes(self) -> list[BaseProcess]:
        return [one for one in multiprocessing.active_children() if one not in self._others]


def _pool(jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_settle)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Holds Ctrl+C back meanwhile, so that no process is left half begun, and keeps it from those
    that begin in it: the terminal sends it to all; this one ends the others, and they say nothing.

    Raises:
        KeyboardInterrupt: In the end, if it was pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        with _interrupts_blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """What a process begins with: unlike a handler, it is handed down to those that it begins."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- In the processes -------------------------------------------------------------------------


def _settle() -> None:
    """Makes a process one of several: it uses one core, and ends with the one that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Without it, a parent that is killed would leave its processes waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _outcome(task: Task, order: Order) -> Outcome:
    return _reader(task).outcome(order)


@cache
def _reader(task: Task) -> FileReader:
    """One for all files that a process reads, so that the model is loaded once."""
    return FileReader(task)


def _killed(order: Order) -> str:
    return (
        f"{order.path}: the process that read it was killed, perhaps for want of memory. "
        "Scale it down, or cut it into parts."
    )
