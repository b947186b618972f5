"""The MkDocs plugin: hands MkDocs the hand-written pages and one shell per folder of record pages.

Enter: MkDocs' own events. Leave: `Rendered`, from which everything else is written. This is the
only module that knows MkDocs' plugin interface; what happens before and after lies in the pipeline,
which a subclass brings in (`prepare`, `finish`).
"""

import json
from abc import abstractmethod
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

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
from generator.pages.head import head_of
from generator.pages.linked import whole_archive
from generator.pages.narrative.expand import expand
from generator.pages.page import Page as RecordPage
from generator.pages.words import words
from generator.problems.problem import Problem
from generator.problems.reporters import as_text
from generator.publish.colours import style_sheet
from generator.publish.frames import SHELLS, Frame, cut, marks, slots_of
from generator.publish.rendered import Rendered, WrittenPage

_THEME = Path(__file__).parent / "theme"
_WRITTEN_BY_US = ("sitemap.xml",)  # theme templates whose output we write ourselves
_SEARCH_WORDS = "search_"
_FOUND_KINDS = ("day", "member", "donation", "story", "photo", "page")


class ChronicleConfig(Config):
    """The plugin's options in mkdocs.yml; `settings.py` gives them their meaning."""

    audience = config_options.Choice(("public", "internal"), default="internal")
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
        self.frames: dict[str, Frame] = {}
        self.written: list[WrittenPage] = []

    @abstractmethod
    def prepare(self, root: Path, audience: str) -> Edition | tuple[Problem, ...]:
        """The edition of the archive at `root`, or why there is none."""

    @abstractmethod
    def finish(self, edition: Edition, rendered: Rendered, root: Path, folder: Path) -> None:
        """Write everything else of the site."""

    @property
    def rendered(self) -> Rendered:
        """What MkDocs has rendered for us."""
        return Rendered(self.frames, tuple(sorted(self.written, key=lambda page: page.url)))

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the records unless that is done, and put our frame around the theme's."""
        self.frames, self.written = {}, []
        if self.edition is None or not self.deferred:
            found = self.prepare(Path(config.config_file_path).parent, self.config.audience)
            if not isinstance(found, Edition):
                raise PluginError(as_text(found, "zh"))
            self.edition = found
        if config.use_directory_urls:
            raise PluginError("use_directory_urls: false 是必需的，网站才能从文件夹打开。")
        config.theme.dirs.insert(0, str(_THEME))
        for name in _WRITTEN_BY_US:
            config.theme.static_templates.discard(name)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add a shell for every folder of record pages."""
        for name in _WRITTEN_BY_US:
            template = files.get_file_from_path(name)
            if template is not None:
                files.remove(template)
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

    def on_page_markdown(
        self, markdown: str, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Expressions of hand-written pages become links and pictures (EXP001 stops the build)."""
        if self._shell_of(page) is not None or page.url in self.in_full:
            return ""
        path = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        assert self.edition is not None
        expanded = expand(markdown, path, page.url, self.edition)
        if expanded.problems:
            raise PluginError(as_text(expanded.problems, self.edition.language))
        return expanded.text

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What our theme shows in its slots: marks in a shell, else the page itself."""
        context.update(  # type: ignore[call-arg]
            chronicle=self._slots(page, config), words=self._words(), has=self._has()
        )
        return context

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for pages that have no source, such as 404.html."""
        texts = self._words()
        title = texts["not_found"]
        slots = {"title": title, "description": title, "head": "", "body": ""}
        context.update(chronicle=slots, words=texts, has=self._has())  # type: ignore[call-arg]
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Keep what a shell became, and write nothing for it; note hand-written pages."""
        folder = self._shell_of(page)
        if folder is not None and page.url not in self.in_full:
            self.frames[folder] = cut(output)
            return ""
        if page.url not in self.in_full:
            text = _plain(page.content or "")
            self.written.append(WrittenPage(page.url, str(page.title or ""), text))
        return output

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

    def _slots(self, page: Page, config: MkDocsConfig) -> dict[str, str]:
        if page.url in self.in_full:
            return slots_of(self.in_full[page.url])
        if self._shell_of(page) is not None:
            return marks()
        assert self.edition is not None
        title = str(page.title or config.site_name)
        description = str(page.meta.get("description") or config.site_description or title)
        hero = self.edition.archive.file.hero
        picture = self.edition.archive.photograph.get(hero) if hero else None
        linked = whole_archive(self.edition) if page.is_homepage else {}
        head = head_of(self.edition, page.url, title, description, picture, linked)
        return {
            "title": escape(title),
            "description": escape(description),
            "head": head,
            "body": page.content or "",
        }

    def _shell_of(self, page: Page) -> str | None:
        """The folder whose shell this page is."""
        source = page.file.src_uri.removesuffix(".md")
        return next((folder for folder, shell in SHELLS.items() if shell == source), None)

    def _has(self) -> dict[str, bool]:
        """What only some archives have, and the frame names."""
        assert self.edition is not None
        archive = self.edition.archive
        return {
            "colours": bool(style_sheet(archive.file.colours)),
            "feeds": bool(self.edition.site_url and archive.dated),
        }

    def _words(self) -> dict[str, str]:
        """Texts of the frame, and those of the search box as JSON."""
        assert self.edition is not None
        texts = words(self.edition.language)
        search: dict[str, object] = {
            key.removeprefix(_SEARCH_WORDS): text
            for key, text in texts.items()
            if key.startswith(_SEARCH_WORDS)
        }
        search["kinds"] = {kind: texts[kind] for kind in _FOUND_KINDS}
        file = self.edition.archive.file
        mark = file.mark or file.title[:1]
        return {
            **texts,
            "mark": escape(mark),
            "fiction": texts["fiction"] if file.fiction else "",
            "search": escape(json.dumps(search, ensure_ascii=False)),
        }


class _Text(HTMLParser):
    """Gathers the words between tags."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _plain(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return " ".join("".join(reader.parts).split())
