import pytest
from hypothesis import given
from hypothesis import strategies as st

from disconnect.sorting.names import Names
from disconnect.sorting.sorter import Sorter
from disconnect.sorting.titles import cut

SORTER = Sorter.load(None)
WORDS = st.text("abcdefgh 0123", min_size=1, max_size=20).map(str.strip).filter(bool)
BROWSERS = st.sampled_from(["Chromium", "Google Chrome", "Mozilla Firefox", "Brave", "Opera"])
DASHES = st.sampled_from(["-", "–", "—", "|", "·", "•"])


def category(title: str) -> str:
    return SORTER.categories[SORTER.sort("chromium", title, None, None)]


@given(st.text())
def test_no_title_is_too_strange(title):
    assert 0 <= SORTER.sort("chromium", title, None, None) < len(SORTER.categories)


@given(st.integers(1, 9999), WORDS, DASHES, DASHES, BROWSERS)
def test_counter_separator_and_browser_change_nothing(count, words, dash, other, browser):
    title = f"({count}) page {words} {dash} Gmail {other} {browser}"
    assert category(title) == "communication/email"


@given(
    st.sampled_from(["Signal", "Slack", "Discord", "Gmail", "WhatsApp", "Zoom"]), WORDS, BROWSERS
)
def test_a_name_as_a_word_of_a_title_is_no_message(name, words, browser):
    assert category(f"{name} page {words} - {browser}") == "browsing"
    assert category(f"page {words} {name} - Wikipedia - {browser}") == "learning"


@pytest.mark.parametrize(
    ("title", "segments"),
    [
        ("(3) Feed | LinkedIn", ["Feed", "|", "LinkedIn"]),
        ("[12] Inbox (2) - Gmail", ["Inbox", "-", "Gmail"]),
        ("• (99+) Discord", ["Discord"]),
        ("well-known (2024 film) – A", ["well-known (2024 film)", "–", "A"]),
        ("(7)", ["(7)"]),
        ("", [""]),
    ],
)
def test_a_title_is_cut_into_segments_without_counters(title, segments):
    assert cut(title) == segments


def test_patterns_are_written_as_titles_are():
    names: Names[str] = Names()
    for pattern in ["Site", "Chat | Site", "First | *", "* / Y", "First | Call* | *", "r/*"]:
        names.add(pattern, pattern)
    assert names.find(cut("a page - site")) == "Site"
    assert names.find(cut("Chat - Ana - Site")) == "Chat | Site"
    assert names.find(cut("First | page | blog")) == "First | *"
    assert names.find(cut("First - page - blog")) is None
    assert names.find(cut("First | Call with Ana")) == "First | Call* | *"
    assert names.find(cut("First | Caller")) == "First | *"
    assert names.find(cut("Home / Y")) == "* / Y"
    assert names.find(cut("Generation - Y")) is None
    assert names.find(cut("A post : r/python")) == "r/*"
    assert names.find(cut("Site - something")) is None


@pytest.mark.parametrize("pattern", ["a | b | c", "*", "* | *", "F* | *"])
def test_a_pattern_that_cannot_be_told_is_refused(pattern):
    with pytest.raises(ValueError, match="at most one part beside the site's name"):
        Names[int]().add(pattern, 1)


EDGE = "Microsoft\u200b Edge"
WINDOWS = [
    "Inbox – Gmail — Mozilla Firefox",
    "Inbox – Gmail — Work — Mozilla Firefox",
    "Inbox – Gmail — Mozilla Firefox Privater Modus",
    "Inbox – Gmail — Приватный просмотр Mozilla Firefox",
    "Inbox – Gmail — גלישה פרטית של Mozilla Firefox",
    "Inbox – Gmail — Mozilla Firefox プライベートブラウジング",
    "Inbox – Gmail - Google Chrome - Ana",
    "Inbox – Gmail - Google Chrome (Incógnito)",
    "Inbox – Gmail - Brave (Privé)",
    "\u200f\u202aInbox – Gmail - Chromium\u202c\u200f",
    "(3) Inbox – Gmail – Chromium",
    "Inbox – Gmail — Work — Zen Browser",
    f"Inbox – Gmail - Personal - {EDGE}",
    f"Inbox – Gmail and 2 more pages - Profile 1 - {EDGE}",
    f"Inbox – Gmail und 12 weitere Seiten – Profil 1 – {EDGE}",
    f"Inbox – Gmail et 2 pages de plus - Personnel - {EDGE}",
    f"Inbox – Gmail y 2 páginas más - Personal: {EDGE}",
    f"Inbox – Gmail および他 2 ページ - 個人 - {EDGE}",
    f"Inbox – Gmail和另外 2 个页面 - 用户配置 1 - {EDGE}",
    f"Inbox – Gmail 외 페이지 2개 - 프로필 1 - {EDGE}",
    f"Inbox – Gmail и еще 2 страницы — Профиль 1 — {EDGE}",
    f"Inbox – Gmail ve 2 sayfa daha - Kişisel - {EDGE}",
    f"Inbox – Gmail - [InPrivate] - {EDGE}",
    "Inbox – Gmail - Vivaldi",
    "Inbox – Gmail - Opera",
    "Inbox – Gmail — LibreWolf",
]


@pytest.mark.parametrize("window", WINDOWS)
def test_a_page_is_found_before_whatever_its_browser_writes(window):
    assert category(window) == "communication/email"
    assert "Inbox – Gmail" in SORTER.page_titles(window)


@pytest.mark.parametrize(
    "window",
    [
        f"Signal 5 released - Personal - {EDGE}",
        "Download the new Mozilla Firefox - Wikipedia - Chromium",
        "Slack tide and 3 more things — Mozilla Firefox",
        f"Tides — Signal and 4 more facts - Wikipedia - Personal - {EDGE}",
    ],
)
def test_a_page_with_a_number_is_not_cut_into_another(window):
    assert category(window) in {"browsing", "learning"}


@pytest.mark.parametrize(
    "window",
    ["Mozilla Firefox", "Mozilla Firefox Privater Modus", "Приватный просмотр Mozilla Firefox"],
)
def test_a_window_without_a_page_shows_none(window):
    assert SORTER.page_titles(window) == []
