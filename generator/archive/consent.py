"""Who may be shown or named to whom: the rules of consent for stories, donors and photographs.

Enter: records, an audience and the day. Leave: whether consent covers them, and for an editor the
warnings PRI002 (it does not reach this audience), PRI003 (it has ended) and PRI004 (there is none).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.archive.archive import Archive, Photograph
from generator.kinds.consent import Consent, ConsentAudience
from generator.kinds.donation import Donation
from generator.kinds.fields import Location, Record
from generator.kinds.member import Member
from generator.kinds.photo import Photo, location_of
from generator.kinds.story import Story
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.reading.documents import Document

_REMEDY = Bilingual(
    "再征得同意后改 consent，或就这样不发布。",
    "ask again and change `consent`, or leave it withheld.",
)
_WHY = Bilingual(
    "讲述者、具名的捐赠者和照片里认得出的人，同意到哪里，就发布到哪里。",
    "Tellers, named donors and people who can be recognised are shown as far as they agreed.",
)
PRI002 = Code(
    "PRI002",
    Severity.WARNING,
    Bilingual("同意的范围不够", "Consent does not reach this audience"),
    Bilingual(
        "{what_zh}，本人只同意给内部看，公开版里{fate_zh}。",
        "consent to {what_en} is for internal readers only; in the public site {fate_en}.",
    ),
    _REMEDY,
    _WHY,
)
PRI003 = Code(
    "PRI003",
    Severity.WARNING,
    Bilingual("同意已经到期", "Consent has ended"),
    Bilingual(
        "{what_zh}，本人的同意到 {expires} 为止，{fate_zh}。",
        "consent to {what_en} ended on {expires}; {fate_en}.",
    ),
    _REMEDY,
    _WHY,
)
PRI004 = Code(
    "PRI004",
    Severity.WARNING,
    Bilingual("没有本人的同意", "No consent"),
    Bilingual(
        "{what_zh}，没有本人的同意，{fate_zh}。",
        "there is no consent to {what_en}; {fate_en}.",
    ),
    Bilingual(
        "征得同意后写上 consent 的 status 和 audience；认不出是谁的写 status: not_needed。",
        "add `consent` with status and audience, or status: not_needed if nobody is recognisable.",
    ),
    _WHY,
)
CODES = (PRI002, PRI003, PRI004)

_SHOWING = Bilingual("这张照片里的人", "showing the people in this photograph")
_NAMING = Bilingual("具名的捐赠者", "naming this donor")
_TELLING = Bilingual("这个故事", "this story")
_WITHHELD = Bilingual("不发布", "it is withheld")
_UNNAMED = Bilingual("按不具名处理", "the donor is shown unnamed")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether consent covers things for one audience on one day (`None`: nobody knows the day)."""

    audience: ConsentAudience
    today: date | None
    team: frozenset[str]
    """Ids, names and other names of all members: their own records say who may see them."""

    def story(self, story: Story) -> bool:
        """Whether a story may be told."""
        return story.consent.covers(self.audience, self.today)

    def donor(self, gift: Donation) -> bool:
        """Whether a donor may be named; an individual only with consent."""
        return not gift.donor.anonymous and self._covered(
            gift.donor.consent, needed=gift.donor.kind == "individual"
        )

    def photo(self, photo: Photo) -> bool:
        """Whether a photograph may be shown, for the sake of those in it."""
        return self._covered(photo.consent, needed=not self.team.issuperset(photo.people))

    def _covered(self, consent: Consent | None, *, needed: bool) -> bool:
        return not needed if consent is None else consent.covers(self.audience, self.today)


def agreement(archive: Archive, audience: ConsentAudience, today: date | None) -> Agreement:
    """The rules for one archive."""
    named = (name for one in archive.members for name in (one.id, one.name, *one.aliases) if name)
    return Agreement(audience, today, frozenset(named))


def consent_problems(
    archive: Archive,
    audience: ConsentAudience,
    today: date | None,
    documents: Mapping[str, Document],
) -> Iterator[Problem]:
    """A warning for everything that want of consent keeps from this audience (not PRI001)."""
    rules = agreement(archive, audience, today)

    def warned(
        record: Record, at: Location, consent: Consent | None, what: Bilingual, fate: Bilingual
    ) -> Problem:
        document = documents.get(record.path)
        place = document.place(at) if document else Place(record.path)
        words = {"what_zh": what.zh, "what_en": what.en, "fate_zh": fate.zh, "fate_en": fate.en}
        if consent is None or not consent.given:
            return problem(PRI004, place, **words)
        if consent.lapsed(today) and consent.expires is not None:
            return problem(PRI003, place, expires=consent.expires.text, **words)
        return problem(PRI002, place, **words)

    for story in archive.stories:
        if story.published and story.withdrawn is None and not rules.story(story):
            yield warned(story, ("consent",), story.consent, _TELLING, _WITHHELD)
    for gift in archive.donations:
        donor = gift.donor
        if gift.withdrawn is None and not donor.anonymous and not rules.donor(gift):
            yield warned(gift, ("donor",), donor.consent, _NAMING, _UNNAMED)
    for one in archive.photographs:
        withdrawn = one.photo.withdrawn or one.owner.withdrawn
        if withdrawn is None and not rules.photo(one.photo):
            yield warned(one.owner, _location(one), one.photo.consent, _SHOWING, _WITHHELD)


def _location(one: Photograph) -> Location:
    """Where the photograph stands in its record."""
    number = next(n for n, photo in enumerate(one.owner.photos) if photo is one.photo)
    return (*location_of(isinstance(one.owner, Member), number), "caption")
