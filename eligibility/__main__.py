"""The command line as ``python -m eligibility``."""

import sys

from eligibility.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
