"""The success factors of a cohort: counted from what happened, from five people up, never shown to the panel."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assessments.models import Panelist
from assessments.queries.success_page import success_page
from mentorship.models import Meeting, MeetingFeedback, Pairing
from organizations import clock
from organizations.models import DelegatedAuthority, User
from programs.models import (
    BudgetRequest,
    PulseCount,
    ScheduleChange,
    SignOff,
    SignOffStep,
    SponsorAcceptance,
    SponsorCheckIn,
    Submission,
    WeekHours,
)
from programs.rules.pulse import round_of
from projects.models import Gate, PracticeProject
from tests.assessments.world import make_world
from tests.cast import make_member
from tests.factories.mentorship import hold, make_mentor, named_pairing, signed_agreement
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.factories.projects import chosen_project, open_project_phase
from tests.queries import query_count

QUERIES = 29
NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)


@pytest.fixture
def cohort(cast, published):
    """Five people in the built-in programme, sponsored."""
    cohort = make_cohort(cast, version=published, sponsor=cast.business_head)
    for number in range(4):
        enroll_cast(cast, cohort, trainee=make_member(f"学员{number}", f"trainee{number}@hengyue.example"))
    return cohort


@pytest.fixture
def enrollment(cast, cohort):
    """The cast's trainee, the fifth."""
    return enroll_cast(cast, cohort)


def figures(cast, cohort) -> dict:
    """By signal: the figure."""
    page = success_page(cohort, cast.organization.slug, timezone.localdate(NOW), NOW)
    return {line.key: line.figure for factor in page.factors for line in factor.lines}


def shown(cast, cohort) -> dict:
    """By signal: value and n as one reads them."""
    return {key: figure and (str(figure.value), figure.n) for key, figure in figures(cast, cohort).items()}


def shown_share(part: int, whole: int) -> Decimal:
    return round(Decimal(part) / whole, 2)


def url(cast, cohort) -> str:
    return cast.url(f"cohorts/{cohort.pk}/success/")


def test_what_has_not_happened_is_no_figure(cast, cohort, enrollment):
    found = shown(cast, cohort)
    nothing = ("None", 0)
    assert [found[key] for key in ("commitment_kept", "stretch", "time_given", "safety_pulse")] == [nothing] * 4
    assert [found[key] for key in ("mentee_rating", "turnaround", "rhythm_and_load", "real_project", "learned_from_return")] == [
        nothing
    ] * 5
    assert [found[key] for key in ("lessons_told", "two_way", "acted_on")] == [nothing] * 3
    # 62 days without a word: stale. No sponsor has accepted; only the kick-off was planned by now.
    assert (found["fresh"], found["sponsors_accepted"], found["check_ins_kept"]) == (("0.00", 5), ("0.00", 1), ("0.00", 1))


def test_sponsors_and_real_projects(cast, cohort, enrollment):
    SponsorAcceptance.objects.create(cohort=cohort, member=cast.business_head)
    SponsorCheckIn.objects.create(cohort=cohort, kind="kick_off", held_on=START, words="开过", by=cast.business_head)
    open_project_phase(enrollment)
    project = chosen_project(cast, enrollment, kind="3.A")
    assert shown(cast, cohort)["real_project"] == ("0.00", 1)
    gate = Gate.objects.filter(project=project, position=1)
    gate.update(state="passed", decided_at=NOW - timedelta(days=50))
    found = shown(cast, cohort)
    assert (found["sponsors_accepted"], found["check_ins_kept"], found["real_project"]) == (("1.00", 2), ("1.00", 1), ("1.00", 1))
    gate.update(decided_at=NOW)
    assert shown(cast, cohort)["real_project"] == ("0.00", 1)


def sign_plan(enrollment, hours="8"):
    """The IDP with so many hours a week, signed by all."""
    plan = deliverable_of(enrollment, "D5")
    author = enrollment.trainee
    Submission.objects.create(deliverable=plan, number=1, data={"weekly_hours": hours}, content_hash="0" * 64, author=author)
    type(plan).objects.filter(pk=plan.pk).update(state="approved", last_number=1)


