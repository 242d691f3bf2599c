"""Choose the kind of practice project, and so its gates, milestones, measures and deliverables."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions import project_work
from programs.models import GateDefinition, ProjectKind, TaskWork
from programs.queries.calendars import calendar_of
from programs.rules.project_work import gate_day
from projects.actions.leading import led
from projects.actions.name_sponsor import name_sponsor
from projects.models import Gate, Measure, Milestone, PracticeProject
from projects.vocabulary import GateState, ProjectState


@transaction.atomic
def choose(
    work: TaskWork, kind: ProjectKind, *, name: str, problem: str = "", sponsor: Member | None = None, by: Member, today: date
) -> PracticeProject:
    """Begin the project of this task. After one that was stopped, another.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "already_chosen"; what programs' `choose` and `name_sponsor` raise.
    """
    work = TaskWork.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee").get(pk=work.pk)
    if work.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the trainee chooses their project."))
    if PracticeProject.objects.filter(work=work).exclude(state=ProjectState.STOPPED).exists():
        raise ValidationError(_("A project has already been chosen for this task."), code="already_chosen")
    start = project_work.choose(work, kind, by=by, today=today)
    project = PracticeProject.objects.create(
        enrollment=work.enrollment, work=work, kind=kind, name=name.strip(), problem=problem.strip(), start_on=start
    )
    calendar = calendar_of(work.enrollment.cohort.calendar)
    definitions = GateDefinition.objects.filter(version=kind.version_id).order_by("position")
    Gate.objects.bulk_create(
        [
            Gate(
                project=project,
                definition=definition,
                position=number,
                due_on=gate_day(definition.offset, start, calendar),
                state=GateState.WAITING if number > 1 else GateState.OPEN,
            )
            for number, definition in enumerate(definitions, start=1)
        ]
    )
    _lay_out(project, kind)
    record(AuditAction.PROJECT_CHOSEN, project, by=by, label=project.name, after={"kind": kind.name.data, "name": project.name})
    if sponsor is not None:
        name_sponsor(project, sponsor, by=by, today=today)
    return project


@transaction.atomic
def change_kind(project: PracticeProject, kind: ProjectKind, *, by: Member, today: date) -> PracticeProject:
    """Another kind, as long as nothing of the project was handed in and no gate called.

    Milestones are laid out anew. A measure that has figures already stays, as it is the trainee's own by now.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over"; "gate_called"; what programs' `choose` raises.
    """
    project = led(project.pk, by)
    if project.kind_id == kind.pk:
        return project
    if project.gates.filter(round__gt=0).exists():
        raise ValidationError(_("The kind stays: a gate has been called."), code="gate_called")
    project_work.choose(project.work, kind, by=by, today=today)
    before, project.kind = project.kind, kind
    project.save(update_fields=["kind"])
    project.milestones.update(depends_on=None)
    project.milestones.all().delete()
    project.measures.filter(values__isnull=True).exclude(key="").delete()
    _lay_out(project, kind)
    record(
        AuditAction.PROJECT_CHANGED, project, by=by, label=project.name, before={"kind": before.name.data}, after={"kind": kind.name.data}
    )
    return project


def _lay_out(project: PracticeProject, kind: ProjectKind) -> None:
    """Milestones, each after the one before it, and measures as the kind has them."""
    calendar = calendar_of(project.enrollment.cohort.calendar)
    gates = {gate.definition.offset: gate for gate in project.gates.select_related("definition")}
    before = None
    for position, one in enumerate(kind.milestones, start=1):
        before = Milestone.objects.create(
            project=project,
            gate=gates.get(one["offset"]),
            key=one["key"],
            position=position,
            name=one["text"],
            planned_on=gate_day(one["offset"], project.start_on, calendar),
            depends_on=before,
        )
    last = project.measures.count()
    Measure.objects.bulk_create(
        [
            Measure(project=project, key=one["key"], position=position, name=one["text"])
            for position, one in enumerate(kind.measures, start=last + 1)
        ]
    )
