"""The demo's data: two companies whose story is whole, whenever it is told."""

import json
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from config.demo.accounts import PASSWORDS, accounts
from config.demo.days import Days
from notifications.models import Notification
from organizations.actions import sign_in_by_number
from organizations.models import AuditEvent, DelegatedAuthority, Member, Organization
from organizations.rules.working_calendar import WorkingCalendar
from organizations.tenancy import tenant
from programs.models import (
    CheckResult,
    Cohort,
    Comment,
    Deliverable,
    Draft,
    Enrollment,
    PhaseProgress,
    ScheduleChange,
    SignOff,
    SignOffStep,
    StepSigner,
    Submission,
    SupportRole,
    TaskWork,
    TemplateVersion,
    Waiver,
)
from programs.queries.calendars import calendar_of

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.usefixtures("demo_data")]
SLUGS = ["hengyue", "nordhamn"]
ROLES = ["admin", "hr_director", "cohort_manager", "mentor", "line_manager", "reviewer", "trainee", "trainee"]


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_second_run_says_that_the_data_is_there():
    assert printed("seed_demo") == "The demo's data is there already.\n"


@pytest.mark.parametrize("command", ["seed_demo", "demo_accounts"])
def test_it_refuses_in_production(command, monkeypatch):
    monkeypatch.setenv("TRELLIS_ENV", "production")
    with pytest.raises(CommandError):
        call_command(command)


def test_accounts_are_printed_for_every_role_of_each_organization():
    rows = json.loads(printed("demo_accounts", "--format", "json"))
    assert [(row["organization"], row["role"]) for row in rows] == [(slug, role) for slug in SLUGS for role in ROLES]
    assert {tuple(row) for row in rows} == {("organization", "role", "email", "password", "language")}
    assert {(row["organization"], row["language"]) for row in rows} == {("hengyue", "zh-hans"), ("nordhamn", "en")}
    assert min(len(row["password"]) for row in rows) >= 12
    table = printed("demo_accounts").splitlines()
    assert len(table) == len(rows) + 1
    assert all(row["email"] in line and row["password"] in line for row, line in zip(rows, table[1:], strict=True))


def test_every_account_signs_in_by_the_form():
    answers = {}
    for account in accounts():
        # Each from a place of their own: tries are counted by address.
        client = Client(REMOTE_ADDR=f"192.0.2.{len(answers) + 1}")
        answer = client.post("/accounts/login/", {"login": account.email, "password": account.password})
        answers[account.email] = (answer.status_code, "_auth_user_id" in client.session)
    assert set(answers.values()) == {(302, True)}, answers


def test_accounts_hold_the_roles_they_are_printed_with(company):
    held = set()
    for account in accounts():
        if account.organization != company.slug:
            continue
        member = Member.objects.get(email=account.email)
        held |= {(account.role, role) for role in member.roles if role != "member"}
        held |= {(account.role, role) for role in SupportRole.objects.filter(member=member).values_list("role", flat=True).distinct()}
        held |= {(account.role, "cohort_manager") for _cohort in Cohort.objects.filter(manager=member)}
        held |= {(account.role, "trainee") for _enrollment in Enrollment.objects.filter(trainee=member)}
    roles = {"admin", "hr_director", "cohort_manager", "mentor", "line_manager", "reviewer", "trainee"}
    assert {(role, role) for role in roles} <= held
    relations = set(SupportRole.objects.values_list("role", flat=True))
    assert relations == {"mentor", "line_manager", "hrbp", "business_head", "training_manager", "sponsor"}


def test_one_person_signs_in_by_employee_number(company):
    person = Member.objects.get(email="")
    proof = sign_in_by_number.prove(company.slug, person.employee_number, PASSWORDS[company.slug])
    assert proof is not None
    assert (proof.user.name, proof.by_code) == (person.name, False)


def test_24_trainees_are_at_every_stage():
    stages, trainees = set(), 0
    for organization in Organization.objects.filter(slug__in=SLUGS):
        with tenant(organization.pk):
            trainees += Enrollment.objects.count()
            stages |= set(PhaseProgress.objects.values_list("phase__key", "state"))
    assert trainees >= 24
    wanted = {("PH1", "locked"), ("PH1", "open"), ("PH1", "complete"), ("PH2", "open"), ("PH2", "complete")}
    assert wanted | {("PH3", "open"), ("PH3", "complete"), ("PH4", "open")} <= stages


def test_the_story_has_all_that_the_screens_show(company):
    states = set(TaskWork.objects.values_list("state", flat=True))
    assert {"locked", "open", "in_progress", "submitted", "in_review", "returned", "approved"} <= states
    assert Draft.objects.exists()
    assert Comment.objects.exists()
    assert ScheduleChange.objects.exists()
    assert set(CheckResult.objects.values_list("passed", flat=True)) == {True, False}
    assert TaskWork.objects.filter(due_on__lt=timezone.localdate(), state__in=["open", "in_progress", "returned"]).exists()
    assert Notification.objects.filter(read_at__isnull=True).exists()
    assert not Notification.objects.filter(planned_at__isnull=True).exists()
    today = timezone.localdate(timezone=ZoneInfo(company.time_zone))
    assert DelegatedAuthority.objects.filter(from_on__lte=today, until_on__gte=today).count() == 1
    assert sorted(TemplateVersion.objects.values_list("state", flat=True).distinct()) == ["draft", "published"]


