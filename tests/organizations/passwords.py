"""Letting members of the cast sign in by form."""

from allauth.account.models import EmailAddress

from organizations.models import Member
from tests.cast import PASSWORD


def give_password(member: Member, password: str = PASSWORD, *, confirmed: bool = True) -> Member:
    """Set a password, and have the e-mail confirmed or not."""
    member.user.set_password(password)
    member.user.save()
    EmailAddress.objects.update_or_create(user=member.user, email=member.user.email, defaults={"verified": confirmed, "primary": True})
    return member
