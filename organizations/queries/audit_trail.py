"""The audit trail as one reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from organizations import localized
from organizations.localized import LANGUAGES
from organizations.models import AuditEvent, AuditPayload
from organizations.rules.audit_seal import seal
from organizations.vocabulary import AuditAction, CalendarKind, Language, OrganizationRole, SecondFactor, SubjectKind

PER_PAGE = 50
LONGEST_VALUE = 300
# What no column is called.
OWN_WORDS = {
    "delegate": gettext_lazy("stand-in"),
    "email": gettext_lazy("e-mail"),
    "name": gettext_lazy("name"),
    "roles": gettext_lazy("roles"),
}

CHOICES = {"roles": OrganizationRole, "language": Language, "calendar": CalendarKind, "second_factor": SecondFactor}


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    label: str
    before: str
    after: str


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
    changes, sealed = [], True
    if payload:
        labels = _labels(event.subject_kind)
        changes = list(_changes(labels, payload.before, payload.after))
        sealed = seal({"before": payload.before, "after": payload.after}, payload.salt) == event.payload_hash
    return Entry(
        event=event,
        action=_word(AuditAction, event.action),
        kind=_word(SubjectKind, event.subject_kind),
        changes=changes,
        erased=bool(event.payload_hash) and payload is None,
        sealed=sealed,
    )


def _word(words: type, value: str) -> str:
    """An older entry may say a word that the list no longer has."""
    return str(words(value).label) if value in words.values else value


def _labels(kind: str) -> dict[str, str]:
    """What the columns of this kind of thing are called."""
    models = [model for model in apps.get_models() if getattr(model, "subject_kind", None) == kind]
    named = {field.name: str(field.verbose_name) for model in models for field in model._meta.fields} | OWN_WORDS
    return named | ({"name": pgettext("of a person", "Name")} if kind == SubjectKind.MEMBER else {})


def _changes(labels: dict[str, str], before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        yield Change(str(labels.get(key, key.replace("_", " "))), _said(before.get(key), kind=key), _said(after.get(key), kind=key))


def _said(value: Any, kind: str = "") -> str:
    """A value as people read it: localized texts in the language in force, days as days, yes and no."""
    if value is None or value == "" or value == [] or value == {}:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        if set(value) <= set(LANGUAGES):
            return localized.read(value)
        return "; ".join(f"{key}: {_said(part)}" for key, part in value.items())[:LONGEST_VALUE]
    if isinstance(value, list):
        return ", ".join(_said(part, kind=kind) for part in value)[:LONGEST_VALUE]
    return _choice(kind, str(value)) or _day(str(value)) or str(value)[:LONGEST_VALUE]


def _choice(kind: str, value: str) -> str:
    """The label of a value of a closed list, by the name of its column."""
    words = CHOICES.get(kind)
    return _word(words, value) if words else ""


def _day(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "DATE_FORMAT") if len(value) == 10 else ""
    except ValueError:
        return ""
