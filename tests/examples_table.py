"""Writes `docs/contributing/examples.md`: what the program prints for every negative example.

Usage: python -m tests.examples_table
"""

import tempfile
from pathlib import Path

from generator.problems.problem import Language
from generator.problems.reporters import as_text
from tests.archives import EXAMPLES, ROOT, copy_of_base, problems_of

PAGE = ROOT / "docs" / "contributing" / "examples.md"
_HEAD = """# What the program says

Every failing example under `tests/examples/negative/`, and what `chronicle check` prints for it in
Chinese and in English (without the excerpt). Written by `python -m tests.examples_table`; a test
holds it up to date.

| example | 中文 | English |
|---|---|---|
"""


def table() -> str:
    """The page: a row for each example, with its finding in both languages."""
    return _HEAD + "".join(map(_row, sorted((EXAMPLES / "negative").iterdir())))


def _row(example: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        problems = problems_of(copy_of_base(Path(folder), example))
    languages: tuple[Language, Language] = ("zh", "en")
    cells = (_cell(as_text(problems, language)) for language in languages)
    return f"| `{example.name}` | {' | '.join(cells)} |\n"


def _cell(printed: str) -> str:
    """The sentence and the hint, safe inside a Markdown table."""
    first, *others = printed.split("\n")
    kept = [first, *(line.strip() for line in others if line.startswith("    →"))]
    return "<br>".join(f"<code>{_escaped(line)}</code>" for line in kept)


def _escaped(text: str) -> str:
    for character, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "&#124;")):
        text = text.replace(character, written)
    return text.replace("{", "&#123;").replace("\\", "&#92;")


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8", newline="\n")
