"""From those who could be reached to those who helped."""

import pandas as pd

FUNNEL = ("stage", "people")
STAGES = ("reached", "conversed", "met", "supported")


def funnel(
    reach: pd.DataFrame, encounters: pd.DataFrame, opportunities: pd.DataFrame, last: int
) -> pd.DataFrame:
    """Count different people, stage by stage.

    Args:
        reach: `day` (since 1970), `platform`, `people`.
        encounters: Of the period, one row an encounter and person (-1: nobody named):
            `person`, `channel`, `support`.
        opportunities: Of the period: `person`.
        last: The last day of the period; the newest count of each platform up to it holds.

    Returns:
        FUNNEL: `reached` is the sum over platforms, who may overlap, NaN where no count was
        noted. `conversed`: any encounter by any channel, or somebody who brought an
        opportunity, which takes a word. `met`: in person. `supported`: gave support or
        brought an opportunity, met or not.
    """
    noted = reach[reach["day"] <= last].sort_values("day", kind="stable")
    newest = noted.assign(platform=noted["platform"].str.casefold()).drop_duplicates(
        "platform", keep="last"
    )
    named = encounters[encounters["person"] >= 0]
    brought = set(opportunities["person"])
    helped = set(named.loc[named["support"] == "received", "person"])
    counts = (
        float(newest["people"].sum()) if len(newest) else float("nan"),
        len(set(named["person"]) | brought),
        named.loc[named["channel"] == "in_person", "person"].nunique(),
        len(helped | brought),
    )
    return pd.DataFrame({"stage": STAGES, "people": [float(count) for count in counts]})
