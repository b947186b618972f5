"""What an audience may not see occurs nowhere in its site: every byte of every file is searched.

Each thing withheld carries a word of its own. A word that the internal site shows and the public
one does not proves that the search looks in the right places.
"""

import re
from pathlib import Path

import pytest

from tests.sites import ARCHIVE, SMALL, Files, built, different, picture, tree, write_archive

WORD = re.compile(rb"zq(?:private|internal|never)[a-z]*")
SECRET: dict[str, str | bytes] = {
    "records/archive.yml": f"# zqneverarchivecomment\n{ARCHIVE}hero: zqinternalhero\n",
    "records/members/zqinternalmemberid.yml": (
        "name: zqinternalmembername\nrole: zqinternalrole\naliases: [zqinternalalias]\n"
        "bio: zqinternalbio\nunit: zqinternalunit\nrank: zqinternalrank\n"
        "cohort: zqinternalcohort\ngender: zqinternalgender\nvisibility: internal\n"
    ),
    "records/members/zqprivatememberid.yml": (
        "name: zqprivatemembername\nrole: zqprivaterole\nvisibility: private\n"
    ),
    "records/members/hidden-name.yml": (
        "name: zqinternalhiddenname\nrole: 组员\naliases: [zqinternalhiddenalias]\n"
        "bio: zqinternalhiddenbio\nname_visibility: internal\n"
        "portrait: {caption: zqinternalportrait, file: portrait.jpg}\n"
    ),
    "records/activities/zqinternalactivityid.yml": """\
date: 2020-03-17
title: zqinternaltitle
task: delivery
place: zqinternalplace
summary: zqinternalsummary
tags: [zqinternaltag]
figures: [{measure: weight, value: 77}]
quotes: [{by: zqinternalspeaker, text: zqinternalwords}]
visibility: internal
photos:
  - {caption: zqinternalcaption, file: zqinternalfile.jpg, credit: zqinternalcredit,
     event: zqinternalevent, background: zqinternalbackground, rights: zqinternalrights,
     place: zqinternalspot}
""",
    "records/activities/zqprivateactivityid.yml": """\
# zqnevercomment
date: 2020-03-18
title: zqprivatetitle
task: delivery
summary: zqprivatesummary
visibility: private
photos: [{caption: zqprivatecaption, file: zqprivatefile.jpg}]
""",
    "records/activities/shown.yml": """\
date: 2020-03-19
title: 大家都能看
task: delivery
members: [zhangsan, zqinternalmemberid, zqprivatememberid]
reported_by: [zqinternalmemberid]
sources: [article, zqinternalsourceid]
quotes:
  - {by: zqinternalmemberid, text: 说话的人不公开}
  - {by: zhangsan, text: 公开的话}
  - {by: zhangsan, text: zqinternalquote, visibility: internal}
  - {by: zhangsan, text: zqprivatequote, visibility: private}
photos:
  - {id: zqinternalhero, caption: zqinternalphoto, alt: zqinternalalt, file: shown.jpg,
     visibility: internal}
  - {caption: zqprivatephoto, pending: true, visibility: private}
  - {caption: 公开的照片, pending: true, people: [张三, zqinternalmemberid]}
""",
    "records/donations/zqinternaldonationid.yml": """\
date: 2020-03-20
donor: {name: zqinternaldonor, kind: individual, consent: {status: verbal}}
items: [{item: zqinternalitem, quantity: 5, unit: parcel}]
occasion: zqinternaloccasion
summary: zqinternalgiftsummary
recipient: zqinternalrecipient
distributions: [{to: zqinternalreceiver, item: zqinternalitem, quantity: 1}]
visibility: internal
""",
    "records/donations/shown.yml": """\
date: 2020-03-21
donor: {name: 某厂, kind: enterprise}
via: [zhangsan, zqinternalmemberid]
items: [{item: 口罩, quantity: 5, unit: parcel}]
sources: [zqinternalsourceid]
""",
    "records/donations/unnamed.yml": """\
date: 2020-03-21
donor: {name: zqneverdonor, kind: individual, anonymous: true}
items: [{item: 手套, quantity: 5, unit: parcel}]
""",
    "records/stories/zqinternalstoryid.yml": """\
date: 2020-03-22
title: zqinternalstory
teller: {name: zqinternalteller, kind: zqinternalkind, display: named}
consent: {status: granted, audience: public}
text: zqinternaltext
visibility: internal
""",
    "records/stories/zqinternalconsentid.yml": """\
date: 2020-03-22
title: zqinternalconsent
teller: {name: zqinternalconsentteller, display: named}
consent: {status: granted, audience: internal}
text: zqinternalconsenttext
photos: [{caption: zqinternalconsentphoto, pending: true}]
""",
    "records/stories/zqneverrefusedid.yml": """\
date: 2020-03-22
title: zqneverrefused
teller: {name: zqneverrefusedteller, display: named}
consent: {status: refused, audience: public}
text: zqneverrefusedtext
photos: [{caption: zqneverrefusedphoto, pending: true}]
""",
    "records/stories/zqneverwithdrawnid.yml": """\
date: 2020-03-23
title: zqneverwithdrawn
teller: {name: zqneverwithdrawnteller, display: named}
consent: {status: withdrawn, audience: public}
text: zqneverwithdrawntext
""",
    "records/stories/anonymous.yml": """\
date: 2020-03-24
title: 不具名的故事
teller: {name: zqneveranonymous, kind: 居民, display: anonymous}
recorded_by: [zhangsan, zqinternalmemberid]
consent: {status: granted, audience: public}
text: 公开的故事
""",
    "records/stories/pseudonym.yml": """\
date: 2020-03-24
title: 用化名的故事
teller: {name: zqneverpseudonym, kind: 居民, display: pseudonym}
consent: {status: granted, audience: public}
text: 公开的故事
""",
    "records/sources/zqinternalsourceid.yml": """\
title: zqinternalsource
publisher: zqinternalpublisher
author: zqinternalauthor
url: https://zqinternaladdress.example/
kind: notice
note: zqinternalnote
visibility: internal
claims: [{measure: buildings, value: 500, quote: zqinternalclaim}]
""",
    "records/activities/zqinternalhiddenname-visits.yml": """\
date: 2020-03-25
title: 和zqinternalhiddenname一起
task: delivery
members: [hidden-name]
place: zqinternalhiddenname家门口
summary: 那天 zqinternalhiddenalias 也在，**zqinternalhiddenname** 说了话。
tags: [zqinternalhiddenname]
quotes: [{by: zqinternalhiddenname, text: 我是zqinternalhiddenname}]
photos:
  - {id: zqinternalhiddenname-there, caption: zqinternalhiddenname到了, alt: 有zqinternalhiddenname,
     credit: zqinternalhiddenname, event: zqinternalhiddenname, background: zqinternalhiddenname,
     rights: zqinternalhiddenname, place: zqinternalhiddenname, people: [zqinternalhiddenname],
     file: there.jpg}
  - {caption: zqneverstranger, people: [一个路人], pending: true}
allow: [{text: zqneverallowed, reason: zqneverreason}]
""",
    "records/donations/neighbour.yml": """\
date: 2020-03-25
donor: {name: zqneverneighbour, kind: individual}
items: [{item: 面条, quantity: 5, unit: parcel}]
recipient: zqinternalhiddenname
distributions: [{to: zqinternalhiddenname, item: 面条, quantity: 1}]
""",
    "records/stories/ended.yml": """\
date: 2020-03-25
title: zqneverended
teller: {name: zqneverendedteller, display: named}
consent: {status: granted, audience: public, expires: 2020-12-31, note: zqneverendednote}
text: zqneverendedtext
""",
    "records/stories/taken-back.yml": """\
date: 2020-03-25
title: zqnevertaken
teller: {name: zqnevertakenteller, display: named}
consent: {status: granted, audience: public, note: zqnevertakennote}
text: zqnevertakentext
photos: [{caption: zqnevertakenphoto, pending: true}]
withdrawn: 2020-06-01
""",
    "records/stories/noted.yml": """\
date: 2020-03-25
title: 有说明的故事
teller: {kind: 居民}
consent: {status: granted, audience: public, note: zqneverconsentnote}
text: zqinternalhiddenname听见的
""",
    "docs/more.md": "# 说到zqinternalhiddenname\n\n{{ member('hidden-name') }}，{{ member('hidden-name',"
    " 'zqinternalhiddenname同志') }}，和 [那天](photos/zqinternalhiddenname-there.html)。\n",
    **{f"photos/{name}.jpg": picture((n * 40, 90, 60)) for n, name in enumerate(
        ("portrait", "shown", "zqinternalfile", "zqprivatefile", "there"))},
}  # fmt: skip
FILES: Files = {**SMALL, **SECRET}


