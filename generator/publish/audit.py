"""Looks at a finished site as its readers' browsers would: nothing from outside, no dead link,
nothing that its audience may not read.

Enter: the site's folder, what is withheld, and what an earlier look can vouch for. Leave: problems
AUD001-AUD006 by file. Reads every other file; writes nothing.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.archive.withheld import Secret
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.publish.copies import in_copies
from generator.publish.known_tags import KnownTags
from generator.publish.leaks import CODES as OF_LEAKS
from generator.publish.leaks import Leaks
from generator.publish.of_years import consists_of, years_of_files
from generator.publish.search import FOLDER as SEARCH

AUD001 = Code(
    "AUD001",
    Severity.ERROR,
    Bilingual("网页要从外网取东西", "A page loads something from outside"),
    Bilingual("这一页会从外网取 {url}。", "this page would load {url}."),
    Bilingual(
        "把它放进项目里，改用相对地址。", "put it into the project and use a relative address."
    ),
    Bilingual(
        "内网里没有外网，读者的访问也不该告诉别人。",
        "There may be no internet, and nobody else should learn what is read.",
    ),
)
AUD002 = Code(
    "AUD002",
    Severity.ERROR,
    Bilingual("链接没有去处", "A link that leads nowhere"),
    Bilingual("链接 {url} 没有去处。", "link {url} leads nowhere."),
    Bilingual("改正地址，或补上它指的页面。", "correct the address, or add the page it means."),
    Bilingual("网站的每个链接都要有去处。", "Every link of the site has to lead somewhere."),
)
AUD003 = Code(
    "AUD003",
    Severity.ERROR,
    Bilingual("页面缺少标题或语言", "A page without title or language"),
    Bilingual("这一页没有{what_zh}。", "this page has no {what_en}."),
    Bilingual("检查主题的模板。", "look at the theme's templates."),
    Bilingual("读屏软件和搜索都靠它们。", "Screen readers and searches rely on them."),
)
AUD004 = Code(
    "AUD004",
    Severity.ERROR,
    Bilingual("图片没有替代文字", "A picture without alternative text"),
    Bilingual("图片 {url} 没有 alt。", "picture {url} has no alt."),
    Bilingual('写上 alt；纯装饰的写 alt=""。', 'write alt, or alt="" when it is decorative.'),
    Bilingual("看不见图的人靠它读图。", "Those who cannot see the picture read it there."),
)
CODES = (AUD001, AUD002, AUD003, AUD004, *OF_LEAKS)

_TAG = re.compile(
    rb"<(a(?:rea|udio)?|i(?:mg|mage|nput|frame)|s(?:cript|ource)|link|video|embed|object|track|use)"
    rb"""(?=[\s/>])([^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*)>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([a-z][a-z:-]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""", re.IGNORECASE
)
_PLAIN_LINK = re.compile(
    rb"""(?:\s(?:class|rel)="[^"]*+")*\shref="(?!//)(([\w./-]*+)(?:#([\w-]*+))?)"[^'=]*+"""
)
_LOADED = {
    **dict.fromkeys(("script", "iframe", "embed", "input", "track", "audio"), ("src",)),
    **dict.fromkeys(("img", "source"), ("src", "srcset")),
    **dict.fromkeys(("image", "use"), ("href", "xlink:href")),
    "video": ("src", "poster"),
    "object": ("data",),
    "link": ("href",),
}
"""By element, the attributes whose addresses a browser loads by itself."""
_LOADING_RELATIONS = {
    *("stylesheet", "icon", "manifest", "preload", "prefetch"),
    *("preconnect", "modulepreload", "dns-prefetch"),
}
_STYLED = (b'style="', b"<style")
_STYLES = re.compile(
    rb"<style\b[^>]*+>(.*?)</style>|<[a-z](?:[^<>\"]|\"[^\"]*\")*?\sstyle=\"([^\"]*+)\"",
    re.DOTALL | re.IGNORECASE,
)
_START = 12_000  # bytes in which a page says what it is
_LANGUAGE = re.compile(rb'<html\b[^>]*\blang="[a-z]')
_TITLE = re.compile(rb"<title>([^<]*)</title>")
_IDS = re.compile(rb'="(?:(?<=\sid=")|(?<=\sname="))([^"]*)"')
_IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]*)"')
_PAIRS = re.compile(f"{SEARCH}/[^/]*/pairs-[^/]*")
_HOME = "index.html"
_OUTSIDE = "../"
_INNER_SCHEMES = ("", "data")
_LINK_SCHEMES = ("http", "https", "mailto", "tel")


