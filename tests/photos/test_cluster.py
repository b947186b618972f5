"""A cluster develops the same pictures, whether it sees the folders or is sent the bytes."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from generator.photos.cache import Cache
from generator.photos.cluster import cluster
from generator.photos.headers import Finding
from generator.photos.plan import Picture, Recipe
from generator.photos.run import Request, Transfer, develop_all

from .originals import encoded, four_corners, huge_png, written

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
RECIPE = Recipe(edges=(48, 96), caption="图注")


class Watched(Executor):
    """An executor whose futures can be looked at afterwards."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.futures.append(self.inner.submit(fn, *args, **kwargs))
        return self.futures[-1]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    local = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        worker_dashboard_address=None,
    )
    with local:
        yield local.scheduler_address


@pytest.mark.parametrize("transfer", ["folder", "bytes"])
def test_a_local_cluster_gives_the_same_bytes(
    transfer: Transfer, scheduler: str, tmp_path: Path
) -> None:
    requests = []
    for index in range(6):
        content = encoded(four_corners(100 + index, 80), "JPEG")
        requests.append(Request(f"{index}", written(tmp_path / f"{index}.jpg", content), RECIPE))
    cut = written(tmp_path / "cut.jpg", requests[0].path.read_bytes()[:-300])
    bomb = written(tmp_path / "bomb.png", huge_png())
    requests += [Request("cut", cut, RECIPE), Request("bomb", bomb, RECIPE)]
    alone, far = Cache(tmp_path / "alone"), Cache(tmp_path / "far")
    expected = develop_all(requests, alone, None, lambda done, total: None)
    with cluster(scheduler) as executor:
        watched = Watched(executor)
        results = develop_all(requests, far, watched, lambda done, total: None, transfer=transfer)
    # None was left to this machine.
    assert len(watched.futures) == 7 and not any(each.exception() for each in watched.futures)
    assert results == expected
    assert sum(isinstance(result, Picture) for result in results.values()) == 6
    assert sum(isinstance(result, Finding) for result in results.values()) == 2
    for picture in results.values():
        for name in picture.names if isinstance(picture, Picture) else ():
            assert far.path(name).read_bytes() == alone.path(name).read_bytes()
