"""Remembers what unchanged files said, so that they need not be parsed again.

Enter: the text of a file. Leave: its values, if this very text was parsed without a problem before.
Keyed by a digest of the text alone, never by time or path; JSON with a digest of its own, so that
nothing in it can run and a damaged file counts as none. Safe to delete at any time.
"""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from generator.reading.documents import Document, Value
from generator.values.personal import may_hold_personal_data

_FORMAT = "1"  # to be raised when the same text would give other values


class DocumentCache:
    """Values by digest; only what was asked for or added in this run is kept by `save`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _read(path)
        self._used: dict[str, dict[str, Value] | str] = {}

    def __len__(self) -> int:
        """How many documents were known when the cache was opened."""
        return len(self._known)

    def get(self, text: str, name: str) -> Document | None:
        """The document of this text, or nothing if it was not parsed before."""
        key = _digest(text.encode("utf-8"))
        values = self._known.get(key)
        if values is None:
            return None
        self._used[key] = values
        return Document(name, text, values, may_hold_personal_data(text))

    def put(self, document: Document, written: str = "") -> None:
        """Remember a document that was parsed without any problem; `written` are its values."""
        self._used[_digest(document.text.encode("utf-8"))] = written or document.values

    def save(self) -> None:
        """Write what this run used, beside and then in place; a disk that refuses is no matter."""
        if self._used.keys() == self._known.keys():
            return
        pairs = (
            f'"{key}":{one if isinstance(one, str) else written(one)}'
            for key, one in sorted(self._used.items())
        )
        content = f"{{{','.join(pairs)}}}".encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self._path.parent, prefix=".records-")
            with os.fdopen(handle, "wb") as stream:
                stream.write(_header(content))
                stream.write(content)
            Path(beside).replace(self._path)
        except OSError:
            return


def written(values: dict[str, Value]) -> str:
    """The values of a document as the cache keeps them, in JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> dict[str, dict[str, Value]]:
    try:
        header, _, content = path.read_bytes().partition(b"\n")
        if header + b"\n" != _header(content):
            return {}
        known = json.loads(content)
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _header(content: bytes) -> bytes:
    return f"{_FORMAT} {_digest(content)}\n".encode("ascii")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
