"""The plain edition: what was exported is read again, and nothing in it leads nowhere."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from markdown import Markdown

from generator.archive.archive import ref_of
from generator.archive.plain import plain_quantity, plain_record
from generator.commands.common import settings_for
from generator.pages.edition import Edition
from generator.pages.plain_view import FOLDERS, plain, safe_markdown
from generator.pipeline import prepare
from tests import sites
from tests.publish.test_engines import configuration, files

_LINKS = re.compile(r'\s(href|src)="([^"]*)"')
_IDS = re.compile(r'\sid="([^"]*)"')


class Exported:
    """An archive, its edition, and its plain files as text by name."""

    def __init__(self, root: Path, folder: Path, *arguments: str) -> None:
        result = sites.run("export", folder, "--root", root, *arguments)
        assert result.exit_code == 0, result.output
        self.root, self.folder = root, folder
        self.tree = sites.tree(folder)
        self.texts = {n: c.decode() for n, c in self.tree.items() if n.endswith(".md")}

    def edition(self) -> Edition:
        found = prepare(settings_for(self.root), lambda done, total: None)
        assert isinstance(found, Edition)
        return found

    def front(self, name: str) -> dict[str, object]:
        _, head, _ = self.texts[name].split("---\n", 2)
        fields: dict[str, object] = yaml.safe_load(head)
        return fields

    def html(self, name: str) -> str:
        text = re.sub(r"\A---\n.*?\n---\n", "", self.texts[name], flags=re.DOTALL)
        return Markdown(extensions=["tables", "fenced_code", "footnotes"]).convert(text)


@pytest.fixture(scope="module", params=["zh", "en", "shipped"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    place = tmp_path_factory.mktemp(request.param)
    root = place / "archive"
    if request.param == "shipped":
        sites.copy_shipped(root)
    else:
        sites.write_archive(root, files(request.param))
    return Exported(root, place / "plain")


def test_every_record_is_a_file_whose_front_matter_has_its_fields(exported: Exported) -> None:
    records = exported.edition().archive.records
    assert records
    for ref, record in records.items():
        front = exported.front(f"{FOLDERS[ref.kind]}/{ref.id}.md")
        assert front.pop("type") == ref.kind
        given = plain_record(record)
        if "title" not in given:  # a member's or donation's heading is not a field of it
            assert front.pop("title")
        assert front == given


def test_every_link_leads_to_a_file_and_every_picture_is_there(exported: Exported) -> None:
    anchors = {name: {*_IDS.findall(exported.html(name))} for name in exported.texts}
    shown: set[str] = set()
    checked = 0
    for name in exported.texts:
        for attribute, address in _LINKS.findall(exported.html(name)):
            parts = urlsplit(address.replace("&amp;", "&"))
            if parts.scheme:
                continue
            path = unquote(parts.path)
            target = normpath(f"{Path(name).parent.as_posix()}/{path}") if path else name
            assert target in exported.tree, f"{name}: {address}"
            if attribute == "src":
                shown.add(target)
            elif parts.fragment and target == "statistics.md":
                assert unquote(parts.fragment) in anchors[target], f"{name}: {address}"
            checked += 1
    assert checked > 50
    pictures = {name for name in exported.tree if name.startswith("assets/photos/")}
    assert pictures
    assert pictures <= shown


def test_every_figure_of_the_site_is_in_the_table_with_its_bounds(exported: Exported) -> None:
    figures = exported.edition().figures
    front = exported.front("statistics.md")["figures"]
    assert isinstance(front, list)
    read = {(one["origin"], one["id"]): one for one in front}
    wanted = [*figures.recorded.values(), *figures.reported.values()]
    assert wanted
    for one in wanted:
        found = read[one.origin, one.id]
        amount = {name: found[name] for name in ("lower", "upper", "qualifier")}
        assert amount == plain_quantity(one.quantity)
        assert found["unit"] == one.unit


def test_hand_written_pages_keep_their_figures_names_and_pictures(tmp_path: Path) -> None:
    root = sites.copy_shipped(tmp_path / "archive")
    text = Exported(root, tmp_path / "plain").texts["index.md"]
    assert "{{" not in text
    assert "<a " not in text
    assert "[李辉](members/lihui.md)" in text
    assert re.search(r"\[\d[^\]]*\]\(statistics\.md#[^)]+\)", text)
    assert re.search(r"!\[[^\]]+\]\(assets/photos/[^)]+\.webp\)", text)
    assert "](days/2020-03-04.md)" in text


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_any_generator_builds_it(tmp_path: Path, engine: str) -> None:
    root = sites.write_archive(tmp_path / "archive", files())
    Exported(root, tmp_path / "docs")
    text = "site_name: 纯文本\ntheme: {name: mkdocs}\nplugins: []\n"
    if engine == "zensical":
        text = "site_name: 纯文本\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", engine, "build"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    page = next((tmp_path / "site").glob("members/zhangsan/index.html"))
    assert "张三" in page.read_text(encoding="utf-8")


def test_only_what_the_audience_may_see_is_exported(tmp_path: Path) -> None:
    archive = {
        **files(),
        "records/activities/inside.yml": "date: 2020-03-17\ntitle: 只给里面看\ntask: delivery\n"
        "visibility: internal\n",
        "records/activities/closed.yml": "date: 2020-03-18\ntitle: 谁也不给看\ntask: delivery\n"
        "visibility: private\nphotos: [{caption: 图, alt: 图, file: closed.jpg}]\n",
        "photos/closed.jpg": sites.picture((1, 2, 3)),
    }
    root = sites.write_archive(tmp_path / "archive", archive)
    public = Exported(root, tmp_path / "public", "--audience", "public")
    internal = Exported(root, tmp_path / "internal", "--audience", "internal")

    def holds(one: Exported, words: str) -> bool:
        return any(words.encode() in content for content in one.tree.values())

    assert holds(internal, "只给里面看")
    assert not holds(public, "只给里面看")
    assert "days/2020-03-17.md" not in public.tree
    for one in (public, internal):
        assert not holds(one, "谁也不给看")
        assert len([name for name in one.tree if name.startswith("assets/photos/")]) == 1


def test_the_same_archive_gives_the_same_bytes_again(exported: Exported, tmp_path: Path) -> None:
    again = Exported(exported.root, tmp_path / "again")
    assert sites.different(again.tree, exported.tree) == []


def test_a_folder_that_holds_anything_is_not_written_to(tmp_path: Path) -> None:
    root = sites.write_archive(tmp_path / "archive", sites.SMALL)
    sites.write_archive(tmp_path / "mine", {"letter.txt": "信"})
    assert sites.run("export", tmp_path / "mine", "--root", root).exit_code == 2
    assert sites.tree(tmp_path / "mine") == {"letter.txt": "信".encode()}


def test_a_page_named_like_an_exported_file_is_refused(tmp_path: Path) -> None:
    archive = {**sites.SMALL, "docs/statistics.md": "# 另一页\n"}
    result = sites.run(
        "export", tmp_path / "plain", "--root", sites.write_archive(tmp_path / "a", archive)
    )
    assert result.exit_code == 2
    assert "statistics.md" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "*重* _a_ `b` [c](d) <e> #f | g~h {i} !j &amp;",
        "# 题",
        "- 列",
        "1. 列",
        "> 引",
        "\\*",
        "+ 加",
    ],
)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    html = Markdown(extensions=["tables"]).convert(plain(text))
    shown = re.sub(r"<[^>]*>", "", html)
    assert unescape(shown) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x]( <javascript:alert(1)>)",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "<img src=x onerror=alert(1)>",
        "[x](JavaScript:alert(1))",
    ],
)
def test_a_records_markdown_runs_nothing(text: str) -> None:
    html = Markdown().convert(safe_markdown(text))
    assert not re.search(r"<(script|img)|javascript:", html, re.IGNORECASE)


def test_no_configuration_of_a_site_is_needed(tmp_path: Path) -> None:
    """An export asks no engine: neither has to be installed."""
    root = sites.write_archive(tmp_path / "a", {**sites.SMALL, "mkdocs.yml": configuration()})
    program = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(('mkdocs', 'material', 'zensical')))\n"
        "from generator.__main__ import main\n"
        f"main(['export', {str(tmp_path / 'plain')!r}, '--root', {str(root)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sites.ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert ref_of(sites.edition(root).archive.members[0]).id in "".join(sites.tree(tmp_path))
