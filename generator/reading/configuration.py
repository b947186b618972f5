"""Reads mkdocs.yml without MkDocs: only its plain values; other programs' tags are passed over."""

from pathlib import Path
from typing import Any

import yaml

from generator.problems.catalogue import SET001
from generator.problems.problem import Place, Problem, problem


class _PlainLoader(yaml.SafeLoader):
    """Knows no tags: a value that another program would build reads as nothing."""


_PlainLoader.add_multi_constructor("!", lambda loader, suffix, node: None)
_PlainLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def read_configuration(path: Path) -> dict[str, Any] | Problem:
    """The mapping in mkdocs.yml (SET001 when it cannot be read)."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_PlainLoader)
    # ValueError: a date such as 2020-99-99, or bytes that are not UTF-8.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as fault:
        detail = str(fault).replace("\n", " ")[:200].replace(str(path.parent), "")
        return problem(SET001, Place(path.name), detail=detail)
    return loaded if isinstance(loaded, dict) else {}
