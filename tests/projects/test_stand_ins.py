"""Who stands in for a reviewer acts at gates and on conditions, while the other is away; for whom is written down."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from organizations.models import DelegatedAuthority
from projects.actions.settle_condition import settle
from projects.models import GateCondition, GateReview
from tests.factories.programs import START
from tests.factories.projects import call_gate, chosen_project, gate_of, give, in_project_phase


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{START}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def gate(cast):
    return call_gate(chosen_project(cast, in_project_phase(cast)), "G1")


def stand_in(member, delegate, days: int = 0) -> None:
    day = START + timedelta(days=days)
    DelegatedAuthority.objects.create(member=member, delegate=delegate, from_on=day, until_on=day)


def test_a_stand_in_speaks_in_the_role_of_the_one_who_is_away(cast, gate):
    stand_in(cast.sponsor, cast.peer)
    said = give(gate, cast.peer)
    assert (said.member, said.instead_of, said.role) == (cast.peer, cast.sponsor, "sponsor")
    with pytest.raises(ValidationError) as refusal:
        give(gate, cast.sponsor)
    assert refusal.value.code == "already_given"


@pytest.mark.parametrize("days", [-1, 1])
def test_only_while_the_other_is_away(cast, gate, days):
    stand_in(cast.mentor, cast.peer, days)
    with pytest.raises(PermissionDenied):
        give(gate, cast.peer)


def test_never_on_ones_own_project_nor_after_one_has_spoken_oneself(cast, gate):
    stand_in(cast.mentor, cast.trainee)
    stand_in(cast.mentor, cast.hrbp)
    with pytest.raises(PermissionDenied):
        give(gate, cast.trainee)
    assert give(gate, cast.hrbp).role == "hrbp"
    with pytest.raises(ValidationError) as refusal:
        give(gate, cast.hrbp)
    assert refusal.value.code == "already_given"
    assert GateReview.objects.count() == 1


def test_a_stand_in_settles_a_condition_but_the_trainee_none(cast, gate):
    condition = GateCondition.objects.create(gate=gate, what="补基线", owner=cast.hrbp, due_on=START, set_by=cast.mentor)
    for delegate in (cast.peer, cast.trainee, cast.hrbp):
        stand_in(cast.mentor, delegate)
    for barred in (cast.trainee, cast.hrbp):
        with pytest.raises(PermissionDenied):
            settle(condition, "好了", by=barred, today=START)
    settled = settle(condition, "基线表已归档", by=cast.peer, today=START)
    assert (settled.settled_by, settled.settled_for) == (cast.peer, cast.mentor)


def test_the_pages_open_for_the_stand_in_and_say_for_whom(cast, client, gate):
    path = cast.url(f"gates/{gate.pk}/")
    cast.sign_in(client, cast.peer)
    assert client.get(path).status_code == 404
    stand_in(cast.sponsor, cast.peer)
    assert cast.url(f"projects/{gate.project_id}/") in client.get(cast.url("projects/")).text
    assert path in client.get(cast.url(f"projects/{gate.project_id}/")).text
    page = client.get(path).text
    assert 'name="criterion-owned"' in page and cast.sponsor.name in page
    body = {"verdict": "go", "reasons": "齐备", "round": "1", "criterion-owned": "met", "criterion-baseline": "met"}
    assert client.post(f"{path}verdict/", body).status_code == 302
    assert f"代{cast.sponsor.name}" in cast.sign_in(client, cast.mentor).get(path).text
    assert gate_of(gate.project, "G1").state == "called"
