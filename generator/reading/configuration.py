"""Reads mkdocs.yml without MkDocs: its plain values, or all of it with other programs' tags.

Enter: the file's path. Leave: one mapping, with what it inherits already merged as MkDocs does it
(mappings key by key, everything else replaced); or problem SET001.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.problems.catalogue import SET001
from generator.problems.problem import Place, Problem, problem

_INHERIT = "INHERIT"
_LONGEST_CHAIN = 10
_OWN_PLUGINS = {"chronicle", "search"}
_SELF_CONTAINED = {
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta"),
    *("sane_lists", "smarty", "tables", "toc", "pymdownx.arithmatex", "pymdownx.betterem"),
    *("pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.keys"),
    *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.magiclink", "pymdownx.mark"),
    *("pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    "pymdownx.tilde",
}
"""Extensions that read no files; of any other nobody knows what a page made with it depends on."""
_FROM_ELSEWHERE = ("INHERIT", "!ENV", "hooks", "custom_icons")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value under a tag that another program understands, such as `!ENV`; written as read."""

    tag: str
    value: Any


class _PlainLoader(yaml.SafeLoader):
    """Knows no tags: a value that another program would build reads as nothing."""


class _TagLoader(yaml.SafeLoader):
    """Keeps values under foreign tags as `Tagged`."""


class _TagDumper(yaml.SafeDumper):
    """Writes them again."""


def _tagged(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Tagged:
    if isinstance(node, yaml.MappingNode):
        return Tagged(node.tag, loader.construct_mapping(node, deep=True))
    if isinstance(node, yaml.SequenceNode):
        return Tagged(node.tag, loader.construct_sequence(node, deep=True))
    return Tagged(node.tag, str(node.value))


def _represented(dumper: yaml.SafeDumper, tagged: Tagged) -> yaml.Node:
    if isinstance(tagged.value, Mapping):
        return dumper.represent_mapping(tagged.tag, tagged.value)
    if isinstance(tagged.value, list):
        return dumper.represent_sequence(tagged.tag, tagged.value)
    return dumper.represent_scalar(tagged.tag, tagged.value)


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _PlainLoader.add_multi_constructor(_prefix, lambda loader, suffix, node: None)
    _TagLoader.add_multi_constructor(_prefix, _tagged)
_TagDumper.add_representer(Tagged, _represented)


def read_configuration(path: Path) -> dict[str, Any] | Problem:
    """The plain values in mkdocs.yml (SET001 when it cannot be read)."""
    return _read(path, _PlainLoader)


def read_whole_configuration(path: Path) -> dict[str, Any] | Problem:
    """All values in mkdocs.yml, those under foreign tags as `Tagged` (SET001)."""
    return _read(path, _TagLoader)


def own_theme(path: Path) -> tuple[Path, ...] | None:
    """The folders of templates that mkdocs.yml adds to the theme.

    `None` where other programs' plugins, hooks, extensions or the environment have a say, so that
    nobody can tell what a build depends on.
    """
    read = read_configuration(path)
    if isinstance(read, Problem) or any(
        word in path.read_text(encoding="utf-8") for word in _FROM_ELSEWHERE
    ):
        return None
    foreign = _names(read, "plugins") - _OWN_PLUGINS
    if foreign or _names(read, "markdown_extensions") - _SELF_CONTAINED:
        return None
    theme = read.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    return (path.parent / str(folder),) if folder else ()


def _names(configuration: Mapping[str, Any], section: str) -> set[str]:
    """The names in a section of mkdocs.yml, each alone or with options of its own."""
    named = configuration.get(section) or ()
    if isinstance(named, str):
        return {named}
    return {name for one in named for name in (one if isinstance(one, Mapping) else (one,))}


def configuration_text(configuration: Mapping[str, Any]) -> str:
    """A configuration as YAML, `Tagged` values under their tags."""
    text: str = yaml.dump(
        dict(configuration), Dumper=_TagDumper, allow_unicode=True, sort_keys=False, width=1000
    )
    return text


def _read(path: Path, loader: type[yaml.SafeLoader]) -> dict[str, Any] | Problem:
    try:
        return _load(path, loader, _LONGEST_CHAIN)
    # ValueError: a date such as 2020-99-99, or bytes that are not UTF-8.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as fault:
        detail = str(fault).replace("\n", " ")[:200].replace(str(path.parent), "")
        return problem(SET001, Place(path.name), detail=detail)


def _load(path: Path, loader: type[yaml.SafeLoader], left: int) -> dict[str, Any]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    own = loaded if isinstance(loaded, dict) else {}
    parent = own.pop(_INHERIT, None)
    if not isinstance(parent, str):
        return own
    if not left:
        raise ValueError(f"{_INHERIT}: {parent}")
    return _merged(_load(path.parent / parent, loader, left - 1), own)


def _merged(parent: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What MkDocs makes of an inherited configuration: lists are replaced, never joined."""
    merged = dict(parent)
    for name, value in own.items():
        above = merged.get(name)
        if isinstance(above, dict) and isinstance(value, dict):
            merged[name] = _merged(above, value)
        else:
            merged[name] = value
    return merged
