"""What each record of an archive says, as a digest: equal digests, equal records.

Enter: an archive as an audience sees it, the whole one it was made from, and the documents. Leave:
a digest for each record. One that the audience sees as it was written has the digest of its file's
text and path; one of which something is hidden, that of what is left. Pure.
"""

import hashlib
from collections.abc import Mapping

from generator.archive.archive import Archive
from generator.kinds.fields import Record, Ref
from generator.reading.documents import Document


def fingerprints(
    seen: Archive, whole: Archive, documents: Mapping[str, Document]
) -> dict[Ref, str]:
    """The digest of every record that is seen."""
    written = {id(record) for record in whole.records.values()}
    return {
        ref: _of_text(record, documents) if id(record) in written else _digest(repr(record))
        for ref, record in seen.records.items()
    }


def _of_text(record: Record, documents: Mapping[str, Document]) -> str:
    document = documents.get(record.path)
    return _digest(repr(record) if document is None else f"{record.path}\n{document.text}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
