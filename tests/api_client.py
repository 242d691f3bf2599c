"""A program that speaks to the API: a token of someone's, and a client that bears it."""

from collections.abc import Sequence
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from organizations.models import ApiToken, Member
from organizations.rules import api_tokens
from organizations.vocabulary import ApiScope


def token_of(member: Member, scopes: Sequence[str] = ApiScope.values, *, issued_by: Member | None = None, **facts) -> tuple[ApiToken, str]:
    """A token that speaks as this person, inside their open tenant, and its text."""
    text = api_tokens.make(member.organization.slug)
    today = timezone.localdate()
    values = {"name": "HRIS", "expires_on": today + timedelta(days=30), "last_used_on": today, "scopes": list(scopes)} | facts
    return ApiToken.objects.create(member=member, key_hash=api_tokens.digest(text), issued_by=issued_by or member, **values), text


class Program:
    """Calls of one token. Paths are below /api/v1/; bodies are JSON."""

    def __init__(self, text: str, language: str = "en"):
        self.client = Client(headers={"authorization": f"Bearer {text}", "accept-language": language})

    def get(self, path: str, query: dict | None = None):
        """Read."""
        return self.client.get(self.address(path), query)

    def post(self, path: str, body: object, *, key: str = ""):
        """Write; `key` is the Idempotency-Key."""
        headers = {"idempotency-key": key} if key else None
        return self.client.post(self.address(path), body, content_type="application/json", headers=headers)

    @staticmethod
    def address(path: str) -> str:
        """The whole address."""
        return path if path.startswith(("/", "http")) else f"/api/v1/{path}"


def program_of(member: Member, scopes: Sequence[str] = ApiScope.values, **facts) -> Program:
    """A program that speaks as this person."""
    return Program(token_of(member, scopes, **facts)[1])
