"""The number beside the queue in the frame of every page: the length of the queue, asked for in one light statement."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.models import DelegatedAuthority
from programs.queries.sign_off_queue import Filters, queue_of, waiting_count
from tests.factories.programs import START, enroll_cast, make_cohort
from tests.programs.test_sign_off import hand_in
from tests.queries import query_count


@pytest.fixture
def waiting(cast):
    """Two trainees with work and checks that wait, and a stand-in for their mentor."""
    cohort = make_cohort(cast)
    for trainee in (cast.trainee, cast.peer):
        hand_in(cast, enroll_cast(cast, cohort, trainee=trainee), by=trainee)
    DelegatedAuthority.objects.create(
        member=cast.mentor, delegate=cast.other_mentor, from_on=START - timedelta(days=1), until_on=START + timedelta(days=1)
    )


def test_it_is_the_length_of_each_persons_queue(cast, waiting):
    lengths = {part: len(queue_of(member, Filters(), now=timezone.now(), today=START).everything) for part, member in cast.people.items()}

    counted = {part: waiting_count(member, START) for part, member in cast.people.items()}

    assert counted == lengths
    assert (counted["mentor"], counted["other_mentor"]) == (4, 2)


def test_it_asks_once_and_reads_no_words(cast, waiting):
    with query_count() as asked:
        waiting_count(cast.mentor, START)

    assert len(asked) == 1
    assert "name" not in asked[0]
