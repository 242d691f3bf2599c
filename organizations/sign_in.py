"""How people sign in: what allauth leaves to us."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: people come in by invitation or by a code handed over."""

    def is_open_for_signup(self, request) -> bool:
        """Closed; see organizations/actions/accept_invitation.py."""
        return False


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""
