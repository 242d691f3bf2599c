"""Words for somebody else than who asks: in that person's language and by their clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from organizations.models import Member


@contextmanager
def speaking_to(member: Member | None, language: str = "zh-hans", time_zone: str = "Asia/Shanghai") -> Iterator[None]:
    """Texts and times as this person reads them. Without a sign-in of their own: in the language and zone given."""
    user = member.user if member else None
    with (
        translation.override(user.language if user else language),
        timezone.override(ZoneInfo(user.time_zone if user else time_zone)),
    ):
        yield
