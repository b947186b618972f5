"""A cluster of machines as an executor, for archives whose first build would take one a day.

The address of a Dask scheduler enters; an executor leaves. Dask is the optional extra
`chronicle-archive[dask]`, loaded only when an address is given.
"""

import importlib
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers behind a scheduler (`tcp://host:8786`), each call made once and anew.

    Raises:
        ImportError: If the extra is not installed.
        OSError: If the scheduler cannot be reached.
    """
    distributed = importlib.import_module("distributed")
    with distributed.Client(address, set_as_default=False) as client:
        # By default Dask takes equal calls for one: a call that failed would not be made again.
        yield client.get_executor(pure=False)
