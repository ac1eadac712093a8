"""Where the frozen command line starts."""

import multiprocessing
import sys

from core.__main__ import main

# A frozen program that starts a worker process starts itself again; this tells the two apart.
multiprocessing.freeze_support()
sys.exit(main())
