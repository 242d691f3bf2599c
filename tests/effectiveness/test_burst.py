"""A whole room answers at once: nothing is lost and nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from effectiveness.models import SurveyAnswer
from organizations.tenancy import tenant
from tests.factories.sessions import answers, make_session, opened
from tests.programs.committed import committed_cast

PHONES, TAPS = 20, 2


@pytest.mark.django_db(transaction=True)
def test_twenty_phones_that_tap_twice_at_once_are_twenty_answers():
    cast = committed_cast()
    with tenant(cast.organization.pk):
        token = opened(make_session(cast), cast).token
    address = reverse("effectiveness:answer", args=[cast.organization.slug, token])

    def tap(number: int) -> int:
        try:
            return Client().post(address, answers(device=f"phone-{number % PHONES}")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as room:
        statuses = list(room.map(tap, range(PHONES * TAPS)))

    with tenant(cast.organization.pk):
        assert (set(statuses), SurveyAnswer.objects.count()) == ({302}, PHONES)
