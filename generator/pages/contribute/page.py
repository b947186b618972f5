"""The pages on taking part: a form for each record kind, which writes its YAML in the browser.

Enter: an edition. Leave: one page a kind, with everything the forms' script needs to know: the
archive's own members and terms, the ids that are taken, all words. What the audience may not see is
not in the edition, and so not in any form.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from generator.archive.archive import Archive
from generator.kinds.activity import EVERYONE, Activity
from generator.kinds.registry import ACTIVITY, DONATION, MEMBER, SOURCE, STORY, Kind
from generator.pages.contribute.fields import Field, fields_of
from generator.pages.contribute.forge import forge_of
from generator.pages.edition import Edition
from generator.pages.page import Page, base_of
from generator.pages.rendering import make_page
from generator.pages.view import View, view_of
from generator.pages.words import translator, words

FORMS = (ACTIVITY, DONATION, STORY, MEMBER, SOURCE)
"""The kinds in the order in which they are offered; the first has the folder's own page."""

_MOST_IDS = 2000  # no phone has to load every id of a large archive: the check knows them all
_TITLES = {MEMBER: "name", DONATION: "occasion items.item"}
_SCRIPTS = ("record-values.js", "record-yaml.js", "record-form.js")
_SAID = "say_"

Option = tuple[str, str]


def pages(edition: Edition) -> Iterator[Page]:
    """One page with a form for each kind."""
    for kind in FORMS:
        yield _page(edition, kind)


def url_of(kind: Kind) -> str:
    """The address of a kind's form."""
    return f"contribute/{'index' if kind is FORMS[0] else kind.name}.html"


def _page(edition: Edition, kind: Kind) -> Page:
    t = translator(edition.language, "contribute")
    url = url_of(kind)
    fields = fields_of(kind.model, edition.language)
    page = make_page(
        edition,
        "contribute/index.html",
        url,
        t("title") if kind is FORMS[0] else f"{t('title')} · {t(f'kind_{kind.name}')}",
        t("description", title=edition.archive.file.title),
        kind=kind,
        kinds=[(one.name, url_of(one)) for one in FORMS],
        fields=fields,
        options=_options(view_of(edition, "contribute", base_of(url))),
        everyone=EVERYONE if kind.model is Activity else "",
        facts=_facts(edition, kind),
        guide=edition.guide,
        forge=forge_of(edition.repo_url),
        place=_place_in_form,
    )
    return replace(page, head=page.head + _assets(base_of(url)))


def _assets(base: str) -> Markup:
    """The style sheet and scripts that only these pages have."""
    folder = f"{base}assets/chronicle/"
    lines = [Markup('<link rel="stylesheet" href="{}form.css">').format(folder)]
    lines += [Markup('<script src="{}{}" defer></script>').format(folder, one) for one in _SCRIPTS]
    return Markup("\n") + Markup("\n").join(lines)


def _facts(edition: Edition, kind: Kind) -> dict[str, str]:
    """What the script has to know besides the fields, as attributes of the form."""
    texts = words(edition.language, "contribute")
    said = {k.removeprefix(_SAID): text for k, text in texts.items() if k.startswith(_SAID)}
    period = edition.archive.file.period
    return {
        "kind": kind.name,
        "folder": f"records/{kind.folder}",
        "title": _TITLES.get(kind, "title"),
        "first": period.earliest.isoformat(),
        "last": period.latest.isoformat(),
        "find": texts["find"],
        "taken": json.dumps(_taken(edition.archive, kind)),
        "words": json.dumps(said, ensure_ascii=False, sort_keys=True),
    }


def _taken(archive: Archive, kind: Kind) -> list[str]:
    """Ids of the kind that are in use."""
    ids = sorted(ref.id for ref in archive.records if ref.kind == kind.name)
    return ids if len(ids) <= _MOST_IDS else []


def _options(view: View) -> dict[str, list[Option]]:
    """What the archive itself offers for each kind of reference, as value and shown words."""
    archive = view.archive
    found = {
        kind: [(term.id, term.name) for term in terms]
        for kind, terms in archive.file.vocabularies().items()
    }
    found["measure"] = [
        (one.id, f"{one.name}（{view.label('unit', one.unit)}）" if one.unit else one.name)
        for one in archive.file.measures
    ]
    found["member"] = [(one.id, one.name or one.id) for one in archive.members]
    found["source"] = [(one.id, one.title) for one in archive.sources]
    return found


def _place_in_form(fields: tuple[Field, ...]) -> dict[str, list[Field]]:
    """What is asked at once, what has a fold of its own, and what shares the last fold."""
    later = [one for one in fields if not one.first]
    return {
        "first": [one for one in fields if one.first],
        "folds": [one for one in later if one.bulky],
        "rest": [one for one in later if not one.bulky],
    }
