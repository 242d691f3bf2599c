"""The queue: what waits for whom, oldest first, and passing checks together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations import clock
from programs.queries.sign_off_queue import Filters, queue_of
from tests.factories.programs import START, enroll_cast
from tests.programs.test_sign_off import decide, hand_in


@pytest.fixture
def enrollment(cast):
    return enroll_cast(cast)


def seen_by(member, today=START, filters=Filters()):
    return [(entry.kind, entry.key, entry.trainee) for entry in queue_of(member, filters, now=timezone.now(), today=today).entries]


def test_what_was_handed_in_waits_for_the_one_whose_turn_it_is(cast, enrollment):
    hand_in(cast, enrollment)

    assert {part: seen_by(member) for part, member in cast.people.items()} == {
        part: [] for part in cast.people
    } | {"mentor": [("check", "C3", "林予安"), ("step", "D1", "林予安")]}
