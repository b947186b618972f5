"""The floors of the architecture: who may import whom, who may touch the disk or the clock."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parents[1] / "generator"

FLOOR = {
    "values": 0,
    "problems": 0,
    "reading": 1,
    "settings": 2,
    "kinds": 2,
    "archive": 3,
    "photos": 3,
    "demo": 3,
    "pages": 4,
    "charts": 4,
    "publish": 5,
    "checking": 6,
    "pipeline": 6,
    "unchanged": 6,
    "commands": 7,
    "__main__": 7,
}
NEIGHBOURS = {
    ("problems", "values"),  # the width of a character, for the marker under an excerpt
    ("pages", "charts"),  # the statistics pages hold drawings
    ("pipeline", "checking"),
    ("__main__", "commands"),
}
SERVICES = {"settings"}  # settings are read by those above; kinds never need them
LIBRARY_OF = {"values": {"edtf"}, "problems": set[str]()}

TOUCHES_THE_DISK = (
    "reading",
    "publish",
    "commands",
    "__main__",
    "photos.develop",
    "photos.cache",
    "photos.headers",
    "photos.inscription",  # reads the head of an original, as headers does
    "photos.known_originals",  # what an unchanged original was found to be
    "photos.workers",  # ends processes that hang
    "photos.run",
    "archive.load",  # asks whether archive.yml is there; all else through reading
    "pages.words",  # files of this package
    "pages.rendering",
    "pages.compiled",  # what templates of this package became
    "charts.words",
)
DISK_MODULES = {"os", "shutil", "tempfile", "subprocess", "socket", "io.open", "fileinput", "glob"}
CLOCK_MODULES = {"time"}
DISK_CALLS = {
    "chmod", "exists", "glob", "hardlink_to", "is_dir", "is_file", "is_symlink", "iterdir", "lstat",
    "mkdir", "open", "read_bytes", "read_text", "readlink", "resolve", "rglob", "rmdir", "samefile",
    "stat", "symlink_to", "touch", "unlink", "walk", "write_bytes", "write_text",
}  # fmt: skip
CLOCK_CALLS = {"now", "today", "utcnow"}

CLASS_KINDS = {"activity", "archive_file", "donation", "member", "source", "story"}


class Import(NamedTuple):
    """One imported module: `names` are what is taken from it, if anything is named."""

    module: str
    names: tuple[str, ...]
    line: int


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package by its dotted name without `generator.`, parsed."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(tree: ast.Module) -> Iterator[Import]:
    """Every import, also those inside functions and conditions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, (), node.lineno)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = tuple(alias.name for alias in node.names)
            yield Import(node.module or "", names, node.lineno)


def own_modules(one: Import) -> Iterator[str]:
    """The modules of this package that an import may load, without `generator.`."""
    if one.module == "generator":
        yield from one.names
    elif one.module.startswith("generator."):
        module = one.module.removeprefix("generator.")
        yield module
        yield from (f"{module}.{name}" for name in one.names if is_module(f"{module}.{name}"))


