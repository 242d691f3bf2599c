"""Fault 1: web workers killed while people write. What was acknowledged is there once, and nothing is there by half."""

import http.client
import os
import random
import threading
import time
from collections import Counter

import pytest

from organizations.models import AuditEvent
from organizations.tenancy import tenant
from programs.models import Comment, Deliverable, Draft, SignOffStep, Submission
from tests.cast import make_member
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.faults.found import found_wrong
from tests.faults.web import Browser, Web
from tests.programs.committed import committed_cast

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

SEED = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**6))
WRITERS, TRAINEES, KILLS = 4, 16, 3
MOST_TRIES = 60
LOST = (OSError, http.client.HTTPException)


@pytest.fixture
def web():
    web = Web()
    yield web.wait_until_alive()
    web.stop()


@pytest.fixture
def desks(web):
    """Each trainee's browser with the deliverable they write."""
    cast = committed_cast()
    with tenant(cast.organization.pk):
        cohort = make_cohort(cast)
        trainees = [make_member(f"学员 {number}", f"t{number}@hengyue.example") for number in range(TRAINEES)]
        written = {trainee: deliverable_of(enroll_cast(cast, cohort, START, trainee), "D1") for trainee in trainees}
    return cast, [(Browser(web, trainee), written[trainee]) for trainee in trainees]


class History:
    """What the writers sent, and what each was answered."""

    def __init__(self):
        self.answers, self.comments, self.lock = Counter(), {}, threading.Lock()

    def add(self, what: str, status: int | str) -> None:
        with self.lock:
            self.answers[what, status] += 1

    def count(self) -> int:
        return sum(self.answers.values())


def send_until_answered(browser: Browser, path: str, fields: dict[str, str], what: str, history: History) -> int:
    """The same form again as long as no answer comes: what a browser's retry does."""
    for _try in range(MOST_TRIES):
        try:
            status = browser.post(path, fields)
        except LOST:
            history.add(what, "lost")
            time.sleep(0.2)
            continue
        history.add(what, status)
        return status
    raise AssertionError(f"{what} was never answered")


def write(base: str, browser: Browser, deliverable: Deliverable, history: History) -> None:
    """One trainee's morning: two drafts, two comments, and the first version handed in."""
    path = f"{base}deliverables/{deliverable.pk}/"
    for revision in range(2):
        fields = {"points": f"第{revision + 1}稿 {deliverable.pk}", "revision": str(revision)}
        assert send_until_answered(browser, f"{path}draft/", fields, "draft", history) == 302
        body = f"{deliverable.pk}-{revision}"
        try:
            history.comments[body] = browser.post(f"{path}comments/", {"body": body})
        except LOST:
            history.comments[body] = "lost"  # a comment has no number to know it by, so it is not sent twice
        history.add("comment", history.comments[body])
    fields = {"points": f"定稿 {deliverable.pk}", "revision": "2"}
    # 422 says that what was lost on its way back had been handed in: a second press always meets it.
    assert send_until_answered(browser, f"{path}submit/", fields, "submission", history) in (302, 422)
    assert send_until_answered(browser, f"{path}submit/", fields, "second press", history) == 422


def run_writers(base: str, desks: list, web: Web, chance: random.Random) -> tuple[History, int]:
    """All write at once while workers are killed at random moments; what was answered, and how many were killed."""
    history, mistakes, killed = History(), [], 0

    def work(part: list) -> None:
        try:
            for browser, deliverable in part:
                write(base, browser, deliverable, history)
        except BaseException as mistake:
            mistakes.append(mistake)

    threads = [threading.Thread(target=work, args=(desks[number::WRITERS],)) for number in range(WRITERS)]
    moments = sorted(chance.sample(range(2, TRAINEES * 4), KILLS))
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if killed < KILLS and history.count() >= moments[killed]:
            time.sleep(chance.random() / 20)  # somewhere inside a request
            killed += web.kill_a_worker(chance)
        time.sleep(0.002)
    assert mistakes == []
    return history, killed


def test_fault_1_web_workers_killed_while_people_write(web, desks):
    print(f"FAULT_SEED={SEED}")  # noqa: T201
    cast, people = desks
    history, killed = run_writers(cast.url(), people, web, random.Random(SEED))
    print(f"killed {killed}: {dict(history.answers)}")  # noqa: T201

    assert killed == KILLS
    with tenant(cast.organization.pk):
        said = Counter(Comment.objects.values_list("body", flat=True))
        assert {body: said[body] for body, answer in history.comments.items() if answer == 302 and said[body] != 1} == {}
        assert {body: count for body, count in said.items() if count > 1 or body not in history.comments} == {}
        handed_in = sorted(Submission.objects.values_list("deliverable_id", "number", "data__points"))
        assert handed_in == sorted((written.pk, 1, f"定稿 {written.pk}") for _browser, written in people)
        assert SignOffStep.objects.count() == AuditEvent.objects.filter(action="submitted").count() == TRAINEES
        assert Draft.objects.count() == 0
    assert found_wrong() == []