def words_in(site: Path) -> set[str]:
    """The planted words that occur in the bytes or the name of any file."""
    files = tree(site)
    found = {word for content in files.values() for word in WORD.findall(content.lower())}
    found |= {word for name in files for word in WORD.findall(name.encode("utf-8"))}
    return {word.decode("ascii") for word in found}


def planted(kind: str) -> set[str]:
    texts = [text for text in SECRET.values() if isinstance(text, str)]
    everything = "\n".join((*SECRET, *texts)).encode("utf-8")
    return {word.decode("ascii") for word in WORD.findall(everything) if kind.encode() in word}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_archive(tmp_path_factory.mktemp("public"), FILES)
    return built(root, audience="public")


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_archive(tmp_path_factory.mktemp("internal"), FILES)
    return built(root, audience="internal")


def test_nothing_that_is_withheld_occurs_in_the_public_site(public: Path) -> None:
    assert words_in(public) == set()


def test_nothing_private_occurs_in_the_internal_site(internal: Path) -> None:
    assert {word for word in words_in(internal) if "internal" not in word} == set()


NOT_SHOWN = {
    "zqinternalfile",  # a photograph's address is its content, never its file's name
    "zqinternalportrait",
}


def test_the_internal_site_shows_what_is_internal(internal: Path) -> None:
    assert planted("internal") - words_in(internal) <= NOT_SHOWN


