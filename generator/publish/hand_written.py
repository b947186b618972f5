"""Which files of the folder of hand-written pages are published.

Enter: the folder and the patterns of `exclude_docs` in mkdocs.yml. Leave: paths in it, sorted. The
patterns mean what MkDocs says they mean, whichever engine runs: those of `.gitignore`.
"""

from pathlib import Path, PurePosixPath
from urllib.parse import quote

from pathspec import GitIgnoreSpec

from generator.reading.folders import files_below, shown_path

PAGE = ".md"
_TEMPLATES = "/templates/"  # MkDocs leaves these out without being asked


def published_files(docs: Path, excluded: str) -> list[str]:
    """Files below `docs` with forward slashes; hidden files and symbolic links never count."""
    patterns = GitIgnoreSpec.from_lines([_TEMPLATES, *excluded.splitlines()])
    names = [shown_path(path, docs) for path in files_below(docs)]
    kept = [name for name in names if not patterns.match_file(name)]
    indexes = {name for name in kept if PurePosixPath(name).name == "index.md"}
    return [name for name in kept if not _gives_way(name, indexes)]


def page_url(name: str) -> str:
    """The address of the hand-written page in a Markdown file, fit for a link."""
    path = PurePosixPath(name).with_suffix(".html")
    if path.stem == "README":
        path = path.with_name("index.html")
    return quote(path.as_posix())


def _gives_way(name: str, indexes: set[str]) -> bool:
    """A README.md is a folder's index only where there is no other."""
    path = PurePosixPath(name)
    return path.name == "README.md" and path.with_name("index.md").as_posix() in indexes
