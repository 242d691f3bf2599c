"""The decision of a review: written by chair or HR director, read and answered by the trainee."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions import respond
from assessments.actions.decide import decide
from assessments.forms.decision import AcknowledgeForm, AppealForm, DecisionForm
from assessments.models import CertificationReview, PanelVote
from assessments.policies import reviews as policies
from assessments.policies.certificates import may_issue_certificates
from assessments.queries.decision_page import DecisionPage, decision_page
from assessments.queries.file_words import needs_of
from assessments.queries.review_page import review_page
from assessments.queries.standing import Standing
from assessments.views.access import of_others, reached, require
from assessments.vocabulary import Dimension, ReviewState


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """Write the decision, once all have voted; read it, once it is written."""
    found, one = reached(request, review_id)
    if found.state == ReviewState.DECIDED and request.method == "GET":
        require(policies.may_read_decision(one, found), of_others)
        return _read(request, found, one, decision_page(found, request.member))
    require(policies.may_decide(one), lambda: _("The panel's chair or the HR director writes the decision."))
    return _write(request, slug, found, one)


def _write(request: HttpRequest, slug: str, found: CertificationReview, one: Standing) -> HttpResponse:
    form = DecisionForm(request.POST or None, initial=_suggested(found) if found.state == ReviewState.VOTED else {})
    if request.method == "POST" and form.is_valid():
        try:
            decide(found, **form.proposal, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The decision stands, and %(name)s is told.") % {"name": found.enrollment.trainee.name})
            return redirect("assessments:decision", slug, found.pk)
    context = {
        "review": found,
        "form": form,
        "shown": review_page(found, with_file=False, with_votes=policies.may_read_votes(one, found)),
        "needs": needs_of(found.file["facts"], form.scores if form.is_bound and form.is_valid() else None) if found.file else [],
        "is_open": found.state == ReviewState.VOTED,
    }
    return render(request, "assessments/decide.html", context, status=422 if form.errors else 200)


def _suggested(review: CertificationReview) -> dict:
    """What the votes come to, to begin from: the middle level of each dimension, the lower of two. People decide."""
    votes = list(PanelVote.objects.filter(review=review).values_list("scores", flat=True))
    middle = {}
    for dimension in Dimension:
        levels = sorted(scores[dimension] for scores in votes)
        if levels:
            middle[f"score_{dimension}"] = str(levels[(len(levels) - 1) // 2])
    return middle


@require_POST
def acknowledge(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The trainee takes note of the decision."""
    found, one, shown = _own(request, review_id)
    form = AcknowledgeForm(request.POST)
    if form.is_valid():
        try:
            respond.acknowledge(shown.decision, consents=form.consent, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("You have taken note of the decision."))
            return redirect("assessments:decision", slug, review_id)
    return _read(request, found, one, shown, acknowledge_form=form)


@require_POST
def appeal(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The trainee appeals against the decision."""
    found, one, shown = _own(request, review_id)
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            respond.appeal(shown.decision, form.cleaned_data["reasons"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your appeal is on its way. Others than the panel look at it."))
            return redirect("assessments:decision", slug, review_id)
    return _read(request, found, one, shown, appeal_form=form)


def _own(request: HttpRequest, review_id: int) -> tuple[CertificationReview, Standing, DecisionPage]:
    found, one = reached(request, review_id)
    require(one.is_trainee, lambda: _("Only the trainee answers the decision on their own review."))
    shown = decision_page(found, request.member)
    if shown.decision is None:
        raise Http404
    return found, one, shown


def _read(
    request: HttpRequest,
    found: CertificationReview,
    one: Standing,
    shown: DecisionPage,
    acknowledge_form: AcknowledgeForm | None = None,
    appeal_form: AppealForm | None = None,
) -> HttpResponse:
    may_appeal = one.is_trainee and shown.appeal is None and timezone.localdate() <= shown.appeal_until
    refused = (acknowledge_form and acknowledge_form.errors) or (appeal_form and appeal_form.errors)
    context = {
        "review": found,
        "one": one,
        "shown": shown,
        "acknowledge_form": acknowledge_form or AcknowledgeForm(),
        "appeal_form": appeal_form or AppealForm(),
        "may_acknowledge": one.is_trainee and shown.taken is None,
        "may_appeal": may_appeal or bool(appeal_form),
        "sees_appeal": policies.may_read_appeal(one),
        "may_issue": may_issue_certificates(request.member) and not one.is_trainee,
    }
    return render(request, "assessments/decision.html", context, status=422 if refused else 200)
