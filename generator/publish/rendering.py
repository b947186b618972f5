"""Lets an engine render, or takes over what it rendered for the site before.

Enter: an engine, settings, an edition, and an empty folder. Leave: what the engine gave back, and
its files in the folder. It is spared only where all that it reads is known and is as it was:
mkdocs.yml, the folder of hand-written pages, the archive's own templates, the program and whatever
is installed with it, and what it asks of an edition. Where `own_theme` cannot say what a site
depends on, it renders every time.
"""

import shutil
from collections.abc import Iterator
from functools import partial
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

ENGINE = "@engine"
"""The name under which the engine's files are remembered; no sheet has such a name."""


def render_or_take_over(
    engine: Engine, settings: Settings, edition: Edition, before: Before, folder: Path
) -> tuple[Printed, frozenset[str]]:
    """What the engine gave back, with its files where the next build may take them over too.

    And which of them are those of the site before. Raises EngineError.
    """
    read = _read_by_engines(settings)
    key = _key(settings, edition, read) if read is not None else None
    files = before.kept(ENGINE, key)
    if key is not None and files is not None:
        kept = Printed({ENGINE: key}, {ENGINE: files}, before.printed.rendered)
        return kept, frozenset(one.url for one in files)
    clear(before, folder, (ENGINE,))
    rendered, files = _rendered(engine, settings, edition, folder)
    if key is None or read != _read_by_engines(settings):
        return Printed(rendered=rendered), frozenset()
    return Printed({ENGINE: key}, {ENGINE: files}, rendered), frozenset()


def _rendered(
    engine: Engine, settings: Settings, edition: Edition, folder: Path
) -> tuple[Rendered, list[Print]]:
    """What the engine gives back; its files are put beside what is in the folder already."""
    own = folder.with_name(f"{folder.name}-rendered")
    own.mkdir()
    # In a copy of this process, which takes along all that an engine needs and nothing else does.
    work = partial(engine, settings.root / CONFIGURATION, edition, own)
    rendered = Aside(work, worth=True, again=False).result()
    files = files_below(own)
    for one in files:
        target = folder / one.url
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise DoubleAddressError(one.url)
        (own / one.url).rename(target)
    shutil.rmtree(own)
    return rendered, files


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
