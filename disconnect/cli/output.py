"""Results, printed the way they were asked for: the one place that writes to stdout."""

import datetime as dt
import io
import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from collectors.cells import guarded
from disconnect import files
from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.store.texts import printable
from reports.columns import filled, wide

if TYPE_CHECKING:
    import pandas as pd


def show(frame: "pd.DataFrame", form: str) -> None:
    """Print a frame; its index, when named, is its first column.

    A missing value is `null` in JSON, empty in CSV and – in a table; never 0.
    """
    named = frame.index.name is not None
    columns = [*([str(frame.index.name)] if named else []), *map(str, frame.columns)]
    tidy = frame.reset_index() if named else frame
    if form == "parquet":
        _parquet(tidy)
        return
    cells = [[_plain(cell) for cell in tidy[column].tolist()] for column in columns]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]
    records(rows, columns, form)


def records(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Print a list of records with the given columns (no pandas needed but for Parquet)."""
    if form == "parquet":
        import pandas as pd

        _parquet(pd.DataFrame(list(rows), columns=list(columns)))
        return
    plain = [{column: _plain(row.get(column)) for column in columns} for row in rows]
    if form == "json":
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1 if len(plain) < 2 else None))  # noqa: PLR2004 - one record reads better on lines of its own
    elif form == "csv":
        click.echo(_csv(plain, columns), nl=False)
    elif form == "md":
        click.echo(_markdown(plain, columns))
    else:
        click.echo(_table(plain, columns))


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone.

    Raises:
        DisconnectError: It cannot be written there; what stood there before still does.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with files.fresh(path) as file:
            file.write(data)
    except OSError as error:
        raise DisconnectError(
            f"cannot write {path}: {error.strerror}; choose another place with -o"
        ) from error


def _plain(cell: Any) -> Any:
    """A cell as JSON and people know it: ISO dates, None for what is missing."""
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN and NaT are not themselves
        return None
    if isinstance(cell, bytes):
        cell = cell.hex()
    if isinstance(cell, dt.datetime):
        if cell.tzinfo is None and cell.time() == dt.time():
            return cell.date().isoformat()
        return cell.isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and math.isfinite(cell):
        # A millisecond is 2.8e-7 h: ten digits keep every one even where thousands of rows are
        # added up, without 0.30000000000000004.
        return round(cell, 10)
    return cell.item() if hasattr(cell, "item") else cell


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    import csv

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(guarded, columns))
    writer.writerows([guarded(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any, column: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no" if column == "works" else ""
    if isinstance(value, float):
        digits = 0 if column.endswith(("_met", "encounters", "_days", "people")) else 2
        return f"{value:.{digits}f}"
    if isinstance(value, list | tuple):
        return printable(", ".join(map(str, value)))
    return printable(str(value))


def _markdown(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    lines = ["| " + " | ".join(columns) + " |"]
    lines.append("|" + "|".join(" ---: " if _numeric(rows, c) else " --- " for c in columns) + "|")
    for row in rows:
        cells = (_literal(_cell(row[column], column)) for column in columns)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _literal(text: str) -> str:
    """Text that Markdown shows as it is written: marks inside a word are none."""
    marks = r"[\\`*<\[\]|~$]|(?<!\w)[_#]|_(?!\w)|&(?=\w+;|#)"
    return re.sub(marks, r"\\\g<0>", " ".join(text.split("\n")))


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    # A heading of two words stands on two lines, so that fourteen columns fit a terminal.
    heads = [column.replace("_hours", "_h").split("_") for column in columns]
    height = max((len(head) for head in heads), default=0)
    padded = [[""] * (height - len(head)) + head for head in heads]
    body = [[_cell(row[column], column) for column in columns] for row in rows]
    top = [[head[line] for head in padded] for line in range(height)]
    widths = [max(map(wide, column)) for column in zip(*top, *body, strict=True)]
    right = [_numeric(rows, column) for column in columns]
    lines = []
    for number, line in enumerate([*top, *body]):
        cells = [
            filled(text, width, right=flush)
            for text, width, flush in zip(line, widths, right, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
        if number == height - 1:
            lines.append("  ".join("─" * width for width in widths))
    return "\n".join(lines)


def _numeric(rows: Sequence[Mapping[str, Any]], column: str) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _parquet(frame: "pd.DataFrame") -> None:
    if sys.stdout.isatty():
        raise UsageProblemError(
            "parquet is binary; send it to a file: … --format parquet > a.parquet"
        )
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    sys.stdout.buffer.write(buffer.getvalue())
