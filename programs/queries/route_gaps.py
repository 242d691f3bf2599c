"""Who signs for whom in a cohort: the steps and checks that nobody can take, said with names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from organizations.localized import any_of
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import CheckDefinition, Cohort, DeliverableKind, SupportRole
from programs.rules import route_gaps, sign_off_route, stages
from programs.vocabulary import EnrollmentState, Role

MOST_NAMES = 5
SENTENCES = {
    "no_author": gettext_lazy("Nobody writes it: %(roles)s is missing."),
    "no_checker": gettext_lazy("Nobody answers this check: %(roles)s is missing."),
    "role_empty": gettext_lazy("Step %(step)s has nobody to take it: %(roles)s is missing, or wrote it themselves."),
    "same_person": gettext_lazy("Step %(step)s has nobody left to take it: %(roles)s signs another step already. Name an HRBP."),
}


@dataclass(frozen=True)
class Gap:
    """Something that nobody can sign for some trainees."""

    key: str
    name: str
    text: str
    trainees: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The first of those whom it concerns."""
        return self.trainees[:MOST_NAMES]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(len(self.trainees) - MOST_NAMES, 0)


def cohort_gaps(cohort: Cohort) -> list[Gap]:
    """What nobody can sign for some of this cohort's running trainees; five queries."""
    running = cohort.enrollments.filter(state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED])
    trainees = list(running.order_by("trainee__sort_name").values_list("pk", "trainee_id", "trainee__name"))
    support: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = SupportRole.objects.filter(enrollment__cohort=cohort, ended_at__isnull=True)
    for enrollment, role, member in rows.values_list("enrollment_id", "role", "member_id"):
        support[enrollment][role].add(member)
    return gaps_for(cohort, [(trainee, name, support[pk]) for pk, trainee, name in trainees])


def gaps_for(cohort: Cohort, trainees: Iterable[tuple[int, str, Mapping[str, Iterable[int]]]]) -> list[Gap]:
    """The same for people who are to be enrolled, given as (id, name, supporters by role); four queries."""
    on_tasks = DeliverableKind.objects.filter(version=cohort.version_id, task__isnull=False)
    kinds = list(on_tasks.only("key", "name", "author", "route", "both_steps", "stages"))
    checks = list(CheckDefinition.objects.filter(version=cohort.version_id).only("key", "name", "by"))
    everywhere = {
        Role.HR_DIRECTOR: frozenset(Member.objects.with_role(OrganizationRole.HR_DIRECTOR).values_list("pk", flat=True)),
        Role.COHORT_MANAGER: frozenset({cohort.manager_id, *(deputy.member_id for deputy in cohort.deputies.all())} - {None}),
    }
    if cohort.sponsor_id:
        everywhere[Role.SPONSOR] = frozenset({cohort.sponsor_id})
    supported = [
        route_gaps.Supported(name, {**everywhere, **{role: frozenset(ids) for role, ids in by_role.items()}, Role.TRAINEE: frozenset({pk})})
        for pk, name, by_role in trainees
    ]
    names = {one.key: str(one.name) for one in [*kinds, *checks]}
    found = route_gaps.gaps(
        [signed for kind in kinds for signed in _signed(kind)], [route_gaps.Checked(one.key, tuple(one.by)) for one in checks], supported
    )
    return [Gap(gap.key, names[gap.key], _text(gap), gap.trainees) for gap in found]


def _signed(kind: DeliverableKind) -> list[route_gaps.Signed]:
    """The kind's route; of one in stages, each stage's."""
    routes = [stages.of_stage(kind.route, stage["key"]) for stage in kind.stages] or [kind.route]
    steps = [tuple(sign_off_route.Step(kind=step["kind"], roles=tuple(step["roles"])) for step in route) for route in routes]
    return [route_gaps.Signed(kind.key, kind.author, route, kind.both_steps) for route in steps]


def _text(gap: route_gaps.Gap) -> str:
    roles = any_of([str(Role(role).label) for role in gap.roles])
    return SENTENCES[gap.code] % {"roles": roles, "step": (gap.step or 0) + 1}
