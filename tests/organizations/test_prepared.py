"""Questions whose SQL is made once: whoever asks, whatever for, the answer is that of the queryset."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organizations.models import Member
from organizations.prepared import Prepared
from organizations.tenancy import tenant
from tests.queries import query_count

NAMED = Prepared(lambda name: Member.objects.filter(name=name).values_list("name", flat=True), str)
WITH_HOME = Prepared(lambda pk: Member.objects.filter(pk=pk).select_related("organization"), int)
EITHER = Prepared(lambda one, other: Member.objects.filter(pk__in=[one, other]).order_by("pk"), int, int)


def test_objects_come_with_what_was_selected_along(cast):
    with query_count() as asked:
        found = [WITH_HOME.first(member.pk) for member in (cast.trainee, cast.mentor)]
        homes = {member.organization.slug for member in found}
    assert found == [cast.trainee, cast.mentor]
    assert (homes, len(asked)) == ({cast.organization.slug}, 2)


def test_values_of_one_type_keep_their_places(cast):
    assert EITHER.rows(cast.mentor.pk, cast.trainee.pk) == sorted([cast.trainee, cast.mentor], key=lambda member: member.pk)
    assert EITHER.rows(cast.mentor.pk, cast.mentor.pk) == [cast.mentor]


@pytest.mark.parametrize("typed", ["' OR '1'='1", "%s", "\x1f0\x1f", ""])
def test_words_are_only_words(cast, typed):
    assert NAMED.rows(typed) == []
    assert NAMED.rows(cast.trainee.name) == [cast.trainee.name]


@pytest.mark.parametrize("pk", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_column_holds_is_found_nowhere(cast, pk):
    assert WITH_HOME.first(pk) is None
    assert EITHER.rows(cast.mentor.pk, cast.trainee.pk)  # the transaction still answers


def test_the_wall_between_tenants_stands(cast):
    assert WITH_HOME.first(cast.trainee.pk) == cast.trainee
    with tenant(cast.rival.pk):
        assert WITH_HOME.first(cast.trainee.pk) is None
        assert WITH_HOME.first(cast.outsider.pk) == cast.outsider
    assert WITH_HOME.first(cast.outsider.pk) is None


def test_each_thread_asks_on_its_own_connection(cast):
    def elsewhere() -> list:
        try:
            return WITH_HOME.rows(cast.trainee.pk)  # outside any tenant there is nothing to see
        finally:
            connection.close()

    assert WITH_HOME.first(cast.trainee.pk) == cast.trainee
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(elsewhere).result() == []
    assert WITH_HOME.first(cast.trainee.pk) == cast.trainee
