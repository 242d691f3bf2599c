"""Say that a condition of a gate is settled."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.mark_settled import mark_settled
from programs.queries.relations import relations_of
from projects.actions.close_project import close_if_ready
from projects.actions.leading import locked
from projects.models import GateCondition
from projects.queries.reviewers import reviewers, settles_as


@transaction.atomic
def settle(condition: GateCondition, note: str, *, by: Member, today: date) -> GateCondition:
    """A reviewer, or who stands in for one, has seen that it is done, and says by what.

    Raises:
        PermissionDenied: `by` is no reviewer of the gate, or is the one who was to settle it.
        ValidationError: "already_settled"; "reason_required".
    """
    project = locked(GateCondition.objects.values_list("gate__project_id", flat=True).get(pk=condition.pk))
    condition = GateCondition.objects.select_for_update(of=["self"]).select_related("gate__definition", "owner").get(pk=condition.pk)
    relations = relations_of([project.enrollment], today)[project.enrollment_id]
    by_role = reviewers(project, condition.gate.definition.reviewers, relations)
    person = settles_as(by.pk, condition.owner_id, by_role, relations)
    if person is None:
        raise PermissionDenied(_("A reviewer of this gate settles its conditions, and nobody their own."))
    mark_settled(condition, note, by=by, acts_as=person)
    label = f"{condition.gate.definition.key} {project.name}"
    record(AuditAction.CONDITION_SETTLED, project, by=by, label=label, after={"condition": condition.what, "note": condition.note})
    close_if_ready(project, by=by, today=today)
    return condition
