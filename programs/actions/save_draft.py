"""Keep what an author has typed, as they type; no save ever overwrites one that it did not read."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import clock
from organizations.models import Member
from programs.actions.settle import settle_work
from programs.models import Deliverable, Draft, TaskWork
from programs.policies.running import may_write
from programs.queries.relations import relations_of
from programs.rules.deliverable_states import outlives_task
from programs.rules.task_states import FINISHED
from programs.vocabulary import TaskState


class Conflict(Exception):
    """Another tab or device saved meanwhile. `theirs` is the draft as it stands; nothing was overwritten."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("the draft was saved elsewhere meanwhile")
        self.theirs = theirs


@transaction.atomic
def save(deliverable: Deliverable, data: dict[str, list[str]], revision: int, *, by: Member, today: date) -> Draft:
    """Save the raw fields of the form over the draft of this revision (0: there was none yet).

    Raises:
        PermissionDenied: `by` does not write this deliverable.
        ValidationError: "locked", "finished", "stopped".
        Conflict: the draft has another revision by now.
    """
    work = (
        TaskWork.objects.select_for_update(of=["self"])
        .select_related("enrollment__cohort", "enrollment__trainee", "task")
        .get(pk=deliverable.work_id)
    )
    deliverable = Deliverable.objects.select_related("kind").get(pk=deliverable.pk)
    relations = relations_of([work.enrollment], today)[work.enrollment_id]
    if not may_write(by, deliverable, relations):
        raise PermissionDenied(_("Only the author writes here."))
    if work.state == TaskState.LOCKED:
        raise ValidationError(_("This task is not open yet."), code="locked")
    if deliverable.ended_at:
        raise ValidationError(_("Its project was stopped; nothing more can be handed in."), code="stopped")
    if work.state in FINISHED and not outlives_task(deliverable.kind.layout, deliverable.kind.final_after_days):
        raise ValidationError(_("This task is finished; nothing more can be handed in."), code="finished")
    draft = Draft.objects.filter(deliverable=deliverable, author=by).first()
    if (draft.revision if draft else 0) != revision:
        if draft and draft.data == data:
            return draft  # the same save came twice
        if draft is None and revision:
            raise ValidationError(_("What you wrote has been handed in from another window."), code="handed_in")
        raise Conflict(draft)
    if draft is None:
        draft = Draft.objects.create(deliverable=deliverable, author=by, data=data, saved_at=clock.now())
    else:
        draft.data, draft.revision, draft.saved_at = data, draft.revision + 1, clock.now()
        draft.save(update_fields=["data", "revision", "saved_at"])
    settle_work(work, today)
    return draft
