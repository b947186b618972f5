"""The page of downloads and how to cite."""

from collections.abc import Iterator

from generator.pages.data.files import files
from generator.pages.data.iiif import GALLERY, manifests
from generator.pages.data.tables import detail_tables, record_tables, years_of
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator

__all__ = ["files", "pages"]


def pages(edition: Edition) -> Iterator[Page]:
    """One page that lists every file of `data/`."""
    t = translator(edition.language, "data")
    archive = edition.archive
    kinds, details = record_tables(archive), detail_tables(archive)
    has_manifest = any(url == GALLERY for url, _ in manifests(edition))
    yield make_page(
        edition,
        "data/index.html",
        "data/index.html",
        t("title"),
        t("description", title=archive.file.title),
        linked={"@type": "Dataset", "license": archive.file.licence or ""},
        kinds=kinds,
        details=details,
        years={table.name: tuple(years_of(archive, table.name)) for table in kinds},
        manifest="iiif/gallery.json" if has_manifest else "",
    )
