"""The archive with an entry for every day (examples/daily), whose totals meet claims of all sorts."""

import shutil
from pathlib import Path

from generator.archive.archive import Archive
from generator.archive.load import load

DAILY = Path(__file__).parent / "examples" / "daily"


def daily_archive() -> Archive:
    """The archive as it was read."""
    loaded = load(DAILY, DAILY / "records")
    assert loaded.archive is not None, loaded.problems
    return loaded.archive


def copy_of_daily(folder: Path) -> Path:
    """A copy that may be built and written to."""
    shutil.copytree(DAILY, folder, dirs_exist_ok=True)
    return folder
