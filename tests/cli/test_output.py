import io
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from disconnect.cli.output import records, save, show
from disconnect.errors import DisconnectError

ROWS: list[dict[str, Any]] = [
    {"period": "2026-10-01", "online_hours": 3.25, "people_met": 2},
    {"period": "2026-10-02", "online_hours": None, "people_met": 0},
]
COLUMNS = ["period", "online_hours", "people_met"]


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {"online_hours": [1 / 3, np.nan], "people_met": [2, 0], "note": ["a|b", None]},
        index=pd.DatetimeIndex(["2026-10-01", "2026-10-02"], name="period"),
    )


def test_missing_is_null_in_json_empty_in_csv_and_a_dash_in_a_table(capsys):
    records(ROWS, COLUMNS, "json")
    assert json.loads(capsys.readouterr().out)[1]["online_hours"] is None
    records(ROWS, COLUMNS, "csv")
    assert capsys.readouterr().out.splitlines()[2] == "2026-10-02,,0"
    records(ROWS, COLUMNS, "table")
    assert "–" in capsys.readouterr().out.splitlines()[-1]


def test_json_has_the_names_of_the_csv_header(frame, capsys):
    show(frame, "json")
    names = list(json.loads(capsys.readouterr().out)[0])
    show(frame, "csv")
    assert capsys.readouterr().out.splitlines()[0].split(",") == names == ["period", *frame.columns]


def test_a_day_is_a_date_and_a_third_keeps_its_milliseconds(frame, capsys):
    show(frame, "json")
    first = json.loads(capsys.readouterr().out)[0]
    assert first["period"] == "2026-10-01"
    assert round(first["online_hours"] * 3_600_000) == 1_200_000


def test_thousands_of_rows_add_up_to_the_millisecond(capsys):
    show(pd.DataFrame({"hours": [1 / 3_600_000] * 10_000}), "json")
    hours = sum(row["hours"] for row in json.loads(capsys.readouterr().out))
    assert hours * 3_600_000 == pytest.approx(10_000, abs=1)


def test_numbers_in_a_table_are_aligned_to_the_right(capsys):
    records(ROWS, COLUMNS, "table")
    lines = capsys.readouterr().out.splitlines()
    assert len({len(line) for line in lines[2:]}) == 1


def test_a_bar_in_a_markdown_cell_does_not_break_the_table(frame, capsys):
    show(frame, "md")
    assert "a\\|b" in capsys.readouterr().out


def test_parquet_comes_back_as_it_went(frame, capsysbinary):
    show(frame, "parquet")
    back = pd.read_parquet(io.BytesIO(capsysbinary.readouterr().out))
    assert back["online_hours"].isna().tolist() == [False, True]


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "a.pdf"
    save(target, b"first")
    assert target.read_bytes() == b"first"
    assert target.stat().st_mode & 0o777 == 0o600
    blocked = tmp_path / "a.pdf" / "b.pdf"
    with pytest.raises(DisconnectError, match="cannot write"):
        save(blocked, b"second")
    assert target.read_bytes() == b"first"


def test_no_csv_cell_runs_in_a_spreadsheet_and_numbers_stay_numbers(capsys):
    columns = ["title", "hours", "=name"]
    records([{"title": "=1+1", "hours": -0.5, "=name": "\tx"}], columns, "csv")
    assert capsys.readouterr().out.splitlines() == ["title,hours,'=name", "'=1+1,-0.5,'\tx"]
    show(pd.DataFrame({"change": [-1.25], "n": [-3], "who": ["@ana"]}), "csv")
    assert capsys.readouterr().out.splitlines()[1] == "-1.25,-3,'@ana"


def test_a_result_is_saved_as_a_new_private_file(tmp_path):
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "victim")
    with pytest.raises(DisconnectError, match="is a link"):
        save(link, b"life")
    save(tmp_path / "new" / "a.pdf", b"life")
    assert (tmp_path / "new" / "a.pdf").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "victim").exists()
