"""`python -m core`: the command line, `glyphpad-cli`."""

import multiprocessing
import sys

from core.cli import main

if __name__ == "__main__":
    # a frozen program that begins a process for a batch begins itself; this tells the two apart
    multiprocessing.freeze_support()
    sys.exit(main())
