"""Personal data in records and hand-written pages: numbers, addresses, accounts of one person.

Enter: an archive with its documents, or the text of a page. Leave: PRI010 for what is certain
(an error), PRI011 for what is likely (a warning), each at its own line, shown starred. What a
record's `allow` names with a reason is passed over; that of archive.yml counts everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.archive.archive import Archive
from generator.archive.withheld import strings_of
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.reading.documents import Document
from generator.values.personal import Finding, may_hold_personal_data, personal_data, starred
from generator.values.text import collapse, half_width

_HINT = Bilingual(
    "删掉它；确实该公开的，在这条记录（网页就在 archive.yml）的 allow 里写上 text 和 reason。",
    "remove it; if it is meant to be public, allow it in this record (for a page, in archive.yml)"
    " with text and reason.",
)
_WHY = Bilingual(
    "电话、证件号、账号一旦发布就收不回来；git 的历史里也会留下。",
    "Numbers that lead to a person cannot be taken back once published; git's history keeps them.",
)
_MESSAGE = Bilingual("这里有{what_zh}：{shown}", "here is {what_en}: {shown}")
PRI010 = Code(
    "PRI010", Severity.ERROR, Bilingual("个人信息", "Personal data"), _MESSAGE, _HINT, _WHY
)
PRI011 = Code(
    "PRI011",
    Severity.WARNING,
    Bilingual("好像是个人信息", "What looks like personal data"),
    Bilingual("这里好像有{what_zh}：{shown}", "this looks like {what_en}: {shown}"),
    _HINT,
    _WHY,
)
CODES = (PRI010, PRI011)

_WHAT = {
    "resident_id": ("身份证号", "a resident identity number"),
    "mobile": ("手机号", "a mobile number"),
    "landline": ("某人的电话", "somebody's telephone number"),
    "bank_card": ("银行卡号", "a bank card number"),
    "email": ("电子邮箱", "an e-mail address"),
    "wechat": ("微信号", "a WeChat account"),
    "qq": ("QQ 号", "a QQ number"),
    "plate": ("车牌号", "a number plate"),
    "dwelling": ("某人的门牌", "where somebody lives"),
}
_ANY_NAME = ("",)  # stands beside everything
_OFFICE = ("email", "landline")  # what an organisation gives as its contact


def suspects(record: Record, text: str) -> tuple[str, ...]:
    """Texts and file names of a record that hold personal data, or would beside a name.

    `text` is that of its file: where nothing stands in it with its lines folded, as YAML folds them
    or more, nothing stands in the record, unless it is written in an escape of YAML.
    """
    if "\\" not in text and not may_hold_personal_data(collapse(text)):
        return ()
    texts = dict.fromkeys((*strings_of(record), *_file_names(record)))
    return tuple(one for one in texts if personal_data(one, _ANY_NAME))


def personal_problems(
    archive: Archive,
    suspected: Mapping[str, Sequence[str]],
    documents: Mapping[str, Document],
) -> Iterator[Problem]:
    """Everything in the text fields and file names of all records; `suspected` are by path."""
    names = names_of(archive)
    everywhere = allowed_in(archive.file)
    for record in (archive.file, *archive.records.values()):
        if texts := suspected.get(record.path):
            # What was read counts, also of a file that somebody has saved anew since.
            document = documents.get(record.path) or Document(record.path, "", {})
            allowed = everywhere | allowed_in(record)
            yield from _of_record(record, texts, document, names, allowed)


def names_of(archive: Archive) -> tuple[str, ...]:
    """Names beside which a telephone number is somebody's."""
    known = {name for one in archive.members for name in (one.name, *one.aliases) if name}
    known |= {one.teller.name for one in archive.stories if one.teller.name}
    return tuple(sorted(name for name in known if len(name) > 1))


def allowed_in(record: Record) -> frozenset[str]:
    """What a record may say all the same."""
    return frozenset(_compact(one.text) for one in record.allow)


def personal_in_page(text: str, path: str, archive: Archive) -> Iterator[Problem]:
    """Everything in a hand-written page."""
    document = Document(path, text, {})
    for one in personal_data(text, names_of(archive)):
        value = text[one.start : one.end]
        if not _is_allowed(value, allowed_in(archive.file)):
            yield _problem(one, value, document)


def _of_record(
    record: Record,
    texts: Iterable[str],
    document: Document,
    names: tuple[str, ...],
    allowed: frozenset[str],
) -> Iterator[Problem]:
    contact = record.contact if isinstance(record, ArchiveFile) else None
    for text in texts:
        for one in personal_data(text, names):
            value = text[one.start : one.end]
            of_an_office = text == contact and one.what in _OFFICE
            if not of_an_office and not _is_allowed(value, allowed):
                yield _problem(one, value, document)


def _is_allowed(value: str, allowed: frozenset[str]) -> bool:
    return any(_compact(value) in whole for whole in allowed)


def _file_names(record: Record) -> Iterator[str]:
    for photo in getattr(record, "photos", ()):
        if photo.file is not None:
            yield photo.file


def _problem(one: Finding, value: str, document: Document) -> Problem:
    code = PRI010 if one.certainty == "certain" else PRI011
    zh, en = _WHAT[one.what]
    place = _place(value, document)
    return problem(code, place, what_zh=zh, what_en=en, shown=starred(" ".join(value.split())))


def _place(value: str, document: Document) -> Place:
    """Where the value begins; the file where it is written oddly.

    Of one that is folded over lines the line is not stated: half a number could not be starred.
    """
    found = re.search(r"\s+".join(map(re.escape, value.split())), document.text)
    if found is None:
        return Place(document.path)
    before = document.text[: found.start()]
    column = len(before) - (before.rfind("\n") + 1) + 1
    line = before.count("\n") + 1
    if "\n" in found[0]:
        return Place(document.path, line, column)
    return document.line_place(line, column, len(found[0]))


def _compact(text: str) -> str:
    return "".join(one for one in half_width(text) if one not in " \t-").lower()
