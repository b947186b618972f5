"""What is wrong with one page or style sheet of a finished site: problems AUD001 to AUD004.

Enter: the site, and the page's bytes. Leave: problems; and in the page, the anchors of other pages
that it leads to, which only those can tell.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.publish.finished_site import FinishedSite, Page

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
CODES = (AUD001, AUD002, AUD003, AUD004)

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
_IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_INNER_SCHEMES = ("", "data")
_LINK_SCHEMES = ("http", "https", "mailto", "tel")
_MOST_LEADS = 5000  # elements of a folder that are remembered


def page_faults(
    site: FinishedSite, page: Page, content: bytes, new: bytes | None
) -> Iterator[Problem]:
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
        yield from style_faults(site, page, unescape(css))


def _element(site: FinishedSite, page: Page, name: bytes, written: bytes) -> Iterator[Problem]:
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


def _link(site: FinishedSite, page: Page, url: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    if parts.scheme in _LINK_SCHEMES:
        return
    if parts.scheme or parts.netloc or _is_dead(site, page, url):
        yield problem(AUD002, Place(page.name), url=url)


def _is_dead(site: FinishedSite, page: Page, url: str) -> bool:
    parts = urlsplit(url)
    return site.leads_nowhere(page, url, unquote(parts.path), unquote(parts.fragment))


def missing_essentials(name: str, content: bytes) -> Iterator[Problem]:
    """AUD003 for a page that does not say its language, or has no title."""
    start = content[:_START]
    if not _LANGUAGE.search(start):
        yield problem(AUD003, Place(name), what_zh="语言", what_en="language")
    if not any(title.decode("utf-8", "replace").strip() for title in _TITLE.findall(start)):
        yield problem(AUD003, Place(name), what_zh="标题", what_en="title")


def style_faults(site: FinishedSite, page: Page, css: str) -> Iterator[Problem]:
    """What a style sheet, or a piece of one, loads."""
    for address, imported in _IN_CSS.findall(_COMMENTS.sub("", css)):
        url = (address or imported).strip()
        if not url.startswith("#"):
            yield from _loaded(site, page, url)


def _loaded(site: FinishedSite, page: Page, url: str) -> Iterator[Problem]:
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
