"""The page of downloads and how to cite."""

from collections.abc import Iterator

from generator.pages.data.files import years_of_figures
from generator.pages.data.iiif import has_manifest
from generator.pages.data.tables import TABLES, dated_by_year
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.rendering import make_page
from generator.pages.words import translator


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
        tables=[(one.name, one.length(archive), tuple(one.years(archive))) for one in TABLES],
        years=years_of_figures(edition),
        graphs=tuple(dated_by_year(archive)),
        charts=edition.charts,
        manifest="iiif/gallery.json" if has_manifest(edition) else "",
    )
