"""Where the frozen window starts."""

import sys

from desktop.__main__ import main

sys.exit(main())
