"""How many statements the pages of mentors and pairings ask, for one row and for three."""

import pytest

from mentorship import paths
from programs.actions.change_relations import change_relation
from programs.vocabulary import Role
from tests.factories.mentorship import hold, make_mentor, named_pairing, plan, proposed_pairing
from tests.factories.programs import START, enroll_cast, make_cohort
from tests.queries import query_count

MENTORS, PROPOSE = 10, 12
PAIRING = {"trainee": 12, "mentor": 13, "director": 12}


def asked(client, url: str) -> int:
    """Statements of the second visit: the first fills what is kept for the process."""
    client.get(url)
    with query_count() as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.fixture
def cohort(cast):
    return make_cohort(cast)


@pytest.fixture
def alone(cast, cohort):
    """A trainee with nobody named as mentor."""
    enrollment = enroll_cast(cast, cohort)
    change_relation(enrollment, Role.MENTOR, [], by=cast.manager, today=START)
    return enrollment


def test_the_page_of_all_mentors(cast, client, cohort, alone):
    make_mentor(cast)
    cast.sign_in(client, cast.director)
    few = asked(client, cast.url("mentoring/mentors/"))
    for mentor in (cast.other_mentor, cast.sponsor):
        make_mentor(cast, mentor)
    proposed_pairing(cast, alone, cast.other_mentor)
    for trainee in (cast.peer, cast.reviewer):
        named_pairing(enroll_cast(cast, cohort, trainee=trainee))
    assert (few, asked(client, cast.url("mentoring/mentors/"))) == (MENTORS, MENTORS)


def test_the_page_that_proposes_a_mentor(cast, client, cohort, alone):
    make_mentor(cast)
    cast.sign_in(client, cast.manager)
    page = cast.url(f"mentoring/cohorts/{cohort.pk}/{alone.pk}/propose/?skill=需求")
    few = asked(client, page)
    for mentor in (cast.other_mentor, cast.sponsor):
        make_mentor(cast, mentor)
    named_pairing(enroll_cast(cast, cohort, trainee=cast.peer))
    assert (few, asked(client, page)) == (PROPOSE, PROPOSE)


@pytest.mark.parametrize("part", ["trainee", "mentor", "director"])
def test_the_page_of_a_pairing(cast, client, cohort, part):
    pairing = named_pairing(enroll_cast(cast, cohort))
    hold(pairing, cast.mentor)
    plan(pairing, cast.mentor)
    cast.sign_in(client, cast.people[part])
    few = asked(client, cast.url(paths.pairing(pairing.pk)))
    for days in (4, 6):
        plan(pairing, cast.mentor, days)
    for _again in range(2):
        hold(pairing, cast.mentor, items=[])
    assert (few, asked(client, cast.url(paths.pairing(pairing.pk)))) == (PAIRING[part], PAIRING[part])
