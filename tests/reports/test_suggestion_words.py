from reports.sentences import suggestions


def test_an_hour_is_told_in_numbers():
    assert suggestions.hour(23, "broadcast", 0.6, 42, 3) == (
        "Of your hours, 23:00–00:00 is among those with the most feeds: 36 min a day on average"
        " over 42 days. Somebody was with you in that hour on three days of them."
    )
    assert "on none of them." in suggestions.hour(23, "broadcast", 0.6, 42, 0)


def test_energy_that_does_not_differ_is_not_said_to():
    said = suggestions.energy((5.0, 20), (5.4, 22), -1.1, 0.3)
    assert said.endswith("(difference −1.1 to +0.3: no clear difference).")


def test_energy_that_differs_is_not_said_to_be_caused():
    said = suggestions.energy((4.0, 20), (5.4, 22), -2.1, -0.3)
    assert "no clear difference" not in said
    assert said.endswith("which of the two leads to the other, only trying tells.")


def test_opportunities_are_named_only_where_some_came():
    assert suggestions.somebody("Ana", 5.5, 12, 2) == (
        "Ana is among those you are closest to (depth 5.5 of 7), and your last meeting is twelve"
        " days longer ago than your usual pause. Two opportunities came of it."
    )
    assert "opportunit" not in suggestions.somebody("Ana", 5.5, 1, 0)


def test_a_weekday_is_set_beside_all_days():
    assert suggestions.weekday(1, 0.05, (0.02, 0.09), 12, 0.2) == (
        "On Tuesdays 5 % of your social time was in person in the median of 12 (interval 2 % to"
        " 9 %); on all your days it was 20 %."
    )
