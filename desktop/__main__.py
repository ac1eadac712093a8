"""`glyphpad [FILE...]`: opens the window, with the files if given.

Here is said which modules can wait until they are wanted, before anything imports them: what is
seen first needs none of them, and they are a third of what the start would load.
"""

import sys

from core.postponing import postpone

_SIGNATURES = "shibokensupport.signature"

CAN_WAIT = (
    # for options, and for what is told of the start
    "argparse",
    # of the models, which nothing looks into before the window is there
    "hashlib",
    "json",
    # of ink, of which an empty pad has none
    "numpy",
    # the help of NumPy's functions
    "numpy._core._add_newdocs",
    "numpy._core._add_newdocs_scalars",
    # for PySide's errors and help, and for what it looks into when it was not installed whole
    "inspect",
    "shutil",
    "tempfile",
    "traceback",
    "zipfile",
    f"{_SIGNATURES}.errorhandler",
    f"{_SIGNATURES}.layout",
    f"{_SIGNATURES}.lib.enum_sig",
    f"{_SIGNATURES}.lib.pyi_generator",
    f"{_SIGNATURES}.lib.tool",
    f"{_SIGNATURES}.parser",
    # for addresses of the network
    "ipaddress",
)
"""What the first paint does without."""


def main() -> int:
    """The program's exit status: 0 after its window was closed."""
    postpone(*CAN_WAIT)
    from desktop.launching import launch

    return launch()


if __name__ == "__main__":
    sys.exit(main())
