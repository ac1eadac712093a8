"""The pads in their file: each change of the ink is a small one of the file, and is there to stay
when `keep` returns.

A pad is on the desk of the running program that writes it (`core.archive.desks`). Nothing here
waits for a person or a window; whoever must not wait for the disk calls it on a thread of its own.
"""

from __future__ import annotations

import os
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import NewType

from core.archive import desks
from core.archive.file import StrokeRow, connect, known_errors, packed, unpacked, writing
from core.archive.places import STEP, Change, Order, rearranged
from core.archive.told import CorrectionRow, correction_rows, corrections_of
from core.corrections import Correction, carried
from core.ink import Ink, Stroke

PadId = NewType("PadId", str)
"""What a pad is called for good, in whatever archive it lies."""

LISTED = 1000
"""How many pads a list shows unless asked otherwise: more than anyone looks through; the search
finds the others."""

_LIST = (
    "SELECT id, began, changed, text, strokes FROM pads"
    " WHERE number NOT IN (SELECT pad FROM desks WHERE desk = ? AND pad IS NOT NULL)HOLDS_EACH"
    " ORDER BY changed DESC, number DESC LIMIT ?"
)


def new_pad_id() -> PadId:
    """A name that no pad has yet."""
    return PadId(os.urandom(16).hex())


@dataclass(frozen=True, slots=True)
class PadEntry:
    """A pad in the list of them.

    Attributes:
        id: Its name.
        began, changed: When its first ink came and when its ink last changed: UTC seconds since
            1970.
        text: What it was read as; empty where it never was.
        strokes: How many it has.
    """

    id: PadId
    began: float
    changed: float
    text: str
    strokes: int


@dataclass(frozen=True, eq=False)
class LaidPad:
    """A pad that was laid on the desk, to be written on.

    Attributes:
        id: Under which its ink is to be kept from now on.
        ink: What is on it.
        corrections: What someone put right, about strokes of that ink; the latest last.
    """

    id: PadId
    ink: Ink
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, eq=False)
class _Known:
    """What the file is known to say of the pad that was written last.

    Attributes:
        number: Of its row; None where the file has to be asked, and its strokes written anew.
        text: None where it is not known.
        corrections: As they were told last, those too whose strokes are gone.
        rows: Those of the corrections, as the file has them.
    """

    pad: PadId | None = None
    number: int | None = None
    order: Order = Order()  # noqa: RUF009  # frozen
    live: Stroke | None = None
    text: str | None = None
    corrections: tuple[Correction, ...] = ()
    rows: tuple[CorrectionRow, ...] = ()


