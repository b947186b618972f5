"""What the last build of a site printed, so that what has not changed need not be made again.

One JSON file for each site, with a digest of its own, so that nothing in it can run and a damaged
one counts as none. It names each sheet's key and, for every file of it, the digest of its bytes: a
file that no longer has them is not taken over. Safe to delete at any time.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.publish.search import SearchEntry

_FIELDS = ("url", "kind", "title", "date", "text", "thumbnail", "aliases")


class Print(NamedTuple):
    """One file of the site: address, digest of its bytes, what the search knows of it."""

    url: str
    digest: str
    page: bool
    listed: bool
    search: SearchEntry | None


@dataclass(frozen=True, slots=True)
class Printed:
    """Keys and files by the name of a sheet."""

    keys: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, Sequence[Print]] = field(default_factory=dict)

    def of(self, name: str, key: str | None) -> Sequence[Print] | None:
        """What that sheet became, if it was made from the same things."""
        same = key is not None and self.keys.get(name) == key
        return self.prints.get(name) if same else None


def digest_of(content: bytes) -> str:
    """The digest under which bytes are remembered: SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def take_over(prints: Sequence[Print], old: Path, new: Path) -> bool:
    """Have the files of a sheet in `new` too, if all those in `old` are as they were printed."""
    try:
        if any(digest_of((old / one.url).read_bytes()) != one.digest for one in prints):
            return False
        for one in prints:
            _share(old / one.url, new / one.url)
    except OSError:
        return False
    return True


def _share(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the disk cannot do that."""
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def read_printed(path: Path) -> Printed:
    """What is remembered; nothing when it is missing or damaged."""
    try:
        header, _, content = path.read_bytes().partition(b"\n")
        if header.decode("ascii") != digest_of(content):
            return Printed()
        keys, prints = json.loads(content)
        return Printed(
            keys,
            {
                name: [
                    Print(url, digest, page, listed, _entry(search))
                    for url, digest, page, listed, search in files
                ]
                for name, files in prints.items()
            },
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Printed()


def save_printed(path: Path, printed: Printed) -> None:
    """Write it beside and then in place; a disk that refuses costs time later, not the build."""
    prints = {name: [_plain(one) for one in own] for name, own in printed.prints.items()}
    plain = [dict(printed.keys), prints]
    content = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".printed-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(f"{digest_of(content)}\n".encode("ascii"))
            stream.write(content)
        Path(beside).replace(path)
    except OSError:
        return


def _plain(one: Print) -> tuple[object, ...]:
    entry = one.search
    return (*one[:-1], None if entry is None else [getattr(entry, name) for name in _FIELDS])


def _entry(values: Sequence[str] | None) -> SearchEntry | None:
    if values is None:
        return None
    *texts, aliases = values
    url, kind, title, date, text, thumbnail = map(str, texts)
    return SearchEntry(url, kind, title, date, text, thumbnail, tuple(map(str, aliases)))
