import dataclasses

import pytest

from disconnect import settings
from disconnect.errors import DisconnectError
from disconnect.settings import Settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.toml"


def test_no_file_means_all_defaults(file):
    assert settings.load(file) == Settings()


def test_what_is_set_is_taken_and_the_rest_stays(file):
    file.write_text('day_starts = "04:00"\n[collect]\nidle_after = 60\ndrop = ["secret"]\n')
    loaded = settings.load(file)
    assert loaded.day_starts_hour == 4
    assert loaded.collect.idle_after == 60.0
    assert loaded.collect.drop == ("secret",)
    assert loaded.collect.titles is True


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('dai_starts = "04:00"', 1, "dai_starts: no such setting; did you mean day_starts?"),
        ("\n[collect]\nidle_aftr = 3", 3, "collect.idle_aftr: no such setting; did you mean idle_after?"),
        ('[collect]\nidle_after = "long"', 2, "collect.idle_after: must be a number, not 'long'"),
        ("[collect]\nidle_after = -1", 2, "collect.idle_after: must not be negative, not -1.0"),
        ("[collect]\nsample_every = 60", 2, "collect.sample_every: must lie between 1 and 5 seconds, not 60"),
        ('day_starts = "25:00"', 1, "day_starts: must be a full hour such as 04:00, not '25:00'"),
        ('quiet_hours = "22:00"', 1, "quiet_hours: must be two times such as 22:00-06:00, not '22:00'"),
        ('\nquiet_hours = "22:00-6:00"', 2, "quiet_hours: must be two times such as 22:00-06:00"),
        ('quiet_hours = "22:00-24:00"', 1, "quiet_hours: must be two times such as 22:00-06:00"),
        ("quiet_hours = 22", 1, "quiet_hours: must be a text, not 22"),
        ('[report]\nwhen = "monday"', 2, "report.when: must be a weekday and a time such as 'mon 08:00', not 'monday'"),
        ('[checkin]\nnotify_at = "8pm"', 2, "checkin.notify_at: must be a time such as 20:30, not '8pm'"),
        ('[checkin]\nwork = "no"', 2, "checkin.work: must be true or false, not 'no'"),
        ('[collect]\ndrop = ["("]', 2, "collect.drop: '(' is no regular expression"),
        ('[collect]\ntitles_without_history = ["Web "]', 2, "collect.titles_without_history: must be names of browsers in lower case, such as qutebrowser, not 'Web '"),
        ("[collect]\ntitles_without_history = true", 2, "collect.titles_without_history: must be a list of texts"),
        ("[retention]\ntitles_days = 1.5", 2, "retention.titles_days: must be a whole number, not 1.5"),
        ("[person]\nbirth_year = 85", 2, "person.birth_year: must be a year such as 1985, or 0, not 85"),
        ('[person]\nage_band = "30"', 2, "person.age_band: must be one of 15-19, 20-24, 25-34"),
        ('[person]\nsex = "x"', 2, "person.sex: must be female or male, or empty, not 'x'"),
        ("[collect]\nidle_after = nan", 2, "collect.idle_after: must be a number, not nan"),
        ("[collect]\nbrowsers_every = inf", 2, "collect.browsers_every: must be 604800 at most"),
        ("[load]\nhalf_life = inf", 2, "load.half_life: must be 1e+06 at most"),
        ("[load.online_hours]\nlow = nan", 2, "load.online_hours.low: must be a number, not nan"),
        ("[retention]\nactivities_days = 99999999999", 2, "retention.activities_days: must be 36500 at most"),
        ('[report]\nperiod = "some day"', 2, "report.period: must be a period such as last-week"),
        ('[report]\nfolder = "~nobody-at-all/x"', 2, "report.folder: must be a folder such as ~/reports"),
        ("collect = 3", 1, "collect: a section, written [collect]"),
        ("[colect]\ntitles = true", 1, "colect: no such setting; did you mean collect?"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_key(file, text, line, why):
    file.write_text(text)
    with pytest.raises(DisconnectError) as caught:
        settings.load(file)
    assert str(caught.value).startswith(f"{file}, line {line}: {why}")
    assert "\n" not in str(caught.value)


def test_a_bound_may_lie_between_whole_numbers(file):
    file.write_text("[load.online_hours]\nlow = 2.5\nhigh = 10\n")
    assert settings.load(file).load.online_hours == settings.Ramp(20, 2.5, 10)


def test_the_mark_that_some_editors_begin_a_file_with_is_no_mistake(file):
    file.write_bytes(b'\xef\xbb\xbfday_starts = "04:00"\n')
    assert settings.load(file).day_starts_hour == 4


def test_quiet_hours_are_minutes_of_the_day(file):
    file.write_text('quiet_hours = "23:30-07:00"\n')
    assert settings.load(file).quiet_minutes == (23 * 60 + 30, 7 * 60)
    assert Settings().quiet_minutes == (22 * 60, 6 * 60)


def test_no_toml_is_said_with_its_place(file):
    file.write_text("day_starts = \n")
    with pytest.raises(DisconnectError, match=r"not valid TOML.*line 1"):
        settings.load(file)


def test_a_file_of_another_encoding_is_one_line_and_no_traceback(file):
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DisconnectError, match="cannot read the settings"):
        settings.load(file)


def test_every_default_passes_its_own_check(file):
    lines = []
    for section in ("", "person", "collect", "report", "retention"):
        holder = getattr(Settings(), section) if section else Settings()
        lines += [f"[{section}]"] if section else []
        for field in dataclasses.fields(holder):
            value = getattr(holder, field.name)
            if not dataclasses.is_dataclass(value):
                text = str(value).lower() if isinstance(value, bool) else value
                text = list(value) if isinstance(value, tuple) else text
                lines.append(
                    f"{field.name} = {text if not isinstance(value, str) else repr(value)}"
                )
    file.write_text("\n".join(lines))
    assert settings.load(file) == Settings()
