"""Move the day of a gate, with a reason, until it is called."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.queries.relations import relations_of
from programs.vocabulary import Role
from projects import paths
from projects.actions.leading import led
from projects.models import Gate, GateDateChange
from projects.queries.reviewers import reviewers
from projects.rules import gate_dates
from projects.vocabulary import GateState, Notice

MESSAGES = {
    "passed": gettext_lazy("This day has passed."),
    "too_early": gettext_lazy("The gate before it is held later. Choose a day after that, or move that one first."),
    "too_late": gettext_lazy("The gate after it is held earlier. Choose a day before that, or move that one first."),
}


@transaction.atomic
def move(gate: Gate, due_on: date, reason: str, *, by: Member, today: date) -> GateDateChange:
    """The gate is due on another day; its milestone follows, while the baseline of an agreed plan stays. Mentor and sponsor are told.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over"; "called", it was put before its reviewers; by field "same_day", "passed", "too_early", "too_late",
            "reason_required".
    """
    project = led(gate.project_id, by)
    gate = Gate.objects.select_for_update(of=["self"]).select_related("definition").get(pk=gate.pk)
    if gate.round or gate.state not in (GateState.WAITING, GateState.OPEN):
        raise ValidationError(_("This gate has been put before its reviewers; its day stays."), code="called")
    others = list(Gate.objects.filter(project=project).values_list("position", "due_on"))
    fault = gate_dates.fault(
        due_on,
        [day for position, day in others if position < gate.position],
        [day for position, day in others if position > gate.position],
        today,
    )
    if due_on == gate.due_on:
        raise ValidationError({"due_on": ValidationError(_("It is due on this day already."), code="same_day")})
    if fault:
        raise ValidationError({"due_on": ValidationError(str(MESSAGES[fault]), code=fault)})
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why: mentor and sponsor read it."), code="reason_required")})
    change = GateDateChange.objects.create(gate=gate, before_on=gate.due_on, after_on=due_on, reason=reason.strip(), by=by)
    gate.due_on = due_on
    gate.save(update_fields=["due_on"])
    for milestone in gate.milestones.all():
        if milestone.baseline_on:
            milestone.forecast_on = due_on
        else:
            milestone.planned_on = due_on
        milestone.save(update_fields=["planned_on", "forecast_on"])
    record(
        AuditAction.PROJECT_CHANGED,
        project,
        by=by,
        label=f"{gate.definition.key} {project.name}",
        before={"due_on": change.before_on},
        after={"due_on": due_on, "reason": change.reason},
    )
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    people = frozenset().union(*reviewers(project, [Role.MENTOR, Role.SPONSOR], relations).values())
    words = {
        "gate": gate.definition.name.data,
        "project": project.name,
        "by": by.name,
        "before_on": change.before_on.isoformat(),
        "due_on": due_on.isoformat(),
        "note": change.reason,
    }
    for one in Member.objects.active().filter(pk__in=people):
        notify(one, Notice.GATE_MOVED, about=project, path=paths.gate(gate.pk), words=words, key=str(change.pk))
    return change
