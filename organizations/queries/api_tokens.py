"""The API tokens that a person sees: an admin all, others those that speak as them."""

from dataclasses import dataclass
from datetime import date

from organizations.models import ApiToken, Member
from organizations.rules.api_tokens import is_good
from organizations.vocabulary import ApiScope, OrganizationRole


@dataclass(frozen=True)
class TokenLine:
    """One token in the list."""

    token: ApiToken
    is_good: bool
    may: tuple[str, ...]


def visible_tokens(member: Member):
    """Tokens that the person may look at and revoke."""
    return ApiToken.objects.all() if member.has_role(OrganizationRole.ADMIN) else ApiToken.objects.filter(member=member)


def token_list(member: Member, today: date) -> list[TokenLine]:
    """Those that still open first, the newest first; one query."""
    tokens = visible_tokens(member).select_related("member", "issued_by", "revoked_by").order_by("-pk")
    known = dict(ApiScope.choices)
    lines = []
    for one in tokens:
        may = tuple(str(known[scope]) for scope in one.scopes if scope in known)
        lines.append(TokenLine(one, is_good(one.expires_on, one.revoked_at is not None, today), may))
    return sorted(lines, key=lambda line: not line.is_good)
