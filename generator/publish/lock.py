"""One build at a time for one site: a lock that ends with the process that holds it.

Enter: the path of a site. Leave: a context in which no other process builds there, or `BusyError`.
The lock is the system's, on a file beside the site (flock, or LockFile on Windows): however a build
dies, the next finds it open. The file itself means nothing and is removed at the end.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_held: set[int] = set()


class BusyError(Exception):
    """Another process is building this site."""


@contextmanager
def only_builder(target: Path) -> Iterator[None]:
    """Hold the lock of the site at `target`; raises BusyError when somebody else does."""
    path = target.with_name(f".{target.name}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not (_locked(descriptor) and _is_still(descriptor, path)):
            raise BusyError(str(target))
        _held.add(descriptor)
        try:
            yield
        finally:
            _held.discard(descriptor)
            with suppress(OSError):  # Windows removes no open file; it is reused
                path.unlink()
    finally:
        os.close(descriptor)


def _let_go() -> None:
    """Copies of a process hold nothing: a lock would end only with the last of them."""
    while _held:
        os.close(_held.pop())


if hasattr(os, "register_at_fork"):  # Windows copies no process
    os.register_at_fork(after_in_child=_let_go)


def _is_still(descriptor: int, path: Path) -> bool:
    """Whether the file that is locked is the one under that name, not one removed meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _locked(descriptor: int) -> bool:
    """Lock an open file without waiting; False when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
