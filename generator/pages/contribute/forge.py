"""Where a forge opens an empty new file, with its name and its text already filled in.

Enter: the address of the repository. Leave: addresses with a place for the file's path. Pure: which
forge it is can only be told by its host's name.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

BRANCH = "main"


@dataclass(frozen=True, slots=True)
class Forge:
    """How to open a new file; `{path}` and `{text}` stand for what is to be percent-encoded.

    Sources: isaacs/github#1527 for GitHub, go-gitea/gitea#16556 for Gitea and Forgejo, which take
    name and text; gitlab-org/gitlab#337038 for GitLab, which takes the name only.
    """

    start: str
    """Opens an empty new file."""
    named: str
    """What follows `start` to give the file its path."""
    filled: str
    """What follows `named` to give the file its text; empty where the forge cannot be told."""


def forge_of(repo_url: str) -> Forge | None:
    """The forge at the address, or nothing when that is no web address."""
    parts = urlsplit(repo_url)
    root = repo_url.rstrip("/").removesuffix(".git")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    if parts.hostname == "github.com":
        return Forge(f"{root}/new/{BRANCH}", "?filename={path}", "&value={text}")
    if "gitlab" in parts.hostname:
        return Forge(f"{root}/-/new/{BRANCH}", "?file_name={path}", "")
    return Forge(f"{root}/_new/{BRANCH}", "?filename={path}", "&value={text}")
