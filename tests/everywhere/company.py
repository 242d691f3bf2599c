"""A company with one of everything that an address can name."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.open_cycle import open_cycle
from assessments.models import Appeal, CertificationReview, Decision, KpiValue, Panelist, Rater, ReportExport
from assessments.queries.review_file import file_hash, review_file
from documents.actions import store_file
from documents.models import Job, RenderedDocument
from documents.vocabulary import DocumentKind, DocumentState, JobKind
from mentorship.actions.hold_meeting import NewItem
from notifications.actions.notify import notify
from notifications.models import Notification
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import CalendarDay, DelegatedAuthority
from organizations.vocabulary import AuditAction
from programs.actions import comment, sign_off
from programs.actions.answer_checkpoint import answer_checkpoint
from programs.actions.save_draft import save
from programs.actions.submit_work import submit
from programs.models import BudgetRequest, CheckDefinition, Deliverable, PlanPoint, SignOffStep, Submission, TaskWork, WeekHours
from programs.rules.week_hours import monday_of
from projects.models import BaselineRequest, GateCondition, Risk
from tests.api_client import token_of
from tests.factories.decisions import make_decision
from tests.factories.mentorship import agreement, hold, make_mentor, named_pairing, plan
from tests.factories.planning import annual_plan, influence_log, needs_analysis, pilot, results_study, training_budget
from tests.factories.programs import START, deliverable_of, draft_version, enroll_cast, make_cohort, work_of
from tests.factories.projects import call_gate, chosen_project, open_project_phase, version_with_projects
from tests.factories.sessions import make_session, opened

ASKED = [{"key": "forecast", "text": {"zh-hans": "要点", "en": "Points"}}]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def printed(kind: DocumentKind, about, by, version: int = 1) -> RenderedDocument:
    """A paper as it is once a worker has printed it, without a press: that takes a second for each."""
    file = store_file.keep_printed(PDF, f"{kind}.pdf", subject_kind=about.subject_kind, subject_id=about.pk, by=by)
    return RenderedDocument.objects.create(
        kind=kind, subject_kind=about.subject_kind, subject_id=about.pk, version=version, language="en", content_hash="0" * 64,
        state=DocumentState.VALID, file=file, asked_by=by, issued_at=clock.now(),
    )  # fmt: skip


def handed_in_twice(cast, enrollment) -> Submission:
    """The second version of D1: the mentor has returned the first."""
    deliverable = deliverable_of(enrollment, "D1")
    first = submit(deliverable, {"points": "要点"}, by=cast.trainee, today=START)
    step = SignOffStep.objects.get(submission=first, state="ready")
    sign_off.decide(step, "returned", content_hash=first.content_hash, note="还缺两位店长的说法", by=cast.mentor, today=START)
    return submit(deliverable_of(enrollment, "D1"), {"points": "两位店长的说法"}, by=cast.trainee, today=START)


def plan_on_paper(cast, enrollment) -> RenderedDocument:
    """The development plan, handed in and printed."""
    TaskWork.objects.filter(enrollment=enrollment, task__key="1.4.c").update(state="open")
    handed_in = submit(deliverable_of(enrollment, "D5"), {"points": "要点"}, by=cast.trainee, today=START)
    return printed(DocumentKind.IDP, handed_in.deliverable, cast.trainee)


def appealed(cast, decision: Decision) -> CertificationReview:
    """The decision's review, decided and appealed against."""
    file = review_file(decision.review)
    CertificationReview.objects.filter(pk=decision.review_id).update(state="decided", file=file, file_hash=file_hash(file))
    Appeal.objects.create(decision=decision, by=cast.trainee, reasons="漏看了一个项目")
    return decision.review


