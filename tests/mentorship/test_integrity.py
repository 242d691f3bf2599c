"""`manage.py integrity` finds a signature on other words, a meeting that is none, a note by a stranger; and nothing where all is well."""

import pytest
from django.db import connection

from mentorship.integrity import CHECKS
from mentorship.models import AgreementSignature, PrivateNote
from programs.models import Appointment
from tests.factories.mentorship import agreement, hold, named_pairing, signed_agreement
from tests.factories.programs import enroll_cast


def found(cast) -> list[str]:
    keys = []
    with connection.cursor() as cursor:
        for check in CHECKS:
            cursor.execute(check.statement, {"organization": cast.organization.pk})
            keys += [check.key] if cursor.fetchall() else []
    return keys


@pytest.fixture
def meeting(cast):
    pairing = named_pairing(enroll_cast(cast))
    signed_agreement(pairing)
    return hold(pairing, cast.mentor)


def test_what_people_do_breaks_no_rule(cast, meeting):
    assert found(cast) == []


def test_what_must_never_be_is_found(cast, meeting):
    other = agreement(meeting.pairing, cast.mentor, every_days=7)
    AgreementSignature.objects.create(agreement=other, member=cast.mentor, role="mentor", content_hash="0" * 64)
    PrivateNote.objects.create(meeting=meeting, author=cast.director, body="x")
    one = Appointment.objects.first()
    Appointment.objects.filter(pk=one.pk).update(subject_id=meeting.pk + 1000)
    assert found(cast) == [check.key for check in CHECKS]
