"""A preview for engines that have none of their own: build, serve, build again after a change.

The whole build runs for every change, so what is shown is what would be published. A page asks for
a script that the server holds back until there is a newer site: the one kind of request that a page
of the site may make anyway.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from generator.commands.common import say, show_problems
from generator.pipeline import build
from generator.publish.engine import EngineError
from generator.reading.folders import files_below
from generator.settings import CONFIGURATION, Settings

_PAUSE = 0.3  # seconds between two looks at the folders
_HELD = 20.0  # seconds until a held script is answered, so that nobody gives up waiting
_SCRIPT = "/chronicle-preview.js"
_ASK_AGAIN = (
    "(function(old){var one=document.createElement('script');one.src=old.src;one.async=true;"
    "old.replaceWith(one)})(document.currentScript);"
)

Seen = dict[str, tuple[int, int]]


class Editions:
    """Counts finished sites, and lets others wait for a newer one."""

    def __init__(self) -> None:
        self.number = 0
        self._newer = Condition()

    def finished(self) -> None:
        """There is a newer site."""
        with self._newer:
            self.number += 1
            self._newer.notify_all()

    def newer_than(self, number: int, longest: float) -> bool:
        """Whether there is, after waiting for at most that many seconds."""
        with self._newer:
            return self._newer.wait_for(lambda: self.number != number, longest)


def preview(settings: Settings, port: int) -> None:
    """Show the site on this machine until it is stopped."""
    folder = settings.cache / "preview"
    editions = Editions()
    seen: Seen = {}
    with _served(folder, port, editions):
        while True:
            now = state(settings)
            if now != seen:
                seen = now
                if _built(settings, folder):
                    editions.finished()
            time.sleep(_PAUSE)


def state(settings: Settings) -> Seen:
    """Size and time of everything that a site is made from."""
    folders = (settings.records, settings.photos, settings.docs)
    paths = [path for folder in folders for path in files_below(folder)]
    found: Seen = {}
    for path in (settings.root / CONFIGURATION, *paths):
        try:
            stat = path.stat()
        except OSError:  # just removed
            continue
        found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _built(settings: Settings, folder: Path) -> bool:
    """Whether there is a newer site; what was wrong is said, and the old one stays."""
    began = time.monotonic()
    try:
        outcome = build(settings, folder, lambda step: None, lambda done, total: None)
    except EngineError as fault:
        say(str(fault))
        return False
    if not outcome.succeeded:
        show_problems(outcome.problems, settings.language)
        return False
    say(f"{outcome.pages} 个记录页 record pages, {time.monotonic() - began:.1f} s")
    return True


@contextmanager
def _served(folder: Path, port: int, editions: Editions) -> Iterator[None]:
    handler = partial(_Handler, editions=editions, directory=os.fspath(folder))
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, pages with one script more, and that script."""

    def __init__(self, *arguments: Any, editions: Editions, **options: Any) -> None:
        self._editions = editions
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        address, _, number = self.path.partition("?")
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if address == _SCRIPT:
            self._answer(self._newer(int(number) if number.isdecimal() else 0), "text/javascript")
        elif path.suffix == ".html" and path.is_file():
            self._answer(self._with_script(path.read_text(encoding="utf-8")), "text/html")
        else:
            super().do_GET()

    def _newer(self, number: int) -> str:
        return "location.reload();" if self._editions.newer_than(number, _HELD) else _ASK_AGAIN

    def _with_script(self, page: str) -> str:
        script = f'<script src="{_SCRIPT}?{self._editions.number}" async></script>'
        return page.replace("</body>", f"{script}</body>")

    def _answer(self, text: str, kind: str) -> None:
        content = text.encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass
