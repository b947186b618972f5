"""Small archives in folders of their own, and what the program makes of them.

Texts of files go in; archives, sites and their bytes come out, through the real code. The shipped
archive is only ever copied.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from click.testing import CliRunner, Result
from PIL import Image

from generator.__main__ import main
from generator.archive.load import load
from generator.checking import edition_of
from generator.commands.common import settings_for
from generator.pages.data.files import figure_sheets
from generator.pages.data.files import sheets as data_sheets
from generator.pages.edition import Edition
from generator.pages.page import File, Joined
from generator.pipeline import Outcome
from generator.pipeline import build as build_site
from generator.problems.problem import Problem, Severity
from generator.problems.reporters import as_text
from generator.publish import making
from generator.settings import Settings

# Hundreds of builds in one process: what draws charts is started once, not in a copy for each.
making._WORTH_A_PROCESS = 1000

ROOT = Path(__file__).parents[1]
SHIPPED = ("mkdocs.yml", "records", "docs", "photos")

CONFIGURATION = """\
site_name: 巷里纪事
docs_dir: docs
site_dir: site
use_directory_urls: false
theme:
  name: material
  language: zh
  font: false
plugins:
  - chronicle
nav:
  - 纪事: index.md
  - 时间线: timeline/index.md
  - 成员: members/index.md
  - 捐赠: donations/index.md
  - 口述: stories/index.md
  - 照片: gallery/index.md
  - 数字: statistics/index.md
  - 数据: data/index.md
  - 参与: contribute/index.md
"""
ARCHIVE = """\
title: 巷里纪事
organisation: 测试工作组
period: 2020-02-26/2020-03-31
default_visibility: public
tasks: [{id: disinfection, label: 消杀}, {id: delivery, label: 物资运送}]
measures:
  - {id: buildings, label: 消杀楼栋, unit: building, task: disinfection}
  - {id: weight, label: 搬运重量, unit: jin, task: delivery}
units:
  - {id: building, label: 栋}
  - {id: kg, label: 公斤}
  - {id: jin, label: 斤, base: kg, factor: 0.5}
  - {id: parcel, label: 份}
batches: [{id: first, label: 第一批}]
"""
HOME = "# 巷里纪事\n\n{{ hero() }}\n\n正文。\n"
Files = Mapping[str, str | bytes]
"""Contents by path below an archive's root."""

EMPTY: Mapping[str, str] = {
    "mkdocs.yml": CONFIGURATION,
    "records/archive.yml": ARCHIVE,
    "docs/index.md": HOME,
}
"""An archive without any record: files by path."""

SMALL: Mapping[str, str] = {
    **EMPTY,
    "records/members/zhangsan.yml": "name: 张三\nrole: 组长\nbatch: first\n",
    "records/members/lisi.yml": "name: 李四\nrole: 组员\nbatch: first\naliases: [小李]\n",
    "records/activities/first-day.yml": """\
date: 2020-03-02
title: 第一天
task: disinfection
members: [zhangsan, lisi]
summary: 走巷上楼。
figures: [{measure: buildings, value: 406}]
sources: [article]
""",
    "records/activities/parcels.yml": """\
date: 2020-03-04
title: 分发物资
task: delivery
members: all
figures: [{measure: weight, value: 8000多}]
quotes: [{by: zhangsan, text: 一户一户地送。}]
""",
    "records/activities/every-day.yml": """\
date: 2020-02-29/2020-03-31
title: 每天送货
task: delivery
""",
    "records/donations/melons.yml": """\
date: "[2020-03-01..2020-03-31]"
donor: {name: 某农场, kind: organisation}
recipient: 社区
items: [{item: 冬瓜, quantity: 约700, unit: parcel}]
occasion: 送来冬瓜
""",
    "records/stories/thumbs-up.yml": """\
date: 2020-03-04
title: 竖起拇指
teller: {kind: 居民}
consent: {status: not_needed, audience: public}
text: 她竖起了拇指。
""",
    "records/sources/article.yml": """\
title: 侧记
date: 2020-04-02
kind: article
claims: [{measure: buildings, value: 406}, {item: 冬瓜, value: 900余, unit: parcel}]
""",
}
"""An archive with one record or two of every kind and no photograph."""


def write_archive(folder: Path, files: Files) -> Path:
    """The folder, after the files have been written below it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def copy_shipped(folder: Path) -> Path:
    """A copy of the archive that the project ships with."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


def picture(colour: tuple[int, int, int] = (120, 90, 60), form: str = "JPEG") -> bytes:
    """A flat picture of 600 x 400 px."""
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(buffer, form)
    return buffer.getvalue()


def edition(root: Path, **changes: object) -> Edition:
    """The archive as its settings' audience sees it, without pictures."""
    settings = settings_for(root, **changes)
    loaded = load(settings.root, settings.records)
    assert loaded.archive is not None, loaded.problems
    return edition_of(settings, loaded.archive)


def built(root: Path, output: Path | None = None, **changes: object) -> Path:
    """The site of an archive that is in order."""
    settings = settings_for(root, **changes)
    folder = output or settings.site
    outcome = build(settings, folder)
    assert outcome.succeeded, as_text(errors(outcome), "en")
    return folder


def errors(outcome: Outcome) -> list[Problem]:
    """What kept a site from being built."""
    return [one for one in outcome.problems if one.severity is Severity.ERROR]


def build(settings: Settings, folder: Path) -> Outcome:
    """A build that says nothing."""
    return build_site(settings, folder, lambda step: None, lambda done, total: None)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder by its name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Names of the files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def run(*arguments: str | Path) -> Result:
    """The program run within this one."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


# Within a test the program leaves the streams as the test made them.
_ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
    "PYTHONUNBUFFERED": "1",
}


def start(*arguments: str | Path, **environment: str) -> "subprocess.Popen[str]":
    """The program in a process of its own, its two streams to be read as text."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=ROOT,
        env={**_ENVIRONMENT, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a server on this machine shows the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def data_files(edition: Edition) -> Iterator[File]:
    """All files below `data/`, and the IIIF manifests when the site has an address."""
    found: dict[str, bytes] = {}
    for sheet in (*figure_sheets(edition), *data_sheets(edition)):
        for made in sheet.make():
            assert isinstance(made, File | Joined)
            if isinstance(made, Joined):
                found[made.url] = b"".join(made.pieces(found.__getitem__))
            else:
                found[made.url] = made.content
    yield from (File(url, content) for url, content in found.items())
