"""What somebody is asked for besides sign-offs stands on their desk, and on the HR director's who is waited for."""

from datetime import timedelta

import pytest
import time_machine

from assessments.actions import choose_raters
from assessments.models import Rater
from home.queries.overview import overview
from home.queries.waits import matters_of
from mentorship.actions import sign_agreement
from mentorship.actions.answer_pairing import accept
from organizations import clock
from organizations.models import DelegatedAuthority, Member
from organizations.tenancy import tenant
from projects.actions.hold_gate import NewCondition
from projects.actions.settle_condition import settle
from projects.models import GateCondition
from tests.assessments.world import CLOSES, ask, cast_vote, close, freeze, make_world, send
from tests.factories.mentorship import agreement, make_mentor, plan, proposed_pairing
from tests.factories.programs import START, enroll_cast
from tests.factories.projects import call_gate, chosen_project, give, in_project_phase


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{START}T09:00:00+08:00", tick=False):
        yield


def asked_of(member: Member, today=START) -> list[str]:
    """Pages to which the matters of this person lead."""
    return [matter.path for matter in matters_of(member, clock.now(), today)]


def waited_for(today=START) -> dict[str, int]:
    """How many matters wait for whom, as the HR director reads it."""
    return {person.name: person.waiting for person in overview(clock.now(), today).signers}


def test_a_gate_waits_for_each_role_until_it_has_spoken(cast):
    gate = call_gate(chosen_project(cast, in_project_phase(cast)), "G1")
    speakers = [cast.people[role] for role in gate.definition.reviewers]
    page = f"gates/{gate.pk}/"
    assert [asked_of(member) for member in speakers] == [[page]] * len(speakers)
    assert asked_of(cast.trainee) == asked_of(cast.peer) == []
    assert waited_for() == dict.fromkeys((member.name for member in speakers), 1)

    give(gate, speakers[0])
    assert [asked_of(member) for member in speakers] == [[]] + [[page]] * (len(speakers) - 1)
    assert speakers[0].name not in waited_for()


def test_who_stands_in_is_asked_but_never_in_a_matter_of_their_own(cast):
    gate = call_gate(chosen_project(cast, in_project_phase(cast)), "G1")
    for delegate in (cast.peer, cast.trainee):
        DelegatedAuthority.objects.create(member=cast.sponsor, delegate=delegate, from_on=START, until_on=START)
    assert asked_of(cast.peer) == [f"gates/{gate.pk}/"]
    assert asked_of(cast.trainee) == asked_of(cast.peer, START + timedelta(days=1)) == []


def test_a_condition_waits_for_its_owner_and_is_late_after_its_day(cast):
    gate = call_gate(chosen_project(cast, in_project_phase(cast)), "G1")
    condition = NewCondition(what="补基线", owner=cast.peer.pk, due_on=START + timedelta(days=7))
    first, *others = (cast.people[role] for role in gate.definition.reviewers)
    give(gate, first, "go_with_conditions", (condition,))
    for member in others:
        give(gate, member)
    (matter,) = matters_of(cast.peer, clock.now(), START + timedelta(days=8))
    assert (matter.path, matter.trainee, matter.is_late) == (f"gates/{gate.pk}/", cast.trainee.name, True)


def test_a_proposal_and_an_agreement_wait_for_each_of_the_two(cast):
    make_mentor(cast, cast.other_mentor)
    enrollment = enroll_cast(cast)
    enrollment.support_roles.filter(role="mentor").update(ended_at=clock.now())
    pairing = proposed_pairing(cast, enrollment, cast.other_mentor)
    page = f"mentoring/pairings/{pairing.pk}/"
    assert asked_of(cast.other_mentor) == asked_of(cast.trainee) == [page]
    accept(pairing, by=cast.trainee, today=START)
    assert (asked_of(cast.other_mentor), asked_of(cast.trainee)) == ([page], [])
    pairing = accept(pairing, by=cast.other_mentor, today=START)

    for days in (2, 16):
        plan(pairing, cast.other_mentor, days)
    kept = agreement(pairing, cast.trainee)
    sign_agreement.sign(pairing, kept.content_hash, by=cast.trainee, today=START)
    assert (asked_of(cast.other_mentor), asked_of(cast.trainee)) == ([f"{page}agreement/"], [])
    agreement(pairing, cast.other_mentor, minutes=60)  # other words: nobody has signed them
    assert asked_of(cast.trainee) == [f"{page}agreement/"]


