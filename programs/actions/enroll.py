"""Enroll people in a cohort: all their dates planned, in a handful of statements however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify_many
from organizations import clock
from organizations.actions.record_audit import record_many
from organizations.models import Member
from organizations.vocabulary import AuditAction, SubjectKind
from programs import paths
from programs.models import Cohort, Enrollment
from programs.policies.running import may_run_cohort
from programs.queries.version_plan import VersionPlan, version_plan
from programs.vocabulary import CohortState, EnrollmentState, Notice, Role, VersionState

# Rows are made inside the server from arrays: no row of the 40 per person travels there. The organization is named once:
# left to the columns' default, it is asked for row by row, which takes longer than the rest.
SUPPORT = """
INSERT INTO programs_supportrole (organization_id, enrollment_id, role, member_id, since)
SELECT (SELECT current_organization()), e.id, s.role, s.member_id, %(now)s
FROM unnest(%(trainees)s::bigint[], %(roles)s::text[], %(members)s::bigint[]) AS s (trainee_id, role, member_id)
JOIN programs_enrollment e ON e.organization_id = current_organization() AND e.cohort_id = %(cohort)s AND e.trainee_id = s.trainee_id
ON CONFLICT DO NOTHING"""
PHASES = """
INSERT INTO programs_phaseprogress (organization_id, enrollment_id, phase_id, state, planned_start_on, planned_end_on, opened_at)
SELECT (SELECT current_organization()), e.id, p.id, p.state, p.start_on, p.end_on, CASE p.state WHEN 'open' THEN %(now)s END
FROM unnest(%(enrollments)s::bigint[]) AS e (id)
CROSS JOIN unnest(%(phases)s::bigint[], %(states)s::text[], %(starts)s::date[], %(ends)s::date[]) AS p (id, state, start_on, end_on)"""
TASKS = """
INSERT INTO programs_taskwork (organization_id, enrollment_id, task_id, occurrence, state, planned_start_on, due_on, opened_at, note)
SELECT (SELECT current_organization()), e.id, t.id, 1, t.state, t.start_on, t.due_on, CASE t.state WHEN 'open' THEN %(now)s END, ''
FROM unnest(%(enrollments)s::bigint[]) AS e (id)
CROSS JOIN unnest(%(tasks)s::bigint[], %(states)s::text[], %(starts)s::date[], %(dues)s::date[]) AS t (id, state, start_on, due_on)"""
DELIVERABLES = """
INSERT INTO programs_deliverable (organization_id, work_id, kind_id, number, label, state, last_number, changed_at)
SELECT (SELECT current_organization()), w.id, k.id, n, '', 'open', 0, %(now)s
FROM programs_taskwork w
JOIN unnest(%(kinds)s::bigint[], %(tasks)s::bigint[], %(counts)s::int[]) AS k (id, task_id, count) ON k.task_id = w.task_id
CROSS JOIN LATERAL generate_series(1, k.count) AS n
WHERE w.organization_id = current_organization() AND w.enrollment_id = ANY (%(enrollments)s::bigint[])"""


@dataclass(frozen=True)
class NewTrainee:
    """Someone to enroll, with the people who support them by role (ids of members)."""

    trainee: int
    support: Mapping[str, Sequence[int]] = field(default_factory=dict)


@transaction.atomic
def enroll(cohort: Cohort, trainees: Sequence[NewTrainee], *, by: Member, today: date) -> list[int]:
    """Enroll these people and plan every date of theirs; returns the ids of their enrollments.

    All or nobody. The line manager is copied from the person's record where none is named.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "nobody", "not_published", "finished", "unknown_people", "already_enrolled" (names them), "own_supporter".
    """
    if not may_run_cohort(by, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager enroll trainees."))
    _check(cohort, trainees)
    ids = [new.trainee for new in trainees]
    managers = dict(Member.objects.filter(pk__in=ids).values_list("pk", "line_manager_id"))
    enrollments = Enrollment.objects.bulk_create(
        [Enrollment(cohort=cohort, trainee_id=trainee, start_on=cohort.start_on, enrolled_by=by) for trainee in ids], batch_size=2000
    )
    keys = [enrollment.pk for enrollment in enrollments]
    support = [
        (new.trainee, role, member)
        for new in trainees
        for role, members in _with_line_manager(new.support, managers.get(new.trainee)).items()
        for member in members
        if member
    ]
    _write(cohort, keys, support, version_plan(cohort, today))
    if cohort.state == CohortState.PLANNED and cohort.start_on <= today:
        Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RUNNING)
    names = dict(Member.objects.filter(pk__in=ids).values_list("pk", "name"))
    record_many(
        AuditAction.ENROLLED,
        SubjectKind.ENROLLMENT,
        [(each.pk, f"{names[each.trainee_id]} · {cohort.name}") for each in enrollments],
        by=by,
    )
    notify_many(
        Notice.ENROLLED,
        [(each.trainee_id, each.pk, f"{each.pk}") for each in enrollments],
        subject_kind=SubjectKind.ENROLLMENT,
        path=paths.my_program(),
        words={"cohort": cohort.name, "start_on": cohort.start_on.isoformat()},
    )
    return keys


def _with_line_manager(support: Mapping[str, Sequence[int]], manager: int | None) -> dict[str, Sequence[int]]:
    named = dict(support)
    if not named.get(Role.LINE_MANAGER) and manager:
        named[Role.LINE_MANAGER] = [manager]
    return named


def _check(cohort: Cohort, trainees: Sequence[NewTrainee]) -> None:
    if not trainees:
        raise ValidationError(_("Choose at least one person."), code="nobody")
    if cohort.version.state == VersionState.DRAFT:
        raise ValidationError(_("Publish the template first: trainees run through a published version."), code="not_published")
    if cohort.state == CohortState.FINISHED:
        raise ValidationError(_("This cohort has finished. Open a new one."), code="finished")
    ids = [new.trainee for new in trainees]
    needed = {*ids, *(member for new in trainees for members in new.support.values() for member in members if member)}
    known = dict(Member.objects.active().filter(pk__in=needed).values_list("pk", "name"))
    if len(set(ids)) < len(ids) or needed - known.keys():
        raise ValidationError(
            _("Some of these people are listed twice or do not belong to the organization any more."), code="unknown_people"
        )
    if any(new.trainee in members for new in trainees for members in new.support.values()):
        raise ValidationError(_("Nobody can be their own mentor or line manager."), code="own_supporter")
    busy = Enrollment.objects.filter(trainee__in=ids, state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED])
    names = list(busy.order_by("trainee__sort_name").values_list("trainee__name", flat=True)[:5])
    if names:
        raise ValidationError(_("Already in a running program: %(names)s."), code="already_enrolled", params={"names": _(", ").join(names)})


def _write(cohort: Cohort, enrollments: list[int], support: list[tuple[int, str, int]], plan: VersionPlan) -> None:
    now = clock.now()
    with connection.cursor() as cursor:
        trainees, roles, members = map(list, zip(*support, strict=True)) if support else ([], [], [])
        cursor.execute(
            SUPPORT, {"now": now, "cohort": cohort.pk, "trainees": trainees, "roles": [str(role) for role in roles], "members": members}
        )
        cursor.execute(
            PHASES,
            {
                "now": now,
                "enrollments": enrollments,
                "phases": [phase.pk for phase in plan.phases],
                "states": [str(phase.state) for phase in plan.phases],
                "starts": [phase.start for phase in plan.phases],
                "ends": [phase.end for phase in plan.phases],
            },
        )
        cursor.execute(
            TASKS,
            {
                "now": now,
                "enrollments": enrollments,
                "tasks": [task.pk for task in plan.tasks],
                "states": [str(task.state) for task in plan.tasks],
                "starts": [task.start for task in plan.tasks],
                "dues": [task.due for task in plan.tasks],
            },
        )
        cursor.execute(
            DELIVERABLES,
            {
                "now": now,
                "enrollments": enrollments,
                "kinds": [kind.pk for kind in plan.kinds],
                "tasks": [kind.task for kind in plan.kinds],
                "counts": [kind.count for kind in plan.kinds],
            },
        )
