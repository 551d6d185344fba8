"""Hours with each person, and when they were first and last met."""

import pandas as pd

MS_PER_HOUR = 3_600_000


def people(known: pd.DataFrame, encounters: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    """One row a person.

    Args:
        known: Index person id; `name`, `met`, `how`.
        encounters: `id`, `start`, `end` [ms, UTC], `channel`, `chance`, `day` (date).
        attendance: `encounter`, `person` (ids).

    Returns:
        Columns `name`, `met`, `how`, `in_person_hours`, `online_hours` [h], `encounters`,
        `chance_encounters`, `first_met`, `last_met` (dates; of time in person), the most hours
        in person first; people without an encounter in the frame are left out.
    """
    joined = attendance.merge(encounters, left_on="encounter", right_on="id")
    joined["hours"] = (joined["end"] - joined["start"]) / MS_PER_HOUR
    in_person = joined["channel"] == "in_person"
    joined["in_person_hours"] = joined["hours"].where(in_person, 0.0)
    joined["online_hours"] = joined["hours"].where(~in_person, 0.0)
    joined["chance"] = joined["chance"].astype(int)
    joined["met_on"] = joined["day"].where(in_person)
    grouped = joined.groupby("person")
    sums = pd.DataFrame(
        {
            "in_person_hours": grouped["in_person_hours"].sum(),
            "online_hours": grouped["online_hours"].sum(),
            "encounters": grouped.size(),
            "chance_encounters": grouped["chance"].sum(),
            "first_met": grouped["met_on"].min(),
            "last_met": grouped["met_on"].max(),
        }
    )
    frame = known.join(sums, how="inner").sort_values(
        ["in_person_hours", "online_hours", "name"], ascending=[False, False, True]
    )
    return frame.reset_index(drop=True)
