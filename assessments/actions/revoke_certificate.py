"""Take a certificate back, with a reason that its holder reads."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.models import Certificate, CertificateRevocation
from assessments.policies.certificates import may_revoke_certificates
from assessments.vocabulary import Notice
from documents.actions import publish_proof
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Enrollment


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Member, today: date) -> CertificateRevocation:
    """Revoke it for good: whoever checks its code reads so from this day on, and the holder is told why.

    Raises:
        PermissionDenied: `by` is neither HR director nor admin.
        ValidationError: "already_revoked"; "reason_required", the holder must read why.
    """
    if not may_revoke_certificates(by):
        raise PermissionDenied(_("Only the HR director or an admin revokes certificates."))
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why: the holder reads it."), code="reason_required")})
    # Certificates never change and so cannot be locked; whoever issues or revokes locks the trainee's enrollment.
    Enrollment.objects.select_for_update(of=["self"]).get(pk=certificate.enrollment_id)
    if CertificateRevocation.objects.filter(certificate=certificate).exists():
        raise ValidationError(_("This certificate has already been revoked."), code="already_revoked")
    revocation = CertificateRevocation.objects.create(certificate=certificate, reason=reason.strip(), by=by)
    publish_proof.withdraw(certificate, on=today)
    label = f"{certificate.number} · {certificate.name}"
    record(AuditAction.CERTIFICATE_REVOKED, certificate, by=by, label=label, after={"reason": revocation.reason})
    notify(
        certificate.holder,
        Notice.CERTIFICATE_REVOKED,
        about=certificate,
        path=paths.certificate(certificate.pk),
        words={"by": by.name, "number": certificate.number, "note": revocation.reason},
        key=str(certificate.pk),
    )
    return revocation
