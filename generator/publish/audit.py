"""Looks at a finished site as its readers' browsers would: nothing from outside, no dead link,
nothing that its audience may not read.

Enter: the site's folder, and what is withheld. Leave: problems AUD001-AUD006 by file. Reads
every file; writes nothing.
"""

import re
from collections.abc import Iterator, Sequence, Set
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.archive.withheld import Secret
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.publish.leaks import CODES as OF_LEAKS
from generator.publish.leaks import leaks

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
    r"<(script|img|source|iframe|video|audio|embed|input|track|link|object|image|use|a|area)\b"
    r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([a-z][a-z:-]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""", re.IGNORECASE
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
_WITHIN = re.compile(r"""=\s*["']?\s*#""")
"""An address within the very page, which another page may lack."""
_STYLES = re.compile(
    r"<style\b[^>]*+>(.*?)</style>|<[a-z](?:[^<>\"]|\"[^\"]*\")*?\sstyle=\"([^\"]*+)\"",
    re.DOTALL | re.IGNORECASE,
)
_IDS = re.compile(r'\s(?:id|name)="([^"]*)"')
_IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_HOME = "index.html"
_OUTSIDE = "../"
_INNER_SCHEMES = ("", "data")
_LINK_SCHEMES = ("http", "https", "mailto", "tel")


def audit(
    folder: Path, secrets: Sequence[Secret] = (), cleared: Set[str] = frozenset()
) -> tuple[Problem, ...]:
    """Everything that is wrong with a finished site, sorted by file; `secrets` occur nowhere.

    Files in `cleared` are not searched for secrets again; links and pictures are looked at in all.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    known = frozenset(path.relative_to(folder).as_posix() for path in files)
    site = _Site(folder, known)
    problems: dict[Problem, None] = {}
    for name in sorted(known):
        if name.endswith(".html"):
            problems |= dict.fromkeys(_page(site, name))
        elif name.endswith(".css"):
            problems |= dict.fromkeys(_styles(site, name, site.text(name)))
    return (*problems, *leaks(folder, secrets, cleared))


class _Site:
    """The files of a site, and the anchors of its pages, read once each when asked for."""

    def __init__(self, folder: Path, known: frozenset[str]) -> None:
        self.folder = folder
        self.known = known
        self.root = self._root()
        self._anchors: dict[str, frozenset[str]] = {}
        self.sound: dict[str, set[tuple[str, str]]] = {}
        """By folder, elements that were found in order on one page, and so are on every other."""

    def text(self, name: str) -> str:
        """The text of a file of the site."""
        return (self.folder / name).read_text(encoding="utf-8")

    def _root(self) -> str:
        """The path under which the site is published, as its home page says; else `/`."""
        home = _CANONICAL.search(self.text(_HOME)) if _HOME in self.known else None
        return urlsplit(unescape(home[1])).path.removesuffix(_HOME) if home else "/"

    def anchors(self, name: str) -> frozenset[str]:
        """Every id on a page."""
        if name not in self._anchors:
            self._anchors[name] = frozenset(map(unescape, _IDS.findall(self.text(name))))
        return self._anchors[name]

    def leads_nowhere(self, page: str, url: str) -> bool:
        """Whether a relative address on a page names no file, or no anchor in it."""
        parts = urlsplit(url)
        target = self._target(page, unquote(parts.path)) if parts.path else page
        if target not in self.known:
            return True
        wanted = unquote(parts.fragment)
        return bool(wanted) and target.endswith(".html") and wanted not in self.anchors(target)

    def _target(self, page: str, path: str) -> str:
        """A path from a page, as the name of a file of the site; outside it, no name."""
        if path.startswith("/"):
            if not path.startswith(self.root):
                return _OUTSIDE
            path, parts = path.removeprefix(self.root), []
        else:
            parts = page.split("/")[:-1]
        for part in path.split("/"):
            if part == "..":
                if not parts:
                    return _OUTSIDE
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return "/".join(parts)


def _page(site: _Site, name: str) -> Iterator[Problem]:
    text = site.text(name)
    for what, given in _essentials(text):
        if not given:
            yield problem(AUD003, Place(name), what_zh=what[0], what_en=what[1])
    sound = site.sound.setdefault(name.rpartition("/")[0], set())
    for element in dict.fromkeys(_TAG.findall(text)):
        if element not in sound:
            tag, attributes = _read(*element)
            found = list(_element(site, name, tag, attributes))
            yield from found
            if not found and not _WITHIN.search(element[1]):
                sound.add(element)
    for style in _STYLES.finditer(text):
        yield from _styles(site, name, unescape(style[1] or style[2] or ""))


def _read(tag: str, attributes: str) -> tuple[str, dict[str, str]]:
    """An element that loads or leads somewhere, and its attributes, names in lower case."""
    values = {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(attributes)
    }
    return tag.lower(), values


def _element(site: _Site, name: str, tag: str, attributes: dict[str, str]) -> Iterator[Problem]:
    if tag in ("a", "area"):
        if "href" in attributes:
            yield from _link(site, name, attributes["href"])
        return
    if tag == "img" and "alt" not in attributes:
        yield problem(AUD004, Place(name), url=attributes.get("src", "")[:80])
    if tag == "link" and not _LOADING_RELATIONS & {*attributes.get("rel", "").lower().split()}:
        return
    for attribute in _LOADED[tag]:
        for url in _candidates(attributes.get(attribute, ""), attribute):
            yield from _loaded(site, name, url)


def _link(site: _Site, name: str, url: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    if parts.scheme in _LINK_SCHEMES:
        return
    if parts.scheme or parts.netloc or site.leads_nowhere(name, url):
        yield problem(AUD002, Place(name), url=url)


def _essentials(text: str) -> tuple[tuple[tuple[str, str], bool], ...]:
    start = text[:4000]
    return (
        (("语言", "language"), bool(re.search(r'<html\b[^>]*\blang="[a-z]', start))),
        (("标题", "title"), bool(re.search(r"<title>[^<]*\S[^<]*</title>", start))),
    )


def _styles(site: _Site, name: str, css: str) -> Iterator[Problem]:
    """What a style sheet, or a piece of one, loads."""
    for address, imported in _IN_CSS.findall(_COMMENTS.sub("", css)):
        url = (address or imported).strip()
        if not url.startswith("#"):
            yield from _loaded(site, name, url)


def _loaded(site: _Site, name: str, url: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    if parts.scheme not in _INNER_SCHEMES or parts.netloc:
        yield problem(AUD001, Place(name), url=url)
    elif not parts.scheme and site.leads_nowhere(name, url):
        yield problem(AUD002, Place(name), url=url)


def _candidates(value: str, attribute: str) -> list[str]:
    """The addresses in the value of an attribute."""
    if attribute != "srcset":
        return [value.strip()] if value.strip() else []
    # A comma within an address is not followed by white space (HTML, section 4.8.4.2.1).
    return [one.split()[0].rstrip(",") for one in re.split(r",\s+", value) if one.split()]