_AT_ONCE = 2_000_000  # bytes that a process takes at a time
_WORTH_A_PROCESS = 10_000_000  # bytes, below which a copy would be made in vain
_VOLUME = 1_500_000  # bytes as long to look at as a volume of the search index
_MOST_LEADS = 5000  # elements of a folder that are remembered


class Looked(NamedTuple):
    """A site in which an earlier audit found nothing, and what of it is in this one too."""

    folder: Path
    kept: Set[str]
    """Files, and folders of the search index, that have the same bytes."""
    searched: bool
    """Whether the same secrets were looked for."""


def audit(
    folder: Path, secrets: Sequence[Secret] = (), before: Looked | None = None, jobs: int = 0
) -> tuple[Problem, ...]:
    """Everything that is wrong with a finished site, by file; `secrets` occur nowhere.

    What `before` spares: kept files are not searched for the same secrets again, and their links
    are looked at again only where something that they may lead to is gone. `jobs` is the number of
    processes, 0 one for each core.
    """
    names = sorted(_files(str(folder)))
    site = _Site(folder, frozenset(names))
    leaks = Leaks(secrets, before.kept if before is not None and before.searched else frozenset())
    sound = before.kept if before is not None and _holds_all_of(site, before) else frozenset()

    def look_at(part: Sequence[str]) -> "_Findings":
        found = _Findings()
        for name in part:
            _look_at(site, leaks, name, found, linked=name not in sound)
        return found

    linking = [one for one in names if one.endswith((".html", ".css")) and one not in sound]
    read = sorted({*linking, *filter(leaks.concern, names)})
    weights = {name: site.size(name) for name in read}
    volumes = {one.rpartition("/")[0] for one in names if _PAIRS.fullmatch(one)}
    weights |= dict.fromkeys(sorted(filter(leaks.concern, volumes)), _VOLUME)
    worth = sum(weights.values()) >= _WORTH_A_PROCESS
    findings = in_copies(look_at, _parts(weights), jobs if worth else 1)
    problems = [one for found in findings for one in found.problems]
    problems += _missing_anchors(site, findings)
    leaking = [one for found in findings for one in found.leaks]
    ordered = dict.fromkeys(_by_file(problems))
    return (*ordered, *leaks.unjudged, *_by_file(leaking))


def _by_file(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda one: one.place.path)


def _parts(weights: Mapping[str, int]) -> list[list[str]]:
    """Names in parts of about the same weight, in order; first those that are a part alone."""
    alone, parts, held = list[list[str]](), list[list[str]](), 0
    for name, weight in weights.items():
        if weight >= _AT_ONCE // 2:
            alone.append([name])
            continue
        if not parts or held >= _AT_ONCE:
            parts.append([])
            held = 0
        parts[-1].append(name)
        held += weight
    return [*sorted(alone, key=lambda one: -weights[one[0]]), *parts]


def _holds_all_of(site: "_Site", before: Looked) -> bool:
    """Whether all that pages of the site before may lead to is there: every file, and every anchor
    of those that changed. Nothing leads to a volume of the search index; its script looks for it.
    """
    if not before.kept:
        return False
    old = _Site(before.folder, frozenset(_files(str(before.folder))))
    gone = [one for one in old.known - site.known if not one.startswith(f"{SEARCH}/")]
    changed = (one for one in old.known - before.kept if one.endswith(".html"))
    return not gone and all(old.ids(one) <= site.ids(one) for one in changed)


def _files(folder: str, above: str = "") -> Iterator[str]:
    """The names of all files below a folder, parted by slashes; folders that are links are none."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{above}{entry.name}/")
            elif entry.is_file():
                yield above + entry.name


class _Lead(NamedTuple):
    """A link's page (`""`: the one that it is on), its anchor there, and its address as written."""

    target: str
    anchor: str
    url: str


@dataclass(slots=True)
class _Findings:
    """What some files gave: faults, and what has to be compared with other files."""

    problems: list[Problem] = field(default_factory=list)
    leaks: list[Problem] = field(default_factory=list)
    wanted: list[tuple[str, _Lead]] = field(default_factory=list)
    """By page, anchors of other pages that it leads to."""
    anchors: dict[str, bytes] = field(default_factory=dict)
    """By page, its ids as they are written, parted by quotation marks."""


