"""The notices of one person, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from notifications.models import Notification
from notifications.queries.notice_words import notice_words
from organizations.models import Member

PER_PAGE = 20


@dataclass(frozen=True)
class Notice:
    """One notice as its list shows it."""

    pk: int
    title: str
    body: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True)
class Notices:
    """One page of them, and how many are unread in all."""

    page: Page
    rows: list[Notice]
    unread: int


def notices(member: Member, number: str | int = 1) -> Notices:
    """One page of a person's notices; three queries."""
    own = Notification.objects.filter(recipient=member).order_by("-created_at", "-pk")
    page = Paginator(own, PER_PAGE).get_page(number)
    rows = []
    for notice in page.object_list:
        words = notice_words(notice.kind, notice.words)
        rows.append(Notice(notice.pk, words.title, words.body, notice.created_at, notice.read_at is None))
    return Notices(page, rows, Notification.objects.filter(recipient=member, read_at__isnull=True).count())
