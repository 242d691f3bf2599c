"""Change a project's facts: its name, the problem, its scope, who delivers the figures that come later."""

from datetime import date
from typing import Any

from django.db import transaction

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions import project_work
from projects.actions.leading import led
from projects.models import PracticeProject

FACTS = ("name", "problem", "people_in_scope", "whole_unit", "last_session_on", "figures_owner")


@transaction.atomic
def edit(project: PracticeProject, facts: dict[str, Any], *, by: Member, today: date) -> PracticeProject:
    """Change what `facts` names of it. The final version of later figures is due so many days after the last session.

    Raises:
        PermissionDenied: `by` is not the trainee.
        ValidationError: "over".
    """
    project = led(project.pk, by)
    before = {name: _said(getattr(project, name)) for name in FACTS}
    for name in FACTS:
        if name in facts:
            setattr(project, name, facts[name])
    after = {name: _said(getattr(project, name)) for name in FACTS}
    changed = [name for name in FACTS if before[name] != after[name]]
    if changed:
        project.save(update_fields=list(FACTS))
        record(
            AuditAction.PROJECT_CHANGED,
            project,
            by=by,
            label=project.name,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    if "last_session_on" in changed:
        project_work.set_final_day(project.work, project.last_session_on)
    return project


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
