"""Write down that something to settle is settled; who may was asked by who calls this."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import clock
from organizations.models import Member
from programs.models import ToSettle


def mark_settled(row: ToSettle, note: str, *, by: Member, acts_as: int) -> None:
    """The row, locked, is settled once, by what `note` says. `acts_as` is `by`, or the id of the absent one they stand in for.

    Raises:
        ValidationError: "already_settled"; "reason_required".
    """
    if row.settled_at:
        raise ValidationError(_("This is settled already."), code="already_settled")
    if not note.strip():
        raise ValidationError({"note": ValidationError(_("Say what shows that it is settled."), code="reason_required")})
    row.settled_at, row.settled_by, row.note = clock.now(), by, note.strip()
    row.settled_for_id = None if acts_as == by.pk else acts_as
    row.save(update_fields=["settled_at", "settled_by", "settled_for", "note"])
