"""A year over HTTP: every step is first tried by those it is not for, then done by the one it is for."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from organizations.models import Member
from programs.forms.deliverable_typed import as_typed
from programs.jobs import advance_programmes
from programs.models import Deliverable, Enrollment, PhaseProgress, SignOffStep, StepSigner, Submission
from programs.queries.directory import everybody
from programs.rules.fields import fields_by, parse
from programs.vocabulary import StepKind
from tests.cast import Cast
from tests.factories.answers import make_answers
from tests.journeys import rest

STRANGER, SIGNED_OUT = "outsider", "nobody"
# A step that is everybody's own: only who is signed out, and who is of another organization, tries it in vain.
EVERYBODYS_OWN: dict[str, int] = {}
WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
OF_THE_VISIT = {"django_session"}


class Year:
    """The company of the cast, a trainee in it, and the day it is."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.enrollment: Enrollment | None = None
        self.browsers: dict[str, Client] = {}

    @property
    def today(self) -> date:
        """The day that the story has come to."""
        return timezone.localdate()

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """Inside it is nine in the morning of this day: what begins on it has begun, sign-ins of an earlier day have run out."""
        with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
            self.browsers.clear()
            advance_programmes(self.cast.organization.pk)
            yield

    def browser(self, part: str) -> Client:
        """That of somebody of the cast, signed in; of the rival's director; or of nobody."""
        if part not in self.browsers:
            self.browsers[part] = Client()
            if part != SIGNED_OUT:
                self.cast.sign_in(self.browsers[part], self.cast.outsider if part == STRANGER else self.cast.people[part])
        return self.browsers[part]

    def do(self, part: str, path: str, data: Mapping[str, Any] | None = None, *, wrong: Mapping[str, int], status: int = 302):
        """Send a form: it is refused to those who may not, with this answer, and taken from this person."""
        self.refuse("post", path, data or {}, wrong)
        answer = self.browser(part).post(self.cast.url(path), data or {})
        assert answer.status_code == status, f"{path} by {part}: {answer.status_code}\n{answer.text}"
        return answer

    def read(self, part: str, path: str, *said: str, never: tuple[str, ...] = (), wrong: Mapping[str, int] | None = None) -> HttpResponse:
        """A page or file that this person opens; a page says all this, and nothing of `never`."""
        if wrong is not None:
            self.refuse("get", path, {}, wrong)
        answer = self.browser(part).get(self.cast.url(path))
        assert answer.status_code == 200, f"{path} for {part}: {answer.status_code}"
        assert [words for words in said if words not in answer.text] == [], f"{path} for {part}"
        assert [words for words in never if words in answer.text] == [], f"{path} for {part}"
        return answer

    def refuse(self, method: str, path: str, data: Mapping[str, Any], wrong: Mapping[str, int]) -> None:
        """Whoever is named gets this answer; the other tenant's director 404, here and for the same thing in their own house; who is
        signed out is sent to the sign-in. Nobody of them changes anything."""
        assert set(wrong.values()) <= {403, 404}, path
        tried = [(part, self.cast.url(path), status) for part, status in {**wrong, STRANGER: 404, SIGNED_OUT: 302}.items()]
        if re.search(r"\d", path):  # it names a thing, which is not there for others
            tried.append((STRANGER, f"/o/{self.cast.rival.slug}/{path}", 404))
        found = []
        for part, address, _status in tried:
            browser, written = self.browser(part), []
            with connection.execute_wrapper(lambda execute, sql, *rest, kept=written: kept.append(sql) or execute(sql, *rest)):
                answer = getattr(browser, method)(address, data)
            found.append((part, address, answer.status_code))
            assert part != SIGNED_OUT or answer["Location"].startswith("/accounts/login/"), address
            tables = {said[2] for sql in written if (said := WRITES.match(sql))}
            assert tables <= OF_THE_VISIT, f"{address} by {part} wrote into {tables}"
        assert found == tried

    # ── Papers: the same few moves again and again ──

    def paper(self, key: str, number: int = 1) -> Deliverable:
        """A deliverable of the trainee's newest task for it."""
        found = Deliverable.objects.select_related("kind", "work").filter(work__enrollment=self.enrollment, kind__key=key, number=number)
        return found.order_by("-work__occurrence").first()

    def hand_in(self, paper: Deliverable, wrong: Mapping[str, int]) -> Submission:
        """The trainee types all of the form and sends it."""
        author = fields_by(parse(paper.asked.fields), "author")
        said = make_answers(paper.asked.fields, people=[self.cast.business_head.pk], today=self.today)
        typed = dict(as_typed(author, said, everybody(), {}).lists())
        self.do("trainee", f"deliverables/{paper.pk}/submit/", {"revision": "0"} | typed, wrong=wrong)
        return Submission.objects.get(deliverable=paper)

    def sign_all(self, submission: Submission, wrong: Mapping[str, int]) -> list[str]:
        """Whose turn it is says yes on the page, one after the other, with a level for every criterion; answers who they were."""
        signed = []
        while turn := rest.ready(submission):
            scores = {f"decision-level-{one['key']}": "3" for one in submission.deliverable.kind.rubric} if turn.scores else {}
            outcome = "agreed" if turn.kind == StepKind.AGREE else "approved"
            signed.append(self._who_signs(turn))
            yes = {"decision-outcome": outcome, "decision-content_hash": submission.content_hash} | scores
            self.do(signed[-1], f"signoffs/{turn.pk}/", yes, wrong={one: status for one, status in wrong.items() if one != signed[-1]})
        return signed

    def _who_signs(self, turn: SignOffStep) -> str:
        """Where the HR director or the HRBP may, the HRBP does, as is usual."""
        is_hrbps = StepSigner.objects.filter(step=turn, member=self.cast.hrbp).exists()
        return "hrbp" if is_hrbps else self.part_of(rest.signer(self.cast, turn))

    def phases(self) -> dict[str, str]:
        """How far each phase is."""
        return dict(PhaseProgress.objects.filter(enrollment=self.enrollment).values_list("phase__key", "state"))

    def part_of(self, member: Member) -> str:
        """What somebody is in the cast."""
        return next(part for part, one in self.cast.people.items() if one.pk == member.pk)
