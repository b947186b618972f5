"""`chronicle serve`: a preview that follows what is saved."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.sites import SMALL, start, write_archive

ACTIVITY = "records/activities/first-day.yml"
PAGE = "days/2020-03-02.html"
LONGEST = 60  # seconds to wait for anything; a busy machine may be slow


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def shown(address: str) -> str:
    try:
        with urlopen(address, timeout=5) as answer:
            text: str = answer.read().decode("utf-8")
            return text
    except (URLError, TimeoutError, ConnectionError):
        return ""


def wait_for(address: str, words: str) -> str:
    """The page once it holds the words; what it held last when that takes too long."""
    end = time.monotonic() + LONGEST
    while words not in (text := shown(address)) and time.monotonic() < end:
        time.sleep(0.1)
    return text


@pytest.fixture(params=["mkdocs", "zensical"])
def preview(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """An archive and the address under which it is previewed."""
    root = write_archive(tmp_path, SMALL)
    port = free_port()
    process = start("serve", "--port", str(port), "--root", root, "--engine", request.param)
    yield root, f"http://127.0.0.1:{port}/"
    process.terminate()
    try:
        process.communicate(timeout=20)
    finally:
        process.kill()


def save(root: Path, text: str) -> None:
    (root / ACTIVITY).write_text(text, encoding="utf-8")


def test_a_saved_record_shows_also_after_one_that_was_broken(
    preview: tuple[Path, str],
) -> None:
    root, address = preview
    text = SMALL[ACTIVITY]
    assert "第一天" in wait_for(f"{address}{PAGE}", "第一天")
    assert "巷里纪事" in shown(address)
    began = time.monotonic()
    save(root, text.replace("第一天", "头一天"))
    assert "头一天" in wait_for(f"{address}{PAGE}", "头一天")
    print(f"a saved record showed after {time.monotonic() - began:.1f} s")
    save(root, text.replace("lisi", "lsii"))
    time.sleep(2)  # MkDocs answers nobody until the mistake is corrected
    save(root, text.replace("第一天", "开头"))
    assert "开头" in wait_for(f"{address}{PAGE}", "开头")


def test_a_port_out_of_range_is_refused(tmp_path: Path) -> None:
    process = start("serve", "--port", "70000", "--root", write_archive(tmp_path, SMALL))
    process.communicate(timeout=60)
    assert process.returncode == 2
