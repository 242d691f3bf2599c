"""The mentoring agreement on paper: what templates/pdf/agreement.html shows."""

from typing import Any

from django.utils.translation import gettext as _

from documents.models import RenderedDocument
from mentorship.models import Agreement
from mentorship.queries.agreement_page import signatures_of
from organizations.localized import read

TEMPLATE = "pdf/agreement.html"


def layout(document: RenderedDocument) -> tuple[str, dict[str, Any]]:
    """Template and context of the version of the agreement that the document is of."""
    agreements = Agreement.objects.select_related("pairing__mentor", "pairing__enrollment__trainee", "pairing__enrollment__cohort")
    agreement = agreements.prefetch_related("signatures__member").get(pairing=document.subject_id, number=document.version)
    pairing = agreement.pairing
    given = [signature for signature in signatures_of(pairing, list(agreement.signatures.all())) if signature.at]
    rhythm = _("%(minutes)d minutes every %(days)d days")  # never one: SHORTEST_DAYS
    return TEMPLATE, {
        "title": _("Mentoring agreement"),
        "close": True,
        "name": f"{_('Mentoring agreement')}-{pairing.enrollment.trainee.name}-{agreement.number}",
        "who": pairing.enrollment.trainee.name,
        "facts": [
            (_("Trainee"), pairing.enrollment.trainee.name),
            (_("Mentor"), pairing.mentor.name),
            (_("Cohort"), pairing.enrollment.cohort.name),
            (_("Rhythm"), rhythm % {"minutes": agreement.minutes, "days": agreement.every_days}),
        ],
        "focus": agreement.focus,
        "clauses": [read(clause["text"]) for clause in agreement.clauses],
        "additions": agreement.additions,
        "signatures": [{"name": one.name, "role": one.role_label, "at": one.at} for one in given],
        "fine": _("Signed in Trellis: each signature names the exact content of this version."),
    }