def noted(enrollment, hours, practice=0, week=date(2026, 10, 26), **more):
    return WeekHours.objects.create(enrollment=enrollment, week_on=week, hours=hours, practice_hours=practice, **more)


def test_a_commitment_is_half_money_and_half_hours(cast, cohort, enrollment):
    noted(cohort.enrollments.exclude(pk=enrollment.pk).first(), 1)  # nothing was agreed, so nothing can be broken
    sign_plan(enrollment)
    noted(enrollment, 6)
    assert figures(cast, cohort)["commitment_kept"].value is None
    asked = BudgetRequest.objects.create(cohort=cohort, amount=40000, purpose="讲师费", asked_by=cast.manager)
    assert shown(cast, cohort)["commitment_kept"] == ("0.38", 2)  # nothing approved yet; 6 of 8 hours
    BudgetRequest.objects.filter(pk=asked.pk).update(approved=30000, decided_by=cast.business_head, decided_at=NOW)
    noted(enrollment, 10, week=date(2026, 10, 19))
    found = figures(cast, cohort)["commitment_kept"]
    assert (str(found.value), found.n) == ("0.88", 2)  # 3/4 and 16 of 16 hours
    assert [(row.said, row.counts) for row in found.rows] == [("批准 30,000", False), ("16 小时中实际 16 小时 · 共 2 周", True)]


def real_project(cast, enrollment, **facts):
    """Chosen, with a sponsor from the business, and past G1 in time."""
    open_project_phase(enrollment)
    project = chosen_project(cast, enrollment, kind="3.A")
    Gate.objects.filter(project=project, position=1).update(state="passed", decided_at=NOW - timedelta(days=50))
    PracticeProject.objects.filter(pk=project.pk).update(accepted_at=NOW, **facts)
    return project


def test_a_project_stretches_with_a_baseline_a_target_and_a_wide_scope(cast, cohort, enrollment):
    project = real_project(cast, enrollment)
    project.measures.update(baseline=None, target=None)
    seen = []
    for change in (
        {},
        {"people_in_scope": 29},
        {"people_in_scope": 30},
        {"people_in_scope": None, "whole_unit": "华南区门店"},
    ):
        PracticeProject.objects.filter(pk=project.pk).update(**change)
        seen.append(shown(cast, cohort)["stretch"])
        if not change:
            project.measures.filter(pk=project.measures.first().pk).update(baseline=10, target=5)
    assert seen == [("0.00", 1), ("0.00", 1), ("1.00", 1), ("1.00", 1)]


def test_time_is_given_as_far_as_line_managers_confirm_it(cast, cohort, enrollment):
    project = real_project(cast, enrollment)
    kind = project.kind
    hours = sum(one["hours"] for one in kind.activities)
    assert hours > 0
    noted(enrollment, 40, 40)
    assert shown(cast, cohort)["time_given"] == ("0.00", 1)  # nobody has confirmed it
    WeekHours.objects.update(confirmed_by=cast.line_manager, confirmed_at=NOW)
    planned = figures(cast, cohort)["time_given"]
    assert 0 < planned.value <= 1
    PracticeProject.objects.filter(pk=project.pk).update(state="closed")
    assert figures(cast, cohort)["time_given"].value == shown_share(40, hours)


def test_the_pulse_is_told_once_its_round_is_over_and_from_five_answers_up(cast, cohort, enrollment):
    first = round_of(cohort.start_on, 1)
    for answer, count in ((5, 2), (4, 1), (2, 1)):
        PulseCount.objects.create(cohort=cohort, round=1, answer=answer, count=count)

    def on(day):
        page = success_page(cohort, cast.organization.slug, day, NOW)
        figure = {line.key: line.figure for factor in page.factors for line in factor.lines}["safety_pulse"]
        return str(figure.value), figure.n

    assert on(first.last_on + timedelta(days=1)) == ("None", 0)
    PulseCount.objects.filter(answer=2).update(count=2)
    assert [on(first.last_on), on(first.last_on + timedelta(days=1))] == [("None", 0), ("0.60", 5)]


