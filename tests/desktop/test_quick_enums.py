"""Enumerations that are made quickly: the same as Python makes them."""

from __future__ import annotations

import enum
import pickle
import subprocess
import sys
from enum import Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from types import MethodType, ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6 import QtCore, QtGui, QtWidgets

from desktop import quick_enums
from desktop.quick_enums import PYTHONS, begin_quick_enums, end_quick_enums

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] not in PYTHONS, reason="this Python makes them as always"
)

NAMES = st.text("abcXYZ", min_size=1, max_size=3)
# flags are whole numbers from 0 up; Qt has -1 and bits up to the 31st in others
NUMBERS = st.integers(-2, 9) | st.integers(-(2**31), 2**32)
WHOLE = st.integers(0, 9) | st.integers(0, 2**32)


def enumerations(modules: tuple[ModuleType, ...]) -> list[EnumType]:
    """All that Qt's modules have, by themselves or in their classes."""
    found = {}
    for module in modules:
        for part in (getattr(module, name) for name in dir(module)):
            inside = vars(part).values() if isinstance(part, type) else ()
            for one in (part, *inside):
                if isinstance(one, EnumType):
                    found[one.__module__, one.__qualname__] = one
    return list(found.values())


def made(kind: type[Enum], pairs: list[tuple[str, int]], *, quickly: bool) -> EnumType:
    """As PySide asks for one."""
    if quickly:
        begin_quick_enums()
    try:
        return kind("Made", pairs, module="tests.made", boundary=FlagBoundary.KEEP)
    finally:
        end_quick_enums()


def insides(of: EnumType) -> dict[str, object]:
    """What can be compared of two classes."""

    def plain(thing: object) -> object:
        if isinstance(thing, enum.property):
            return plain(thing.member)
        if isinstance(thing, Enum) and not isinstance(thing, FlagBoundary):
            own = {name: it for name, it in vars(thing).items() if name != "__objclass__"}
            assert thing.__objclass__ is of
            return own
        if isinstance(thing, dict):
            return {key: plain(each) for key, each in thing.items()}
        if isinstance(thing, list):
            return [plain(each) for each in thing]
        if isinstance(thing, classmethod | staticmethod | MethodType):
            return thing.__func__
        return thing

    own = {name: plain(thing) for name, thing in vars(of).items()}
    # descriptors of each class
    assert {own.pop(name, None).__class__.__name__ for name in ("__dict__", "__weakref__")} <= {
        "getset_descriptor",
        "NoneType",
    }
    return own


def assert_same(kind: type[Enum], pairs: list[tuple[str, int]]) -> None:
    usual, quick = (made(kind, pairs, quickly=quickly) for quickly in (False, True))
    assert insides(usual) == insides(quick)
    assert list(vars(usual)["_member_map_"]) == list(vars(quick)["_member_map_"])
    assert [one.name for one in usual] == [one.name for one in quick]
    for name, value in pairs:
        assert repr(usual[name]) == repr(quick[name])
        assert quick(value) is quick[name]
        assert type(quick[name]) is quick


def test_all_of_qt_are_the_same():
    """Each is made anew, both ways, from what it holds."""
    all_of_them = enumerations((QtCore, QtGui, QtWidgets))
    assert len(all_of_them) > 250
    for one in all_of_them:
        (kind,) = one.__bases__
        assert_same(kind, [(name, member.value) for name, member in one.__members__.items()])


def test_hardly_any_of_qt_is_made_as_always(monkeypatch):
    usual, asked = quick_enums._usual, []
    monkeypatch.setattr(quick_enums, "_empty", {})
    monkeypatch.setattr(
        quick_enums, "_usual", lambda *given, **more: asked.append(given) or usual(*given, **more)
    )
    all_of_them = enumerations((QtCore, QtGui, QtWidgets))
    for one in all_of_them:
        pairs = [(name, member.value) for name, member in one.__members__.items()]
        made(one.__bases__[0], pairs, quickly=True)
    assert 0 < len(asked) < len(all_of_them) / 20


@pytest.mark.parametrize("kind", [Enum, IntEnum])
@given(st.lists(st.tuples(NAMES, NUMBERS), unique_by=lambda pair: pair[0]))
def test_any_numbers_are(kind, pairs):
    assert_same(kind, pairs)


@pytest.mark.parametrize("kind", [Flag, IntFlag])
@given(st.lists(st.tuples(NAMES, WHOLE), unique_by=lambda pair: pair[0]))
def test_any_flags_are(kind, pairs):
    assert_same(kind, pairs)


def test_flags_are_combined():
    pairs = [("A", 1), ("B", 2), ("AB", 3), ("D", 8)]
    usual, quick = (made(Flag, pairs, quickly=quickly) for quickly in (False, True))
    assert quick.A | quick.B is quick.AB
    assert list(quick.AB) == [quick.A, quick.B]
    for flags in (usual, quick):
        assert (flags.A | flags.D).value == 9
        assert flags(16).value == 16  # KEEP keeps what it does not know
    assert repr(~quick.A) == repr(~usual.A)


@pytest.mark.parametrize(
    "pairs",
    [
        [("name", 1)],
        [("_hidden", 1)],
        [("real", 1)],
        [("A", "text")],
        [("A", True)],
        "A B C",
        {"A": 1},
        ["A", "B"],
        [("A",)],
        [("A", 1, 2)],
        [(1, 1)],
        [("A", 1), ("A", 2)],
    ],
)
def test_what_is_odd_is_made_as_always(pairs):
    results = []
    for quickly in (False, True):
        try:
            results.append(insides(made(IntEnum, pairs, quickly=quickly)))
        except (AttributeError, TypeError, ValueError) as error:
            results.append(str(error))
    assert results[0] == results[1]


def test_one_of_python_is_as_always():
    begin_quick_enums()
    try:

        class Colour(enum.Enum):
            RED = enum.auto()
            BLUE = enum.auto()

        named = enum.Enum("Named", "A B", module=__name__, qualname="Named")
    finally:
        end_quick_enums()
    assert [one.value for one in Colour] == [1, 2]
    assert [one.value for one in named] == [1, 2]


QT = """
import pickle
from desktop.quick_enums import begin_quick_enums
begin_quick_enums()
from PySide6.QtCore import Qt
key = Qt.Key.Key_A
print(pickle.loads(pickle.dumps(key)) is key, repr(key), Qt.Key.__module__, Qt.Key.__qualname__)
"""


def test_those_of_qt_can_be_pickled():
    """PySide says where they are when they are made."""
    key = QtCore.Qt.Key.Key_A
    assert pickle.loads(pickle.dumps(key)) is key  # noqa: S301
    quick = subprocess.run([sys.executable, "-c", QT], capture_output=True, text=True, check=True)
    assert quick.stdout.split() == ["True", *repr(key).split(), "PySide6.QtCore", "Qt.Key"]
