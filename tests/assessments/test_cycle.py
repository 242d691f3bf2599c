"""A cycle opens with its reviews, tasks and first raters; it is closed once, and finished when all is decided."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assessments.actions import close_cycle
from assessments.actions.answer_feedback import save
from assessments.actions.open_cycle import open_cycle
from assessments.actions.remind import sweep
from assessments.jobs import sweep_reviews
from assessments.models import CertificationReview, FeedbackDraft, Rater, ReviewCycle
from notifications.models import Notification
from programs.actions.advance import advance
from programs.jobs import today_in
from programs.models import Enrollment, TaskDefinition, TaskWork
from tests.assessments.world import CLOSES, TODAY, ask, close, decided_world, make_world, send
from tests.factories.programs import builtin_version, enroll_cast, make_cohort, work_of
from tests.queries import query_count


@pytest.fixture
def world(cast):
    return make_world(cast)


def codes(refusal):
    error = refusal.value
    return {field: errors[0].code for field, errors in error.error_dict.items()} if hasattr(error, "error_dict") else error.code


def open_second(cast, world, **other):
    given = {"number": 2, "length": "year", "opens_on": TODAY, "closes_on": CLOSES, "by": cast.manager, "today": TODAY} | other
    return open_cycle(world.enrollment.cohort, **given)


def test_a_cycle_brings_a_review_for_each_running_trainee_and_tells_them(cast, world):
    assert [(review.enrollment_id, review.state, review.level) for review in CertificationReview.objects.all()] == [
        (world.enrollment.pk, "gathering", "junior")
    ]
    assert Notification.objects.filter(recipient=cast.trainee, kind="cycle_opened").count() == 1


def test_the_cycles_task_opens_with_it_and_from_its_day(cast, world):
    work = work_of(world.enrollment, "5.3.a")
    assert (work.state, work.planned_start_on) == ("open", TODAY)
    assert work.due_on == date(2026, 9, 15)  # the eleventh working day


def test_before_a_cycle_nothing_per_cycle_is_open(cast):
    enrollment = enroll_cast(cast, make_cohort(cast, start_on=date(2025, 9, 1)), today=date(2026, 9, 1))
    assert work_of(enrollment, "5.3.a").state == "locked"


def test_the_second_cycle_is_the_second_occurrence(cast, world):
    ReviewCycle.objects.filter(pk=world.cycle.pk).update(state="finished")
    open_second(cast, world, opens_on=date(2026, 9, 10))
    works = TaskWork.objects.filter(enrollment=world.enrollment, task__key="5.3.a").order_by("occurrence")
    assert [(work.occurrence, work.state, work.deliverables.count()) for work in works] == [(1, "open", 1), (2, "open", 1)]


def test_in_the_built_in_program_the_decision_waits_for_the_rest_of_its_own_cycle(cast):
    world = make_world(cast, make_cohort(cast, version=builtin_version(cast)))
    states = dict(TaskWork.objects.filter(enrollment=world.enrollment, task__phase__key="PH5").values_list("task__key", "state"))
    assert states == {"5.1.a": "open", "5.2.a": "open", "5.3.a": "open", "5.4.a": "locked"}
    per_cycle = TaskDefinition.objects.filter(version=world.enrollment.cohort.version, phase__key="PH5")
    finished = per_cycle.exclude(key__in=["5.4.a", "5.3.a"])
    TaskWork.objects.filter(task__in=finished).update(state="approved")
    advance(world.enrollment, TODAY)
    assert work_of(world.enrollment, "5.4.a").state == "locked"
    TaskWork.objects.filter(task__key="5.3.a").update(state="approved")
    advance(world.enrollment, TODAY)
    assert work_of(world.enrollment, "5.4.a").state == "open"


def test_raters_are_proposed_from_who_supports_the_trainee(cast, world):
    found = {rater.member.name: (rater.group, rater.state) for rater in Rater.objects.select_related("member")}
    assert found == {
        cast.trainee.name: ("self", "asked"),
        cast.line_manager.name: ("superior", "proposed"),
        cast.business_head.name: ("business", "proposed"),
        cast.hrbp.name: ("peer", "proposed"),
        cast.training_manager.name: ("peer", "proposed"),
    }


def test_only_who_runs_the_cohort_opens_and_closes(cast, world):
    for part in ("trainee", "mentor", "line_manager", "reviewer", "admin", "hrbp"):
        with pytest.raises(PermissionDenied):
            open_second(cast, world, by=cast.people[part])
        with pytest.raises(PermissionDenied):
            close_cycle.close(world.cycle, by=cast.people[part])


def test_what_makes_no_cycle(cast, world):
    ReviewCycle.objects.filter(pk=world.cycle.pk).update(state="finished")
    for other, code in (
        ({"number": 1}, {"number": "cycle_number_once"}),
        ({"number": 0}, {"number": "cycle_number_once"}),
        ({"closes_on": date(2026, 8, 31)}, {"closes_on": "dates_wrong_way"}),
        ({"opens_on": date(2026, 8, 1), "closes_on": date(2026, 8, 20)}, {"closes_on": "over_before_it_begins"}),
    ):
        with pytest.raises(ValidationError) as refusal:
            open_second(cast, world, **other)
        assert codes(refusal) == code


def test_one_cycle_at_a_time_and_none_without_trainees(cast, world):
    with pytest.raises(ValidationError) as refusal:
        open_second(cast, world)
    assert codes(refusal) == "cycle_one_running"
    with pytest.raises(ValidationError) as refusal:
        open_cycle(make_cohort(cast, name="空班", version=world.enrollment.cohort.version), number=1, length="year", opens_on=TODAY,
                   closes_on=CLOSES, by=cast.director, today=TODAY)  # fmt: skip
    assert codes(refusal) == "nobody"


def test_the_day_after_the_last_it_closes_by_itself(cast, world, run_jobs):
    sweep(CLOSES)
    assert ReviewCycle.objects.get().state == "open"
    sweep(date(2026, 9, 29))
    assert ReviewCycle.objects.get().state == "closed"


def test_who_has_not_answered_is_reminded_once_a_day_and_nobody_else(cast, world):
    raters = ask(world, peer=3)
    send(next(rater for rater in raters if rater.group == "superior"))
    day = date(2026, 9, 23)  # two working days before the last, Mon 28 Sep: 25 to 27 Sep are days off
    for today in (date(2026, 9, 15), day, day):
        sweep(today)
    told = Notification.objects.filter(kind="feedback_due")
    assert sorted(one.recipient.name for one in told) == sorted([cast.trainee.name, "peer 0", "peer 1", "peer 2"])
    sweep(CLOSES)
    assert told.filter(dedup_key__endswith=CLOSES.isoformat()).count() == 4


def test_the_job_opens_its_tenant(cast, world):
    sweep_reviews(cast.organization.pk)
    assert ReviewCycle.objects.get().state == ("closed" if today_in(cast.organization.pk) > CLOSES else "open")


def test_the_last_day_can_be_moved_while_it_is_open(cast, world):
    close_cycle.move_close(world.cycle, date(2026, 10, 20), by=cast.manager, today=TODAY)
    assert ReviewCycle.objects.get().closes_on == date(2026, 10, 20)
    with pytest.raises(ValidationError) as refusal:
        close_cycle.move_close(world.cycle, date(2026, 8, 20), by=cast.manager, today=TODAY)
    assert codes(refusal) == {"closes_on": "date_passed"}


def test_the_close_tells_mentor_and_line_manager_what_they_do_now(cast, world):
    close(world)
    told = set(Notification.objects.filter(kind__in=["results_ready", "statement_asked"]).values_list("recipient__name", "kind"))
    assert told == {
        (cast.mentor.name, "results_ready"),
        (cast.mentor.name, "statement_asked"),
        (cast.line_manager.name, "statement_asked"),
    }
    with pytest.raises(ValidationError) as refusal:
        close(world)
    assert codes(refusal) == "not_open"


def test_a_cycle_ends_with_its_last_decision_and_not_before(cast, world):
    close(world)
    with pytest.raises(ValidationError) as refusal:
        close_cycle.finish(world.cycle, by=cast.manager)
    assert codes(refusal) == "reviews_open"
    Enrollment.objects.update(state="withdrawn")
    close_cycle.finish(world.cycle, by=cast.manager)
    assert ReviewCycle.objects.get().state == "finished"


def test_the_last_decision_finishes_it(cast):
    decided_world(cast)
    assert ReviewCycle.objects.get().state == "finished"


def test_closing_costs_the_same_for_any_number_of_raters(cast, world):
    for rater in ask(world, peer=3):
        send(rater)
    with query_count() as few:
        close(world)
    assert len(few) <= 32
    assert FeedbackDraft.objects.count() == 0


# ── Pages ──


def test_the_manager_opens_a_cycle_on_the_page(cast, client):
    enroll_cast(cast)
    cast.sign_in(client, cast.manager)
    page = client.get(cast.url("reviews/cycles/new/"))
    assert page.status_code == 200
    form = page.context["form"]
    answer = client.post(
        cast.url("reviews/cycles/new/"),
        {"cohort": form["cohort"].initial.pk, "number": 1, "length": "half_year", "opens_on": "2026-09-01", "closes_on": "2027-12-01"},
    )
    cycle = ReviewCycle.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, cast.url(f"reviews/cycles/{cycle.pk}/"))
    assert cast.trainee.name in client.get(answer["Location"]).text


def test_what_was_typed_stays_when_it_is_refused(cast, client, world):
    cast.sign_in(client, cast.manager)
    cohort = world.enrollment.cohort_id
    values = {"cohort": cohort, "number": 7, "length": "year", "opens_on": "2099-01-02", "closes_on": "2099-01-01"}
    answer = client.post(cast.url("reviews/cycles/new/"), values)
    assert answer.status_code == 422
    assert 'value="7"' in answer.text


def test_a_cycles_page_asks_the_same_for_one_trainee_and_three(cast, client, world):
    cast.sign_in(client, cast.manager)
    page = cast.url(f"reviews/cycles/{world.cycle.pk}/")
    client.get(page)
    with query_count() as one:
        client.get(page)
    for part in ("peer", "sponsor"):
        enrollment = enroll_cast(cast, world.enrollment.cohort, trainee=cast.people[part])
        CertificationReview.objects.create(cycle=world.cycle, enrollment=enrollment)
    with query_count() as three:
        client.get(page)
    assert (len(one), len(three)) == (len(one), len(one))
    assert len(one) <= 14


def test_answers_typed_and_not_sent_go_with_the_close(cast, world):
    rater = next(rater for rater in ask(world, peer=3) if rater.group == "peer")
    save(rater, {"F01": 3}, {})
    close(world)
    assert FeedbackDraft.objects.count() == 0
