"""`python -m cmdesk` is the same as `cmdesk`."""

import sys

from cmdesk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
