"""The archive's own words about a photograph, as an XMP packet to be put into a finished file.

Caption, credit, rights and alternative text enter as plain text; a small XML packet leaves, or
nothing. Nothing of the original's own metadata ever passes through here.
"""

import re
from xml.sax.saxutils import escape

from generator.photos.plan import Recipe

LONGEST_TEXT = 2000
"""Characters of one text that go into a file: four of them must fit into one JPEG segment
(XMP specification, part 3: 65 502 bytes); IPTC gives a caption as many."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
)
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_END = '<?xpacket end="r"?>'


def xmp_packet(recipe: Recipe) -> bytes:
    """The XMP packet (ISO 16684-1) of a recipe's caption, credit, rights and alternative text.

    The credit is both the creator (dc:creator) and the line to print (photoshop:Credit).

    Returns:
        UTF-8 XML of at most 65 000 bytes; empty where all four texts are.
    """
    caption, credit, rights, alt = map(
        _text, (recipe.caption, recipe.credit, recipe.rights, recipe.alt)
    )
    properties = [
        _in_a_language("dc:description", caption),
        _wrapped("dc:creator", "Seq", "rdf:li", credit),
        _wrapped("photoshop:Credit", "", "", credit),
        _in_a_language("dc:rights", rights),
        _in_a_language("Iptc4xmpCore:AltTextAccessibility", alt),
    ]
    if not any(properties):
        return b""
    names = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES)
    packet = (
        f'{_BEGIN}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{names}>'
        f'<rdf:Description rdf:about="">{"".join(properties)}</rdf:Description>'
        f"</rdf:RDF></x:xmpmeta>{_END}"
    )
    return packet.encode("utf-8")


def _text(written: str) -> str:
    # XML 1.0 (section 2.2) has no way at all to write control characters or lone surrogates.
    text = _NOT_IN_XML.sub("", written).strip()
    shortened = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    return escape(shortened)


def _in_a_language(name: str, text: str) -> str:
    # A text that may have translations (ISO 16684-1, 8.2.2.4): ours is the default one.
    return _wrapped(name, "Alt", 'rdf:li xml:lang="x-default"', text)


def _wrapped(name: str, container: str, item: str, text: str) -> str:
    if not text:
        return ""
    if not container:
        return f"<{name}>{text}</{name}>"
    close = item.split()[0]
    return f"<{name}><rdf:{container}><{item}>{text}</{close}></rdf:{container}></{name}>"
