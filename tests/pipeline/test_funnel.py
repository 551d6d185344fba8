import math

import pandas as pd

from disconnect.pipeline.funnel import funnel

NOTHING = pd.DataFrame({"day": [], "platform": [], "people": []}).astype({"platform": str})


def met(*rows):
    return pd.DataFrame(rows, columns=["person", "channel", "support"])


def brought(*people):
    return pd.DataFrame({"person": list(people)}, dtype=int)


def counts(frame):
    return dict(zip(frame["stage"], frame["people"], strict=True))


def test_people_count_once_however_often_they_were_met():
    rows = [
        (1, "in_person", None),
        (1, "call", "received"),
        (2, "message", None),
        (-1, "call", None),
    ]
    found = counts(funnel(NOTHING, met(*rows), brought(3, 3), 10))
    assert found["conversed"] == 3
    assert found["met"] == 1
    assert found["supported"] == 2


def test_the_newest_count_of_each_platform_up_to_the_day_holds():
    reach = pd.DataFrame(
        {
            "day": [3, 1, 2, 20],
            "platform": ["LinkedIn", "linkedin", "mastodon", "mastodon"],
            "people": [120, 100, 30, 999],
        }
    )
    assert counts(funnel(reach, met(), brought(), 10))["reached"] == 150


def test_reach_that_nobody_noted_is_unknown_and_not_zero():
    found = counts(funnel(NOTHING, met(), brought(), 10))
    assert math.isnan(found["reached"])
    assert found["met"] == 0


def test_support_given_is_not_support_received():
    assert counts(funnel(NOTHING, met((1, "call", "given")), brought(), 1))["supported"] == 0
