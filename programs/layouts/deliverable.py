"""One submission of any deliverable on paper: what templates/pdf/deliverable.html shows."""

from typing import Any

from django.utils.translation import gettext as _

from documents.models import RenderedDocument
from organizations.localized import read
from organizations.models import Organization
from programs.models import Deliverable, Submission
from programs.queries.answers import AnsweredField, answered, look_up
from programs.rules import fields
from programs.vocabulary import Outcome, Role

TEMPLATE = "pdf/deliverable.html"


def layout(document: RenderedDocument) -> tuple[str, dict[str, Any]]:
    """Template and context of the submission that the document is of."""
    deliverables = Deliverable.objects.select_related("kind", "work__enrollment__cohort", "work__enrollment__trainee", "work__task")
    deliverable = deliverables.get(pk=document.subject_id)
    submission = (
        Submission.objects.filter(deliverable=deliverable, number=document.version)
        .select_related("author")
        .prefetch_related("steps__decisions__by", "steps__decisions__instead_of")
        .get()
    )
    decisions = [decision for step in submission.steps.order_by("position") for decision in step.decisions.all()]
    definitions = fields.parse(deliverable.asked.fields)
    given = {key: value for decision in decisions for key, value in decision.answers.items()}
    currency = Organization.objects.get(pk=document.organization_id).currency
    lookups = look_up(definitions, submission.data, given, currency=currency)
    trainee = deliverable.work.enrollment.trainee
    return TEMPLATE, {
        "title": str(deliverable.asked.name),
        "name": f"{deliverable.kind.key}-{trainee.name}-{submission.number}",
        "who": trainee.name,
        "lead": str(deliverable.kind.purpose),
        "blocks": _blocks(answered(definitions, submission.data, lookups, given)),
        "facts": [
            (_("Trainee"), trainee.name),
            (_("Task"), f"{deliverable.work.task.key} {deliverable.work.task.name}"),
            (_("Cohort"), deliverable.work.enrollment.cohort.name),
            (_("Written by"), submission.author.name),
            *([(_("About"), deliverable.label)] if deliverable.label else []),
        ],
        "scores": _scores(deliverable, decisions),
        "signatures": [
            {"name": decision.by.name, "role": str(Role(decision.role).label), "at": decision.at}
            for decision in decisions
            if decision.outcome != Outcome.RETURNED
        ],
        "fine": _("Signed in Trellis: each signature names the exact content of this version."),
    }


def _blocks(answers: list[AnsweredField]) -> list[list[AnsweredField]]:
    """What stands together on paper: short answers that follow each other side by side, anything else alone."""
    blocks: list[list[AnsweredField]] = []
    for answer in answers:
        if answer.is_blank:
            continue
        if blocks and answer.is_short and blocks[-1][0].is_short:
            blocks[-1].append(answer)
        else:
            blocks.append([answer])
    return blocks


def _scores(deliverable: Deliverable, decisions: list) -> list[tuple[str, str]]:
    """Each criterion with the level it was given; empty until someone scored."""
    given = next((decision.scores for decision in reversed(decisions) if decision.scores), {})
    rows = []
    for criterion in deliverable.kind.rubric:
        level = given.get(criterion["key"])
        if level:
            rows.append((read(criterion["name"]), f"{level} · {read(criterion['levels'][level - 1])}"))
    return rows
