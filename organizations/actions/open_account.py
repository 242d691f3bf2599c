"""A new sign-in account."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations.models import User


def open_account(*, name: str, email: str, language: str, time_zone: str, password: str | None) -> User:
    """Make a person able to sign in, by a confirmed e-mail or, without e-mail, by organization and employee number.

    Raises:
        ValidationError: "account_exists", someone signs in with this e-mail already.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email or None, password, name=name, language=language, time_zone=time_zone)
    except IntegrityError:
        raise ValidationError(_("This e-mail already signs in. Sign in with its password."), code="account_exists") from None
    if user.email:
        confirm_email(user, user.email)
    return user


def confirm_email(user: User, email: str) -> None:
    """Whoever followed a link in a mail, or was entered by an operator, has shown that the address is theirs."""
    EmailAddress.objects.create(user=user, email=email.lower(), verified=True, primary=True)
