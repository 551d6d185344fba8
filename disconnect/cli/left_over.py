"""What `forget` cannot delete, and says or offers: people, words in texts, copies and reports."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from disconnect.cli.house import House
from disconnect.errors import DisconnectError
from disconnect.store.forgetting import Forgotten, What
from disconnect.store.remains import Remains, remains, remove_drafts

MOST_LISTED = 9


def what_stays(
    house: House, what: What, gone: Forgotten, *, people_too: bool, ask: bool
) -> Iterator[str]:
    """Say line by line what may still hold what was forgotten.

    Args:
        house: The home.
        what: What was forgotten.
        gone: What went.
        people_too: Whether people met only then went, too.
        ask: Whether reports may be deleted when the person says so.
    """
    yield from _of_people(what, gone, people_too=people_too)
    for path in remove_drafts(house.home.folder):
        yield f"removed what a killed command left unfinished: {path}"
    left = remains(house.home.database, _report_folders(house), what)
    for copy in left.copies:
        yield f"an older copy still has it; delete it, too: {copy}"
    yield from _of_files(left, ask=ask)
    for text in left.texts:
        yield f"the words stand in a file of yours, too: {text}"


def listed(names: Sequence[str]) -> str:
    """Names in a row, the first ones of many."""
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def says_yes(question: str) -> bool:
    """Whether the person agrees to a further question; an input that has ended agrees to nothing."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        return False


def _of_people(what: What, gone: Forgotten, *, people_too: bool) -> Iterator[str]:
    if gone.met_then_only and not people_too:
        yield (
            f"met only then, and still known: {listed(gone.met_then_only)}; disconnect forget"
            f" --person '{gone.met_then_only[0]}' deletes one"
        )
    if gone.named_elsewhere:
        yield (
            f"the name still stands in {gone.named_elsewhere} of your texts about others:"
            " disconnect entries list and people list show them"
        )
    if gone.titled:
        yield (
            f"the name still stands in {gone.titled} title{'s' if gone.titled > 1 else ''} of"
            f" windows and pages: disconnect forget --title '{what.person}' deletes their time, too"
        )


def _of_files(left: Remains, *, ask: bool) -> Iterator[str]:
    if not left.made:
        return
    files = "\n".join(f"  {path}" for path in left.made)
    if ask:
        click.echo(f"These were made of your data, and may hold it:\n{files}", err=True)
        if says_yes("Delete them, too?"):
            yield from _deleted(left.made)
            return
        yield "they stay"
        return
    for path in left.made:
        yield f"made of your data, and may hold it; delete it, too: {path}"


def _deleted(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            yield f"cannot delete {path}: {error.strerror}"
        else:
            yield f"deleted {path}"


def _report_folders(house: House) -> list[Path]:
    """Where reports are written by themselves, if that is not in the home."""
    try:
        folder = house.settings.report.folder
    except DisconnectError:  # a mistake in the settings must not keep anybody from forgetting
        return []
    return [Path(folder).expanduser()] if folder else []
