"""Which program this is: a digest of its own files, of its Python and of all installed with it."""

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

_PROGRAM = Path(__file__).parents[1]
_MADE_ANEW = "__pycache__"
_INSTALLED = (".dist-info", ".egg-info")


@cache
def program_version() -> str:
    """Equal only for the same program files, Python, and versions of installed packages."""
    digest = sha256(f"{sys.version} {sys.platform}\n".encode())
    digest.update("\n".join(sorted(_installed())).encode("utf-8", "surrogateescape"))
    program = str(_PROGRAM)
    for folder, _, names in sorted(os.walk(program)):
        for name in sorted(names) if not folder.endswith(_MADE_ANEW) else ():
            path = f"{folder}{os.sep}{name}"
            with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - hundreds, at every start
                content = stream.read()
            digest.update(f"\n{path.removeprefix(program)} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _installed() -> set[str]:
    """Names and versions of the packages on the path, as their folders say them (PEP 376)."""
    folders = filter(Path.is_dir, map(Path, sys.path))
    return {one.name for folder in folders for one in folder.iterdir() if one.suffix in _INSTALLED}
