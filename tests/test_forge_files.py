"""The files for forges and the guide for members: they parse, ask for little, and are true."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from generator.__main__ import main
from generator.commands.reference import every_code
from generator.values.dates import parse_date
from generator.values.quantities import parse_quantity

ROOT = Path(__file__).parents[1]
WORKFLOW = ROOT / ".github/workflows/check.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
FORGE_YAML = [WORKFLOW, GITLAB, HOOKS, *FORMS]
GUIDE = ROOT / "docs/guide/add-a-day.md"
IMAGES = GUIDE.parent / "images"
FORGES = ROOT / "docs/contributing/forges.md"
EXAMPLE = "records/activities/2020/2020-02-28-reporting.yml"
SLIPS = {"organisation": "organization", "lihui": "lihiu"}
SVG = "{http://www.w3.org/2000/svg}"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def parsed(path: Path) -> Any:
    """Every scalar as written: in YAML 1.1 a workflow's `on` would be a truth value."""
    return yaml.load(text_of(path), Loader=yaml.BaseLoader)


def steps() -> list[dict[str, Any]]:
    (job,) = parsed(WORKFLOW)["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def step(name: str) -> dict[str, Any]:
    (found,) = (one for one in steps() if one["name"] == name)
    return found


def scripts() -> list[str]:
    """Every shell script that a forge runs."""
    return [
        *(one["run"] for one in steps() if "run" in one),
        *parsed(GITLAB)["check"]["script"],
    ]


def fences(language: str, path: Path = GUIDE) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(path), re.MULTILINE | re.DOTALL)


def guide_section(title: str) -> str:
    (found,) = re.findall(
        rf"^## {title}.*?(?=^## |\Z)", text_of(GUIDE), flags=re.MULTILINE | re.DOTALL
    )
    return str(found)


