"""Where each stroke of a pad stands among the others, and the least that changes with the ink.

A place is a whole number; strokes are in the order of their places. Between two places there is
room for others, so that a stroke can come between its neighbours without their being written again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.ink import Stroke

STEP = 1 << 32
"""From the last place to that of a stroke on top of all: room for 32 strokes that each halve what
is left, and for 2^31 strokes in SQLite's 64 bits."""


@dataclass(frozen=True, eq=False)
class Order:
    """Strokes and their places.

    Attributes:
        strokes: In order.
        places: As many, each above 0 and greater than the one before.
    """

    strokes: tuple[Stroke, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Change:
    """What leads from one order to another; what went goes before what came comes.

    Attributes:
        order: Afterwards.
        gone: Places that are given up.
        come: Which strokes of `order` are new to their places.
    """

    order: Order
    gone: tuple[int, ...]
    come: tuple[int, ...]


def rearranged(old: Order, strokes: tuple[Stroke, ...]) -> Change:
    """The change from `old` to `strokes`. A stroke that is the same object stays where it was, as
    far as the order of the others lets it."""
    head = _common(old.strokes, strokes)
    tail = _common(old.strokes[head:][::-1], strokes[head:][::-1])
    end_old, end = len(old.strokes) - tail, len(strokes) - tail
    was = dict(zip(old.strokes[head:end_old], old.places[head:end_old], strict=True))
    staying = _rising([was.get(stroke) for stroke in strokes[head:end]])
    before = old.places[head - 1] if head else 0
    after = old.places[end_old] if tail else None
    middle = _filled(staying, before, after)
    if middle is None:
        places = tuple(STEP * (index + 1) for index in range(len(strokes)))
        return Change(Order(strokes, places), old.places, tuple(range(len(strokes))))
    kept = {place for place in staying if place is not None}
    return Change(
        Order(strokes, (*old.places[:head], *middle, *old.places[end_old:])),
        tuple(place for place in old.places[head:end_old] if place not in kept),
        tuple(head + index for index, place in enumerate(staying) if place is None),
    )


def _common(one: Sequence[Stroke], other: Sequence[Stroke]) -> int:
    """How many strokes both begin with."""
    if one == other[: len(one)]:
        return len(one)  # by far the most often, and quickly found
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))


def _rising(places: Sequence[int | None]) -> list[int | None]:
    """`places` with as many as can stay in rising order; None in the stead of the others.

    The longest rising subsequence by patience sorting (Fredman 1975).
    """
    tops: list[int] = []
    top_at: list[int] = []
    below: dict[int, int | None] = {}
    for index, place in enumerate(places):
        if place is None:
            continue
        pile = bisect_left(tops, place)
        below[index] = top_at[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
        top_at[pile : pile + 1] = [index]
    staying: list[int | None] = [None] * len(places)
    at = top_at[-1] if top_at else None
    while at is not None:
        staying[at] = places[at]
        at = below[at]
    return staying


def _filled(places: Sequence[int | None], before: int, after: int | None) -> list[int] | None:
    """`places` with a new one for each None, between `before` and `after` (None: there is no end);
    None where there is no room."""
    filled: list[int] = []
    waiting = 0
    for place in (*places, after):
        if place is None and len(filled) + waiting < len(places):
            waiting += 1
            continue
        room = STEP if place is None else (place - before) // (waiting + 1)
        if waiting and room == 0:
            return None
        filled += [before + room * (index + 1) for index in range(waiting)]
        waiting = 0
        if place is not None:
            before = place
            filled.append(place)
    return filled if after is None else filled[:-1]
