"""The page of downloads and how to cite."""

from collections.abc import Iterator

from generator.pages.data.files import files_of_figures, files_of_records
from generator.pages.data.iiif import has_manifest
from generator.pages.data.tables import lengths, years_of
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator

__all__ = ["files_of_figures", "files_of_records", "pages"]


def pages(edition: Edition) -> Iterator[Page]:
    """One page that lists every file of `data/`."""
    t = translator(edition.language, "data")
    archive = edition.archive
    yield make_page(
        edition,
        "data/index.html",
        "data/index.html",
        t("title"),
        t("description", title=archive.file.title),
        linked={"@type": "Dataset", "license": archive.file.licence or ""},
        tables=[(name, n, tuple(years_of(archive, name))) for name, n in lengths(archive).items()],
        charts=edition.charts,
        manifest="iiif/gallery.json" if has_manifest(edition) else "",
    )
