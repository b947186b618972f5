"""Developed photographs on disk, found again by their key.

The bytes of finished files enter under a key; a picture leaves when the same key is asked for
again. An entry is its files and a manifest, `<root>/<2 digits>/<20 digits>.json`, that is written
last: without a manifest there is no entry, so a build may be killed at any moment. Files are
written beside their place and moved into it, so two builds may share a cache: both would write
the same bytes. This module never decodes an image and never removes what it is not asked to.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from generator.photos.plan import KEY_DIGITS, Developed, Picture
from generator.reading.whole_file import put_whole

FORMAT = 1
"""The form of a manifest; one of another form counts as absent."""

GRACE_SECONDS = 3600.0
"""How old a file must be before it is pruned: another build may be about to use it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    picture: Picture
    lengths: dict[str, int]
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """How much a cache holds: whole pictures, all files, and their length in bytes."""

    pictures: int
    files: int
    length: int


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache under one folder, which need not exist yet."""

    root: Path

    def path(self, name: str) -> Path:
        """Where the file of that name lies; names come from a `Picture`."""
        return Path(self.place(name))

    def place(self, name: str) -> str:
        """The same as text: a hundred thousand paths take longer to make than to look at."""
        return f"{self.root}/{name[:2]}/{name}"

    def get(self, key: str, *, verify: bool = False) -> Picture | None:
        """The picture of the key, if its manifest is sound and its files are all there.

        The manifest carries its own SHA-256. Files are compared by length, which finds what
        crashes and full disks leave behind and costs no reading; with `verify` their SHA-256 is
        compared too, which finds what a failing disk does. Anything amiss counts as absent: the
        picture is made again, and takes the place of the damaged one.
        """
        entry = self._entry(self._manifest(key))
        if entry is None or entry.picture.key != key:
            return None
        for name, length in entry.lengths.items():
            path = self.path(name)
            try:
                if path.stat().st_size != length:
                    return None
                if verify and _digest(path.read_bytes()) != entry.digests[name]:
                    return None
            except OSError:
                return None
        return entry.picture

    def put(self, key: str, developed: Developed) -> Picture:
        """Keep a developed photograph: all its files, then the manifest.

        Raises:
            OSError: If the disk refuses (full, read-only); there is no entry then.
        """
        picture = developed.picture(key)
        files = developed.files(key)
        for name, content in files.items():
            put_whole(self.path(name), content)
        put_whole(self._manifest(key), _manifest_text(picture, files))
        return picture

    def content(self) -> Content:
        """What the cache holds now."""
        pictures = files = length = 0
        for path in self._files():
            try:
                length += path.stat().st_size
            except OSError:
                continue  # another build has just moved it
            files += 1
            pictures += path.suffix == ".json"
        return Content(pictures, files, length)

    def prune(self, keep: Set[str], *, grace: float = GRACE_SECONDS) -> int:
        """Remove every entry whose key is not in `keep`, and what killed builds left behind.

        Files changed less than `grace` seconds ago stay, in case another build is at work.

        Returns:
            The number of files removed.
        """
        kept = {key[:KEY_DIGITS] for key in keep}
        newest = time.time() - grace
        removed = 0
        # Manifests sort before the files they name: an entry vanishes before its parts do.
        for path in sorted(self._files(), key=lambda path: (path.suffix != ".json", path)):
            unfinished = path.name.startswith(".")
            if (path.name[:KEY_DIGITS] in kept and not unfinished) or not _older(path, newest):
                continue
            path.unlink(missing_ok=True)
            removed += 1
        return removed

    def _manifest(self, key: str) -> Path:
        return self.path(f"{key[:KEY_DIGITS]}.json")

    def _files(self) -> Iterator[Path]:
        return (path for path in self.root.glob("[0-9a-f][0-9a-f]/*") if path.is_file())

    def _entry(self, manifest: Path) -> _Entry | None:
        try:
            return _read_manifest(manifest.read_bytes())
        # Anything may lie there after a crash: what is not a sound manifest is none.
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None


def _manifest_text(picture: Picture, files: dict[str, bytes]) -> bytes:
    body = {
        "format": FORMAT,
        "picture": picture.to_json(),
        "files": {name: [len(content), _digest(content)] for name, content in files.items()},
    }
    return _canonical({"body": body, "sha256": _digest(_canonical(body))})


def _read_manifest(text: bytes) -> _Entry:
    """The entry that a manifest describes.

    Raises:
        ValueError, KeyError, TypeError: If the manifest is not one that `_manifest_text` wrote.
    """
    manifest = json.loads(text)
    body = manifest["body"]
    if manifest["sha256"] != _digest(_canonical(body)) or body["format"] != FORMAT:
        raise ValueError("damaged, or of another form")
    picture = Picture.from_json(body["picture"])
    if set(body["files"]) != set(picture.names):
        raise ValueError("other files than the picture's")
    lengths = {name: int(length) for name, (length, _) in body["files"].items()}
    digests = {name: str(digest) for name, (_, digest) in body["files"].items()}
    return _Entry(picture, lengths, digests)


def _canonical(record: object) -> bytes:
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii") + b"\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _older(path: Path, newest: float) -> bool:
    try:
        return path.stat().st_mtime <= newest
    except OSError:
        return False
