"""Issuing, replacing and revoking certificates."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from assessments import paths
from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.actions.show_name import show_name
from assessments.models import Certificate
from documents.models import PublicProof, RenderedDocument
from notifications.models import Notification
from organizations.models import AuditEvent
from organizations.tenancy import tenant
from tests.factories.decisions import DECIDED_AT, make_decision
from tests.factories.programs import enroll_cast, make_cohort

TODAY = date(2026, 11, 30)


@pytest.fixture
def enrollment(cast):
    return enroll_cast(cast)


@pytest.fixture
def certificate(cast, enrollment):
    return issue_certificate(make_decision(cast, enrollment), by=cast.director, today=TODAY)


def refused(code: str, decision, by) -> None:
    with pytest.raises(ValidationError) as refusal:
        issue_certificate(decision, by=by, today=TODAY)
    assert refusal.value.code == code


def state(certificate, today=TODAY) -> str:
    return Certificate.objects.with_standing().get(pk=certificate.pk).state(today)


def test_a_certificate_is_numbered_printed_made_public_and_told(cast, certificate):
    assert (certificate.number, certificate.name, certificate.level) == ("TRL-2026-000001", "林予安", "junior")
    assert (certificate.issued_on, certificate.expires_on, state(certificate)) == (TODAY, date(2028, 11, 30), "valid")
    papers = RenderedDocument.objects.filter(kind="certificate", subject_kind="certificate", subject_id=certificate.pk)
    assert sorted(papers.values_list("language", "state")) == [("en", "waiting"), ("zh-hans", "waiting")]
    proof = PublicProof.objects.get()
    assert (proof.number, proof.valid_until, proof.holder) == (certificate.number, certificate.expires_on, "")
    notice = Notification.objects.get(kind="certificate_issued")
    assert (notice.recipient, notice.path) == (cast.trainee, f"certificates/{certificate.pk}/")
    assert AuditEvent.objects.filter(action="certificate_issued", actor=cast.director, subject_id=certificate.pk).count() == 1


@pytest.mark.parametrize("part", ["admin", "manager", "mentor", "reviewer", "trainee"])
def test_only_the_hr_director_issues(cast, enrollment, part):
    with pytest.raises(PermissionDenied):
        issue_certificate(make_decision(cast, enrollment), by=cast.people[part], today=TODAY)


def test_nobody_certifies_themselves(cast):
    own = make_decision(cast, enroll_cast(cast, trainee=cast.director))
    with pytest.raises(PermissionDenied):
        issue_certificate(own, by=cast.director, today=TODAY)


@pytest.mark.parametrize("outcome", ["progress", "not_yet"])
def test_what_gives_no_level_is_not_certified(cast, enrollment, outcome):
    refused("not_certified", make_decision(cast, enrollment, outcome), cast.director)


def test_one_stands_on_each_decision(cast, certificate):
    refused("already_issued", certificate.decision, cast.director)
    copy = {name: getattr(certificate, name) for name in ("decision", "enrollment", "holder", "name", "level", "issued_on", "issued_by")}
    with pytest.raises(IntegrityError, match="certificate_once_per_decision"), transaction.atomic():
        Certificate.objects.create(**copy, number="TRL-2026-000009")


def test_after_an_appeal_the_new_decision_counts_and_replaces(cast, certificate):
    first = certificate.decision
    second = make_decision(
        cast, first.enrollment, level="intermediate", review=first.review, after_appeal=True, at=DECIDED_AT + timedelta(days=5)
    )
    newer = issue_certificate(second, by=cast.director, today=TODAY + timedelta(days=1))

    assert (newer.number, newer.replaces, newer.level) == ("TRL-2026-000002", certificate, "intermediate")
    assert (state(certificate), state(newer)) == ("replaced", "valid")
    assert PublicProof.objects.get(subject_id=certificate.pk).replaced_on == newer.issued_on
    refused("superseded", first, cast.director)


def test_a_later_cycle_replaces_and_an_earlier_one_cannot(cast, certificate):
    later = make_decision(cast, certificate.enrollment, "kept", number=3, at=DECIDED_AT + timedelta(days=180))
    earlier = make_decision(cast, certificate.enrollment, number=2, at=DECIDED_AT + timedelta(days=90))
    newer = issue_certificate(later, by=cast.director, today=TODAY)
    assert (state(certificate), state(newer)) == ("replaced", "valid")
    refused("outdated", earlier, cast.director)


def test_numbers_run_through_the_year_of_each_organization(cast, certificate):
    other = enroll_cast(cast, make_cohort(cast, name="春季班", version=certificate.enrollment.cohort.version), trainee=cast.peer)
    decision = make_decision(cast, other)
    first = issue_certificate(decision, by=cast.director, today=date(2027, 1, 4))
    revoke_certificate(first, reason="姓名写错", by=cast.director, today=date(2027, 1, 4))
    second = issue_certificate(decision, by=cast.director, today=date(2027, 1, 5))
    assert (first.number, second.number, second.issue, second.replaces) == ("TRL-2027-000001", "TRL-2027-000002", 2, None)
    with tenant(cast.rival.pk):
        assert Certificate.objects.count() == 0


def test_it_expires_after_its_last_day(certificate):
    assert [state(certificate, day) for day in (date(2028, 11, 30), date(2028, 12, 1))] == ["valid", "expired"]


def test_without_years_it_never_expires(cast, enrollment, settings):
    settings.CERTIFICATE_YEARS = 0
    endless = issue_certificate(make_decision(cast, enrollment), by=cast.director, today=TODAY)
    assert (endless.expires_on, state(endless, date(2090, 1, 1))) == (None, "valid")


@pytest.mark.parametrize("part", ["director", "admin"])
def test_revoking_needs_a_reason_and_tells_the_holder(cast, certificate, part):
    by = cast.people[part]
    with pytest.raises(ValidationError) as refusal:
        revoke_certificate(certificate, reason="  ", by=by, today=TODAY)
    assert refusal.value.error_dict["reason"][0].code == "reason_required"

    revoke_certificate(certificate, reason="材料不实", by=by, today=TODAY)

    assert (state(certificate), PublicProof.objects.get().revoked_on) == ("revoked", TODAY)
    notice = Notification.objects.get(kind="certificate_revoked")
    assert (notice.recipient, notice.words["note"]) == (cast.trainee, "材料不实")
    assert AuditEvent.objects.filter(action="certificate_revoked", actor=by).count() == 1
    with pytest.raises(ValidationError) as again:
        revoke_certificate(certificate, reason="再一次", by=by, today=TODAY)
    assert again.value.code == "already_revoked"


@pytest.mark.parametrize("part", ["manager", "mentor", "trainee", "reviewer"])
def test_others_revoke_nothing(cast, certificate, part):
    with pytest.raises(PermissionDenied):
        revoke_certificate(certificate, reason="不行", by=cast.people[part], today=TODAY)


def test_what_was_issued_never_changes(certificate):
    with connection.cursor() as cursor:
        for statement in ("UPDATE assessments_certificate SET name = 'x'", "DELETE FROM assessments_certificate"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                cursor.execute(statement)


def test_only_the_holder_lets_the_check_name_them(cast, certificate):
    show_name(certificate, True, by=cast.trainee)
    assert PublicProof.objects.get().holder == "林予安"
    show_name(certificate, False, by=cast.trainee)
    assert PublicProof.objects.get().holder == ""
    with pytest.raises(PermissionDenied):
        show_name(certificate, True, by=cast.director)


def test_notices_and_jobs_lead_to_pages_that_exist(client, cast, certificate):
    cast.sign_in(client, cast.trainee)
    assert client.get(cast.url(paths.certificate(certificate.pk))).status_code == 200
    assert client.get(cast.url(paths.export_file(1))).status_code == 403
