"""Working as the owner of the tables for a moment. Row security holds for everyone else, and nobody else may change tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import env


@contextmanager
def owner_connection() -> Iterator[None]:
    """Inside, Django's connection signs in as the owner, without pool and time-outs; afterwards as before.

    Raises ImproperlyConfigured where the owner's address is not set.
    """
    if not settings.OWNER_DATABASE_URL:
        raise ImproperlyConfigured("TRELLIS_OWNER_DATABASE_URL is not set; see docs/operations.md")
    owner = env.database(settings.OWNER_DATABASE_URL)
    connection.close()
    connection.close_pool()
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    connection.settings_dict.update({key: owner[key] for key in before})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
