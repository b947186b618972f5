"""Finds the files of an archive: record files below a folder, photographs below another.

Enter: folders. Leave: paths, sorted. Never follows a symbolic link.
"""

import os
from collections.abc import Iterator
from pathlib import Path

_HIDDEN = "."


def files_below(folder: Path) -> list[Path]:
    """Every ordinary file below `folder`, sorted by path; hidden files and links are left out."""
    return [Path(name) for name in names_below(folder)]


def names_below(folder: Path) -> list[str]:
    """The same as text: ten thousand paths take longer to make than to find."""
    return sorted(_walk(str(folder))) if folder.is_dir() else []


def _walk(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_HIDDEN) or entry.is_symlink():
                continue
            if entry.is_dir():
                yield from _walk(entry.path)
            elif entry.is_file():  # a pipe would keep whoever opens it waiting
                yield entry.path


def shown_path(path: Path | str, root: Path) -> str:
    """`path` as problems and pages show it: relative to the root, with forward slashes."""
    text, start = str(path), f"{root}{os.sep}"
    if text.startswith(start):  # ten thousand calls; relative_to() is far slower
        return text[len(start) :].replace(os.sep, "/")
    return Path(path).relative_to(root).as_posix()
