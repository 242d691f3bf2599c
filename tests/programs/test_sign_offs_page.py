"""The queue: what waits for whom, oldest first, and passing checks together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from organizations import clock
from organizations.models import DelegatedAuthority
from programs.actions.record_check import record_check
from programs.models import CheckDefinition, CheckResult, CohortDeputy, SignOffStep
from programs.queries.sign_off_queue import Filters, queue_of, waited
from tests.factories.programs import START, draft_version, enroll_cast, make_cohort, work_of
from tests.programs.test_sign_off import decide, finish_first_steps, hand_in, ready
from tests.queries import query_count

ALL_YES = {"signed": True, "booked": True}


@pytest.fixture
def enrollment(enrolled):
    return enrolled


def publish(version):
    """Past the checks, which this small programme does not pass."""
    type(version).objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    return version


def page(cast, name="sign_offs", *args):
    return reverse(f"programs:{name}", args=[cast.organization.slug, *args])


NO_FILTER = Filters()


def seen_by(member, today=START, filters=NO_FILTER):
    return [(entry.kind, entry.key, entry.trainee) for entry in queue_of(member, filters, now=timezone.now(), today=today).entries]


def test_what_was_handed_in_waits_for_the_one_whose_turn_it_is(cast, enrollment):
    hand_in(cast, enrollment)

    found = {part: seen_by(member) for part, member in cast.people.items()}

    assert found == {key: [] for key in cast.people} | {"mentor": [("check", "C3", "林予安"), ("step", "D1", "林予安")]}


def test_the_plan_goes_from_hand_to_hand(cast, enrollment):
    finish_first_steps(cast, enrollment)
    plan = hand_in(cast, enrollment, "D5")
    assert (seen_by(cast.mentor), seen_by(cast.line_manager)) == ([("step", "D5", "林予安")], [])

    decide(plan, "approved", cast.mentor)

    assert (seen_by(cast.mentor), seen_by(cast.line_manager)) == ([], [("step", "D5", "林予安")])


def test_the_oldest_comes_first(cast):
    cohort = make_cohort(cast)
    first, second = enroll_cast(cast, cohort), enroll_cast(cast, cohort, trainee=cast.peer)
    now = timezone.now()
    with clock.at(now - timedelta(days=1)):
        hand_in(cast, first)
    with clock.at(now - timedelta(days=3)):
        hand_in(cast, second, by=cast.peer)

    queue = queue_of(cast.mentor, Filters(kind="step"), now=now, today=START)

    assert [(entry.trainee, entry.since) for entry in queue.entries] == [
        ("许博文", now - timedelta(days=3)),
        ("林予安", now - timedelta(days=1)),
    ]
    with translation.override("en"):
        assert waited(now - timedelta(days=3), now) == "waiting 3 days"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "waiting 1 minute"),
        (timedelta(minutes=59), "waiting 59 minutes"),
        (timedelta(hours=1), "waiting 1 hour"),
        (timedelta(hours=23, minutes=59), "waiting 23 hours"),
        (timedelta(days=1), "waiting 1 day"),
        (timedelta(days=44), "waiting 44 days"),
    ],
)
def test_age_is_said_in_words(age, words):
    now = timezone.now()
    with translation.override("en"):
        assert waited(now - age, now) == words


def test_a_check_waits_until_every_item_is_a_yes(cast, enrollment):
    work, check = work_of(enrollment, "1.4.a"), CheckDefinition.objects.get(key="C3")
    assert seen_by(cast.mentor) == [("check", "C3", "林予安")]

    record_check(work, check, {"signed": True}, by=cast.mentor, today=START, note="还没约第二次")
    assert seen_by(cast.mentor) == [("check", "C3", "林予安")]

    record_check(work, check, ALL_YES, by=cast.mentor, today=START)
    assert seen_by(cast.mentor) == []


@pytest.mark.parametrize(
    ("by", "parts"),
    [
        (["trainee"], {"trainee"}),
        (["cohort_manager"], {"manager"}),
        (["hr_director"], {"director"}),
        (["line_manager", "hrbp"], {"line_manager", "hrbp"}),
        (["mentor", "trainee"], {"mentor", "trainee"}),
    ],
)
def test_a_check_waits_for_those_whom_the_template_names(cast, by, parts):
    version = draft_version()
    CheckDefinition.objects.filter(version=version).update(by=by)
    version = publish(version)
    enroll_cast(cast, make_cohort(cast, version=version))

    found = {part: seen_by(member) for part, member in cast.people.items()}

    assert found == {key: [] for key in cast.people} | {key: [("check", "C3", "林予安")] for key in parts}


def test_a_deputy_answers_a_check_of_the_cohort_manager(cast):
    version = draft_version()
    CheckDefinition.objects.filter(version=version).update(by=["cohort_manager"])
    version = publish(version)
    cohort = make_cohort(cast, version=version)
    enroll_cast(cast, cohort)
    CohortDeputy.objects.create(cohort=cohort, member=cast.reviewer)

    assert seen_by(cast.reviewer) == [("check", "C3", "林予安")]


def test_a_check_waits_from_the_day_it_is_planned_for(cast, enrollment):
    assert seen_by(cast.mentor, today=START - timedelta(days=1)) == []
    assert seen_by(cast.mentor, today=START) == [("check", "C3", "林予安")]


def test_whoever_stands_in_sees_what_the_absent_person_would(cast, enrollment):
    hand_in(cast, enrollment)
    for delegate in (cast.other_mentor, cast.trainee):
        DelegatedAuthority.objects.create(member=cast.mentor, delegate=delegate, from_on=START, until_on=START)

    assert seen_by(cast.other_mentor) == [("step", "D1", "林予安")]
    assert seen_by(cast.other_mentor, today=START + timedelta(days=1)) == []
    assert seen_by(cast.trainee) == []  # nobody decides on their own work, for whomever they stand in


def test_whoever_took_a_step_does_not_take_another_as_a_stand_in(cast, enrollment):
    finish_first_steps(cast, enrollment)
    plan = hand_in(cast, enrollment, "D5")
    DelegatedAuthority.objects.create(member=cast.line_manager, delegate=cast.mentor, from_on=START, until_on=START)
    decide(plan, "approved", cast.mentor)

    assert seen_by(cast.mentor) == []


def test_a_new_hr_director_finds_the_steps_that_wait_for_that_role(cast, enrollment):
    submission = hand_in(cast, enrollment)
    SignOffStep.objects.filter(submission=submission).update(roles=["hr_director"])
    cast.admin.roles = [*cast.admin.roles, "hr_director"]
    cast.admin.save(update_fields=["roles"])
    cast.trainee.roles = [*cast.trainee.roles, "hr_director"]
    cast.trainee.save(update_fields=["roles"])

    assert seen_by(cast.admin) == [("step", "D1", "林予安")]
    assert seen_by(cast.trainee) == []  # the author


# ── The page ──


@pytest.mark.parametrize("part", ["trainee", "peer", "mentor", "line_manager", "manager", "director", "admin", "reviewer", "sponsor"])
def test_everybody_has_a_queue_of_their_own(client, cast, enrollment, part):
    hand_in(cast, enrollment)
    answer = cast.sign_in(client, cast.people[part]).get(page(cast))
    assert (answer.status_code, "《成果 D1》" in answer.content.decode()) == (200, part == "mentor")


def test_the_queue_of_another_organization_is_not_found(client, cast, enrollment):
    assert cast.sign_in(client, cast.outsider).get(page(cast)).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(client, cast):
    assert client.get(page(cast)).status_code == 302


def test_filters_leave_one_trainee_or_one_kind(client, cast):
    cohort = make_cohort(cast)
    hand_in(cast, enroll_cast(cast, cohort))
    hand_in(cast, enroll_cast(cast, cohort, trainee=cast.peer), by=cast.peer)
    cast.sign_in(client, cast.mentor)

    def shown(query):
        return [(entry.key, entry.trainee) for entry in client.get(page(cast) + query).context["entries"]]

    assert shown(f"?trainee={cast.peer.pk}") == [("C3", "许博文"), ("D1", "许博文")]
    assert shown("?kind=check") == [("C3", "林予安"), ("C3", "许博文")]
    assert sorted(shown("?kind=step")) == [("D1", "林予安"), ("D1", "许博文")]
    assert len(shown("?kind=<script>&trainee=９９999999999999999999999")) == 4
    assert shown(f"?trainee={cast.hrbp.pk}") == []
    assert client.get(page(cast) + "?page=zwölf").status_code == 200


def test_a_cleared_queue_shows_the_leaf(client, cast, enrollment):
    answer = cast.sign_in(client, cast.other_mentor).get(page(cast))
    assert '<svg class="art"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 10, 25])
def test_the_queue_costs_the_same_however_long_it_is(client, cast, count):
    cohort = make_cohort(cast)
    submission = hand_in(cast, enroll_cast(cast, cohort))
    step = ready(submission)
    for number in range(2, count + 1):
        copy = type(submission)(deliverable=submission.deliverable, number=number, data={}, content_hash="", author=submission.author)
        copy.save()
        another = SignOffStep.objects.create(
            submission=copy, position=1, kind="approve", roles=["mentor"], state="ready", ready_at=step.ready_at
        )
        another.signers.create(member=cast.mentor)
    cast.sign_in(client, cast.mentor)
    client.get(page(cast))

    with query_count() as seen:
        answer = client.get(page(cast))

    assert len(answer.context["entries"]) == min(count + 1, 25)
    assert len(seen) == 8


# ── Passing checks together ──


def code(enrollment):
    return f"{work_of(enrollment, '1.4.a').pk}-{CheckDefinition.objects.get(key='C3').pk}"


def test_checks_are_passed_together(client, cast):
    cohort = make_cohort(cast)
    enrollments = [enroll_cast(cast, cohort), enroll_cast(cast, cohort, trainee=cast.peer)]
    cast.sign_in(client, cast.mentor)

    answer = client.post(page(cast, "pass_checks"), {"checks": [code(one) for one in enrollments]})

    assert (answer.status_code, answer["Location"]) == (302, page(cast))
    assert sorted(CheckResult.objects.values_list("work__enrollment__trainee", "by", "passed")) == sorted(
        [(cast.trainee.pk, cast.mentor.pk, True), (cast.peer.pk, cast.mentor.pk, True)]
    )
    assert {work_of(one, "1.4.a").state for one in enrollments} == {"approved"}


@pytest.mark.parametrize("part", ["trainee", "peer", "other_mentor", "line_manager", "manager", "director", "admin", "sponsor"])
def test_nobody_else_passes_a_check(client, cast, enrollment, part):
    answer = cast.sign_in(client, cast.people[part]).post(page(cast, "pass_checks"), {"checks": [code(enrollment)]})
    assert (answer.status_code, CheckResult.objects.count()) == (422, 0)


def test_the_outsider_passes_nothing(client, cast, enrollment):
    answer = cast.sign_in(client, cast.outsider).post(page(cast, "pass_checks"), {"checks": [code(enrollment)]})
    assert (answer.status_code, CheckResult.objects.count()) == (404, 0)


@pytest.mark.parametrize("checks", [[], ["1-1"], ["<b>"], ["99999999999999999999-1"], [""], ["-"], ["1-2-3"]])
def test_an_empty_or_strange_choice_passes_nothing_and_says_so(client, cast, enrollment, checks):
    answer = cast.sign_in(client, cast.mentor).post(page(cast, "pass_checks"), {"checks": checks})
    assert (answer.status_code, CheckResult.objects.count()) == (422, 0)
    assert answer.context["form"].errors["checks"]


def test_one_that_does_not_wait_any_more_stops_the_others_and_says_so(client, cast):
    cohort = make_cohort(cast)
    first, second = enroll_cast(cast, cohort), enroll_cast(cast, cohort, trainee=cast.peer)
    codes = [code(first), code(second)]
    record_check(work_of(first, "1.4.a"), CheckDefinition.objects.get(key="C3"), ALL_YES, by=cast.mentor, today=START)

    answer = cast.sign_in(client, cast.mentor).post(page(cast, "pass_checks"), {"checks": codes})

    assert (answer.status_code, CheckResult.objects.count()) == (422, 1)


def test_a_check_to_be_looked_at_singly_is_not_passed_in_bulk(client, cast):
    version = draft_version()
    CheckDefinition.objects.filter(version=version).update(bulk=False)
    version = publish(version)
    enrollment = enroll_cast(cast, make_cohort(cast, version=version))

    answer = cast.sign_in(client, cast.mentor).post(page(cast, "pass_checks"), {"checks": [code(enrollment)]})

    assert (answer.status_code, CheckResult.objects.count()) == (422, 0)
    assert 'type="checkbox"' not in answer.content.decode()


def test_a_deliverable_is_not_approved_in_bulk(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    answer = cast.sign_in(client, cast.mentor).post(page(cast, "pass_checks"), {"checks": [f"{step.pk}-0"]})
    step.refresh_from_db()
    assert (answer.status_code, step.state) == (422, "ready")
