"""Milestones, measures and risks: what the trainee keeps of the project from week to week.

A new row that says what one says already is that one: a button pressed twice adds one. The project is locked meanwhile.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from projects.actions.leading import led
from projects.models import Measure, MeasureValue, Milestone, PracticeProject, Risk
from projects.rules.milestone_dates import makes_circle
from projects.vocabulary import ProjectState

MOST = 40  # milestones, measures or risks of one project


@transaction.atomic
def save_milestone(project: PracticeProject, milestone: Milestone | None, facts: dict[str, Any], *, by: Member, today: date) -> Milestone:
    """Change a milestone, or add one. The plan can change until G1 has passed; after that there is a baseline, and a forecast.

    A gate's own milestone is reached when its gate passes, and on no other day.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over", "too_many"; "baseline", the plan stands; "gate"; "in_future"; "circle".
    """
    project = led(project.pk, by)
    row = _row(project.milestones, milestone, facts) or Milestone(project=project, position=_next(project.milestones))
    before = _told(row, facts)
    if row.baseline_on and facts.get("planned_on", row.planned_on) != row.planned_on:
        refusal = _("The plan was agreed at G1. Enter a forecast instead; what was agreed stays beside it.")
        raise ValidationError({"planned_on": ValidationError(refusal, code="baseline")})
    if row.gate_id and facts.get("actual_on", row.actual_on) != row.actual_on:
        raise ValidationError({"actual_on": ValidationError(_("A gate is reached when its reviewers let it pass."), code="gate")})
    if facts.get("actual_on") and facts["actual_on"] > today:
        raise ValidationError({"actual_on": ValidationError(_("This day is still to come. Enter a forecast instead."), code="in_future")})
    _set(row, facts)
    after = dict(project.milestones.values_list("pk", "depends_on_id")) | {row.pk or 0: row.depends_on_id}
    if row.depends_on_id and (row.depends_on_id not in after or makes_circle(after)):
        raise ValidationError({"depends_on": ValidationError(_("These milestones would wait for each other."), code="circle")})
    return _save(project, row, before, facts, by)


@transaction.atomic
def save_measure(project: PracticeProject, measure: Measure | None, facts: dict[str, Any], *, by: Member, today: date) -> Measure:
    """Change a measure, or add one. Its baseline, once the project is agreed on at G1, only by `change_baseline`.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over", "too_many"; "agreed", by then the sponsor has to approve another baseline.
    """
    project = led(project.pk, by)
    row = _row(project.measures, measure, facts) or Measure(project=project, position=_next(project.measures))
    if row.pk and project.state != ProjectState.PLANNING and facts.get("baseline", row.baseline) != row.baseline:
        refusal = _("The baseline was agreed on at G1. Ask the sponsor for another one.")
        raise ValidationError({"baseline": ValidationError(refusal, code="agreed")})
    before = _told(row, facts)
    _set(row, facts)
    return _save(project, row, before, facts, by)


@transaction.atomic
def record_value(measure: Measure, *, value, on: date, source: str, by: Member, today: date) -> MeasureValue:
    """Write down one more figure; it stays, and a later one of the same day counts over it.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over"; "in_future".
    """
    project = led(measure.project_id, by)
    if on > today:
        raise ValidationError({"on": ValidationError(_("This day is still to come."), code="in_future")})
    facts = {"measure": measure, "value": value, "on": on, "source": source, "by": by}
    if twin := MeasureValue.objects.filter(**facts).first():
        return twin
    row = MeasureValue.objects.create(**facts)
    record(
        AuditAction.PROJECT_CHANGED,
        project,
        by=by,
        label=project.name,
        after={"measure": str(measure.name), "value": str(value), "day": on.isoformat()},
    )
    return row


@transaction.atomic
def save_risk(project: PracticeProject, risk: Risk | None, facts: dict[str, Any], *, by: Member, today: date) -> Risk:
    """Change a risk, or add one.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over", "too_many".
    """
    project = led(project.pk, by)
    row = _row(project.risks, risk, facts) or Risk(project=project)
    if row.pk is None:
        _next(project.risks)
    before = _told(row, facts)
    _set(row, facts)
    return _save(project, row, before, facts, by)


def _row(rows, row: models.Model | None, facts: dict[str, Any]):
    return rows.get(pk=row.pk) if row is not None else rows.filter(**facts).first()


def _next(rows) -> int:
    count = rows.count()
    if count >= MOST:
        raise ValidationError(_("At most %(limit)s of these."), code="too_many", params={"limit": MOST})
    return count + 1


def _set(row: models.Model, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        # A name from the template stays in both languages as long as nobody writes another one.
        if name == "name" and str(row.name or "") == value:
            continue
        setattr(row, name, value)


def _told(row: models.Model, facts: dict[str, Any]) -> dict[str, str]:
    return {name: _said(getattr(row, name)) if row.pk else "" for name in facts}


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _save(project: PracticeProject, row, before: dict[str, str], facts: dict[str, Any], by: Member):
    after = {name: _said(getattr(row, name)) for name in facts}
    changed = [name for name in facts if before[name] != after[name]]
    if changed or row.pk is None:
        row.save()
        record(
            AuditAction.PROJECT_CHANGED,
            project,
            by=by,
            label=f"{project.name} · {row}",
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return row
