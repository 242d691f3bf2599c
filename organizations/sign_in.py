"""How people sign in: what allauth leaves to us."""

import base64
import hashlib
from io import BytesIO

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from organizations.actions import record_sign_in
from organizations.models import User
from organizations.queries.accounts import account_with
from organizations.request_facts import MUST_CHOOSE_PASSWORD


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: people come in by invitation or by a code handed over."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("This is the address you sign in with. Make another one the main address first."),
        "duplicate_email": _("This address is already yours."),
        "email_password_mismatch": _("E-mail and password do not match. Check both, or choose a new password."),
        "email_taken": _("This address signs in to another account."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or has been used. Wait for the next one."),
        "invalid_password_reset": _("This link has expired or was used. Ask for a new one."),
        "max_email_addresses": _("You cannot have more than %d addresses."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, or choose a new password."),
        "unverified_primary_email": _("Confirm this address first: follow the link in the mail we sent you."),
        "rate_limited": _("Too many tries. Wait a few minutes."),
    }

    def is_open_for_signup(self, request) -> bool:
        """Closed; see organizations/actions/accept_invitation.py."""
        return False

    def get_logout_redirect_url(self, request) -> str:
        """Back to the sign-in page."""
        return resolve_url("account_login")

    def get_password_change_redirect_url(self, request) -> str:
        """After a first sign-in by code on to the organization, else back to one's account."""
        return resolve_url("organizations:switch" if request.session.get(MUST_CHOOSE_PASSWORD) else "organizations:my_account")

    def format_email_subject(self, subject: str) -> str:
        """The subject as written, without the host in front."""
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the reader's language, not in that of whoever asked; handed to the mail server after the commit."""
        user = context.get("user") or account_with(email)
        with translation.override(user.language if isinstance(user, User) else translation.get_language()):
            message = self.render_mail(template_prefix, email, context | {"request": self.request, "email": email})
        transaction.on_commit(message.send, robust=True)

    def post_login(self, request, user, **kwargs):
        """Write the sign-in down, then go on."""
        proofs = get_authentication_records(request, user)
        record_sign_in.record(user, succeeded=True, method=proofs[-1]["method"] if proofs else "password")
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request, **credentials) -> None:
        """Write a wrong password down, with the account it was tried on, if there is one."""
        record_sign_in.record(account_with(credentials.get("email", "")), succeeded=False, method="password")

    def reauthenticate(self, user, password: str) -> bool:
        """People without e-mail show their password too."""
        if user.email:
            return super().reauthenticate(user, password)
        self.pre_authenticate(self.request, username=f"account {user.pk}")
        right = user.check_password(password)
        if right:
            self._rollback_login_failed_rl_usage()
        else:
            record_sign_in.record(user, succeeded=False, method="password")
        return right

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        # With the address: tries from elsewhere must not lock the person out.
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_client_ip(request)}"


class FactorAdapter(DefaultMFAAdapter):
    """Second factors. Their seeds are kept encrypted with a key made of SECRET_KEY; a fallback key still opens them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or has been used. Wait for the next one."),
        "cannot_delete_authenticator": _("You cannot turn the second factor off."),
        "cannot_generate_recovery_codes": _("Set up an authenticator app first."),
        "unverified_email": _("Confirm your e-mail address first."),
        "add_email_blocked": _("Turn the second factor off before you add an address."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code on its own white ground, so that it can be scanned in the dark theme too."""
        out = BytesIO()
        segno.make(url).save(out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """A seed as it lies in the database."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A seed to compare a code with."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"trellis second factors:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def factor_failed(sender, user, **_kwargs) -> None:
    """A wrong second factor; allauth says so by a signal alone."""
    record_sign_in.record(user, succeeded=False, method="second factor")
