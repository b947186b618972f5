"""What stands in a page's head for link previews and machines: Open Graph and schema.org JSON-LD.

Enter: an edition and a page's own words. Leave: HTML. Absolute addresses appear only when the
archive has a `site_url`.
"""

import json
from typing import Any

from markupsafe import Markup, escape

from generator.archive.archive import Photograph
from generator.pages.edition import PHOTO_FOLDER, Edition

_LOCALES = {"zh": "zh_CN", "en": "en"}
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def head_of(
    edition: Edition,
    url: str,
    title: str,
    description: str,
    picture: Photograph | None,
    linked: dict[str, Any],
) -> Markup:
    """Canonical address, Open Graph properties and JSON-LD of one page."""
    properties = {
        "og:type": "article",
        "og:site_name": edition.archive.file.title,
        "og:title": title,
        "og:description": description,
        "og:locale": _LOCALES[edition.language],
    }
    lines = []
    if address := _address(edition, url):
        lines.append(f'<link rel="canonical" href="{escape(address)}">')
        properties["og:url"] = address
    developed = edition.pictures.get(picture.id) if picture else None
    if developed and developed.preview and edition.site_url:
        properties["og:image"] = _address(edition, PHOTO_FOLDER + developed.preview)
        properties["og:image:alt"] = (picture.photo.alt or picture.title) if picture else ""
    for name, content in properties.items():
        lines.append(f'<meta property="{name}" content="{escape(content)}">')
    lines.append(_linked_data(edition, title, description, linked))
    return Markup("\n".join(lines))


def _address(edition: Edition, url: str) -> str:
    return f"{edition.site_url.rstrip('/')}/{url}" if edition.site_url else ""


def _linked_data(edition: Edition, title: str, description: str, linked: dict[str, Any]) -> str:
    """One JSON-LD block; `<` is escaped so that no text can end the script element."""
    document = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "description": description,
        "inLanguage": "zh-CN" if edition.language == "zh" else "en",
        "isPartOf": {"@type": "Collection", "name": edition.archive.file.title},
        **linked,
    }
    text = _JSON.encode(document).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
