"""Search in a built site, in Chromium: what a query fetches, and how soon the first result stands.

Each query is asked in a browser that has never seen the site, over http, from a folder, and over
http as on a phone: a processor four times slower, 1.6 Mbit/s, 150 ms to the server and back.
"""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Page

from benchmarks.results import Result
from tests.browser import open_browser

_VIEWPORT = {"width": 390, "height": 844}
_SLOWER = 4
_PHONE_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
_FOUND = """() => {
  const words = [...document.querySelectorAll(".search-status")].map((one) => one.textContent);
  return (words.join(" ").match(/\\d+/) || [null])[0];
}"""


def search(site: Path, days: int, words: Sequence[str], runs: int) -> Iterator[Result]:
    """Every word over http, from a folder, and as on a phone; medians of times."""
    with open_browser() as browser, _served(site) as address:
        for word in words:
            for way, base, phone in (
                ("http", address, False),
                ("folder", site.as_uri(), False),
                ("phone", address, True),
            ):
                asked = [_asked(browser, f"{base}/search.html", word, phone) for _ in range(runs)]
                fetched = [_length(site, base, url) for url in asked[0][1]]
                values = {
                    "first": statistics.median(milliseconds for milliseconds, *_ in asked),
                    "requests": len(fetched),
                    "fetched": sum(fetched) / 1000,
                    "found": asked[0][2],
                }
                yield Result(f"{word}, {way}", days, values)


def _asked(
    browser: Browser, page_address: str, word: str, phone: bool
) -> tuple[float, list[str], int]:
    """Milliseconds from opening the page to the first result, addresses fetched, results found."""
    context = browser.new_context(viewport=_VIEWPORT)  # type: ignore[arg-type]
    page = context.new_page()
    if phone:
        _as_on_a_phone(page)
    fetched: list[str] = []
    page.on("requestfinished", lambda request: fetched.append(request.url))
    page.goto(f"{page_address}?q={quote(word)}", wait_until="commit")
    page.wait_for_selector(".search-result", timeout=120_000)
    milliseconds = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    found = page.wait_for_function(_FOUND).json_value()
    context.close()
    index = [url for url in fetched if "/search/" in url]
    return milliseconds, index, int(found)


def _as_on_a_phone(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _PHONE_NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})


def _length(site: Path, base: str, url: str) -> int:
    """Bytes of a file that was fetched, as it lies in the site."""
    path = unquote(urlsplit(url).path).removeprefix(urlsplit(base).path)
    return (site / path.lstrip("/")).stat().st_size


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """The site at an address of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
