"""A certificate on paper: what templates/pdf/certificate.html shows. One page says everything in both languages."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.models import Certificate, PanelVote
from assessments.vocabulary import LEVEL_ALLOWS, Level
from documents.models import RenderedDocument
from organizations.localized import LANGUAGES
from organizations.models import Organization

TEMPLATE, STYLE = "pdf/certificate.html", "certificate"
LONG_NAME, LONGER_NAME = 24, 44  # width of the name, in letters, from which its type is set smaller
WIDE = 0x2E7F  # characters from here on are as wide as two


def layout(document: RenderedDocument) -> tuple[str, dict[str, Any]]:
    """Template and context of a certificate, in the document's language first."""
    certificate = Certificate.objects.select_related("decision__review__chair", "enrollment__cohort__version__template", "issued_by").get(
        pk=document.subject_id
    )
    organization = Organization.objects.get(pk=document.organization_id)
    votes = PanelVote.objects.filter(review=certificate.decision.review_id).count()
    second = next(language for language in LANGUAGES if language != document.language)
    return TEMPLATE, {
        "style": STYLE,
        "name": f"{certificate.number} {certificate.name}",
        "certificate": certificate,
        "first": _words(document.language, certificate, organization, votes),
        "second": _words(second, certificate, organization, votes),
        "name_size": _size(certificate.name),
        "verify_at": settings.PUBLIC_URL.partition("//")[2] + "/verify",
    }


def _words(language: str, certificate: Certificate, organization: Organization, votes: int) -> dict[str, str]:
    """All that the paper says in one language."""
    decision = certificate.decision
    with translation.override(language):
        day = pgettext("format of a day with year, see Django's date filter", "j M Y")
        chair = decision.review.chair or decision.by
        facts = {
            "program": certificate.enrollment.cohort.version.template.name,
            "day": date_format(timezone.localtime(decision.at), day),
            "level": format_html("<b>{}</b>", Level(certificate.level).label),
            "allows": LEVEL_ALLOWS[Level(certificate.level)],
            "n": votes,
        }
        return {
            "lang": "zh-Hans" if language.startswith("zh") else "en",
            "organization": str(organization.name),
            "title": pgettext("title of a certificate", "Certificate of Competence"),
            "text": _sentence(facts),
            "director": certificate.issued_by.name,
            "director_is": certificate.issued_by.title or _("HR director"),
            "chair": chair.name,
            "chair_is": _("Chair of the panel"),
            "issued_on": date_format(certificate.issued_on, day),
            "valid_until": _("Valid until %(day)s") % {"day": date_format(certificate.expires_on, day)}
            if certificate.expires_on
            else _("Valid without end"),
            "scan": _("Scan to verify, or visit"),
            "own_level": _("A level of this organization's own, awarded by its own review."),
        }


def _sentence(facts: dict) -> SafeString:
    """What is certified, by whom and when, in the language in force; the level stands out."""
    if facts["n"]:
        said = _("has completed %(program)s and, by decision of a panel of %(n)d on %(day)s, is certified as %(level)s, %(allows)s.")
    else:
        said = _("has completed %(program)s and, by decision of %(day)s, is certified as %(level)s, %(allows)s.")
    return SafeString(escape(said) % {name: value if name == "n" else conditional_escape(value) for name, value in facts.items()})


def _size(name: str) -> str:
    """How big the name is set: a name of 80 characters stays on two lines."""
    width = sum(2 if ord(letter) > WIDE else 1 for letter in name)
    return "is-longer" if width > LONGER_NAME else "is-long" if width > LONG_NAME else ""
