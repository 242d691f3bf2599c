"""The baseline of one measure: every other one that was asked for, and what the sponsor answered."""

from dataclasses import dataclass
from datetime import date

from organizations.models import Member
from programs.queries.relations import relations_of
from projects.models import BaselineAnswer, BaselineRequest, Measure, PracticeProject
from projects.queries.reviewers import approver_of
from projects.vocabulary import ProjectState


@dataclass(frozen=True)
class BaselinePage:
    """`trail`: each request, newest first, with its answer or None. `waiting` is the one without."""

    measure: Measure
    trail: list[tuple[BaselineRequest, BaselineAnswer | None]]
    may_ask: bool
    may_answer: bool
    stands_in_for: str

    @property
    def waiting(self) -> BaselineRequest | None:
        return next((asked for asked, given in self.trail if given is None), None)


def baseline_page(project: PracticeProject, measure: Measure, member: Member, today: date) -> BaselinePage:
    """The page of a measure's baseline, for all who see the project."""
    asked = list(measure.baseline_requests.select_related("by").order_by("-at", "-pk"))
    answers = BaselineAnswer.objects.filter(request__in=asked).select_related("by", "instead_of")
    given = {one.request_id: one for one in answers}
    trail = [(one, given.get(one.pk)) for one in asked]
    waits = any(one is None for _asked, one in trail)
    person = None
    if waits and not project.is_over:
        person = approver_of(project, member.pk, relations_of([project.enrollment], today)[project.enrollment_id])
    asks = project.is_led_by(member) and not project.is_over and not waits and project.state != ProjectState.PLANNING
    absent = project.sponsor.name if person not in (None, member.pk) else ""
    return BaselinePage(measure, trail, asks, person is not None, absent)
