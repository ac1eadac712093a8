"""Qt's enumerations as Python's, made in a third of the time.

PySide makes each with the function that `enum` has for that: 272, with 4,385 members, before the
first paint. Most of it goes into members that are put into a class one at a time, taken out and put
in again. Here the class is a copy of one without members, and gets its own once. What comes out is
the same, and a test compares all of Qt's; but how such a class looks inside is Python's own affair,
so versions of it that this was not tried with make them as always.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import Enum, EnumType, Flag, IntEnum, IntFlag
from typing import Any

PYTHONS = ((3, 11), (3, 12), (3, 13))
"""Whose `enum` is known here."""

_TAKEN = {
    kind: frozenset(name for base in kind.__mro__ for name in vars(base))
    for kind in (Enum, IntEnum, Flag, IntFlag)
}
"""Of each kind, the names that mean something else."""

_OF_ITS_OWN = ("__dict__", "__doc__", "__module__", "__weakref__")

_usual: Any = EnumType._create_  # type: ignore[attr-defined]
_empty: dict[tuple[type[Enum], Any], dict[str, Any]] = {}


def begin_quick_enums() -> None:
    """From now on they are made so."""
    if sys.version_info[:2] in PYTHONS:
        EnumType._create_ = _create  # type: ignore[attr-defined]


def end_quick_enums() -> None:
    """They are made as always again; safe to call again."""
    EnumType._create_ = _usual  # type: ignore[attr-defined]


def _create(kind: type[Enum], class_name: str, names: Any, **more: Any) -> type[Enum]:
    """As `EnumType._create_` has it: an enumeration of this kind and name, with these members."""
    known = kind in _TAKEN and isinstance(names, list) and more["type"] is more["qualname"] is None
    if not known or not _are_plain(names, _TAKEN[kind]):
        made: type[Enum] = _usual(kind, class_name, names, **more)
        return made
    return _filled(_without_members(kind, class_name, more["module"], more["boundary"]), names)


def _are_plain(members: list[Any], taken: frozenset[str]) -> bool:
    """Whether members are numbers, each with a name of its own."""
    plain = all(
        type(member) is tuple
        and tuple(map(type, member)) == (str, int)
        and not member[0].startswith("_")
        and member[0] not in taken
        for member in members
    )
    return plain and len(dict(members)) == len(members)


def _without_members(kind: type[Enum], name: str, module: str | None, boundary: Any) -> type[Enum]:
    # PySide gives none here and puts the right one in later
    module = module or __name__
    contents = _empty.get((kind, boundary))
    if contents is None:
        first = _usual(kind, name, (), module=module, boundary=boundary)
        contents = {key: of for key, of in vars(first).items() if key not in _OF_ITS_OWN}
        _empty[kind, boundary] = contents
    # what holds the members is each one's own
    fresh = {key: type(of)() for key, of in contents.items() if type(of) in (dict, list)}
    made: Any = type.__new__(EnumType, name, (kind,), contents | fresh | {"__module__": module})
    return made  # type: ignore[no-any-return]


def _filled(made: Any, pairs: Sequence[tuple[str, int]]) -> type[Enum]:
    by_name, by_value, names = made._member_map_, made._value2member_map_, made._member_names_
    flag = issubclass(made, Flag)
    mask = singles = 0
    for name, value in pairs:
        single = value != 0 and value & value - 1 == 0
        mask |= value
        singles |= value if single else 0
        member = by_value.get(value)
        if member is None:
            given = (value,) if made._use_args_ else ()
            member = by_value[value] = made._new_member_(made, *given)
            vars(member).update(
                _value_=value, _name_=name, __objclass__=made, _sort_order_=len(names)
            )
            # several bits are a name for them, and not one of the flags
            if single or not flag:
                names.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)
    if flag:
        made._flag_mask_, made._singles_mask_ = mask, singles
        made._all_bits_ = 2 ** mask.bit_length() - 1
        values = [by_name[name].value for name in names]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made  # type: ignore[no-any-return]
