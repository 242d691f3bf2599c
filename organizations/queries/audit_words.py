"""Columns and values of the audit trail in words: what was written down by name and code is read in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from organizations import localized
from organizations.localized import LANGUAGES
from organizations.vocabulary import CalendarKind, Language, OrganizationRole, SecondFactor, SubjectKind

LONGEST_VALUE = 300
# What no column is called, or not so that a reader knows it.
OWN_WORDS = {
    "acknowledged": gettext_lazy("read and noted"),
    "activities": gettext_lazy("activities"),
    "added": gettext_lazy("added"),
    "anchor_task": gettext_lazy("begins from"),
    "approved": gettext_lazy("approved"),
    "baseline_asked": gettext_lazy("another baseline"),
    "bulk": gettext_lazy("several at once"),
    "by": gettext_lazy("answered by"),
    "code": gettext_lazy("code"),
    "cohort": gettext_lazy("cohort"),
    "content_hash": gettext_lazy("fingerprint of the content"),
    "delegate": gettext_lazy("stand-in"),
    "deputies": gettext_lazy("deputies"),
    "email": gettext_lazy("e-mail"),
    "exit": gettext_lazy("what ends it"),
    "fields": gettext_lazy("form"),
    "fiscal": gettext_lazy("yearly window"),
    "from": gettext_lazy("begun from version"),
    "items": gettext_lazy("items"),
    "kind": gettext_lazy("kind"),
    "measures": gettext_lazy("measures"),
    "milestones": gettext_lazy("milestones"),
    "module": gettext_lazy("module"),
    "name": gettext_lazy("name"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("version"),
    "occurrence": gettext_lazy("which time"),
    "outcome": gettext_lazy("decision"),
    "passed": gettext_lazy("passed"),
    "point": gettext_lazy("point of a plan"),
    "position": gettext_lazy("place"),
    "projects": gettext_lazy("kinds of project"),
    "questions": gettext_lazy("questions"),
    "recurrence": gettext_lazy("how often"),
    "removed": gettext_lazy("removed"),
    "requires": gettext_lazy("opens after"),
    "roles": gettext_lazy("roles"),
    "route": gettext_lazy("sign-off route"),
    "rubric": gettext_lazy("rubric"),
    "schedule": gettext_lazy("when it takes place"),
    "source": gettext_lazy("copied from"),
    "state": gettext_lazy("state"),
    "version": gettext_lazy("version"),
    "weight_1": gettext_lazy("weight of the first pillar"),
    "weight_2": gettext_lazy("weight of the second pillar"),
    "weight_3": gettext_lazy("weight of the third pillar"),
    "weights": gettext_lazy("weights"),
}
CHOICES = {"roles": OrganizationRole, "language": Language, "languages": Language, "calendar": CalendarKind, "second_factor": SecondFactor}
# Columns that hold roles of a program as a list, and so have no choices of their own.
HOLD_ROLES = {"by", "responsible"}


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    label: str
    before: str
    after: str


def changes(kind: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    """Each value that an entry about this kind of thing holds, in words."""
    for key in dict.fromkeys([*before, *after]):
        yield Change(_label(kind, key), _said(kind, key, before.get(key)), _said(kind, key, after.get(key)))


@cache
def _columns() -> dict[str, list[tuple[str, Field]]]:
    """Every column of every table by its name, with the kind of thing its table is."""
    found: dict[str, list[tuple[str, Field]]] = {}
    for model in apps.get_models():
        kind = getattr(model, "subject_kind", None)
        for field in model._meta.fields:
            found.setdefault(field.name, []).append((kind if isinstance(kind, str) else "", field))
    return found


def _of(kind: str, key: str) -> list[Field]:
    """Columns of this name, those of this kind of thing first."""
    return [field for _kind, field in sorted(_columns().get(key, []), key=lambda found: found[0] != kind)]


def _label(kind: str, key: str) -> str:
    if key == "name" and kind == SubjectKind.MEMBER:
        return pgettext("of a person", "Name")
    named = [field.verbose_name for field in _of(kind, key) if isinstance(field.verbose_name, Promise)]
    # Who supports a trainee is written down by role.
    return str(OWN_WORDS.get(key) or _choice(kind, "role", key) or next(iter(named), key.replace("_", " ")))


def _said(kind: str, key: str, value: Any) -> str:
    """A value as people read it: localized texts in the language in force, days as days, yes and no; of whole tables their length."""
    if value is None or value == "" or value == [] or value == {}:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return localized.read(value) if set(value) <= set(LANGUAGES) else _entries(len(value))
    if isinstance(value, list):
        if any(isinstance(part, dict | list) for part in value):
            return _entries(len(value))
        return _(", ").join(_said(kind, key, part) for part in value)[:LONGEST_VALUE]
    return _choice(kind, key, str(value)) or _day(str(value)) or _instant(key, str(value)) or str(value)[:LONGEST_VALUE]


def _entries(count: int) -> str:
    return ngettext("%(n)d entry", "%(n)d entries", count) % {"n": count}


def _choice(kind: str, key: str, value: str) -> str:
    """The label of a value of a closed list, by the name of its column; empty where there is none."""
    if key in CHOICES:
        return str(CHOICES[key](value).label) if value in CHOICES[key].values else value
    lists = [field.flatchoices for field in _of(kind, "role" if key in HOLD_ROLES else key)]
    return next((str(words[value]) for words in map(dict, lists) if value in words), "")


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return ""
    return date_format(day, pgettext("format of a day with year, see Django's date filter", "j M Y")) if day else ""


def _instant(key: str, value: str) -> str:
    """An instant by the reader's clock."""
    try:
        at = datetime.fromisoformat(value) if key.endswith("_at") else None
    except ValueError:
        return ""
    if at is None or timezone.is_naive(at):
        return ""
    return date_format(timezone.localtime(at), pgettext("day and time on paper, see Django's date filter", "j M Y, H:i"))
