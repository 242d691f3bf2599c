"""The page of one step: who reads it, who decides on it, and what is said when somebody was faster."""

import pytest
from django.urls import reverse

from tests.factories.programs import enroll_cast
from tests.programs.test_sign_off import hand_in, ready


@pytest.fixture
def enrollment(cast):
    return enroll_cast(cast)


def page(cast, step) -> str:
    return reverse("programs:sign_off", args=[cast.organization.slug, step.pk])


def test_the_mentor_reads_what_was_handed_in(client, cast, enrollment):
    step = ready(hand_in(cast, enrollment))
    answer = cast.sign_in(client, cast.mentor).get(page(cast, step))
    assert answer.status_code == 200
    assert "三个切入点" in answer.content.decode()
