"""What is suggested, and that nothing is where the data do not carry it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.pipeline import balance, suggestions

NAN = float("nan")


def there(found):
    assert found is not None
    return found


def hours(days=40, broadcast=None, in_person=None, seed=1):
    """Feeds at the hours given [h], a little different each day; nothing else."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2026-06-01", periods=days)
    frame = pd.DataFrame({"day": np.repeat(dates, 24), "hour": np.tile(np.arange(24), days)})
    for name in ("broadcast", "message", "email", "in_person"):
        frame[f"{name}_hours"] = 0.0
    for hour, amount in (broadcast or {}).items():
        of_hour = frame["hour"] == hour
        frame.loc[of_hour, "broadcast_hours"] = amount * rng.uniform(0.9, 1.1, days)
    for hour, share in (in_person or {}).items():
        of_hour = frame["hour"] == hour
        frame.loc[of_hour, "in_person_hours"] = (np.arange(days) < share * days) * 1.0
    return frame


def nothing(days=40):
    return pd.Series(NAN, index=pd.date_range("2026-06-01", periods=days))


def test_the_hour_with_the_most_feeds_is_found():
    found = there(suggestions.hour(hours(broadcast={8: 0.3, 21: 0.8}), nothing()))
    assert (found.hour, found.channel, found.days) == (21, "broadcast", 40)
    assert found.hours_a_day == pytest.approx(0.8, abs=0.05)
    assert found.energy is None


def test_of_hours_alike_the_one_with_fewer_people_alongside_is_found():
    alike = {13: 0.80, 21: 0.75}
    found = there(suggestions.hour(hours(broadcast=alike, in_person={13: 0.5, 21: 0.1}), nothing()))
    assert (found.hour, found.days_together) == (21, 4)


def test_an_hour_that_goes_with_more_energy_is_not_to_be_given_up():
    frame = hours(60, broadcast={8: 0.5, 21: 0.8})
    evening = frame[frame["hour"] == 21].set_index("day")["broadcast_hours"]
    rng = np.random.default_rng(4)
    good = 5 + 3.0 * (evening > evening.median()) + rng.normal(0, 0.5, 60)
    assert there(suggestions.hour(frame, good)).hour == 8
    assert there(suggestions.hour(frame, 10 - good)).hour == 21
    frame.loc[frame["hour"] == 8, "broadcast_hours"] = 0.0
    assert suggestions.hour(frame, good) is None


def test_messages_are_found_where_there_are_no_feeds():
    frame = hours().rename(columns={"message_hours": "broadcast_hours", "broadcast_hours": "m"})
    frame = frame.rename(columns={"m": "message_hours"})
    frame.loc[frame["hour"] == 9, "message_hours"] = 0.4
    assert there(suggestions.hour(frame, nothing())).channel == "message"


@pytest.mark.parametrize(("days", "amount"), [(13, 0.8), (40, 0.1)])
def test_few_days_or_little_use_suggest_no_hour(days, amount):
    assert suggestions.hour(hours(days, broadcast={21: amount}), nothing(days)) is None


def test_unknown_days_are_left_out_and_do_not_count_as_none():
    frame = hours(broadcast={21: 0.8})
    unknown = frame["day"] < frame["day"].unique()[20]
    frame.loc[unknown, [name for name in frame if name.endswith("_hours")]] = NAN
    found = there(suggestions.hour(frame, nothing()))
    assert found.days == 20
    assert found.hours_a_day == pytest.approx(0.8, abs=0.05)


def use_and_energy(days, effect, seed):
    rng = np.random.default_rng(seed)
    index = pd.date_range("2026-06-01", periods=days)
    use = pd.Series(rng.uniform(0, 1, days), index=index)
    return use, 6 - effect * (use > use.median()) + pd.Series(rng.normal(0, 1, days), index=index)


def test_lower_energy_on_days_with_more_use_is_told_with_its_interval():
    found = there(suggestions.apart(*use_and_energy(90, 2.0, 3)))
    assert found.low < found.more - found.less < found.high < 0
    assert found.days_more + found.days_less == 90


def test_energy_without_a_difference_has_zero_in_most_intervals():
    found = [there(suggestions.apart(*use_and_energy(60, 0.0, seed))) for seed in range(40)]
    assert sum(one.low <= 0 <= one.high for one in found) >= 34  # 92 %, less two errors


