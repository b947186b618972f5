"""The settings of one archive, read from its mkdocs.yml: where things lie and how to build them.

Enter: the archive's root folder. Leave: a frozen `Settings`, or problems SET001. The options of the
`chronicle` plugin are the only part of mkdocs.yml that means anything here, besides the theme's
language and the site's address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from generator.problems.catalogue import SET001
from generator.problems.problem import Language, Place, Problem, problem

Audience = Literal["public", "internal"]
EngineName = Literal["mkdocs", "zensical"]
CONFIGURATION = "mkdocs.yml"
ASSETS = "assets/chronicle"
"""Where our own style sheets and scripts lie in every site; by this one knows a site."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the archive lies, what is published to whom, and in which language."""

    root: Path
    docs: Path
    site: Path
    language: Language = "zh"
    audience: Audience = "internal"
    engine: EngineName = "mkdocs"
    """What renders hand-written pages and shells."""
    site_url: str = ""
    repo_url: str = ""
    today: date | None = None
    """The day, for consent that ends; where nobody says, whatever ends counts as ended."""
    excluded: str = ""
    """Patterns of hand-written files that are not published (`exclude_docs`)."""
    publish_originals: bool = False
    jobs: int = 0  # 0: one process per core
    max_megapixels: float = 150
    max_megabytes: float = 100
    max_seconds: float = 120
    scheduler: str = ""
    """Address of a Dask scheduler that develops photographs; empty: this machine does."""
    transfer: Literal["folder", "bytes"] = "folder"
    """How originals reach the scheduler's workers: by shared folder or sent along."""

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


LIMITS = ("max_megapixels", "max_megabytes", "max_seconds")
OPTIONS = ("audience", "engine", "publish_originals", "jobs", *LIMITS, "scheduler", "transfer")


def settings_of(
    root: Path, configuration: Mapping[str, Any]
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings that a parsed mkdocs.yml gives, or what is wrong with them (SET001)."""
    options = _options(configuration)
    limits = {name: _positive(options.get(name)) for name in LIMITS if name in options}
    wrong = [*_wrong_options(options), *_wrong_folders(root, configuration)]
    wrong += [f"{name}: {options[name]}（> 0）" for name, limit in limits.items() if limit is None]
    if wrong:
        place = Place(CONFIGURATION)
        return None, tuple(problem(SET001, place, detail=one) for one in sorted(wrong))
    settings = Settings(
        root=root,
        docs=_folder(root, configuration, "docs"),
        site=_folder(root, configuration, "site"),
        language=_language(configuration),
        audience="public" if str(options.get("audience")).lower() == "public" else "internal",
        engine="zensical" if str(options.get("engine")).lower() == "zensical" else "mkdocs",
        site_url=str(configuration.get("site_url") or ""),
        repo_url=str(configuration.get("repo_url") or ""),
        excluded=str(configuration.get("exclude_docs") or ""),
        publish_originals=str(options.get("publish_originals")).lower() == "true",
        jobs=int(options.get("jobs") or 0),
        scheduler=str(options.get("scheduler") or ""),
        transfer="bytes" if str(options.get("transfer")).lower() == "bytes" else "folder",
    )
    given: dict[str, Any] = {name: one for name, one in limits.items() if one is not None}
    return replace(settings, **given), ()


def _options(configuration: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands below `chronicle` in `plugins`, written as a list or as a mapping."""
    plugins = configuration.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(plugin, Mapping) and "chronicle" in plugin:
            options = plugin["chronicle"] or {}
            return options if isinstance(options, Mapping) else {str(options): None}
    return {}


_CHOICES = {
    "audience": ("public", "internal"),
    "engine": ("mkdocs", "zensical"),
    "transfer": ("folder", "bytes"),
    "publish_originals": ("true", "false"),
}


def _wrong_options(options: Mapping[str, Any]) -> Iterator[str]:
    for name, value in options.items():
        choices = _CHOICES.get(name)
        if name not in OPTIONS:
            yield f"没有选项 “{name}”（unknown option）"
        elif choices is not None and str(value).lower() not in choices:
            yield f"{name}: {value}（{' | '.join(choices)}）"
        elif name == "jobs" and not str(value or 0).isdecimal():
            yield f"{name}: {value}（≥ 0）"


def _folder(root: Path, configuration: Mapping[str, Any], name: str) -> Path:
    return root / str(configuration.get(f"{name}_dir") or name)


def _wrong_folders(root: Path, configuration: Mapping[str, Any]) -> Iterator[str]:
    """A site folder that holds or lies in what it is made from: publishing replaces it whole."""
    site = _without_dots(_folder(root, configuration, "site"))
    for source in (root / "records", root / "photos", _folder(root, configuration, "docs")):
        source = _without_dots(source)
        if site.is_relative_to(source) or source.is_relative_to(site):
            yield f"site_dir: {configuration.get('site_dir')}（{source.name}）"
            return


def _without_dots(path: Path) -> Path:
    """The path without `..`, as far as that can be said without looking at the disk."""
    parts: list[str] = []
    for part in path.parts:
        if part != ".." or not parts:
            parts.append(part)
        elif len(parts) > 1:
            parts.pop()
    return Path(*parts)


def _positive(value: object) -> float | None:
    """A number above zero, as a parsed mkdocs.yml gives it (numbers may still be text)."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None


def _language(configuration: Mapping[str, Any]) -> Language:
    theme = configuration.get("theme")
    language = theme.get("language") if isinstance(theme, Mapping) else None
    return "en" if str(language or "zh").startswith("en") else "zh"
