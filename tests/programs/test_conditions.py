"""What people enter of the conditions of a programme: budget, hours, one anonymous answer; by role and organization."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from notifications.models import Notification
from organizations.models import AuditEvent, User
from organizations.tenancy import tenant
from programs.actions import decide_budget, note_hours
from programs.actions.answer_pulse import answer_pulse
from programs.models import BudgetRequest, Enrollment, PulseCount, PulseTurn, Submission, SupportRole, WeekHours
from programs.rules.pulse import round_of
from tests.cast import make_member
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.queries import query_count

TODAY = date(2026, 9, 30)  # a Wednesday in the first round of the pulse
MONDAY = date(2026, 9, 28)


@pytest.fixture(autouse=True)
def a_day_in_autumn():
    with time_machine.travel(datetime(2026, 9, 30, 4, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cohort(cast):
    return make_cohort(cast, sponsor=cast.sponsor, state="running")


@pytest.fixture
def enrollment(cast, cohort):
    return enroll_cast(cast, cohort)


def codes(refusal) -> list[str]:
    return [error.code for error in refusal.value.error_list] if not hasattr(refusal.value, "error_dict") else [
        error.code for errors in refusal.value.error_dict.values() for error in errors
    ]  # fmt: skip


# ── Budget ──


def test_a_budget_is_asked_for_decided_once_and_told(cast, client, cohort):
    page = cast.url(f"cohorts/{cohort.pk}/budget/")
    cast.sign_in(client, cast.manager)
    data = {"amount": "40000", "purpose": "两位外部讲师"}
    assert [client.post(page, data).status_code for _ in range(2)] == [302, 422]
    asked = BudgetRequest.objects.get()
    sponsoring = cast.sign_in(client, cast.sponsor).get(cast.url("sponsoring/"))
    assert ("两位外部讲师" in sponsoring.text, "40,000" in sponsoring.text) == (True, True)
    decide = cast.url(f"sponsoring/{cohort.pk}/budget/{asked.pk}/")
    name = f"budget-{cohort.pk}"
    answers = [
        client.post(decide, {f"{name}-approved": amount, f"{name}-note": note}).status_code
        for amount, note in (("-1", ""), ("30000", ""), ("30000", "先做试点"), ("40000", ""))
    ]
    assert answers == [422, 422, 302, 422]
    asked.refresh_from_db()
    assert (asked.approved, asked.decided_by, asked.note) == (Decimal(30000), cast.sponsor, "先做试点")
    assert set(Notification.objects.filter(kind__startswith="budget").values_list("kind", "recipient")) == {
        ("budget_asked", cast.sponsor.pk),
        ("budget_decided", cast.manager.pk),
    }
    assert AuditEvent.objects.filter(action="cohort_changed", subject_id=cohort.pk).count() == 2
    assert "先做试点" in cast.sign_in(client, cast.manager).get(page).text


def test_a_refused_decision_keeps_what_was_typed(cast, client, cohort):
    asked = decide_budget.ask(cohort, Decimal(100), "物料", by=cast.manager)
    data = {f"budget-{cohort.pk}-approved": "70", f"budget-{cohort.pk}-note": " "}
    answer = cast.sign_in(client, cast.sponsor).post(cast.url(f"sponsoring/{cohort.pk}/budget/{asked.pk}/"), data)
    assert (answer.status_code, 'value="70"' in answer.text, "请说明原因" in answer.text) == (422, True, True)


def test_who_asks_and_who_decides(cast, client, cohort):
    asked = decide_budget.ask(cohort, Decimal(100), "物料", by=cast.director)
    for part in ("trainee", "mentor", "line_manager", "sponsor", "admin", "reviewer"):
        with pytest.raises(PermissionDenied):
            decide_budget.ask(cohort, Decimal(100), "物料", by=cast.people[part])
    for member in (cast.manager, cast.director, cast.business_head):
        with pytest.raises(PermissionDenied):
            decide_budget.decide(asked, Decimal(100), "", by=member)
        answer = cast.sign_in(client, member).post(cast.url(f"sponsoring/{cohort.pk}/budget/{asked.pk}/"), {})
        assert answer.status_code == 404
    assert cast.sign_in(client, cast.sponsor).get(cast.url(f"cohorts/{cohort.pk}/budget/")).status_code == 403
    assert cast.sign_in(client, cast.outsider).get(cast.url(f"cohorts/{cohort.pk}/budget/")).status_code == 404
    with tenant(cast.rival.pk):
        assert BudgetRequest.objects.count() == 0


def test_without_a_sponsor_there_is_nobody_to_ask(cast):
    cohort = make_cohort(cast)
    with pytest.raises(ValidationError) as refusal:
        decide_budget.ask(cohort, Decimal(100), "物料", by=cast.manager)
    assert refusal.value.code == "no_sponsor"


# ── Hours ──


def hours_url(cast, enrollment, rest="") -> str:
    return cast.url(f"cohorts/{enrollment.cohort_id}/{enrollment.pk}/hours/{rest}")


def sign_plan(enrollment, hours):
    plan = deliverable_of(enrollment, "D5")
    Submission.objects.create(deliverable=plan, number=1, data={"weekly_hours": hours}, content_hash="0" * 64, author=enrollment.trainee)
    type(plan).objects.filter(pk=plan.pk).update(state="approved", last_number=1)


def test_a_trainee_notes_corrects_and_the_line_manager_confirms(cast, client, enrollment):
    sign_plan(enrollment, "8")
    cast.sign_in(client, cast.trainee)
    for hours in ("6", "6.5"):
        data = {"week_on": "2026-09-28", "hours": hours, "practice_hours": ""}
        assert client.post(hours_url(cast, enrollment, "note/"), data).status_code == 302
    week = WeekHours.objects.get()
    assert (week.hours, week.practice_hours, week.confirmed_at) == (Decimal("6.5"), 0, None)
    page = cast.sign_in(client, cast.line_manager).get(hours_url(cast, enrollment))
    assert ("每周 8 小时" in page.text, "6.5" in page.text) == (True, True)
    confirm = hours_url(cast, enrollment, f"{week.pk}/confirm/")
    given = [
        {"hours": "6.0", "practice_hours": "0.0"},
        {"hours": "6.5", "practice_hours": "0.0"},
        {"hours": "6.5", "practice_hours": "0.0"},
        {},
    ]
    assert [client.post(confirm, data).status_code for data in given] == [409, 302, 409, 422]
    week.refresh_from_db()
    assert week.confirmed_by == cast.line_manager
    with pytest.raises(ValidationError) as refusal:
        note_hours.note(enrollment, MONDAY, Decimal(9), Decimal(0), by=cast.trainee, today=TODAY)
    assert refusal.value.code == "confirmed"
    assert Notification.objects.filter(kind="hours_to_confirm", recipient=cast.line_manager).count() == 1  # of two notes
    assert AuditEvent.objects.filter(action="figures_confirmed", subject_id=enrollment.pk).count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"week_on": date(2026, 9, 29)}, "unknown_week"),
        ({"week_on": date(2026, 10, 5)}, "unknown_week"),
        ({"week_on": date(2026, 8, 24)}, "unknown_week"),
        ({"hours": Decimal(61)}, "out_of_range"),
        ({"hours": Decimal(4), "practice_hours": Decimal(5)}, "more_than_all"),
    ],
)
def test_hours_that_cannot_be(cast, enrollment, facts, code):
    given = {"week_on": MONDAY, "hours": Decimal(8), "practice_hours": Decimal(0)} | facts
    with pytest.raises(ValidationError) as refusal:
        note_hours.note(enrollment, *given.values(), by=cast.trainee, today=TODAY)
    assert codes(refusal) == [code]


def test_nobody_but_the_trainee_notes_and_nobody_but_the_line_manager_confirms(cast, client, enrollment):
    week = note_hours.note(enrollment, MONDAY, Decimal(8), Decimal(2), by=cast.trainee, today=TODAY)
    seen = {}
    for part, member in cast.people.items():
        cast.sign_in(client, member)
        data = {"hours": "8.0", "practice_hours": "2.5", "week_on": "2026-09-28"}  # figures that nobody noted: never confirmed here
        note, confirm = hours_url(cast, enrollment, "note/"), hours_url(cast, enrollment, f"{week.pk}/confirm/")
        seen[part] = (
            client.get(hours_url(cast, enrollment)).status_code,
            client.post(note, {}).status_code,
            client.post(confirm, data).status_code,
        )
    reads = {"mentor", "hrbp", "training_manager", "manager", "director"}
    expected = {part: (200, 403, 403) if part in reads else (404, 404, 404) for part in cast.people}
    assert seen == expected | {"trainee": (200, 422, 403), "line_manager": (200, 403, 409)}
    assert cast.sign_in(client, cast.outsider).get(hours_url(cast, enrollment)).status_code == 404
    with tenant(cast.rival.pk):
        assert WeekHours.objects.count() == 0


def test_nobody_confirms_their_own_hours(cast, enrollment):
    week = note_hours.note(enrollment, MONDAY, Decimal(8), Decimal(2), by=cast.trainee, today=TODAY)
    SupportRole.objects.create(enrollment=enrollment, role="line_manager", member=cast.trainee)
    with pytest.raises(PermissionDenied):
        note_hours.confirm(week, Decimal(8), Decimal(2), by=cast.trainee)


def test_the_page_of_hours_asks_the_same_for_one_week_as_for_four(cast, client, enrollment):
    note_hours.note(enrollment, MONDAY, Decimal(8), Decimal(2), by=cast.trainee, today=TODAY)
    cast.sign_in(client, cast.line_manager)
    client.get(hours_url(cast, enrollment))
    with query_count() as few:
        client.get(hours_url(cast, enrollment))
    for weeks in (1, 2, 3):
        week = note_hours.note(enrollment, MONDAY - timedelta(weeks=weeks), Decimal(8), Decimal(2), by=cast.trainee, today=TODAY)
        note_hours.confirm(week, Decimal(8), Decimal(2), by=cast.line_manager)
    with query_count() as many:
        client.get(hours_url(cast, enrollment))
    assert (len(few), len(many)) == (13, 13)


# ── Pulse ──


@pytest.fixture
def five(cast, cohort, enrollment):
    """Five trainees: the cast's, and four more."""
    more = [enroll_cast(cast, cohort, trainee=make_member(f"学员{n}", f"pulse{n}@hengyue.example")) for n in range(4)]
    return [enrollment, *more]


