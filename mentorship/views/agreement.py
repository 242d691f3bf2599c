"""The agreement of one pairing: read it, write it, sign it, print it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.actions.print_document import request_print
from documents.models import RenderedDocument
from documents.views.download import send
from documents.vocabulary import DocumentKind, DocumentState
from mentorship.actions.sign_agreement import sign as sign_it
from mentorship.actions.write_agreement import write
from mentorship.forms.agreement import AgreementForm, SignForm, initial_of
from mentorship.models import AgreementSignature, Pairing
from mentorship.policies import may_read_talks, side_of
from mentorship.queries.agreement_page import agreement_page
from mentorship.views.opened import own_pairing, pairing_or_404
from mentorship.vocabulary import PairingState
from organizations import clock
from organizations.vocabulary import SubjectKind


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Read the newest version (GET), keep another one (POST)."""
    if request.method != "POST":
        return _page(request, pairing_or_404(request, pairing_id))
    pairing = own_pairing(request, pairing_id)
    form = AgreementForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            kept = write(
                pairing,
                focus=form.focus,
                every_days=said["every_days"],
                minutes=said["minutes"],
                additions=said["additions"],
                read_number=said["number"],
                by=request.member,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if getattr(refusal, "code", "") == "stale":
                form = _seen_now(form, pairing)
            return _page(request, pairing, form, 422 if hasattr(refusal, "error_dict") else 409)
        messages.success(request, _("Version %(number)s is kept. Both of you sign it next.") % {"number": kept.number})
        return redirect("mentorship:agreement", slug, pairing_id)
    return _page(request, pairing, form, 422)


@require_POST
def sign(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Sign exactly what was read."""
    pairing = own_pairing(request, pairing_id)
    form = SignForm(request.POST)
    refusal = ValidationError(_("Read the agreement again, then sign."))
    if form.is_valid():
        try:
            sign_it(pairing, form.cleaned_data["content_hash"], by=request.member, today=timezone.localdate())
        except ValidationError as caught:
            refusal = caught
        else:
            messages.success(request, _("Signed. Once both have, the check of phase 1 is passed by itself."))
            return redirect("mentorship:agreement", slug, pairing_id)
    return _page(request, pairing, status=409, refusal=refusal.messages[0])


@require_POST
def print_agreement(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Ask for the newest version as PDF, in one's own language; a worker prints it."""
    pairing = pairing_or_404(request, pairing_id)
    newest = pairing.agreements.order_by("-number").first()
    if newest is None:
        messages.info(request, _("There is nothing to print yet: nobody has written the agreement."))
    else:
        # Printed again once someone has signed since: the signatures stand on the paper.
        signed = AgreementSignature.objects.filter(agreement=newest).count()
        request_print(
            DocumentKind.AGREEMENT,
            about=pairing,
            version=newest.number,
            content_hash=f"{newest.content_hash[:56]}{signed:08d}",
            language=get_language(),
            by=request.member,
        )
    return redirect("mentorship:agreement", slug, pairing_id)


@require_safe
def document(request: HttpRequest, slug: str, pairing_id: int, document_id: int) -> HttpResponse:
    """The PDF of one printed version."""
    pairing = pairing_or_404(request, pairing_id)
    printed = get_object_or_404(
        RenderedDocument.objects.select_related("file"),
        pk=document_id,
        kind=DocumentKind.AGREEMENT,
        subject_kind=SubjectKind.PAIRING,
        subject_id=pairing.pk,
        file__isnull=False,
    )
    return send(printed.file)


def _seen_now(form: AgreementForm, pairing: Pairing) -> AgreementForm:
    """What was typed, now naming the version that is shown beside it: saving it again means it."""
    newest = pairing.agreements.order_by("-number").first()
    form.data = form.data.copy()
    form.data["number"] = newest.number if newest else 0
    return form


def _page(request: HttpRequest, pairing: Pairing, form: AgreementForm | None = None, status: int = 200, refusal: str = "") -> HttpResponse:
    shown = agreement_page(pairing, clock.now())
    may_write = may_read_talks(request.member, pairing) and pairing.state == PairingState.ACTIVE
    is_writing = may_write and (form is not None or shown.agreement is None or "edit" in request.GET)
    if is_writing and form is None:
        form = AgreementForm(initial=initial_of(shown.agreement))
    side = side_of(request.member, pairing)
    context = {
        "shown": shown,
        "pairing": pairing,
        "form": form if is_writing else None,
        "may_write": may_write,
        "may_sign": may_write and bool(shown.agreement) and not shown.has_signed(side),
        "refusal": refusal,
        "waiting": any(printed.state == DocumentState.WAITING for printed in shown.documents),
    }
    template = "mentorship/_agreement_documents.html" if request.htmx else "mentorship/agreement.html"
    answer = render(request, template, context, status=status)
    answer["Vary"] = "HX-Request"
    return answer
