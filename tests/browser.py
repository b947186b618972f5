"""Finds the browser that the tests drive; run as a program, says which one it is.

In this order: the one named by CHRONICLE_BROWSER, a Chromium or Chrome of the system, Playwright's
own. Where there is none the tests fail and say what to do; none is skipped.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

VARIABLE = "CHRONICLE_BROWSER"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PROGRAMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = ("--no-sandbox", "--disable-background-networking")
MISSING = f"""\
No browser for the tests was found. Do one of these:
  - install Chromium (Debian: apt install chromium; macOS: brew install --cask chromium);
  - let Playwright fetch its own: python -m playwright install chromium;
  - name a Chromium or Chrome that is already there: {VARIABLE}=/path/to/chrome make test."""


class BrowserMissing(Exception):
    """There is no browser; the message says how to get one."""


def executable(playwright: Playwright) -> Path:
    """The browser's program. Raises BrowserMissing."""
    if named := os.environ.get(VARIABLE):
        if found := shutil.which(named):
            return Path(found)
        raise BrowserMissing(f"{VARIABLE} names {named}, which is not a program.")
    for command in (*COMMANDS, *MAC_PROGRAMS):
        if found := shutil.which(command):
            return Path(found)
    own = Path(playwright.chromium.executable_path)
    if own.is_file():
        return own
    raise BrowserMissing(MISSING)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    with sync_playwright() as playwright:
        program = executable(playwright)
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


def main() -> int:
    """Print where the browser is, or what to do; the exit code."""
    with sync_playwright() as playwright:
        try:
            print(f"==> the tests' browser is {executable(playwright)}")
        except BrowserMissing as fault:
            print(fault, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
