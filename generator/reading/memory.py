"""What this machine has worked out before, kept in the project and believed only when it is ours.

Enter: a name, a key and a value that JSON can write, or bytes. Leave: the same again, under that
very key. A checkout of somebody's proposal may bring any file along, also one that says "no problem
here", or one that would run when it is read; so every answer is signed (BLAKE2b with a key, RFC
7693, section 2.9) with a key that lies in the user's own folder and never in a project, and nothing
of it is looked at before the signature is found to be ours. Without such a folder nothing is
remembered. Safe to delete at any time.
"""

import json
import os
import tempfile
import time
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from secrets import token_bytes
from typing import Any

_KEY_LENGTH = 32  # bytes
_SIGNATURE_LENGTH = 64  # hexadecimal digits
KEY_FILE = "key"
GRACE_SECONDS = 30 * 24 * 3600.0
"""What nothing has written for a month is of a site or program that is no more."""
FOLDER = "memory"
"""Where answers are kept, below the cache."""


class Memory:
    """Signed answers in one folder, one for each name."""

    def __init__(self, folder: Path, secret: bytes | None = None) -> None:
        self._folder = folder
        self._secret = secret or own_secret()

    @property
    def can_keep(self) -> bool:
        """Whether there is a key to sign with."""
        return bool(self._secret)

    def kept_at(self, name: str) -> int | None:
        """When something was last kept under this name, in nanoseconds; `None` for never."""
        try:
            return (self._folder / name).stat().st_mtime_ns
        except OSError:
            return None

    def recall(self, name: str, key: str) -> Any:
        """What was kept last under this name, if it was under this key; else `None`."""
        content = self.recall_bytes(name, key)
        return None if content is None else json.loads(bytes(content))

    def keep(self, name: str, key: str, value: Any) -> None:
        """Remember a value in place of the last one; a disk that refuses costs only time."""
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.keep_bytes(name, key, written.encode("utf-8", "surrogatepass"))  # names of files

    def recall_bytes(self, name: str, key: str) -> memoryview | None:
        """The bytes that were kept last under this name, if it was under this key: our own.

        They may be many: nothing is copied.
        """
        try:
            content = memoryview((self._folder / name).read_bytes())
        except OSError:
            return None
        signature, signed = content[:_SIGNATURE_LENGTH], content[_SIGNATURE_LENGTH + 1 :]
        if not self._secret or not compare_digest(signature, self._signature(name, signed)):
            return None
        head = key.encode() + b"\n"
        return signed[len(head) :] if signed[: len(head)] == head else None

    def keep_bytes(self, name: str, key: str, *content: bytes | memoryview) -> None:
        """Remember some bytes, put together, in place of the last ones; a key is one line."""
        if not self._secret:
            return
        signed = (key.encode() + b"\n", *content)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder / name, self._signature(name, *signed), b"\n", *signed)

    def content(self) -> tuple[int, int]:
        """How many files are kept, and their bytes."""
        lengths = [path.stat().st_size for path in self._files()]
        return len(lengths), sum(lengths)

    def prune(self, grace: float) -> int:
        """Forget what nothing has written for so many seconds; returns how many files that were."""
        oldest, removed = time.time() - grace, 0
        for path in self._files():
            with suppress(OSError):
                if path.stat().st_mtime <= oldest:
                    path.unlink()
                    removed += 1
        return removed

    def _files(self) -> list[Path]:
        return sorted(self._folder.iterdir()) if self._folder.is_dir() else []

    def _signature(self, name: str, *signed: bytes | memoryview) -> bytes:
        mac = blake2b(name.encode(), key=self._secret or b"", digest_size=_SIGNATURE_LENGTH // 2)
        for part in (b"\n", *signed):
            mac.update(part)
        return mac.hexdigest().encode("ascii")


def own_secret() -> bytes | None:
    """This user's key on this machine, made when there is none; `None` where none can be kept."""
    from platformdirs import user_state_path

    with suppress(OSError, RuntimeError):  # nobody knows of a home: as good as none
        path = user_state_path("chronicle", appauthor=False) / KEY_FILE
        if not path.is_absolute():  # it would lie in the project
            return None
        if not path.exists():
            _make(path)
        secret = path.read_bytes()
        return secret if len(secret) == _KEY_LENGTH else None
    return None


def _make(path: Path) -> None:
    """A new key that only its owner can read; of two at once the later stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, token_bytes(_KEY_LENGTH))


def _write(path: Path, *parts: bytes | memoryview) -> None:
    """Put the whole file in its place, readable by its owner only, or nothing."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)
