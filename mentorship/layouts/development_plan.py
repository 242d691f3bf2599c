"""The development plan on paper: what templates/pdf/idp.html shows."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.models import RenderedDocument
from mentorship.queries.development_plan import development_plan, plan_version, state_of
from organizations.localized import read
from programs.models import Deliverable, Submission

TEMPLATE = "pdf/idp.html"


def layout(document: RenderedDocument) -> tuple[str, dict[str, Any]]:
    """Template and context of the version that the document is of."""
    deliverable = Deliverable.objects.select_related("kind", "work__enrollment__cohort__version", "work__enrollment__trainee").get(
        pk=document.subject_id
    )
    submission = (
        Submission.objects.filter(deliverable=deliverable, number=document.version)
        .prefetch_related("steps__decisions__by", "steps__decisions__instead_of")
        .get()
    )
    enrollment = deliverable.work.enrollment
    plan = development_plan(enrollment)
    version = plan_version(submission, deliverable, state_of(submission))
    trainee, cohort = enrollment.trainee, enrollment.cohort
    return TEMPLATE, {
        "title": _("Individual development plan"),
        "name": f"IDP-{trainee.name}-{document.version}",
        "who": trainee.name,
        "lead": read(cohort.version.aim.data) if cohort.version.aim else "",
        "plan": version,
        "agreed": version.state == "approved",
        "facts": [
            (pgettext("of a person", "Name"), trainee.name),
            (_("Position"), " · ".join(filter(None, [trainee.title, trainee.department]))),
            (_("Mentor"), plan.mentor),
            (_("Line manager"), plan.line_manager),
            (_("Cohort"), cohort.name),
            (_("Version"), str(document.version)),
            (_("Hours a week"), version.answers["weekly_hours"].answer.text if "weekly_hours" in version.answers else ""),
            (_("Next check-in"), _next_check_in(version)),
        ],
        "signatures": version.signatures,
        "fine": _("Signed in Trellis: each signature names the exact content of this version."),
    }


def _next_check_in(version) -> str:
    table = version.answers.get("check_ins")
    return table.rows[0][0].text if table and table.rows else ""
