"""Write the mentoring agreement: each change is a version of its own, which both sign anew."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship import agreement_text, paths
from mentorship.actions.running_pairing import active, label, names, other
from mentorship.models import Agreement, Pairing
from mentorship.rules.agreement import MOST_FOCUS, agreement_hash, fill_in
from mentorship.vocabulary import Notice
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction


@transaction.atomic
def write(
    pairing: Pairing, *, focus: Sequence[str], every_days: int, minutes: int, additions: str, read_number: int, by: Member
) -> Agreement:
    """Keep what the two agree on as the next version; the same words again are no new version.

    `read_number` is the version that the writer saw, 0 where there was none.

    Raises:
        PermissionDenied: `by` is neither of the two.
        ValidationError: "not_active"; "focus", not one to three points; "stale", the other has written meanwhile.
    """
    pairing = active(pairing, by)
    points = [point.strip() for point in focus if point.strip()]
    if not 1 <= len(points) <= MOST_FOCUS:
        raise ValidationError({"focus_1": ValidationError(_("Name one to three focus points."), code="focus")})
    newest = pairing.agreements.order_by("-number").first()
    if (newest.number if newest else 0) != read_number:
        words = _("%(name)s has written version %(number)s meanwhile. Look at it, then save yours.")
        raise ValidationError(words, code="stale", params={"name": newest.written_by.name, "number": newest.number})
    content = {
        "clauses": fill_in(agreement_text.clauses(), every_days, minutes),
        "focus": points,
        "every_days": every_days,
        "minutes": minutes,
        "additions": additions.strip(),
    }
    mark = agreement_hash(**content)
    if newest is not None and newest.content_hash == mark:
        return newest
    agreement = Agreement.objects.create(pairing=pairing, number=read_number + 1, content_hash=mark, written_by=by, **content)
    record(AuditAction.AGREEMENT_WRITTEN, agreement, by=by, label=label(pairing), after={"number": agreement.number})
    notify(
        other(pairing, by),
        Notice.AGREEMENT_TO_SIGN,
        about=agreement,
        path=paths.agreement(pairing.pk),
        words=names(pairing) | {"by": by.name, "version": agreement.number},
        key=f"agreement:{agreement.pk}",
    )
    return agreement
