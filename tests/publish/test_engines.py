"""The engines beside each other: one archive, the same site, whichever renders it."""

import ast
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from generator.commands.common import settings_for
from generator.publish.engine import TYPOGRAPHY, EngineError
from generator.publish.engines import ADAPTERS, engine_of
from generator.settings import EngineName
from tests import sites
from tests.test_floors import imports, modules

ENGINES = tuple(ADAPTERS)
ADAPTER_OF = {
    "mkdocs": {"publish.mkdocs_engine", "publish.mkdocs_plugin", "commands.mkdocs_plugin"},
    "zensical": {"publish.zensical_engine"},
}
NAMING = {"settings", "publish.engines"}
"""Modules that may say what the engines are called, because a person chooses one by its name."""

NAV = """\
nav:
  - 纪事: index.md
  - 时间线: timeline/index.md
  - 成员: members/index.md
  - 捐赠: donations/index.md
  - 手册:
      - 开头: guide/README.md
      - guide/更多.md
  - 外面: https://example.org/a?b=1&c=2
  - 关于 & 其他/'它': about.md
"""
WRITTEN = {
    "docs/about.md": "# 关于“我们” & <em>其他</em>\n\n组长是{{ member('zhangsan') }}，"
    "见[手册](guide/README.md#怎样写)、[参与](contribute/index.md)、[第一天](days/2020-03-02.html)。\n\n"
    "![图](images/a%20b.svg){ width=20 }\n\n<img src='images/a b.svg' alt=''>\n\n> 引文\n",
    "docs/guide/README.md": "---\ndescription: 一 & \"二\" '三' <四>\n---\n\n# 手册\n\n"
    "## 怎样写 {#怎样写}\n\n```yaml\ntitle: {{ 不是式子 }} <b>\n```\n\n    缩进的代码 {{ '{' }}\n\n"
    '| 甲 | 乙 |\n|---|---|\n| `a|b` | [上](../about.md) |\n\n!!! note "记住"\n    里面 **重**。\n\n'
    "1. 一\n    - 二\n2. 三\n\n脚注[^1]和<https://example.org/>。\n\n[^1]: 注。\n",
    "docs/guide/更多.md": "没有标题的一页，[回](README.md)。\n\n## 二级\n\n## 二级\n",
    "docs/guide/deep/er/page.md": "---\ntitle: 2020\n---\n\n[首页](../../../index.md)\n",
    "docs/no-title.md": "只有一段 <b>粗</b>。\n\n<div markdown>\n*斜*\n</div>\n",
    "docs/README.md": "# 给代码站看的\n",
    "docs/images/a b.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>',
    "docs/plain.html": '<!doctype html><html lang="zh"><title>原样 @@chronicle-body@@</title></html>',
    "docs/contributing/inside.md": "# 内部 {{ 不查 }}\n",
    "docs/drafts/later.md": "# 以后\n",
    "docs/drafts/kept.md": "# 留下\n",
    "docs/.hidden/no.md": "# 藏\n",
    "docs/templates/no.md": "# 模板\n",
}
EXTENSIONS = """\
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - md_in_html
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
      toc_depth: !ENV [NO_SUCH_VARIABLE, 3]
"""
EXCLUDED = "exclude_docs: |\n  contributing/\n  drafts/*\n  !drafts/kept.md\n"


def configuration(language: str = "zh", more: str = "") -> str:
    text = sites.CONFIGURATION.partition("nav:")[0].replace("language: zh", f"language: {language}")
    text = text.replace(
        "site_name: 巷里纪事", "site_name: 巷里 & <纪事>/'一'\nsite_description: 一“二”"
    )
    return text + NAV + EXTENSIONS + EXCLUDED + more


def files(language: str = "zh") -> sites.Files:
    photographed = (
        "date: 2020-03-09\ntitle: 巡查\ntask: delivery\n"
        "photos: [{caption: 图, alt: 图, file: patrol.jpg}]\n"
    )
    return {
        **sites.SMALL,
        **WRITTEN,
        "mkdocs.yml": configuration(language),
        "records/activities/patrol.yml": photographed,
        "photos/patrol.jpg": sites.picture(),
    }


