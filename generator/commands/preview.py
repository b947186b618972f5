"""The live preview: a site whose pages are made when a browser asks for them.

After a change the records are read and checked again; then whatever page is looked at reloads
itself. A mistake shows as a page that names it, the site before stays at hand, and both give way
when it is mended. Answers this machine only.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from threading import Condition, Event, RLock, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.checking import check, known_files
from generator.commands.common import CannotRun, say, settings_for, show_problems
from generator.commands.problem_page import AS_IT_WAS, problem_page, waiting_page
from generator.pages.edition import Edition
from generator.pipeline import illustrated, photo_cache
from generator.problems.problem import Problem, Severity
from generator.publish.engine import EngineError
from generator.publish.engines import engine_of
from generator.publish.live import LiveSite, file_below
from generator.publish.rendered import Rendered
from generator.reading.configuration import own_theme
from generator.reading.inputs import marks_of
from generator.settings import CONFIGURATION, Settings

_HOST = "127.0.0.1"
_GATHERING = 0.05  # seconds in which one saving makes all its noise
_HELD = 20.0  # seconds until a held script is answered, so that nobody gives up waiting
_SCRIPT = "chronicle-preview.js"
_NEXT = "chronicle-preview-next.js"
_WAIT = (
    "addEventListener('load',function(){setTimeout(function(){"
    "var one=document.createElement('script');one.src='/" + _NEXT + "?%d';"
    "document.head.appendChild(one)},0)});"
)
"""Asks for the script that is held back, once the page is there: it would seem to load for ever."""
_RELOAD = "location.reload();"
_ASK_AGAIN = (
    "(function(old){var one=document.createElement('script');one.src=old.src;"
    "old.replaceWith(one)})(document.currentScript);"
)
_CHANGES: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirModifiedEvent, DirMovedEvent),
    *(FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent),
]
"""What the disk is asked to tell: not each file that the preview itself opens and reads."""
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".xml": "application/xml; charset=utf-8",
}


class Preview:
    """What is shown now: a site, or the site before with what is wrong since then."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.site: LiveSite | None = None
        self.problems: tuple[Problem, ...] = ()
        self.number = 0
        self._engine = _Engine(settings.cache / "preview")
        self._newer = Condition()
        self._known = known_files(settings)

    def reload(self) -> None:
        """Read everything again, and show it."""
        began = time.monotonic()
        try:
            self.settings = settings_for(self.settings.root, engine=self.settings.engine)
            checked = check(self.settings, self._known, only_errors=True)
            found = illustrated(self.settings, checked, lambda done, total: None)
            site = found if isinstance(found, tuple) else self._site(found)
        except (CannotRun, EngineError, OSError) as fault:
            say(str(fault))
            return
        if isinstance(site, LiveSite):
            self.site, self.problems = site, ()
            say(f"{time.monotonic() - began:.1f} s")
        else:
            self.problems = tuple(one for one in site if one.severity is Severity.ERROR)
            show_problems(self.problems, self.settings.language)
        with self._newer:
            self.number += 1
            self._newer.notify_all()

    def newer_than(self, number: int) -> bool:
        """Whether there is something newer to show, after waiting a while for it."""
        with self._newer:
            return self._newer.wait_for(lambda: self.number != number, _HELD)

    def page(self, url: str, as_it_was: bool) -> tuple[HTTPStatus, bytes]:
        """What to answer to a request for an address."""
        language = self.settings.language
        if url.endswith(".html") and self.problems and not as_it_was:
            page = problem_page(self.problems, language, self.site is not None)
            return HTTPStatus.SERVICE_UNAVAILABLE, page.encode("utf-8")
        if self.site is None:
            return HTTPStatus.SERVICE_UNAVAILABLE, waiting_page(language).encode("utf-8")
        content = self.site.content(url)
        if content is not None:
            return HTTPStatus.OK, content
        return HTTPStatus.NOT_FOUND, self.site.content("404.html") or b""

    def _site(self, edition: Edition) -> LiveSite:
        rendered = self._engine.frames_for(self.settings, edition)
        written = partial(self._engine.written, self.settings, edition)
        return LiveSite(edition, rendered, written, photo_cache(self.settings))


