"""Every record as a Markdown file with its fields as front matter, and lists that lead to them.

Enter: an edition. Leave: `File`s whose addresses are relative to each other, so that they can be
read in a forge's file view as well as by any generator of sites. Nothing is in them that the
edition's audience may not see.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from generator.archive.archive import Dated, Photograph, ref_of
from generator.archive.plain import plain_photograph, plain_quantity, plain_record
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Ref
from generator.kinds.member import Member
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.pages.edition import Edition
from generator.pages.page import File, base_of
from generator.pages.plain_view import FOLDERS, INDEX, STATISTICS, PlainView, plain, safe_markdown
from generator.pages.words import translator

Row = tuple[str, ...]


def documents(edition: Edition) -> Iterator[File]:
    """A file for each record, day and photograph, a list for each folder, and all figures."""
    archive = edition.archive
    yield from (_record(edition, one) for one in archive.records.values())
    yield from (_photograph(edition, one) for one in archive.photographs)
    yield from (_day(edition, slug, records) for slug, records in archive.days.items())
    refs = [ref_of(one) for one in archive.records.values()]
    refs += [Ref("photo", one.id) for one in archive.photographs]
    refs += [Ref("day", slug) for slug in archive.days]
    for kind, folder in FOLDERS.items():
        listed = [ref for ref in refs if ref.kind == kind]
        if listed:
            yield _list(edition, folder, kind, listed)
    yield _statistics(edition)


def front_matter(fields: dict[str, Any]) -> str:
    """The head of a Markdown file."""
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n\n"


def view_at(edition: Edition, url: str) -> PlainView:
    """What a file at that address sees."""
    return PlainView(edition, base_of(url), translator(edition.language, "plain"))


def _file(url: str, fields: dict[str, Any], title: str, blocks: Iterable[str]) -> File:
    body = "\n\n".join((f"# {plain(title)}", *filter(None, blocks)))
    return File(url, f"{front_matter({'title': title} | fields)}{body}\n".encode())


def _record(edition: Edition, record: Record) -> File:
    ref = ref_of(record)
    url = f"{FOLDERS[ref.kind]}/{ref.id}.md"
    view = view_at(edition, url)
    shots = view.archive.photographs_of.get(ref, ())
    blocks = (*_BLOCKS[type(record)](view, record), *map(view.image, shots), _sources(view, record))
    return _file(url, {"type": ref.kind} | plain_record(record), view.title(ref), blocks)


def _activity(view: PlainView, one: Activity) -> Iterator[str]:
    yield _facts(
        view,
        ("day", view.link(Ref("day", one.date.slug), view.date(one.date))),
        ("time", plain(one.time or "")),
        ("task", plain(view.label("task", one.task))),
        ("place", plain(view.label("place", one.place))),
        ("took_part", _people(view, view.archive.members_of(one))),
    )
    yield safe_markdown(one.summary or "")
    rows = [
        (view.label("measure", figure.measure), view.measured(figure)) for figure in one.figures
    ]
    yield _table(view, ("measure", "quantity"), rows)
    yield "\n\n".join(
        f"> {plain(said.text)}\n>\n> {plain(view.person(said.by))}" for said in one.quotes
    )


def _donation(view: PlainView, one: Donation) -> Iterator[str]:
    yield _facts(
        view,
        ("day", view.link(Ref("day", one.date.slug), view.date(one.date))),
        ("donor", plain(view.donor(one))),
        ("recipient", plain(one.recipient or "")),
        ("via", _people(view, one.via)),
    )
    yield plain(one.occasion or "")
    yield safe_markdown(one.summary or "")
    given = [
        (item.item, view.amount(item.quantity, view.label("unit", item.unit))) for item in one.items
    ]
    yield _table(view, ("item", "quantity"), given)
    handed_on = [
        (
            part.item,
            view.amount(part.quantity, view.label("unit", view.item_unit(one, part.item))),
            part.to,
            view.date(part.date) if part.date else "",
        )
        for part in one.distributions
    ]
    yield _table(view, ("item", "quantity", "to", "day"), handed_on)


def _member(view: PlainView, one: Member) -> Iterator[str]:
    yield _facts(
        view,
        ("role", plain(one.role)),
        ("batch", plain(view.label("batch", one.batch))),
        ("aliases", plain(view.t("comma").join(one.aliases))),
        ("unit", plain(one.unit or "")),
    )
    yield safe_markdown(one.bio or "")
    yield _links(view, map(ref_of, view.archive.served.get(one.id, ())))


def _story(view: PlainView, one: Story) -> Iterator[str]:
    yield _facts(
        view,
        ("day", view.link(Ref("day", one.date.slug), view.date(one.date))),
        ("teller", plain(view.teller(one))),
        ("recorded_by", _people(view, one.recorded_by)),
    )
    yield safe_markdown(one.text)


def _source(view: PlainView, one: Source) -> Iterator[str]:
    yield _facts(
        view,
        ("publisher", plain(one.publisher or "")),
        ("author", plain(one.author or "")),
        ("day", plain(view.date(one.date)) if one.date else ""),
        ("address", f"<{one.url}>" if one.url else ""),
    )
    yield safe_markdown(one.note or "")
    claims = [
        (
            view.label("measure", claim.measure) if claim.measure else claim.item or "",
            view.amount(claim.value, view.label("unit", claim.unit)),
            claim.quote or "",
        )
        for claim in one.claims
    ]
    yield _table(view, ("measure", "quantity", "words"), claims)


_BLOCKS: dict[type[Record], Any] = {
    Activity: _activity,
    Donation: _donation,
    Member: _member,
    Story: _story,
    Source: _source,
}


def _photograph(edition: Edition, one: Photograph) -> File:
    url = f"photos/{one.id}.md"
    view = view_at(edition, url)
    photo = one.photo
    facts = _facts(
        view,
        ("record", view.link(ref_of(one.owner))),
        ("day", plain(view.date(photo.taken)) if photo.taken else ""),
        ("place", plain(view.label("place", photo.place))),
        ("people", plain(view.t("comma").join(map(view.person, photo.people)))),
        ("credit", plain(photo.credit or "")),
        ("rights", plain(photo.rights or "")),
    )
    picture = view.image(one) if view.picture(one) else plain(view.t("original_wanted"))
    blocks = (picture, facts, safe_markdown(photo.background or ""))
    return _file(url, {"type": "photo"} | plain_photograph(one), one.title, blocks)


def _day(edition: Edition, slug: str, records: Iterable[Dated]) -> File:
    url = f"days/{slug}.md"
    view = view_at(edition, url)
    refs = [ref_of(one) for one in records]
    fields = {"type": "day", "records": [f"{ref.kind}:{ref.id}" for ref in refs]}
    return _file(url, fields, view.title(Ref("day", slug)), (_links(view, refs),))


def _list(edition: Edition, folder: str, kind: str, refs: Iterable[Ref]) -> File:
    view = view_at(edition, f"{folder}/{INDEX}")
    return _file(f"{folder}/{INDEX}", {}, view.t(f"list_{kind}"), (_links(view, refs),))


def _statistics(edition: Edition) -> File:
    """Every figure with its origin and its records; bounds and rule are in the front matter."""
    view = view_at(edition, STATISTICS)
    figures = (
        *edition.figures.recorded.values(),
        *edition.figures.reported.values(),
        *edition.asked,
    )
    unique = {(one.origin, one.id): one for one in figures}.values()
    data = [
        {"id": one.id, "origin": one.origin, "unit": one.unit, "rule": one.rule}
        | plain_quantity(one.quantity)
        for one in unique
    ]
    rows = [
        (
            f'<a id="{one.anchor}"></a>{plain(view.figure_title(one))}',
            plain(view.figure(one)),
            plain(view.t(one.origin)),
            view.t("comma").join(view.link(ref) for ref in (*one.records, *one.sources)),
        )
        for one in unique
    ]
    columns = ("measure", "quantity", "origin", "record")
    table = _written_table([view.t(column) for column in columns], rows)
    return _file(STATISTICS, {"figures": data}, view.t("statistics"), (table,))


def _facts(view: PlainView, *facts: tuple[str, str]) -> str:
    """What is known, one a line; what is not known is left out."""
    return "\n".join(f"- {view.t(name)}{view.t('colon')}{value}" for name, value in facts if value)


def _people(view: PlainView, ids: Iterable[str]) -> str:
    known = (Ref("member", id) for id in ids)
    return view.t("comma").join(view.link(ref) for ref in known if ref in view.archive.records)


def _links(view: PlainView, refs: Iterable[Ref]) -> str:
    return "\n".join(f"- {view.link(ref)}" for ref in refs)


def _sources(view: PlainView, record: Record) -> str:
    refs = [Ref("source", id) for id in getattr(record, "sources", ())]
    known = [ref for ref in refs if ref in view.archive.records]
    return _facts(view, ("sources", view.t("comma").join(map(view.link, known))))


def _table(view: PlainView, columns: Row, rows: Iterable[Row]) -> str:
    return _written_table([view.t(name) for name in columns], [[plain(c) for c in r] for r in rows])


def _written_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A pipe table; nothing where there are no rows."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    head = list(columns)
    return "\n".join((f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines)) if lines else ""
