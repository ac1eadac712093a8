"""Modules that are loaded when something of them is first wanted, not when they are imported.

A program that has a window to show first imports as any other does, at the top of each file, and
says once which of those modules can wait. `importlib.util.LazyLoader` does that too; but its
modules are loaded by their second `import` already, and under a lock of its own: before Python 3.12
another thread saw half a module, and since then two threads can wait for each other, one with that
lock and one with a lock of `import`. Here a stand-in waits. What is wanted of it is imported as
always, under Python's own locks, and had from the stand-in from then on.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

_LOCK = Lock()


def postpone(*names: str) -> None:
    """Has these modules wait, where they are not loaded yet.

    They are for reading: what is set in a module that waits is not seen by the module itself.

    Args:
        names: Whole names. A package that waits is loaded when a module of it is imported.
    """
    sys.meta_path.insert(0, _Postponing(names))


class _Postponing:
    """A finder and loader of stand-ins, for what other finders find.

    It derives from none of importlib's classes, whose import takes longer than they are worth here.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._waiting = set(names)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._waiting:
            return None
        others = [finder for finder in sys.meta_path if not isinstance(finder, _Postponing)]
        for finder in others:
            spec = finder.find_spec(fullname, path, target)
            if spec is not None:
                spec.loader = self  # type: ignore[assignment]
                # whoever asks for a module of the package asks the package first where it is
                spec.submodule_search_locations = None
                return spec
        return None

    def create_module(self, spec: ModuleSpec) -> None:
        """None: as Python makes them."""

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["_finder"] = self
        module.__class__ = _StandIn

    def load(self, stand_in: ModuleType) -> ModuleType:
        """The module itself."""
        # its specification may have been given another name
        name = vars(stand_in)["__name__"]
        with _LOCK:
            self._waiting.discard(name)
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
        module = import_module(name)
        vars(stand_in).update(vars(module), _module=module)
        return module


class _StandIn(ModuleType):
    """Stands for a module that waits, and tells what the module tells."""

    def __getattr__(self, name: str) -> Any:
        """What is not here: nothing is before the module was loaded, later what it makes then."""
        contents = vars(self)
        module = contents.get("_module") or contents["_finder"].load(self)
        return getattr(module, name)
