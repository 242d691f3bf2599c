"""One pairing: answer a proposal, see where it stands, pause, resume, end it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mentorship.actions import answer_pairing, end_pairing
from mentorship.forms.pairing import ReasonForm
from mentorship.models import Pairing
from mentorship.policies import may_answer, may_end, may_propose, may_read_talks, side_of
from mentorship.queries.pairing_page import pairing_page
from mentorship.rules.pairing_states import RUNNING, WAITING
from mentorship.views.opened import pairing_or_404
from organizations import clock
from programs.vocabulary import Role


@require_safe
def page(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Where it stands; the two see what they agreed on, others dates and counts."""
    return _page(request, pairing_or_404(request, pairing_id))


@require_POST
def answer(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Say yes or no to a proposal, or take it back."""
    pairing = pairing_or_404(request, pairing_id)
    if not (may_answer(request.member, pairing) or may_propose(request.member, pairing.enrollment.cohort)):
        raise PermissionDenied(_("Only the two who are proposed to each other answer."))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, pairing, form, 422)
    try:
        if request.POST.get("answer") == "yes":
            pairing = answer_pairing.accept(pairing, by=request.member, today=timezone.localdate())
            is_begun = pairing.state in RUNNING
            messages.success(request, _("You work together from now on.") if is_begun else _("Your yes is noted; now the other answers."))
        else:
            answer_pairing.decline(pairing, form.cleaned_data["reason"], by=request.member)
            messages.success(request, _("The proposal is declined; who made it is told."))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, pairing_or_404(request, pairing_id), form, 422 if hasattr(refusal, "error_dict") else 409)
    return redirect("mentorship:pairing", slug, pairing_id)


@require_POST
def change(request: HttpRequest, slug: str, pairing_id: int) -> HttpResponse:
    """Pause, resume or end it, by the button pressed."""
    pairing = pairing_or_404(request, pairing_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, pairing, form, 422)
    try:
        said = _change(request, pairing, form)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, pairing_or_404(request, pairing_id), form, 422 if hasattr(refusal, "error_dict") else 409)
    messages.success(request, said)
    return redirect("mentorship:pairing", slug, pairing_id)


def _change(request: HttpRequest, pairing: Pairing, form: ReasonForm) -> str:
    act = request.POST.get("act")
    if act == "pause":
        end_pairing.pause(pairing, by=request.member)
        return _("Paused. The mentor stays the mentor; nobody expects meetings for now.")
    if act == "resume":
        end_pairing.resume(pairing, by=request.member)
        return _("Resumed: you go on.")
    if act != "end":
        raise Http404
    end_pairing.end(pairing, form.cleaned_data["reason"], by=request.member, today=timezone.localdate())
    return _("The pairing has ended; everyone concerned is told.")


def _page(request: HttpRequest, pairing: Pairing, form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    is_party = may_read_talks(request.member, pairing)
    side = side_of(request.member, pairing)
    answered = pairing.mentor_accepted_at if side == Role.MENTOR else pairing.trainee_accepted_at if side else None
    context = {
        "shown": pairing_page(pairing, clock.now(), timezone.localdate(), as_party=is_party),
        "pairing": pairing,
        "is_party": is_party,
        "side": side,
        "may_say_yes": pairing.state in WAITING and is_party and not answered,
        "may_decline": pairing.state in WAITING and (is_party or may_propose(request.member, pairing.enrollment.cohort)),
        "may_end": pairing.state in RUNNING and may_end(request.member, pairing),
        "form": form or ReasonForm(),
    }
    return render(request, "mentorship/pairing.html", context, status=status)
