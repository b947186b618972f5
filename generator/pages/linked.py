"""Records as schema.org things: for the head of a page, and together as one graph of linked data.

Enter: a view and a record as its audience sees it. Leave: mappings in JSON-LD's form. What is not
known is left out; a date that is not one day has both of its ends.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.archive.archive import Dated, Photograph, ref_of
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Ref
from generator.kinds.member import Member
from generator.kinds.story import Story
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.view import View, view_of
from generator.values.dates import EdtfDate

CONTEXT = "https://schema.org"
Thing = dict[str, Any]


def organisation(view: View) -> Thing:
    """Whose archive it is."""
    file = view.archive.file
    found = {
        "@type": "ArchiveOrganization",
        "@id": f"{address(view, 'index.html')}#organisation",
        "name": file.organisation,
        "location": file.place,
        "email": file.contact if file.contact and "@" in file.contact else None,
    }
    return _known(found)


def collection(view: View) -> Thing:
    """The archive itself."""
    file = view.archive.file
    found = {
        "@type": "Collection",
        "@id": f"{address(view, 'index.html')}#collection",
        "name": file.title,
        "alternateName": file.subtitle,
        "creator": {"@id": f"{address(view, 'index.html')}#organisation"},
        "temporalCoverage": file.period.text,
        "spatialCoverage": file.place,
        "license": file.licence,
        "inLanguage": "zh-CN" if view.edition.language == "zh" else "en",
        "url": address(view, "index.html"),
    }
    return _known(found)


def whole_archive(edition: Edition) -> Thing:
    """The archive and whose it is, for the head of the home page."""
    view = view_of(edition, "", "")
    return collection(view) | {"creator": organisation(view)}


def person(view: View, member: Member) -> Thing:
    """A member of the team."""
    found = {
        "@type": "Person",
        **_identified(view, ref_of(member)),
        "name": member.name,
        "alternateName": list(member.aliases) or None,
        "jobTitle": member.role,
        "memberOf": {"@id": f"{address(view, 'index.html')}#organisation"},
    }
    return _known(found)


def event(view: View, activity: Activity) -> Thing:
    """An activity."""
    found = {
        "@type": "Event",
        **_identified(view, ref_of(activity)),
        "name": activity.title,
        **_dates(activity.date),
        "location": view.label("place", activity.place) or None,
        "description": view.excerpt(activity.summary, 300) or None,
        "performer": [_member(view, id) for id in view.archive.members_of(activity)] or None,
    }
    return _known(found)


def gift(view: View, donation: Donation) -> Thing:
    """A donation."""
    kind = "Person" if donation.donor.kind == "individual" else "Organization"
    found = {
        "@type": "DonateAction",
        **_identified(view, ref_of(donation)),
        "name": donation.title,
        "startTime": donation.date.earliest.isoformat(),
        "endTime": donation.date.latest.isoformat(),
        "agent": {"@type": kind, "name": view.donor(donation)},
        "recipient": donation.recipient and {"@type": "Organization", "name": donation.recipient},
        "object": [
            {"@type": "Product", "name": item.item, "description": amount}
            if (
                amount := item.quantity
                and view.amount(item.quantity, view.label("unit", item.unit))
            )
            else {"@type": "Product", "name": item.item}
            for item in donation.items
        ],
    }
    return _known(found)


def story(view: View, one: Story) -> Thing:
    """A resident's story."""
    found = {
        "@type": "Article",
        **_identified(view, ref_of(one)),
        "headline": one.title,
        "temporalCoverage": one.date.text,
    }
    return _known(found)


def photograph(view: View, one: Photograph) -> Thing:
    """A photograph; its picture where it is held and the site has an address."""
    picture, photo = view.picture(one), one.photo
    found = {
        "@type": "Photograph",
        **_identified(view, Ref("photo", one.id)),
        "name": one.title,
        "abstract": photo.alt,
        "dateCreated": photo.taken.text if photo.taken else None,
        "creator": photo.credit and {"@type": "Person", "name": photo.credit},
        "contentLocation": view.label("place", photo.place) or None,
        "license": photo.rights,
        "isPartOf": {"@id": f"{address(view, 'index.html')}#collection"},
        "image": address(view, PHOTO_FOLDER + picture.largest.name)
        if picture and view.edition.site_url
        else None,
    }
    return _known(found)


def people(view: View) -> Iterator[Thing]:
    """Whose archive it is, the archive itself, the team with its portraits."""
    yield organisation(view)
    yield collection(view)
    for one in view.archive.members:
        yield person(view, one)
        yield from (photograph(view, shot) for shot in view.photographs(one))


def records(view: View, dated: Iterable[Dated]) -> Iterator[Thing]:
    """Records with their photographs, in their order."""
    for one in dated:
        if isinstance(one, Activity):
            yield event(view, one)
        else:
            yield gift(view, one) if isinstance(one, Donation) else story(view, one)
        yield from (photograph(view, shot) for shot in view.photographs(one))


def address(view: View, url: str) -> str:
    """An address in linked data: absolute where the site has one, else relative to the page."""
    root = view.edition.site_url
    return f"{root.rstrip('/')}/{url}" if root else view.base + url


def _identified(view: View, ref: Ref) -> Thing:
    id = _id(view, ref)
    return {"@id": id, "url": id}


def _id(view: View, ref: Ref) -> str:
    return address(view, view.url(ref).removeprefix(view.base))


def _member(view: View, id: str) -> Thing:
    """The reference to a member; the same few stand in every event."""
    known: dict[str, Thing] = view.remembered.setdefault("members", {})
    if id not in known:
        known[id] = {"@id": _id(view, Ref("member", id))}
    return known[id]


def _dates(when: EdtfDate) -> Thing:
    return {"startDate": when.earliest.isoformat(), "endDate": when.latest.isoformat()}


def _known(found: Thing) -> Thing:
    """Without what is not known."""
    return {name: value for name, value in found.items() if value is not None and value != ""}
