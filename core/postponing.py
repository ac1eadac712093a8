"""Modules that are loaded when something of them is first wanted, not when they are imported.

A program that has a window to show first imports as any other does, at the top of each file, and
says once which of those modules can wait. `importlib.util.LazyLoader` does that too; before Python
3.12 it lets a second thread see a module that is half loaded, and it loads at the second `import`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

_STATE = "_postponed"
_KNOWN = frozenset({"__class__", "__dict__", "__spec__"})
"""What `import` itself asks of a module that is there."""


def postpone(*names: str) -> None:
    """Has these modules wait, where they are not loaded yet.

    Args:
        names: Whole names. A package that waits is loaded when a module of it is imported.
    """
    sys.meta_path.insert(0, _Finder(frozenset(names)))


class _Finder:
    """Finds what the others find, and has it wait."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._names:
            return None
        for finder in sys.meta_path:
            if isinstance(finder, _Finder):
                continue
            spec = finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                # not a `Loader` of importlib's, whose import takes longer than it is worth
                spec.loader = _Waiting(spec.loader)  # type: ignore[assignment]
                return spec
        return None


class _Waiting:
    """Loads with another loader, later."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        module.__dict__[_STATE] = _State(self._loader)
        module.__class__ = _Postponed


class _State:
    """How far the loading of a module is.

    Attributes:
        loader: Loads it.
        lock: Of the thread that does.
        loading: Whether it does.
    """

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.lock = RLock()
        self.loading = False


class _Postponed(ModuleType):
    """A module that waits, or is being loaded."""

    def __getattribute__(self, name: str) -> object:
        if name not in _KNOWN:
            _load(self)
        return ModuleType.__getattribute__(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _KNOWN:
            _load(self)
        ModuleType.__setattr__(self, name, value)


def _load(module: ModuleType) -> None:
    """Runs what `module` is made of, once; another thread that wants something of it waits."""
    contents = module.__dict__
    state: _State | None = contents.get(_STATE)
    if state is None:
        return
    with state.lock:
        # what is loaded may look at itself, and another thread may have done it meanwhile
        if state.loading or _STATE not in contents:
            return
        state.loading = True
        try:
            state.loader.exec_module(module)
            del contents[_STATE]
            module.__class__ = ModuleType
        finally:
            state.loading = False
