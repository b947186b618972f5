"""What all tests share: properties are checked the same way every time, and without a stopwatch.

The key that signs remembered answers is not that of whoever runs them.
"""

import atexit
import os
import shutil
import sys
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from generator.reading import second_process

if sys.platform == "linux":  # what runs the tests has a thread of its own, which no copy needs
    second_process.USUAL_THREADS = second_process.threads()


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the process be copied though other tests have drawn charts in it: this one draws none."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        pytest.skip("no second core, or no fork")
    monkeypatch.setattr(second_process, "USUAL_THREADS", 1000)


_state = os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="chronicle-")
atexit.register(shutil.rmtree, _state, ignore_errors=True)

settings.register_profile(
    "chronicle",
    deadline=None,  # the first use of a library is slow
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("chronicle")