def test_mentors_by_their_turns_ratings_and_feedback(cast, cohort, enrollment):
    make_mentor(cast)
    pairing = named_pairing(enrollment)
    with clock.at(NOW - timedelta(days=40)):
        for days in (10, 8, 6):
            meeting = hold(pairing, cast.mentor, at=clock.now() + timedelta(days=-days))
            MeetingFeedback.objects.create(meeting=meeting, author=cast.trainee, role="trainee", rating=4, at=NOW - timedelta(days=40))
    found = shown(cast, cohort)
    assert (found["mentee_rating"], found["two_way"]) == (("None", 0), ("0.00", 1))  # three answers, and one voice
    for one in cohort.enrollments.exclude(pk=enrollment.pk)[:2]:
        meeting = hold(named_pairing(one), cast.mentor, at=NOW - timedelta(days=45))
        MeetingFeedback.objects.create(meeting=meeting, author=one.trainee, role="trainee", rating=4, at=NOW - timedelta(days=40))
    found = shown(cast, cohort)
    assert (found["mentee_rating"], found["two_way"]) == (("0.75", 5), ("0.00", 3))
    meeting = hold(pairing, cast.mentor, at=NOW - timedelta(days=9))
    MeetingFeedback.objects.create(meeting=meeting, author=cast.trainee, role="trainee", rating=4, at=NOW - timedelta(days=9))
    MeetingFeedback.objects.create(meeting=meeting, author=cast.mentor, role="mentor", needs_a_change=True, at=NOW - timedelta(days=9))
    found = shown(cast, cohort)
    # The wish is nine days old: there is still time. One of five trainees was told something, the median was not.
    assert (found["two_way"], found["acted_on"], found["fresh"]) == (("0.33", 3), ("None", 0), ("0.00", 5))
    earlier = Meeting.objects.filter(pairing=pairing).order_by("starts_at").first()
    MeetingFeedback.objects.create(meeting=earlier, author=cast.mentor, role="mentor", needs_a_change=True, at=NOW - timedelta(days=45))
    assert shown(cast, cohort)["acted_on"] == ("0.00", 1)
    work = deliverable_of(enrollment, "D1").work
    moved = {"old_due_on": START, "new_due_on": START, "reason": "换周", "by": cast.manager, "at": NOW - timedelta(days=40)}
    ScheduleChange.objects.create(work=work, **moved)
    assert shown(cast, cohort)["acted_on"] == ("1.00", 1)


def test_meetings_that_kept_the_signed_rhythm_and_what_the_mentor_carries(cast, cohort, enrollment):
    began = NOW - timedelta(days=60)
    make_mentor(cast, capacity=1)
    with clock.at(began):
        pairing = named_pairing(enrollment)
        signed_agreement(pairing)
    Pairing.objects.filter(pk=pairing.pk).update(started_at=began)
    for days in (14, 50):  # the first kept its day, the second came three weeks late
        hold(pairing, cast.mentor, at=began + timedelta(days=days))
    assert shown(cast, cohort)["rhythm_and_load"] == ("0.25", 4)
    named_pairing(cohort.enrollments.exclude(pk=enrollment.pk).first())
    assert shown(cast, cohort)["rhythm_and_load"] == ("0.20", 4)


def returned(cast, enrollment, *, ready_at, at):
    """The mentor returned the trainee's first deliverable."""
    work = deliverable_of(enrollment, "D1")
    handed_in = Submission.objects.create(deliverable=work, number=1, data={}, content_hash="0" * 64, author=enrollment.trainee)
    step = SignOffStep.objects.create(submission=handed_in, position=1, kind="approve", roles=["mentor"], state="done", ready_at=ready_at)
    SignOff.objects.create(step=step, outcome="returned", by=cast.mentor, role="mentor", note="缺例子", content_hash="0" * 64, at=at)
    return work


