"""The MkDocs plugin: hands MkDocs the hand-written pages and one shell per folder of record pages.

Enter: MkDocs' own events. Leave: `Rendered`, from which everything else is written. This is the
only module that knows MkDocs' plugin interface; what happens before and after lies in the pipeline,
which a subclass brings in (`prepare`, `finish`).
"""

from abc import abstractmethod
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.pages.edition import Edition
from generator.pages.page import Page as RecordPage
from generator.problems.problem import Problem
from generator.problems.reporters import as_text
from generator.publish.engine import (
    FRAME,
    THEME,
    TYPOGRAPHY,
    EngineError,
    Gathering,
    default_nav,
    expanded,
    frame_words,
    shell_folder,
)
from generator.publish.frames import SHELLS, marks, slots_of
from generator.publish.policy import PREVIEW_POLICY
from generator.publish.rendered import Rendered
from generator.settings import EngineName

_OF_A_PREVIEW = "mkdocs_"
"""How MkDocs names the folder of its live preview. The event that would say so (`on_startup`) makes
it keep a plugin's state from one build to the next."""
_WRITTEN_BY_US = ("sitemap.xml",)  # theme templates whose output we write ourselves


class ChronicleConfig(Config):
    """The plugin's options in mkdocs.yml; `settings.py` gives them their meaning."""

    audience = config_options.Choice(("public", "internal"), default="internal")
    engine = config_options.Choice(get_args(EngineName), default=get_args(EngineName)[0])
    publish_originals = config_options.Type(bool, default=False)
    jobs = config_options.Type(int, default=0)
    max_megapixels = config_options.Type((int, float), default=150)
    max_megabytes = config_options.Type((int, float), default=100)
    max_seconds = config_options.Type((int, float), default=120)
    scheduler = config_options.Type(str, default="")
    transfer = config_options.Choice(("folder", "bytes"), default="folder")


class ShellPlugin(BasePlugin[ChronicleConfig]):
    """Renders shells and hand-written pages through MkDocs."""

    def __init__(self) -> None:
        self.edition: Edition | None = None
        """Set beforehand by a build that has already read the records."""
        self.deferred = False
        """Whether somebody else writes the record pages once MkDocs has finished."""
        self.in_full: dict[str, RecordPage] = {}
        """Record pages by address that MkDocs is to render in full, to compare with stamped."""
        self._gathering: Gathering | None = None

    @abstractmethod
    def prepare(self, root: Path, audience: str) -> Edition | tuple[Problem, ...]:
        """The edition of the archive at `root`, or why there is none."""

    @abstractmethod
    def finish(self, edition: Edition, rendered: Rendered, root: Path, folder: Path) -> None:
        """Write everything else of the site."""

    @property
    def rendered(self) -> Rendered:
        """What MkDocs has rendered for us."""
        assert self._gathering is not None
        return self._gathering.rendered

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the records unless that is done, and put our frame in the place of the theme's."""
        if self.edition is None or not self.deferred:
            found = self.prepare(Path(config.config_file_path).parent, self.config.audience)
            if not isinstance(found, Edition):
                raise PluginError(as_text(found, "zh"))
            self.edition = found
        self._gathering = Gathering(self.edition)
        if config.use_directory_urls:
            raise PluginError("use_directory_urls: false 是必需的，网站才能从文件夹打开。")
        config.theme.dirs.insert(0, str(THEME))
        for name in _WRITTEN_BY_US:
            config.theme.static_templates.discard(name)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add a shell for every folder of record pages; of the theme's files keep one."""
        assert self.edition is not None
        typography = ""
        for file in tuple(files):
            if TYPOGRAPHY.fullmatch(file.src_uri):
                typography = file.src_uri
            elif file.src_uri in _WRITTEN_BY_US or _of_the_theme(file, config):
                files.remove(file)
        if not config.nav:
            written = (file for file in files.documentation_pages() if file.inclusion.is_included())
            config.nav = default_nav(self.edition, (file.src_uri for file in written))
        config.extra[FRAME] = frame_words(self.edition, typography, config)
        if not self.deferred and Path(config.site_dir).name.startswith(_OF_A_PREVIEW):
            config.extra[FRAME]["policy"] = PREVIEW_POLICY
        for shell in SHELLS.values():
            file = File.generated(config, f"{shell}.md", content="")
            if not shell.endswith("index"):
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
        for url in self.in_full:
            file = File.generated(config, url.replace(".html", ".md"), content="")
            file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
        return files

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give Jinja2 the one filter of MiniJinja that our templates use."""
        env.filters["split"] = str.split
        return env

    def on_page_markdown(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Expressions of hand-written pages become links and pictures (EXP001 stops the build)."""
        if shell_folder(page.url) is not None or page.url in self.in_full:
            return ""
        path = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        assert self.edition is not None
        try:
            return expanded(markdown, path, page.url, self.edition)
        except EngineError as fault:
            raise PluginError(str(fault)) from fault

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What our theme shows in its slots: marks in a shell."""
        if page.url in self.in_full:
            page.meta[FRAME] = slots_of(self.in_full[page.url])
        elif shell_folder(page.url) is not None:
            page.meta[FRAME] = marks()
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Keep what a shell became, and write nothing for it; note hand-written pages."""
        assert self._gathering is not None
        return output if page.url in self.in_full else self._gathering.take(page.url, output)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the record pages, unless a build of ours does that itself."""
        if not self.deferred:
            assert self.edition is not None
            root = Path(config.config_file_path).parent
            self.finish(self.edition, self.rendered, root, Path(config.site_dir))

    def on_serve(self, server: Any, config: MkDocsConfig, builder: object) -> Any:
        """Watch records and photographs too."""
        root = Path(config.config_file_path).parent
        for name in ("records", "photos"):
            if (root / name).is_dir():
                server.watch(str(root / name))
        return server


def _of_the_theme(file: File, config: MkDocsConfig) -> bool:
    """Whether it is a file of the installed theme, not of the archive's own folders."""
    own = (None, config.docs_dir, config.theme.custom_dir)
    return file.src_dir not in own and file.src_dir in config.theme.dirs
