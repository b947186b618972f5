"""Zensical as the engine of a build (see `engine.py`): a staged folder, then its own command.

Zensical reads mkdocs.yml but runs no MkDocs plugin, and refuses folders outside that of its
configuration. So everything it is to render is written into a folder of its own: hand-written pages
with their expressions replaced, shells, our templates, and a complete configuration that inherits
nothing. What it makes of them is taken from there. Never writes anywhere else.
"""

import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator.pages.edition import Edition
from generator.problems.problem import Problem
from generator.publish.engine import (
    FRAME,
    THEME,
    TYPOGRAPHY,
    EngineError,
    Gathering,
    default_nav,
    expanded,
    frame_words,
)
from generator.publish.frames import SHELLS, marks
from generator.publish.hand_written import PAGE, page_url, published_files
from generator.publish.rendered import Rendered
from generator.reading.configuration import configuration_text, read_whole_configuration

_LOG = logging.getLogger(__name__)
_CONFIGURATION = "mkdocs.yml"
_OWN_PLUGINS = {"chronicle", "search", "offline"}  # not needed there, or done by ourselves
_FENCES = ("pymdownx.superfences", "fenced_code")
_FAULT = re.compile(r"\w*Error: ")  # the line that says what, amid a traceback
_DOT = re.compile(r'(\s(?:href|src|action)=")\./(?!")')  # MkDocs writes the same address without
_TAKEN_OVER = (
    "site_name",
    "site_description",
    "site_url",
    "copyright",
    "extra",
    "extra_css",
    "nav",
)
"""What of mkdocs.yml means the same to Zensical and is handed on as it stands."""


def render(configuration: Path, edition: Edition, folder: Path) -> Rendered:
    """Let Zensical render into `folder`."""
    read = read_whole_configuration(configuration)
    if isinstance(read, Problem):
        raise EngineError(read.message(edition.language))
    if read.get("use_directory_urls", True):
        raise EngineError("use_directory_urls: false 是必需的，网站才能从文件夹打开。")
    with tempfile.TemporaryDirectory(prefix="chronicle-") as place:
        stage = _Stage(Path(place).resolve(), configuration.parent, read)
        stage.fill(edition)
        _run(stage.root)
        return stage.collect(edition, folder)


class _Stage:
    """The folder in which Zensical works."""

    def __init__(self, root: Path, archive: Path, read: Mapping[str, Any]) -> None:
        self.root = root
        self._read = read
        self._docs = archive / str(read.get("docs_dir") or "docs")
        theme = read.get("theme")
        own = theme.get("custom_dir") if isinstance(theme, dict) else None
        self._own_theme = archive / str(own) if own else None

    def fill(self, edition: Edition) -> None:
        """Write everything that Zensical reads."""
        names = published_files(self._docs, str(self._read.get("exclude_docs") or ""))
        for name in names:
            target = self.root / "docs" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if name.endswith(PAGE):
                text = (self._docs / name).read_text(encoding="utf-8-sig")
                path = f"{self._docs.name}/{name}"
                text = expanded(text, path, page_url(name), edition)
                target.write_text(text, encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(self._docs / name, target)
        front = configuration_text({"title": "", FRAME: marks()})
        for shell in SHELLS.values():
            target = self.root / "docs" / f"{shell}{PAGE}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"---\n{front}---\n", encoding="utf-8", newline="\n")
        for theme in filter(None, (self._own_theme, THEME)):
            shutil.copytree(theme, self.root / "theme", dirs_exist_ok=True)
        derived = configuration_text(self._derived(edition, names))
        (self.root / _CONFIGURATION).write_text(derived, encoding="utf-8", newline="\n")

    def collect(self, edition: Edition, folder: Path) -> Rendered:
        """Take what Zensical has made into the site's folder; its own files stay behind."""
        gathering = Gathering(edition)
        site = self.root / "site"
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            if path.is_dir() or not self._wanted(name):
                continue
            content = path.read_bytes()
            if name.endswith(".html") and not (self.root / "docs" / name).exists():
                html = _DOT.sub(r"\1", content.decode("utf-8"))
                content = gathering.take(quote(name), html).encode("utf-8")
                if not content:
                    continue
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return gathering.rendered

    def _wanted(self, name: str) -> bool:
        """Whether a file is a page, the archive's own, or the one style sheet."""
        own = self._own_theme is not None and (self._own_theme / name).is_file()
        given = (self.root / "docs" / name).is_file()
        return own or given or name.endswith(".html") or bool(TYPOGRAPHY.fullmatch(name))

    def _derived(self, edition: Edition, names: list[str]) -> dict[str, Any]:
        """A configuration that says everything, so that nothing depends on Zensical's defaults."""
        _say_what_is_left_out(self._read)
        taken = {name: self._read[name] for name in _TAKEN_OVER if name in self._read}
        extra = taken.pop("extra", None) or {}
        pages = (name for name in names if name.endswith(PAGE))
        return {
            **taken,
            "nav": taken.get("nav") or default_nav(edition, pages),
            "docs_dir": "docs",
            "site_dir": "site",
            "use_directory_urls": False,
            "theme": {
                "name": "material",
                "variant": "classic",
                "custom_dir": "theme",
                "language": edition.language,
                "font": False,
            },
            "extra": {**extra, FRAME: frame_words(edition, _typography(), taken)},
            "plugins": [],
            "markdown_extensions": list(_extensions(self._read.get("markdown_extensions"))),
            "validation": {"invalid_links": False, "invalid_link_anchors": False},
        }


def _extensions(stated: object) -> Iterator[object]:
    """MkDocs' own extensions, which Zensical replaces by others, then those of mkdocs.yml."""
    listed = stated if isinstance(stated, list) else []
    if isinstance(stated, dict):
        listed = [{name: options} for name, options in stated.items()]
    names = {next(iter(one)) if isinstance(one, dict) else one for one in listed}
    if not names & set(_FENCES):
        yield from _FENCES  # the later takes the place of the earlier, which Zensical insists on
    yield from listed


def _say_what_is_left_out(read: Mapping[str, Any]) -> None:
    """Zensical passes over plugins and hooks in silence; whoever changes engines should know."""
    plugins = read.get("plugins") or []
    names = {next(iter(one), "") if isinstance(one, dict) else str(one) for one in plugins}
    left_out = sorted(names - _OWN_PLUGINS) + (["hooks"] if read.get("hooks") else [])
    if left_out:
        listed = ", ".join(left_out)
        _LOG.warning("Zensical 不运行 mkdocs.yml 里的 does not run: %s", listed)


def _typography() -> str:
    """The address of Zensical's style sheet in the look of Material."""
    found = find_spec("zensical")
    assert found is not None and found.submodule_search_locations
    templates = Path(found.submodule_search_locations[0]) / "templates"
    names = (path.relative_to(templates).as_posix() for path in templates.rglob("main.*.css"))
    return next((name for name in sorted(names) if TYPOGRAPHY.fullmatch(name)), "")


def _run(stage: Path) -> None:
    """The command itself, in a process of its own: its answer is what it leaves behind."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--config-file", _CONFIGURATION],
        cwd=stage,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = done.stdout.strip().replace(str(stage), "").splitlines()
        faults = [line for line in said if _FAULT.match(line)]
        raise EngineError("zensical: " + "\n".join(faults or said[-3:]))
