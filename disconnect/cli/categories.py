"""How time is sorted: the categories, what a rule says, a person's own rules."""

import click

from disconnect.cli.house import House
from disconnect.cli.options import format_option, period_options
from disconnect.errors import NothingThereError
from disconnect.periods import Period
from disconnect.sorting import own_rules
from disconnect.sorting.sorter import Sorter

_KINDS: dict[str, own_rules.Kind] = {"app": "apps", "site": "sites", "title": "title_regex"}


@click.group(
    epilog="""Examples:

\b
  disconnect categories list
  disconnect categories test https://www.linkedin.com/messaging/
  disconnect categories set myforum.org communication/forums
  disconnect categories unknown --last 30d
"""
)
def categories() -> None:
    """How time is sorted, and why."""


@categories.command(
    "list",
    epilog="""Examples:

\b
  disconnect categories list
  disconnect categories list communication/calls --format json
""",
)
@click.argument("category", required=False)
@format_option
@click.pass_obj
def list_(house: House, category: str | None, form: str) -> None:
    """Every category with its channel, or the rules of one CATEGORY."""
    from disconnect.cli.output import records

    sorter = Sorter.load(house.home.rules)
    if category is None:
        counts = {name: {"apps": 0, "sites": 0, "titles": 0} for name in sorter.categories}
        for entry in sorter.entries():
            found = counts[sorter.categories[entry.category]]
            if entry.kind in found:
                found[entry.kind] += 1
        rows = [
            {"category": name, "channel": str(channel), **counts[name]}
            for name, channel in zip(sorter.categories, sorter.channels, strict=True)
        ]
        records(rows, ["category", "channel", "apps", "sites", "titles"], form)
        return
    rules = [
        {"kind": entry.kind, "rule": entry.rule, "source": sorter.place(entry)}
        for entry in sorter.entries()
        if sorter.categories[entry.category] == category
    ]
    if not rules:
        raise NothingThereError(
            f"no rules for {category!r}; see disconnect categories list for every category"
        )
    records(rules, ["kind", "rule", "source"], form)


@categories.command(
    epilog="""Examples:

\b
  disconnect categories test https://x.com/messages
  disconnect categories test "(3) Feed | LinkedIn - Chromium"
  disconnect categories test slack --title "Huddle with Ana - Acme - Slack"
"""
)
@click.argument("what", metavar="APP|URL|TITLE")
@click.option("--title", help="The window's title, when the first word is an app or a URL.")
@format_option
@click.pass_obj
def test(house: House, what: str, title: str | None, form: str) -> None:
    """Say where something belongs, and which rule says so.

    An app, a page or the title of a browser window. `in_call` is true where it shows that a
    call goes on: only then does time count as a call while nobody types.
    """
    from disconnect.cli.output import records

    sorter = Sorter.load(house.home.rules)
    site = own_rules.site_of(what)
    host, _, page = (site or "").partition("/")
    if site:
        read_as = "site"
        found = sorter.explain("chromium", title, host, "/" + page)
    elif title is not None or sorter.knows_app(what) or " " not in what.strip():
        read_as = "app"
        found = sorter.explain(what, title, None, None)
    else:
        read_as = "title"
        found = sorter.explain("chromium", what, None, None)
    row = {
        "read_as": read_as,
        "category": found.category,
        "channel": str(found.channel),
        "in_call": found.in_call,
        "why": found.why,
        "rule": found.rule or None,
        "source": found.source or None,
    }
    records([row], list(row), form)


@categories.command(
    "set",
    epilog="""Examples:

\b
  disconnect categories set myforum.org communication/forums
  disconnect categories set https://example.org/chat communication/messaging
  disconnect categories set "/Daily stand-?up/" communication/calls
  disconnect categories set knitting-studio hobby/knitting --channel other
""",
)
@click.argument("pattern")
@click.argument("category")
@click.option(
    "--as",
    "kind",
    type=click.Choice(list(_KINDS)),
    help="What PATTERN is, when its looks mislead.",
)
@click.option(
    "--channel",
    type=click.Choice(["in_person", "call", "message", "email", "broadcast", "other"]),
    help="The channel of a category that is new.",
)
@click.pass_obj
def set_(house: House, pattern: str, category: str, kind: str | None, channel: str | None) -> None:
    """Sort PATTERN into CATEGORY from now on, and all that was collected before.

    PATTERN is a site (myforum.org, example.org/chat), an app, or a regular expression for
    titles between slashes. The rule is added to your own rule file.
    """
    guessed, cleaned = own_rules.kind_of(pattern)
    if kind:
        guessed = _KINDS[kind]
        plain = {"apps": pattern, "title_regex": pattern.strip("/")}
        cleaned = plain.get(guessed) or own_rules.site_of(pattern) or pattern
    own_rules.add(house.home.prepare().rules, (guessed, cleaned), category, channel)
    click.echo(f"{pattern} now belongs to {category} ({house.home.rules})", err=True)


@categories.command(
    epilog="""Examples:

\b
  disconnect categories unknown
  disconnect categories unknown --last 12w --format csv
"""
)
@period_options("30d")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@format_option
@click.pass_obj
def unknown(house: House, period: Period, limit: int, form: str) -> None:
    """The most time that no rule sorts.

    Sites and apps that are worth a category of their own.
    """
    from disconnect.analysis.top import unsorted  # pandas, only where it is needed
    from disconnect.cli.output import show

    frame = unsorted(house.home, house.settings, period, house.clock)
    if frame.empty:
        click.echo("everything in that period is sorted", err=True)
    show(frame.head(limit), form)