def test_an_answer_is_counted_and_nothing_says_whose_it_is(cast, client, five):
    home, pulse = cast.url("my/program/"), cast.url("my/program/pulse/")
    before = AuditEvent.objects.count()
    asked = cast.sign_in(client, cast.trainee).get(home)
    assert ("出了差错我敢早说" in asked.text, "满 5 份" in asked.text) == (True, True)
    assert [client.post(pulse, data).status_code for data in ({}, {"answer": "9"}, {"answer": "4"})] == [422, 422, 302]
    assert "出了差错我敢早说" not in client.get(home).text
    client.post(pulse, {"answer": "5"})  # once a round
    assert list(PulseCount.objects.values_list("round", "answer", "count")) == [(1, 4, 1)]
    assert list(PulseTurn.objects.values_list("enrollment", "round")) == [(five[0].pk, 1)]
    assert AuditEvent.objects.count() == before  # a time beside a name would lead to the count that changed then
    assert {field.name for field in PulseCount._meta.fields} == {"id", "organization", "cohort", "round", "answer", "count"}
    assert {field.name for field in PulseTurn._meta.fields} == {"id", "organization", "enrollment", "round"}
    with pytest.raises(DatabaseError), transaction.atomic():
        PulseTurn.objects.update(round=2)
    with tenant(cast.rival.pk):
        assert (PulseCount.objects.count(), PulseTurn.objects.count()) == (0, 0)


