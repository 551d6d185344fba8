import numpy as np

from disconnect.store.opening import connect
from disconnect.store.sums import RECORD, categories, keep, keep_categories, kept


def records(*ms):
    found = np.zeros(len(ms), dtype=RECORD)
    found["ms"] = ms
    return found


def test_blocks_come_back_as_they_were_kept_and_only_under_their_rules(tmp_path):
    connection = connect(tmp_path / "d.sqlite")
    keep(connection, {5: records(1, 2), 6: records(3)}, {6}, "old")
    days, counts, found = kept(connection, 0, 9, "new")
    assert (days.tolist(), counts.tolist(), found["ms"].tolist()) == ([5], [2], [1, 2])
    assert kept(connection, 0, 9, "old")[0].tolist() == [5, 6]
    connection.close()


def test_a_block_of_another_format_is_no_block(tmp_path):
    connection = connect(tmp_path / "d.sqlite")
    connection.execute("INSERT INTO hour_sums (utc_day, rules, data) VALUES (5, '', x'63000000')")
    assert kept(connection, 0, 9, "")[0].tolist() == []
    connection.close()


def test_categories_grow_by_stretches_and_other_rules_are_dropped(tmp_path):
    connection = connect(tmp_path / "d.sqlite")
    keep_categories(connection, "a", 0, np.array([0, 3], dtype=np.uint16))
    keep_categories(connection, "a", 2, np.array([4], dtype=np.uint16))
    assert categories(connection, "a").tolist() == [0, 3, 4]
    keep_categories(connection, "b", 0, np.array([9], dtype=np.uint16))
    assert categories(connection, "a").tolist() == []
    connection.close()
