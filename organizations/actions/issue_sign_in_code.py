"""A one-time code, handed over in person, for someone without e-mail."""

import secrets

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import clock, policies
from organizations.actions import record_audit
from organizations.models import Member, SignInCode
from organizations.rules.sign_in_codes import ALPHABET, LENGTH, LIFETIME
from organizations.vocabulary import AuditAction


def issue(member: Member, *, by: Member) -> str:
    """Issue a code to anyone.

    Raises:
        PermissionDenied: only an admin issues codes to anyone.
        ValidationError: as `write`.
    """
    policies.require(policies.may_invite(by))
    return write(member, by=by)


def write(member: Member, *, by: Member) -> str:
    """Issue a code to a person whom the caller has found `by` entitled to let in (a cohort manager, for their own cohort).

    The code is answered once and kept only as a hash. It lives for seven days; an earlier one ends.

    Raises:
        ValidationError: "no_number", one signs in by employee number; "has_email", they sign in by e-mail and may belong to
            other organizations too, so that no admin of one may open their account; "ended", no longer a member.
    """
    member = Member.objects.select_for_update(of=["self"]).select_related("user").get(pk=member.pk)
    if not member.is_active:
        raise ValidationError(_("This person no longer belongs to the organization."), code="ended")
    if not member.employee_number:
        raise ValidationError(_("Give this person an employee number first: they sign in with it."), code="no_number")
    if member.user and member.user.email:
        raise ValidationError(
            _("%(name)s signs in by e-mail and can choose a new password on the sign-in page."),
            code="has_email",
            params={"name": member.name},
        )
    now = clock.now()
    SignInCode.objects.filter(member=member, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    code = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))
    SignInCode.objects.create(member=member, code_hash=make_password(code), issued_by=by, expires_at=now + LIFETIME)
    record_audit.record(AuditAction.SIGN_IN_CODE_ISSUED, member, by=by)
    return code