def test_a_return_counts_after_twenty_working_days_and_a_turn_within_three(cast, cohort, enrollment):
    said = NOW - timedelta(days=50)
    work = returned(cast, enrollment, ready_at=said - timedelta(days=1), at=said)
    found = shown(cast, cohort)
    assert (found["learned_from_return"], found["turnaround"]) == (("0.00", 1), ("1.00", 1))
    SignOffStep.objects.update(ready_at=said - timedelta(days=20))
    type(work).objects.filter(pk=work.pk).update(state="approved")
    found = shown(cast, cohort)
    assert (found["learned_from_return"], found["turnaround"]) == (("1.00", 1), ("0.00", 1))
    away = said.date() - timedelta(days=12)
    DelegatedAuthority.objects.create(member=cast.mentor, delegate=cast.other_mentor, from_on=away, until_on=away + timedelta(days=2))
    assert shown(cast, cohort)["turnaround"] == ("None", 0)


def test_a_lesson_from_a_mistake_is_read_from_the_approved_retrospective(cast, cohort, enrollment):
    open_project_phase(enrollment)
    project = chosen_project(cast, enrollment, kind="3.A")
    PracticeProject.objects.filter(pk=project.pk).update(state="closed")
    assert shown(cast, cohort)["lessons_told"] == ("0.00", 1)
    work = deliverable_of(enrollment, "D13")
    data = {"lessons": [{"lesson": "先拿排班表", "useful_for": "门店", "from_mistake": "yes", "share": "named"}]}
    Submission.objects.create(deliverable=work, number=1, data=data, content_hash="0" * 64, author=cast.trainee)
    type(work).objects.filter(pk=work.pk).update(state="approved", last_number=1)
    assert shown(cast, cohort)["lessons_told"] == ("1.00", 1)


def test_who_runs_the_cohort_sees_the_rows_and_its_sponsor_the_figures(cast, client, cohort, enrollment):
    for part, sees in (("director", True), ("manager", True), ("business_head", False)):
        answer = cast.sign_in(client, cast.people[part]).get(url(cast, cohort))
        assert (answer.status_code, cast.trainee.name in answer.text, "高层支持" in answer.text) == (200, sees, True)
    for part in ("reviewer", "mentor", "trainee", "admin", "hrbp"):
        assert cast.sign_in(client, cast.people[part]).get(url(cast, cohort)).status_code == 404
    assert url(cast, cohort) in cast.sign_in(client, cast.manager).get(cast.url(f"cohorts/{cohort.pk}/")).text


def test_the_panel_never_sees_it(cast, client, cohort, enrollment):
    world = make_world(cast, cohort, enrollment=enrollment)
    for member in (cast.business_head, cast.director):
        Panelist.objects.create(review=world.review, member=member)
        answer = cast.sign_in(client, member).get(url(cast, cohort))
        assert (answer.status_code, "发起人到位" in answer.text) == (403, False)


def test_below_five_people_there_are_words_and_no_figures(cast, client, cohort):
    answer = cast.sign_in(client, cast.manager).get(url(cast, cohort))
    assert (answer.status_code, "满 5 人" in answer.text, "n = " in answer.text, "发起人到位" in answer.text) == (200, True, False, True)
    assert set(shown(cast, cohort).values()) == {None}


def test_it_reads_in_english(cast, client, cohort, enrollment):
    User.objects.update(language="en")
    cast.director.user.refresh_from_db()
    text = cast.sign_in(client, cast.director).get(url(cast, cohort)).text
    assert all(words in text for words in ("Sponsors accepted", "nothing to count yet", "n = 1", "What it comes from"))


def test_it_asks_the_same_for_one_and_for_three_of_everything(cast, client, cohort, enrollment):
    cast.sign_in(client, cast.director)
    client.get(url(cast, cohort))
    with query_count() as bare:
        client.get(url(cast, cohort))
    make_mentor(cast, capacity=5)
    for one in cohort.enrollments.order_by("-pk")[:3]:
        open_project_phase(one)
        chosen_project(cast, one, kind="3.A")
        sign_plan(one)
        noted(one, 6)
        meeting = hold(named_pairing(one), cast.mentor)
        MeetingFeedback.objects.create(meeting=meeting, author=cast.mentor, role="mentor", needs_a_change=True)
    with query_count() as full:
        client.get(url(cast, cohort))
    assert (len(bare), len(full)) == (QUERIES, QUERIES)
