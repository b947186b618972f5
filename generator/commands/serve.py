"""`chronicle serve`: a live preview on this machine, through MkDocs' own server."""

import os
from pathlib import Path

import click

from generator.commands.common import CannotRun, root_option, say, settings_for
from generator.settings import CONFIGURATION


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@root_option
def serve(port: int, root: Path | None) -> None:
    """预览网站，保存即刷新。Preview the site; a saved record shows after a moment."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve as serve_site
    from mkdocs.exceptions import MkDocsException

    settings = settings_for(root)
    say(f"http://127.0.0.1:{port}/  （Ctrl+C 结束 to stop）")
    try:
        serve_site(str(settings.root / CONFIGURATION), dev_addr=f"127.0.0.1:{port}")
    except MkDocsException as fault:
        raise CannotRun(str(fault)) from fault
