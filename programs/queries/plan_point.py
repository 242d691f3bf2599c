"""One point of a plan, and all points of a decision: where they stand, and what the reader may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizations.models import Member
from programs.models import PlanPoint
from programs.queries.relations import Relations, relations_of
from programs.vocabulary import Role

LOADED = ("enrollment__cohort", "enrollment__trainee", "signer", "set_by", "settled_by", "settled_for")


@dataclass(frozen=True)
class PointPage:
    """All that the page of a point shows. `acts_as`: as whom the reader signs it off; nobody where they do not."""

    point: PlanPoint
    signers: list[str]
    is_own: bool
    acts_as: int | None
    stands_in_for: str

    @property
    def is_running(self) -> bool:
        return not (self.point.settled_at or self.point.ended_at)

    @property
    def may_show(self) -> bool:
        return self.is_own and self.is_running

    @property
    def may_settle(self) -> bool:
        return self.acts_as is not None and self.is_running


def point_page(pk: int, member: Member, today: date) -> PointPage | None:
    """The page, for the trainee, who signs it off, and who reads the trainee's programme; None for others."""
    point = PlanPoint.objects.select_related(*LOADED).filter(pk=pk).first()
    if point is None:
        return None
    relations = relations_of([point.enrollment], today)[point.enrollment_id]
    signers = signers_of_point(point, relations)
    acts_as = relations.acts_as(member.pk, signers, point.enrollment.trainee_id)
    took_part = member.pk in (point.signer_id, point.settled_by_id)
    if acts_as is None and not took_part and not PlanPoint.objects.visible_to(member).filter(pk=pk).exists():
        return None
    names = dict(Member.objects.filter(pk__in=signers).values_list("pk", "name"))
    stands_in_for = names[acts_as] if acts_as not in (None, member.pk) else ""
    return PointPage(point, sorted(names.values()), point.enrollment.trainee_id == member.pk, acts_as, stands_in_for)


def signers_of_point(point: PlanPoint, relations: Relations) -> frozenset[int]:
    """Ids of those who sign a point of a plan off: whom the plan names, else the mentor; without one, who runs the cohort."""
    if point.signer_id and point.signer.is_active:
        return frozenset({point.signer_id})
    mentors = relations.people.get(Role.MENTOR, frozenset())
    return (mentors or relations.people.get(Role.COHORT_MANAGER, frozenset())) - {relations.trainee}


def open_to(member: Member, points: Sequence[PlanPoint]) -> frozenset[int]:
    """Ids of those points whose page this person may open; at most one query. Who stands in for a signer finds them in the queue."""
    own = {point.pk for point in points if member.pk in (point.signer_id, point.settled_by_id)}
    others = {point.pk for point in points} - own
    read = PlanPoint.objects.visible_to(member).filter(pk__in=others).values_list("pk", flat=True) if others else ()
    return frozenset(own.union(read))


def points_of(subject_kind: str, subject_id: int) -> list[PlanPoint]:
    """The points that one decision gave, in its order; one query."""
    points = PlanPoint.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return list(points.select_related("signer", "settled_by", "settled_for").order_by("number"))
