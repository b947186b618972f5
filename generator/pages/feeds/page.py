"""What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1.

Enter: an edition with a site address, since entries have to be named absolutely. Leave: two files
with the latest records by their own dates, which are the only dates an archive knows.
"""

import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from xml.etree import ElementTree as xml
from zoneinfo import ZoneInfo

from generator.archive.archive import Dated
from generator.kinds.story import Story
from generator.pages.dependencies import newest
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.page import File
from generator.pages.view import View, view_of
from generator.values.text import strip_markdown

ATOM, JSON_FEED = "feed.xml", "feed.json"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_VERSION = "https://jsonfeed.org/version/1.1"


def files(edition: Edition) -> Iterator[File]:
    """Both feeds, or neither when the site has no address or no record."""
    latest = newest(edition)
    if edition.site_url and latest:
        view = view_of(edition, "feeds", edition.site_url.rstrip("/") + "/")
        items = [_item(view, one) for one in latest]
        yield File(ATOM, _atom(view, items))
        yield File(JSON_FEED, _json_feed(view, items))


def _item(view: View, record: Dated) -> dict[str, Any]:
    """An entry as JSON Feed names its fields; the other format is made from it."""
    zone = ZoneInfo(view.archive.file.timezone)
    moment = datetime.combine(record.date.latest, time(), zone).isoformat()
    text = record.text if isinstance(record, Story) else record.summary
    url = view.record_url(record)
    item = {
        "id": url,
        "url": url,
        "title": record.title,
        "content_text": strip_markdown(text) if text else view.date(record.date),
        "date_published": moment,
        "tags": [view.t(view.kind(record))],
    }
    picture = next(filter(None, map(view.picture, view.photographs(record))), None)
    if picture and picture.preview:
        item["image"] = f"{view.base}{PHOTO_FOLDER}{picture.preview}"
    return item


def _json_feed(view: View, items: list[dict[str, Any]]) -> bytes:
    file = view.archive.file
    feed = {
        "version": _VERSION,
        "title": file.title,
        "home_page_url": f"{view.base}index.html",
        "feed_url": view.base + JSON_FEED,
        "description": file.subtitle or file.title,
        "language": _language(view),
        "authors": [{"name": file.organisation}],
        "items": items,
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def _atom(view: View, items: list[dict[str, Any]]) -> bytes:
    file = view.archive.file
    feed = xml.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": _language(view)})
    _add(feed, "id", view.base)
    _add(feed, "title", file.title)
    _add(feed, "updated", max(item["date_published"] for item in items))
    _add(_add(feed, "author"), "name", file.organisation)
    _add(feed, "link", rel="self", type="application/atom+xml", href=view.base + ATOM)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{view.base}index.html")
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "id", item["id"])
        _add(entry, "title", item["title"])
        _add(entry, "updated", item["date_published"])
        _add(entry, "link", rel="alternate", type="text/html", href=item["url"])
        _add(entry, "category", term=item["tags"][0])
        _add(entry, "summary", item["content_text"])
    xml.indent(feed)
    text: bytes = xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: xml.Element, name: str, text: str | None = None, **attributes: str) -> xml.Element:
    child = xml.SubElement(parent, name, attributes)
    child.text = text
    return child


def _language(view: View) -> str:
    return "zh-CN" if view.edition.language == "zh" else "en"
