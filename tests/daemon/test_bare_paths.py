"""What sites put into paths, and what stays of it."""

import contextlib
import random
import sqlite3
import string

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from disconnect.cli.main import commands
from disconnect.daemon.bare_paths import CUT, bare, without_secrets
from disconnect.store.opening import connect

SECRETS = [
    ("/shop;jsessionid=ABC123/cart", "/shop/cart"),
    ("/shop/;JSESSIONID=0A1B.node1", "/shop/"),
    ("/shop%3Bjsessionid%3DABC123/cart", "/shop/cart"),
    ("/a;v=1;sid=77/b;x", "/a/b"),
    ("/login%3Ftoken%3Dabc", "/login"),
    ("/login%3ftoken=abc", "/login"),
    ("/login%253Ftoken%253Dabc/more", "/login"),
    ("/app%23access_token=abc", "/app"),
    ("/page?token=abc", "/page"),
    ("/page%3Fabc", "/page"),
    ("/page%2523abc", "/page"),
    ("/page%3Babc/more", "/page/more"),
    ("/to/https://ana:pw@example.org/x", "/to/https://example.org/x"),
    ("/to/https%3A%2F%2Fana%3Apw%40example.org/x", "/to/https%3A//example.org/x"),
    ("/page#token", "/page"),
    ("/page&token=abc&x=1", "/page"),
    ("/(S(lit3py55t21z5v55vlm25s55))/orders.aspx", f"/{CUT}/orders.aspx"),
    ("/cb/access_token=abc/done", f"/cb/access_token={CUT}/done"),
    ("/cb/sid%3Dabc", f"/cb/sid={CUT}"),
    ("/reset-password/k3jd82h1", f"/reset-password/{CUT}"),
    ("/verify/482913", f"/verify/{CUT}"),
    ("/session/a8F3kd0s", f"/session/{CUT}"),
    ("/magic/xKfPqLmZ", f"/magic/{CUT}"),
    ("/d/1aBcD3fGh1jKlMn0pQrStUvWxYz012345/edit", f"/d/{CUT}/edit"),
    ("/x/3f2504e0-4f89-11d3-9a0c-0305e82c3301/y", f"/x/{CUT}/y"),
    ("/x/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", f"/x/{CUT}"),
    ("/x/9f86d081884c7d659a2feaa0c55ad015", f"/x/{CUT}"),
    ("/My-Page-9f86d081884c7d659a2feaa0c55ad015", f"/My-Page-{CUT}"),
    ("/t/aB3-dE5_fG7h-J9kL1mN3-pQ5r", f"/t/{CUT}"),
]


@pytest.mark.parametrize(("path", "left"), SECRETS)
def test_a_secret_in_a_path_is_cut(path, left):
    assert bare(path) == left


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/wiki/Who%3F",
        "/wiki/C%23",
        "/wiki/Rechtsschutzversicherungsgesellschaften",
        "/2026/11/24/how-the-2-new-things-changed-the-world-forever",
        "/owner/some-repository/pull/1234/files",
        "/client/T024BE7LD/C024BE91L",
        "/channels/123456789012345678/876543210987654321",
        "/messages/t/100012345678901",
        "/iphone15promax256gb-review",
        "/docs/QAbstractItemModel.html",
        "/docs/getElementsByTagName",
        "/login/start",
        "/auth/two-factor",
        "/sessions/2026-opening-keynote",
        "/reset-password",
        "/tags/python=3",
        "/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E3%83%9A%E3%83%BC%E3%82%B8",
        "/straße/ü",
    ],
)
def test_what_is_no_secret_stays(path):
    assert bare(path) == path


@pytest.mark.parametrize(
    "alphabet", ["0123456789abcdef", string.ascii_letters + string.digits + "-_"]
)
@pytest.mark.parametrize("length", [32, 43, 64])
def test_tokens_drawn_by_lot_are_nearly_all_cut(alphabet, length):
    dice = random.Random(7)  # noqa: S311 - the same tokens each time
    tokens = ["".join(dice.choices(alphabet, k=length)) for _ in range(300)]
    left = [token for token in tokens if token in bare(f"/x/{token}/y")]
    assert len(left) <= 6, left


@given(st.text(st.sampled_from("/;?#%&=.-_3FfBb2aA1…"), max_size=60))
def test_a_bare_path_is_bare(path):
    once = bare(path)
    assert bare(once) == once
    assert not {*"?#;"} & {*once}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("example.org/a?token=abc", "example.org/a"),
        (
            "https://ana:pass@example.org/a;jsessionid=1 - Firefox",
            "https://example.org/a - Firefox",
        ),
        ("See www.example.org/reset/k3jd82h1 now", f"See www.example.org/reset/{CUT} now"),
        ("What is C#? – 1/2; ok", "What is C#? – 1/2; ok"),
        ("AC/DC; the best", "AC/DC; the best"),
        ("ana@example.org/inbox", "ana@example.org/inbox"),
    ],
)
def test_addresses_in_titles_are_bare(title, left):
    assert without_secrets(title) == left


def test_neither_a_table_nor_a_history_brings_a_secret_into_the_home(tmp_path):
    home = tmp_path / "home"
    table = tmp_path / "life.csv"
    table.write_text(
        "start,end,app,title,site,page\n2026-10-05T10:00Z,2026-10-05T11:00Z,chrome,"
        "shop.example/x?k=S3CRET,https://shop.example/a%3Ftoken%3DS3CRET,\n"
        "2026-10-05T12:00Z,2026-10-05T13:00Z,chrome,,shop.example,/b;jsessionid=S3CRET/c\n",
        "utf-8",
    )
    history = tmp_path / "History"
    with contextlib.closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("CREATE TABLE urls (id INTEGER PRIMARY KEY, url, title)")
        connection.execute(
            "CREATE TABLE visits (id INTEGER PRIMARY KEY, url, visit_time, transition)"
        )
        connection.execute(
            "INSERT INTO urls VALUES (1, 'https://shop.example/d/(S(S3CRET))/e', 'A shop')"
        )
        connection.execute("INSERT INTO visits VALUES (1, 1, 13435804800000000, 805306368)")
    for words in (("csv", str(table)), ("browsers", str(history))):
        done = CliRunner().invoke(commands, ["--home", str(home), "import", *words])
        assert done.exit_code == 0, done.stderr
    with contextlib.closing(connect(home / "disconnect.sqlite")) as connection:
        pages = connection.execute("SELECT page FROM activities ORDER BY page").fetchall()
    assert pages == [("/a",), ("/b/c",), (f"/d/{CUT}/e",)]
    assert b"S3CRET" not in b"".join(file.read_bytes() for file in home.iterdir())


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("localhost:8080/x?token=S", "localhost:8080/x"),
        ("curl 127.0.0.1:8000/x?token=S -v", "curl 127.0.0.1:8000/x -v"),
        ("[::1]:80/x?t=S", "[::1]:80/x"),
        ("wiki/Page?t=S – vim", "wiki/Page – vim"),
        ("пример.рф/x?t=S", "пример.рф/x"),
        ("example.com?token=S", "example.com"),
        ("about:reader?url=https%3A%2F%2Fx%3Ft%3DS", "about:reader"),
    ],
)
def test_an_address_in_a_title_is_bare_whatever_its_host(title, left):
    assert without_secrets(title) == left


@pytest.mark.parametrize(
    "title",
    ["Is it him/her? - Forum", "TCP/IP #1", "50% off; new", "C#/F# = fun", "E = mc² / 2", "a=b?"],
)
def test_a_title_that_holds_no_address_stays_as_it_is(title):
    assert without_secrets(title) == title
