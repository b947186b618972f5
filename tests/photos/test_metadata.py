"""The archive's own words in a finished file."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from generator.photos.metadata import LONGEST_TEXT, xmp_packet
from generator.photos.plan import Recipe

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"


def texts_of(packet: bytes, name: str) -> list[str]:
    tree = ElementTree.fromstring(packet)
    return [each.text or "" for node in tree.iter(name) for each in node.iter(f"{RDF}li")]


def test_nothing_to_say_is_no_packet() -> None:
    assert xmp_packet(Recipe(caption=" ", alt="\n")) == b""


def test_caption_credit_rights_and_alternative_text_are_kept() -> None:
    packet = xmp_packet(Recipe(caption="开工", credit="李辉", rights="© 2020", alt="门前的队伍"))
    assert texts_of(packet, f"{DC}description") == ["开工"]
    assert texts_of(packet, f"{DC}creator") == ["李辉"]
    assert texts_of(packet, f"{DC}rights") == ["© 2020"]
    alt = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility"
    assert texts_of(packet, alt) == ["门前的队伍"]
    assert "<photoshop:Credit>李辉</photoshop:Credit>" in packet.decode("utf-8")


def test_only_what_is_said_is_written() -> None:
    packet = xmp_packet(Recipe(rights="CC BY"))
    assert b"dc:rights" in packet and b"dc:description" not in packet


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_text_makes_a_well_formed_packet(caption: str, credit: str) -> None:
    packet = xmp_packet(Recipe(caption=caption, credit=credit, alt="x"))
    ElementTree.fromstring(packet)


def test_marks_of_xml_come_back_as_written() -> None:
    packet = xmp_packet(Recipe(caption='a < b & "c" ]]> <script>'))
    assert texts_of(packet, f"{DC}description") == ['a < b & "c" ]]> <script>']


def test_a_text_of_any_length_fits_into_one_jpeg_segment() -> None:
    endless = "&" * 100_000
    packet = xmp_packet(Recipe(caption=endless, credit=endless, rights=endless, alt=endless))
    assert len(packet) <= 65_000
    assert len(texts_of(packet, f"{DC}description")[0]) == LONGEST_TEXT
