"""What an audience may not see is in no archive made for it: no record, no index, no reference."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive.archive import Archive
from generator.archive.assemble import assemble
from generator.archive.audience import for_audience, seen_by
from generator.archive.consent import consent_problems
from generator.archive.plain import plain_record
from generator.archive.pseudonyms import pseudonym
from generator.archive.statistics import statistics
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record, Ref
from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, MEMBER, SOURCE, STORY, Kind
from generator.kinds.validation import validate
from generator.reading.documents import parse
from tests.archives import ARCHIVE as ARCHIVE_TEXT
from tests.archives import archive_of

Audience = Literal["public", "internal"]
SECRECY = {"public": 0, "internal": 1, "private": 2}
AUDIENCES: tuple[Audience, ...] = ("public", "internal")
WALK = "date: 2020-03-04\ntitle: 巡查\ntask: patrol\nmembers: all\n"


def everything_in(archive: Archive) -> str:
    """All that pages, data files and indexes could be made of, as one text."""
    figures = statistics(archive)
    indexes: list[Mapping[Any, Any]] = [
        archive.records, archive.referrers, archive.days, archive.photograph,
        archive.photographs_of, archive.served, figures.recorded, figures.reported,
    ]  # fmt: skip
    plain = [plain_record(one) for one in archive.records.values()]
    return repr((archive, archive.dated, [dict(one) for one in indexes], plain))


def seen(archive: Archive, audience: Audience) -> str:
    return everything_in(for_audience(archive, audience))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("members/marked.yml", "name: 李辉\nrole: 组长\n"),
        ("activities/marked.yml", WALK),
        ("donations/marked.yml", "date: 2020-03-04\ndonor: {name: 某厂, kind: enterprise}\n"
                                 "items: [{item: 面粉, quantity: 5, unit: kg}]\n"),
        ("stories/marked.yml", "date: 2020-03-04\ntitle: 致谢\nteller:\ntext: 好。\n"
                               "consent: {status: granted, audience: public}\n"),
        ("sources/marked.yml", "title: 通报\nkind: notice\nclaims: [{measure: parcels, value: 9}]"
                              "\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("visibility", SECRECY)
def test_a_record_is_seen_by_those_who_may(
    tmp_path: Path, path: str, text: str, visibility: str
) -> None:
    archive = archive_of(tmp_path, {path: f"{text}visibility: {visibility}\n"})
    for audience in AUDIENCES:
        allowed = SECRECY[visibility] <= SECRECY[audience]
        assert ("marked" in seen(archive, audience)) is allowed


@pytest.mark.parametrize("default", SECRECY)
def test_what_does_not_say_is_as_the_archive_says(tmp_path: Path, default: str) -> None:
    vocabulary = ARCHIVE_TEXT.replace(
        "default_visibility: public", f"default_visibility: {default}"
    )
    archive = archive_of(tmp_path, {"activities/marked.yml": WALK}, vocabulary)
    for audience in AUDIENCES:
        assert ("marked" in seen(archive, audience)) is (SECRECY[default] <= SECRECY[audience])


def test_an_archive_that_does_not_say_is_for_insiders(tmp_path: Path) -> None:
    vocabulary = ARCHIVE_TEXT.replace("default_visibility: public\n", "")
    archive = archive_of(tmp_path, {"activities/marked.yml": WALK}, vocabulary)
    assert "marked" not in seen(archive, "public")
    assert "marked" in seen(archive, "internal")


# What leads to a withheld record ------------------------------------------------------------------


def test_nothing_refers_to_a_withheld_source(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "sources/secret.yml": "title: x\nkind: oral\nvisibility: private\n",
            "sources/open.yml": "title: y\nkind: notice\n",
            "members/lihui.yml": "role: x\nsources: secret\n",
            "activities/a.yml": f"{WALK}sources: [secret, open]\n",
            "donations/a.yml": "date: 2020-03-04\ndonor: {name: x, kind: enterprise}\n"
            "items: [{item: x}]\nsources: [secret]\n",
            "stories/a.yml": "date: 2020-03-04\ntitle: x\nteller:\ntext: x\nsources: [secret]\n"
            "consent: {status: granted, audience: public}\n",
        },
    )
    for audience in AUDIENCES:
        assert "secret" not in seen(archive, audience)
    assert for_audience(archive, "public").activities[0].sources == ("open",)


def test_nothing_refers_to_a_withheld_member(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/secret.yml": "name: 秘密\naliases: 老密\nrole: x\nvisibility: private\n",
            "members/lihui.yml": "name: 李辉\nrole: x\n",
            "activities/a.yml": "date: 2020-03-04\ntitle: x\ntask: patrol\n"
            "members: [secret, lihui]\nreported_by: secret\n"
            "quotes: [{by: secret, text: 到了}, {by: 秘密, text: 走吧}, {by: 老密, text: 好}]\n"
            "photos: [{pending: true, caption: x, people: [secret, 秘密, 老密, lihui]}]\n",
            "donations/a.yml": "date: 2020-03-04\ndonor: {name: x, kind: enterprise}\n"
            "items: [{item: x}]\nvia: [secret]\n",
            "stories/a.yml": "date: 2020-03-04\ntitle: x\nteller:\ntext: x\nrecorded_by: secret\n"
            "consent: {status: granted, audience: public}\n",
        },
    )
    for audience in AUDIENCES:
        text = seen(archive, audience)
        assert "secret" not in text
        assert "秘密" not in text
        assert "老密" not in text
    public = for_audience(archive, "public")
    assert public.activities[0].members == ("lihui",)
    assert {quote.by for quote in public.activities[0].quotes} == {"某组员"}
    assert set(public.photographs[0].photo.people) == {"某组员", "lihui"}


# Names --------------------------------------------------------------------------------------------


def test_a_member_whose_name_is_withheld_has_a_pseudonym_everywhere(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/m1.yml": "name: 李辉\naliases: [老李]\nrole: 组长\nbio: 李辉，四十岁。\n"
            "name_visibility: internal\nportrait: {id: face, pending: true, caption: 李辉}\n",
            "activities/a.yml": f"{WALK}quotes: [{{by: 李辉, text: 走}}, {{by: m1, text: 好}}]\n"
            "photos: [{pending: true, caption: x, people: [老李, m1]}]\n",
        },
    )
    public = for_audience(archive, "public")
    assert "李辉" not in everything_in(public)
    assert "老李" not in everything_in(public)
    assert [one.name for one in public.members] == ["组员甲"]
    assert [quote.by for quote in public.activities[0].quotes] == ["组员甲", "zuyuan-jia"]
    assert "face" not in everything_in(public)
    assert "李辉" in seen(archive, "internal")


def test_a_member_without_a_name_may_still_have_other_names(tmp_path: Path) -> None:
    member = "aliases: 老李\nrole: x\nname_visibility: private\n"
    archive = archive_of(tmp_path, {"members/m1.yml": member})
    for audience in AUDIENCES:
        assert "老李" not in seen(archive, audience)
        assert for_audience(archive, audience).members[0].name is None


def test_a_pseudonym_stays_the_same_whoever_else_is_withheld(tmp_path: Path) -> None:
    def names(visibility: str) -> list[str | None]:
        files: dict[str, str | bytes] = {
            "members/a.yml": f"name: 甲先生\nrole: x\nvisibility: {visibility}\n",
            "members/b.yml": "name: 乙先生\nrole: x\nname_visibility: private\n",
            "members/c.yml": "name: 丙先生\nrole: x\nname_visibility: internal\n",
        }
        archive = archive_of(tmp_path / visibility, files)
        return [one.name for one in for_audience(archive, "public").members][-2:]

    assert names("public") == names("private") == ["组员甲", "组员乙"]


def test_pseudonyms_never_run_out_and_never_repeat() -> None:
    names = [pseudonym(number) for number in range(500)]
    assert len(set(names)) == 500
    assert names[:2] == ["组员甲", "组员乙"]


def test_a_donor_who_is_not_named_is_named_nowhere(tmp_path: Path) -> None:
    gift = (
        "date: 2020-03-04\nitems: [{item: 面粉}]\n"
        "donor: {name: 隐名的人, kind: individual, anonymous: true}\n"
    )
    archive = archive_of(tmp_path, {"donations/gift.yml": gift})
    for audience in AUDIENCES:
        assert "隐名的人" not in seen(archive, audience)
        assert "gift" in seen(archive, audience)


# Parts of records ---------------------------------------------------------------------------------


def test_a_quote_or_photograph_may_be_withheld_by_itself(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "activities/a.yml": f"{WALK}"
            "quotes: [{by: 甲, text: 内部的话, visibility: internal}, {by: 乙, text: 公开的话}]\n"
            "photos:\n  - {id: inside, pending: true, caption: 内部照片, visibility: internal}\n"
            "  - {id: never, pending: true, caption: 不发的照片, visibility: private}\n"
            "  - {id: open, pending: true, caption: 公开照片}\n"
        },
    )
    public, internal = (for_audience(archive, audience) for audience in AUDIENCES)
    assert [one.id for one in public.photographs] == ["open"]
    assert [one.id for one in internal.photographs] == ["inside", "open"]
    assert [quote.text for quote in public.activities[0].quotes] == ["公开的话"]
    assert "不发的照片" not in everything_in(internal)


def test_nothing_in_a_record_is_seen_by_more_than_the_record(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "activities/marked.yml": f"{WALK}visibility: internal\n"
            "quotes: [{by: 甲, text: 话, visibility: public}]\n"
            "photos: [{id: marked-photo, pending: true, caption: x, visibility: public}]\n"
        },
    )
    assert "marked" not in seen(archive, "public")


def test_photographs_and_records_agree(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/lihui.yml": "role: x\nname_visibility: private\n",
            "activities/a.yml": f"{WALK}photos:\n"
            "  - {pending: true, caption: x, people: lihui}\n  - {pending: true, caption: y}\n",
        },
    )
    public = for_audience(archive, "public")
    for one in public.photographs:
        assert any(one.photo is photo for photo in one.owner.photos)
        assert any(one.owner is record for record in public.records.values())


@pytest.mark.parametrize("owner", ["photo", "record", "consent"])
def test_the_opening_picture_goes_when_its_photograph_goes(tmp_path: Path, owner: str) -> None:
    visibility = {"photo": ", visibility: internal", "record": "", "consent": ""}[owner]
    photos = f"photos: [{{id: hero, pending: true, caption: x{visibility}}}]\n"
    story = "date: 2020-03-04\ntitle: x\nteller:\ntext: x\nconsent: {status: granted}\n"
    files: dict[str, str | bytes] = {
        "photo": {"activities/a.yml": WALK + photos},
        "record": {"activities/a.yml": f"{WALK}visibility: internal\n{photos}"},
        "consent": {"stories/a.yml": story + photos},
    }[owner]  # type: ignore[assignment]
    archive = archive_of(tmp_path, files, f"{ARCHIVE_TEXT}hero: hero\n")
    assert for_audience(archive, "internal").file.hero == "hero"
    assert for_audience(archive, "public").file.hero is None


# Consent ------------------------------------------------------------------------------------------

TOLD = "date: 2020-03-04\ntitle: 讲出来的\nteller: {name: 周阿姨, display: named}\ntext: 好。\n"


@pytest.mark.parametrize("status", ["granted", "verbal", "not_needed", "refused", "withdrawn"])
@pytest.mark.parametrize("agreed", ["public", "internal"])
def test_a_story_is_told_to_those_its_teller_agreed_to(
    tmp_path: Path, status: str, agreed: str
) -> None:
    consent = f"consent: {{status: {status}, audience: {agreed}}}\n"
    archive = archive_of(tmp_path, {"stories/a.yml": TOLD + consent})
    for audience in AUDIENCES:
        told = status not in ("refused", "withdrawn") and SECRECY[agreed] <= SECRECY[audience]
        assert ("讲出来的" in seen(archive, audience)) is told
        assert ("周阿姨" in seen(archive, audience)) is told


@pytest.mark.parametrize("display", ["pseudonym", "anonymous"])
def test_a_teller_who_is_not_to_be_named_is_not(tmp_path: Path, display: str) -> None:
    told = TOLD.replace("named", display)
    consent = "consent: {status: granted, audience: public}\n"
    photo = "photos: [{pending: true, caption: x, people: 周阿姨, consent: {status: verbal, audience: public}}]\n"
    files: dict[str, str | bytes] = {
        "stories/a.yml": f"{told}{consent}{photo}",
        "activities/a.yml": f"{WALK}quotes: [{{by: 周阿姨, text: 谢谢}}]\n",
    }
    archive = archive_of(tmp_path, files)
    for audience in AUDIENCES:
        assert "周阿姨" not in seen(archive, audience)
        assert len(for_audience(archive, audience).photographs) == 1


def test_without_consent_nothing_names_the_teller(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "stories/a.yml": f"{TOLD}consent: {{status: refused}}\n",
            "activities/a.yml": f"{WALK}quotes: [{{by: 周阿姨, text: x}}, {{by: 王, text: y}}]\n"
            "photos:\n  - {id: with-her, pending: true, caption: x, people: [王, 周阿姨], consent: {status: verbal, audience: public}}\n"
            "  - {id: without, pending: true, caption: y, people: 王, consent: {status: verbal, audience: public}}\n",
        },
    )
    for audience in AUDIENCES:
        smaller = for_audience(archive, audience)
        assert "周阿姨" not in everything_in(smaller)
        assert [one.id for one in smaller.photographs] == ["without"]
        assert [quote.by for quote in smaller.activities[0].quotes] == ["王"]


def test_who_may_be_named_in_one_story_may_be_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "stories/a.yml": f"{TOLD}consent: {{status: refused}}\n",
        "stories/b.yml": f"{TOLD}consent: {{status: granted, audience: public}}\n",
        "activities/a.yml": f"{WALK}quotes: [{{by: 周阿姨, text: 谢谢}}]\n",
    }
    public = for_audience(archive_of(tmp_path, files), "public")
    assert [one.id for one in public.stories] == ["b"]
    assert [quote.by for quote in public.activities[0].quotes] == ["周阿姨"]


# The whole, at random -----------------------------------------------------------------------------

maybe = st.sampled_from([None, *SECRECY])


def made(kind: Kind, id: str, text: str) -> Record:
    document, problems = parse(text, f"records/{kind.folder}/{id}.yml")
    assert document is not None, problems
    record, problems = validate(kind, document, id)
    assert record is not None, problems
    return record


def said(field: str, visibility: str | None) -> str:
    return "" if visibility is None else f"{field}: {visibility}\n"


MEMBER_TEXT = "role: x\nname: X-NAME\n{member}{name}"
SOURCE_TEXT = "title: x\nkind: notice\n{source}"
ACTIVITY_TEXT = """\
date: 2020-03-04
title: x
task: patrol
members: x-member
reported_by: x-member
sources: x-source
{activity}
quotes:
- by: X-NAME
  text: X-QUOTE
  {quote}