def test_it_is_asked_of_trainees_in_a_round_and_in_a_cohort_of_five(cast, client, cohort, five):
    first = round_of(START, 1)
    for day, code in ((first.first_on - timedelta(days=1), "not_asked"), (first.last_on + timedelta(days=1), "not_asked")):
        with pytest.raises(ValidationError) as refusal:
            answer_pulse(five[0], 4, by=cast.trainee, today=day)
        assert refusal.value.code == code
    for member in (cast.mentor, cast.director, five[1].trainee):
        with pytest.raises(PermissionDenied):
            answer_pulse(five[0], 4, by=member, today=TODAY)
    Enrollment.objects.filter(pk=five[-1].pk).update(state="withdrawn")
    with pytest.raises(ValidationError) as refusal:
        answer_pulse(five[0], 4, by=cast.trainee, today=TODAY)
    assert refusal.value.code == "not_asked"
    assert "出了差错我敢早说" not in cast.sign_in(client, cast.trainee).get(cast.url("my/program/")).text


def test_the_home_asks_no_further_question_for_it(cast, client, five):
    cast.sign_in(client, cast.trainee)
    client.get(cast.url("my/program/"))
    with query_count() as asked:
        assert client.get(cast.url("my/program/")).context["pulse"].number == 1
    assert len(asked) == 14


def test_it_reads_in_english(cast, client, five):
    User.objects.update(language="en")
    for member in (cast.trainee, cast.manager, cast.line_manager):
        member.user.refresh_from_db()
    assert "I can report a mistake early" in cast.sign_in(client, cast.trainee).get(cast.url("my/program/")).text
    assert "Ask the sponsor" in cast.sign_in(client, cast.manager).get(cast.url(f"cohorts/{five[0].cohort_id}/budget/")).text
    note_hours.note(five[0], MONDAY, Decimal("7.5"), Decimal(2), by=cast.trainee, today=TODAY)
    page = cast.sign_in(client, cast.line_manager).get(hours_url(cast, five[0])).text
    assert ("Week of" in page, "7.5" in page, "Confirm" in page) == (True, True, True)


@pytest.mark.parametrize("value", ["\0", "NaN", "Infinity", "1e400", "-0", "９" * 40, "x" * 5000, "2026-02-31", "[]"])
def test_no_value_breaks_a_form(cast, client, cohort, five, value):
    asked = decide_budget.ask(cohort, Decimal(100), "物料", by=cast.manager)
    week = note_hours.note(five[0], MONDAY, Decimal(8), Decimal(2), by=cast.trainee, today=TODAY)
    own = hours_url(cast, five[0])
    posts = [
        (cast.manager, cast.url(f"cohorts/{cohort.pk}/budget/"), {"amount": value, "purpose": value}),
        (cast.sponsor, cast.url(f"sponsoring/{cohort.pk}/budget/{asked.pk}/"), {f"budget-{cohort.pk}-approved": value}),
        (cast.trainee, f"{own}note/", {"week_on": value, "hours": value, "practice_hours": value}),
        (cast.line_manager, f"{own}{week.pk}/confirm/", {"hours": value, "practice_hours": value}),
        (cast.trainee, cast.url("my/program/pulse/"), {"answer": value}),
    ]
    answers = {path: cast.sign_in(client, member).post(path, data).status_code for member, path, data in posts}
    assert {path: status for path, status in answers.items() if status not in (400, 409, 422)} == {}
