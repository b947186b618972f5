"""Small archives for the charts: YAML as people write it, through reading, validation, assembly."""

from collections.abc import Iterable

from generator.archive.archive import Archive
from generator.archive.assemble import assemble
from generator.archive.statistics import statistics
from generator.charts.chart import Chart, Draw
from generator.charts.drawing import draw
from generator.charts.questions import charts
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record
from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, MEMBER, STORY, Kind
from generator.kinds.validation import validate
from generator.problems.problem import Language
from generator.reading.documents import parse

VOCABULARIES = """
tasks: [{id: disinfection, label: 消杀}, {id: delivery, label: 物资运送}, {id: patrol, label: 巡查}]
units: [{id: piece, label: 件}, {id: bottle, label: 瓶}]
item_categories: [{id: protective, label: 防护用品}, {id: food, label: 食品}]
"""
MARCH = "2020-03-01/2020-03-31"


def _record(kind: Kind, id: str, text: str) -> Record:
    document, problems = parse(text, f"records/{kind.folder}/{id}.yml")
    assert document is not None, problems
    record, problems = validate(kind, document, id)
    assert record is not None, problems
    return record


def member(id: str, name: str | None) -> Record:
    """A member of the team."""
    return _record(MEMBER, id, f"role: 组员\nname: {name}" if name else "role: 组员")


def activity(
    id: str,
    date: str,
    task: str = "disinfection",
    title: str = "消杀主街",
    members: str = "[]",
    more: str = "",
) -> Record:
    """An activity on a date as EDTF has it; `members` and `more` as YAML has them."""
    text = f'date: "{date}"\ntitle: {title}\ntask: {task}\nmembers: {members}\n{more}'
    return _record(ACTIVITY, id, text)


def donation(id: str, date: str, items: str = "[{item: 口罩, category: protective}]") -> Record:
    """A donation of items written in YAML's flow style."""
    return _record(
        DONATION, id, f'date: "{date}"\ndonor: {{name: 某厂, kind: enterprise}}\nitems: {items}'
    )


def story(id: str, date: str) -> Record:
    """A story that may be published."""
    consent = "consent: {status: granted}"
    return _record(STORY, id, f'date: "{date}"\ntitle: 留念\nteller: {{}}\n{consent}\ntext: 他说。')


def archive_of(
    records: Iterable[Record], period: str = MARCH, vocabularies: str = VOCABULARIES
) -> Archive:
    """An archive of a period and these records."""
    text = f"title: 纪事\norganisation: 工作组\nperiod: {period}\n{vocabularies}"
    file = _record(ARCHIVE, "archive", text)
    assert isinstance(file, ArchiveFile)
    archive, _ = assemble(file, records, {})
    return archive


def month_of_work() -> Archive:
    """A month with every kind of record, dated well and badly."""
    return archive_of(
        [
            activity("street", "2020-03-02"),
            activity("towers", "2020-03-02", title="消杀高层"),
            activity("parcels", "2020-03-04", "delivery", "分发团购物资"),
            activity("every-day", "2020-03-01/2020-03-31", "delivery", "每天送货"),
            donation(
                "masks",
                "2020-03-04",
                "[{item: 口罩, quantity: 500, unit: piece, "
                "category: protective}, {item: 面粉, category: food}]",
            ),
            donation("gel", "2020-03-XX", "[{item: 抗菌凝胶, quantity: 120, unit: bottle}]"),
            story("keepsake", "2020-03-05"),
        ]
    )


def charts_of(archive: Archive, language: Language, draw: Draw = draw) -> tuple[Chart, ...]:
    """Every chart of an archive."""
    return charts(statistics(archive), language, draw)
