"""A year over HTTP: every key step is first tried by those it is not for, then done by the one it is for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from organizations.models import Member
from programs.models import Enrollment, PhaseProgress
from tests.cast import Cast

STRANGER = 404
# step: what those are answered who try it and may not. The rival's director gets 404 at every one of them.
WRONG: dict[str, dict[str, int]] = {
    "enroll": {"mentor": 404, "trainee": 404, "admin": 404},
    "propose a mentor": {"trainee": 404, "line_manager": 404, "admin": 404},
    "accept the pairing": {"line_manager": 403, "hrbp": 404, "peer": 404},
    "plan a meeting": {"line_manager": 403, "peer": 404},
    "write the agreement": {"manager": 403, "peer": 404},
    "sign the agreement": {"line_manager": 403, "hrbp": 404, "peer": 404},
    "hand in the development plan": {"mentor": 403, "peer": 404, "admin": 404},
    "sign the development plan": {"trainee": 403, "hrbp": 403, "peer": 404},
    "choose the project": {"mentor": 403, "sponsor": 404, "peer": 404},
    "accept as sponsor": {"trainee": 403, "mentor": 403, "business_head": 404, "peer": 404},
    "call a gate": {"mentor": 403, "sponsor": 403, "peer": 404},
    "speak at a gate": {"trainee": 403, "line_manager": 403, "director": 403, "peer": 404},
    "sign the retrospective": {"trainee": 403, "hrbp": 403, "peer": 404},
    "close the project": {"sponsor": 403, "line_manager": 403, "peer": 404},
    "invite to the session": {"mentor": 403, "sponsor": 404},
    "take attendance": {"mentor": 403, "sponsor": 404},
    "open the survey": {"manager": 403, "sponsor": 404},
    "close the survey": {"peer": 403, "sponsor": 404},
    "open the review cycle": {"mentor": 403, "trainee": 403, "admin": 403},
    "propose a rater": {"mentor": 403, "hrbp": 404, "peer": 404},
    "approve the raters": {"trainee": 403, "mentor": 403, "peer": 404},
    "hand out a link": {"trainee": 403, "line_manager": 403, "peer": 404},
    "close the cycle": {"trainee": 404, "mentor": 404, "admin": 404},
    "name the panel": {"manager": 403, "trainee": 403, "reviewer": 404},
    "freeze the file": {"manager": 403, "trainee": 403, "mentor": 403},
    "vote": {"director": 403, "mentor": 403, "trainee": 403, "admin": 404},
    "decide": {"second_reviewer": 403, "mentor": 403, "trainee": 403, "admin": 404},
    "take note": {"mentor": 403, "director": 403, "peer": 404},
}


class Year:
    """The company of the cast, a trainee in it, and the day it is."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.tried: set[str] = set()
        self.enrollment: Enrollment | None = None

    @property
    def today(self) -> date:
        """The day that the story has come to."""
        return timezone.localdate()

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """Inside it is nine in the morning of this day."""
        with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
            yield

    def client(self, part: str) -> Client:
        """A browser that has just been signed in."""
        member = self.cast.outsider if part == "outsider" else self.cast.people[part]
        return self.cast.sign_in(Client(), member)

    def read(self, part: str, path: str, *said: str) -> HttpResponse:
        """A page of the company that this person opens, and that says all this."""
        answer = self.client(part).get(self.cast.url(path))
        assert answer.status_code == 200, f"{path} for {part}: {answer.status_code}"
        assert [words for words in said if words not in answer.text] == [], f"{path} for {part}"
        return answer

    def do(self, step: str, part: str, path: str, data: Mapping | None = None, status: int = 302) -> HttpResponse:
        """Send a form: those of WRONG are refused first, then it is taken from this person."""
        url, data = self.cast.url(path), data or {}
        expected = {**WRONG[step], "outsider": STRANGER}
        found = {wrong: self.client(wrong).post(url, data).status_code for wrong in expected}
        assert found == expected, f"{step}: {found}"
        self.tried.add(step)
        answer = self.client(part).post(url, data)
        assert answer.status_code == status, f"{step} by {part}: {answer.status_code}\n{answer.text}"
        return answer

    def phases(self) -> dict[str, str]:
        """How far each phase is."""
        return dict(PhaseProgress.objects.filter(enrollment=self.enrollment).values_list("phase__key", "state"))

    def part_of(self, member: Member) -> str:
        """What somebody is in the cast."""
        return next(part for part, one in self.cast.people.items() if one.pk == member.pk)
