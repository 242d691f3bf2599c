"""The text of an API token: `trellis_<slug>_<secret>`. It names its organization, so that nothing is looked up across tenants."""

import hashlib
import re
import secrets
from datetime import date

PREFIX = "trellis_"
LONGEST_DAYS = 366  # a token ends within a year: what nobody renews is nobody's
TOKEN = re.compile(r"trellis_([a-z0-9-]{1,40})_[A-Za-z0-9_-]{43}")


def make(slug: str) -> str:
    """A new token of an organization, with 256 random bits."""
    return f"{PREFIX}{slug}_{secrets.token_urlsafe(32)}"


def slug_of(token: str) -> str:
    """The organization that a token names; empty where this is no token."""
    found = TOKEN.fullmatch(token)
    return found[1] if found else ""


def digest(token: str) -> str:
    """What is stored of a token. It is random and long, so it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_good(expires_on: date, revoked: bool, today: date) -> bool:
    """Whether a token still opens: through its last day, and until it is revoked."""
    return not revoked and today <= expires_on
