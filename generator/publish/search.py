"""The search index: entries come in, the scripts that `assets/search.js` reads leave.

Every pair of neighbouring characters is indexed with all its positions, so that any run of
characters is found exactly and no dictionary of words is needed. Pairs are kept in order and cut
into small scripts; a reader's browser loads the few its query needs, then the entries it shows.
Scripts, because a page opened from a folder may load nothing else.

The index is kept in volumes of some thousand entries. A volume is named by its content: one new
entry makes one volume anew, and a browser never mixes two states of the index.

This module never decides what may be published and never sorts: entries rank as they are given.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter, sub
from pathlib import Path
from typing import NamedTuple, TypeVar
from zlib import crc32

from generator.publish.copies import Begun, useful_copies

Item = TypeVar("Item")

FOLDER = "search"
"""Where the index lies, relative to the site's root; `assets/search.js` looks for it there."""

FORMAT = "3"
"""Goes into every volume's name: to be raised with any change of what a volume's files hold."""

VOLUME_ENTRIES = (1024, 4096)
"""A volume ends at the first entry past the lower number whose address says so, one address in
1,024, or at the upper number: an entry put in the middle moves no other volume's end."""

PAIRS_BYTES = 6_000
"""Size at which a script of pairs is closed; the positions of one pair are never divided."""

ENTRIES_BYTES = 5_000
"""Size at which a script of entries is closed; twenty results may need twenty of them."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SIGNS = "!#$()*+,-.:;=?[]^_{|}~"
"""A number is written as any number of signs (base 22) closed by one letter (base 52).

Letters seldom stand side by side and digits never occur, so no name, date or number that was
withheld from the site seems to appear in the index by chance; nor does any escape, which would
have to be undone to see what it says.
"""

WIDE = "\u2e80-\U0010ffff"
"""Characters of scripts written without spaces, Chinese above all, as a regular expression's set.

A space beside one comes from a wrapped line or from layout (李　辉) and does not count.
"""

_WORTH_A_PROCESS = 400  # entries, below which it takes longer to make a process
_SPACE_BESIDE_WIDE = re.compile(f" (?=[{WIDE}])|(?<=[{WIDE}]) ")


class SearchEntry(NamedTuple):
    """One thing a reader can find, in plain text; nothing in it is markup."""

    url: str
    """Address relative to the site's root."""
    kind: str
    """Machine word for what it is (day, member, ...); the page shows it in the reader's words."""
    title: str
    """What the result is called; a match here comes before a match in the text."""
    date: str = ""
    """The date in words, or nothing; found and ranked like the title."""
    text: str = ""
    """Everything else that is said: searched, and quoted from."""
    thumbnail: str = ""
    """Address of a small picture relative to the site's root, or nothing."""
    aliases: tuple[str, ...] = ()
    """Further strings that find it, such as 3月4日, 2020-03-04 or an id; never shown."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A run of entries that are indexed together."""

    name: str
    """Twelve hexadecimal digits, a digest of the entries: equal names, equal files."""
    entries: tuple[SearchEntry, ...]
    """The entries in the order given."""


class Group(NamedTuple):
    """The pairs that begin with one character, or some of them where they are many."""

    first: str
    """The character they begin with."""
    seconds: str
    """For each position the character that follows; just one where it is always the same."""
    distances: str
    """The positions in the stream in order, each written as the distance to the one before."""


class Tally(NamedTuple):
    """How often a common character stands in the entries: asked for alone, it needs no places."""

    character: str
    entries: str
    """The entries that have it in order, each written as the distance to the one before."""
    times: str
    """For each of them twice how often, and one more when it also stands before the text."""


