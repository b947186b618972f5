"""Finds an engine by the name that an archive gives it; the only place that knows their names."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from generator.pages.edition import Edition
from generator.publish.engine import Engine, EngineError
from generator.publish.rendered import Rendered


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
    """The engine of that name, loaded when it renders; EngineError when it is not installed."""
    adapter = ADAPTERS[name]
    if any(find_spec(package) is None for package in adapter.needs):
        raise EngineError(
            f"没有安装 {name}。请运行 pip install {adapter.install}。"
            f" {name} is not installed: pip install {adapter.install}"
        )

    def render(configuration: Path, edition: Edition, folder: Path) -> Rendered:
        module = import_module(f"{__package__}.{adapter.module}")
        rendered: Rendered = module.render(configuration, edition, folder)
        return rendered

    return render
