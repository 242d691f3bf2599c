"""Real workers, killed at the worst moment: nothing is lost, and nothing comes twice but one mail once (security.md part 4)."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import time as clock
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from config.celery import app
from config.embedded.places import CHECKOUT
from notifications import jobs
from notifications.actions.notify import notify
from notifications.models import Delivery, Notification, Preference
from organizations.models import Member
from organizations.tenancy import tenant
from programs.vocabulary import Notice
from tests import servers
from tests.cast import make_member, make_organization
from tests.ports import free_port

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

WAIT_SECONDS = 20
WORDS = {"task": {"zh-hans": "访谈业务部门", "en": "Interview the business"}, "due_on": "2026-06-12"}


class Postbox:
    """A mail server that remembers what it has accepted, and may do something right then."""

    def __init__(self):
        self.accepted: list[tuple[str, str]] = []
        self.then = lambda count: None

    async def handle_DATA(self, server, session, envelope):
        headers = envelope.content.decode("utf-8", "replace").splitlines()
        message_id = next(line.partition(":")[2].strip() for line in headers if line.lower().startswith("message-id:"))
        self.accepted.append((envelope.rcpt_tos[0], message_id))
        self.then(len(self.accepted))
        return "250 OK"


@pytest.fixture
def postbox(monkeypatch):
    box, port = Postbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("TRELLIS_EMAIL_URL", f"smtp://127.0.0.1:{port}")
    yield box
    server.stop()


@pytest.fixture
def company():
    """An organization of ten who may be told at any hour."""
    organization = make_organization("hengyue", "恒岳零售")
    with tenant(organization.pk):
        for number in range(10):
            member = make_member(f"学员 {number}", f"trainee{number}@hengyue.example")
            Preference.objects.create(member=member, quiet_from=clock(0), quiet_until=clock(0), only_working_days=False)
    return organization


def tell(organization, members: int = 10) -> None:
    with tenant(organization.pk):
        for member in Member.objects.order_by("pk")[:members]:
            notify(member, Notice.TASK_OPENED, about=organization, path="my/program/", words=WORDS, key="1")


def states(organization) -> Counter:
    with tenant(organization.pk):
        return Counter(Delivery.objects.values_list("state", flat=True))


def wait_until(is_so) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def let_five_minutes_pass(organization) -> None:
    with tenant(organization.pk):
        Delivery.objects.filter(state="sending").update(claimed_at=timezone.now() - timedelta(minutes=6))


def addresses(count: int = 10) -> list[str]:
    return [f"trainee{number}@hengyue.example" for number in range(count)]


def test_fault_5_a_worker_killed_between_sending_and_writing_it_down(company, postbox, start_worker):
    worker = start_worker()
    postbox.then = lambda count: worker.kill() if count == 4 else None
    tell(company)
    wait_until(lambda: worker.process.poll() is not None)
    assert states(company) == {"sent": 3, "sending": 1, "waiting": 6}

    postbox.then = lambda count: None
    servers.forget_jobs_and_cache()  # the dead worker's sign of life, and its half-done job, which the broker keeps for half an hour
    start_worker()
    jobs.deliver_due()
    wait_until(lambda: states(company) == {"sent": 9, "sending": 1})
    let_five_minutes_pass(company)
    jobs.deliver_due()
    wait_until(lambda: states(company) == {"sent": 10})

    came = Counter(postbox.accepted)
    assert sorted(address for address, _id in came) == addresses()
    assert sorted(came.values()) == [1] * 9 + [2]
    with tenant(company.pk):
        assert list(Delivery.objects.filter(interruptions__gt=0).values_list("interruptions", flat=True)) == [1]


DIE = """
import os, django
django.setup()
from django.db import transaction
from notifications.actions.notify import notify
from organizations.models import Member, Organization
from organizations.tenancy import tenant
organization = Organization.objects.get(slug="hengyue")
with tenant(organization.pk):
    transaction.on_commit(lambda: os._exit(9))
    notify(Member.objects.order_by("pk").first(), "task_opened", about=organization, path="my/program/", words={}, key="1")
"""


def test_fault_4_a_process_killed_between_commit_and_wake_up(company, postbox, start_worker):
    ended = subprocess.run([sys.executable, "-c", DIE], cwd=CHECKOUT, env=os.environ, check=False)
    with tenant(company.pk):
        assert (ended.returncode, Notification.objects.count()) == (9, 1)

    start_worker()
    assert postbox.accepted == []
    jobs.deliver_due()
    wait_until(lambda: states(company) == {"sent": 1})
    assert [address for address, _id in postbox.accepted] == addresses(1)


def test_fault_9_the_broker_comes_back_empty(company, postbox, start_worker):
    tell(company)
    servers.forget_jobs_and_cache()  # every wake-up is gone
    start_worker()
    assert postbox.accepted == []

    jobs.deliver_due()
    wait_until(lambda: states(company) == {"sent": 10})
    servers.forget_jobs_and_cache()  # under a running worker, too
    with tenant(company.pk):
        notify(Member.objects.order_by("pk").first(), Notice.TASK_OPENED, about=company, path="", words=WORDS, key="2")
    wait_until(lambda: states(company) == {"sent": 11})
    assert sorted(Counter(postbox.accepted).values()) == [1] * 11


def test_two_workers_and_many_sweeps_at_once_send_nothing_twice(company, postbox, start_worker):
    start_worker("--concurrency=3")
    with tenant(company.pk):
        for key in range(4):
            for member in Member.objects.all():
                notify(member, Notice.TASK_OPENED, about=company, path="my/program/", words=WORDS, key=str(key))
    for _sweep in range(6):
        app.send_task("notifications.jobs.deliver", [company.pk])
        jobs.deliver_due()

    wait_until(lambda: states(company) == {"sent": 40})
    assert sorted(Counter(postbox.accepted).values()) == [1] * 40
    with tenant(company.pk):
        assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
