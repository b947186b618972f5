"""The files of an archive as they were read, to lead from a record back to its lines.

Enter: where they lie, and a digest of each one's bytes. Leave: a document when somebody asks for
it, read again; none where the file is no longer the one that was read.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from generator.reading.documents import Document, parse
from generator.reading.inputs import digest_of
from generator.reading.text_files import decode, read_content


class Documents(Mapping[str, Document]):
    """Documents by the path that problems show; `digests` are those of the files' bytes."""

    def __init__(self, root: Path, digests: Mapping[str, bytes]) -> None:
        self._root = root
        self.digests = digests
        self._read = lru_cache(maxsize=2)(self._document)

    def __getitem__(self, path: str) -> Document:
        document = self._read(path)
        if document is None:
            raise KeyError(path)
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def _document(self, path: str) -> Document | None:
        content = read_content(self._root / path, path)
        if not isinstance(content, bytes) or digest_of(content) != self.digests.get(path):
            return None
        text = decode(content, path)
        return parse(text, path)[0] if isinstance(text, str) else None