def test_energy_is_left_out_below_28_days():
    use, energy = use_and_energy(40, 2.0, 3)
    energy.iloc[27:] = NAN
    assert suggestions.apart(use, energy) is None
    assert suggestions.apart(use * 0, use_and_energy(40, 2.0, 3)[1]) is None, (
        "no day has more than another"
    )


PEOPLE = ["name", "closeness", "depth", "energy", "days_overdue", "opportunities"]


def people(*rows):
    return pd.DataFrame(rows, columns=PEOPLE)


def test_the_deepest_who_is_overdue_comes_first():
    found = there(
        suggestions.somebody(
            people(
                ("A", NAN, 6, NAN, -3, 2),
                ("B", NAN, 5, NAN, 4, 0),
                ("C", NAN, 5, NAN, 2, 3),
                ("D", NAN, 2, NAN, 99, 9),
            )
        )
    )
    assert (found.name, found.days_overdue, found.opportunities) == ("C", 2, 3)


def test_how_close_somebody_is_the_person_says():
    deep_but_distant = people(("A", 2, 6.8, NAN, 40, 5), ("B", 6, 3.0, NAN, 3, 0))
    found = there(suggestions.somebody(deep_but_distant))
    assert (found.name, found.closeness) == ("B", 6)
    assert suggestions.somebody(deep_but_distant.iloc[:1]) is None


def test_of_people_who_are_all_distant_none_is_close():
    assert suggestions.somebody(people(("A", 2, NAN, NAN, 9, 0), ("B", 3, NAN, NAN, 9, 0))) is None
    assert suggestions.somebody(people(("A", NAN, 1.5, NAN, 9, 0))) is None


def test_nobody_whose_company_takes_energy_is_suggested():
    drains = people(("A", 7, NAN, -1.5, 30, 0), ("B", 6, NAN, 1.0, 3, 0))
    assert there(suggestions.somebody(drains)).name == "B"


def test_nobody_overdue_or_rated_is_nobody():
    rows = ("A", NAN, 6, NAN, -3, 2), ("B", NAN, 5, NAN, NAN, 0), ("C", NAN, NAN, NAN, 9, 1)
    assert suggestions.somebody(people(*rows)) is None
    assert suggestions.somebody(people()) is None


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(14, 80), st.floats(-2, 2), st.sampled_from([0.1, 0.6]))
def test_no_hour_is_named_that_goes_with_more_energy(seed, days, effect, missing):
    rng = np.random.default_rng(seed)
    frame = hours(days, broadcast={8: 0.5, 21: 0.5}, seed=seed)
    for hour in (9, 20):
        of_hour = frame["hour"] == hour
        frame.loc[of_hour, "message_hours"] = rng.uniform(0.1, 1, days)
    use = frame[frame["hour"] == 20].set_index("day")["message_hours"]
    energy = 5 + effect * (use - use.mean()) + pd.Series(rng.normal(0, 1, days), index=use.index)
    energy = energy.mask(rng.random(days) < missing)
    found = suggestions.hour(frame, energy)
    if found is None:
        return
    column = f"{found.channel}_hours"
    mine = frame[frame["hour"] == found.hour].set_index("day")[column]
    both = pd.DataFrame({"use": mine, "energy": energy}).dropna()
    more = both["use"] > both["use"].median()
    if min(more.sum(), (~more).sum()) >= suggestions.FEWEST_SEEN:
        assert both["energy"][more].mean() <= both["energy"][~more].mean()
        assert np.cov(both["use"], both["energy"])[0, 1] <= 0


def test_use_that_is_alike_on_most_days_is_set_against_the_days_without():
    frame = hours(60)
    there_ = np.arange(60) % 5 > 1  # on three days of five, as much each time
    frame.loc[frame["hour"] == 20, "message_hours"] = 0.5 * there_
    energy = pd.Series(5.0 + 2 * there_, index=frame["day"].unique())
    assert suggestions.hour(frame, energy) is None
    found = there(suggestions.hour(frame, 10 - energy))
    assert there(found.energy).days_more == 36