def test_a_review_waits_for_who_puts_it_together_and_who_votes(cast):
    world = make_world(cast)
    choose_raters.propose(world.review, cast.peer, "peer", by=cast.trainee)
    review = f"reviews/{world.review.pk}/"
    assert f"{review}raters/" in asked_of(cast.line_manager)
    ask(world, peer=3)
    assert f"{review}raters/" not in asked_of(cast.line_manager)

    close(world)
    assert asked_of(cast.mentor) == asked_of(cast.line_manager) == [f"{review}statement/"]
    freeze(world)
    assert [asked_of(member) for member in (*world.panel, cast.mentor)] == [[review], [review], []]
    cast_vote(world, world.panel[0])
    assert [asked_of(member) for member in world.panel] == [[], [review]]
    assert waited_for() == {world.panel[1].name: 1}


def test_feedback_waits_for_the_rater_and_nobody_else_reads_who_has_answered(cast, client):
    world = make_world(cast)
    ask(world, peer=3)
    rater = Rater.objects.filter(review=world.review, group="peer").first()
    (matter,) = matters_of(rater.member, clock.now(), START)
    assert (matter.path, matter.due_on) == (f"my/feedback/{rater.pk}/", CLOSES)
    before = waited_for()
    assert rater.member.name not in before
    send(rater)
    assert asked_of(rater.member) == []
    assert waited_for() == before


def test_it_is_the_duty_of_who_has_no_other_and_stands_on_the_page(cast, client):
    gate = call_gate(chosen_project(cast, in_project_phase(cast)), "G1")
    page = cast.sign_in(client, cast.sponsor).get(cast.url())
    assert page.context["desk"].duty == "matter"
    assert page.text.count(f'href="{cast.url(f"gates/{gate.pk}/")}"') == 2  # in the list and on the button
    assert cast.trainee.name in page.text


def test_another_tenant_asks_for_nothing(cast):
    call_gate(chosen_project(cast, in_project_phase(cast)), "G1")
    with tenant(cast.rival.pk):
        assert asked_of(cast.outsider) == []
        assert waited_for() == {}


def test_a_trainee_finds_it_among_what_is_to_do_until_it_is_settled(cast, client):
    """Beside tasks, on their home and in the list of all tasks."""
    gate = call_gate(chosen_project(cast, in_project_phase(cast)), "G1")
    condition = NewCondition(what="补基线", owner=cast.trainee.pk, due_on=START + timedelta(days=1))
    first, *others = (cast.people[role] for role in gate.definition.reviewers)
    give(gate, first, "go_with_conditions", (condition,))
    for member in others:
        give(gate, member)
    cast.sign_in(client, cast.trainee)
    pages = [client.get(cast.url(page)) for page in ("my/program/", "my/program/tasks/")]
    link = f'href="{cast.url(f"gates/{gate.pk}/")}"'
    assert [link in page.text for page in pages] == [True, True]
    (asked,) = [one for one in pages[0].context["program"].to_do if one.why == "asked"]
    assert (asked.path, asked.due_on, asked.by, asked.is_overdue) == (f"gates/{gate.pk}/", condition.due_on, "", False)
    assert pages[1].context["asked"] == [asked]

    with time_machine.travel(f"{START + timedelta(days=2)}T09:00:00+08:00", tick=False):
        (late,) = client.get(cast.url("my/program/tasks/")).context["asked"]
        assert late.is_overdue
    settle(GateCondition.objects.get(), "看到了", by=first, today=START)
    assert client.get(cast.url("my/program/tasks/")).context["asked"] == []