def test_second_versions_answer_the_reason_for_the_return(company):
    again = Submission.objects.filter(number__gt=1)
    assert again.exists()
    for submission in again:
        before = Submission.objects.get(deliverable=submission.deliverable_id, number=submission.number - 1)
        returned = SignOff.objects.get(step__submission=before, outcome="returned")
        assert returned.note
        assert submission.note
        assert submission.data != before.data
        assert before.submitted_at < returned.at < submission.submitted_at


def test_nothing_is_approved_that_was_not_signed(company):
    approved = Deliverable.objects.filter(state="approved")
    assert approved.exists()
    for deliverable in approved:
        newest = Submission.objects.get(deliverable=deliverable, number=deliverable.last_number)
        steps = SignOffStep.objects.filter(submission=newest)
        assert [step.state for step in steps] == ["done"] * len(deliverable.kind.route)
        assert SignOff.objects.filter(step__in=steps, content_hash=newest.content_hash).exclude(outcome="returned").count() == len(steps)
        assert not SignOff.objects.filter(step__in=steps, outcome="approved", by=newest.author_id).exists()


def test_whatever_waits_has_somebody_to_take_it(company):
    waiting = SignOffStep.objects.filter(state="ready")
    assert waiting.exists()
    assert set(StepSigner.objects.values_list("step_id", flat=True)) == set(waiting.values_list("pk", flat=True))


def test_planned_days_are_working_days(company):
    calendar = calendar_of(company.calendar)
    works = TaskWork.objects.values_list("planned_start_on", "due_on")
    assert {day for days in works for day in days if not calendar.is_working(day)} == set()
    assert [cohort.name for cohort in Cohort.objects.all() if not calendar.is_working(cohort.start_on)] == []


def test_nothing_happens_in_the_future_or_before_it_could(company):
    now = timezone.now()
    told = [
        (AuditEvent, "at"),
        (Submission, "submitted_at"),
        (SignOff, "at"),
        (Comment, "at"),
        (CheckResult, "at"),
        (ScheduleChange, "at"),
        (Waiver, "at"),
        (Draft, "saved_at"),
        (Notification, "created_at"),
        (TaskWork, "opened_at"),
        (TaskWork, "ended_at"),
        (Member, "joined_at"),
        (TemplateVersion, "published_at"),
    ]
    assert [(model.__name__, column) for model, column in told if model.objects.filter(**{f"{column}__gt": now}).exists()] == []
    for decision in SignOff.objects.select_related("step__submission"):
        assert decision.step.submission.submitted_at <= decision.at
    for work in TaskWork.objects.filter(ended_at__isnull=False):
        assert work.opened_at is None or work.opened_at <= work.ended_at


def test_lin_yuan_is_where_the_screens_show_her(hengyue):
    trainee = Member.objects.get(name="林予安")
    states = dict(Deliverable.objects.filter(work__enrollment__trainee=trainee).order_by("number").values_list("kind__key", "state"))
    assert {key: states[key] for key in ("D5", "D6", "D7", "D8", "D9")} == {
        "D5": "approved",
        "D6": "approved",
        "D7": "returned",
        "D8": "open",
        "D9": "open",
    }
    assert set(Draft.objects.filter(author=trainee).values_list("deliverable__kind__key", flat=True)) == {"D7", "D8"}
    returned = SignOff.objects.get(step__submission__author=trainee, step__submission__deliverable__kind__key="D7")
    assert (returned.by.name, returned.outcome) == ("周敏", "returned")
    assert "换成一个动作，再写达标线" in returned.note
    queue = StepSigner.objects.filter(member__name="周敏").order_by("step__ready_at")
    assert [signer.step.submission.deliverable.kind.key for signer in queue] == ["D10", "D2", "D3", "D5", "D8", "D9", "D7"]


@pytest.mark.parametrize(
    ("now", "last_day"),
    [
        ("2026-09-16T10:52", "2026-09-16"),
        ("2026-10-05T13:00", "2026-09-30"),  # in the holidays
        ("2026-10-10T12:00", "2026-10-10"),  # a Saturday that is worked
        ("2026-07-04T00:05", "2026-07-03"),
    ],
)
def test_the_story_looks_back_from_the_last_working_day(now, last_day):
    days = Days(WorkingCalendar("cn"), "Asia/Shanghai", datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Asia/Shanghai")))
    assert days.last_day.isoformat() == last_day
    moments = [days.recently(minutes) for minutes in (600, 180, 100, 28, 5)]
    assert moments == sorted(moments)
    assert max(moments) <= days.now - timedelta(minutes=3)
    assert days.moment(days.ago(1), "17:42") < min(moments)
