"""What each column of our tables can hold, as questions that SQLite answers of all rows at once."""

from collections.abc import Iterable

TABLES = (
    "device", "zone", "source", "app", "site", "title", "page", "context", "activity", "presence",
    "person", "encounter", "encounter_person", "opportunity", "checkin", "experiment", "reach",
    "entry", "meeting", "job", "fact_of_home",
)  # fmt: skip
"""Every table that is not made anew from others, in an order in which references hold."""

_TIME = "{c} BETWEEN -2208988800000 AND 7258118400000"
"""From 1900 to 2200 [ms since 1970]."""
_LENGTH = "{c} BETWEEN 0 AND 315576000000"
"""Ten years at most [ms]."""
_DAY = "date({c}, '+0 days') = {c} AND {c} BETWEEN '1900-01-01' AND '2200-01-01'"
_SMALL_NUMBER = "{c} BETWEEN 0 AND 65535"
"""Kept sums have two bytes for it."""
_NUMBER = "{c} BETWEEN 0 AND 100000000"
_TEXT = "length(CAST({c} AS BLOB)) <= {longest} AND instr({c}, char(0)) = 0"
_NUMBERS = (
    "CASE WHEN json_valid({c}) THEN json_type({c}) = 'array' AND NOT EXISTS (SELECT 1 FROM"
    " json_each({c}) WHERE json_each.type NOT IN ('integer', 'real', 'null')) ELSE 0 END"
)
_LONGEST = 8000
"""Bytes of a text: a thousand letters in any language, and some more for what jobs tell."""

_RULES: dict[str, str] = {
    "start": _TIME, "at": _TIME, "logged": _TIME, "drawn": _TIME, "last_run": _TIME,
    "length": _LENGTH, "longest": _LENGTH,
    "day": _DAY, "since": _DAY, "first": _DAY, "stopped": _DAY,
    "device.id": _SMALL_NUMBER, "zone.id": _SMALL_NUMBER, "source.id": _SMALL_NUMBER,
    "answers": _NUMBERS, "cuts": _NUMBERS, "people_added": _NUMBERS,
    "hash": "{c} BETWEEN 0 AND 4294967295",
    "score": "abs({c}) < 1e9", "chance": "{c} IN (0, 1)", "people": "{c} BETWEEN 0 AND 10000000000",
    "days": "{c} BETWEEN 1 AND 3660", "shortest": "{c} BETWEEN 1 AND 3660",
    "value": "{c} BETWEEN 1 AND 7", "energy": "{c} BETWEEN -3 AND 3",
    "fact_of_home.value": _TEXT,
    "initiator": "{c} IN ('me', 'them')", "support": "{c} IN ('given', 'received')",
    "kind": _TEXT,
}  # fmt: skip
"""By column, or by table and column; the others follow from their type."""
_FACTS = """
    CASE WHEN name = 'salt_of_hashes' THEN length(value) = 32 AND value NOT GLOB '*[^0-9a-f]*'
      WHEN name = 'forgotten_at' THEN value NOT GLOB '*[^0-9]*' AND length(value) < 14
      WHEN name = 'deleting' THEN
        CASE WHEN json_valid(value) THEN json_type(value) = 'object' ELSE 0 END
      ELSE 1 END
"""
_TYPES = {"INTEGER": "'integer'", "TEXT": "'text'", "REAL": "'real', 'integer'", "BLOB": "'blob'"}


def implausible(table: str, columns: Iterable[tuple[str, str, bool]]) -> str:
    """Ask for the column of a row of `old.TABLE` that cannot be ours; nothing where all can.

    Args:
        table: One of TABLES.
        columns: Name, declared type, and whether it must be there, of each column to take over.
    """
    cases = []
    for name, kind, needed in columns:
        rule = _RULES.get(f"{table}.{name}", _RULES.get(name, _TEXT if kind == "TEXT" else _NUMBER))
        holds = f"typeof({name}) IN ({_TYPES[kind]}) AND {rule.format(c=name, longest=_LONGEST)}"
        holds = f"({holds})" if needed else f"({name} IS NULL OR ({holds}))"
        cases.append((name, f"coalesce({holds}, 0)"))
    if table == "fact_of_home":
        cases.append(("value", f"coalesce({_FACTS}, 0)"))
    which = " ".join(f"WHEN NOT {holds} THEN '{name}'" for name, holds in cases)
    every = " AND ".join(holds for _, holds in cases)
    return f"SELECT CASE {which} END FROM old.{table} NOT INDEXED WHERE NOT ({every}) LIMIT 1"  # noqa: S608 - names of ours
