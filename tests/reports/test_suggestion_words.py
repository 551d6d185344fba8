import datetime as dt

import pytest

from reports.sentences import suggestions


def test_an_hour_is_told_in_numbers():
    assert suggestions.hour(23, "broadcast", 0.6, 42, (3, 42)) == (
        "23:00–00:00 is among your hours with the most feeds: 36 min a day over 42 days. You were"
        " with people in that hour on three days."
    )
    assert suggestions.hour(23, "broadcast", 0.6, 42, (0, 42)).endswith("in that hour on none.")


def test_company_is_told_of_the_days_on_which_it_is_known():
    some = suggestions.hour(23, "broadcast", 0.6, 42, (3, 20))
    assert some.endswith("on three days of the 20 days you logged company on.")
    assert "with people" not in suggestions.hour(23, "broadcast", 0.6, 42, (0, 0))


def test_energy_that_does_not_differ_is_not_said_to():
    said = suggestions.energy((5.0, 20), (5.4, 22), -1.1, 0.3)
    assert said.endswith("(difference −1.1 to +0.3: no clear difference).")
    assert "5.0 on the 20 days with more of it, and as much with less" in suggestions.energy(
        (5.01, 20), (5.04, 22), -1.1, 0.3
    )


def test_energy_that_differs_is_not_said_to_be_caused():
    said = suggestions.energy((4.0, 20), (5.4, 22), -2.1, -0.3)
    assert "no clear difference" not in said
    assert said.endswith("which of the two leads to the other, only trying tells.")


def test_the_night_is_told_with_the_day_after():
    assert "on the day after the 20 days" in suggestions.energy(
        (4.0, 20), (5.4, 22), -2.1, -0.3, after=True
    )


def test_why_energy_is_left_out_is_the_count_that_falls_short():
    assert "12 of the 28 days it takes" in suggestions.no_energy(12, 28)
    assert "28" not in suggestions.no_energy(120, 28)


def test_how_close_somebody_is_is_told_by_who_said_so():
    assert suggestions.somebody("Ana", (6, 2.0), 12, None) == (
        "You put Ana at 6 of 7 for closeness, and your last meeting is twelve days longer ago than"
        " usual."
    )
    deep = suggestions.somebody("Ana", (None, 5.5), 1, None)
    assert deep.startswith("You rate your meetings with Ana among your deepest (5.5 of 7)")
    assert "one day longer" in deep
    late = suggestions.somebody("Ana", (6, None), 2, dt.date(2026, 3, 4))
    assert "as of your last entry, 4 March 2026, your last meeting is two days longer ago" in late


def test_opportunities_are_named_only_where_some_came():
    assert suggestions.brought(2) == " Two opportunities came of it."
    assert suggestions.brought(0) == ""


def test_a_weekday_is_set_beside_all_days():
    assert suggestions.weekday(1, 0.05, (0.02, 0.09), 12, 0.2) == (
        "On Tuesdays, 5 % of your social time is in person (12 such days; 2 % to 9 %); over all"
        " your days it is 20 %."
    )
    assert "(12 such days);" in suggestions.weekday(1, 0.0, (0.0, 0.004), 12, 0.2)
    assert suggestions.alike(0.201, 0.203)


@pytest.mark.parametrize(
    ("recorded", "weeks", "there", "absent"),
    [
        ((9, 14), (9, 5, 56), ["14 recorded days, and 9", "56 days", "and 5"], ["no hour"]),
        ((120, 14), (120, 100, 56), ["no hour stands out", "no weekday"], ["takes"]),
        ((120, 14), (120, 40, 56), ["no hour stands out", "and 40 are there"], ["120"]),
    ],
)
def test_why_there_is_nothing_names_what_falls_short_alone(recorded, weeks, there, absent):
    said = suggestions.nothing(recorded, weeks)
    assert all(words in said for words in there)
    assert not any(words in said for words in absent)
    assert "one at a time" in suggestions.nothing(recorded, weeks, running=dt.date(2026, 5, 1))
