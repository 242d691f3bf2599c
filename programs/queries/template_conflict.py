"""Two people edited the same part: what each of them wrote."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from organizations.models import AuditEvent
from organizations.vocabulary import AuditAction, SubjectKind
from programs.queries.template_builder import TemplateBuilder
from programs.queries.template_differences import Line, value_lines


@dataclass(frozen=True)
class Conflict:
    """Who changed it and when, and each value: as it is now, and as it was typed."""

    message: str
    name: str
    at: datetime | None
    lines: tuple[Line, ...] = ()


def template_conflict(builder: TemplateBuilder, part, form, refusal: ValidationError) -> Conflict:
    """What stands in the way of what was typed; one query for who did it."""
    event = (
        AuditEvent.objects.filter(
            subject_kind=SubjectKind.VERSION,
            subject_id=builder.version.pk,
            action__in=[AuditAction.TEMPLATE_EDITED, AuditAction.VERSION_PUBLISHED],
        )
        .order_by("-pk")
        .first()
    )
    typed = form.values() if hasattr(form, "values") and form.is_valid() else {}
    lines = value_lines({name: getattr(part, name) for name in typed}, typed)
    return Conflict(refusal.messages[0], event.actor_name if event else "", event.at if event else None, tuple(lines))
