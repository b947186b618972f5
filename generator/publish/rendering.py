"""Lets an engine render, or takes over what it rendered for the site before.

Enter: an engine, settings, an edition, and a folder. Leave: what the engine gave back, and its
files in the folder. It is spared only where all that it reads is known and is as it was:
mkdocs.yml, the folder of hand-written pages, the archive's own templates, the program and whatever
is installed with it, and what it asks of an edition. Where `own_theme` cannot say what a site
depends on, it renders every time.
"""

import shutil
from collections.abc import Iterator
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from generator.pages.edition import Edition
from generator.pages.narrative.expand import expand
from generator.publish.engine import Engine, told
from generator.publish.hand_written import PAGE
from generator.publish.printed import Before, DoubleAddressError, Print, Printed, files_below
from generator.publish.rendered import Rendered
from generator.publish.taken_over import clear
from generator.reading.configuration import own_theme
from generator.reading.folders import names_below, shown_path
from generator.reading.inputs import Inputs, inputs
from generator.reading.program import program_version
from generator.reading.second_process import Aside
from generator.settings import CONFIGURATION, Settings

_APART = ".rendered"
"""Where the engine works, in the folder of the new site."""

ENGINE = "@engine"
"""The name under which the engine's files are remembered; no sheet has such a name."""


class Rendering:
    """What an engine gives back, with its files: taken over, or being made by a copy of this
    process, which takes along all that an engine needs and nothing else does.
    """

    def __init__(
        self, engine: Engine, settings: Settings, edition: Edition, before: Before, folder: Path
    ) -> None:
        self._settings, self._before, self._folder = settings, before, folder
        self._read = _read_by_engines(settings)
        self._key = _key(settings, edition, self._read) if self._read is not None else None
        self._kept = before.kept(ENGINE, self._key)
        self._own = folder / _APART
        if self._kept is None:
            clear(before, folder, (ENGINE,))
            self._own.mkdir()
            work = partial(engine, settings.root / CONFIGURATION, edition, self._own)
            self._made = Aside(work, worth=True, again=False)

    @property
    def kept(self) -> frozenset[str]:
        """Addresses of its files that are those of the site before."""
        return frozenset(one.url for one in self._kept or ())

    @cached_property
    def printed(self) -> Printed:
        """What is to be remembered: where that is known, what the next build may take over.

        Waits for the engine. Raises EngineError.
        """
        if self._key is not None and self._kept is not None:
            key, rendered = self._key, self._before.printed.rendered
            return Printed({ENGINE: key}, {ENGINE: self._kept}, rendered)
        rendered = self._made.result()
        files = self._moved()
        if self._key is None or self._read != _read_by_engines(self._settings):
            return Printed(rendered=rendered)
        return Printed({ENGINE: self._key}, {ENGINE: files}, rendered)

    def rendered(self) -> Rendered:
        """What the engine gives back. Raises EngineError."""
        return self.printed.rendered

    def _moved(self) -> list[Print]:
        """The engine's files, put beside what is in the site's folder already."""
        files = files_below(self._own)
        for one in files:
            target = self._folder / one.url
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                raise DoubleAddressError(one.url)
            (self._own / one.url).rename(target)
        shutil.rmtree(self._own)
        return files


def _read_by_engines(settings: Settings) -> Inputs | None:
    """The files that an engine reads, unless others have a say, or one may be changing just now."""
    configuration = settings.root / CONFIGURATION
    theme = own_theme(configuration)
    read = inputs((configuration, settings.docs, *theme), ()) if theme is not None else None
    return read if read is not None and read.settled else None


def _key(settings: Settings, edition: Edition, read: Inputs) -> str | None:
    content = read.digest()
    if content is None:
        return None
    asked = (program_version(), repr(settings), content, *told(edition))
    return sha256(repr((*asked, *_written(settings, edition))).encode()).hexdigest()


def _written(settings: Settings, edition: Edition) -> Iterator[str]:
    """Every hand-written page with what the records say in it."""
    for name in names_below(settings.docs):
        if name.endswith(PAGE):
            url = shown_path(name, settings.docs).removesuffix(PAGE) + ".html"
            text = Path(name).read_text(encoding="utf-8", errors="replace")
            yield expand(text, name, url, edition).text
