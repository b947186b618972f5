"""`chronicle serve`: a live preview on this machine."""

from pathlib import Path

import click

from generator.commands.common import CannotRun, engine_option, root_option, say, settings_for
from generator.settings import EngineName


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@engine_option
@root_option
def serve(port: int, engine: EngineName | None, root: Path | None) -> None:
    """预览网站，保存即刷新。Preview the site; a saved record shows after a moment."""
    from generator.commands.preview import preview
    from generator.publish.engine import EngineError

    settings = settings_for(root, engine=engine)
    say(f"http://127.0.0.1:{port}/  （Ctrl+C 结束 to stop）")
    try:
        preview(settings, port)
    except EngineError as fault:
        raise CannotRun(str(fault)) from fault
    except OSError as fault:
        raise CannotRun(
            f"端口 {port} 用不了：{fault.strerror}。换一个：--port {port + 1}"
            " This port cannot be used; try another."
        ) from fault