photos:
- pending: true
  id: x-photo
  caption: x
  people: [X-NAME, x-member]
  {photo}
"""
GIFT_TEXT = """\
date: 2020-03-04
donor: {{name: x, kind: enterprise}}
via: x-member
items: [{{item: x}}]
sources: x-source
{gift}
"""
STORY_TEXT = """\
date: 2020-03-04
title: x
teller: {{name: X-TELLER, display: named}}
text: x
recorded_by: x-member
consent: {consent}
{story}
"""


@given(
    default=st.sampled_from(list(SECRECY)),
    of=st.fixed_dictionaries(
        dict.fromkeys(
            ("member", "name", "activity", "quote", "photo", "gift", "source", "story"), maybe
        )
    ),
    consent=st.sampled_from(["granted", "verbal", "refused", "withdrawn"]),
    agreed=st.sampled_from(["public", "internal"]),
    audience=st.sampled_from(AUDIENCES),
)  # fmt: skip
@settings(max_examples=200)
def test_each_thing_is_seen_exactly_by_those_who_may(
    default: str, of: dict[str, str | None], consent: str, agreed: str, audience: Audience
) -> None:
    file = made(
        ARCHIVE, "archive", ARCHIVE_TEXT.replace("visibility: public", f"visibility: {default}")
    )
    assert isinstance(file, ArchiveFile)
    says = {name: said("visibility", visibility) or "\n" for name, visibility in of.items()}
    says["name"] = says["name"].replace("visibility", "name_visibility")
    consented = f"{{status: {consent}, audience: {agreed}}}"
    records = [
        made(MEMBER, "x-member", MEMBER_TEXT.format(**says)),
        made(SOURCE, "x-source", SOURCE_TEXT.format(**says)),
        made(ACTIVITY, "x-activity", ACTIVITY_TEXT.format(**says)),
        made(DONATION, "x-gift", GIFT_TEXT.format(**says)),
        made(STORY, "x-story", STORY_TEXT.format(consent=consented, **says)),
    ]
    archive, _ = assemble(file, records, {})
    smaller = for_audience(archive, audience)
    text = everything_in(smaller)

    def allowed(*visibilities: str | None) -> bool:
        """Whether the last that says something allows it, falling back to the archive's default."""
        own = [one for one in visibilities if one is not None]
        return SECRECY[own[-1] if own else default] <= SECRECY[audience]

    shown = {name: allowed(of[name]) for name in ("member", "activity", "gift", "source")}
    agreed_to = consent in ("granted", "verbal") and SECRECY[agreed] <= SECRECY[audience]
    shown["story"] = allowed(of["story"]) and agreed_to
    named = shown["member"] and allowed(of["member"], of["name"])
    for name, visible in shown.items():
        id = "zuyuan-jia" if name == "member" and not named else f"x-{name}"
        assert (Ref({"gift": "donation"}.get(name, name), id) in smaller.records) is visible
        assert visible or f"x-{name}" not in text
    assert ("X-NAME" in text) is named
    assert ("X-QUOTE" in text) is (shown["activity"] and allowed(of["activity"], of["quote"]))
    assert ("x-photo" in text) is (shown["activity"] and allowed(of["activity"], of["photo"]))
    assert ("X-TELLER" in text) is shown["story"]


