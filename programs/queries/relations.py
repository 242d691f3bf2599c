"""Who is what to one trainee today, stand-ins included: what every decision about entitlement reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from organizations.models import DelegatedAuthority, Member
from organizations.prepared import Prepared, among
from organizations.vocabulary import OrganizationRole
from programs.models import CohortDeputy, Enrollment, SupportRole
from programs.vocabulary import Role


@dataclass(frozen=True)
class Relations:
    """`people` holds member ids by role; `absent` maps a stand-in's id to the ids of those they sign for today."""

    trainee: int
    people: dict[str, frozenset[int]]
    absent: dict[int, frozenset[int]]

    def holds(self, member_id: int, role: str) -> bool:
        """Whether the person themselves holds the role towards this trainee."""
        return member_id in self.people.get(role, frozenset())

    def acts_as(self, member_id: int, entitled: frozenset[int], author: int) -> int | None:
        """As whom of those entitled a person acts today: in person, or for someone absent; nobody where neither.

        Nobody stands in on what is their own, and nobody lets others act for them on it.
        """
        if member_id in entitled:
            return member_id
        if member_id == author:
            return None
        return min(self.absent.get(member_id, frozenset()) & entitled - {author}, default=None)

    def roles_of(self, member_id: int) -> frozenset[str]:
        """All roles the person holds towards this trainee."""
        return frozenset(role for role, ids in self.people.items() if member_id in ids)


def relations_of(enrollments: Iterable[Enrollment], today: date) -> dict[int, Relations]:
    """The relations of each enrollment by its id, in four queries however many there are. Cohorts must be loaded."""
    enrollments = list(enrollments)
    people: dict[int, dict[str, set[int]]] = {enrollment.pk: defaultdict(set) for enrollment in enrollments}
    for enrollment_id, role, member_id in SUPPORTS.rows(list(people)):
        people[enrollment_id][role].add(member_id)
    deputies = defaultdict(set)
    for cohort_id, member_id in DEPUTIES.rows(list({enrollment.cohort_id for enrollment in enrollments})):
        deputies[cohort_id].add(member_id)
    directors = set(DIRECTORS.rows())
    absent = stand_ins(today)
    for enrollment in enrollments:
        roles = people[enrollment.pk]
        roles[Role.TRAINEE].add(enrollment.trainee_id)
        roles[Role.HR_DIRECTOR] |= directors
        roles[Role.COHORT_MANAGER] |= deputies[enrollment.cohort_id] | {enrollment.cohort.manager_id} - {None}
        if enrollment.cohort.sponsor_id:
            roles[Role.SPONSOR].add(enrollment.cohort.sponsor_id)
    return {
        enrollment.pk: Relations(
            enrollment.trainee_id, {role: frozenset(ids) for role, ids in people[enrollment.pk].items() if ids}, absent
        )
        for enrollment in enrollments
    }


def stand_ins(today: date) -> dict[int, frozenset[int]]:
    """For each person who stands in today: the ids of those they sign for."""
    absent = defaultdict(set)
    for member_id, delegate_id in STAND_INS.rows(today):
        absent[delegate_id].add(member_id)
    return {delegate: frozenset(members) for delegate, members in absent.items()}


def _supports(enrollments: list[int]) -> QuerySet:
    return SupportRole.objects.filter(among("enrollment_id", enrollments), ended_at__isnull=True).values_list(
        "enrollment_id", "role", "member_id"
    )


def _deputies(cohorts: list[int]) -> QuerySet:
    return CohortDeputy.objects.filter(among("cohort_id", cohorts)).values_list("cohort_id", "member_id")


def _directors() -> QuerySet:
    return Member.objects.with_role(OrganizationRole.HR_DIRECTOR).values_list("pk", flat=True)


def _stand_ins(today: date) -> QuerySet:
    running = DelegatedAuthority.objects.filter(from_on__lte=today, until_on__gte=today, ended_at__isnull=True)
    return running.values_list("member_id", "delegate_id")


SUPPORTS, DEPUTIES = Prepared(_supports, list), Prepared(_deputies, list)
DIRECTORS, STAND_INS = Prepared(_directors), Prepared(_stand_ins, date)
