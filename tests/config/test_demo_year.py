"""The demo's year beyond the first phases: mentoring, projects, sessions, reviews; and that no rule between rows is broken."""

from collections import Counter

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from assessments.models import (
    Appeal,
    AppealAnswer,
    Certificate,
    CertificateRevocation,
    CertificationReview,
    Decision,
    FeedbackDraft,
    ResultCell,
    ReviewCycle,
)
from documents.models import PublicProof, RenderedDocument
from effectiveness.models import SurveyAnswer, TestResult, TrainingSession
from mentorship.models import Agreement, AgreementSignature, Meeting, MeetingFeedback, MentorProfile, Pairing, PrivateNote
from notifications.models import Notification
from organizations.integrity import checks, run
from programs.models import CheckResult, Deliverable, Enrollment, PhaseProgress
from projects.models import Gate, GateCondition, GateReview, MeasureValue, PracticeProject
from tests import servers

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.usefixtures("demo_data")]


def test_no_rule_between_rows_is_broken():
    # The stage is a database of its own.
    address = settings.MAINTENANCE_DATABASE_URL.replace(servers.DATABASE, connection.settings_dict["NAME"])
    with psycopg.connect(address) as maintenance:
        assert maintenance.execute("SELECT count(DISTINCT organization_id) FROM assessments_decision").fetchone() == (2,)
        assert [str(finding) for finding in run(maintenance, checks(settings.INTEGRITY_CHECKS))] == []


def test_pairs_have_agreed_met_and_spoken(company):
    assert MentorProfile.objects.filter(approved_at__isnull=True).count() == 1
    assert MentorProfile.objects.offered().count() >= 3
    signed = Counter(AgreementSignature.objects.values_list("agreement__pairing_id", flat=True))
    assert len(signed) >= Agreement.objects.count() - 1
    assert set(signed.values()) == {2}
    assert {"planned", "held", "cancelled"} <= set(Meeting.objects.values_list("state", flat=True))
    assert Meeting.objects.filter(state="planned", starts_at__gt=timezone.now()).exists()
    assert set(MeetingFeedback.objects.values_list("role", flat=True)) == {"mentor", "trainee"}
    assert PrivateNote.objects.values("author").distinct().count() > 1
    # Signed by both, the agreement has passed the check.
    assert CheckResult.objects.filter(definition__key="C3", passed=True, work__enrollment__pairings__in=list(signed)).exists()


def test_pairings_are_at_every_stage(hengyue):
    assert {"proposed", "accepted", "active"} <= set(Pairing.objects.values_list("state", flat=True))


def test_a_project_of_each_kind_stands_at_another_gate(hengyue):
    stands = {}
    for project in PracticeProject.objects.select_related("kind", "enrollment__trainee"):
        gates = Gate.objects.filter(project=project).order_by("position").values_list("state", flat=True)
        stands[project.enrollment.trainee.name] = (
            project.kind.key,
            project.state,
            "".join(state[0] for state in gates),
        )
    assert stands == {
        "裴真": ("3.A", "closed", "pppp"),
        "孟雨辰": ("3.B", "running", "pppo"),
        "邵磊": ("3.C", "running", "ppcw"),
        "程景行": ("3.B", "planning", "owww"),
    }
    assert {"go", "go_with_conditions", "rework"} <= set(GateReview.objects.values_list("verdict", flat=True))
    assert GateCondition.objects.filter(settled_at__isnull=True).exists()
    assert GateCondition.objects.filter(settled_at__isnull=False).exists()
    assert PhaseProgress.objects.get(enrollment__trainee__name="裴真", phase__key="PH4").state == "open"


def test_reports_of_projects_are_handed_in(hengyue):
    """Who is far enough has reported what the kind of project asks for besides, and each trainee under review has looked back."""
    handed_in = Deliverable.objects.filter(kind__key__in=["D13", "D14", "D15", "D20"], last_number__gt=0)
    found = handed_in.order_by("kind__key", "pk").values_list("kind__key", "work__enrollment__trainee__name", "state")
    assert sorted(found) == [
        ("D13", "裴真", "approved"),
        ("D14", "孟雨辰", "approved"),
        ("D15", "邵磊", "in_review"),
        ("D20", "孟雨辰", "approved"),
        ("D20", "裴真", "approved"),
        ("D20", "邵磊", "approved"),
    ]


