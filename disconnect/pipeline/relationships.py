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


def relationships(people: pd.DataFrame, encounters: pd.DataFrame) -> pd.DataFrame:
    """Add up each person's encounters.

    Args:
        people: `person` (id), `name`, `met`, `how`.
        encounters: One row per encounter and person: `person`, `day` (date),
            `channel`, `chance` (bool), `hours` [h].

    Returns:
        PEOPLE as columns, most time in person first; people without an encounter have 0 h
        and no dates. `encounters` and `chance_encounters` count those in person.
    """
    rows = []
    by_person = {str(number): part for number, part in encounters.groupby("person")}
    for person in people.itertuples(index=False):
        part = by_person.get(str(person.person), encounters.iloc[:0])
        in_person = part[part["channel"] == "in_person"]
        rows.append(
            {
                "name": person.name,
                "met": person.met,
                "how": person.how,
                "in_person_hours": float(in_person["hours"].sum()),
                "online_hours": float(part["hours"].sum() - in_person["hours"].sum()),
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
