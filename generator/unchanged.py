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
from generator.reading.inputs import MARKS_TELL, Found, Inputs, inputs, marks_of
from generator.reading.memory import FOLDER, Memory
from generator.reading.program import program_version
from generator.settings import CONFIGURATION, Settings


class Answer(NamedTuple):
    """What a run said: problems in order, and the number of record pages it made.

    `read` are the digests of files that it read, by their paths as `shown_path` gives them; `left`
    are the marks of the site that it left behind (`inputs.marks_of`), of a check nothing.
    """

    problems: tuple[Problem, ...]
    pages: int = 0
    read: Mapping[str, bytes] = MappingProxyType({})
    left: str = ""


class Look(NamedTuple):
    """What a first look at the files showed, for whoever does the work.

    `found` are the files that it reads, nothing where that cannot be told; `others`: whether there
    are more or fewer than when the last answer was kept, as far as that is known.
    """

    found: Sequence[Found] | None = None
    others: bool = True


Work = Callable[[Look], Answer]


def check_again(settings: Settings, work: Work) -> Answer:
    """The problems of an archive."""
    contents = (settings.root / CONFIGURATION, settings.records, settings.docs)
    return _again("check", settings, contents, work)


def build_again(settings: Settings, site: Path, work: Work) -> Answer:
    """What became of a build into the folder `site`."""
    configuration = settings.root / CONFIGURATION
    theme = own_theme(configuration)
    if theme is None:
        return work(Look())
    contents = (configuration, settings.records, settings.docs, *theme)
    name = f"build-{_digest(str(site))[:16]}"
    return _again(name, settings, contents, work, site)


def _again(
    name: str,
    settings: Settings,
    contents: Sequence[Path],
    work: Work,
    site: Path | None = None,
) -> Answer:
    originals = (settings.photos,)
    before = inputs(contents, originals)
    if before is None:
        return work(Look())
    memory = Memory(settings.cache / FOLDER)
    kept_at = memory.kept_at(name) or 0
    key = _digest(program_version(), repr(settings))
    marks = before.marks if MARKS_TELL else ""
    known = memory.recall(name, key)
    if known and _is_as_it_was(before, known, kept_at) and known["site"] == _marks(site):
        if marks != known["marks"] and before.settled:  # files were put there anew, to the byte
            memory.keep(name, key, {**known, "marks": marks})
        return Answer(tuple(_problems(known)), known["pages"])
    files = len(before.read)
    answer = work(Look(before.read, not known or known["files"] != files))
    if before.settled:
        digest = before.digest(answer.read, settings.root)
        # In the end: whatever came or was changed meanwhile shows here. Not records: of them the
        # work reads what was found, and what it read it tells.
        others = [one for one in contents if one != settings.records]
        same = before.still_below(others) and marks_of(originals) == before.looked_at
        if digest and same:
            told = {"marks": marks, "digest": digest, "site": answer.left, "files": files}
            memory.keep(name, key, {**_plain(answer), **told})
    return answer


def _is_as_it_was(before: Inputs, known: Mapping[str, Any], kept_at: int) -> bool:
    """Whether all that would be read is what it was when the last answer was given."""
    if known["marks"] == before.marks:
        return True
    # Whoever edits touches a few files, and there will be work. A checkout touches all of them:
    # then it is worth the time to see whether they hold what they held.
    edited = before.changed_since(kept_at)
    return not 0 < edited <= len(before.read) // 2 and known["digest"] == before.digest()


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
