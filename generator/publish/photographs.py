"""Brings the records' photographs and the photo pipeline together.

Enter: an archive, its documents, and the settings. Leave: developed pictures by photograph id, and
problems IMG001 at the records' own lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from generator.archive.archive import Archive, Photograph
from generator.kinds.photo import Photo
from generator.photos.cache import Cache
from generator.photos.cluster import cluster
from generator.photos.develop import key_of
from generator.photos.headers import (
    DEFAULT_LIMITS,
    Finding,
    Limits,
    Originals,
)
from generator.photos.known_originals import KnownOriginals
from generator.photos.plan import Box, Picture, Recipe
from generator.photos.run import Request, Transfer, develop_all, executor
from generator.problems.problem import Problem
from generator.publish.originals import limits_of, original_problem
from generator.reading.documents import Document
from generator.settings import Settings

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Darkroom:
    """How photographs are developed: what the settings say of it."""

    limits: Limits = DEFAULT_LIMITS
    hand_out: bool = False
    """Whether originals are published too, without their metadata."""
    jobs: int = 0
    scheduler: str = ""
    transfer: Transfer = "folder"

    @classmethod
    def of(cls, settings: Settings) -> "Darkroom":
        """The darkroom that the settings describe."""
        return cls(
            limits_of(settings),
            settings.publish_originals,
            settings.jobs,
            settings.scheduler,
            settings.transfer,
        )

    def executor(self) -> AbstractContextManager[Executor]:
        """Who does the work: processes of this machine, or a cluster's."""
        if self.scheduler:
            return cluster(self.scheduler)
        return executor(self.jobs, self.limits.seconds)


def develop(
    archive: Archive,
    documents: Mapping[str, Document],
    root: Path,
    cache: Cache,
    executor: Executor | None,
    progress: Progress,
    darkroom: Darkroom = Darkroom(),
) -> tuple[dict[str, Picture], tuple[Problem, ...]]:
    """The pictures of all photographs held, by photograph id; IMG001 for each that fails."""
    requests = list(_requests(archive.photographs, root, darkroom))
    results = develop_all(requests, cache, executor, progress, darkroom.limits, darkroom.transfer)
    pictures: dict[str, Picture] = {}
    problems = []
    for one in archive.photographs:
        result = results.get(one.id)
        if isinstance(result, Picture):
            pictures[one.id] = result
        elif result is not None:
            problems.append(original_problem(one, result, documents))
    return pictures, tuple(problems)


def keys_in_use(archive: Archive, root: Path, cache: Cache, darkroom: Darkroom) -> set[str]:
    """The keys of every picture that a build for any audience would ask the cache for."""
    known = KnownOriginals(cache.root, darkroom.limits)
    keys = set()
    for request in _requests(archive.photographs, root, darkroom):
        original = known.fixity(request.path)
        if not isinstance(original, Finding):
            keys.add(key_of(original, request.recipe))
    return keys


def recipe_of(photo: Photo, hand_out: bool = False) -> Recipe:
    """How a record wants its photograph made."""
    return Recipe(
        redactions=tuple(Box(*box) for box in photo.redact),
        focus=photo.focus,
        caption=photo.caption,
        credit=photo.credit or "",
        rights=photo.rights or "",
        alt=photo.alt or "",
        hand_out=hand_out and not photo.redact,
    )


def _requests(
    photographs: Iterable[Photograph], root: Path, darkroom: Darkroom
) -> Iterator[Request]:
    originals = Originals(root)
    for one in photographs:
        if one.photo.file is not None and not one.photo.pending:
            path = originals.path(one.photo.file)
            if isinstance(path, Path):
                yield Request(one.id, path, recipe_of(one.photo, darkroom.hand_out))
