"""`python -m core`: the command line, `glyphpad-cli`."""

import multiprocessing
import sys

from core.exit_status import BROKEN
from core.processor import TOO_OLD, lacks


def main() -> int:
    """The exit status of the command line that the program was started with."""
    # before the imports, as NumPy ends the process without a word
    if lacks("sse4_2"):
        print(f"glyphpad-cli: {TOO_OLD}", file=sys.stderr)
        return BROKEN
    from core.cli import main as obey

    return obey()


if __name__ == "__main__":
    # a frozen program that begins a process for a batch begins itself; this tells the two apart
    multiprocessing.freeze_support()
    sys.exit(main())
