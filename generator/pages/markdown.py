"""Markdown of records to safe HTML.

Enter: untrusted Markdown. Leave: HTML with only the elements listed here (nh3). Never lets a
script, style, event handler or `javascript:` address through.
"""

import re
from functools import cache, lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup

from generator.values.text import is_plain

_ALLOWED = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "code",
    "hr",
    "h3",
    "h4",
}
_ATTRIBUTES = {"a": {"href", "title"}}
_SCHEMES = {"http", "https", "mailto"}
_WIDE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—"
_BREAK_IN_CHINESE = re.compile(f"(?<=[{_WIDE}])\n(?=[{_WIDE}])")


@cache
def _converter() -> Markdown:
    return Markdown(extensions=["sane_lists"], output_format="html")


@lru_cache(maxsize=4096)
def to_html(text: str) -> Markup:
    """The HTML of one record text; lines broken inside Chinese are joined without a gap."""
    joined = _BREAK_IN_CHINESE.sub("", text)
    if is_plain(text):
        paragraphs = joined.replace("\n\n", "</p>\n<p>")
        return Markup(f"<p>{paragraphs}</p>")
    raw = _converter().reset().convert(joined)
    return Markup(nh3.clean(raw, tags=_ALLOWED, attributes=_ATTRIBUTES, url_schemes=_SCHEMES))
