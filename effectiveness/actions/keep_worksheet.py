"""Begin a worksheet of the toolkit, change its facts, and keep its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.policies.planning import may_begin, may_keep
from effectiveness.queries.worksheet_rows import mark_of
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from programs.models import Enrollment

MOST_SHEETS = 20  # of one kind in one programme
MOST_ROWS = 60  # of one part of a worksheet
LONGEST_NAME = 80  # of a row in the audit trail


@transaction.atomic
def begin(model: type[Worksheet], enrollment: Enrollment, facts: Mapping[str, Any], *, by: Member) -> Worksheet:
    """A new worksheet of this kind; with the facts of one that stands it is that one: a button pressed twice begins one.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "too_many".
    """
    if not may_begin(by, enrollment):
        raise PermissionDenied(_("Only the trainee writes here."))
    Enrollment.objects.select_for_update(of=["self"], no_key=True).get(pk=enrollment.pk)  # locked before one looks
    standing = model.objects.filter(enrollment=enrollment)
    if twin := standing.filter(**facts).first():
        return twin
    if standing.count() >= MOST_SHEETS:
        raise ValidationError(_("At most %(limit)s of these."), code="too_many", params={"limit": MOST_SHEETS})
    sheet = model.objects.create(enrollment=enrollment, **facts)
    _told(sheet, by, {}, {name: _said(value) for name, value in facts.items()})
    return sheet


@transaction.atomic
def change(sheet: Worksheet, facts: Mapping[str, Any], *, by: Member) -> Worksheet:
    """Change what `facts` names of it.

    Raises:
        PermissionDenied: `by` is not the trainee.
    """
    sheet = _own(sheet, by)
    before = {name: _said(getattr(sheet, name)) for name in facts}
    for name, value in facts.items():
        setattr(sheet, name, value)
    after = {name: _said(value) for name, value in facts.items()}
    changed = [name for name in facts if before[name] != after[name]]
    if changed:
        sheet.changed_at = clock.now()
        sheet.save()
        _told(sheet, by, {name: before[name] for name in changed}, {name: after[name] for name in changed})
    return sheet


@transaction.atomic
def keep_rows(sheet: Worksheet, part: str, rows: Sequence[tuple[int | None, Mapping[str, Any]]], mark: str, *, by: Member) -> None:
    """Make one part of a worksheet be these rows, in this order: (id of a row that stands there, or None; what it says).

    Rows that are not named go. `mark` is of the rows as they stood when they were shown.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "too_many"; "stale", another window has saved these rows meanwhile.
    """
    sheet = _own(sheet, by)
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("At most %(limit)s of these."), code="too_many", params={"limit": MOST_ROWS})
    manager = getattr(sheet, part)
    standing: dict[int, Row] = {row.pk: row for row in manager.all()}
    if mark_of(standing.values()) != mark:
        raise ValidationError(_("Another window has saved these rows meanwhile. Look at them below, then save again."), code="stale")
    before = [_named(row) for row in standing.values()]
    after = []
    for position, (pk, facts) in enumerate(rows, start=1):
        row = standing.pop(pk, None) or manager.model(sheet=sheet)
        for name, value in facts.items():
            setattr(row, name, value)
        row.position = position
        row.save()
        after.append(_named(row))
    for row in standing.values():
        row.delete()
    sheet.changed_at = clock.now()
    sheet.save(update_fields=["changed_at"])
    key = manager.model.named_by
    _told(sheet, by, {key: before}, {key: after})


def _named(row: Row) -> str:
    return str(getattr(row, row.named_by))[:LONGEST_NAME]


def _own(sheet: Worksheet, by: Member) -> Worksheet:
    # Locked before the check of the mark: two windows of one person may save at the same moment.
    sheet = type(sheet).objects.select_for_update(of=["self"]).select_related("enrollment").get(pk=sheet.pk)
    if not may_keep(by, sheet):
        raise PermissionDenied(_("Only the trainee writes here."))
    return sheet


def _told(sheet: Worksheet, by: Member, before: dict[str, Any], after: dict[str, Any]) -> None:
    if sheet.audit_action is not None:
        record(sheet.audit_action, sheet, by=by, label=sheet.title, before=before, after=after)


def _said(value: Any) -> str:
    return "" if value is None else str(value.pk if isinstance(value, models.Model) else value)