def pictures() -> list[tuple[str, str]]:
    """Alternative text and address of every picture of the guide."""
    return re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", text_of(GUIDE))


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-m", "generator", "check", *arguments], folder)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy of the shipped archive, in which `.venv/bin/chronicle` is the program under test."""
    for name in ("records", "photos", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    program = tmp_path / ".venv/bin/chronicle"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def write_example(archive: Path, slips: bool) -> None:
    text = fences("yaml")[0]
    for right, wrong in SLIPS.items() if slips else ():
        text = text.replace(right, wrong)
    (archive / EXAMPLE).write_text(text, encoding="utf-8")


# The files


@pytest.mark.parametrize("path", FORGE_YAML, ids=lambda path: path.name)
def test_every_forge_file_in_yaml_parses(path: Path) -> None:
    assert parsed(path)


@pytest.mark.parametrize("brought", ["", ".cache/chronicle/memory/records-00", "site/index.html"])
def test_a_commit_that_brings_a_cache_or_a_site_is_refused(brought: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    if brought:
        (tmp_path / brought).parent.mkdir(parents=True)
        (tmp_path / brought).write_text("{}", encoding="utf-8")
        subprocess.run(["git", "-C", str(tmp_path), "add", "-f", brought], check=True)
    on_gitlab = parsed(ROOT / ".gitlab-ci.yml")["check"]["script"][0]
    for script in (step("缓存和做好的网站不进仓库")["run"], on_gitlab):
        done = run(["bash", "-c", script], tmp_path)
        assert (done.returncode == 0) == (not brought)
        assert not brought or brought in done.stdout


def test_github_and_gitea_read_the_same_workflow() -> None:
    assert not (ROOT / ".gitea/workflows").exists(), "Gitea would no longer read .github/workflows"


def test_the_workflow_may_only_read() -> None:
    workflow = parsed(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


def test_the_workflow_runs_a_pull_request_with_its_own_rights() -> None:
    assert set(parsed(WORKFLOW)["on"]) == {"pull_request", "push"}


@pytest.mark.parametrize("path", [WORKFLOW, GITLAB], ids=lambda path: path.name)
def test_no_check_asks_for_a_secret(path: Path) -> None:
    assert not re.search(r"secrets\.|\btoken\b|PASSWORD|_TOKEN", text_of(path), re.IGNORECASE)


def test_the_checkout_leaves_no_credentials_behind() -> None:
    assert step("取来文件")["with"]["persist-credentials"] == "false"


def test_no_expression_becomes_part_of_a_shell_script() -> None:
    assert not [one for one in scripts() if "${{" in one]


def test_every_action_is_the_forges_own_and_names_its_version() -> None:
    used = [one["uses"] for one in steps() if "uses" in one]
    assert used
    assert [
        one for one in used if not re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", one)
    ] == []


def test_what_is_installed_is_compared_with_its_hashes() -> None:
    recipe = re.search(
        r"^\$\(VENV\)/\.site-ready:.*\n((?:\t.*\n)+)", text_of(ROOT / "Makefile"), re.M
    )
    assert recipe
    assert "--require-hashes --requirement requirements.lock" in recipe[1]


def test_the_cache_is_keyed_by_lock_file_photographs_and_records() -> None:
    cache = step("取来做好的小图")["with"]
    assert cache["path"] == ".cache/chronicle"
    assert "hashFiles('requirements.lock', 'photos/**', 'records/**')" in cache["key"]


def test_the_site_is_kept_as_a_preview_on_every_forge() -> None:
    assert step("留一份预览")["with"]["path"] == "site"
    assert "site/" in parsed(GITLAB)["check"]["artifacts"]["paths"]


# What they call


def commands_in(text: str) -> list[list[str]]:
    """Every call of the program: its command and what follows on the line."""
    found = re.findall(r"(?:bin/|Scripts\\|`)?\bchronicle ((?:[a-z]+)(?: [^|&>`\n)]*)?)", text)
    return [one.split() for one in found]


def declared(command: str) -> click.Command | None:
    return main.get_command(click.Context(main), command)


def texts_that_call_the_program() -> Iterator[tuple[str, str]]:
    for number, script in enumerate(scripts()):
        yield f"script {number}", re.sub(r"echo .*", "", script)
    for hook in parsed(HOOKS):
        yield hook["id"], hook["entry"]
    for path in (GUIDE, FORGES):
        yield path.name, "\n".join(re.findall(r"`([^`\n]*chronicle [a-z][^`\n]*)`", text_of(path)))


@pytest.mark.parametrize(("where", "text"), [*texts_that_call_the_program()])
def test_every_command_that_is_named_exists_with_its_options(where: str, text: str) -> None:
    calls = commands_in(text)
    for name, *rest in calls:
        command = declared(name)
        assert command is not None, f"{where}: chronicle {name}"
        known = {option for one in command.params for option in one.opts}
        assert {one for one in rest if one.startswith("--")} <= known, f"{where}: {name} {rest}"
        for one in command.params:
            if isinstance(one, click.Argument) and isinstance(one.type, click.Choice) and rest:
                assert rest[0] in one.type.choices, f"{where}: {name} {rest}"


def test_the_check_reads_builds_and_compares_the_schemas() -> None:
    called = {tuple(one) for script in scripts() for one in commands_in(script)}
    assert {("check",), ("check", "--format", "github"), ("check", "--format", "json")} <= called
    assert {("build",), ("schema", "--check")} <= called


@pytest.mark.parametrize("path", [WORKFLOW, GITLAB, GUIDE, FORGES], ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    makefile = text_of(ROOT / "Makefile").replace("$(VENV)", ".venv")
    targets = set(re.findall(r"^([\w./-]+):", makefile, re.MULTILINE))
    named = re.findall(r"(?:^\s*(?:- |run: )?|`|运行 )make ([\w./-]+)", text_of(path), re.MULTILINE)
    assert named
    assert set(named) <= targets


def test_the_hook_checks_the_whole_archive() -> None:
    (hook,) = parsed(HOOKS)
    assert hook["id"] == "chronicle-check"
    assert hook["entry"] == "chronicle check"
    assert hook["pass_filenames"] == "false", "a deleted file breaks those that name it"


# What a member sees of the check


def test_the_last_lines_of_a_failed_check_are_the_errors_alone(archive: Path) -> None:
    write_example(archive, slips=True)
    script = ["bash", "-eo", "pipefail", "-c", step("检查记录")["run"]]
    finished = run(script, archive)
    assert finished.returncode == 1
    _, _, last = finished.stdout.partition("==> 要改的地方\n")
    assert last.splitlines() == [
        f"{EXAMPLE}:5:7: 错误 REF001 没有任务 “organization”。是不是 “organisation”？",
        "  5 | task: organization",
        "    |       ^~~~~~~~~~~~",
        f"{EXAMPLE}:6:11: 错误 REF001 没有成员 “lihiu”。是不是 “lihui”？",
        "  6 | members: [lihiu, liaison]",
        "    |           ^~~~~",
    ]
    assert text_of(archive / "summary.md") == last


def test_a_sound_archive_passes_the_check_of_the_forge(archive: Path) -> None:
    finished = run(["bash", "-eo", "pipefail", "-c", step("检查记录")["run"]], archive)
    assert finished.returncode == 0, finished.stdout
    assert "要改的地方" not in finished.stdout


def test_errors_stand_beside_the_changed_lines_and_notes_do_not(archive: Path) -> None:
    write_example(archive, slips=True)
    finished = run(
        ["bash", "-eo", "pipefail", "-c", step("把错误和警告标在改动旁边")["run"]], archive
    )
    assert finished.returncode == 0
    assert [line.split(" ")[0] for line in finished.stdout.splitlines()] == ["::error", "::error"]


def test_gitlab_runs_the_same_check() -> None:
    (script,) = (one for one in parsed(GITLAB)["check"]["script"] if "check.txt" in one)
    github = step("检查记录")["run"].replace(' | tee -a "$GITHUB_STEP_SUMMARY"', "")
    assert script == github


# What people are asked


def test_both_forges_ask_the_same_of_a_pull_request() -> None:
    ours = text_of(ROOT / ".github/pull_request_template.md")
    assert text_of(ROOT / ".gitlab/merge_request_templates/Default.md") == ours
    assert len(ours) < 400, "nobody reads a long one"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_asks_for_two_things_at_most(path: Path) -> None:
    form = parsed(path)
    fields = [one for one in form["body"] if one["type"] != "markdown"]
    ids = [one["id"] for one in fields]
    required = [one for one in fields if one.get("validations", {}).get("required") == "true"]
    assert {"name", "description", "title", "body"} <= set(form)
    assert len(set(ids)) == len(ids)
    assert all(one["attributes"]["label"] for one in fields)
    assert len(required) == 2


@pytest.mark.parametrize("name", [".github/CODEOWNERS", ".gitea/CODEOWNERS"])
def test_the_code_owners_are_an_example_only(name: str) -> None:
    assert [line for line in text_of(ROOT / name).splitlines() if not line.startswith("#")] == []


def test_the_code_owners_of_the_example_own_what_exists() -> None:
    owned = re.findall(r"^# (/\S+) @", text_of(ROOT / ".github/CODEOWNERS"), re.MULTILINE)
    assert len(owned) > 5
    assert [one for one in owned if not (ROOT / one.strip("/")).exists()] == []


def test_every_forge_file_is_explained() -> None:
    files = [
        path
        for folder in (".github", ".gitea", ".gitlab")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]
    names = [path.relative_to(ROOT).as_posix() for path in [*files, GITLAB, HOOKS]]
    explained = text_of(FORGES)
    missing = [one for one in names if one not in explained and Path(one).name not in explained]
    assert missing == []


# The guide


def test_the_guides_example_passes_the_check(archive: Path) -> None:
    write_example(archive, slips=False)
    finished = check(archive, EXAMPLE)
    assert finished.returncode == 0
    assert "0 个错误，0 个警告" in finished.stderr


def test_the_guides_example_is_what_one_copies() -> None:
    shipped, shown = parsed(ROOT / EXAMPLE), yaml.load(fences("yaml")[0], yaml.BaseLoader)
    shipped.pop("summary"), shown.pop("summary")  # the guide's is shorter
    assert shown == shipped


def test_the_guides_figures_and_photographs_pass_the_check(archive: Path) -> None:
    example, *more = fences("yaml")
    assert len(more) == 2
    (archive / EXAMPLE).write_text(example + "".join(more), encoding="utf-8")
    picture = re.search(r"file: (\S+)", more[1])
    assert picture
    shutil.copy(next((archive / "photos").rglob("*.jpg")), archive / "photos" / picture[1])
    finished = check(archive, EXAMPLE)
    assert finished.returncode == 0, finished.stderr


def test_the_output_in_the_guide_is_what_the_program_prints(archive: Path) -> None:
    write_example(archive, slips=True)
    finished = check(archive, EXAMPLE)
    assert finished.returncode == 1
    assert finished.stderr == next(one for one in fences("text") if EXAMPLE in one)


@pytest.mark.parametrize("name", ["error-line", "red-check"])
def test_the_output_in_the_pictures_is_what_the_program_prints(archive: Path, name: str) -> None:
    write_example(archive, slips=True)
    printed = check(archive, EXAMPLE).stderr
    drawn = [one.text or "" for one in ElementTree.parse(IMAGES / f"{name}.svg").iter(f"{SVG}text")]
    quoted = [one.lstrip("…") for one in drawn if "REF001" in one or "lihiu" in one]
    assert len(quoted) >= 2
    assert [one for one in quoted if one not in printed] == []


def test_the_dates_and_quantities_of_the_guide_can_be_read() -> None:
    section = guide_section("三、")
    written = re.findall(r"`([^`]+)`", section)
    dates = [one.strip('"') for one in written if "2020" in one]
    quantities = [one for one in written if "2020" not in one]
    assert len(dates) == 6
    assert len(quantities) == 6
    assert [parse_date(one).text for one in dates] == dates
    assert all(parse_quantity(one).lower >= 0 for one in quantities)


def test_the_codes_in_the_guide_exist() -> None:
    named = set(re.findall(r"`([A-Z]{3}\d{3})`", text_of(GUIDE)))
    assert len(named) > 5
    assert named <= {one.id for one in every_code()}


def test_the_tasks_in_the_guide_are_the_archives() -> None:
    (row,) = re.findall(r"^\| `task` \|.*$", text_of(GUIDE), re.MULTILINE)
    file = parsed(ROOT / "records/archive.yml")
    known = {(one["id"], one["label"]) for one in file["tasks"]}
    assert set(re.findall(r"`([a-z]+)` ([^、|]+?)(?=、| \|)", row)) - {("task", "")} == known


def test_every_picture_of_the_guide_exists_and_can_be_heard() -> None:
    assert len(pictures()) >= 6
    for words, address in pictures():
        assert len(words) >= 15, address
        assert (GUIDE.parent / address).is_file()


def test_no_picture_lies_unused() -> None:
    pages = "".join(text_of(path) for path in GUIDE.parent.glob("*.md"))
    used = set(re.findall(r"\(images/([^)]+)\)", pages))
    assert {path.name for path in IMAGES.iterdir()} == used


@pytest.mark.parametrize("path", sorted(IMAGES.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_can_be_read_on_a_phone(path: Path) -> None:
    """640 units across a column of 350 px: 23 units are the 12.5 px below which one squints."""
    drawing = ElementTree.parse(path).getroot()
    assert drawing.get("viewBox", "").split()[2] == "640"
    sizes = re.findall(r"(?:font-size: |font: )(\d+)px", text_of(path))
    assert sizes
    assert min(map(int, sizes)) >= 23


@pytest.mark.parametrize("path", sorted(IMAGES.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_needs_nothing_from_outside(path: Path) -> None:
    text = text_of(path).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|url\(|<script|<image|@import", text)


def test_every_anchor_that_the_guide_links_to_is_there() -> None:
    wanted = set(re.findall(r"\]\(#([^)]+)\)", text_of(GUIDE)))
    assert wanted
    assert wanted <= set(re.findall(r'<a id="([^"]+)"></a>', text_of(GUIDE)))
