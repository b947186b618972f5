"""`chronicle serve`: a preview that follows what is saved, also where a mistake was saved."""

import http.client
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from watchdog.events import FileSystemEvent

from generator.commands.common import settings_for
from generator.commands.preview import _watched, _Watcher
from tests.browser import open_browser
from tests.sites import SMALL, picture, start, write_archive

ACTIVITY = "records/activities/first-day.yml"
PAGE = "/days/2020-03-02.html"
LONGEST = 60  # seconds to wait for anything; a busy machine may be slow


class Answer(NamedTuple):
    status: int
    kind: str
    text: str


class Preview(NamedTuple):
    """An archive, and the port under which it is previewed."""

    root: Path
    port: int

    def get(self, path: str, host: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return Answer(answer.status, answer.headers["Content-Type"] or "", text)
        except OSError:
            return Answer(0, "", "")
        finally:
            connection.close()

    def wait_for(self, path: str, words: str) -> Answer:
        """The page once it holds the words; what it held last when that takes too long."""
        end = time.monotonic() + LONGEST
        while words not in (answer := self.get(path)).text and time.monotonic() < end:
            time.sleep(0.1)
        return answer

    def save(self, text: str) -> None:
        (self.root / ACTIVITY).write_text(text, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def previewed(root: Path, engine: str) -> Iterator[Preview]:
    port = free_port()
    process = start("serve", "--port", str(port), "--root", root, "--engine", engine)
    yield Preview(root, port)
    process.terminate()
    try:
        process.communicate(timeout=20)
    finally:
        process.kill()


@pytest.fixture(params=["mkdocs", "zensical"])
def preview(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Preview]:
    yield from previewed(write_archive(tmp_path, SMALL), request.param)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Preview]:
    for one in previewed(write_archive(tmp_path, SMALL), "mkdocs"):
        assert "第一天" in one.wait_for(PAGE, "第一天").text
        yield one


def test_a_saved_record_shows_and_a_mistake_shows_until_it_is_mended(preview: Preview) -> None:
    text = SMALL[ACTIVITY]
    assert "第一天" in preview.wait_for(PAGE, "第一天").text
    assert "巷里纪事" in preview.get("/").text
    preview.save(text.replace("第一天", "头一天"))
    assert "头一天" in preview.wait_for(PAGE, "头一天").text
    preview.save(text.replace("lisi", "lsii"))
    mistake = preview.wait_for(PAGE, "lsii")
    assert mistake.status == 503
    assert ACTIVITY in mistake.text
    assert "lisi" in mistake.text.replace("lsii", "")
    before = preview.get(f"{PAGE}?as-it-was")
    assert before.status == 200
    assert "头一天" in before.text
    preview.save(text.replace("第一天", "开头"))
    healed = preview.wait_for(PAGE, "开头")
    assert healed.status == 200


def test_what_is_written_by_hand_follows_the_records(shown: Preview) -> None:
    home = shown.root / "docs" / "index.md"
    home.write_text("# 巷里\n\n记下 {{ count('activities') }} 次。\n", encoding="utf-8")
    before = shown.wait_for("/index.html", "记下").text.partition("记下")[2][:80]
    more = SMALL[ACTIVITY].replace("第一天", "又一天")
    (shown.root / ACTIVITY).with_name("another-day.yml").write_text(more, encoding="utf-8")
    shown.wait_for(PAGE, "又一天")
    assert shown.get("/index.html").text.partition("记下")[2][:80] != before


def test_a_new_folder_of_photographs_is_seen(shown: Preview) -> None:
    data = "/data/photographs.json"
    assert shown.get(data).status == 200
    (shown.root / "photos").mkdir(exist_ok=True)
    text = f"{SMALL[ACTIVITY]}photos:\n  - {{file: one.jpg, caption: 门口}}\n"
    shown.save(text)
    shown.wait_for(PAGE, "one.jpg")
    (shown.root / "photos" / "one.jpg").write_bytes(picture())
    assert "门口" in shown.wait_for(PAGE, "门口").text


def test_the_disk_tells_what_is_saved_and_not_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_archive(tmp_path, SMALL)
    told: list[str] = []
    hear = _Watcher.dispatch

    def noted(self: _Watcher, event: FileSystemEvent) -> None:
        told.append(event.event_type)
        hear(self, event)

    monkeypatch.setattr(_Watcher, "dispatch", noted)
    with _watched(settings_for(root)) as changed:
        text = (root / ACTIVITY).read_text(encoding="utf-8")
        (root / ACTIVITY).write_text(text + "\n", encoding="utf-8")
        assert changed.wait(LONGEST)
    assert "modified" in told
    assert {*told} <= {"created", "deleted", "modified", "moved"}


def test_files_are_what_they_are_and_what_is_not_there_is_not(shown: Preview) -> None:
    assert shown.get("/assets/chronicle/tokens.css").kind.startswith("text/css")
    assert shown.get("/assets/chronicle/search.js").kind.startswith("text/javascript")
    assert shown.get("/assets/chronicle/mark.svg").kind == "image/svg+xml"
    assert "chronicleSearch" in shown.get("/search/index.js").text
    assert shown.get("/days/2020-03-99.html").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/assets/chronicle/../../pipeline.py",
        "/assets/chronicle/..%2f..%2fpipeline.py",
        "/assets/photos/../../records/archive.yml",
        "//etc/passwd",
    ],
)
def test_nothing_beside_the_site_is_answered(shown: Preview, path: str) -> None:
    assert shown.get(path).status == 404


def test_a_name_that_leads_here_from_elsewhere_is_refused(shown: Preview) -> None:
    assert shown.get(PAGE, host=f"chronicle.example:{shown.port}").status == 403
    assert shown.get(PAGE, host=f"localhost:{shown.port}").status == 200


def test_a_page_in_a_browser_follows_by_itself(shown: Preview) -> None:
    with open_browser() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{shown.port}{PAGE}")
        page.get_by_text("第一天").first.wait_for()
        shown.save(SMALL[ACTIVITY].replace("第一天", "头一天"))
        page.get_by_text("头一天").first.wait_for(timeout=LONGEST * 1000)
        shown.save(SMALL[ACTIVITY].replace("lisi", "lsii"))
        page.get_by_text("lsii").first.wait_for(timeout=LONGEST * 1000)
        shown.save(SMALL[ACTIVITY])
        page.get_by_text("第一天").first.wait_for(timeout=LONGEST * 1000)


def test_a_port_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    process = start("serve", "--port", "70000", "--root", root)
    process.communicate(timeout=60)
    assert process.returncode == 2
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start("serve", "--port", str(taken.getsockname()[1]), "--root", root)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "--port" in said and "Traceback" not in said
