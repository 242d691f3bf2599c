"""What becomes of a certificate when another decision stands in place of the one that it was issued on."""

from datetime import date

from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.models import Certificate, CertificateRevocation, Decision
from assessments.vocabulary import CERTIFYING
from organizations.models import Member


def settle_certificate(decision: Decision, reason: str, *, by: Member, today: date) -> None:
    """After an appeal: of another level it is replaced; where no level is given any more it is revoked with the reason, and
    what it had replaced is issued anew; of the same level it stands. The holder is told, and whoever checks it reads so.
    """
    found = Certificate.objects.standing().filter(enrollment=decision.enrollment_id).select_related("replaces__decision")
    standing = found.filter(decision__review=decision.review_id).order_by("-pk").first()
    if standing is None:
        return
    if decision.outcome in CERTIFYING:
        if decision.level != standing.level:
            issue_certificate(decision, by=by, today=today)
        return
    revoke_certificate(standing, reason=reason, by=by, today=today)
    earlier = standing.replaces
    if earlier and not CertificateRevocation.objects.filter(certificate=earlier).exists():
        issue_certificate(earlier.decision, by=by, today=today)
