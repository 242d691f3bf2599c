"""Several people at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mentorship.actions import answer_pairing, follow_relations, propose_pairing
from mentorship.actions.sign_agreement import sign
from mentorship.models import AgreementSignature, Pairing
from organizations import clock
from organizations.tenancy import tenant
from programs.actions.change_relations import change_relation
from programs.models import CheckResult, Enrollment, SupportRole
from programs.vocabulary import Role
from tests.factories.mentorship import agreement, make_mentor, named_pairing, plan
from tests.factories.programs import START, enroll_cast, make_cohort
from tests.programs.committed import committed_cast

TODAY = START + timedelta(days=3)


def at_once(cast, acts: list[Callable[[], object]]) -> list[str]:
    """What came of each: "done" or the code of its refusal."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            together.wait(10)
            with tenant(cast.organization.pk):
                act()
        except ValidationError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_gets_the_last_place_and_one_yes_begins_it():
    cast = committed_cast()
    with tenant(cast.organization.pk):
        make_mentor(cast, capacity=1)
        cohort = make_cohort(cast)
        trainees = [cast.people[part] for part in ("trainee", "peer", "reviewer", "sponsor")]
        enrollments = [enroll_cast(cast, cohort, trainee=trainee) for trainee in trainees]
        for enrollment in enrollments:
            change_relation(enrollment, Role.MENTOR, [], by=cast.manager, today=TODAY)
    acts = [lambda one=one: propose_pairing.propose(one, cast.mentor, by=cast.manager) for one in enrollments]
    assert at_once(cast, acts) == ["done", "no_place", "no_place", "no_place"]
    with tenant(cast.organization.pk):
        pairing = Pairing.objects.select_related("enrollment__trainee").get()
    people = (cast.mentor, pairing.enrollment.trainee)
    acts = [lambda by=by: answer_pairing.accept(pairing, by=by, today=TODAY) for by in (*people, *people)]
    assert at_once(cast, acts) == ["already_answered", "already_answered", "done", "done"]
    with tenant(cast.organization.pk):
        assert Pairing.objects.get().state == "active"
        assert SupportRole.objects.filter(role=Role.MENTOR, ended_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_pages_opened_at_once_make_one_pairing_and_both_signatures_pass_c3_once():
    cast = committed_cast()
    with tenant(cast.organization.pk):
        enrollment = enroll_cast(cast)
    acts = [lambda: follow_relations.keep_in_step(Enrollment.objects.all())] * 4
    assert at_once(cast, acts) == ["done"] * 4
    with tenant(cast.organization.pk):
        pairing = named_pairing(enrollment)
        for days in (2, 16):
            plan(pairing, cast.mentor, days)
        mark = agreement(pairing, cast.trainee).content_hash
        assert (Pairing.objects.count(), clock.now() > pairing.started_at) == (1, True)
    acts = [lambda by=by: sign(pairing, mark, by=by, today=TODAY) for by in (cast.mentor, cast.trainee, cast.mentor)]
    assert at_once(cast, acts) == ["already_signed", "done", "done"]
    with tenant(cast.organization.pk):
        assert (AgreementSignature.objects.count(), CheckResult.objects.count()) == (2, 1)