def test_insiders_never_see_less_than_the_public(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            f"activities/{name}.yml": f"{WALK}visibility: {name}\n"
            for name in ("public", "internal", "private")
        },
    )
    public, internal = (set(for_audience(archive, one).records) for one in AUDIENCES)
    assert public < internal < set(archive.records)


def test_what_all_may_see_is_left_as_it_is(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path, {"members/lihui.yml": "name: 李辉\nrole: x\n", "activities/a.yml": WALK}
    )
    assert for_audience(archive, "public") == archive


# Names in running text ----------------------------------------------------------------------------

HIDDEN = "name: 李辉\naliases: [老李]\nrole: 组长\nname_visibility: internal\n"


def test_a_hidden_name_is_masked_in_every_text_field(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/lihui.yml": HIDDEN,
            "members/wangfang.yml": "name: 王芳\nrole: 组员\nbio: 和李辉同来。\n",
            "activities/2020-03-04-li-hui-visit.yml": f"{WALK}"
            "summary: |\n  李 辉和**老李**上楼，Li Hui 到了。\nplace: 李辉家楼下\ntags: [李辉]\n"
            "quotes: [{by: wangfang, text: 李\u3000辉说的对}]\n"
            "photos: [{id: lihui-upstairs, pending: true, caption: 李辉在楼上, alt: 老李上楼,"
            " credit: 李辉, place: 李辉家, event: 李辉入户, background: 李辉, rights: 李辉}]\n",
            "donations/a.yml": "date: 2020-03-04\ndonor: {name: 李辉的母校, kind: organisation}\n"
            "items: [{item: 李辉送的口罩}]\noccasion: 李辉联系\nrecipient: 李辉\n"
            "distributions: [{to: 李辉, item: 李辉送的口罩}]\n",
            "sources/a.yml": "title: 李辉手记\nkind: oral\nauthor: 李辉\nnote: 李辉\n"
            "url: http://example.org/lihui\nclaims: [{measure: parcels, value: 9, quote: 李辉说九份}]\n",
        },
    )
    public = seen_by(archive, "public")
    text = everything_in(replace(public.archive, file=archive.file))
    text = text.replace("records/members/lihui.yml", "").replace(
        "records/activities/2020-03-04-li-hui-visit.yml", ""
    )
    for form in ("李辉", "李 辉", "李\u3000辉", "老李", "lihui", "li-hui", "Li Hui"):
        assert form not in text
    assert public.archive.activities[0].id == "2020-03-04-zuyuan-jia-visit"
    assert public.archive.photographs[0].id == "zuyuan-jia-upstairs"
    assert public.renamed[Ref("photo", "lihui-upstairs")].id == "zuyuan-jia-upstairs"
    assert public.renamed[Ref("member", "lihui")].id == "zuyuan-jia"
    assert for_audience(archive, "internal").activities == archive.activities


