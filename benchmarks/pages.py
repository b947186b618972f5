"""Times whole builds: cold, with nothing changed, and after one edit, beside Hugo where installed.

Hugo gets the same activities as Markdown files with the same fields, and makes a plain page of each
with links to the pages beside it. Every program has to have made a page for every entry, or there
is no result. Processor time is printed beside the clock: it can be compared while the machine does
other work. Each run is added to a history file.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from generator.demo.archive import demo_files
from generator.demo.records import Plan

HISTORY = Path(__file__).parent / "history.jsonl"
_PAGE = """<!doctype html><html lang="zh"><title>{{ .Title }}</title><h1>{{ .Title }}</h1>
<p>{{ .Params.when }} {{ .Params.task }} {{ .Params.place }}</p>{{ .Content }}
<ul>{{ range .Params.members }}<li>{{ . }}</li>{{ end }}</ul>
{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .Next }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</html>"""
_CONFIGURATION = 'baseURL = "/"\ntitle = "x"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'


@dataclass(frozen=True, slots=True)
class Run:
    """One program at one size: seconds by the clock and of processor time, pages in its output."""

    name: str
    entries: int
    seconds: float
    busy: float
    pages: int


def main() -> None:
    """Measure at every size, print, and remember."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="where Hugo is installed")
    arguments = parser.parse_args()
    print(f"{'':28}{'entries':>9}{'seconds':>9}{'CPU s':>8}{'pages':>8}{'ms each':>9}")
    runs = []
    for entries in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="chronicle-bench-") as folder:
            for run in _all(Path(folder), entries, arguments.hugo):
                each = run.busy / run.entries * 1000
                figures = (
                    f"{run.entries:9}{run.seconds:9.2f}{run.busy:8.2f}{run.pages:8}{each:9.2f}"
                )
                print(f"{run.name:28}{figures}", flush=True)
                runs.append(run)
    with HISTORY.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps([asdict(run) for run in runs]) + "\n")


def _all(folder: Path, entries: int, hugo: str | None) -> Iterator[Run]:
    root = folder / "archive"
    plan = Plan(entries, members=15, photos_per_day=0, seed=1, photo_size=(160, 120))
    for name, content in demo_files(plan):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    build = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    yield _timed("chronicle, cold", entries, build, root, root / "site")
    yield _timed("chronicle, nothing changed", entries, build, root, root / "site")
    edited = sorted(root.glob("records/activities/*/*.yml"))[entries // 2]
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("\ntitle: ", "\ntitle: 改过的", 1), encoding="utf-8")
    yield _timed("chronicle, one entry edited", entries, build, root, root / "site")
    if hugo:
        _for_hugo(root, folder / "hugo")
        command = [hugo, "--quiet"]
        yield _timed("hugo", entries, command, folder / "hugo", folder / "hugo" / "public")


def _timed(name: str, entries: int, command: list[str], where: Path, site: Path) -> Run:
    """One run; raises when it fails or has made fewer pages than there are entries."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    began, used = time.perf_counter(), _processor_time()
    subprocess.run(command, cwd=where, env=environment, check=True, capture_output=True)
    seconds, busy = time.perf_counter() - began, _processor_time() - used
    pages = sum(1 for _ in site.rglob("*.html"))
    if pages < entries * 0.9:  # entries of uncertain date share a page
        raise SystemExit(f"{name}: {pages} pages of {entries} entries")
    return Run(name, entries, seconds, busy, pages)


def _processor_time() -> float:
    """Seconds that processes begun from here and ended have used (Unix only)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _for_hugo(root: Path, folder: Path) -> None:
    """The activities as Hugo has them: fields above, text below."""
    days, layouts = folder / "content" / "days", folder / "layouts" / "_default"
    for one in (days, layouts):
        one.mkdir(parents=True)
    (folder / "hugo.toml").write_text(_CONFIGURATION, encoding="utf-8")
    (layouts / "single.html").write_text(_PAGE, encoding="utf-8")
    (layouts / "list.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    for path in root.glob("records/activities/*/*.yml"):
        fields = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        body = fields.pop("summary", "")
        fields["when"] = fields.pop("date")
        if fields.get("members") == "all":
            fields["members"] = ["all"]
        head = yaml.dump(fields, Dumper=yaml.CSafeDumper, allow_unicode=True)
        (days / f"{path.stem}.md").write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
