"""Certificates: one's own, everybody's, one of them; issuing, revoking and naming oneself."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions.issue_certificate import issue_certificate, print_certificate
from assessments.actions.revoke_certificate import revoke_certificate
from assessments.actions.show_name import show_name
from assessments.forms.certificate import RevokeForm
from assessments.models import Certificate, Decision
from assessments.policies.certificates import (
    may_issue_certificates,
    may_read_certificate,
    may_read_reports,
    may_revoke_certificates,
    may_show_name,
)
from assessments.queries import certificates
from assessments.vocabulary import CertificateState
from documents.models import RenderedDocument
from documents.views.download import send
from documents.vocabulary import DocumentKind
from organizations.policies import require
from organizations.vocabulary import OrganizationRole


@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own certificates."""
    rows = certificates.own_certificates(request.member, timezone.localdate())
    return render(request, "assessments/my_certificates.html", {"rows": rows})


@require_safe
def everybodys(request: HttpRequest, slug: str) -> HttpResponse:
    """All certificates, and the decisions that wait for one."""
    require(may_read_reports(request.member))
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    rows, page = certificates.all_certificates(words, request.GET.get("page", 1), timezone.localdate())
    may_issue = may_issue_certificates(request.member)
    waiting = certificates.waiting_decisions() if may_issue else []
    context = {"rows": rows, "page": page, "words": words, "waiting": waiting, "may_issue": may_issue}
    return render(request, "assessments/certificates.html", context)


@require_safe
def certificate(request: HttpRequest, slug: str, certificate_id: int) -> HttpResponse:
    """One certificate; htmx asks for its papers every two seconds while they are printed."""
    found = _readable(request, certificate_id)
    shown = certificates.certificate_page(found, timezone.localdate())
    printed = shown.paper_in(get_language())
    context = {
        "shown": shown,
        "link": settings.PUBLIC_URL + reverse("documents:verify", args=[printed.code]) if printed else "",
        "is_holder": may_show_name(request.member, found),
        "may_revoke": may_revoke_certificates(request.member) and shown.state != CertificateState.REVOKED,
        "sees_all": may_read_reports(request.member),
    }
    template = "assessments/_certificate_papers.html" if request.htmx else "assessments/certificate.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@require_safe
def paper(request: HttpRequest, slug: str, certificate_id: int, paper_id: int) -> HttpResponse:
    """The PDF in one language."""
    found = _readable(request, certificate_id)
    document = get_object_or_404(
        RenderedDocument.objects.select_related("file"),
        pk=paper_id,
        kind=DocumentKind.CERTIFICATE,
        subject_kind=found.subject_kind,
        subject_id=found.pk,
        file__isnull=False,
    )
    return send(document.file)


@require_POST
def print_again(request: HttpRequest, slug: str, certificate_id: int) -> HttpResponse:
    """Try once more what could not be printed."""
    print_certificate(_readable(request, certificate_id), by=request.member)
    return redirect("assessments:certificate", slug, certificate_id)


@require_POST
def name_shown(request: HttpRequest, slug: str, certificate_id: int) -> HttpResponse:
    """Let the public check name the holder, or hide the name again."""
    shown = request.POST.get("show") == "yes"
    show_name(_readable(request, certificate_id), shown, by=request.member)
    messages.success(request, _("The public check names you now.") if shown else _("The public check names nobody any more."))
    return redirect("assessments:certificate", slug, certificate_id)


@require_POST
def issue(request: HttpRequest, slug: str, decision_id: int) -> HttpResponse:
    """Issue the certificate of a decision."""
    require(may_issue_certificates(request.member), OrganizationRole.HR_DIRECTOR)
    decision = get_object_or_404(Decision, pk=decision_id)
    try:
        issued = issue_certificate(decision, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("assessments:certificates", slug)
    messages.success(request, _("%(number)s is issued and %(name)s is told.") % {"number": issued.number, "name": issued.name})
    return redirect("assessments:certificate", slug, issued.pk)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, slug: str, certificate_id: int) -> HttpResponse:
    """Say why a certificate holds no more."""
    found = _readable(request, certificate_id)
    require(may_revoke_certificates(request.member), OrganizationRole.HR_DIRECTOR)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_certificate(found, reason=form.cleaned_data["reason"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The certificate is revoked and %(name)s is told.") % {"name": found.name})
            return redirect("assessments:certificate", slug, found.pk)
    context = {"certificate": found, "form": form}
    return render(request, "assessments/revoke_certificate.html", context, status=422 if form.errors else 200)


def _readable(request: HttpRequest, certificate_id: int) -> Certificate:
    """A certificate that this person may see; any other is not there."""
    certificates_here = Certificate.objects.with_standing().select_related("enrollment__cohort", "holder", "issued_by")
    found = get_object_or_404(certificates_here, pk=certificate_id)
    if not may_read_certificate(request.member, found):
        raise Http404
    return found
