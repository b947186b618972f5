"""The plugin `chronicle` that MkDocs loads: MkDocs' events joined to the pipeline."""

from dataclasses import replace
from pathlib import Path

from mkdocs.exceptions import PluginError

from generator.commands.common import say, settings_for
from generator.pages.edition import Edition
from generator.pipeline import finish, prepare
from generator.problems.problem import Problem
from generator.problems.reporters import as_text
from generator.publish.mkdocs_plugin import ShellPlugin
from generator.publish.rendered import Rendered
from generator.settings import Settings


class ChroniclePlugin(ShellPlugin):
    """`mkdocs build` and `mkdocs serve` with records."""

    def prepare(self, root: Path, audience: str) -> Edition | tuple[Problem, ...]:
        """Check the records and develop the photographs."""
        return prepare(self._settings(root), lambda done, total: None)

    def finish(self, edition: Edition, rendered: Rendered, root: Path, folder: Path) -> None:
        """Stamp the record pages into MkDocs' own output folder, and audit the whole."""
        outcome = finish(self._settings(root), edition, rendered, folder)
        if not outcome.succeeded:
            raise PluginError(as_text(outcome.problems, edition.language))
        say(f"chronicle: {outcome.pages} 个记录页 record pages")

    def _settings(self, root: Path) -> Settings:
        settings = settings_for(root)
        return replace(
            settings, audience="public" if self.config.audience == "public" else "internal"
        )
