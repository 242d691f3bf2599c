"""Pairings: proposed, answered, paused, ended; SupportRole follows them, and they follow SupportRole."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorship import paths
from mentorship.actions import answer_pairing, end_pairing, follow_relations, propose_pairing
from mentorship.models import Meeting, Pairing
from mentorship.rules.pairing_states import LIVE, RUNNING
from notifications.models import Notification
from organizations import clock
from organizations.models import AuditEvent, AuditPayload
from programs.actions.change_relations import change_relation
from programs.actions.submit_work import submit
from programs.models import Appointment, Enrollment, SignOffStep, SupportRole
from programs.vocabulary import Role
from tests.factories.mentorship import active_pairing, make_mentor, named_pairing, plan, proposed_pairing
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.queries import query_count

TODAY = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def enrollment(cast):
    """The trainee, with nobody named as mentor."""
    enrollment = enroll_cast(cast)
    change_relation(enrollment, Role.MENTOR, [], by=cast.manager, today=TODAY)
    return enrollment


def mentors_of(enrollment) -> list[str]:
    named = SupportRole.objects.filter(enrollment=enrollment, role=Role.MENTOR, ended_at__isnull=True)
    return list(named.order_by("since", "pk").values_list("member__name", flat=True))


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_with_the_second_yes_they_begin_and_the_mentor_may_sign(cast, enrollment):
    make_mentor(cast)
    pairing = proposed_pairing(cast, enrollment)
    assert told("pairing_proposed") == {"周敏", "林予安"}
    pairing = answer_pairing.accept(pairing, by=cast.mentor, today=TODAY)
    assert (pairing.state, mentors_of(enrollment)) == ("accepted", [])
    pairing = answer_pairing.accept(pairing, by=cast.trainee, today=TODAY)
    assert (pairing.state, pairing.started_at, mentors_of(enrollment)) == ("active", clock.now(), ["周敏"])
    assert told("pairing_started") == {"周敏", "林予安", "何芳"}
    submission = submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=TODAY)
    signers = SignOffStep.objects.get(submission=submission, state="ready").signers
    assert list(signers.values_list("member__name", flat=True)) == ["周敏"]


def test_an_end_takes_the_role_and_the_queue_and_leaves_what_was_signed(cast, enrollment):
    make_mentor(cast)
    pairing = active_pairing(cast, enrollment)
    meeting = plan(pairing, cast.mentor)
    submission = submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=cast.trainee, today=TODAY)
    end_pairing.end(pairing, "换了岗位", by=cast.trainee, today=TODAY)
    pairing.refresh_from_db()
    meeting.refresh_from_db()
    assert (pairing.state, pairing.reason, pairing.ended_by, mentors_of(enrollment)) == ("ended", "换了岗位", cast.trainee, [])
    assert (meeting.state, Appointment.objects.count()) == ("cancelled", 0)
    assert SignOffStep.objects.get(submission=submission, state="ready").signers.count() == 0
    assert told("pairing_ended") == {"周敏", "何芳"}
    with pytest.raises(ValidationError) as refusal:
        end_pairing.end(pairing, "再来一次", by=cast.mentor, today=TODAY)
    assert refusal.value.code == "not_running"


def test_a_no_frees_the_place_and_says_why_to_who_proposed(cast, enrollment):
    make_mentor(cast, capacity=1)
    pairing = proposed_pairing(cast, enrollment)
    with pytest.raises(ValidationError) as refusal:
        answer_pairing.decline(pairing, " ", by=cast.mentor)
    assert refusal.value.error_dict["reason"][0].code == "reason_required"
    answer_pairing.decline(pairing, "今年已有两个项目", by=cast.mentor)
    assert told("pairing_declined") == {"何芳"}
    assert proposed_pairing(cast, enrollment).state == "proposed"


def test_a_waiting_proposal_counts_for_the_last_place(cast, enrollment):
    make_mentor(cast, capacity=1)
    proposed_pairing(cast, enrollment)
    other = enroll_cast(cast, enrollment.cohort, trainee=cast.peer)
    change_relation(other, Role.MENTOR, [], by=cast.manager, today=TODAY)
    with pytest.raises(ValidationError) as refusal:
        proposed_pairing(cast, other)
    assert refusal.value.code == "no_place"


@pytest.mark.parametrize("facts", [{"paused": True}, {"capacity": 1}])
def test_who_takes_nobody_is_not_proposed(cast, enrollment, facts):
    if facts == {"paused": True}:
        make_mentor(cast, **facts)
    with pytest.raises(ValidationError) as refusal:
        proposed_pairing(cast, enrollment)
    assert refusal.value.code == "no_profile"


def test_one_live_pairing_for_each_trainee(cast, enrollment):
    make_mentor(cast)
    make_mentor(cast, cast.other_mentor)
    proposed_pairing(cast, enrollment)
    with pytest.raises(ValidationError) as refusal:
        proposed_pairing(cast, enrollment, cast.other_mentor)
    assert refusal.value.code == "already_paired"
    assert Pairing.objects.live().count() == 1


def test_nobody_answers_or_proposes_for_others(cast, enrollment):
    make_mentor(cast)
    for member in (cast.trainee, cast.mentor, cast.admin, cast.hrbp):
        with pytest.raises(PermissionDenied):
            propose_pairing.propose(enrollment, cast.mentor, by=member)
    pairing = proposed_pairing(cast, enrollment)
    for member in (cast.manager, cast.director, cast.peer, cast.other_mentor):
        with pytest.raises(PermissionDenied):
            answer_pairing.accept(pairing, by=member, today=TODAY)
    for member in (cast.peer, cast.admin, cast.line_manager):
        with pytest.raises(PermissionDenied):
            end_pairing.end(pairing, "x", by=member, today=TODAY)


def test_the_same_yes_twice_is_told_so(cast, enrollment):
    """Both pages were open when the first one pressed: the second finds it answered."""
    make_mentor(cast)
    seen_twice = proposed_pairing(cast, enrollment)
    answer_pairing.accept(seen_twice, by=cast.mentor, today=TODAY)
    with pytest.raises(ValidationError) as refusal:
        answer_pairing.accept(seen_twice, by=cast.mentor, today=TODAY)
    assert refusal.value.code == "already_answered"
    answer_pairing.decline(seen_twice, "撤回", by=cast.manager)
    with pytest.raises(ValidationError) as refusal:
        answer_pairing.accept(seen_twice, by=cast.trainee, today=TODAY)
    assert refusal.value.code == "already_answered"
    assert mentors_of(enrollment) == []


MOVES = st.lists(
    st.sampled_from(["propose", "mentor", "trainee", "decline", "pause", "resume", "end", "name", "unname", "sweep"]), max_size=9
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(MOVES)
def test_whatever_they_press_the_mentor_is_who_is_paired(cast, enrollment, moves):
    """At most one live pairing, and once HR's own changes are followed SupportRole names the mentor of the running one.

    Beside them only a co-mentor whom HR has named.
    """
    from django.db import transaction

    make_mentor(cast, capacity=10)
    acts = {
        "propose": lambda live: proposed_pairing(cast, enrollment),
        "mentor": lambda live: answer_pairing.accept(live, by=cast.mentor, today=TODAY),
        "trainee": lambda live: answer_pairing.accept(live, by=cast.trainee, today=TODAY),
        "decline": lambda live: answer_pairing.decline(live, "否", by=cast.manager),
        "pause": lambda live: end_pairing.pause(live, by=cast.mentor),
        "resume": lambda live: end_pairing.resume(live, by=cast.trainee),
        "end": lambda live: end_pairing.end(live, "完", by=cast.manager, today=TODAY),
        "name": lambda live: change_relation(enrollment, Role.MENTOR, [cast.other_mentor], by=cast.manager, today=TODAY),
        "unname": lambda live: change_relation(enrollment, Role.MENTOR, [], by=cast.manager, today=TODAY),
        "sweep": lambda live: follow_relations.keep_in_step(Enrollment.objects.all()),
    }
    with transaction.atomic():
        for move in moves:
            live = Pairing.objects.live().filter(enrollment=enrollment).first()
            if live is None and move not in ("propose", "name", "unname", "sweep"):
                continue
            try:
                with transaction.atomic():
                    acts[move](live)
            except (ValidationError, PermissionDenied):
                pass
            assert Pairing.objects.filter(enrollment=enrollment, state__in=LIVE).count() <= 1
        follow_relations.keep_in_step(Enrollment.objects.all())
        running = Pairing.objects.filter(enrollment=enrollment, state__in=RUNNING)
        paired, named = set(running.values_list("mentor__name", flat=True)), set(mentors_of(enrollment))
        assert paired <= named
        assert named - paired <= ({cast.other_mentor.name} if paired and "name" in moves else set())
        assert follow_relations.keep_in_step(Enrollment.objects.all()) == 0
        transaction.set_rollback(True)


# ── Who is named directly ──


def test_enrolling_with_a_mentor_is_a_pairing(cast):
    enrollment = enroll_cast(cast)
    pairing = named_pairing(enrollment)
    support = SupportRole.objects.get(enrollment=enrollment, role=Role.MENTOR)
    assert (pairing.state, pairing.mentor, pairing.named, pairing.started_at) == ("active", cast.mentor, True, support.since)
    with query_count() as seen:
        assert follow_relations.keep_in_step(Enrollment.objects.all()) == 0
    assert len(seen) == 1


def test_many_are_paired_in_few_statements(cast):
    cohort = make_cohort(cast)
    for trainee in (cast.trainee, cast.peer, cast.reviewer, cast.sponsor):
        enroll_cast(cast, cohort, trainee=trainee)
    with query_count() as seen:
        assert follow_relations.keep_in_step(Enrollment.objects.all()) == 4
    assert len(seen) <= 5, "\n".join(seen)


def test_another_name_ends_the_pairing_and_begins_one(cast):
    enrollment = enroll_cast(cast)
    old = named_pairing(enrollment)
    plan(old, cast.mentor)
    change_relation(enrollment, Role.MENTOR, [cast.other_mentor], by=cast.manager, today=TODAY)
    with pytest.raises(ValidationError) as refusal:  # before anybody has looked: the relation decides, not the pairing
        plan(old, cast.mentor, 5)
    assert refusal.value.code == "not_active"
    new = named_pairing(enrollment)
    old.refresh_from_db()
    assert (old.state, old.ended_by, new.mentor, new.state) == ("ended", None, cast.other_mentor, "active")
    assert (list(Meeting.objects.values_list("state", flat=True)), Appointment.objects.count()) == (["cancelled"], 0)


def test_a_second_mentor_named_beside_the_first_changes_nothing(cast):
    enrollment = enroll_cast(cast)
    pairing = named_pairing(enrollment)
    change_relation(enrollment, Role.MENTOR, [cast.mentor, cast.other_mentor], by=cast.manager, today=TODAY)
    assert named_pairing(enrollment) == pairing
    end_pairing.end(pairing, "完", by=cast.manager, today=TODAY)
    assert mentors_of(enrollment) == ["郑岚"]
    assert named_pairing(enrollment).mentor == cast.other_mentor


def test_naming_the_proposed_mentor_answers_for_both_and_naming_another_overtakes_it(cast, enrollment):
    make_mentor(cast)
    proposed = proposed_pairing(cast, enrollment)
    change_relation(enrollment, Role.MENTOR, [cast.mentor], by=cast.manager, today=TODAY)
    assert named_pairing(enrollment) == proposed
    end_pairing.end(proposed, "完", by=cast.manager, today=TODAY)
    again = proposed_pairing(cast, enrollment)
    change_relation(enrollment, Role.MENTOR, [cast.other_mentor], by=cast.manager, today=TODAY)
    assert named_pairing(enrollment).mentor == cast.other_mentor
    again.refresh_from_db()
    assert again.state == "ended"


def test_a_withdrawn_trainee_has_no_running_pairing(cast):
    enrollment = enroll_cast(cast)
    pairing = named_pairing(enrollment)
    Enrollment.objects.filter(pk=enrollment.pk).update(state="withdrawn")
    assert follow_relations.keep_in_step(Enrollment.objects.all()) == 1
    pairing.refresh_from_db()
    assert (pairing.state, follow_relations.keep_in_step(Enrollment.objects.all())) == ("ended", 0)


def test_the_trail_says_who_did_what_without_reasons(cast, enrollment):
    make_mentor(cast)
    pairing = active_pairing(cast, enrollment)
    end_pairing.end(pairing, "家里有事", by=cast.trainee, today=TODAY)
    events = AuditEvent.objects.filter(subject_kind="pairing").order_by("pk")
    assert list(events.values_list("action", "actor_name")) == [
        ("pairing_proposed", "何芳"),
        ("pairing_answered", "周敏"),
        ("pairing_answered", "林予安"),
        ("pairing_ended", "林予安"),
    ]
    assert "家里有事" not in str(list(AuditPayload.objects.values_list("before", "after")))


# ── Pages ──


def test_paths_are_addresses(cast):
    for name, path in [
        ("pairing", paths.pairing(1)),
        ("agreement", paths.agreement(1)),
        ("meeting", paths.meeting(1)),
        ("cohort_mentoring", paths.cohort(1)),
    ]:
        assert reverse(f"mentorship:{name}", args=[cast.organization.slug, 1]) == cast.url(path)


def test_answering_by_page(cast, enrollment, client):
    make_mentor(cast)
    pairing = proposed_pairing(cast, enrollment)
    page = cast.url(paths.pairing(pairing.pk))
    cast.sign_in(client, cast.mentor)
    refused = client.post(page + "answer/", {"answer": "no", "reason": ""})
    assert refused.status_code == 422
    assert "理由" in refused.content.decode()
    assert client.post(page + "answer/", {"answer": "yes"}).status_code == 302
    assert client.post(page + "answer/", {"answer": "yes"}).status_code == 409
    assert cast.sign_in(client, cast.manager).post(page + "answer/", {"answer": "yes"}).status_code == 403
    assert cast.sign_in(client, cast.trainee).post(page + "answer/", {"answer": "yes"}).status_code == 302
    assert mentors_of(enrollment) == ["周敏"]


def test_pausing_and_ending_by_page(cast, client):
    pairing = named_pairing(enroll_cast(cast))
    page = cast.url(paths.pairing(pairing.pk))
    cast.sign_in(client, cast.manager)
    states = []
    for said in (
        {"act": "pause"},
        {"act": "resume"},
        {"act": "end", "reason": ""},
        {"act": "end", "reason": "x" * 501},
        {"act": "end", "reason": "调岗"},
    ):
        answer = client.post(page + "change/", said)
        states.append((answer.status_code, Pairing.objects.get(pk=pairing.pk).state))
    assert states == [(302, "paused"), (302, "active"), (422, "active"), (422, "active"), (302, "ended")]
    assert client.post(page + "change/", {"act": "end", "reason": "调岗"}).status_code == 409
    assert cast.sign_in(client, cast.line_manager).post(page + "change/", {"act": "pause"}).status_code == 403


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("trainee", 200),
        ("mentor", 200),
        ("manager", 200),
        ("director", 200),
        ("line_manager", 200),
        ("hrbp", 404),
        ("peer", 404),
        ("admin", 404),
    ],
)
def test_who_looks_at_a_pairing(cast, client, part, status):
    pairing = named_pairing(enroll_cast(cast))
    plan(pairing, cast.mentor, place="秘密地点")
    page = cast.sign_in(client, cast.people[part]).get(cast.url(paths.pairing(pairing.pk)))
    assert page.status_code == status
    assert ("秘密地点" in page.content.decode()) is False  # of a meeting others see the date alone, and a list says no place
