"""What each record of an archive says, as a digest: equal digests, equal records.

Enter: an archive as an audience sees it, the whole one it was made from, and the digests of the
files' bytes. Leave: a digest for each record. One that the audience sees as it was written has the
digest of its file and path; one of which something is hidden, that of what is left. Pure.
"""

import hashlib
from collections.abc import Mapping

from generator.archive.archive import Archive
from generator.kinds.fields import Record, Ref


def fingerprints(seen: Archive, whole: Archive, files: Mapping[str, bytes]) -> dict[Ref, str]:
    """The digest of every record that is seen; `files` are by path."""
    written = {id(record) for record in whole.records.values()}
    return {
        ref: _of_file(record, files) if id(record) in written else _digest(repr(record))
        for ref, record in seen.records.items()
    }


def _of_file(record: Record, files: Mapping[str, bytes]) -> str:
    digest = files.get(record.path)
    return _digest(repr(record)) if digest is None else f"{record.path} {digest.hex()}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
