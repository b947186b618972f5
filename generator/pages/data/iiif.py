"""IIIF Presentation 3.0 manifests of the gallery, for viewers and for other archives.

Enter: an edition with a site address (identifiers have to be absolute). Leave: a manifest with a
canvas for every picture; a large gallery is a collection of manifests, one a month.
Source: IIIF Presentation API 3.0, sections 2 and 3.
"""

from collections.abc import Iterator
from typing import Any

from generator.archive.archive import Photograph
from generator.pages.data.package import licence
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.photos.plan import Picture
from generator.values.dates import month_in_words

FOLDER = "data/iiif/"
GALLERY = f"{FOLDER}gallery.json"
_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_MOST_CANVASES = 500


def manifests(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Addresses and contents; nothing without a site address or without a picture."""
    if not has_manifest(edition):
        return
    shots = [one for one in edition.archive.photographs if one.id in edition.pictures]
    title = edition.archive.file.title
    if len(shots) <= _MOST_CANVASES:
        yield GALLERY, _manifest(edition, GALLERY, title, shots)
        return
    months: dict[str, list[Photograph]] = {}
    for one in shots:
        months.setdefault(one.date.month if one.date else "undated", []).append(one)
    listed = []
    for month, own in sorted(months.items()):
        url = f"{FOLDER}{month}.json"
        words = month if month == "undated" else month_in_words(month, edition.language)
        manifest = _manifest(edition, url, f"{title} {words}", own)
        listed.append({key: manifest[key] for key in ("id", "type", "label")})
        yield url, manifest
    yield (
        GALLERY,
        {
            "@context": _CONTEXT,
            "id": _absolute(edition, GALLERY),
            "type": "Collection",
            "label": _text(edition, title),
            "items": listed,
        },
    )


def has_manifest(edition: Edition) -> bool:
    """Whether there can be one: identifiers need the site's address, canvases a picture."""
    photographs = edition.archive.photographs
    return bool(edition.site_url) and any(one.id in edition.pictures for one in photographs)


def _manifest(edition: Edition, url: str, title: str, shots: list[Photograph]) -> dict[str, Any]:
    file = edition.archive.file
    statement = {
        "label": _text(edition, "机构" if edition.language == "zh" else "Organisation"),
        "value": _text(edition, file.organisation),
    }
    manifest: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": _absolute(edition, url),
        "type": "Manifest",
        "label": _text(edition, title),
        "requiredStatement": statement,
        "homepage": [_page(edition, "gallery/index.html", file.title)],
    }
    rights = licence(file.licence or "").get("path")
    if rights:
        manifest["rights"] = rights.replace("https:", "http:")  # as section 3.1 has them
    return manifest | {"items": [_canvas(edition, one) for one in shots]}


def _canvas(edition: Edition, one: Photograph) -> dict[str, Any]:
    picture = edition.pictures[one.id]
    id = _absolute(edition, f"{FOLDER}canvas/{one.id}")  # no fragment (section 3.2, Canvas)
    largest = picture.largest
    image = {
        "id": _absolute(edition, PHOTO_FOLDER + largest.name),
        "type": "Image",
        "format": "image/webp",
        "width": largest.width,
        "height": largest.height,
    }
    annotation = {
        "id": f"{id}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": image,
        "target": id,
    }
    canvas: dict[str, Any] = {
        "id": id,
        "type": "Canvas",
        "label": _text(edition, one.title),
        "width": largest.width,
        "height": largest.height,
        "thumbnail": [_thumbnail(edition, picture)],
        "homepage": [_page(edition, f"photos/{one.id}.html", one.title)],
        "items": [{"id": f"{id}/page", "type": "AnnotationPage", "items": [annotation]}],
    }
    metadata = [
        {"label": _text(edition, label), "value": _text(edition, value)}
        for label, value in _facts(edition, one)
    ]
    return canvas | ({"metadata": metadata} if metadata else {})


def _facts(edition: Edition, one: Photograph) -> Iterator[tuple[str, str]]:
    zh = edition.language == "zh"
    facts = {
        ("摄影者", "Photographer"): one.photo.credit,
        ("时间", "Date"): one.date.text if one.date else None,
        ("地点", "Place"): edition.archive.label("place", one.photo.place),
        ("事由", "Event"): one.photo.event,
        ("权利", "Rights"): one.photo.rights,
    }
    for (chinese, english), value in facts.items():
        if value:
            yield (chinese if zh else english), value


def _thumbnail(edition: Edition, picture: Picture) -> dict[str, Any]:
    small = picture.smallest
    return {
        "id": _absolute(edition, PHOTO_FOLDER + small.name),
        "type": "Image",
        "format": "image/webp",
        "width": small.width,
        "height": small.height,
    }


def _page(edition: Edition, url: str, title: str) -> dict[str, Any]:
    return {
        "id": _absolute(edition, url),
        "type": "Text",
        "label": _text(edition, title),
        "format": "text/html",
    }


def _text(edition: Edition, text: str) -> dict[str, list[str]]:
    return {edition.language: [text]}


def _absolute(edition: Edition, url: str) -> str:
    return f"{edition.site_url.rstrip('/')}/{url}"
