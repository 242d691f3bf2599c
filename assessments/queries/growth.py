"""5.3: the goals of the agreed development plan, and the trainee's own summary (D20) of this cycle."""

from typing import Any

from assessments.queries.facts import approved_submissions
from programs.models import Deliverable, DeliverableKind, Enrollment, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.rules import fields
from programs.vocabulary import DeliverableState

IDP, GOALS, SUMMARY = "idp", "goals", "D20"


def growth(enrollment: Enrollment, cycle: int) -> dict[str, Any]:
    """What the file holds of it: answers as they were handed in, by field. A draft or a returned version is none."""
    plan = approved_submissions(enrollment).filter(deliverable__kind__layout=IDP).order_by("-number").first()
    summary = _summary(enrollment, cycle)
    return {
        "goals": plan.data.get(GOALS, []) if plan else [],
        "goals_of": plan.deliverable.kind_id if plan else None,
        "summary": summary.data if summary else {},
        "summary_of": summary.deliverable.kind_id if summary else None,
    }


def level_applied(summary: dict[str, Any]) -> str:
    """The level that the trainee applies for in their summary; empty for none."""
    level = str(summary.get("level_applied", ""))
    return "" if level == "none" else level


def _summary(enrollment: Enrollment, cycle: int) -> Submission | None:
    """The newest version of this cycle's summary, unless it was returned. The line manager reads it, and approves nothing."""
    deliverable = Deliverable.objects.filter(work__enrollment=enrollment, work__occurrence=cycle, kind__key=SUMMARY)
    deliverable = deliverable.exclude(state=DeliverableState.RETURNED).first()
    if deliverable is None or not deliverable.last_number:
        return None
    return Submission.objects.select_related("deliverable__kind").get(deliverable=deliverable, number=deliverable.last_number)


def in_words(kind_id: int | None, data: dict[str, Any], only: str = "") -> list[AnsweredField]:
    """Answers as people read them; `only` names the one field that is shown. At most three queries."""
    kind = DeliverableKind.objects.filter(pk=kind_id).first() if kind_id else None
    if kind is None:
        return []
    definitions = [one for one in fields.parse(kind.fields) if not only or one.key == only]
    return [one for one in answered(definitions, data, look_up(definitions, data)) if not one.is_blank]
