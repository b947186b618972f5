"""The command `chronicle`: arguments and exit codes, nothing else."""

import gc
import importlib

import click

from generator import __version__
from generator.commands.common import speak_utf8

_COMMANDS = (
    "check",
    "build",
    "export",
    "serve",
    "stats",
    "new",
    "withdraw",
    "demo",
    "schema",
    "audit",
    "reference",
    "cache",
)


class _Commands(click.Group):
    """Loads a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = getattr(
            importlib.import_module(f"generator.commands.{name}"), name
        )
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chronicle")
def main() -> None:
    """Chronicle：把记录和照片编成纪念网站。Records in, a commemorative chronicle out."""
    speak_utf8()
    # Records live until the program ends: looking for garbage among them takes a third of the time.
    gc.set_threshold(200_000, 20, 100)


if __name__ == "__main__":
    main(prog_name="chronicle")
