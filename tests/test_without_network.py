"""A build asks nobody for anything, and the same input gives the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.sites import ROOT, copy_shipped, different, tree

GUARDED = """
import socket, sys

def refused(*arguments, **options):
    raise AssertionError(f"a connection was asked for: {arguments}")

real = socket.socket

class Guarded(real):
    def connect(self, address):
        return real.connect(self, address) if self.family == socket.AF_UNIX else refused(address)
    connect_ex = connect
    def sendto(self, *arguments):
        refused(*arguments)

socket.socket = Guarded
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refused
try:
    socket.create_connection(("example.org", 80))
except AssertionError:
    pass
else:
    raise SystemExit("the guard does not guard")
from generator.__main__ import main
main(sys.argv[1:])
"""
TWO_DAYS_APART = ("1583280000", "1583452800")


def build(root: Path, output: Path, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, "build", "--root", str(root), "--output", str(output),
         "--jobs", "1"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


def test_a_site_is_built_without_network_and_to_the_byte_wherever_and_whenever(
    tmp_path: Path,
) -> None:
    sites = []
    for name, day, seed in zip(("one", "two"), TWO_DAYS_APART, ("1", "2"), strict=True):
        root = copy_shipped(tmp_path / name / "archive")
        output = tmp_path / name / "site"
        zone = {"TZ": "Asia/Shanghai" if seed == "1" else "America/New_York"}
        build(root, output, SOURCE_DATE_EPOCH=day, PYTHONHASHSEED=seed, **zone)
        sites.append(tree(output))
    assert different(*sites) == []
    assert len(sites[0]) > 50
