"""Sign-in accounts by their e-mail."""

from allauth.account.models import EmailAddress

from organizations.models import User


def account_with(email: str) -> User | None:
    """The account that signs in with this e-mail, as its first or as a further confirmed one; one query or two."""
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
        user = address.user if address else None
    return user
