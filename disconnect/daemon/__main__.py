"""The background process, without the command line's libraries: `python -m disconnect.daemon HOME`.

`disconnect start` runs this; it keeps some eight megabytes out of a process that runs for weeks.
"""

import sys
from pathlib import Path

# APScheduler imports asyncio, which we never use, and asyncio imports ssl where it is there; the
# standard library's hashes take OpenSSL's where they can. Python has its own: that is six
# megabytes less for a process that talks to no network.
for unused in ("ssl", "_hashlib"):
    sys.modules.setdefault(unused, None)  # type: ignore[arg-type]

from disconnect import clock  # noqa: E402
from disconnect.daemon.foreground import run_here  # noqa: E402
from disconnect.daemon.lock import AlreadyRunningError  # noqa: E402
from disconnect.errors import DisconnectError  # noqa: E402
from disconnect.home import Home  # noqa: E402


def main() -> None:
    """Watch over the home that is named until told to stop; an error is one line."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the home
        sys.exit("usage: python -m disconnect.daemon HOME")
    try:
        run_here(Home(Path(sys.argv[1])), clock.system)
    except AlreadyRunningError as running:
        sys.stderr.write(f"disconnect: {running}\n")  # somebody else was quicker: no error
    except DisconnectError as error:
        sys.stderr.write(f"disconnect: {error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
