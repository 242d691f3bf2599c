"""The audit trail as one reads it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from organizations.models import AuditEvent, AuditPayload
from organizations.queries.audit_words import Change, changes
from organizations.rules.audit_seal import seal
from organizations.vocabulary import AuditAction, SubjectKind

PER_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One line of the trail. `sealed` is False where the values no longer are those that were written down."""

    event: AuditEvent
    action: str
    kind: str
    changes: list[Change]
    erased: bool
    sealed: bool


@dataclass(frozen=True)
class AuditTrail:
    """One page of the trail, newest first; three queries."""

    entries: list[Entry]
    page: Page


def _filtered(who: str, action: str, kind: str, since: date | None, until: date | None) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.order_by("-at", "-pk")
    if who:
        found = found.filter(actor_name__icontains=who)
    if action:
        found = found.filter(action=action)
    if kind:
        found = found.filter(subject_kind=kind)
    if since:
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if until and until < date.max:
        found = found.filter(at__lt=timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min)))
    return found


def audit_trail(*, who: str = "", action: str = "", kind: str = "", since=None, until=None, number: str | int = 1) -> AuditTrail:
    """One page of what happened: by whom (part of a name), what, to which kind of thing, on which days of the reader's zone."""
    page = Paginator(_filtered(who, action, kind, since, until), PER_PAGE).get_page(number)
    events = list(page)
    payloads = {payload.event_id: payload for payload in AuditPayload.objects.filter(event__in=events)}
    return AuditTrail([_entry(event, payloads.get(event.pk)) for event in events], page)


def _entry(event: AuditEvent, payload: AuditPayload | None) -> Entry:
    told, sealed = [], True
    if payload:
        told = list(changes(event.subject_kind, payload.before, payload.after))
        sealed = seal({"before": payload.before, "after": payload.after}, payload.salt) == event.payload_hash
    return Entry(
        event=event,
        action=_word(AuditAction, event.action),
        kind=_word(SubjectKind, event.subject_kind),
        changes=told,
        erased=bool(event.payload_hash) and payload is None,
        sealed=sealed,
    )


def _word(words: type, value: str) -> str:
    """An older entry may say a word that the list no longer has."""
    return str(words(value).label) if value in words.values else value
