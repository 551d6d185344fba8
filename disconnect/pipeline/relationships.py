"""Time with each person, in person and online."""

import pandas as pd

PEOPLE = (
    "name",
    "met",
    "how",
    "in_person_hours",
    "online_hours",
    "encounters",
    "chance_encounters",
    "first_met",
    "last_met",
)


def relationships(
    people: pd.DataFrame, encounters: pd.DataFrame, spent: pd.DataFrame
) -> pd.DataFrame:
    """Add up each person's encounters.

    Args:
        people: `person` (id), `name`, `met`, `how`.
        encounters: One row per encounter, person and day it touches: `encounter`, `person`,
            `day` (date), `channel`, `chance` (bool).
        spent: The time of them, in which what two entries share counts once: `person`,
            `channel`, `hours` [h].

    Returns:
        PEOPLE as columns, most time in person first; people without an encounter have 0 h
        and no dates. `encounters` and `chance_encounters` count those in person.
    """
    rows = []
    by_person = {str(number): part for number, part in encounters.groupby("person")}
    there = spent["channel"] == "in_person"
    in_hours, elsewhere = (
        part.groupby("person")["hours"].sum().to_dict() for part in (spent[there], spent[~there])
    )
    for person in people.itertuples(index=False):
        part = by_person.get(str(person.person), encounters.iloc[:0])
        in_person = part[part["channel"] == "in_person"].drop_duplicates("encounter")
        rows.append(
            {
                "name": person.name,
                "met": person.met,
                "how": person.how,
                "in_person_hours": float(in_hours.get(person.person, 0.0)),
                "online_hours": float(elsewhere.get(person.person, 0.0)),
                "encounters": len(in_person),
                "chance_encounters": int(in_person["chance"].sum()),
                "first_met": part["day"].min() if len(part) else None,
                "last_met": part["day"].max() if len(part) else None,
            }
        )
    frame = pd.DataFrame(rows, columns=list(PEOPLE))
    return frame.sort_values(
        ["in_person_hours", "online_hours", "name"], ascending=[False, False, True]
    ).reset_index(drop=True)
