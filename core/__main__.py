"""`python -m core`: the command line, `glyphpad-cli`."""

import sys

from core.cli import main

sys.exit(main())
