"""Modules that wait: what is seen of them before, while and after they are loaded."""

from __future__ import annotations

import builtins
import importlib
import sys
import threading

import pytest

from core.postponing import postpone

COUNTING = """
import sys
sys.modules["count_of_loads"].append({name!r})
VALUE = 7
def double():
    return VALUE * 2
"""


@pytest.fixture
def loads(tmp_path, monkeypatch):
    """What was loaded of the modules that a test makes, in order."""
    names: list[str] = []
    monkeypatch.setitem(sys.modules, "count_of_loads", names)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    # PySide's, where it is loaded, looks into what is imported
    plain = getattr(builtins, "__orig_import__", builtins.__import__)
    monkeypatch.setattr(builtins, "__import__", plain)
    before = set(sys.modules)
    yield names
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture
def make(tmp_path):
    def module(name: str, text: str = COUNTING) -> None:
        file = tmp_path.joinpath(*name.split("."))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".py").write_text(text.format(name=name), "utf-8")

    return module


def test_a_module_waits_until_something_of_it_is_wanted(loads, make):
    make("waits")
    postpone("waits")
    module = importlib.import_module("waits")
    assert loads == []
    assert module.double() == 14
    assert module.VALUE == 7
    assert loads == ["waits"]


def test_what_was_said_twice_waits_once(loads, make):
    make("waits")
    postpone("waits")
    postpone("waits")
    assert importlib.import_module("waits").VALUE == 7


def test_a_second_import_does_not_load_it(loads, make):
    make("waits")
    postpone("waits")
    importlib.import_module("waits")
    import waits  # noqa: F401

    assert loads == []


def test_a_name_of_it_loads_it(loads, make):
    make("waits")
    postpone("waits")
    from waits import VALUE

    assert VALUE == 7
    assert loads == ["waits"]


def test_it_stands_where_it_was_when_it_is_loaded(loads, make):
    make("waits")
    postpone("waits")
    stand_in = importlib.import_module("waits")
    assert stand_in.double() == 14
    import waits

    assert type(waits) is type(sys)
    assert waits.double is stand_in.double
    assert loads == ["waits"]


def test_what_it_makes_later_is_seen(loads, make):
    make("grows", "def grow():\n    global LATER\n    LATER = 3\n")
    postpone("grows")
    module = importlib.import_module("grows")
    module.grow()
    assert module.LATER == 3


def test_what_it_has_not_is_missed_as_always(loads, make):
    make("waits")
    postpone("waits")
    with pytest.raises(AttributeError, match="module 'waits' has no attribute 'NOTHING'"):
        importlib.import_module("waits").NOTHING  # noqa: B018


def test_a_module_of_a_package_that_waits_loads_the_package_first(loads, make):
    make("packed.__init__")
    make("packed.inside")
    postpone("packed")
    importlib.import_module("packed")
    importlib.import_module("packed.inside")
    assert loads == ["packed.__init__", "packed.inside"]


def test_a_module_may_look_at_itself_while_it_is_loaded(loads, make):
    make("looks", "import looks\nFIRST = 1\nSECOND = looks.FIRST + 1\n")
    postpone("looks")
    assert importlib.import_module("looks").SECOND == 2


def test_no_thread_sees_half_of_it(loads, make):
    make("slow", "import time\nFIRST = 1\ntime.sleep(0.2)\nLAST = 2\n")
    postpone("slow")
    module = importlib.import_module("slow")
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(module.LAST)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [2, 2, 2, 2]


def test_threads_that_load_it_and_a_module_of_it_do_not_wait_for_each_other(loads, make):
    """One of them loads the package, which imports the module that the other is at."""
    make("deep.__init__", "import time\ntime.sleep(0.1)\nfrom deep import inside\nDONE = True\n")
    make("deep.inside", "import time\ntime.sleep(0.1)\nHERE = True\n")
    postpone("deep")
    package = importlib.import_module("deep")
    threads = [
        threading.Thread(target=lambda: package.DONE, daemon=True),
        threading.Thread(target=lambda: importlib.import_module("deep.inside"), daemon=True),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert not any(thread.is_alive() for thread in threads)
    assert package.DONE
    assert package.inside.HERE


def test_one_that_fails_says_so_and_is_tried_again(loads, make):
    make(
        "fails",
        "import sys\nif not sys.modules['count_of_loads']:\n    raise OSError('no')\nV = 1\n",
    )
    postpone("fails")
    module = importlib.import_module("fails")
    for _ in range(2):
        with pytest.raises(OSError, match="no"):
            module.V  # noqa: B018
    loads.append("now")
    assert module.V == 1


def test_what_is_not_there_is_missed_at_once(loads):
    postpone("is_not_there")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("is_not_there")


def test_others_do_not_wait(loads, make):
    make("other")
    postpone("waits")
    importlib.import_module("other")
    assert loads == ["other"]
