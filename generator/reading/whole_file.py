"""Puts a whole file in its place, or nothing: readers never see a part of it.

Enter: a path and bytes, which whoever else writes there writes too. Leave: the file. For what is
kept between builds and may be shared among them.
"""

import os
from pathlib import Path
from uuid import uuid4


def put_whole(path: Path, content: bytes) -> None:
    """Write a file beside the place and rename it; raises OSError where a disk refuses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)  # noqa: PTH105 - the promise is named after it
    except OSError:
        # Windows refuses to replace a file that another build is reading: the bytes are the same.
        if not _holds(path, content):
            raise
    finally:
        beside.unlink(missing_ok=True)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
