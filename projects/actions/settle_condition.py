"""Say that a condition of a gate is settled."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.queries.relations import relations_of
from projects.actions.close_project import close_if_ready
from projects.actions.leading import locked
from projects.models import GateCondition
from projects.queries.reviewers import reviewers
from projects.rules.gate_states import may_settle


@transaction.atomic
def settle(condition: GateCondition, note: str, *, by: Member, today: date) -> GateCondition:
    """A reviewer has seen that it is done, and says by what.

    Raises:
        PermissionDenied: `by` is no reviewer of the gate, or is the one who was to settle it.
        ValidationError: "already_settled"; "reason_required".
    """
    project = locked(GateCondition.objects.values_list("gate__project_id", flat=True).get(pk=condition.pk))
    condition = GateCondition.objects.select_for_update(of=["self"]).select_related("gate__definition", "owner").get(pk=condition.pk)
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    if not may_settle(by.pk, condition.owner_id, reviewers(project, condition.gate.definition.reviewers, relations)):
        raise PermissionDenied(_("A reviewer of this gate settles its conditions, and nobody their own."))
    if condition.settled_at:
        raise ValidationError(_("This condition is settled already."), code="already_settled")
    if not note.strip():
        raise ValidationError({"note": ValidationError(_("Say what shows that it is settled."), code="reason_required")})
    condition.settled_at, condition.settled_by, condition.note = clock.now(), by, note.strip()
    condition.save(update_fields=["settled_at", "settled_by", "note"])
    label = f"{condition.gate.definition.key} {project.name}"
    record(AuditAction.CONDITION_SETTLED, project, by=by, label=label, after={"condition": condition.what, "note": condition.note})
    close_if_ready(project, by=by, today=today)
    return condition
