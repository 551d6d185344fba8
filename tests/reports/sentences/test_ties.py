import math

import pandas as pd

from reports.sentences import ties

NAN = math.nan
COLUMNS = ["name", "rhythm_days", "overdue_days", "gap_probability", "trend", "trend_low"]


def frame(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def test_where_nothing_stands_out_nothing_is_said():
    assert (
        ties.lines(frame(("Ana", 11.0, 2.0, 0.3, None, 0.4), ("Ben", NAN, NAN, NAN, None, NAN)))
        == []
    )


def test_a_long_pause_is_said_with_how_many_would_pause_so_by_chance():
    rows = [("Ana", 11.0, 40.0, 0.01, None, NAN), ("Ben", 9.0, 6.0, 0.3, None, NAN)]
    assert ties.lines(frame(*rows)) == [
        "Ana: not met for 51 days, where about eleven days are usual.",
        "Of two relationships fewer than one would show so long a pause by chance alone; 1 did.",
    ]


def test_fading_and_reviving_are_said_apart():
    rows = [("Ana", NAN, NAN, NAN, "fading", 0.0), ("Ben", NAN, NAN, NAN, "reviving", 1.2)]
    steady = [(f"No. {n}", NAN, NAN, NAN, None, 0.5) for n in range(38)]
    assert ties.lines(frame(*rows, *steady)) == [
        "In touch less in the last 60 days than in the year before: Ana.",
        "In touch more in the last 60 days than in the year before: Ben.",
        "Of 40 relationships about 2 would show such a change by chance alone; 2 did.",
    ]


def stages(reached):
    names = ["reached", "conversed", "met", "supported"]
    return pd.DataFrame({"stage": names, "people": [reached, 31.0, 1.0, 0.0]})


def test_reach_that_nobody_noted_is_said_to_be_unknown():
    assert ties.funnel(stages(NAN)).startswith("How many people you could reach was not noted.")
    assert ties.funnel(stages(1240.0)) == (
        "You could reach 1 240 people. As far as was logged, you talked with 31, met 1 in person,"
        " and nobody helped you or brought you something."
    )


def test_lines_of_friendship_are_told_of_only_where_they_are_drawn():
    grown = pd.DataFrame({"name": ["Ana", "Ana", "Ben"], "total_hours": [1.0, 3.0, 2.0]})
    assert "Dashed" in ties.caption(grown)
    assert ties.caption(grown, dashed=False).endswith("a dot: last met. n = 2 people.")


def tie(**told):
    unknown = dict.fromkeys(
        ("line_hours", "rhythm_days", "overdue_days", "gap_probability", "trend_low", "trend_high"),
        NAN,
    )
    return unknown | {"trend": None} | told


def test_hours_lie_between_two_lines_of_friendship():
    called = "as movers and students in the United States called each other (Hall 2018)."
    between = ties.about(tie(line_hours=50.0), 79.5, 0)[0]
    assert between == (
        "79 h 30 min in person were logged: past the 50 h of casual friends and short of the 90 h of"
        f" friends, {called}"
    )
    assert ": short of the 50 h of casual friends," in ties.about(tie(), 4.0, 0)[0]
    assert ": past the 200 h of close friends," in ties.about(tie(line_hours=200.0), 300.0, 0)[0]
    assert ties.about(tie(), 0.0, 0) == [
        "How often you meet can be told from three days with a meeting on."
    ]


def test_a_pause_is_told_beside_the_rhythm_with_its_probability():
    told = tie(rhythm_days=11.0, overdue_days=0.0, gap_probability=0.6)
    assert ties.about(told, 0.0, 0) == [
        "You meet about every eleven days, and the present pause is no longer than that."
    ]
    told |= {"overdue_days": 9.0, "gap_probability": 0.17}
    assert ties.about(told, 0.0, 2) == [
        (
            "You meet about every eleven days; the present pause is nine days longer. By that rhythm a"
            " pause so long has a probability of 17 %."
        ),
        "Two opportunities came of it.",
    ]
    rare = ties.about(told | {"gap_probability": 0.0001}, 0.0, 0)
    assert rare[0].endswith("a probability of less than 1 %.")


def test_a_change_is_told_no_further_than_its_interval():
    fading = ties.about(tie(trend="fading", trend_low=0.1, trend_high=0.8), 0.0, 0)[-1]
    assert fading == (
        "You are less in touch in the last 60 days than in the year before: 0.1 to 0.8 times as often"
        " would fit."
    )
    unsure = ties.about(tie(trend_low=0.4, trend_high=NAN), 0.0, 0)[-1]
    assert unsure.startswith("It cannot be told whether you are more or less in touch")
    assert "0.4 times or more as often" in unsure
