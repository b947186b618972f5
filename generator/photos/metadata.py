"""The archive's own words about a photograph, as XMP and IPTC blocks for a finished file.

Caption, credit, rights and alternative text enter as plain text; a small XML packet leaves, and
for JPEG the older block of IPTC that many programs of picture desks still read, or nothing.
Nothing of the original's own metadata ever passes through here.
"""

import hashlib
import re
import struct
from html import escape

from generator.photos.plan import Recipe

LONGEST_TEXT = 2000
"""Characters of one text that go into a file: four of them must fit into one JPEG segment
(XMP specification, part 3: 65 502 bytes); IPTC gives a caption as many."""

_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC, _IPTC_DIGEST = 0x0404, 0x0425
_UTF8 = b"\x1b%G"
# IPTC-IIM 4.2, chapter 6: number and greatest length in octets of each dataset of record 2.
_CAPTION, _BY_LINE, _CREDIT, _COPYRIGHT = (120, 2000), (80, 32), (110, 32), (116, 128)

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


def iptc_block(recipe: Recipe) -> bytes:
    """Caption, credit and rights as a JPEG file's APP13 payload (IPTC-IIM 4.2, in UTF-8).

    IPTC gives most texts few octets; what does not fit ends in an ellipsis here and stands whole
    in XMP. The digest says that both were written together, so that readers prefer XMP
    (Metadata Working Group, Guidelines 2.0, 3.3).

    Returns:
        At most 4 000 bytes; empty where all three texts are.
    """
    datasets = [
        _dataset(2, number, _octets(_plain(text), length))
        for (number, length), text in (
            (_BY_LINE, recipe.credit),
            (_CREDIT, recipe.credit),
            (_COPYRIGHT, recipe.rights),
            (_CAPTION, recipe.caption),
        )
        if _plain(text)
    ]
    if not datasets:
        return b""
    record = _dataset(1, 90, _UTF8) + _dataset(2, 0, b"\0\4") + b"".join(datasets)
    digest = hashlib.md5(record, usedforsecurity=False).digest()
    return _PHOTOSHOP + _resource(_IPTC, record) + _resource(_IPTC_DIGEST, digest)


def _dataset(record: int, number: int, content: bytes) -> bytes:
    return struct.pack(">3BH", 0x1C, record, number, len(content)) + content


def _resource(number: int, content: bytes) -> bytes:
    """An image resource block (Adobe Photoshop File Formats, 2019)."""
    head = b"8BIM" + struct.pack(">H2xI", number, len(content))
    return head + content + bytes(len(content) % 2)


def _octets(text: str, most: int) -> bytes:
    content = text.encode("utf-8")
    if len(content) <= most:
        return content
    return content[: most - 3].decode("utf-8", "ignore").rstrip().encode("utf-8") + "…".encode()


def _plain(written: str) -> str:
    # XML 1.0 (section 2.2) has no way at all to write control characters or lone surrogates.
    text = _NOT_IN_XML.sub("", written).strip()
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _text(written: str) -> str:
    return escape(_plain(written), quote=False)


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
