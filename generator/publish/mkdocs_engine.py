"""Runs MkDocs as the engine of a build: hand-written pages and shells in, `Rendered` out.

Never writes outside the folder it is given.
"""

import logging
import os
from pathlib import Path

from generator.pages.edition import Edition
from generator.publish.rendered import Rendered

_PLUGIN = "chronicle"


def render(configuration: Path, edition: Edition, folder: Path) -> Rendered:
    """Let MkDocs render into `folder`; raises MkDocs' own `Abort` or `ConfigurationError`."""
    # Material announces its own end of life on every build; the contributor docs explain it once.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import ConfigurationError

    from generator.publish.mkdocs_plugin import ShellPlugin

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(str(configuration), site_dir=str(folder))
    plugin = config.plugins.get(_PLUGIN)
    if not isinstance(plugin, ShellPlugin):
        raise ConfigurationError("mkdocs.yml 的 plugins 里没有 chronicle。 It is missing there.")
    plugin.edition = edition
    plugin.deferred = True
    build(config)
    return plugin.rendered
