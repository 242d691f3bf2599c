"""Write down that a meeting took place: shared notes, and who does what until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.actions.running_pairing import active, label, locked
from mentorship.models import ActionItem, Meeting
from mentorship.policies import may_read_talks
from mentorship.vocabulary import MeetingState
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, SubjectKind
from programs.actions.appoint import call_off

MOST_ITEMS = 20


@dataclass(frozen=True)
class NewItem:
    """One thing to do. `pk` where it stands there already; without text it is taken out again."""

    text: str
    owner: int
    due_on: date | None = None
    pk: int | None = None


@transaction.atomic
def write_notes(meeting: Meeting, notes: str, items: Sequence[NewItem], *, revision: int, by: Member) -> Meeting:
    """Keep the shared notes and the action items; a meeting still planned is held from now on.

    Raises:
        PermissionDenied: `by` is neither of the two.
        ValidationError: "not_active"; "cancelled"; "not_begun", its time has not come; "stale", the other has written
            meanwhile; "unknown_owner"; "too_many".
    """
    pairing = active(meeting.pairing, by)
    meeting = Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    if meeting.state == MeetingState.CANCELLED:
        raise ValidationError(_("This meeting was cancelled. Plan another one."), code="cancelled")
    if meeting.starts_at > clock.now():
        raise ValidationError(_("This meeting has not begun yet. Notes and next steps come afterwards."), code="not_begun")
    if meeting.revision != revision:
        raise ValidationError(_("The other has written here meanwhile. What stands there now is shown below; yours is kept."), code="stale")
    _write_items(meeting, items, {pairing.mentor_id, pairing.enrollment.trainee_id})
    is_new = meeting.state == MeetingState.PLANNED
    meeting.notes, meeting.revision = notes.strip(), meeting.revision + 1
    if is_new:
        meeting.state, meeting.closed_at, meeting.closed_by = MeetingState.HELD, clock.now(), by
        call_off(SubjectKind.MEETING, [meeting.pk])
        record(AuditAction.MEETING_HELD, meeting, by=by, label=label(pairing), after={"state": meeting.state})
    meeting.save(update_fields=["notes", "revision", "state", "closed_at", "closed_by"])
    return meeting


@transaction.atomic
def settle_item(item: ActionItem, is_done: bool, *, by: Member) -> ActionItem:
    """Tick an action item off, or take the tick away again; either of the two.

    Raises:
        PermissionDenied: `by` is neither.
    """
    pairing = locked(item.meeting.pairing)
    if not may_read_talks(by, pairing):
        raise PermissionDenied(_("Only mentor and trainee do this."))
    item = ActionItem.objects.select_for_update(of=["self"]).get(pk=item.pk)
    if bool(item.done_at) != is_done:
        item.done_at, item.done_by = (clock.now(), by) if is_done else (None, None)
        item.save(update_fields=["done_at", "done_by"])
    return item


def _write_items(meeting: Meeting, items: Sequence[NewItem], owners: set[int]) -> None:
    wanted = [item for item in items if item.text.strip()]
    if len(wanted) > MOST_ITEMS:
        raise ValidationError(_("At most %(n)s next steps in one meeting."), code="too_many", params={"n": MOST_ITEMS})
    if any(item.owner not in owners for item in wanted):
        raise ValidationError(_("A next step belongs to one of you two."), code="unknown_owner")
    known = {item.pk: item for item in ActionItem.objects.filter(meeting=meeting)}
    kept = {item.pk for item in wanted if item.pk in known}
    ActionItem.objects.filter(meeting=meeting).exclude(pk__in=kept).delete()
    for item in wanted:
        if item.pk in known:
            facts = {"text": item.text.strip(), "owner_id": item.owner, "due_on": item.due_on}
            ActionItem.objects.filter(pk=item.pk).update(**facts)
    last = max((known[pk].position for pk in kept), default=0)
    new = [item for item in wanted if item.pk not in known]
    ActionItem.objects.bulk_create(
        [
            ActionItem(meeting=meeting, position=position, text=item.text.strip(), owner_id=item.owner, due_on=item.due_on)
            for position, item in enumerate(new, start=last + 1)
        ]
    )