class Pair:
    """One archive and the sites that the engines make of it, as bytes by address."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders = {
            name: sites.built(root, root.parent / f"by-{name}", engine=name) for name in ENGINES
        }
        self.trees = {name: sites.tree(folder) for name, folder in self.folders.items()}


@pytest.fixture(scope="module", params=["zh", "en", "shipped"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp(request.param) / "archive"
    if request.param == "shipped":
        return Pair(sites.copy_shipped(folder))
    return Pair(sites.write_archive(folder, files(request.param)))


def without_typography(tree: dict[str, bytes]) -> dict[str, bytes]:
    """A site without the theme's style sheet, whose name and content are the theme's own."""
    address = re.compile(TYPOGRAPHY.pattern.encode())
    return {
        name: address.sub(b"TYPOGRAPHY", content) if name.endswith(".html") else content
        for name, content in tree.items()
        if not TYPOGRAPHY.fullmatch(name)
    }


def test_both_engines_make_the_same_site_to_the_byte(pair: Pair) -> None:
    one, other = (without_typography(pair.trees[name]) for name in ENGINES)
    assert sorted(one) == sorted(other)
    assert sites.different(one, other) == []
    pages = [name for name in one if name.endswith(".html")]
    assert len(pages) > 20
    assert any(name.startswith("data/") for name in one)
    assert any(name.startswith("search/") for name in one)


def test_what_mkdocs_excludes_no_engine_publishes(pair: Pair) -> None:
    if "README.md" not in {path.name for path in (pair.root / "docs").iterdir()}:
        pytest.skip("the shipped archive has no such pages; the others do")
    for tree in pair.trees.values():
        assert "drafts/kept.html" in tree
        left_out = ("contributing/", "drafts/later", ".hidden", "templates/", "README")
        assert [name for name in tree if name.startswith(left_out)] == []


def test_nothing_of_the_themes_lies_in_the_site_but_one_style_sheet(pair: Pair) -> None:
    own = ("assets/chronicle/", "assets/photos/")
    for tree in pair.trees.values():
        others = [name for name in tree if name.startswith("assets/") and not name.startswith(own)]
        assert len(others) == 1
        assert TYPOGRAPHY.fullmatch(others[0])


def test_each_engine_makes_the_same_bytes_again(pair: Pair, tmp_path: Path) -> None:
    for name in ENGINES:
        again = sites.built(pair.root, tmp_path / name, engine=name)
        assert sites.different(sites.tree(again), pair.trees[name]) == []


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_no_engine_sees_what_the_audience_may_not(tmp_path: Path, audience: str) -> None:
    inside = "date: 2020-03-17\ntitle: 只给里面看\ntask: delivery\nvisibility: internal\n"
    archive = {**sites.SMALL, "records/activities/inside.yml": inside}
    root = sites.write_archive(tmp_path / "archive", archive)
    for name in ENGINES:
        site = sites.built(root, tmp_path / name, engine=name, audience=audience)
        found = [
            one for one, content in sites.tree(site).items() if "只给里面看".encode() in content
        ]
        assert bool(found) is (audience == "internal")


def test_an_organisation_changes_the_engine_in_one_line(tmp_path: Path) -> None:
    changed = sites.CONFIGURATION.replace("- chronicle", "- chronicle:\n      engine: zensical")
    root = sites.write_archive(tmp_path, {**sites.SMALL, "mkdocs.yml": changed})
    assert settings_for(root).engine == "zensical"
    result = sites.run("build", "--root", root)
    assert result.exit_code == 0, result.output
    assert any("classic" in name for name in sites.tree(root / "site"))
    assert sites.run("build", "--root", root, "--engine", "mkdocs").exit_code == 0
    assert not any("classic" in name for name in sites.tree(root / "site"))


@pytest.mark.parametrize(("engine", "missing"), [("zensical", "mkdocs"), ("mkdocs", "zensical")])
def test_one_engine_builds_where_the_other_is_not_installed(
    tmp_path: Path, engine: str, missing: str
) -> None:
    root = sites.write_archive(tmp_path, sites.SMALL)
    program = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({ADAPTERS[missing].needs!r}))\n"  # None: not there
        "from generator.__main__ import main\n"
        f"main(['build', '--root', {str(root)!r}, '--engine', sys.argv[1]])\n"
    )

    def run(name: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", program, name]
        return subprocess.run(
            command, cwd=sites.ROOT, capture_output=True, encoding="utf-8", check=False
        )

    done = run(engine)
    assert done.returncode == 0, done.stderr
    assert (root / "site" / "index.html").is_file()
    refused = run(missing)
    assert refused.returncode == 2
    assert f"没有安装 {missing}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_an_engine_refuses_is_explained_and_leaves_the_old_site(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = sites.write_archive(tmp_path, sites.SMALL)
    before = sites.tree(sites.built(root))
    broken = sites.CONFIGURATION + "markdown_extensions: [no_such_extension]\n"
    (root / "mkdocs.yml").write_text(broken, encoding="utf-8")
    for name in ENGINES:
        result = sites.run("build", "--root", root, "--engine", name)
        assert result.exit_code == 2
        assert "no_such_extension" in result.output + caplog.text
        caplog.clear()
        assert sites.different(sites.tree(root / "site"), before) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_addresses_of_folders_are_refused_by_every_engine(tmp_path: Path, engine: str) -> None:
    text = sites.CONFIGURATION.replace("use_directory_urls: false\n", "")
    root = sites.write_archive(tmp_path, {**sites.SMALL, "mkdocs.yml": text})
    result = sites.run("build", "--root", root, "--engine", engine)
    assert result.exit_code == 2
    assert "use_directory_urls" in result.output


def test_docs_outside_the_archive_are_rendered_by_both(tmp_path: Path) -> None:
    text = sites.CONFIGURATION.replace("docs_dir: docs", "docs_dir: ../pages")
    archive = {f"archive/{name}": content for name, content in sites.SMALL.items()}
    archive |= {"archive/mkdocs.yml": text, "pages/index.md": "# 外面的首页\n"}
    root = sites.write_archive(tmp_path, archive) / "archive"
    trees = [
        without_typography(sites.tree(sites.built(root, tmp_path / name, engine=name)))
        for name in ENGINES
    ]
    assert "外面的首页".encode() in trees[0]["index.html"]
    assert sites.different(*trees) == []


def test_an_inherited_configuration_means_the_same_to_both(tmp_path: Path) -> None:
    own, nav, pages = sites.CONFIGURATION.partition("nav:")
    parent = (
        own + "markdown_extensions: [admonition, footnotes]\nextra_css: [parent.css]\nnav: []\n"
    )
    child = "INHERIT: base/parent.yml\nmarkdown_extensions: [attr_list]\nextra_css: [child.css]\n"
    archive = {
        **sites.SMALL,
        "base/parent.yml": parent,
        "mkdocs.yml": f"{child}{nav}{pages}",
        "docs/child.css": "p { margin: 0 }\n",
        "docs/note.md": "!!! note\n    不是提示框，因为列表整个换掉。\n\n## 题 {: .kept }\n",
    }
    root = sites.write_archive(tmp_path / "archive", archive)
    trees = [
        without_typography(sites.tree(sites.built(root, tmp_path / name, engine=name)))
        for name in ENGINES
    ]
    page = trees[0]["note.html"].decode()
    assert "admonition" not in page
    assert 'class="kept"' in page
    assert "child.css" in page
    assert "parent.css" not in page
    assert sites.different(*trees) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_navigation_every_section_of_records_is_in_it(
    tmp_path: Path, language: str
) -> None:
    own = sites.CONFIGURATION.partition("nav:")[0].replace("language: zh", f"language: {language}")
    pages = {"docs/notes/2020/one.md": "# 一篇\n", "docs/about.md": "# 关于\n"}
    root = sites.write_archive(tmp_path / "archive", {**sites.SMALL, **pages, "mkdocs.yml": own})
    trees = [
        without_typography(sites.tree(sites.built(root, tmp_path / name, engine=name)))
        for name in ENGINES
    ]
    assert sites.different(*trees) == []
    header = trees[0]["about.html"].decode().partition("</nav>")[0]
    shown = re.findall(r'<li><a href="([^"]+)"[^>]*>([^<]+)</a></li>', header)
    assert [address for address, _ in shown][1:9] == [
        *("timeline/index.html", "members/index.html", "donations/index.html"),
        *("stories/index.html", "gallery/index.html", "statistics/index.html"),
        *("data/index.html", "contribute/index.html"),
    ]
    assert shown[-1] == ("about.html", "关于")


def test_a_section_within_a_section_leads_to_its_first_page(tmp_path: Path) -> None:
    nav = "nav:\n  - index.md\n  - 外:\n      - 里:\n          - deep/page.md\n"
    text = sites.CONFIGURATION.partition("nav:")[0] + nav
    archive = {**sites.SMALL, "docs/deep/page.md": "# 深处\n", "mkdocs.yml": text}
    root = sites.write_archive(tmp_path / "archive", archive)
    for name in ENGINES:
        tree = sites.tree(sites.built(root, tmp_path / name, engine=name))
        assert '<a href="deep/page.html">外</a>' in tree["index.html"].decode()


def test_plugins_that_zensical_passes_over_are_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = sites.CONFIGURATION.replace("- chronicle", "- chronicle\n  - search\n  - tags: {}")
    root = sites.write_archive(tmp_path, {**sites.SMALL, "mkdocs.yml": text})
    with caplog.at_level(logging.WARNING):
        sites.built(root, engine="zensical")
    assert [one.message.rpartition(": ")[2] for one in caplog.records] == ["tags"]


def test_an_organisations_own_theme_folder_is_kept_by_both(tmp_path: Path) -> None:
    text = sites.CONFIGURATION.replace("theme:\n", "theme:\n  custom_dir: overrides\n")
    archive = {
        **sites.SMALL,
        "mkdocs.yml": text,
        "overrides/assets/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    root = sites.write_archive(tmp_path / "archive", archive)
    for name in ENGINES:
        tree = sites.tree(sites.built(root, tmp_path / name, engine=name))
        assert "assets/logo.svg" in tree


def test_only_its_adapter_knows_an_engine() -> None:
    assert breaches_of_the_interface() == []


def breaches_of_the_interface() -> list[str]:
    """Every import of an engine or its adapter, and every mention of its name, where none may be."""
    adapters = set().union(*ADAPTER_OF.values())
    found = []
    for module, tree in modules():
        for engine, own in ADAPTER_OF.items():
            if module in own:
                continue
            for one in imports(tree):
                top = one.module.partition(".")[0]
                inside = one.module.removeprefix("generator.")
                if top in ADAPTERS[engine].needs or (inside in own and module not in adapters):
                    found.append(f"{module}:{one.line} imports {one.module}")
            if module not in NAMING:
                found += [f"{module}:{line} names {engine}" for line in mentions(tree, engine)]
    return found


def mentions(tree: ast.Module, engine: str) -> Iterator[int]:
    """Lines in which the bare name of an engine decides something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == engine:
            yield node.lineno


def test_every_engine_that_can_be_asked_for_is_there() -> None:
    assert set(get_args(EngineName)) == set(ENGINES) == set(ADAPTER_OF)
    for name in ENGINES:
        assert callable(engine_of(name))


def test_an_engine_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        ADAPTERS, "zensical", ADAPTERS["zensical"]._replace(needs=("no_such_thing",))
    )
    with pytest.raises(EngineError, match=r"pip install 'chronicle-archive\[zensical\]'"):
        engine_of("zensical")
