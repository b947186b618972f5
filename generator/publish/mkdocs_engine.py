"""MkDocs as the engine of a build (see `engine.py`), with the plugin doing the work.

Never writes outside the folder it is given.
"""

import logging
import os
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from generator.pages.edition import Edition
from generator.publish.engine import EngineError
from generator.publish.mkdocs_plugin import ShellPlugin
from generator.publish.rendered import Rendered

_PLUGIN = "chronicle"


# Material announces its own end of life on every build; the contributor docs explain it once.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def render(configuration: Path, edition: Edition, folder: Path) -> Rendered:
    """Let MkDocs render into `folder`."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        config = load_config(str(configuration), site_dir=str(folder))
        plugin = config.plugins.get(_PLUGIN)
        if not isinstance(plugin, ShellPlugin):
            raise EngineError("mkdocs.yml 的 plugins 里没有 chronicle。 It is missing there.")
        plugin.edition = edition
        plugin.deferred = True
        plugin.in_full = {}  # MkDocs keeps a plugin from one configuration to the next
        build(config)
    except MkDocsException as fault:
        # Aborting says only that something was wrong; what it was is the fault before.
        raise EngineError(str(fault.__context__ or fault)) from fault
    return plugin.rendered
