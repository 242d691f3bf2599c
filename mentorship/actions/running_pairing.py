"""What every action on a pairing begins with: lock it, see that it is still what the page said."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mentorship.models import Pairing
from mentorship.policies import may_meet
from mentorship.vocabulary import PairingState
from organizations.models import Member
from organizations.prepared import Prepared
from programs.models import SupportRole
from programs.vocabulary import Role


def locked(pairing: Pairing) -> Pairing:
    """The pairing as it stands now; nobody changes it until this transaction ends."""
    [found] = LOCKED.rows(pairing.pk)
    return found


def active(pairing: Pairing, by: Member) -> Pairing:
    """The locked pairing, in which these two work together now; `by` is one of them.

    Raises:
        PermissionDenied: `by` is neither.
        ValidationError: "not_active"; also where someone else has been named as mentor meanwhile (SupportRole decides).
    """
    pairing = locked(pairing)
    if not may_meet(by, pairing):
        raise PermissionDenied(_("Only mentor and trainee do this."))
    named = SupportRole.objects.filter(enrollment=pairing.enrollment_id, role=Role.MENTOR, member=pairing.mentor_id, ended_at__isnull=True)
    if pairing.state == PairingState.PAUSED:
        raise ValidationError(_("This pairing is paused. Resume it first."), code="not_active")
    if pairing.state != PairingState.ACTIVE or not named.exists():
        raise ValidationError(_("This pairing is not active any more. Open it again to see where it stands."), code="not_active")
    return pairing


def other(pairing: Pairing, member: Member) -> Member:
    """The other of the two."""
    return pairing.enrollment.trainee if member.pk == pairing.mentor_id else pairing.mentor


def names(pairing: Pairing) -> dict[str, str]:
    """The two by name, as notices say them."""
    return {"trainee": pairing.enrollment.trainee.name, "mentor": pairing.mentor.name}


def label(pairing: Pairing) -> str:
    """How the audit trail calls it."""
    return f"{pairing.enrollment.trainee.name} · {pairing.mentor.name}"


def _locked(pairing: int) -> QuerySet[Pairing]:
    found = Pairing.objects.select_for_update(of=["self"])
    return found.select_related("mentor", "enrollment__trainee", "enrollment__cohort__manager").filter(pk=pairing)


LOCKED = Prepared(_locked, int)
