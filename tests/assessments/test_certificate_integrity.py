"""The checks of certificates find nothing in a story told through the actions, and name what was bent by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection

from assessments import certificate_integrity as integrity
from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.models import Certificate, CertificateRevocation
from documents.models import PublicProof
from tests.factories.decisions import DECIDED_AT, make_decision
from tests.factories.programs import enroll_cast

TODAY = date(2026, 11, 30)


def found() -> set[str]:
    keys = set()
    with connection.cursor() as cursor:
        for check in integrity.CHECKS:
            cursor.execute(check.statement, {"organization": None})
            if cursor.fetchall():
                keys.add(check.key)
    return keys


@pytest.fixture
def certificate(cast):
    """The second of three: the first was replaced by it; it was revoked, and the third follows on the same decision."""
    enrollment = enroll_cast(cast)
    issue_certificate(make_decision(cast, enrollment), by=cast.director, today=TODAY)
    later = make_decision(cast, enrollment, level="intermediate", number=2, at=DECIDED_AT + timedelta(days=90))
    second = issue_certificate(later, by=cast.director, today=TODAY)
    revoke_certificate(second, reason="姓名写错", by=cast.admin, today=TODAY)
    return issue_certificate(later, by=cast.director, today=TODAY)


def copy(certificate: Certificate, **other) -> None:
    """One more row like it, written past the actions."""
    names = ("decision", "enrollment", "holder", "name", "level", "issued_on", "issued_by")
    Certificate.objects.create(**{name: getattr(certificate, name) for name in names} | {"issue": 9, "number": "TRL-2026-000009"} | other)


def test_a_true_story_breaks_no_rule(certificate):
    assert (Certificate.objects.count(), found()) == (3, set())


@pytest.mark.parametrize(
    ("bend", "key"),
    [
        (lambda c: copy(c, level="junior", replaces=c), "certificate_says_what_was_decided"),
        (copy, "certificate_one_stands"),
        (lambda c: PublicProof.objects.filter(subject_id=c.pk).update(valid_until=None), "certificate_public_word_is_true"),
        (lambda c: CertificateRevocation.objects.create(certificate=c, reason="x", by=c.issued_by), "certificate_public_word_is_true"),
    ],
)
def test_what_was_bent_is_named(certificate, bend, key):
    bend(certificate)
    assert key in found()
