"""What of mentoring waits for whom: proposals to answer, agreements to sign."""

from django.db.models import Exists, OuterRef, QuerySet

from mentorship import paths
from mentorship.models import Agreement, AgreementSignature, Pairing
from mentorship.rules.pairing_states import RUNNING, WAITING
from mentorship.vocabulary import Notice
from programs.queries.waits import Wait, wait_rows
from programs.vocabulary import Role


def waits() -> tuple[Wait, ...]:
    """Each of the two answers and signs alone; nobody stands in for them."""
    proposed = Pairing.objects.filter(state__in=sorted(WAITING))
    of_pairing = {"trainee": "enrollment__trainee", "since": "proposed_at"}
    return (
        Wait(
            Notice.PAIRING_PROPOSED,
            paths.pairing,
            wait_rows(proposed.filter(mentor_accepted_at__isnull=True), who="mentor", **of_pairing),
        ),
        Wait(
            Notice.PAIRING_PROPOSED,
            paths.pairing,
            wait_rows(proposed.filter(trainee_accepted_at__isnull=True), who="enrollment__trainee", **of_pairing),
        ),
        Wait(Notice.AGREEMENT_TO_SIGN, paths.agreement, _unsigned(Role.MENTOR, "pairing__mentor")),
        Wait(Notice.AGREEMENT_TO_SIGN, paths.agreement, _unsigned(Role.TRAINEE, "pairing__enrollment__trainee")),
    )


def _unsigned(role: Role, who: str) -> QuerySet:
    """Newest versions of agreements that this side has not signed."""
    later = Agreement.objects.filter(pairing=OuterRef("pairing"), number__gt=OuterRef("number"))
    signed = AgreementSignature.objects.filter(agreement=OuterRef("pk"), role=role)
    open_ones = Agreement.objects.filter(~Exists(later), ~Exists(signed), pairing__state__in=sorted(RUNNING))
    return wait_rows(open_ones, who=who, of="pairing_id", trainee="pairing__enrollment__trainee", since="written_at")
