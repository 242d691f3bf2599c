"""Sign-ins, good and bad, written down once for the account and once in each organization of the person."""

from organizations.actions import record_audit
from organizations.models import Member, SignInEvent, User
from organizations.queries.own_memberships import own_memberships
from organizations.request_facts import client_address
from organizations.tenancy import tenant
from organizations.vocabulary import AuditAction


def record(user: User | None, *, succeeded: bool, method: str, unproved: Member | None = None) -> None:
    """Write down one sign-in. `user` is None where nobody signs in with what was typed.

    `unproved` is the person whose number was typed, who may have no account yet.
    """
    SignInEvent.objects.create(user=user, succeeded=succeeded, method=method[:30], address=client_address.get())
    members = own_memberships(user.pk) if user else [unproved] if unproved else []
    action = AuditAction.SIGNED_IN if succeeded else AuditAction.SIGN_IN_FAILED
    for member in members:
        with tenant(member.organization_id):
            record_audit.record(action, member, by=member if succeeded else None)
