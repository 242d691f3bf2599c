"""Waking workers: once per transaction, for each organization, and never at the price of the page."""

import os
import subprocess
import sys

from django.db import connection, transaction

from config.embedded.places import CHECKOUT
from organizations import job_queue, jobs
from tests.cast import make_organization


def test_a_job_asked_for_many_times_in_one_transaction_is_queued_once(cast):
    for _ask in range(3):
        job_queue.send_after_commit("some.job", 1)
    job_queue.send_after_commit("some.job", 2)

    assert [(call.job, call.arguments) for _s, call, _robust in connection.run_on_commit] == [("some.job", (1,)), ("some.job", (2,))]


def test_what_is_taken_back_wakes_nobody(cast):
    try:
        with transaction.atomic():
            job_queue.send_after_commit("some.job", 1)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    assert connection.run_on_commit == []


def test_beat_queues_a_job_for_each_organization_alone(cast, monkeypatch):
    queued = []
    monkeypatch.setattr(job_queue, "send", lambda job, *arguments: queued.append((job, arguments)))
    third = make_organization("third", "第三家")

    jobs.for_each_organization("some.job")

    assert queued == [("some.job", (pk,)) for pk in sorted([cast.organization.pk, cast.rival.pk, third.pk])]


NOWHERE = """
import time, django
django.setup()
from organizations import job_queue
start = time.monotonic()
job_queue.send("notifications.jobs.deliver", 1)
print(time.monotonic() - start < 3)
"""


def test_without_a_broker_a_page_goes_on_and_does_not_wait():
    environment = os.environ | {"REDIS_URL": "redis://127.0.0.1:9/0"}
    ended = subprocess.run([sys.executable, "-c", NOWHERE], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True)

    assert ended.stdout.splitlines()[-1] == "True"
    assert "broker_unreachable" in ended.stdout
