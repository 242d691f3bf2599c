"""Facts about the request in hand that actions write down without knowing a request."""

from contextvars import ContextVar

client_address: ContextVar[str | None] = ContextVar("trellis_client_address", default=None)

# In the session of someone who came in by a one-time code: no organization opens before they have chosen a password.
MUST_CHOOSE_PASSWORD = "must_choose_password"  # noqa: S105  the name of a mark, no password
