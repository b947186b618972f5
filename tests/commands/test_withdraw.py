"""`chronicle withdraw`: gone from every output, its address answers, and nothing else is touched."""

from pathlib import Path

import pytest

from tests.sites import SMALL, built, picture, run, tree, write_archive

STORY = """\
# 说明留着
date: 2020-03-04
title: 撤下的故事
teller: {name: 周梅花, display: named}
consent: {status: granted, audience: public}
text: |
  她把这件事讲得很细。
photos:
  - file: gone.jpg  # 行尾的说明
    id: gone
    caption: 撤下的照片在这里
  - {id: stays, pending: true, caption: 另一张}
"""
FILES: dict[str, str | bytes] = {
    **SMALL,
    "mkdocs.yml": SMALL["mkdocs.yml"].replace(
        "site_name", "site_url: https://example.org/\nsite_name"
    ),
    "records/stories/told.yml": STORY,
    "records/activities/with.yml": "date: 2020-03-05\ntitle: 一天\ntask: delivery\n"
    "quotes: [{by: 周梅花, text: 谢谢你们来}]\n",
    "photos/gone.jpg": picture(),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_archive(tmp_path, FILES)


@pytest.mark.parametrize("named", ["told", "story:told", "records/stories/told.yml"])
def test_a_record_is_marked_and_otherwise_as_it_was(root: Path, named: str) -> None:
    done = run("withdraw", named, "--date", "2020-05-01", "--root", root)
    assert done.exit_code == 0, done.output
    text = (root / "records/stories/told.yml").read_text(encoding="utf-8")
    assert text == f"{STORY}withdrawn: 2020-05-01\n"
    for held in ("records/stories/told.yml", "photos/gone.jpg", ".cache/chronicle"):
        assert held in done.stdout
    assert "{page: stories/told.html, date: 2020-05-01}" in done.stdout
    assert "{page: photos/gone.html, date: 2020-05-01}" in done.stdout


def test_a_photograph_is_withdrawn_by_itself(root: Path) -> None:
    assert run("withdraw", "gone", "--date", "2020-05-01", "--root", root).exit_code == 0
    text = (root / "records/stories/told.yml").read_text(encoding="utf-8")
    assert text == STORY.replace(
        "    caption: 撤下", "    withdrawn: 2020-05-01\n    caption: 撤下"
    )
    site = built(root, audience="public")
    assert "撤回" in (site / "photos" / "gone.html").read_text(encoding="utf-8")
    assert "另一张" in (site / "photos" / "stays.html").read_text(encoding="utf-8")
    assert not (site / "assets" / "photos").exists()


def test_what_cannot_be_marked_by_a_line_is_left_to_a_person(root: Path) -> None:
    path = root / "records/stories/told.yml"
    refused = run("withdraw", "stays", "--root", root)
    assert refused.exit_code == 2
    assert path.read_text(encoding="utf-8") == STORY


def test_an_unknown_record_is_named_with_the_nearest(root: Path) -> None:
    refused = run("withdraw", "tald", "--root", root)
    assert refused.exit_code == 2
    assert "told" in refused.stderr


@pytest.mark.parametrize("deleted", [False, True])
def test_nothing_of_it_is_in_any_output_and_its_address_answers(root: Path, deleted: bool) -> None:
    before = built(root, audience="public")
    assert "周梅花" in (before / "stories/told.html").read_text(encoding="utf-8")
    lines = run("withdraw", "told", "--date", "2020-05-01", "--root", root).stdout
    if deleted:
        (root / "records/stories/told.yml").unlink()
        (root / "photos/gone.jpg").unlink()
        with (root / "records/archive.yml").open("a", encoding="utf-8") as file:
            file.write(lines[lines.index("tombstones:") :])
    for audience in ("public", "internal"):
        files = tree(built(root, audience=audience))
        for secret in ("撤下的", "讲得很细", *(() if deleted else ("周梅花", "谢谢你们来"))):
            assert not [name for name, content in files.items() if secret.encode() in content]
        page = files["stories/told.html"].decode("utf-8")
        assert "2020年5月1日" in page
        assert "noindex" in page
        assert b"told" not in files["sitemap.xml"]
        assert not [name for name in files if name.startswith("assets/photos/")]