def test_a_name_that_holds_a_hidden_one_is_left_whole(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/a.yml": "name: 李辉\nrole: x\nname_visibility: private\n",
            "members/b.yml": "name: 李辉煌\nrole: x\n",
            "activities/a.yml": f"{WALK}summary: 李辉煌和李辉。\n",
        },
    )
    assert for_audience(archive, "public").activities[0].summary == "李辉煌和组员甲。"


def test_a_word_may_be_allowed_where_it_is_no_name(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/a.yml": "name: 高兴\nrole: x\nname_visibility: private\n",
            "activities/a.yml": f"{WALK}summary: 大家很高兴。\n"
            "allow: [{text: 高兴, reason: 形容词}]\n",
            "activities/b.yml": f"{WALK}summary: 高兴带队。\n",
        },
    )
    public = for_audience(archive, "public")
    assert [one.summary for one in public.activities] == ["大家很高兴。", "组员甲带队。"]


def test_a_pseudonym_given_in_the_record_is_kept(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/a.yml": "name: 甲先生\nrole: x\nname_visibility: private\n",
            "members/b.yml": "name: 乙先生\nrole: x\nname_visibility: private\npseudonym: 组员甲\n",
        },
    )
    shown = {one.name: one.id for one in for_audience(archive, "public").members}
    assert shown == {"组员乙": "zuyuan-yi", "组员甲": "zuyuan-jia"}