@pytest.fixture
def company(cast) -> dict[str, Any]:
    """What a parameter of that name may be in the cast's company."""
    enrollment = enroll_cast(cast, make_cohort(cast, version=version_with_projects(ASKED), sponsor=cast.sponsor))
    submission = handed_in_twice(cast, enrollment)
    step = SignOffStep.objects.get(submission=submission, state="ready")
    comment.say(submission.deliverable, "写得清楚", by=cast.mentor, today=START)
    checkpoint = work_of(enrollment, "4.1.a")
    TaskWork.objects.filter(pk=checkpoint.pk).update(state="open")
    answer_checkpoint(checkpoint, {"forecast": "要点"}, submissions=[submission.pk], by=cast.trainee, today=START)
    open_deliverable = Deliverable.objects.filter(work__enrollment=enrollment, state="open").first()
    file = store_file.store(ContentFile(PDF, "讲义.pdf"), about=submission, by=cast.trainee)
    document = printed(DocumentKind.DELIVERABLE, submission.deliverable, cast.trainee, version=submission.number)
    idp = plan_on_paper(cast, enrollment)
    notify(cast.trainee, "approved", about=submission, path="my/program/", key="walk")
    open_project_phase(enrollment)
    project = chosen_project(cast, enrollment)
    gate, measure = call_gate(project, "G1"), project.measures.first()
    BaselineRequest.objects.create(measure=measure, after=5, reason="旧系统少算了两家店", by=cast.trainee)
    cycle = open_cycle(enrollment.cohort, number=1, length="year", opens_on=START, closes_on=START, by=cast.manager, today=START)
    review = CertificationReview.objects.get(cycle=cycle)
    Rater.objects.filter(review=review, group="superior").update(state="asked")
    CertificationReview.objects.filter(pk=review.pk).update(chair=cast.reviewer)
    Panelist.objects.create(review=review, member=cast.reviewer)
    KpiValue.objects.create(review=review, key="K1", value=80, source="学习平台", entered_by=cast.trainee)
    draft = draft_version("草稿方案")
    task = draft.tasks.get(key="1.1.a")
    job = Job.objects.create(kind=JobKind.ENROLL, total=1, asked_by=cast.director)
    notice = Notification.objects.filter(recipient=cast.trainee).first()
    pairing = named_pairing(enrollment)
    agreement(pairing, cast.trainee)
    agreed = printed(DocumentKind.AGREEMENT, pairing, cast.trainee)
    plan(pairing, cast.mentor)
    meeting = hold(pairing, cast.mentor, items=[NewItem("约店长访谈", cast.trainee.pk)])
    make_mentor(cast, cast.other_mentor)
    point = PlanPoint.objects.create(
        enrollment=enrollment, number=1, what="补一份报告", due_on=START, set_by=cast.mentor,
        subject_kind="decision", subject_id=1, path="my/program/",
    )  # fmt: skip
    day = CalendarDay.objects.create(day=START, is_working=False)
    delegation = DelegatedAuthority.objects.create(member=cast.mentor, delegate=cast.other_mentor, from_on=START, until_on=START)
    session = make_session(cast)
    survey = opened(session, cast)
    decision = make_decision(cast, enrollment, number=9)
    certificate = issue_certificate(decision, by=cast.director, today=START)
    decided = appealed(cast, decision)
    export = ReportExport.objects.create(format="csv", rows=1, language="en", as_of=START, by=cast.director)
    store_file.keep_made(ContentFile("姓名\n".encode()), "认证结果.csv", "csv", about=export, by=cast.director)
    asked = BudgetRequest.objects.create(cohort=enrollment.cohort, amount=30000, purpose="讲师费", asked_by=cast.manager)
    return {
        "request_id": asked.pk,
        "week_id": WeekHours.objects.create(enrollment=enrollment, week_on=monday_of(START), hours=4).pk,
        "certificate_id": certificate.pk,
        "decision_id": certificate.decision_id,
        "paper_id": printed(DocumentKind.CERTIFICATE, certificate, cast.director).pk,
        "export_id": export.pk,
        "slug": cast.organization.slug,
        "kind": "task",
        "key": "1.1.a",
        # What a bare `pk` or `code` is, by the word before it in the address.
        "tasks": work_of(enrollment, "1.1.a").pk,
        "deliverables": open_deliverable.pk,
        "submissions": submission.pk,
        "templates": draft.template_id,
        "people": cast.peer.pk,
        "calendar": day.pk,
        "stand-in": delegation.pk,
        "api": token_of(cast.director, issued_by=cast.admin, name="人事系统")[0].pk,
        "notices": notice.pk,
        "jobs": job.pk,
        "files": file.code,
        "work-files": file.code,
        "documents": document.code,
        "choose": work_of(enrollment, "3.a").pk,
        "projects": project.pk,
        "project_id": project.pk,
        "milestone_id": project.milestones.first().pk,
        "measure_id": measure.pk,
        "risk_id": Risk.objects.create(project=project, name="讲师在大促期值班", probability=4, impact=4).pk,
        "gates": gate.pk,
        "condition_id": GateCondition.objects.create(gate=gate, what="补基线", owner=cast.trainee, due_on=START, set_by=cast.mentor).pk,
        "cycle_id": cycle.pk,
        "review_id": review.pk,
        "point_id": point.pk,
        "rater_id": Rater.objects.get(review=review, group="superior").pk,
        "kpi_key": "K1",
        "needs": needs_analysis(enrollment).pk,
        "budgets": training_budget(enrollment).pk,
        "annual-plans": annual_plan(enrollment).pk,
        "pilots": pilot(enrollment).pk,
        "studies": results_study(enrollment).pk,
        "influence": influence_log(enrollment).pk,
        "dashboards": enrollment.pk,
        "member_id": cast.peer.pk,
        "template_id": draft.template_id,
        "version_id": draft.pk,
        "number": draft.number,
        "phase_id": draft.phases.first().pk,
        "module_id": draft.modules.first().pk,
        "task_id": task.pk,
        "kind_id": submission.deliverable.kind_id,
        "check_id": CheckDefinition.objects.filter(version=enrollment.cohort.version).get().pk,
        "cohort_id": enrollment.cohort_id,
        "enrollment_id": enrollment.pk,
        "work_id": work_of(enrollment, "1.1.a").pk,
        "deliverable_id": open_deliverable.pk,
        "submission_id": submission.pk,
        "checkpoint_id": checkpoint.pk,
        "step_id": step.pk,
        "document_id": document.pk,
        "pairing_id": pairing.pk,
        "meeting_id": meeting.pk,
        "item_id": meeting.items.get().pk,
        "event_id": record(AuditAction.PERSON_CHANGED, cast.peer, by=cast.admin, after={"name": "x"}).pk,
        "session_id": session.pk,
        "attendee_id": session.attendees.first().pk,
        "deliverable": "D9",
        "token": survey.token,
        "draft": save(open_deliverable, {"points": ["草稿"]}, 0, by=cast.trainee, today=START)
        if open_deliverable.kind.key == "D20"
        else None,
        # What an address asks for that is about another thing than the rest, by its name.
        "assessments:appeal": {"review_id": decided.pk},
        "assessments:acknowledge": {"review_id": decided.pk},
        "assessments:make_appeal": {"review_id": decided.pk},
        "mentorship:agreement_document": {"document_id": agreed.pk},
        "mentorship:approve_mentor": {"member_id": cast.other_mentor.pk},
        "mentorship:plan_document": {"document_id": idp.pk},
        "programs:check": {"work_id": work_of(enrollment, "1.4.a").pk},
        "programs:compare": {"pk": submission.deliverable_id},
    }
