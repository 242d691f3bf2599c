"""Move a due date, saying why: lateness alone moves nothing."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.rules.near_days import is_near
from organizations.vocabulary import AuditAction
from programs import paths
from programs.models import ScheduleChange, TaskWork
from programs.policies.running import may_run_cohort
from programs.queries.calendars import calendar_of
from programs.rules.task_states import FINISHED
from programs.vocabulary import Notice


@transaction.atomic
def move_date(work: TaskWork, due_on: date, reason: str, *, by: Member, today: date) -> ScheduleChange:
    """The task is due on another working day.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "finished", "in_the_past", "strange_year", "before_start", "no_working_day", "reason_required".
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"]).select_related("enrollment__cohort", "enrollment__trainee", "task").get(pk=work.pk)
    )
    cohort = work.enrollment.cohort
    if not may_run_cohort(by, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager move dates."))
    if work.state in FINISHED:
        raise ValidationError(_("This task is finished."), code="finished")
    errors = {}
    if due_on < today:
        errors["due_on"] = ValidationError(_("Choose today or a later day."), code="in_the_past")
    elif not is_near(due_on, today):
        errors["due_on"] = ValidationError(_("Check the year."), code="strange_year")
    elif due_on < work.planned_start_on:
        errors["due_on"] = ValidationError(_("The task begins only after that day."), code="before_start")
    elif not calendar_of(cohort.calendar).is_working(due_on):
        errors["due_on"] = ValidationError(_("Nobody works on that day. Choose a working day."), code="no_working_day")
    if not reason.strip():
        errors["reason"] = ValidationError(_("Say why the date moves."), code="reason_required")
    if errors:
        raise ValidationError(errors)
    before = work.due_on
    change = ScheduleChange.objects.create(work=work, old_due_on=before, new_due_on=due_on, reason=reason.strip(), by=by)
    work.due_on = due_on
    work.save(update_fields=["due_on"])
    label = f"{work.task.key} {work.enrollment.trainee.name}"
    record(AuditAction.DATES_MOVED, work, by=by, label=label, before={"due_on": before}, after={"due_on": due_on, "reason": reason})
    words = {"task": work.task.name.data, "key": work.task.key, "by": by.name, "note": reason, "due_on": due_on.isoformat()}
    notify(work.enrollment.trainee, Notice.DATE_MOVED, about=work, path=paths.task(work.pk), words=words, key=str(change.pk))
    return change
