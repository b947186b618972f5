"""Templates of this package to HTML, and pages from them.

Enter: an edition, a template's name and its values. Leave: HTML or a `Page`. Everything a template
prints is escaped unless it is already `Markup`; an unknown name in a template is a fault.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from generator.archive.archive import Photograph
from generator.pages.compiled import CompiledTemplates
from generator.pages.compiling import Templates
from generator.pages.edition import Edition
from generator.pages.head import head_of
from generator.pages.page import Page, SearchText, base_of
from generator.pages.view import View, view_of


@cache
def _environment() -> Templates:
    found = Templates(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(),
    )
    found.globals.clear()  # range, lipsum and their like
    return found


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def render(view: View, template: str, **values: Any) -> Markup:
    """The HTML of a template (named `<kind>/<file>`), with `v`, `t` and `base` always at hand.

    So are `archive`, and as `m` the pieces of `shared/macros.html`.
    """
    given = view.remembered.get("given")
    if given is None:
        given = {"v": view, "t": view.t, "base": Markup(view.base), "archive": view.archive}
        given["m"] = _template("shared/macros.html").make_module(given)
        view.remembered["given"] = given
    return Markup(_template(template).render(given, **values))


def make_page(
    edition: Edition,
    template: str,
    url: str,
    title: str,
    description: str = "",
    *,
    search: SearchText | None = None,
    picture: Photograph | None = None,
    linked: dict[str, Any] | None = None,
    author: str = "",
    **values: Any,
) -> Page:
    """A page from the template `<kind>/<file>`; `linked` is its schema.org description.

    It is cited under `author`, without one under the organisation.
    """
    view = view_of(edition, template.partition("/")[0], base_of(url))
    description = description or f"{title} · {edition.archive.file.title}"
    body = render(view, template, title=title, **values) + _foot(view, url, title, author)
    head = head_of(edition, url, title, description, picture, linked or {})
    return Page(url, title, description, head, body, search)


def plain_page(edition: Edition, template: str, url: str, title: str, **values: Any) -> Page:
    """A page that no machine is to keep: no link preview, no linked data, not in the sitemap."""
    view = view_of(edition, template.partition("/")[0], base_of(url))
    head = Markup('<meta name="robots" content="noindex">')
    body = render(view, template, title=title, **values)
    return Page(url, title, title, head, body, listed=False)


_DATA_OF = {
    "timeline": "activities.json",
    "days": "activities.json",
    "members": "members.json",
    "donations": "donations.json",
    "stories": "stories.json",
    "gallery": "photographs.json",
    "photos": "photographs.json",
    "statistics": "statistics.json",
}
"""The data file that a page's folder is made from; pages of other folders name none."""


def _foot(view: View, url: str, title: str, author: str) -> Markup:
    """Where a page's data lies, and how to cite the page (GB/T 7714-2015, 4.6)."""
    data = _DATA_OF.get(url.partition("/")[0])
    if data is None:
        return Markup("")
    file, edition = view.archive.file, view.edition
    address = f"{edition.site_url.rstrip('/')}/{url}" if edition.site_url else url
    text = f"{author or file.organisation}. {title}[EB/OL]//{file.title}. {address}"
    link = f'<a href="{escape(view.base)}data/{data}" download>{data}</a>'
    cite = f"<summary>{escape(view.t('cite_page'))}</summary><p>{escape(text)}</p>"
    return Markup(
        f'<footer class="page-foot provenance"><p>{escape(view.t("page_data"))} {link}</p>'
        f"<details>{cite}</details></footer>"
    )
