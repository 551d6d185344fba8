"""References into nowhere, mended: hours are kept even where what they belong to is lost."""

import sqlite3

_LOST = "(SELECT id FROM app WHERE name = 'lost')"
_STRAY = "context NOT IN (SELECT id FROM context)"
_MENDS = (
    # Sources and their devices.
    (
        "INSERT OR IGNORE INTO device (id, name) SELECT DISTINCT device, 'lost-' || device"
        " FROM source WHERE device NOT IN (SELECT id FROM device)"
    ),
    (
        "INSERT OR IGNORE INTO device (name) SELECT 'lost' WHERE EXISTS"
        " (SELECT 1 FROM activity WHERE source NOT IN (SELECT id FROM source))"
    ),
    (
        "INSERT OR IGNORE INTO source (id, name, device) SELECT DISTINCT source,"
        " 'desktop/lost-' || source, (SELECT min(id) FROM device) FROM activity"
        " WHERE source NOT IN (SELECT id FROM source)"
    ),
    "DELETE FROM presence WHERE source NOT IN (SELECT id FROM source)",
    # What an activity was: one context stands for all that are lost.
    (
        f"INSERT OR IGNORE INTO app (name) SELECT 'lost' WHERE EXISTS"  # noqa: S608 - parts of ours
        f" (SELECT 1 FROM activity WHERE {_STRAY})"
    ),
    (
        f"INSERT OR IGNORE INTO context (id, app) SELECT max(context), {_LOST} FROM activity"  # noqa: S608
        f" WHERE {_STRAY} HAVING max(context) IS NOT NULL"
    ),
    (
        "UPDATE activity SET context = (SELECT id FROM context WHERE title = 0 AND page = 0"  # noqa: S608
        f" AND site = 0 AND app = {_LOST}) WHERE {_STRAY}"
    ),
    (
        "INSERT OR IGNORE INTO app (id, name) SELECT DISTINCT app, 'lost-' || app FROM context"
        " WHERE app NOT IN (SELECT id FROM app)"
    ),
    (
        "INSERT OR IGNORE INTO site (id, name) SELECT DISTINCT site, 'lost-' || site FROM context"
        " WHERE site != 0 AND site NOT IN (SELECT id FROM site)"
    ),
    # With no place held, another title would come to stand under the number of a lost one.
    (
        "INSERT OR IGNORE INTO title (id, hash, name) SELECT DISTINCT title, 0, '' FROM context"
        " WHERE title != 0 AND title NOT IN (SELECT id FROM title)"
    ),
    (
        "INSERT OR IGNORE INTO page (id, hash, name) SELECT DISTINCT page, 0, '' FROM context"
        " WHERE page != 0 AND page NOT IN (SELECT id FROM page)"
    ),
    # What was logged.
    (
        "INSERT OR IGNORE INTO person (id, name) SELECT DISTINCT person, 'lost-' || person FROM"
        " (SELECT person FROM encounter_person UNION SELECT person FROM opportunity)"
        " WHERE person NOT IN (SELECT id FROM person)"
    ),
    "DELETE FROM encounter_person WHERE encounter NOT IN (SELECT id FROM encounter)",
    # (Nothing is not in an empty table, too: NULL must be told apart first.)
    *(
        f"DELETE FROM entry WHERE {part} IS NOT NULL AND {part} NOT IN (SELECT id FROM {part})"  # noqa: S608
        for part in ("encounter", "opportunity", "checkin")
    ),
    # Zones: an hour in the wrong zone is still an hour.
    "INSERT OR IGNORE INTO zone (name) VALUES ('UTC')",
    *(
        f"UPDATE {table} SET zone = (SELECT id FROM zone WHERE name = 'UTC')"  # noqa: S608
        " WHERE zone NOT IN (SELECT id FROM zone)"
        for table in ("activity", "presence", "encounter", "checkin")
    ),
    (
        "UPDATE source SET longest = max(longest, 3600000,"
        " coalesce((SELECT max(length) FROM activity WHERE source = source.id), 0),"
        " coalesce((SELECT max(length) FROM presence WHERE source = source.id), 0))"
    ),
)


def mend_references(connection: sqlite3.Connection) -> None:
    """Let no row point at one that is not there; the caller holds the transaction."""
    for statement in _MENDS:
        connection.execute(statement)