# Consent of donors and of people in photographs ---------------------------------------------------

DAY = date(2020, 6, 1)


@pytest.mark.parametrize(
    ("consent", "public", "internal"),
    [
        ("", False, False),
        ("{status: verbal}", False, True),
        ("{status: granted, audience: public}", True, True),
        ("{status: granted, audience: public, expires: 2020-06-01}", True, True),
        ("{status: granted, audience: public, expires: 2020-05-31}", False, False),
        ("{status: granted, audience: public, expires: 2020-05}", False, False),
        ("{status: withdrawn, audience: public}", False, False),
    ],
)
def test_people_are_shown_and_named_as_far_as_they_agreed(
    tmp_path: Path, consent: str, public: bool, internal: bool
) -> None:
    said = f", consent: {consent}" if consent else ""
    archive = archive_of(
        tmp_path,
        {
            "donations/a.yml": "date: 2020-03-04\nitems: [{item: x}]\n"
            f"donor: {{name: 周大爷, kind: individual{said}}}\nsummary: 周大爷送来的。\n",
            "activities/a.yml": f"{WALK}photos: [{{pending: true, caption: x, people: 邻居{said}}}]\n",
        },
    )
    for audience, shown in zip(AUDIENCES, (public, internal), strict=True):
        seen_archive = for_audience(archive, audience, DAY)
        assert ("周大爷" in everything_in(seen_archive)) is shown
        assert (len(seen_archive.photographs) == 1) is shown
        assert len(seen_archive.donations) == 1
        unwarned = shown
        problems = list(consent_problems(archive, audience, DAY, {}))
        assert (not problems) is unwarned


