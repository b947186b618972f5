"""The settings of one archive, read from its mkdocs.yml: where things lie and how to build them.

Enter: the archive's root folder. Leave: a frozen `Settings`, or problems SET001. The options of the
`chronicle` plugin are the only part of mkdocs.yml that means anything here, besides the theme's
language and the site's address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from generator.problems.catalogue import SET001
from generator.problems.problem import Language, Place, Problem, problem

Audience = Literal["public", "internal"]
CONFIGURATION = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the archive lies, what is published to whom, and in which language."""

    root: Path
    docs: Path
    site: Path
    language: Language = "zh"
    audience: Audience = "internal"
    site_url: str = ""
    repo_url: str = ""
    publish_originals: bool = False
    jobs: int = 0  # 0: one process per core

    @property
    def records(self) -> Path:
        """The folder of record files."""
        return self.root / "records"

    @property
    def photos(self) -> Path:
        """The folder of originals."""
        return self.root / "photos"

    @property
    def cache(self) -> Path:
        """What may be deleted at any time and is made again."""
        return self.root / ".cache" / "chronicle"


OPTIONS = ("audience", "publish_originals", "jobs")


def settings_of(
    root: Path, configuration: Mapping[str, Any]
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings that a parsed mkdocs.yml gives, or what is wrong with them (SET001)."""
    options = _options(configuration)
    wrong = [f"没有选项 “{name}”（unknown option）" for name in options if name not in OPTIONS]
    audience = options.get("audience", "internal")
    if audience not in ("public", "internal"):
        wrong.append(f"audience: {audience}（public | internal）")
    if wrong:
        place = Place(CONFIGURATION)
        return None, tuple(problem(SET001, place, detail=one) for one in sorted(wrong))
    settings = Settings(
        root=root,
        docs=root / str(configuration.get("docs_dir") or "docs"),
        site=root / str(configuration.get("site_dir") or "site"),
        language=_language(configuration),
        audience="public" if audience == "public" else "internal",
        site_url=str(configuration.get("site_url") or ""),
        repo_url=str(configuration.get("repo_url") or ""),
        publish_originals=str(options.get("publish_originals", False)).lower() == "true",
        jobs=int(options.get("jobs") or 0),
    )
    return settings, ()


def _options(configuration: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands below `chronicle` in `plugins`, written as a list or as a mapping."""
    plugins = configuration.get("plugins") or ()
    if isinstance(plugins, Mapping):
        return plugins.get("chronicle") or {}
    for plugin in plugins:
        if isinstance(plugin, Mapping) and "chronicle" in plugin:
            return plugin["chronicle"] or {}
    return {}


def _language(configuration: Mapping[str, Any]) -> Language:
    theme = configuration.get("theme")
    language = theme.get("language") if isinstance(theme, Mapping) else None
    return "en" if str(language or "zh").startswith("en") else "zh"
