"""The list of record kinds: a new one is a line here and a file beside this one."""

from dataclasses import dataclass

from generator.kinds import activity, archive_file, donation, member, source, story
from generator.kinds.fields import Record
from generator.problems.catalogue import SHARED_CODES
from generator.problems.problem import Bilingual, Code


@dataclass(frozen=True, slots=True)
class Kind:
    """One record kind: its name in references, its folder below records/, its model, its words."""

    name: str
    folder: str
    model: type[Record]
    label: Bilingual
    codes: tuple[Code, ...]


MEMBER = Kind("member", "members", member.Member, Bilingual("成员", "member"), member.CODES)
ACTIVITY = Kind(
    "activity", "activities", activity.Activity, Bilingual("活动", "activity"), activity.CODES
)
DONATION = Kind(
    "donation", "donations", donation.Donation, Bilingual("捐赠", "donation"), donation.CODES
)
STORY = Kind("story", "stories", story.Story, Bilingual("口述", "story"), story.CODES)
SOURCE = Kind("source", "sources", source.Source, Bilingual("来源", "source"), source.CODES)
KINDS = (MEMBER, ACTIVITY, DONATION, STORY, SOURCE)

ARCHIVE = Kind(
    "archive",
    "",
    archive_file.ArchiveFile,
    Bilingual("档案", "archive"),
    archive_file.CODES,
)

VOCABULARY_LABELS = {
    "task": Bilingual("任务", "task"),
    "measure": Bilingual("指标", "measure"),
    "unit": Bilingual("单位", "unit"),
    "item_category": Bilingual("物品类别", "item category"),
    "place": Bilingual("地点", "place"),
    "batch": Bilingual("批次", "batch"),
}

ALL_CODES: tuple[Code, ...] = tuple(
    sorted(
        (*SHARED_CODES, *(code for kind in (*KINDS, ARCHIVE) for code in kind.codes)),
        key=lambda code: code.id,
    )
)
