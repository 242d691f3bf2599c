"""Carry what a session has brought into one's own draft of D8 or D9: never handed in, never behind the author's back."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from effectiveness.models import TrainingSession
from effectiveness.policies.sessions import may_run
from effectiveness.queries.carried import Target, is_cell_of
from organizations.models import Member
from programs.actions import save_draft
from programs.forms.deliverable_typed import as_typed
from programs.models import Draft
from programs.queries.directory import NOBODY


@transaction.atomic
def carry(session: TrainingSession, target: Target, answers: Mapping[str, object], revision: int, *, by: Member, today: date) -> Draft:
    """Write canonical answers over these fields of the draft; everything else in it stays as typed.

    `revision` is that of the draft which was shown beside them.

    Raises:
        PermissionDenied: `by` did not run the session, or does not write the deliverable.
        ValidationError: as `save_draft.save`.
        save_draft.Conflict: the draft has changed since it was shown.
    """
    if not may_run(by, session):
        raise PermissionDenied(_("Only the person who planned this session carries its results on."))
    definitions = [definition for definition in target.definitions if definition.key in answers]
    kept = {name: values for name, values in target.typed.items() if not any(is_cell_of(name, one.key) for one in definitions)}
    new = dict(as_typed(definitions, answers, NOBODY, {}).lists())
    return save_draft.save(target.deliverable, kept | new, revision, by=by, today=today)