def is_module(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def breaches(name: str, tree: ast.Module) -> list[str]:
    """Every breach of the floors in one module, in words."""
    found = []
    for one in imports(tree):
        for target in own_modules(one):
            found += [f"{name}:{one.line}: {why} ({target})" for why in forbidden(name, target)]
        found += [f"{name}:{one.line}: {why}" for why in foreign(name, one)]
    for node in ast.walk(tree):
        if names_type_checking(node):
            found.append(f"{name}: TYPE_CHECKING hides a circle of imports")
        if not touches_the_disk(name) and (call := outside_call(node)):
            found.append(f"{name}:{call}() touches the disk or the clock")
    return found


def forbidden(name: str, target: str) -> Iterator[str]:
    """Why a module of this package may not import another."""
    own, other = name.partition(".")[0], target.partition(".")[0]
    if own not in FLOOR or other not in FLOOR:
        return
    if FLOOR[other] > FLOOR[own]:
        yield "imports upwards"
    if FLOOR[other] == FLOOR[own] and other != own and (own, other) not in NEIGHBOURS:
        yield "imports a neighbour on its floor"
    if own in ("pages", "charts") and other == "photos" and target not in ("photos", "photos.plan"):
        yield "knows more of photos than the plan"
    if is_kind(name) and is_kind(target) and name != target:
        yield "a record kind imports another"
    if page_kind(name) and page_kind(target) and page_kind(name) != page_kind(target):
        yield "a page kind imports another"


def foreign(name: str, one: Import) -> Iterator[str]:
    """Why a module may not import a module from outside this package."""
    own, top = name.partition(".")[0], one.module.partition(".")[0]
    if top == "generator":
        return
    if own in LIBRARY_OF and top not in sys.stdlib_module_names | LIBRARY_OF[own]:
        yield f"floor 0 imports {top}"
    if not touches_the_disk(name) and top in DISK_MODULES | CLOCK_MODULES:
        yield f"imports {top}, which touches the disk or the clock"


def is_kind(name: str) -> bool:
    return name.partition(".")[::2] in {("kinds", kind) for kind in CLASS_KINDS}


def page_kind(name: str) -> str:
    """The page kind (a folder of `pages/`) that a module belongs to; empty for shared modules."""
    parts = name.split(".")
    own = parts[0] == "pages" and len(parts) > 1 and PACKAGE.joinpath("pages", parts[1]).is_dir()
    return parts[1] if own else ""


def touches_the_disk(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in TOUCHES_THE_DISK)


def outside_call(node: ast.AST) -> str:
    """Line and name of a call that reads or writes a file, or asks what time it is."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name) and node.func.id == "open":
        return f"{node.lineno}: open"
    of_memory = bool(node.args) and "BytesIO" in ast.dump(node.args[0])
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if called in DISK_CALLS | CLOCK_CALLS and not of_memory:
        return f"{node.lineno}: {called}"
    return ""


def names_type_checking(node: ast.AST) -> bool:
    written = (
        (isinstance(node, ast.Name) and node.id)
        or (isinstance(node, ast.Attribute) and node.attr)
        or (isinstance(node, ast.alias) and node.name)
    )
    return written == "TYPE_CHECKING"


@pytest.mark.parametrize(
    ("name", "tree"), list(modules()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_module_stays_on_its_floor(name: str, tree: ast.Module) -> None:
    assert breaches(name, tree) == []


def test_every_folder_of_the_package_has_a_floor() -> None:
    tops = {name.partition(".")[0] for name, _ in modules()} - {""}
    without_code = {"assets", "words"}
    assert tops - without_code == set(FLOOR)


def test_folders_without_a_floor_hold_no_code() -> None:
    for folder in ("assets", "words"):
        for path in (PACKAGE / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert all(isinstance(node, ast.Expr) for node in tree.body), path


PLANTED = [
    ("values.dates", "import generator.reading.documents", "upwards"),
    ("values.dates", "import yaml", "floor 0 imports yaml"),
    ("archive.archive", "from generator.photos.plan import Picture", "neighbour"),
    ("photos.plan", "from generator.archive.archive import Archive", "neighbour"),
    ("pages.view", "from generator import pipeline", "upwards"),
    ("pages.view", "from generator.photos.develop import develop", "more of photos"),
    ("charts.rows", "from generator.photos import cache", "more of photos"),
    ("pages.days.page", "from generator.pages.gallery.page import pages", "page kind"),
    ("kinds.story", "from generator.kinds.member import Member", "record kind"),
    ("kinds.story", "from generator.kinds import member", "record kind"),
    ("kinds.story", "def f():\n    from generator.archive.archive import Archive", "upwards"),
    ("pages.view", "from typing import TYPE_CHECKING", "TYPE_CHECKING"),
    ("pages.view", "import typing\nif typing.TYPE_CHECKING:\n    pass", "TYPE_CHECKING"),
    ("pages.view", "import os", "imports os"),
    ("pages.view", "def f(p):\n    return p.read_text()", "read_text() touches"),
    ("archive.archive", "open('x')", "open() touches"),
    ("archive.archive", "import datetime\ndatetime.date.today()", "today() touches"),
    ("charts.rows", "from time import time", "imports time"),
    ("photos.pixels", "def f(Image, p):\n    return Image.open(p)", "open() touches"),
]


@pytest.mark.parametrize(("name", "code", "why"), PLANTED)
def test_a_planted_breach_is_found(name: str, code: str, why: str) -> None:
    assert any(why in breach for breach in breaches(name, ast.parse(code)))


ALLOWED = [
    ("kinds.story", "from generator.kinds.photo import Photo"),
    ("kinds.registry", "from generator.kinds import activity, story"),
    ("pages.days.page", "from generator.pages.days.words import x"),
    ("pages.days.page", "from generator.pages.view import View"),
    ("pages.view", "from generator.photos.plan import Picture"),
    ("reading.text_files", "def f(p):\n    return p.read_text()"),
    ("photos.pixels", "def f(Image, io, b):\n    return Image.open(io.BytesIO(b))"),
    ("commands.new", "import datetime\ndatetime.date.today()"),
]


@pytest.mark.parametrize(("name", "code"), ALLOWED)
def test_what_the_floors_allow_is_no_breach(name: str, code: str) -> None:
    assert breaches(name, ast.parse(code)) == []
