"""Finds an engine by the name that an archive gives it; the only place that knows their names."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from generator.publish.engine import Engine, EngineError

Preview = Callable[[Path, int], None]
"""mkdocs.yml and a port go in; returns when it is stopped, raises EngineError."""


class Adapter(NamedTuple):
    """The module of ours that runs an engine, and what has to be installed for it."""

    module: str
    needs: tuple[str, ...]
    install: str


ADAPTERS = {
    "mkdocs": Adapter("mkdocs_engine", ("mkdocs", "material"), "mkdocs mkdocs-material"),
    "zensical": Adapter("zensical_engine", ("zensical",), "'chronicle-archive[zensical]'"),
}


def engine_of(name: str) -> Engine:
    """The engine of that name; EngineError when it is not installed."""
    render: Engine = _adapter(name).render
    return render


def preview_of(name: str) -> Preview | None:
    """The engine's own preview, where it has one that shows record pages; else nothing."""
    serve: Preview | None = getattr(_adapter(name), "serve", None)
    return serve


def _adapter(name: str) -> ModuleType:
    adapter = ADAPTERS[name]
    if any(find_spec(package) is None for package in adapter.needs):
        raise EngineError(
            f"没有安装 {name}。请运行 pip install {adapter.install}。"
            f" {name} is not installed: pip install {adapter.install}"
        )
    return import_module(f"{__package__}.{adapter.module}")