def _missing_anchors(site: "_Site", findings: Sequence[_Findings]) -> Iterator[Problem]:
    anchors = {name: ids for found in findings for name, ids in found.anchors.items()}
    wanted = [one for found in findings for one in found.wanted]
    missing = set[_Lead]()
    for target, leads in groupby(sorted({lead for _, lead in wanted}), key=attrgetter("target")):
        ids = anchors[target] if target in anchors else _ids(site.content(target))
        missing.update(lead for lead in leads if not _has(ids, lead.anchor))
    return (problem(AUD002, Place(name), url=lead.url) for name, lead in wanted if lead in missing)


def _has(ids: bytes, anchor: str) -> bool:
    """Whether an anchor is among the ids of a page, which may be written with escapes."""
    if b'"%s"' % anchor.encode("utf-8") in b'"%s"' % ids:
        return True
    return b"&" in ids and anchor in map(unescape, ids.decode("utf-8", "replace").split('"'))


def _look_at(site: "_Site", leaks: Leaks, name: str, found: _Findings, *, linked: bool) -> None:
    """Look at one file, or at a volume of the search index; at links only where `linked`."""
    if name not in site.known:
        found.leaks += leaks.in_volume(name, site.folder / name)
        return
    content, folder = site.content(name), name.rpartition("/")[0]
    new = site.tags.new_in(folder, content) if name.endswith(".html") else None
    problems = [*_problems_of(site, _Page(name, folder), content, new, found)] if linked else []
    searched = b"" if leaks.concern(name) and site.says_what_years_say(name, content) else content
    leaking = [*leaks.in_file(name, searched, new)]
    if new is not None and not problems and not leaking:
        site.tags.add(folder, new)
    found.problems += problems
    found.leaks += leaking


def _problems_of(
    site: "_Site", page: "_Page", content: bytes, new: bytes | None, found: _Findings
) -> Iterator[Problem]:
    """What is wrong with a page or a style sheet, but for leaks and anchors of other pages."""
    if page.name.endswith(".css"):
        yield from _styles(site, page, content.decode("utf-8", "replace"))
    if not page.name.endswith(".html"):
        return
    found.anchors[page.name] = ids = _ids(content if new is None else new)
    yield from _essentials(page.name, content)
    yield from _page(site, page, content, new)
    for lead in page.leads:
        if lead.target:
            found.wanted.append((page.name, lead))
        elif not _has(ids, lead.anchor):
            yield problem(AUD002, Place(page.name), url=lead.url)


def _ids(content: bytes) -> bytes:
    """Every id on a page, parted by quotation marks."""
    return b'"'.join(_IDS.findall(content))


@dataclass(frozen=True, slots=True)
class _Page:
    """A file that leads to others: its name, its folder's, and the anchors it leads to."""

    name: str
    folder: str
    leads: list[_Lead] = field(default_factory=list)


