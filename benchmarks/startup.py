"""How long the first thing takes that anybody does: `disconnect --help`."""

import sys

from benchmarks.processes import line, python, seconds


def main() -> None:
    """Print the ratio of `--help` to importing the library it is made with."""
    ours = seconds([sys.executable, "-m", "disconnect", "--help"], runs=15)
    line("disconnect --help / import click", ours, python("import click", runs=15), 1.5)


if __name__ == "__main__":
    main()
