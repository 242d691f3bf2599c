"""Issue the certificate of a decision: numbered, printed in both languages, public by its code."""

import hashlib
import json
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assessments import paths
from assessments.models import Certificate, Decision
from assessments.policies.certificates import may_issue_certificates
from assessments.rules import certificate_terms
from assessments.vocabulary import CERTIFYING, Level, Notice
from documents.actions import publish_proof
from documents.actions.print_document import request_print
from documents.vocabulary import DocumentKind
from notifications.actions.notify import notify
from organizations import tenancy
from organizations.actions.record_audit import record
from organizations.localized import LANGUAGES, text
from organizations.models import Member, Organization
from organizations.vocabulary import AuditAction
from programs.models import Enrollment


@transaction.atomic
def issue_certificate(decision: Decision, *, by: Member, today: date) -> Certificate:
    """Issue a certificate on a decision that gives or keeps a level; one that stood for the same trainee is replaced.

    After an appeal the newest decision counts; after a revocation the same decision may have another one.

    Raises:
        PermissionDenied: `by` is no HR director, or would certify themselves.
        ValidationError: "not_certified", the decision gives no level; "superseded", another decision of this review counts;
            "already_issued", one stands on it; "outdated", a certificate on a later decision stands.
    """
    if not may_issue_certificates(by):
        raise PermissionDenied(_("Only the HR director issues certificates."))
    # Locked before the check: two people may press at the same moment.
    enrollment = Enrollment.objects.select_for_update(of=["self"]).select_related("trainee").get(pk=decision.enrollment_id)
    if enrollment.trainee_id == by.pk:
        raise PermissionDenied(_("Nobody issues their own certificate. Ask another HR director."))
    _check(decision)
    standing = Certificate.objects.standing().filter(enrollment=enrollment).select_related("decision").order_by("-pk").first()
    if standing and standing.decision_id == decision.pk:
        raise ValidationError(_("A certificate has already been issued on this decision."), code="already_issued")
    if standing and (standing.decision.at, standing.decision_id) > (decision.at, decision.pk):
        raise ValidationError(_("A certificate on a later decision stands already."), code="outdated")
    certificate = Certificate.objects.create(
        decision=decision,
        issue=Certificate.objects.filter(decision=decision).count() + 1,
        enrollment=enrollment,
        holder=enrollment.trainee,
        name=enrollment.trainee.name,
        level=decision.level,
        number=_next_number(today),
        issued_on=today,
        expires_on=certificate_terms.last_day(today, settings.CERTIFICATE_YEARS),
        issued_by=by,
        replaces=standing,
    )
    _make_public(certificate, standing)
    print_certificate(certificate, by=by)
    after = {"number": certificate.number, "level": certificate.level, "expires_on": certificate.expires_on}
    record(AuditAction.CERTIFICATE_ISSUED, certificate, by=by, label=f"{certificate.number} · {certificate.name}", after=after)
    notify(
        enrollment.trainee,
        Notice.CERTIFICATE_ISSUED,
        about=certificate,
        path=paths.certificate(certificate.pk),
        words={"by": by.name, "number": certificate.number},
        key=str(certificate.pk),
    )
    return certificate


def print_certificate(certificate: Certificate, *, by: Member) -> None:
    """Have it printed in both languages; what is printed already stays, what failed is tried again."""
    content = [certificate.number, certificate.name, certificate.level, str(certificate.issued_on), str(certificate.expires_on)]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    for language in LANGUAGES:
        request_print(DocumentKind.CERTIFICATE, about=certificate, version=1, content_hash=digest, language=language, by=by)


def _check(decision: Decision) -> None:
    if decision.outcome not in CERTIFYING:
        raise ValidationError(_("This decision gives no level, so there is nothing to certify."), code="not_certified")
    if not decision.after_appeal and Decision.objects.filter(review=decision.review_id, after_appeal=True).exists():
        raise ValidationError(_("Another decision was made after an appeal; that one counts."), code="superseded")


def _next_number(today: date) -> str:
    """The next of this organization's year. Whoever asks next waits until this one is committed: no gap, none twice."""
    Organization.objects.select_for_update().get(pk=tenancy.current_organization_id())
    prefix = certificate_terms.number(today.year, 0)[:-6]
    last = Certificate.objects.filter(number__startswith=prefix).order_by("-number").values_list("number", flat=True).first()
    return certificate_terms.number(today.year, int(last[len(prefix) :]) + 1 if last else 1)


def _make_public(certificate: Certificate, replaced: Certificate | None) -> None:
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(Level(certificate.level).label)
    publish_proof.publish(
        certificate,
        number=certificate.number,
        issued_on=certificate.issued_on,
        valid_until=certificate.expires_on,
        title=text(words["zh-hans"], words["en"]),
    )
    if replaced:
        publish_proof.replace(replaced, on=certificate.issued_on)
