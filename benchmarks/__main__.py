"""Every benchmark, one after another: `python -m benchmarks`."""

import os

from benchmarks import (
    coverage,
    daemon,
    disk,
    evenings,
    experiment,
    false_positives,
    forgetting,
    histories,
    known_changes,
    lateness,
    lifelike,
    paper,
    queries,
    recovery,
    silence,
    startup,
    suggested,
)


def main() -> None:
    """Print each with a heading; the daemon's needs a display."""
    for name, run in (
        ("Start-up", startup.main),
        ("Disk", disk.main),
        ("Paper", paper.main),
        ("Questions over ten years", queries.main),
        ("Forgetting", forgetting.main),
        ("Asking a browser's history", histories.main),
        ("Experiments of which the truth is known", experiment.main),
        ("False alarms", false_positives.main),
        ("Late nights and the day after", evenings.main),
        ("Hours that are suggested", suggested.main),
        ("Intervals that hold", coverage.main),
        ("What is found where the truth is known", recovery.main),
        ("The same in lifelike days", lifelike.main),
        ("Changes, the watch and weights where the truth is known", known_changes.main),
        ("A silent diary, and a quiet life", silence.main),
    ):
        print(f"\n{name}", flush=True)
        run()
    print("\nThe daemon", flush=True)
    if os.environ.get("DISPLAY"):
        daemon.main()
        lateness.main()
    else:
        print("needs a display: xvfb-run python -m benchmarks")


if __name__ == "__main__":
    main()
