"""Which sheets have to be made again: a key for each, equal only while all that it shows is equal.

Enter: an edition, the frames of its pages, the version of the program, and the records that are
named beside figures. Leave: keys by the name of a sheet. Without fingerprints of the records there
are no keys, and everything is made. Pure.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from itertools import chain

from generator.archive.archive import KIND_OF
from generator.archive.fingerprints import digest_of
from generator.kinds.fields import Ref
from generator.pages.dependencies import Things, every, of_data, of_pages
from generator.pages.edition import Edition
from generator.publish.frames import Frame

SHARED = ("archive", "language", "site_url", "repo_url", "guide")
"""Fields of an edition that every page may show: of the archive its file and its people."""

WHOLE = ("figures", "pictures", "asked", "fingerprints", "amounts")
"""Fields that only pages about everything show; of pictures and records, each page its own."""

OUTSIDE = ("mask", "renamed", "withheld", "secrets", "draw")
"""Fields that no sheet shows: they concern hand-written pages, and how charts are kept."""


class Keys:
    """The keys of an edition's sheets; none where the records' content is not known."""

    def __init__(
        self,
        edition: Edition,
        frames: Mapping[str, Frame],
        version: str,
        named: Iterable[Ref] = (),
    ) -> None:
        self._edition, self.named = edition, frozenset(named)
        self._known = len(edition.fingerprints) >= len(edition.archive.records)
        self._kinds = dict(_kinds(edition)) if self._known else {}
        shown = (version, *_frames(frames), *_shared(edition)) if self._known else ()
        self._shared = digest_of(*shown) if shown else ""

    @cached_property
    def _contents(self) -> Mapping[Ref | str, str]:
        """What stands for a record, a picture or all of a kind; a record's tells which it is of."""
        pictures = self._edition.pictures.items()
        shown = ((Ref("photo", id), f"{id} {one.key}") for id, one in pictures)
        return dict(chain(self._edition.fingerprints.items(), shown, self._kinds.items()))

    @cached_property
    def whole(self) -> str | None:
        """The key of a sheet that depends on everything."""
        if not self._known:
            return None
        return digest_of(self._shared, *self._kinds.values(), *_whole(self._edition))

    def of_data(self, names: Iterable[str]) -> dict[str, str]:
        """The key of each of these figures, charts and tables; other sheets are not looked at."""
        return self._of(names, partial(of_data, named=self.named))

    def of_pages(self, names: Iterable[str]) -> dict[str, str]:
        """The same for all the others, without looking at those."""
        return self._of(names, of_pages)

    def _of(
        self, names: Iterable[str], of: Callable[[Edition], Iterable[tuple[str, Things]]]
    ) -> dict[str, str]:
        if self.whole is None:
            return {}
        content, shared = self._contents.get, self._shared
        # What stands for a record, a picture or all of a kind; anything else for itself.
        own = {
            name: digest_of(shared, *[content(one) or str(one) for one in things])
            for name, things in of(self._edition)
        }
        return {name: own.get(name, self.whole) for name in names}


def _frames(frames: Mapping[str, Frame]) -> Iterable[str]:
    for folder, frame in sorted(frames.items()):
        yield folder
        yield from frame.parts


def _shared(edition: Edition) -> Iterable[str]:
    archive = edition.archive
    yield from (edition.language, edition.site_url, edition.repo_url, edition.guide)
    yield repr(archive.file)
    team = (Ref("member", one.id) for one in archive.members)
    yield from (f"{one} {edition.fingerprints[one]}" for one in team)
    yield from (f"{one.id} {one.title}" for one in archive.sources)


def _whole(edition: Edition) -> Iterable[str]:
    yield repr(edition.asked)
    yield repr(edition.archive.withdrawn)


def _kinds(edition: Edition) -> Iterable[tuple[Ref, str]]:
    """The content of all records of each kind, and of all pictures."""
    texts: dict[str, list[str]] = {kind: [] for kind in (*KIND_OF.values(), "photo")}
    for ref, digest in edition.fingerprints.items():
        texts[ref.kind].append(digest)
    texts["photo"] += (f"{id} {one.key}" for id, one in sorted(edition.pictures.items()))
    return ((every(kind), digest_of(*own)) for kind, own in texts.items())