def test_messages_at_an_hour_with_more_energy_are_not_given_up_though_it_is_not_certain():
    frame = hours(30)
    rng = np.random.default_rng(5)
    of_hour = frame["hour"] == 20
    frame.loc[of_hour, "message_hours"] = rng.uniform(0.2, 1, 30)
    use = frame[of_hour].set_index("day")["message_hours"]
    energy = (5 + 0.8 * (use > use.median()) + rng.normal(0, 2, 30)).iloc[:20]
    assert suggestions.seen(use, energy) > 0
    assert suggestions.hour(frame, energy) is None


def test_a_channel_that_clearly_goes_with_more_energy_is_not_given_up_at_any_hour():
    frame = hours(90, broadcast={8: 0.5})
    rng = np.random.default_rng(6)
    frame.loc[frame["hour"] == 21, "broadcast_hours"] = 3 * rng.uniform(0, 1, 90)
    total = frame.groupby("day")["broadcast_hours"].sum()
    energy = 5 + total + pd.Series(rng.normal(0, 0.5, 90), index=total.index)
    frame.loc[frame["hour"] == 8, "broadcast_hours"] = 0.5  # the same every day: nothing to see
    assert suggestions.hour(frame, energy) is None
    assert there(suggestions.hour(frame, nothing(90))).channel == "broadcast"


def test_what_an_experiment_found_no_better_is_not_suggested_again():
    frame = hours(broadcast={8: 0.5, 21: 0.8})
    found = suggestions.hour(frame, nothing(), None, frozenset({("broadcast", 21)}))
    assert there(found).hour == 8
    both = frozenset({("broadcast", 21), ("broadcast", 8)})
    assert suggestions.hour(frame, nothing(), None, both) is None


def test_an_hour_of_the_night_is_set_beside_the_day_after():
    frame = hours(60)
    rng = np.random.default_rng(7)
    of_hour = frame["hour"] == 23
    frame.loc[of_hour, "broadcast_hours"] = rng.uniform(0.2, 1, 60)
    use = frame[of_hour].set_index("day")["broadcast_hours"]
    energy = 6 - 4 * use.shift(1).fillna(0.5) + pd.Series(rng.normal(0, 0.3, 60), index=use.index)
    found = there(suggestions.hour(frame, energy, {23: 1}))
    assert found.after
    assert there(found.energy).high < 0
    same = there(suggestions.apart(use, energy))
    assert same.low < 0 < same.high


def test_company_that_is_not_known_is_not_none():
    frame = hours(broadcast={21: 0.8}, in_person={21: 0.5})
    frame.loc[frame["day"] >= frame["day"].unique()[30], "in_person_hours"] = NAN
    found = there(suggestions.hour(frame, nothing()))
    assert (found.days_together, found.company_days, found.days) == (20, 30, 40)


def balances(weeks, low_on=None, seed=2):
    rng = np.random.default_rng(seed)
    index = pd.date_range("2026-01-05", periods=7 * weeks)
    share = pd.Series(rng.uniform(0.2, 0.4, len(index)), index=index)
    if low_on is not None:
        share[index.day_of_week == low_on] *= 0.2
    social = rng.uniform(4, 8, len(index))
    sides = {"in_person_hours": share * social, "online_hours": (1 - share) * social}
    return pd.DataFrame({"balance": share, **sides})


def lowest(days):
    return suggestions.weekday(days, balance.by_weekday(days), balance.balance(days).share)


def test_the_weekday_below_the_own_balance_is_found():
    found = there(lowest(balances(12, low_on=1)))
    assert (found.weekday, found.days) == (1, 12)
    assert found.low <= found.balance <= found.high < found.own
    days = balances(12, low_on=1)
    tuesdays = days[days.index.day_of_week == 1]
    assert found.balance == balance.balance(tuesdays).share
    assert found.own == balance.balance(days).share


def test_seven_weeks_are_too_few_for_a_weekday():
    assert lowest(balances(7, low_on=1)) is None


def test_weekdays_alike_suggest_none_nearly_always():
    found = [lowest(balances(16, seed=seed)) for seed in range(60)]
    assert sum(one is not None for one in found) <= 6  # .05 of 60, and three errors more


def test_days_of_which_nothing_is_known_suggest_no_weekday():
    assert lowest(balances(20) * NAN) is None