def test_a_story_ends_with_its_consent(tmp_path: Path) -> None:
    consent = "consent: {status: granted, audience: public, expires: 2020-06-01}\n"
    archive = archive_of(tmp_path, {"stories/a.yml": TOLD + consent})
    assert for_audience(archive, "public", DAY).stories
    assert not for_audience(archive, "public", DAY + timedelta(1)).stories
    assert not for_audience(archive, "public").stories  # nobody knows the day
    (warning,) = consent_problems(archive, "public", DAY + timedelta(1), {})
    assert warning.code.id == "PRI003"


# Withdrawn ----------------------------------------------------------------------------------------


def test_what_is_withdrawn_leaves_only_its_address_and_the_day(tmp_path: Path) -> None:
    gone = "withdrawn: 2020-05-01\n"
    consent = "consent: {status: granted, audience: public}\n"
    photo = "photos: [{id: gone-photo, pending: true, caption: 撤下的照片}]\n"
    archive = archive_of(
        tmp_path,
        {
            "stories/told.yml": f"{TOLD}{consent}{photo}{gone}",
            "stories/inside.yml": f"{TOLD}{consent}{gone}visibility: internal\n",
            "activities/a.yml": WALK.replace("03-04", "03-05").replace("巡查", "撤下的巡查") + gone,
            "activities/b.yml": f"{WALK}photos: [{{id: alone, pending: true, caption: 撤下的合影,"
            " withdrawn: 2020-05-02}]\nquotes: [{by: 周阿姨, text: 周阿姨的话}]\n",
        },
        f"{ARCHIVE_TEXT}tombstones: [{{page: stories/deleted.html, date: 2020-04-01}}]\n",
    )
    public, internal = (for_audience(archive, audience) for audience in AUDIENCES)
    for seen_archive in (public, internal):
        text = everything_in(seen_archive)
        assert "撤下" not in text
        assert "周阿姨" not in text
        assert "讲出来的" not in text
    expected = {
        ("day", "2020-03-05"), ("photo", "alone"), ("photo", "gone-photo"), ("story", "told"),
        ("story", "deleted"),
    }  # fmt: skip
    assert {tuple(one.ref) for one in public.withdrawn} == expected
    assert {tuple(one.ref) for one in internal.withdrawn} == expected | {("story", "inside")}