def test_projects_are_measured(company):
    assert PracticeProject.objects.filter(state="running").exists()
    assert MeasureValue.objects.count() >= 3


def test_sessions_were_held_answered_and_tested(company):
    assert set(TrainingSession.objects.values_list("state", flat=True)) == {"planned", "held"}
    assert SurveyAnswer.objects.count() >= 10
    before, after = (set(TestResult.objects.filter(phase=phase).values_list("attendee_id", flat=True)) for phase in ("pre", "post"))
    assert before == after
    assert len(before) >= 10


def test_a_review_was_decided_and_its_answers_belong_to_nobody(company):
    first = ReviewCycle.objects.get(number=1)
    assert first.state == "finished"
    assert set(CertificationReview.objects.filter(cycle=first).values_list("state", flat=True)) == {"decided"}
    assert "certified" in set(Decision.objects.values_list("outcome", flat=True))
    assert Decision.objects.filter(file_hash=F("review__file_hash")).count() == Decision.objects.count()
    assert ResultCell.objects.filter(review__cycle=first, unit__in=["peer", "business", "learner"], mean__isnull=False).exists()
    assert not FeedbackDraft.objects.filter(rater__review__cycle=first).exists()


def test_one_appeal_was_answered(company):
    assert Appeal.objects.count() == AppealAnswer.objects.filter(granted=False).count() == 1


def test_another_cycle_runs(hengyue):
    decided = dict(Decision.objects.values_list("enrollment__trainee__name", "outcome"))
    assert decided == {"裴真": "certified", "孟雨辰": "not_yet", "邵磊": "certified"}
    assert len(Decision.objects.get(outcome="not_yet").plan) == 2
    running = ReviewCycle.objects.get(number=2)
    assert (running.state, running.closes_on >= timezone.localdate()) == ("open", True)
    # Who has completed the program takes part as well: the next level is still before them.
    assert Enrollment.objects.get(trainee__name="裴真").state == "completed"
    assert set(running.reviews.values_list("enrollment__trainee__name", flat=True)) == {"裴真", "孟雨辰", "邵磊"}
    assert FeedbackDraft.objects.filter(rater__review__cycle=running, is_sent=True).exists()


def test_every_certified_trainee_has_a_certificate(company):
    today = timezone.localdate()
    issued = list(Certificate.objects.with_standing())
    assert {one.decision_id for one in issued} == set(Decision.objects.filter(outcome="certified").values_list("pk", flat=True))
    assert all(one.state(today) == "valid" for one in issued if not one.is_revoked)
    assert any(not one.is_revoked for one in issued)
    papers = RenderedDocument.objects.filter(kind="certificate").values_list("subject_id", "language")
    assert sorted(papers) == sorted((one.pk, language) for one in issued for language in ("en", "zh-hans"))


def test_one_certificate_was_revoked_and_says_why(company):
    revocation = CertificateRevocation.objects.select_related("certificate").get()
    held = revocation.certificate
    assert held.name == {"hengyue": "邵磊", "nordhamn": "Alice Grant"}[company.slug]
    assert revocation.reason
    assert held.issued_at < revocation.at < timezone.now()
    assert PublicProof.objects.get(subject_kind="certificate", subject_id=held.pk).revoked_on == timezone.localdate(revocation.at)
    assert Notification.objects.filter(recipient=held.holder, kind="certificate_revoked").count() == 1


def test_where_a_level_was_not_asked_for_the_review_was_one_of_progress(nordhamn):
    assert set(Decision.objects.values_list("enrollment__trainee__name", "outcome")) == {
        ("Nils Wikström", "progress"),
        ("Alice Grant", "certified"),
    }
