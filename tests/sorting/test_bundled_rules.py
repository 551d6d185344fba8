"""The bundled rules are data; these tests count and check them."""

import re
import tomllib
from collections import Counter

import pytest
from publicsuffixlist import PublicSuffixList

from disconnect.sorting.books import ALONE, app_name, host_and_path, words
from disconnect.sorting.explaining import BUNDLED
from disconnect.sorting.sorter import Sorter

SUFFIXES = PublicSuffixList(accept_unknown=False)
RULES = [
    rule
    for path in sorted(BUNDLED.glob("*.toml"))
    for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
]


def written(key: str, separator: str) -> list[str]:
    return [word for rule in RULES for word in words(rule.get(key, ""), separator)]


SITES = written("sites", r"[\s,]+")
APPS = written("apps", r"[,\n]")


def test_there_are_many_sites_and_apps():
    hosts = {host_and_path(site.removeprefix(ALONE))[0] for site in SITES if site != "localhost"}
    assert len({SUFFIXES.privatesuffix(host) for host in hosts}) >= 600
    assert len(set(APPS)) >= 250


@pytest.mark.parametrize(
    ("key", "separator"),
    [
        ("sites", r"[\s,]+"),
        ("apps", r"[,\n]"),
        ("titles", r"\n"),
        ("labels", r"[\s,]+"),
        ("desktop", r"[\s,]+"),
    ],
)
def test_nothing_is_said_twice(key, separator):
    counts = Counter(word.lower() for word in written(key, separator))
    assert [word for word, times in counts.items() if times > 1] == []


def test_every_site_lies_on_a_registrable_domain():
    hosts = {host_and_path(site.removeprefix(ALONE))[0] for site in SITES} - {"localhost"}
    assert sorted(host for host in hosts if SUFFIXES.privatesuffix(host) is None) == []


def test_sites_are_written_as_facts_have_them():
    assert [site for site in SITES if site.startswith("www.") or "://" in site] == []
    assert [
        site for site in SITES if site.partition("/")[0] != site.partition("/")[0].lower()
    ] == []


def test_apps_are_written_as_they_are_compared():
    assert [app for app in APPS if app != app_name(app)] == []


def test_no_app_is_also_a_browser():
    browsers = tomllib.loads((BUNDLED / "browsers.toml").read_text(encoding="utf-8"))["browsers"]
    names = [app for table in browsers.values() for app in words(table["apps"], r"[,\n]")]
    assert sorted(set(names) & set(APPS)) == []
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_category_has_exactly_one_channel():
    channels: dict[str, set[str]] = {}
    for rule in RULES:
        channels.setdefault(rule["category"], set()).add(rule["channel"])
    assert all(len(found) == 1 for found in channels.values())


def test_the_quick_way_to_a_domain_agrees_with_the_public_suffix_list():
    sorter = Sorter.load(None)
    everything = PublicSuffixList()
    for site in SITES:
        host = host_and_path(site.removeprefix(ALONE))[0]
        expected = everything.privatesuffix(host) or host
        assert sorter.domain(host) == expected
        assert sorter.domain(f"deep.inside.{host}") == (
            everything.privatesuffix(f"deep.inside.{host}") or host
        )


def test_every_rule_can_be_found_again_in_its_file():
    sorter = Sorter.load(None)
    assert [
        e for e in list(sorter.entries())[::37] if not re.search(r":\d+$", sorter.place(e))
    ] == []
