"""The tests' own tools: a tool that is wrong makes every test that uses it worth nothing."""

import pytest
from django.db import connection, transaction

from config.celery import app
from tests.queries import is_counted, query_count

ran: list[tuple] = []


@app.task(name="tests.note")
def note(*arguments, again: bool = False) -> None:
    ran.append(arguments)
    if again:
        transaction.on_commit(lambda: note.delay("second"))


@pytest.fixture(autouse=True)
def _nothing_ran():
    ran.clear()


@pytest.mark.django_db
def test_statements_are_counted_without_transaction_control_and_settings():
    with query_count() as seen, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organization_id', '1', true)")
        cursor.execute("SELECT 1")
        with transaction.atomic():
            cursor.execute("SELECT 2")

    assert seen == ["SELECT 1", "SELECT 2"]
    assert [is_counted(sql) for sql in ("BEGIN", "  release savepoint x", "SET LOCAL x = 1", "WITH a AS (SELECT 1) SELECT * FROM a")] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.django_db
def test_waiting_jobs_run_once_in_order_with_those_they_start(run_jobs):
    transaction.on_commit(lambda: note.delay("first", again=True))
    before = list(ran)

    assert (before, run_jobs(), ran) == ([], ["tests.note", "tests.note"], [("first",), ("second",)])
    assert run_jobs() == []


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_behind(django_user_model):
    assert django_user_model.objects.count() == 0
    django_user_model.objects.create(email="left@example.com", name="Left Over")


@pytest.mark.django_db(transaction=True)
def test_the_next_one_finds_nothing(django_user_model):
    assert django_user_model.objects.count() == 0
