"""Signing in by organization, employee number and a password or a one-time code."""

from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from organizations import clock
from organizations.actions import record_sign_in
from organizations.actions.open_account import open_account
from organizations.models import Member, Organization, SignInCode, User
from organizations.rules.sign_in_codes import MOST_ATTEMPTS, looks_like_a_code, normalized
from organizations.tenancy import tenant

NOBODY = 0  # the tenant of an unknown organization: row security shows nothing in it


@dataclass(frozen=True)
class Proof:
    """Someone has shown who they are. After a one-time code they choose a password."""

    user: User
    by_code: bool


@lru_cache(maxsize=1)
def _no_hash() -> str:
    """The hash that is compared where there is none, so that a miss takes as long as a hit."""
    return make_password("nobody has this password")


def prove(slug: str, number: str, secret: str) -> Proof | None:
    """Who this is, or None: for an unknown organization, an unknown number, a wrong, used or expired secret alike.

    The typed organization names its tenant itself, so nothing is looked up across tenants. Every try runs the same
    statements and compares two hashes.
    """
    organization = Organization.objects.filter(slug=slug).first()
    with tenant(organization.pk if organization else NOBODY):
        now = clock.now()
        member = Member.objects.active().filter(employee_number=number).select_related("user").first()
        live = SignInCode.objects.filter(used_at__isnull=True, expires_at__gt=now, attempts__lt=MOST_ATTEMPTS)
        code = live.filter(member_id=member.pk if member else 0).order_by("-pk").select_for_update().first()
        user = member.user if member else None
        by_password = check_password(secret, user.password if user and user.has_usable_password() else _no_hash())
        by_code = check_password(normalized(secret), code.code_hash if code else _no_hash())
        if user and user.is_active and user.has_usable_password() and by_password:
            return Proof(user, by_code=False)
        if by_code and code and not (user and (user.email or not user.is_active)):
            return Proof(_redeem(code, member, organization), by_code=True)
        # A mistyped password uses up no attempt of a code.
        live.filter(pk=code.pk if code and looks_like_a_code(secret) else 0).update(attempts=F("attempts") + 1)
    record_sign_in.record(user, succeeded=False, method="number", unproved=member)
    return None


def _redeem(code: SignInCode, member: Member, organization: Organization) -> User:
    """Use the code up. An older password no longer counts: whoever needs a code has lost it, or lost control of it."""
    code.used_at = clock.now()
    code.save(update_fields=["used_at"])
    if member.user is None:
        member.user = open_account(
            name=member.name, email="", language=organization.language, time_zone=organization.time_zone, password=None
        )
        member.save(update_fields=["user"])
    else:
        member.user.set_unusable_password()
        member.user.save(update_fields=["password"])
    return member.user
