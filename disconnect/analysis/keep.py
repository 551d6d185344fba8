"""Makes all missing sums of finished days: `python -m disconnect.analysis.keep --home DIR`."""

import argparse
import sys

from disconnect import clock as clocks
from disconnect import home as homes
from disconnect.analysis import building
from disconnect.analysis.categories import categories
from disconnect.analysis.sums import opened
from disconnect.clock import Clock, milliseconds
from disconnect.errors import DisconnectError
from disconnect.home import Home
from disconnect.pipeline.timeline.rows import DAY
from disconnect.store import frames


def keep_sums(home: Home, clock: Clock) -> None:
    """Sort new contexts and sum up every finished UTC day that is not kept yet."""
    with opened(home) as (connection, keep):
        extent = frames.extent(connection)
        if extent is None:
            return
        now = milliseconds(clock())
        known = categories(connection, home, keep=keep)
        finished = (now - building.FINISHED_AFTER) // DAY - 1
        building.sums_of(connection, known, (extent[0] // DAY, finished), now, keep=keep)


def main() -> int:
    """Run as a short process of its own, so that the daemon stays small."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", help="the folder of the data")
    try:
        keep_sums(homes.find(parser.parse_args().home), clocks.system)
    except DisconnectError as error:
        sys.stderr.write(f"disconnect: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
