"""The command line: `yusuan build | publish | query | trace | cite | …` (others script against it).

Each command is loaded when it is called, so that none waits for what it does not use. Exit codes are listed in
`mapping.commands`; which errors are 2 is decided here, for all commands.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

import click

from mapping.commands.output import drop_output
from mapping.errors import INTERRUPTED, CallError, YusuanError
from server.errors import CallerError, QueryFileError, ReleaseMissingError, ServerError, SettingError

CALLED_WRONGLY = (CallError, CallerError, QueryFileError, ReleaseMissingError, SettingError)
"""Errors of what a command was given, which another call or a mended file puts right; all others are failures."""

# By its name: the module of `mapping.commands`, the command in it, and the first line of its help.
COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "audit": ("audit", "audit", "What does not agree in a release, worst first."),
    "build": ("build", "build", "Documents (files, folders) to a new release."),
    "check": ("check", "check", "An office's own check of files before publication."),
    "cite": ("cite", "cite", "The citations in a text, or in a FILE; - reads standard input."),
    "coverage": ("coverage", "coverage", "The share of digits that facts explain."),
    "diff": ("diff", "diff", "What two releases, or two documents, say differently."),
    "export": ("export", "export", "The whole release on standard output."),
    "import": ("imports", "import_files", "RDF files (or folders) as they are, to a release."),
    "publish": ("build", "publish", "Documents to a new release for the public."),
    "query": ("query", "query", "A named query, or one in a file, asked of a release."),
    "serve": ("serve", "serve", "Serves a release: pages and /sparql."),
    "trace": ("trace", "trace", "Where a fact comes from and what it feeds."),
    "verify": ("verify", "verify", "Re-reads every span of a release."),
}


class CallException(click.ClickException):
    """What a command was given is not what it takes."""

    exit_code = 2


class _Commands(click.Group):
    """Commands that are loaded when called; their expected errors are lines on standard error and exit code 1 or 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        loaded = getattr(importlib.import_module(f"mapping.commands.{module}"), name)
        assert isinstance(loaded, click.Command)
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, _, words) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (YusuanError, ServerError) as error:
            kind = CallException if isinstance(error, CALLED_WRONGLY) else click.ClickException
            raise kind(str(error)) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(1) from None
        except OSError as error:
            drop_output()
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}") from error
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yusuan")
def main() -> None:
    """A knowledge graph of Chinese government budget disclosures, traceable to the character."""
