"""Every name that an audience may not read, as a `Mask`.

Enter: the whole archive and what is visible of it. Leave: the names of members who are hidden or
shown under a pseudonym, of tellers and donors who are not to be named, and of people in what is
withheld; each with what stands in for it. Somebody who may be named somewhere may be named.
"""

from collections.abc import Callable, Iterator, Mapping, Set

from generator.archive.archive import Archive
from generator.archive.consent import Agreement
from generator.archive.masking import Mask, StandIn
from generator.archive.pseudonyms import SOMEBODY, SOMEBODY_OF_THE_TEAM, UNNAMED_DONOR
from generator.kinds.fields import Record
from generator.kinds.member import Member
from generator.values.names import looks_like_a_name


def hidden_names(
    archive: Archive,
    visible: Callable[[Record], bool],
    stand_ins: Mapping[str, StandIn],
    tellers: Set[str],
    rules: Agreement,
) -> Mask:
    """The mask of one audience; `stand_ins` are its members under a pseudonym, by id."""
    shown = frozenset(_shown(archive, visible, stand_ins, rules))
    hidden: dict[str, StandIn] = {}
    for member in archive.members:
        if not visible(member):
            stand_in = SOMEBODY_OF_THE_TEAM
        elif member.id in stand_ins:
            stand_in = stand_ins[member.id]
        else:
            continue
        for name in _names(member):
            hidden.setdefault(name, stand_in)
    for name in sorted(filter(looks_like_a_name, tellers)):
        hidden.setdefault(name, SOMEBODY)
    for name, stand_in in _others(archive, visible, rules):
        if looks_like_a_name(name):
            hidden.setdefault(name, stand_in)
    own = frozenset(one.text for one in archive.file.allow)
    names = {name: one for name, one in hidden.items() if name not in shown}
    return Mask(names, shown if names else frozenset(), own if names else frozenset())


def _names(member: Member) -> Iterator[str]:
    """Everything that a hidden member may be called, the id too where it tells the name."""
    yield from filter(None, (member.name, *member.aliases))
    yield member.id


def _shown(
    archive: Archive,
    visible: Callable[[Record], bool],
    stand_ins: Mapping[str, StandIn],
    rules: Agreement,
) -> Iterator[str]:
    """Names that this audience may read."""
    for member in archive.members:
        if visible(member) and member.id not in stand_ins:
            yield from filter(None, (member.name, *member.aliases))
    for gift in archive.donations:
        if visible(gift) and rules.donor(gift) and looks_like_a_name(gift.donor.name):
            yield gift.donor.name
    for story in archive.stories:
        named = story.teller.display == "named" and story.teller.name
        if named and visible(story) and rules.story(story):
            yield named


def _others(
    archive: Archive, visible: Callable[[Record], bool], rules: Agreement
) -> Iterator[tuple[str, StandIn]]:
    """Names of individual donors who are not to be named, and of people in withheld stories."""
    for gift in archive.donations:
        person = gift.donor.kind == "individual" or gift.donor.anonymous
        if person and not (visible(gift) and rules.donor(gift)):
            yield gift.donor.name, UNNAMED_DONOR
    for story in archive.stories:
        if story.teller.name and not visible(story):
            yield story.teller.name, SOMEBODY
