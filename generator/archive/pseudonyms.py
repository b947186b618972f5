"""Pseudonyms of members: 组员甲, 组员乙 and so on, and ids to match. Pure.

Enter: the members whom an audience sees without their names, in the order of the team. Leave: a
name and an id for each. They are numbered among themselves, so that no gap tells of anybody else;
a member's own `pseudonym` comes first and never changes, whoever joins the team.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

from generator.archive.masking import StandIn
from generator.kinds.member import Member

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LATIN = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin", "ren", "gui")
SOMEBODY_OF_THE_TEAM = StandIn("某组员", "mou-zuyuan")
SOMEBODY = StandIn("某人", "mou-ren")
UNNAMED_DONOR = StandIn("不具名者", "bu-ju-ming")


def pseudonym(number: int) -> str:
    """A stand-in for the name of the member of this number (0-based)."""
    return f"组员{_STEMS[number]}" if number < len(_STEMS) else f"组员{number + 1}"


def pseudonym_id(name: str) -> str:
    """An id to match a pseudonym; it tells no more than the pseudonym does."""
    if name[:2] == "组员" and name[2:] in _STEMS and len(name) == 3:
        return f"zuyuan-{_LATIN[_STEMS.index(name[2:])]}"
    if numbered := re.fullmatch("组员([0-9]+)", name):
        return f"zuyuan-{numbered[1]}"
    return f"zuyuan-{hashlib.sha256(name.encode('utf-8')).hexdigest()[:8]}"


def pseudonyms(members: Sequence[Member], taken: Iterable[str]) -> dict[str, StandIn]:
    """A stand-in for each member, by id; no pseudonym or id among `taken` is used."""
    used = {*taken, *filter(None, (one.pseudonym for one in members))}
    found = {}
    number = 0
    for member in members:
        name = member.pseudonym
        while name is None:
            made = pseudonym(number)
            number += 1
            if made not in used and pseudonym_id(made) not in used:
                name = made
        found[member.id] = StandIn(name, pseudonym_id(name))
    return found
