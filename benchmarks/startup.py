"""How long the first thing takes that anybody does: `disconnect --help`."""

import sys

from benchmarks.processes import beside, in_turn


def main() -> None:
    """Print the ratio of `--help` to importing the library it is made with."""
    helping = [sys.executable, "-m", "disconnect", "--help"]
    ours, click = in_turn(helping, [sys.executable, "-c", "import click"], runs=40)
    beside("disconnect --help / import click", ours, click, 1.5)


if __name__ == "__main__":
    main()
