"""The command line: parse, call, print. One place turns errors into exit codes."""

import importlib
import io
import sys
from pathlib import Path
from typing import Any

import click

from disconnect.cli.arguments import Folder, texts_only
from disconnect.cli.failures import in_one_line, known, leave_unsaid, shortened, unforeseen
from disconnect.cli.house import House
from disconnect.home import find

# Commands by what a person wants, each with the module that holds it and its short help:
# `--help` and completion import no command at all.
FAMILIES: dict[str, dict[str, tuple[str, str]]] = {
    "collect": {
        "start": ("collect", "Start the background collector."),
        "stop": ("collect", "Stop the background collector."),
        "status": ("collect", "Say what the collector is doing, and what it saw last."),
        "service": ("collect", "Start the collector at login, or stop doing so."),
        "sources": ("sources", "List every source, and why one cannot work here."),
        "import": ("collect", "Bring in history: browsers, or a file."),
    },
    "log": {
        "log": ("log", "Log time with people, in plain words."),
        "meet": ("log", "Start a timer: you are with people now."),
        "done": ("log", "Stop the timer of `meet` and log the time."),
        "opportunity": ("opportunity", "Log what a relationship brought."),
        "checkin": ("checkin", "How you are: asks only what is due."),
        "people": ("people", "Your relationships: where each began, hours, last met."),
        "entries": ("entries", "What has been logged; edit or delete it."),
        "undo": ("log", "Take the last entry back."),
        "experiment": ("experiment", "Try something on yourself, by lot."),
    },
    "look": {
        "today": ("look", "Today on one screen."),
        "week": ("look", "This week on one screen."),
        "query": ("look", "Hours, any way round."),
        "contrast": ("look", "Online communication against time with people."),
        "load": ("cost", "How much load your days carry, and how little recovery."),
        "withdrawal": ("cost", "Whether you meet fewer people, and since when."),
        "drain": ("cost", "Whether hours online and your energy go together."),
        "next": ("suggest", "What is worth a try next, from your own data."),
        "returns": ("returns", "What came of the hours: opportunities and support."),
        "chart": ("paper", "One chart, as a file or in the terminal."),
        "report": ("paper", "The PDF report."),
        "sql": ("sql", "Ask the database itself, read-only."),
    },
    "tend": {
        "categories": ("categories", "How time is sorted, and why."),
        "settings": ("settings", "Show, edit or find the settings."),
        "forget": ("tend", "Delete, truly."),
        "export": ("tend", "Everything, in open formats."),
        "backup": ("tend", "A consistent copy of the database."),
        "restore": ("tend", "Put a backup back."),
        "doctor": ("doctor", "Check everything, and say what to do."),
        "demo": ("demo", "A year of made-up life and its report."),
        "welcome": ("welcome", "The first report: of your own data, or of the made-up year."),
    },
}
COMMANDS = {name: spec for family in FAMILIES.values() for name, spec in family.items()}


class LazyCommands(click.Group):
    """Imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the families."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Find a command by its name; the module is imported here."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"disconnect.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_" if cmd_name in {"import", "next"} else cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip of ours, not of a person
        return texts_only(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the near names when there is no such command."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=2)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; see disconnect --help"
            ctx.fail(f"there is no command {name!r}{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands under what a person wants."""
        for family, commands in FAMILIES.items():
            with formatter.section(family.capitalize()):
                formatter.write_dl([(name, short) for name, (_, short) in commands.items()])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the call; what nobody foresaw is one line, too, and `--debug` shows its traceback."""
        words = options.get("args") or (args[0] if args else None) or sys.argv[1:]
        try:
            return super().main(*args, **options)
        except Exception as error:
            if "--debug" in words:
                raise
            leave_unsaid()
            click.echo(f"disconnect: {shortened(unforeseen(error))}", err=True)
            sys.exit(1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; wrong words of the program itself are one line."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise in_one_line(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error a person can act on is one line and an exit code."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise in_one_line(error) from error
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            # The reader (head, less) has seen enough.
            leave_unsaid()
            ctx.exit(0)
        except Exception as error:
            told = None if ctx.params.get("debug") else known(error, ctx.obj)
            if told is None:
                raise
            click.echo(f"disconnect: {shortened(str(told))}", err=True)
            ctx.exit(told.exit_code)


@click.group(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""Examples:

\b
  disconnect demo                      a year of made-up life, as a PDF
  disconnect start                     begin to collect
  disconnect log "coffee with Ana 90m yesterday 16:00"
  disconnect contrast --last 12w --by week
""",
)
@click.option(
    "--home",
    metavar="DIR",
    type=Folder(file_okay=False, path_type=Path),
    help="Folder for settings, database, state and logs [env: DISCONNECT_HOME].",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="digital-disconnect", prog_name="disconnect")
@click.pass_context
def commands(ctx: click.Context, home: Path | None, debug: bool) -> None:  # noqa: FBT001 - a flag
    """See what your screen time stands against: hours online beside hours with people.

    Everything stays on this machine.
    """
    if ctx.obj is None:
        ctx.obj = House(find(home), debug=debug)
    if ctx.invoked_subcommand in FAMILIES["look"] and ctx.obj.home.status.exists():
        from disconnect.daemon import control

        control.settle(ctx.obj.home)  # what was just browsed belongs to the answer


def run() -> None:
    """Run the program, as the `disconnect` command does."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another alphabet shows ? for what it lacks.
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")
    commands(prog_name="disconnect")