class _Folding(dict[int, str]):
    """What each character is compared as, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(point)).lower()
        self[point] = "".join(map(_seen, plain))
        return self[point]


class _Codes(dict[int, str]):
    """Numbers from 0 as they are written in the index; the small ones are remembered."""

    def __missing__(self, number: int) -> str:
        rest, last = divmod(number, len(LETTERS))
        code = LETTERS[last]
        while rest:
            rest, sign = divmod(rest, len(SIGNS))
            code = SIGNS[sign] + code
        if number < 50_000:
            self[number] = code
        return code


def _seen(character: str) -> str:
    """Return the character, a space for anything blank, nothing for a format character."""
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category[0] == "Z" or category == "Cc" else character


_FOLDING = _Folding()
_CODES = _Codes()


def fold(text: str) -> str:
    """Return the text as it is compared: width, case, spacing and invisible signs made equal.

    NFC, then every character by itself to NFKC (Unicode Standard Annex 15) and lower case, so
    that each folded character comes from one original and can be marked in it. Lower case and
    not case folding, because JavaScript has only the former.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).translate(_FOLDING).split())
    return _SPACE_BESIDE_WIDE.sub("", folded)


def volumes(entries: Iterable[SearchEntry]) -> Iterator[Volume]:
    """Divide the entries, in order, into named volumes."""
    least, most = VOLUME_ENTRIES
    held: list[SearchEntry] = []
    for entry in entries:
        held.append(entry)
        ends = crc32(entry.url.encode()) % 1024 == 0
        if len(held) == most or (ends and len(held) >= least):
            yield Volume(_digest(held), tuple(held))
            held = []
    if held:
        yield Volume(_digest(held), tuple(held))


def volume_files(volume: Volume) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one volume: names relative to `FOLDER`, contents in UTF-8.

    The volume's `index.js` comes last, so that a folder with one is complete.
    """
    heads = ["\n".join(map(fold, (e.title, *e.aliases, e.date))) + "\n" for e in volume.entries]
    bodies = [fold(entry.text) + "\n" for entry in volume.entries]
    stream = "".join(chain.from_iterable(zip(heads, bodies, strict=True)))

    firsts = []
    for number, batch in enumerate(_batches(_groups(stream), _size_of_group, PAIRS_BYTES)):
        firsts.append(batch[0].first + min(batch[0].seconds))
        yield _script(f"{volume.name}/pairs-{number}", _json(batch))

    characters = []
    for number, some in enumerate(_batches(_tallies(heads, bodies), _size_of_tally, PAIRS_BYTES)):
        characters.append(some[0].character)
        yield _script(f"{volume.name}/characters-{number}", _json(some))

    counts = []
    rows = map(_row, volume.entries)
    for number, lines in enumerate(_batches(rows, lambda row: len(row.encode()), ENTRIES_BYTES)):
        counts.append(len(lines))
        yield _script(f"{volume.name}/entries-{number}", "[" + ",\n".join(lines) + "]")

    contents = {
        "heads": _written(map(len, heads)),
        "bodies": _written(map(len, bodies)),
        "pairs": firsts,
        "characters": characters,
        "entries": _written(counts),
    }
    yield _script(f"{volume.name}/index", _json(contents))


def contents_file(listed: Iterable[Volume]) -> tuple[str, bytes]:
    """Return the one file whose name never changes: it lists the volumes in order."""
    return _script("index", _json([volume.name for volume in listed]))


def index_files(entries: Iterable[SearchEntry]) -> Iterator[tuple[str, bytes]]:
    """Yield the whole index: file names relative to `FOLDER`, contents in UTF-8.

    The same entries give the same bytes.
    """
    wanted = list(volumes(entries))
    for volume in wanted:
        yield from volume_files(volume)
    yield contents_file(wanted)


def begin_index(
    wanted: Sequence[Volume], folder: Path, there: Set[str] = frozenset(), jobs: int = 0
) -> Begun[None]:
    """Begin to write the index into a folder, without the volumes that are `there` already.

    Copies of this process write volumes at once, where there is enough to be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lacking = [volume for volume in wanted if volume.name not in there]

    def write_volume(volume: Volume) -> None:
        (folder / volume.name).mkdir()
        _write(volume_files(volume), folder)

    _write([contents_file(wanted)], folder)
    worth = sum(len(volume.entries) for volume in lacking) >= _WORTH_A_PROCESS
    copies = useful_copies(len(lacking) + 1, jobs) if worth else 0  # this one does something else
    return Begun(write_volume, lacking, copies=copies)


