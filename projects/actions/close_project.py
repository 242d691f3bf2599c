"""Close a project: with its last gate passed, its deliverables approved and its conditions settled. The task ends with it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions import project_work
from programs.models import SupportRole
from programs.queries.relations import relations_of
from programs.rules.task_states import FINISHED
from programs.vocabulary import Role
from projects import paths
from projects.actions.leading import locked
from projects.models import Gate, PracticeProject
from projects.policies import may_close
from projects.queries.closing import lacking_of
from projects.vocabulary import GateState, Notice, ProjectState


@transaction.atomic
def close(project: PracticeProject, *, by: Member, today: date) -> PracticeProject:
    """Close it.

    Raises:
        PermissionDenied: `by` is neither the trainee, nor the mentor, nor runs the cohort.
        ValidationError: "over"; "lacking", something is still missing.
    """
    project = locked(project.pk)
    if not may_close(by, project, relations_of([project.enrollment], today)[project.enrollment_id]):
        raise PermissionDenied(_("The trainee, the mentor or the cohort manager closes a project."))
    if project.is_over:
        raise ValidationError(_("This project is over; it stays as it is."), code="over")
    if lacking_of(project):
        raise ValidationError(_("Something is still missing; the project's page says what."), code="lacking")
    return _close(project, by, today)


def close_if_ready(project: PracticeProject, *, by: Member | None, today: date) -> bool:
    """The same where nothing is missing; says whether it was closed. The project must be locked by the caller."""
    if project.is_over or project.work.state in FINISHED:  # a task that was waived ends without its project
        return False
    if Gate.objects.filter(project=project).exclude(state=GateState.PASSED).exists() or lacking_of(project):
        return False
    _close(project, by, today)
    return True


@transaction.atomic
def close_all_ready(today: date) -> int:
    """Close what the last signature made ready, where nobody has pressed the button; how many."""
    waiting = Gate.objects.exclude(state=GateState.PASSED).values("project_id")
    ready = PracticeProject.objects.filter(state=ProjectState.RUNNING).exclude(pk__in=waiting).order_by("pk")
    return sum(close_if_ready(locked(pk), by=None, today=today) for pk in ready.values_list("pk", flat=True))


def _close(project: PracticeProject, by: Member | None, today: date) -> PracticeProject:
    project_work.close(project.work, today=today)
    project.state, project.ended_at = ProjectState.CLOSED, clock.now()
    project.save(update_fields=["state", "ended_at"])
    record(AuditAction.PROJECT_CLOSED, project, by=by, label=project.name)
    mentors = SupportRole.objects.filter(enrollment=project.enrollment_id, role=Role.MENTOR, ended_at__isnull=True).values("member_id")
    told = Member.objects.active().filter(pk__in=mentors) | Member.objects.active().filter(
        pk__in=[pk for pk in (project.enrollment.trainee_id, project.sponsor_id) if pk]
    )
    words = {"project": project.name, "trainee": project.enrollment.trainee.name}
    for member in told:
        notify(member, Notice.PROJECT_CLOSED, about=project, path=paths.project(project.pk), words=words, key=str(project.pk))
    return project
