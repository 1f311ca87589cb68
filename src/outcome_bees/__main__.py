"""``python -m outcome_bees``: the command where its script is not on the path."""

import sys

from outcome_bees.cli import main

if __name__ == "__main__":
    sys.exit(main())
