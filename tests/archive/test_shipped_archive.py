"""The archive that ships with the program: sound, honest about its gaps, true to its source."""

import pytest

from generator.archive.archive import Archive
from generator.archive.claims import reconcile
from generator.archive.load import load
from generator.archive.statistics import statistics
from generator.problems.problem import Severity
from tests.archives import ROOT


@pytest.fixture(scope="module")
def archive() -> Archive:
    found = load(ROOT, ROOT / "records")
    assert [one for one in found.problems if one.severity is not Severity.NOTE] == []
    assert found.archive is not None
    return found.archive


def test_the_team_has_fifteen_members_in_two_batches(archive: Archive) -> None:
    recorded = statistics(archive).recorded
    numbers = {
        id: recorded[id].quantity.lower for id in ("members", "members:first", "members:second")
    }
    assert numbers == {"members": 15, "members:first": 10, "members:second": 5}


def test_every_record_names_its_source(archive: Archive) -> None:
    for record in (*archive.dated, *archive.members):
        assert record.sources, record.path


def test_the_published_totals_are_claims_and_no_records(archive: Archive) -> None:
    figures = statistics(archive)
    reported = {id: one.quantity for id, one in figures.reported.items()}
    assert reported["buildings_disinfected"].lower == 406
    assert reported["households_disinfected"].lower == 25600
    assert reported["parcels_delivered"].lower == 1622
    assert reported["staples_weight"].lower == 8000
    assert reported["staples_weight"].upper is None
    assert all(activity.date.latest.isoformat() <= "2020-03-31" for activity in archive.activities)


def test_no_claim_is_contradicted_by_the_records(archive: Archive) -> None:
    comparisons = reconcile(archive, statistics(archive))
    assert comparisons
    told = {one.claim.subject: one.verdict for one in comparisons}
    assert set(told.values()) <= {"agrees", "short", "not_recorded"}


def test_every_term_of_the_vocabularies_is_used(archive: Archive) -> None:
    used = {mention.ref for record in archive.records.values() for mention in record.mentions()}
    used |= {mention.ref for mention in archive.file.mentions()}
    for ref in archive.terms:
        if ref.kind in ("task", "measure", "item_category", "batch"):
            assert ref in used, ref