def test_a_day_of_withheld_records_has_no_page(public: Path) -> None:
    days = {path.stem for path in (public / "days").iterdir()}
    assert days >= {"2020-03-19", "2020-03-21", "2020-03-24"}
    assert not days & {"2020-03-17", "2020-03-18", "2020-03-20", "2020-03-22", "2020-03-23"}


def test_a_hidden_name_is_replaced_by_a_stand_in(public: Path) -> None:
    text = (public / "members" / "zuyuan-jia.html").read_text(encoding="utf-8")
    assert re.search("<h1>组员甲</h1>", text)


def test_a_figure_counts_only_what_the_audience_may_see(public: Path, internal: Path) -> None:
    weight = '"lower": "{}",'
    for site, total in ((public, "8000"), (internal, "8077")):
        text = (site / "data" / "statistics.json").read_text(encoding="utf-8")
        assert weight.format(total) in text


def test_withheld_photographs_are_not_copied(public: Path, internal: Path) -> None:
    held = [
        {path.name for path in (one / "assets" / "photos").iterdir()} for one in (public, internal)
    ]
    assert 0 < len(held[0]) < len(held[1])


def test_the_public_site_is_that_of_an_archive_without_the_rest(
    public: Path, tmp_path: Path
) -> None:
    """Private records leave no trace: without their files the same bytes are built."""
    files = {name: content for name, content in FILES.items() if "zqprivate" not in name}
    for name in ("records/activities/shown.yml",):
        files[name] = str(files[name]).replace(", zqprivatememberid", "")
    root = write_archive(tmp_path, files)
    assert different(tree(public), tree(built(root, audience="public"))) == []


def test_who_is_hidden_is_met_under_a_pseudonym(public: Path) -> None:
    page = (public / "days" / "2020-03-25.html").read_text(encoding="utf-8")
    assert "和zuyuan-jia一起" in page
    assert (public / "photos" / "zuyuan-jia-there.html").is_file()
    written = (public / "more.html").read_text(encoding="utf-8")
    assert 'href="members/zuyuan-jia.html">组员甲</a>' in written


def test_no_number_has_a_gap_where_somebody_is_hidden(public: Path) -> None:
    names = {path.stem for path in (public / "members").iterdir()}
    assert names == {"index", "zhangsan", "lisi", "zuyuan-jia"}


def test_what_was_withdrawn_answers_with_the_day_alone(public: Path, internal: Path) -> None:
    for site in (public, internal):
        page = (site / "stories" / "taken-back.html").read_text(encoding="utf-8")
        assert "2020年6月1日" in page
        assert not (site / "stories" / "ended.html").exists()
