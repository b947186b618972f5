"""Texts that say how many: languages that tell one from several have a text for each.

Texts and a count enter, a text leaves. Of the language nothing is known but its texts.
"""

import re
from collections.abc import Mapping

_TAG = re.compile("<[^>]*>")


def text_for(texts: Mapping[str, str], key: str, n: object) -> str:
    """The text of a key for that many: `<key>_one` where the count is 1 and there is such a text.

    `n` is a number, or a number in digits with HTML around it. Raises KeyError for a missing key.
    """
    one = n == 1 or (isinstance(n, str) and _TAG.sub("", n) == "1")
    return texts.get(f"{key}_one", texts[key]) if one else texts[key]