class _Engine:
    """Lets the engine render when it has to: frames seldom, hand-written pages when looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()  # a page is asked for while records are read again
        self._rendered: Rendered | None = None
        self._of: Edition | None = None
        self._state: object = None

    def frames_for(self, settings: Settings, edition: Edition) -> Rendered:
        """Frames of record pages: made again with the archive's own file or hand-written ones."""
        configuration = settings.root / CONFIGURATION
        read = (configuration, settings.docs, *(own_theme(configuration) or ()))
        state = (marks_of(read), edition.archive.file, bool(edition.archive.dated))
        with self._lock:
            if self._rendered is None or state != self._state:
                self._state = state
                return self._render(settings, edition)
            return self._rendered

    def written(self, settings: Settings, edition: Edition, url: str) -> bytes | None:
        """A hand-written page, made again if it might show records that have changed."""
        with self._lock:
            if self._of is not edition and url.endswith(".html"):
                self._render(settings, edition)
            return file_below(self._folder, url)

    def _render(self, settings: Settings, edition: Edition) -> Rendered:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        render = engine_of(settings.engine)
        self._rendered = render(settings.root / CONFIGURATION, edition, self._folder)
        self._of = edition
        return self._rendered


def preview(settings: Settings, port: int) -> None:
    """Show the site on this machine until it is stopped."""
    shown = Preview(settings)
    with _served(shown, port), _watched(settings) as changed:
        while True:
            changed.clear()
            shown.reload()
            changed.wait()
            time.sleep(_GATHERING)


@contextmanager
def _watched(settings: Settings) -> Iterator[Event]:
    """An event that is set when something a site is made from has changed."""
    changed = Event()
    observer = Observer()
    observer.start()
    folders = (settings.records, settings.photos, settings.docs)
    watcher = _Watcher(observer, folders, settings.root / CONFIGURATION, changed)
    watcher.watch(settings.root, recursive=False)
    for folder in filter(Path.is_dir, folders):
        watcher.watch(folder, recursive=True)
    try:
        yield changed
    finally:
        observer.stop()
        observer.join()


class _Watcher(FileSystemEventHandler):
    """Passes on changes of records, photographs, hand-written pages and mkdocs.yml only."""

    def __init__(
        self, observer: Any, folders: tuple[Path, ...], configuration: Path, changed: Event
    ) -> None:
        self._observer, self._folders, self._configuration = observer, folders, configuration
        self._changed = changed

    def watch(self, folder: Path, *, recursive: bool) -> None:
        """From now on pass on what changes in that folder."""
        self._observer.schedule(self, str(folder), recursive=recursive, event_filter=_CHANGES)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A folder that comes into being is watched from then on."""
        for name in filter(None, (event.src_path, event.dest_path)):
            path = Path(str(name))
            if path in self._folders and path.is_dir():
                self.watch(path, recursive=True)
            if path == self._configuration or any(map(path.is_relative_to, self._folders)):
                self._changed.set()


@contextmanager
def _served(shown: Preview, port: int) -> Iterator[None]:
    server = ThreadingHTTPServer((_HOST, port), partial(_Handler, shown))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers with pages of the preview, and with the script that brings the next one."""

    def __init__(self, shown: Preview, *arguments: Any) -> None:
        self._shown = shown
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """A page, a file, or a script; one is held back until there is something newer."""
        parts = urlsplit(self.path)
        url = unquote(parts.path).lstrip("/")
        if not self._is_ours():
            self._answer(HTTPStatus.FORBIDDEN, ".html", b"")
        elif url in (_SCRIPT, _NEXT):
            number = int(parts.query) if parts.query.isdecimal() else 0
            script = _WAIT % number if url == _SCRIPT else self._held(number)
            self._answer(HTTPStatus.OK, ".js", script.encode("ascii"))
        else:
            self._page(f"{url}index.html" if url[-1:] in ("", "/") else url, parts.query)

    def _held(self, number: int) -> str:
        return _RELOAD if self._shown.newer_than(number) else _ASK_AGAIN

    def _page(self, url: str, query: str) -> None:
        number = self._shown.number
        try:
            status, content = self._shown.page(url, query == AS_IT_WAS)
        except (EngineError, OSError) as fault:
            status, content = HTTPStatus.SERVICE_UNAVAILABLE, str(fault).encode("utf-8")
        kind = PurePosixPath(url).suffix
        if kind == ".html" or status != HTTPStatus.OK:
            script = f'<script src="/{_SCRIPT}?{number}"></script></body>'
            kind, content = ".html", content.replace(b"</body>", script.encode("ascii"))
        self._answer(status, kind, content)

    def _is_ours(self) -> bool:
        """Whether the address is this machine's: a stranger's page may lead its own name here."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        return host in (_HOST, "localhost")

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", _KINDS.get(kind, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of single requests."""