def _write(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    for name, content in files:
        (folder / name).write_bytes(content)


def _digest(entries: Sequence[SearchEntry]) -> str:
    digest = hashlib.sha256(FORMAT.encode())
    for e in entries:
        fields = (e.url, e.kind, e.title, e.date, e.text, e.thumbnail, *e.aliases)
        digest.update(("\0".join(fields) + "\0\0").encode())
    return digest.hexdigest()[:12]


def _groups(stream: str) -> Iterator[Group]:
    """Yield the pairs of the stream by their first character, in code point order.

    A line end closes each field: a pair may end in one, so that a field's last character is
    found by itself, but none begins with one, so that no phrase runs from field to field.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, first in enumerate(stream):
        places[first].append(position)
    places.pop("\n", None)
    following = stream[1:] + "\n"
    for first in sorted(places):
        positions = places.pop(first)
        # Position 0 is asked for as well because itemgetter with a single one gives no tuple.
        seconds = itemgetter(0, *positions)(following)[1:]
        if not _is_common(len(positions)):
            yield Group(first, "".join(seconds), _distances(positions))
        else:
            yield from _divided(first, positions, seconds)


def _divided(first: str, positions: list[int], seconds: Sequence[str]) -> Iterator[Group]:
    """Yield a common first character's pairs in several groups, by their second character."""
    by_second = sorted(range(len(seconds)), key=seconds.__getitem__)
    counts = sorted(Counter(seconds).items())
    start = 0
    for batch in _batches(counts, lambda item: item[1] * 5, PAIRS_BYTES):
        end = start + sum(count for _, count in batch)
        chosen = sorted(by_second[start:end])
        found = "".join(seconds[i] for i in chosen) if len(batch) > 1 else batch[0][0]
        yield Group(first, found, _distances([positions[i] for i in chosen]))
        start = end


def _is_common(times: int) -> bool:
    """Whether the pairs that begin with a character fill more than one script."""
    return times * 5 > PAIRS_BYTES


def _tallies(heads: Sequence[str], bodies: Sequence[str]) -> Iterator[Tally]:
    """Yield the common characters of a volume in code point order."""
    counted = Counter("".join(chain(heads, bodies)))
    counted.pop("\n", None)
    for character in sorted(one for one, times in counted.items() if _is_common(times)):
        before, within = (map(str.count, texts, repeat(character)) for texts in (heads, bodies))
        times = [2 * (head + body) + (head > 0) for head, body in zip(before, within, strict=True)]
        entries = [entry for entry, number in enumerate(times) if number]
        yield Tally(character, _distances(entries), _written(filter(None, times)))


def _size_of_tally(tally: Tally) -> int:
    return 12 + len(tally.entries) + len(tally.times)


def _size_of_group(group: Group) -> int:
    return 12 + 3 * len(group.seconds) + len(group.distances)


def _distances(positions: list[int]) -> str:
    return _written(map(sub, positions, chain((0,), positions)))


def _written(numbers: Iterable[int]) -> str:
    return "".join(map(_CODES.__getitem__, numbers))


def _batches(
    items: Iterable[Item], size: Callable[[Item], int], limit: int
) -> Iterator[list[Item]]:
    """Cut items, in order, into batches that stay within the limit unless one item exceeds it."""
    batch: list[Item] = []
    filled = 0
    for item in items:
        filled += size(item)
        if batch and filled > limit:
            yield batch
            batch, filled = [], size(item)
        batch.append(item)
    if batch:
        yield batch


def _row(entry: SearchEntry) -> str:
    shown = (entry.title, entry.date, entry.text)
    title, date, text = (" ".join(unicodedata.normalize("NFC", part).split()) for part in shown)
    return _json([entry.url, entry.kind, title, date, text, entry.thumbnail])


def _script(name: str, literal: str) -> tuple[str, bytes]:
    return f"{name}.js", f'chronicleSearch.part("{name}",{literal});\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
