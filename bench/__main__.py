"""`python -m bench`; if a signal ends it, it ends what it has started."""

import signal
import sys

from bench.comparison import main

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    sys.exit(main())
