"""What a link without sign-in leads to."""

import re
from dataclasses import dataclass
from functools import cached_property

from effectiveness.models import Attendee, KnowledgeTest, Survey, SurveyAnswer, TestResult, TrainingSession
from effectiveness.rules.answering import link_mark, receipt_of_link

TOKEN = re.compile(r"[sp][A-Za-z0-9_-]{10,40}")


@dataclass(frozen=True)
class Shared:
    """The link of a survey that a whole room has."""

    survey: Survey

    @property
    def session(self) -> TrainingSession:
        return self.survey.session


@dataclass(frozen=True)
class Personal:
    """One person's link: what of test and survey is open to them now is worked out from these."""

    attendee: Attendee
    survey: Survey | None
    test: KnowledgeTest | None
    receipt: str

    @property
    def session(self) -> TrainingSession:
        return self.attendee.session

    @cached_property
    def phase(self) -> str:
        """The phase of the test that is open and not yet answered by this person; empty where there is none."""
        if self.test is None or not self.test.phase or not self.test.questions:
            return ""
        is_done = TestResult.objects.filter(attendee=self.attendee, phase=self.test.phase).exists()
        return "" if is_done else self.test.phase


def find(token: str) -> Shared | Personal | None:
    """What the link leads to in the open tenant, None where to nothing. One query for a shared link, three for a personal one."""
    if not TOKEN.fullmatch(token):
        return None
    if token.startswith("s"):
        survey = Survey.objects.select_related("session").filter(token=token).first()
        return Shared(survey) if survey else None
    attendee = Attendee.objects.select_related("session").filter(link_hash=link_mark(token)).first()
    if attendee is None:
        return None
    return Personal(
        attendee=attendee,
        survey=Survey.objects.filter(session=attendee.session_id).first(),
        test=KnowledgeTest.objects.filter(session=attendee.session_id).first(),
        receipt=receipt_of_link(token),
    )


def has_answered(survey: Survey, receipt: str) -> bool:
    """Whether an answer under this mark is kept; one query."""
    return SurveyAnswer.objects.filter(survey=survey, receipt=receipt).exists()
