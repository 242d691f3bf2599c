"""One more of a deliverable that a task may have several of: another interview, another record."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import Member
from programs.models import Deliverable, DeliverableKind, TaskWork
from programs.policies.running import may_write
from programs.queries.kinds_of_work import kinds_of
from programs.queries.relations import relations_of
from programs.rules.task_states import FINISHED
from programs.vocabulary import TaskState

MOST = 30


@transaction.atomic
def add(work: TaskWork, kind: DeliverableKind, *, by: Member, today: date) -> Deliverable:
    """Begin one more.

    Raises:
        PermissionDenied: `by` does not write it.
        ValidationError: "once_only", "locked", "finished", "too_many".
    """
    work = TaskWork.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee").get(pk=work.pk)
    relations = relations_of([work.enrollment], today)[work.enrollment_id]
    if not may_write(by, Deliverable(work=work, kind=kind), relations):
        raise PermissionDenied(_("Only the author hands this in."))
    if not kind.repeats or not kinds_of(work).filter(pk=kind.pk).exists():
        raise ValidationError(_("This task has one of these only."), code="once_only")
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished; nothing more can be handed in."), code="finished")
    last = Deliverable.objects.filter(work=work, kind=kind).order_by("-number").first()
    number = (last.number if last else 0) + 1
    if number > MOST:
        raise ValidationError(_("At most %(limit)s of these."), code="too_many", params={"limit": MOST})
    return Deliverable.objects.create(work=work, kind=kind, number=number)