class _Site:
    """The names of a site's files, and what was found to be in order."""

    def __init__(self, folder: Path, known: frozenset[str]) -> None:
        self.folder = folder
        self.known = known
        self.root = self._root()
        self.tags = KnownTags()
        self._years = years_of_files(known)
        self.leads: dict[str, dict[tuple[bytes, bytes], _Lead]] = {}
        """By folder, elements that lead to anchors and are in order if those are there."""

    def content(self, name: str) -> bytes:
        """The bytes of a file of the site."""
        with open(f"{self.folder}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123
            return stream.read()

    def says_what_years_say(self, name: str, content: bytes) -> bool:
        """Whether all lines of a file stand in those of its years, which are searched too."""
        return name in self._years and consists_of(content, map(self.content, self._years[name]))

    def size(self, name: str) -> int:
        """The length of a file in bytes."""
        return os.stat(f"{self.folder}/{name}").st_size  # noqa: PTH116 - thousands of them

    def ids(self, name: str) -> set[bytes]:
        """Every id on a page, as written."""
        return {*_IDS.findall(self.content(name))}

    def _root(self) -> str:
        """The path under which the site is published, as its home page says; else `/`."""
        home = _CANONICAL.search(self.content(_HOME)) if _HOME in self.known else None
        if home is None:
            return "/"
        return urlsplit(unescape(home[1].decode("utf-8", "replace"))).path.removesuffix(_HOME)

    def leads_nowhere(self, page: _Page, url: str, path: str, anchor: str) -> bool:
        """Whether an address on a page, with that path and anchor, names no file.

        Whether there is the anchor is seen when the page that it names has been read.
        """
        target = self._target(page.folder, path) if path else page.name
        if target not in self.known:
            return True
        if anchor and target.endswith(".html"):
            page.leads.append(_Lead(target if path else "", anchor, url))
        return False

    def _target(self, folder: str, path: str) -> str:
        """A path from a folder, as the name of a file of the site; outside it, no name."""
        if path.startswith("/"):
            if not path.startswith(self.root):
                return _OUTSIDE
            path, parts = path.removeprefix(self.root), []
        else:
            parts = folder.split("/") if folder else []
        for part in path.split("/"):
            if part == "..":
                if not parts:
                    return _OUTSIDE
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return "/".join(parts)


def _page(site: _Site, page: _Page, content: bytes, new: bytes | None) -> Iterator[Problem]:
    """What is wrong with a page, of which only the tags in `new` were not looked at before."""
    tags = content if new is None else new
    leads = site.leads.setdefault(page.folder, {})
    for element in dict.fromkeys(_TAG.findall(tags)):
        if element in leads:
            page.leads.append(leads[element])
        else:
            before = len(page.leads)
            yield from _element(site, page, *element)
            if len(page.leads) > before and element[0] == b"a" and len(leads) < _MOST_LEADS:
                leads[element] = page.leads[-1]
    lower = tags.lower()
    for style in _STYLES.finditer(content) if any(one in lower for one in _STYLED) else ():
        css = (style[1] or style[2] or b"").decode("utf-8", "replace")
        yield from _styles(site, page, unescape(css))


def _element(site: _Site, page: _Page, name: bytes, written: bytes) -> Iterator[Problem]:
    """What is wrong with an element that loads or leads somewhere, of that name and attributes."""
    plain = _PLAIN_LINK.fullmatch(written) if name == b"a" else None
    if plain is not None:
        url, path, anchor = (one.decode("ascii") for one in plain.groups(b""))
        if site.leads_nowhere(page, url, path, anchor):
            yield problem(AUD002, Place(page.name), url=url)
        return
    tag, attributes = name.decode("ascii").lower(), _attributes(written)
    if tag in ("a", "area"):
        if "href" in attributes:
            yield from _link(site, page, attributes["href"])
        return
    if tag == "img" and "alt" not in attributes:
        yield problem(AUD004, Place(page.name), url=attributes.get("src", "")[:80])
    if tag == "link" and not _LOADING_RELATIONS & {*attributes.get("rel", "").lower().split()}:
        return
    for attribute in _LOADED[tag]:
        for url in _candidates(attributes.get(attribute, ""), attribute):
            yield from _loaded(site, page, url)


@lru_cache(4096)
def _attributes(written: bytes) -> dict[str, str]:
    """The attributes of an element, names in lower case."""
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(written.decode("utf-8", "replace"))
    }


def _link(site: _Site, page: _Page, url: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    if parts.scheme in _LINK_SCHEMES:
        return
    if parts.scheme or parts.netloc or _is_dead(site, page, url):
        yield problem(AUD002, Place(page.name), url=url)


def _is_dead(site: _Site, page: _Page, url: str) -> bool:
    parts = urlsplit(url)
    return site.leads_nowhere(page, url, unquote(parts.path), unquote(parts.fragment))


def _essentials(name: str, content: bytes) -> Iterator[Problem]:
    start = content[:_START]
    if not _LANGUAGE.search(start):
        yield problem(AUD003, Place(name), what_zh="语言", what_en="language")
    if not any(title.decode("utf-8", "replace").strip() for title in _TITLE.findall(start)):
        yield problem(AUD003, Place(name), what_zh="标题", what_en="title")


def _styles(site: _Site, page: _Page, css: str) -> Iterator[Problem]:
    """What a style sheet, or a piece of one, loads."""
    for address, imported in _IN_CSS.findall(_COMMENTS.sub("", css)):
        url = (address or imported).strip()
        if not url.startswith("#"):
            yield from _loaded(site, page, url)


def _loaded(site: _Site, page: _Page, url: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    if parts.scheme not in _INNER_SCHEMES or parts.netloc:
        yield problem(AUD001, Place(page.name), url=url)
    elif not parts.scheme and _is_dead(site, page, url):
        yield problem(AUD002, Place(page.name), url=url)


def _candidates(value: str, attribute: str) -> list[str]:
    """The addresses in the value of an attribute."""
    if attribute != "srcset":
        return [value.strip()] if value.strip() else []
    # A comma within an address is not followed by white space (HTML, section 4.8.4.2.1).
    return [one.split()[0].rstrip(",") for one in re.split(r",\s+", value) if one.split()]
