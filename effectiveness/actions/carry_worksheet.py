"""Carry a worksheet into the trainee's own draft of a deliverable: never handed in, never behind their back."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.queries.draft_target import DraftTarget, belongs, people_and_files
from organizations.models import Member
from programs.actions import save_draft
from programs.forms.deliverable_typed import as_typed
from programs.models import Draft
from programs.queries.directory import NOBODY


@transaction.atomic
def carry(target: DraftTarget, answers: Mapping[str, object], revision: int, *, by: Member, today: date) -> Draft:
    """Write canonical answers over their fields of the draft; everything else in it stays as typed.

    `revision` is that of the draft which was shown beside them.

    Raises:
        PermissionDenied: `by` does not write the deliverable.
        ValidationError: as `save_draft.save`.
        save_draft.Conflict: the draft has changed since it was shown.
    """
    if target.deliverable.work.enrollment.trainee_id != by.pk:
        raise PermissionDenied(_("Only the author writes here."))
    if target.draft is not None:
        typed = target.draft.data
    else:
        typed = dict(as_typed(target.definitions, target.before, *people_and_files(target)).lists()) if target.before else {}
    definitions = target.asked(answers)
    kept = {name: values for name, values in typed.items() if not any(belongs(name, one.key) for one in definitions)}
    new = dict(as_typed(definitions, answers, NOBODY, {}).lists())
    return save_draft.save(target.deliverable, kept | new, revision, by=by, today=today)
