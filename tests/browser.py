"""Finds the browser that the tests drive; run as a program, installs one where there is none.

In this order: the one named by CHRONICLE_BROWSER, a Chromium or Chrome of the system, Playwright's
own. Where none can be had the tests fail and say what to do; none is skipped.
"""

import os
import shutil
import subprocess
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


def installers() -> Iterator[list[list[str]]]:
    """Ways to install a browser here, best first; each is a list of commands run in order."""
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    administrator = hasattr(os, "geteuid") and os.geteuid() == 0
    if apt and (administrator or sudo):
        prefix = [] if administrator else ["sudo", "-n"]
        packages = ["chromium", "fonts-noto-cjk"]
        yield [
            [*prefix, apt, "update", "-qq"],
            [*prefix, apt, "install", "-y", "-qq", "--no-install-recommends", *packages],
        ]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def install(commands: list[list[str]]) -> bool:
    """Run the commands, printing each, as long as they succeed; whether all did."""
    for command in commands:
        print("==> no browser yet:", " ".join(command), flush=True)
        if subprocess.run(command, check=False).returncode != 0:
            return False
    return True


def present(playwright: Playwright) -> bool:
    """Whether a browser is there, or was installed just now."""
    for commands in (None, *installers()):
        if commands is None or install(commands):
            try:
                print(f"==> the tests' browser is {executable(playwright)}")
                return True
            except BrowserMissing:
                continue
    return False


def main() -> int:
    """Find a browser, or install one, or say what to do; the exit code."""
    with sync_playwright() as playwright:
        if present(playwright):
            return 0
    print(MISSING, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
