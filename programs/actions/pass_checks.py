"""Pass several checks at once: lists that one has gone through with each trainee."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import Member
from programs.actions.record_check import record_check
from programs.models import CheckDefinition, CheckResult, TaskWork


@transaction.atomic
def pass_checks(chosen: Sequence[tuple[int, int]], *, by: Member, today: date) -> list[CheckResult]:
    """Answer every item of these checks with yes; all of them or none. Given as (task work, definition).

    Raises:
        PermissionDenied: one of them is for someone else to answer.
        ValidationError: "unknown_check"; "one_by_one", a check that is not to be passed in bulk; as record_check.
    """
    works = TaskWork.objects.in_bulk([work for work, _definition in chosen])
    definitions = CheckDefinition.objects.in_bulk([definition for _work, definition in chosen])
    results = []
    # Always in one order, so that two people who press at the same moment do not wait for each other in a circle.
    for work_id, definition_id in sorted(chosen):
        work, definition = works.get(work_id), definitions.get(definition_id)
        if work is None or definition is None or definition.task_id != work.task_id:
            raise ValidationError(_("This check belongs to another task."), code="unknown_check")
        if not definition.bulk:
            message = _("%(name)s is to be looked at one by one.") % {"name": definition.name}
            raise ValidationError(message, code="one_by_one")
        every_item = {item["key"]: True for item in definition.items}
        results.append(record_check(work, definition, every_item, by=by, today=today))
    return results
