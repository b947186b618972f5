"""The activities of the fictional archive with their photographs, as mappings of plain text.

Enter: a `Plan` and the team. Leave: an activity for each day. Pure.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from generator.demo import vocabulary as words
from generator.demo.records import (
    Fields,
    Plan,
    amount,
    last_of_month,
    was_there,
    without_nothing,
)

_HOURS = (7, 21)


def activities(plan: Plan, team: Sequence[tuple[str, Fields]]) -> Iterator[tuple[str, Fields]]:
    """One for each day; now and then the day is not certain, or it is several."""
    for number in range(plan.days):
        chance = plan.chance("activity", number)
        day = plan.day(number)
        task = words.TASKS[number % 3] if number < 3 else chance.choice(words.TASKS)
        there = [id for id, one in team if was_there(one, day)]
        some = chance.sample(there, min(len(there), chance.randrange(2, 6)))
        place = chance.choice(sorted(words.PLACES))
        fields: Fields = {
            "date": _when(day, number),
            "time": f"{chance.randrange(*_HOURS):02d}:{chance.choice((0, 15, 30)):02d}",
            "title": chance.choice(task.titles),
            "task": task.id,
            "members": "all" if chance.random() < 0.08 else some,
            "reported_by": some[:1],
            "place": place,
            "summary": _summary(chance, task, place),
            "figures": [_figure(chance, one) for one in task.measures],
            "quotes": [_quote(chance, some) for _ in range(chance.choice((0, 0, 1, 2)))],
            "photos": list(_photos(plan, number, chance, place, some, task)),
            "sources": [f"report-{day:%Y-%m}"] if day.day > 7 else [],
            "tags": [task.label],
            "visibility": "internal" if number % 40 == 39 else None,
        }
        yield f"{day}-{task.id}", without_nothing(fields)


def _when(day: date, number: int) -> str:
    """The day as it would be remembered: mostly certain."""
    month = f"{day:%Y-%m}"
    last = last_of_month(day).day
    if number % 23 == 7:
        return f"{day}~"
    if number % 29 == 11:
        return f"{month}-XX"
    if number % 31 == 13:
        return f"[{month}-01..{month}-{last}]"
    if number % 37 == 17:
        return f"{day}/{day + timedelta(days=2)}"
    return str(day)


def _summary(chance: random.Random, task: words.Task, place: str) -> str:
    name = words.PLACES[place]
    opening = chance.choice(words.OPENINGS).format(weather=chance.choice(words.WEATHER), place=name)
    places = (name, chance.choice(list(words.PLACES.values())))
    deeds = "；".join(
        deed.format(place=one)
        for deed, one in zip(chance.sample(task.deeds, 2), places, strict=True)
    )
    closing = chance.choice(words.CLOSINGS).format(who=chance.choice(words.BYSTANDERS))
    return f"{opening}{deeds}。\n\n{closing}"


def _figure(chance: random.Random, measure: words.Measure) -> Fields:
    value = chance.randrange(measure.usual // 2, measure.usual * 3 // 2 + 1)
    return {"measure": measure.id, "value": amount(chance, value)}


def _quote(chance: random.Random, people: Sequence[str]) -> Fields:
    by = chance.choice((*people, *words.BYSTANDERS))
    return {"by": by, "text": chance.choice(words.SAYINGS)}


def _photos(
    plan: Plan,
    number: int,
    chance: random.Random,
    place: str,
    people: Sequence[str],
    task: words.Task,
) -> Iterator[Fields]:
    """The photographs of a day: some not held, some with a box to cover, some ill described."""
    day = plan.day(number)
    for shot in range(plan.photos_per_day):
        total = number * plan.photos_per_day + shot
        caption = f"{words.PLACES[place]}，{task.label}的时候（虚构）。"
        photo: Fields = {
            "id": "opening" if total == 0 else None,
            "file": f"{day:%Y/%m/%d}-{shot + 1}.jpg",
            "caption": caption,
            "alt": f"程序画的图：房屋前站着几个人，近处一棵树，第{shot + 1}幅。",
            "credit": "程序绘制",
            "rights": "CC0-1.0",
            "taken": str(day),
            "place": place,
            "people": list(people[:2]),
            "event": chance.choice(task.titles),
            "background": "画面是程序画的，不是照片。",
        }
        if total % 25 == 24:
            photo |= {"file": None, "pending": "true"}
        if total % 11 == 5:
            photo["focus"] = ["0.5", "0.7"]
        if total % 19 == 9:
            photo["redact"] = [["0.4", "0.8", "0.1", "0.08"]]
        if total % 13 == 6:
            photo |= {"people": [], "event": None, "background": None}
        yield without_nothing(photo)
