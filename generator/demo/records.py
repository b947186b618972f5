"""Members, donations, stories and sources of the fictional archive, as mappings of plain text.

Enter: a `Plan`. Leave: mappings that have the fields of their kinds, under the id that their file
gets. Every choice comes from the seed and the number of the record alone, so that a longer archive
begins like a shorter one. Pure.
"""

import calendar
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generator.demo import vocabulary as words

FIRST_DAY = date(1996, 3, 1)
_SHARE_OF_FOUNDERS = 2  # one member in so many was there from the beginning
_GIFT_EVERY, _STORY_EVERY = 6, 9  # days
_CONSENTS = (
    ("granted", "public"), ("verbal", "internal"), ("not_needed", "public"),
    ("refused", "internal"), ("granted", "internal"), ("withdrawn", "internal"),
)  # fmt: skip
_DISPLAYS = ("anonymous", "pseudonym", "named")
_SOURCES = ("notice", "table", "article", "oral", "photo")

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is made: one activity a day, photographs of `photo_size` px in each."""

    days: int
    members: int
    photos_per_day: int
    seed: int
    photo_size: tuple[int, int]

    def chance(self, kind: str, number: int) -> random.Random:
        """The dice of one record."""
        return random.Random(f"{self.seed}/{kind}/{number}")

    def day(self, number: int) -> date:
        """The day of that number, from 0."""
        return FIRST_DAY + timedelta(days=number)

    @property
    def last_day(self) -> date:
        """The last day of the archive."""
        return self.day(self.days - 1)


def members(plan: Plan) -> Iterator[tuple[str, Fields]]:
    """The team: some came later, some left, some names are not known or not for everybody."""
    taken: set[str] = set()
    for number in range(plan.members):
        chance = plan.chance("member", number)
        given = chance.sample(sorted(words.GIVEN), chance.choice((1, 2)))
        surname = chance.choice(sorted(words.SURNAMES))
        id = "-".join((words.SURNAMES[surname], "".join(words.GIVEN[one] for one in given)))
        id = id if id not in taken else f"{id}-{number + 1}"
        taken.add(id)
        founder = number % _SHARE_OF_FOUNDERS == 0
        fields: Fields = {
            "name": surname + "".join(given),
            "role": "召集人" if number == 0 else chance.choice(("联络员", "组员", "组员", "组员")),
            "batch": "founders" if founder else chance.choice(("joiners", "youth")),
            "joined": str(FIRST_DAY if founder else plan.day(plan.days // 3)),
            "cohort": f"{chance.choice((194, 195, 196, 197, 198))}0s",
            "bio": f"住在{_somewhere(chance)}附近。{chance.choice(words.SAYINGS)}",
        }
        if number % 7 == 6:
            fields = {"name": None, "role": "组员", "batch": fields["batch"]}
        elif number % 5 == 4:
            fields["name_visibility"] = "internal"
        if number % 9 == 8:
            fields["left"] = str(plan.day(plan.days * 4 // 5))
        yield id, without_nothing(fields)


def donations(plan: Plan, team: Sequence[tuple[str, Fields]]) -> Iterator[tuple[str, Fields]]:
    """One in so many days; what was handed on never exceeds what came in."""
    for number, day in enumerate(map(plan.day, range(2, plan.days, _GIFT_EVERY))):
        chance = plan.chance("donation", number)
        there = [id for id, one in team if was_there(one, day)]
        items, gone = [], []
        for item, category, unit, usual in chance.sample(words.ITEMS, chance.randrange(1, 4)):
            whole = chance.randrange(usual // 2, usual * 2)
            known = chance.random() < 0.9
            one: Fields = {"item": item, "category": category}
            if known:
                one |= {"quantity": amount(chance, whole), "unit": unit}
                part = str(whole // chance.randrange(2, 5))
                to = _somewhere(chance)
                later = str(day + timedelta(days=chance.randrange(1, 9)))
                gone.append({"date": later, "to": f"{to}的街坊", "item": item, "quantity": part})
            if chance.random() < 0.3:
                one["value_cny"] = str(whole * chance.randrange(2, 9))
            items.append(one)
        name, kind = chance.choice(words.DONORS)
        donor: Fields = {"name": name, "kind": kind}
        if kind == "individual":  # a description, nobody in particular
            donor |= {"consent": {"status": "not_needed", "audience": "public"}}
        fields: Fields = {
            "date": f"{day}~" if number % 8 == 5 else str(day),
            "donor": donor | ({"anonymous": "true"} if number % 6 == 4 else {}),
            "via": there[:1],
            "recipient": words.PLACE,
            "items": items,
            "distributions": gone[: chance.randrange(0, 3)],
            "occasion": chance.choice(
                ("入冬前的一车东西", "雨季备用", "给读书角", "食堂缺什么送什么")
            ),
            "summary": f"{chance.choice(words.BYSTANDERS)}也来搭手，当面清点，记在本子上。",
        }
        yield f"gift-{number + 1:04d}", without_nothing(fields)


def stories(plan: Plan, team: Sequence[tuple[str, Fields]]) -> Iterator[tuple[str, Fields]]:
    """One in so many days, with every state of consent in turn."""
    for number, day in enumerate(map(plan.day, range(1, plan.days, _STORY_EVERY))):
        chance = plan.chance("story", number)
        there = [id for id, one in team if was_there(one, day)]
        status, audience = _CONSENTS[number % len(_CONSENTS)]
        display = _DISPLAYS[number % len(_DISPLAYS)]
        place = _somewhere(chance)
        tale = chance.choice(words.TALES).format(place=place)
        fields: Fields = {
            "date": str(day),
            "title": f"{place}的一段话",
            "teller": {
                "name": f"讲述者{number + 1}（虚构）" if display != "anonymous" else None,
                "kind": chance.choice(("居民", "家属", "租客", "学生")),
                "display": display,
            },
            "recorded_by": there[:1],
            "consent": {
                "status": status,
                "audience": audience,
                "date": str(day),
                "note": "虚构的讲述者，虚构的同意。",
            },
            "text": f"{tale}\n\n{chance.choice(words.TALE_ENDS)}",
        }
        fields["teller"] = without_nothing(fields["teller"])
        yield f"story-{number + 1:04d}", without_nothing(fields)


def sources(plan: Plan, entries: Sequence[tuple[str, Fields]]) -> Iterator[tuple[str, Fields]]:
    """A report for each month, whose figures agree with the records, exceed or contradict them."""
    counted: dict[str, int] = {}
    by_month: dict[str, list[Fields]] = {}
    for id, entry in entries:
        by_month.setdefault(id[:7], []).append(entry)
    for number, (month, own) in enumerate(by_month.items()):
        for figure in (one for entry in own for one in entry.get("figures", ())):
            counted[figure["measure"]] = counted.get(figure["measure"], 0) + _least(figure)
        first = date.fromisoformat(f"{month}-01")
        last = min(last_of_month(first), plan.last_day)
        fields: Fields = {
            "title": f"互助队月报（{first.year}年{first.month}月，虚构）",
            "publisher": words.ORGANISATION,
            "date": str(last),
            "kind": _SOURCES[number % len(_SOURCES)],
            "note": words.FICTION,
            "claims": list(_claims(plan.chance("source", number), counted, last)),
        }
        yield f"report-{month}", without_nothing(fields)


def _claims(chance: random.Random, counted: Mapping[str, int], last: date) -> Iterator[Fields]:
    """What a report says of some sums until its day."""
    summed = [one for task in words.TASKS for one in task.measures if one.aggregate == "sum"]
    known = [one for one in summed if one.id in counted]
    for one in chance.sample(known, min(2, len(known))):
        yield {
            "measure": one.id,
            "value": _claimed(chance, counted[one.id]),
            "as_of": str(last),
            "quote": f"到月底，{one.label}的数目如上。",
        }


def _somewhere(chance: random.Random) -> str:
    return chance.choice(list(words.PLACES.values()))


def was_there(member: Fields, day: date) -> bool:
    """Whether a member was in the team that day."""
    joined, left = member.get("joined", ""), member.get("left", "9999")
    return str(joined) <= str(day) <= str(left)


def amount(chance: random.Random, value: int) -> Any:
    """A number as people write it: mostly exact, else about, more than, less than, between."""
    forms: tuple[Any, ...] = (
        f"约{value}", f"{value}多", f"{value}余", f"近{value}", f"{value}-{value + 1 + value // 5}",
        {"value": str(value), "qualifier": "at_least"},
    )  # fmt: skip
    return str(value) if chance.random() < 0.7 else chance.choice(forms)


def _least(figure: Fields) -> int:
    value = figure["value"]
    text = value["value"] if isinstance(value, dict) else str(value).partition("-")[0]
    return int(text.strip("约多余近"))


def _claimed(chance: random.Random, total: int) -> str:
    return chance.choice((str(total), f"约{total}", f"{total + total // 20 + 1}", f"{total}多"))


def without_nothing(fields: Fields) -> Fields:
    """Only the fields that say something."""
    return {name: one for name, one in fields.items() if one not in (None, [], {})}


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
