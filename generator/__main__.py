"""The command `chronicle`: arguments and exit codes, nothing else."""

import atexit
import gc
import importlib

import click

from generator import __version__
from generator.commands.common import speak_utf8

_COMMANDS = {
    "check": "检查全部记录。Check every record; with PATHS, report only those files.",
    "build": "生成网站。Build the site.",
    "export": "写成纯 Markdown。Write the archive as plain Markdown and pictures.",
    "serve": "预览网站，保存即刷新。Preview the site; a saved record shows after a moment.",
    "stats": "列出每个数字和它的来处。List every figure and where it comes from.",
    "new": "新建一条记录。Start a new record: day, member, donation, story or source.",
    "withdraw": "撤回一条记录或一张照片。Withdraw a record (id, path, kind:id) or a photograph.",
    "demo": "写出一份虚构的档案。Write a fictional archive, marked as such on every page.",
    "schema": "写出各类记录的 JSON Schema。Write the JSON Schemas of the record kinds.",
    "audit": "审核一个生成好的网站。Audit a finished site.",
    "reference": "写出字段和问题编号的说明。Write the reference of fields and problem codes.",
    "cache": "照片、图表的缓存和记忆：大小、清理。What is kept of photographs, charts and builds.",
}
"""Each command and what it does: the first sentences of its own help, without loading it."""


class _Commands(click.Group):
    """Loads a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

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
    gc.set_threshold(500_000, 20, 100)
    # At the end nobody needs the memory back: looking for circles in it took a tenth of a check.
    atexit.register(gc.freeze)


if __name__ == "__main__":
    main(prog_name="chronicle")
