"""Facts about the request in hand that actions write down without knowing a request."""

from contextvars import ContextVar

client_address: ContextVar[str | None] = ContextVar("trellis_client_address", default=None)
