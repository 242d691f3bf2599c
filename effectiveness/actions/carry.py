"""Carry figures of the toolkit into one's own draft of a deliverable: never handed in, never behind the author's back."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.queries.draft_target import DraftTarget, as_draft, belongs
from organizations.models import Member
from programs.actions import save_draft
from programs.rules.fields import FieldDefinition


@transaction.atomic
def carry(
    target: DraftTarget, answers: Mapping[str, object], over: Collection[str], revision: int, *, by: Member, today: date
) -> list[FieldDefinition]:
    """Write canonical answers into their fields of the draft and answer which; everything else in it stays as typed.

    Where something else stands already, a field is written only if `over` names it. `revision` is that of the draft which was shown.

    Raises:
        PermissionDenied: `by` does not write the deliverable.
        ValidationError: "nothing", every field keeps what is typed in it; and as `save_draft.save`.
        save_draft.Conflict: the draft has changed since it was shown.
    """
    if target.deliverable.work.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the author writes here."))
    standing = {one.key for one in target.written_over(answers)}
    written = [one for one in target.asked(answers) if one.key not in standing or one.key in over]
    if not written:
        raise ValidationError(
            _("Nothing was carried: all these fields keep what you typed. Tick what is to be written over."), code="nothing"
        )
    kept = {name: values for name, values in target.typed.items() if not any(belongs(name, one.key) for one in written)}
    save_draft.save(target.deliverable, kept | as_draft(written, answers), revision, by=by, today=today)
    return written
