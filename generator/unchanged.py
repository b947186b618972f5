"""Spares a run that could only say again what the last one said.

Enter: settings, and the work. Leave: the work's answer; without doing it when everything that it
would read, the program itself, and what it left behind are as they were. Answers are believed only
when this machine signed them (reading/memory.py). Imports nothing heavy: that is its purpose.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.problems.problem import Bilingual, Code, Place, Problem, Severity
from generator.reading.configuration import own_theme
from generator.reading.inputs import inputs, marks_of
from generator.reading.memory import FOLDER, Memory
from generator.reading.program import program_version
from generator.reading.second_process import Aside
from generator.settings import CONFIGURATION, Settings

_MANY = 1500  # files, from which on reading them takes longer than making a process for it


class Answer(NamedTuple):
    """What a run said: problems in order, and the number of record pages it made.

    `read` are the digests of files that it read, by their absolute paths.
    """

    problems: tuple[Problem, ...]
    pages: int = 0
    read: Mapping[str, bytes] = MappingProxyType({})


def check_again(
    settings: Settings, work: Callable[[], Answer], prepare: Callable[[], object] = int
) -> Answer:
    """The problems of an archive; `prepare` loads what the work needs."""
    contents = (settings.root / CONFIGURATION, settings.records, settings.docs)
    return _again("check", settings, contents, prepare, work)


def build_again(
    settings: Settings,
    site: Path,
    work: Callable[[], Answer],
    prepare: Callable[[], object] = int,
) -> Answer:
    """What became of a build into the folder `site`; `prepare` loads what the work needs."""
    configuration = settings.root / CONFIGURATION
    theme = own_theme(configuration)
    if theme is None:
        return work()
    contents = (configuration, settings.records, settings.docs, *theme)
    name = f"build-{_digest(str(site))[:16]}"
    return _again(name, settings, contents, prepare, work, site)


def _again(
    name: str,
    settings: Settings,
    contents: Sequence[Path],
    prepare: Callable[[], object],
    work: Callable[[], Answer],
    site: Path | None = None,
) -> Answer:
    originals = (settings.photos,)
    before = inputs(contents, originals)
    if before is None:
        return work()
    memory = Memory(settings.cache / FOLDER)
    key, kept_at = None, memory.kept_at(name)
    if kept_at is not None:  # else the work begins at once: the key is only for the next run
        digest = Aside(before.digest, worth=len(before.read) >= _MANY)
        if before.newest > kept_at:
            prepare()  # for there will probably be work
        key = _key(settings, digest.result())
    known = key and memory.recall(name, key)
    if known and known["site"] == _marks(site):
        return Answer(tuple(_problems(known)), known["pages"])
    answer = work()
    if before.settled:
        now = Aside(lambda: marks_of((*contents, *originals)), worth=len(before.read) >= _MANY)
        left = _marks(site)
        same = now.result() == before.marks
        key = key or (_key(settings, before.digest(answer.read)) if same else None)
        if same and key:
            memory.keep(name, key, {**_plain(answer), "site": left})
    return answer


def _key(settings: Settings, digest: str | None) -> str | None:
    """What an answer is kept under: all that it depends on; nothing where that cannot be read."""
    return digest and _digest(program_version(), repr(settings), digest)


def _marks(site: Path | None) -> str:
    """What tells the site that a run left behind from one that somebody has touched."""
    return marks_of((site,)) if site is not None else ""


def _plain(answer: Answer) -> dict[str, Any]:
    """An answer as JSON can write it: each code once, and problems that point to theirs."""
    codes = list({one.code: None for one in answer.problems})
    number = {code: position for position, code in enumerate(codes)}
    return {
        "pages": answer.pages,
        "codes": [_fields(code) for code in codes],
        "problems": [
            [number[one.code], *_fields(one.place), *one.values] for one in answer.problems
        ],
    }


def _fields(one: Code | Place) -> list[Any]:
    return [getattr(one, name) for name in type(one).__slots__]


def _problems(plain: Mapping[str, Any]) -> Iterator[Problem]:
    codes = [
        Code(id, Severity(severity), *(Bilingual(*words) for words in texts))
        for id, severity, *texts in plain["codes"]
    ]
    for number, path, line, column, length, stated, *values in plain["problems"]:
        place = Place(path, line, column, length, stated)
        yield Problem(codes[number], place, tuple((name, word) for name, word in values))


def _digest(*texts: str) -> str:
    digest = sha256()
    for text in texts:
        content = text.encode("utf-8", "surrogateescape")
        digest.update(b"%d " % len(content) + content)
    return digest.hexdigest()