class Archive:
    """All pads. For one thread at a time.

    Args:
        path: The file; it and its folder are made where they are missing.
        now: The clock: UTC seconds since 1970.

    Raises:
        DamagedArchiveError: The file is no archive, or no whole one; so may every method.
            `open_archive` deals with it.
        NewerArchiveError: A later version of the program made the file.
        UnwritableArchiveError: The file may not be written, or the disk is full; so may every
            method. What is in the file stays, and the next call tries again.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._known = _Known()
        self._db = connect(path)
        try:
            with known_errors(path):
                self._desk, self._lock = desks.free_desk(path, self._desks_by_change())
                self._identity = _identity(path)
        except BaseException:
            self._db.close()
            raise

    @property
    def path(self) -> Path:
        return self._path

    @property
    def in_place(self) -> bool:
        """Whether the file is still the one that was opened: another program may have set it aside,
        or a person have deleted it, and what is written to it would be lost."""
        try:
            return _identity(self._path) == self._identity
        except OSError:
            return False

    def close(self) -> None:
        """Lets go of the file and of the desk; safe to call again."""
        self._db.close()
        self._lock.release()

    # --- the pad on the desk ---

    def restore(self) -> LaidPad | None:
        """What lay on this desk when its last program ended, however it ended."""
        with known_errors(self._path):
            row = self._db.execute(
                "SELECT id FROM pads JOIN desks ON pads.number = desks.pad WHERE desk = ?",
                (self._desk,),
            ).fetchone()
        return None if row is None else self.lay(PadId(row[0]))

    def lay(self, pad: PadId) -> LaidPad | None:
        """Lays a pad on the desk, its unfinished stroke finished; a copy of it, under another name,
        where it lies on the desk of another running program; None where there is no such pad."""
        with known_errors(self._path):
            number = self._number(pad)
            if number is None:
                return None
            if self._is_elsewhere(number):
                order = self._order(number)
                copied = corrections_of(self._rows(number), order)
                return LaidPad(new_pad_id(), self._with_live(number, order), copied)
            with writing(self._db):
                self._finish_live(number)
                self._lay_number(number)
            order, rows = self._order(number), self._rows(number)
        corrections = corrections_of(rows, order)
        self._known = _Known(pad, number, order, corrections=corrections, rows=rows)
        return LaidPad(pad, Ink(order.strokes), corrections)

    def keep(
        self,
        pad: PadId,
        ink: Ink,
        *,
        live: Stroke | None = None,
        text: str | None = None,
        corrections: tuple[Correction, ...] | None = None,
    ) -> None:
        """Makes the file say what is on a pad now, and lays it on the desk. A pad without ink
        leaves no trace.

        Only what changed since the last call is written: a stroke is taken for the same when it is
        the same object.

        Args:
            pad: Its name, one of `new_pad_id` or of a `LaidPad`.
            ink: All of its strokes.
            live: The stroke that is being drawn on top of them.
            text: What it was read as; None where that is not known, and stays as it was.
            corrections: What someone put right, the latest last; None where they stay as they
                were. Those with strokes that are not in `ink` are not kept, and come back with
                their strokes as long as this archive writes on the same pad.
        """
        if not ink and live is None:
            self._leave_empty(pad)
            return
        known = self._known if self._known.pad == pad else _Known(pad)
        change = rearranged(known.order, ink.strokes)
        with known_errors(self._path), writing(self._db):
            if corrections is None:
                corrections = self._corrections_so_far(known, ink)
            rows = _rows_after(known, change, corrections)
            number = self._write_entry(known, change, live, text)
            self._write_strokes(number, known, change)
            self._write_corrections(number, known, rows)
            if live is not known.live or known.number is None:
                self._write_live(number, live)
            self._lay_number(number)
        text = known.text if text is None else text
        self._known = _Known(pad, number, change.order, live, text, corrections, rows)

    # --- the past ---

    def pads(self, search: str = "", *, limit: int = LISTED) -> tuple[PadEntry, ...]:
        """The pads but the one on this desk, the newest first.

        Args:
            search: Words, of which a pad's text must hold each, be it within a longer one; case
                and accents do not count. Empty: all pads.
            limit: The most that are listed.
        """
        words = _sought(search).split()
        query = _LIST.replace("HOLDS_EACH", " AND instr(sought, ?)" * len(words))
        with known_errors(self._path):
            rows = self._db.execute(query, (self._desk, *words, limit)).fetchall()
        return tuple(PadEntry(*row) for row in rows)

    def ink(self, pad: PadId) -> Ink:
        """What is on a pad, the stroke that is being drawn with it; nothing where there is no such
        pad. A stroke that a damaged disk made unreadable is left out."""
        with known_errors(self._path):
            number = self._number(pad)
            if number is None:
                return Ink()
            return self._with_live(number, self._order(number))

    def delete(self, pad: PadId) -> bool:
        """Deletes a pad for good; False where it lies on the desk of another running program, and
        stays."""
        with known_errors(self._path):
            number = self._number(pad)
            if number is not None and self._is_elsewhere(number):
                return False
            with writing(self._db):
                self._db.execute("DELETE FROM pads WHERE id = ?", (pad,))
        if self._known.pad == pad:
            self._known = _Known()
        return True

    @contextmanager
    def adding(self) -> Iterator[sqlite3.Connection]:
        """The file itself, within one transaction: for what puts other archives' rows into it."""
        with known_errors(self._path), writing(self._db):
            yield self._db

    # --- steps ---

    def _desks_by_change(self) -> tuple[int, ...]:
        """The desks with a pad on them, that with the newest ink first."""
        rows = self._db.execute(
            "SELECT desk FROM desks JOIN pads ON pads.number = desks.pad ORDER BY changed DESC"
        )
        return tuple(int(desk) for (desk,) in rows)

    def _number(self, pad: PadId) -> int | None:
        row = self._db.execute("SELECT number FROM pads WHERE id = ?", (pad,)).fetchone()
        return None if row is None else int(row[0])

    def _is_elsewhere(self, number: int) -> bool:
        rows = self._db.execute(
            "SELECT desk FROM desks WHERE pad = ? AND desk <> ?", (number, self._desk)
        ).fetchall()
        return any(desks.has_owner(self._path, desk) for (desk,) in rows)

    def _lay_number(self, number: int | None) -> None:
        self._db.execute(
            "INSERT INTO desks (desk, pad) VALUES (?, ?) ON CONFLICT (desk)"
            " DO UPDATE SET pad = excluded.pad WHERE pad IS NOT excluded.pad",
            (self._desk, number),
        )

    def _leave_empty(self, pad: PadId) -> None:
        with known_errors(self._path), writing(self._db):
            self._db.execute("DELETE FROM pads WHERE id = ?", (pad,))
            self._lay_number(None)
        self._known = _Known()

    def _write_entry(
        self, known: _Known, change: Change, live: Stroke | None, text: str | None
    ) -> int:
        """The pad's row in the list, written; its number."""
        now = self._now()
        count = len(change.order.strokes) + (live is not None)
        if known.number is None:
            row = self._db.execute(
                "INSERT INTO pads (id, began, changed, text, sought, strokes)"
                " VALUES (?1, ?2, ?2, '', '', ?3) ON CONFLICT (id)"
                " DO UPDATE SET changed = excluded.changed, strokes = excluded.strokes"
                " RETURNING number",
                (known.pad, now, count),
            ).fetchone()
            number = int(row[0])
        else:
            number = known.number
            if change.gone or change.come or live is not known.live:
                self._db.execute(
                    "UPDATE pads SET changed = ?, strokes = ? WHERE number = ?",
                    (now, count, number),
                )
        if text is not None and text != known.text:
            self._db.execute(
                "UPDATE pads SET text = ?, sought = ? WHERE number = ?",
                (text, _sought(text), number),
            )
        return number

    def _write_strokes(self, number: int, known: _Known, change: Change) -> None:
        if known.number is None:
            self._db.execute("DELETE FROM strokes WHERE pad = ?", (number,))
        self._db.executemany(
            "DELETE FROM strokes WHERE pad = ? AND place = ?",
            ((number, place) for place in change.gone),
        )
        order = change.order
        # REPLACE: a row that could not be read may still stand in a place
        self._db.executemany(
            "INSERT OR REPLACE INTO strokes (pad, place, points, kind, colour, width)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            ((number, order.places[at], *packed(order.strokes[at])) for at in change.come),
        )

    def _write_corrections(
        self, number: int, known: _Known, rows: tuple[CorrectionRow, ...]
    ) -> None:
        if known.number is not None and known.rows == rows:
            return
        # most often one is added after the others
        alike = 0 if known.number is None else _alike(known.rows, rows)
        self._db.execute(
            "DELETE FROM corrections WHERE pad = ?1 AND number NOT IN"
            " (SELECT number FROM corrections WHERE pad = ?1 ORDER BY number LIMIT ?2)",
            (number, alike),
        )
        self._db.executemany(
            "INSERT INTO corrections (pad, places, text) VALUES (?, ?, ?)",
            ((number, *row) for row in rows[alike:]),
        )

    def _write_live(self, number: int, live: Stroke | None) -> None:
        if live is None:
            self._db.execute("DELETE FROM live WHERE pad = ?", (number,))
        else:
            self._db.execute(
                "INSERT OR REPLACE INTO live (pad, points, kind, colour, width)"
                " VALUES (?, ?, ?, ?, ?)",
                (number, *packed(live)),
            )

    def _finish_live(self, number: int) -> None:
        """Puts the stroke that was being drawn on top of the others, for good."""
        self._db.execute(
            "INSERT INTO strokes (pad, place, points, kind, colour, width)"
            " SELECT pad, (SELECT ifnull(max(place), 0) + ? FROM strokes s WHERE s.pad = live.pad),"
            " points, kind, colour, width FROM live WHERE pad = ?",
            (STEP, number),
        )
        self._db.execute("DELETE FROM live WHERE pad = ?", (number,))

    def _order(self, number: int) -> Order:
        rows = self._db.execute(
            "SELECT place, points, kind, colour, width FROM strokes WHERE pad = ? ORDER BY place",
            (number,),
        )
        read = ((int(place), unpacked(StrokeRow(*row))) for place, *row in rows)
        whole = [(place, stroke) for place, stroke in read if stroke is not None]
        return Order(tuple(stroke for _, stroke in whole), tuple(place for place, _ in whole))

    def _rows(self, number: int) -> tuple[CorrectionRow, ...]:
        rows = self._db.execute(
            "SELECT places, text FROM corrections WHERE pad = ? ORDER BY number", (number,)
        )
        return tuple(CorrectionRow(*row) for row in rows)

    def _corrections_so_far(self, known: _Known, ink: Ink) -> tuple[Correction, ...]:
        """What was put right about a pad up to now; where only the file knows, about those strokes
        of `ink` that are equal to those in the file."""
        if known.number is not None:
            return known.corrections
        number = None if known.pad is None else self._number(known.pad)
        rows = () if number is None else self._rows(number)
        if number is None or not rows:
            return ()
        order = self._order(number)
        equal = {packed(stroke): stroke for stroke in reversed(ink.strokes)}
        pairs = ((old, equal.get(packed(old))) for old in order.strokes)
        instead = {old: new for old, new in pairs if new is not None}
        there = [one for one in corrections_of(rows, order) if instead.keys() >= set(one.strokes)]
        return carried(there, instead)

    def _with_live(self, number: int, order: Order) -> Ink:
        """The ink of a pad, with the stroke that is being drawn."""
        live = self._live(number)
        return Ink(order.strokes if live is None else (*order.strokes, live))

    def _live(self, number: int) -> Stroke | None:
        row = self._db.execute(
            "SELECT points, kind, colour, width FROM live WHERE pad = ?", (number,)
        ).fetchone()
        return None if row is None else unpacked(StrokeRow(*row))


def _sought(text: str) -> str:
    """`text` without case and accents, as it is searched."""
    # folded before as well: some signs fold to letters with accents
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def _identity(path: Path) -> tuple[int, int]:
    """Which file a path means, whatever it is called."""
    status = path.stat()
    return status.st_dev, status.st_ino


def _rows_after(
    known: _Known, change: Change, corrections: tuple[Correction, ...]
) -> tuple[CorrectionRow, ...]:
    """The rows of corrections after a change of the ink."""
    all_known = known.corrections == corrections and len(known.rows) == len(corrections)
    if all_known and known.number is not None and not change.gone:
        return known.rows  # as with every stroke that is added
    return correction_rows(corrections, change.order)


def _alike(one: Sequence[CorrectionRow], other: Sequence[CorrectionRow]) -> int:
    """How many rows both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
