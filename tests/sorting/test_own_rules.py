import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disconnect.errors import DisconnectError, UsageProblemError
from disconnect.sorting import own_rules
from disconnect.sorting.sorter import Sorter


@pytest.fixture
def rules(tmp_path):
    return tmp_path / "rules.toml"


def where(
    sorter: Sorter,
    app: str = "chromium",
    title: str | None = None,
    site: str | None = None,
    page: str | None = None,
) -> str:
    return sorter.categories[sorter.sort(app, title, site, page)]


def test_own_rules_come_before_the_bundled_ones(rules):
    rules.write_text(
        """
[[rule]]
category = "work/coding"
sites = "reddit.com/r/python, intranet.example"
apps = "slack"
title_regex = ["Stand-?up"]
""",
        encoding="utf-8",
    )
    sorter = Sorter.load(rules)
    assert where(sorter, site="reddit.com", page="/r/python/new") == "work/coding"
    assert where(sorter, site="reddit.com", page="/r/knitting") == "communication/forums"
    assert where(sorter, site="wiki.intranet.example") == "work/coding"
    assert where(sorter, app="Slack.exe") == "work/coding"
    assert where(sorter, app="zoom", title="Daily Standup") == "work/coding"


def test_a_category_of_ones_own_has_its_own_channel_and_passes_it_on(rules):
    rules.write_text(
        """
[[rule]]
category = "village/board"
channel = "broadcast"
sites = "village.example"
[[rule]]
category = "village/board/choir"
sites = "village.example/choir"
""",
        encoding="utf-8",
    )
    sorter = Sorter.load(rules)
    found = sorter.explain("chromium", None, "village.example", "/choir/songs")
    assert (found.category, found.channel) == ("village/board/choir", "broadcast")
    assert found.source == f"{rules}:8"
    assert found.why == "the page lies on village.example/choir"


def test_uncategorised_is_first_and_bundled_categories_keep_their_places(rules):
    plain = Sorter.load(None)
    rules.write_text('[[rule]]\ncategory = "a"\nchannel = "other"\napps = "b"\n', encoding="utf-8")
    own = Sorter.load(rules)
    assert plain.categories[0] == "uncategorised"
    assert own.categories == (*plain.categories, "a")
    assert len(own.channels) == len(own.categories)


def test_the_fingerprint_changes_with_the_rules_and_only_with_them(rules):
    assert Sorter.load(rules).fingerprint == Sorter.load(None).fingerprint
    own_rules.add(rules, ("apps", "mytool"), "work/coding")
    changed = Sorter.load(rules).fingerprint
    assert changed != Sorter.load(None).fingerprint
    assert changed == Sorter.load(rules).fingerprint


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        (
            '[[rule]]\ncategory = "news"\nsite = "a.org"',
            3,
            "site: no such key; did you mean sites?",
        ),
        (
            'x = 1\n[[rule]]\ncategory = "news"',
            1,
            "x: no such key; rules are written under [[rule]]",
        ),
        (
            '[rule]\ncategory = "news"',
            1,
            "rule: rules are written under [[rule]], with two brackets",
        ),
        ("[[rule]]\napps = 'a'", 1, "category: is missing"),
        (
            '[[rule]]\ncategory = "a//b"',
            2,
            "category: a path such as communication/forums, not 'a//b'",
        ),
        (
            '[[rule]]\ncategory = "news"\n\n[[rule]]\n# mine\ncategory = "newz"',
            6,
            (
                "category: no such category: newz; did you mean news? a new one needs a channel: "
                "in_person, call, message, email, broadcast, other"
            ),
        ),
        (
            '[[rule]]\ncategory = "news"\nchannel = "email"',
            3,
            "channel: news has the channel other already; choose another name",
        ),
        (
            '[[rule]]\ncategory = "mine"\nchannel = "radio"',
            3,
            "channel: one of in_person, call, message, email, broadcast, other, not 'radio'",
        ),
        ('[[rule]]\ncategory = "news"\napps = 3', 3, "apps: must be a text, not 3"),
        (
            '[[rule]]\ncategory = "news"\nsites = "https://a.org"',
            3,
            "sites: 'https://a.org': write host and path alone, such as example.org/forum",
        ),
        (
            '[[rule]]\ncategory = "news"\ntitle_regex = "("',
            3,
            (
                "title_regex: '(' is no regular expression: "
                "missing ), unterminated subpattern at position 0"
            ),
        ),
    ],
)
def test_a_wrong_rule_is_told_with_file_line_and_key(rules, text, line, complaint):
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(DisconnectError) as raised:
        Sorter.load(rules)
    assert str(raised.value) == f"{rules}, line {line}: {complaint}"


def test_what_is_no_toml_is_one_clear_line(rules):
    rules.write_text("[[rule]\n", encoding="utf-8")
    with pytest.raises(DisconnectError, match=r"rules\.toml: not valid TOML: .*line 1"):
        Sorter.load(rules)


def test_adding_a_rule_keeps_comments_and_the_newest_rule_wins(rules):
    rules.write_text('# what I do at night\n[[rule]]\ncategory = "news"\nsites = "a.org"\n')
    own_rules.add(rules, ("sites", "a.org"), "games")
    text = rules.read_text(encoding="utf-8")
    assert text.startswith("# what I do at night\n")
    assert text.endswith('\n\n[[rule]]\ncategory = "games"\nsites = ["a.org"]\n')
    assert where(Sorter.load(rules), site="a.org") == "games"
    assert rules.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in rules.parent.iterdir()] == ["rules.toml"]


def test_a_rule_that_would_be_wrong_leaves_the_file_alone(rules):
    own_rules.add(rules, ("apps", "mytool"), "work/coding")
    before = rules.read_text(encoding="utf-8")
    with pytest.raises(
        UsageProblemError, match="no such category: work/codign/inner; did you mean"
    ):
        own_rules.add(rules, ("apps", "other"), "work/codign/inner")
    with pytest.raises(UsageProblemError, match="is no regular expression"):
        own_rules.add(rules, ("title_regex", "("), "news")
    assert rules.read_text(encoding="utf-8") == before


@settings(max_examples=25, deadline=None)  # each example reads every rule file
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_any_app_can_be_given_a_category(tmp_path_factory, app):
    path = tmp_path_factory.mktemp("own") / "rules.toml"
    if not app.strip():
        return
    own_rules.add(path, ("apps", app), "games")
    sorter = Sorter.load(path)
    assert sorter.categories[sorter.sort(app, None, None, None)] == "games"


@pytest.mark.parametrize(
    ("pattern", "kind"),
    {
        "myforum.org": ("sites", "myforum.org"),
        "https://www.Example.org/Forum/?a=1#b": ("sites", "example.org/Forum"),
        "http://localhost:8000/x": ("sites", "localhost/x"),
        "192.168.0.1": ("sites", "192.168.0.1"),
        "/stand-?up/": ("title_regex", "stand-?up"),
        "org.gnome.Evolution": ("apps", "org.gnome.Evolution"),
        "visual studio code": ("apps", "visual studio code"),
    }.items(),
)
def test_a_pattern_is_told_by_its_looks(pattern, kind):
    assert own_rules.kind_of(pattern) == kind


def test_the_mark_that_some_editors_begin_a_file_with_is_no_mistake(rules):
    rules.write_bytes(b'\xef\xbb\xbf[[rule]]\ncategory = "work/coding"\napps = "slack"\n')
    assert where(Sorter.load(rules), app="slack") == "work/coding"
    own_rules.add(rules, ("apps", "mytool"), "work/coding")
    assert where(Sorter.load(rules), app="mytool") == "work/coding"
