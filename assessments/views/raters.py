"""Who gives 360 feedback: proposed, approved, asked; and the results, after the close."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions import choose_raters
from assessments.actions.release_results import release
from assessments.forms.raters import RaterForm
from assessments.models import CertificationReview, Rater
from assessments.policies import reviews as policies
from assessments.queries.rater_list import rater_list
from assessments.queries.results import comments_of, is_released, results_of
from assessments.queries.standing import Standing
from assessments.views.access import of_others, reached, require
from assessments.vocabulary import CycleState


@require_http_methods(["GET", "POST"])
def raters(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The list by group; a post proposes somebody."""
    found, one = reached(request, review_id)
    require(policies.may_read_raters(one), of_others)
    if request.method == "POST":
        require(policies.may_propose_raters(one), lambda: _("The trainee and who runs the cohort propose whom to ask."))
    form = RaterForm(request.POST or None, from_outside=choose_raters.outside_is_allowed())
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            rater = _propose(request, found, chosen)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s is proposed.") % {"name": rater.said_name})
            return redirect("assessments:raters", slug, review_id)
    return _show(request, found, one, form)


@require_POST
def approve(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """Ask everybody who is proposed."""
    found, one = reached(request, review_id)
    require(policies.may_approve_raters(one), lambda: _("The line manager or who runs the cohort approves whom to ask."))
    try:
        asked = choose_raters.approve(found, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        words = ngettext("%(n)d person is asked.", "%(n)d people are asked.", len(asked))
        messages.success(request, words % {"n": len(asked)})
    return redirect("assessments:raters", slug, review_id)


@require_POST
def remove(request: HttpRequest, slug: str, review_id: int, rater_id: int) -> HttpResponse:
    """Take somebody off the list."""
    found, one = reached(request, review_id)
    require(policies.may_read_raters(one), of_others)
    try:
        choose_raters.remove(_rater(found, rater_id), by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Taken off the list."))
    return redirect("assessments:raters", slug, review_id)


@require_POST
def link(request: HttpRequest, slug: str, review_id: int, rater_id: int) -> HttpResponse:
    """A personal link for someone without e-mail, shown once."""
    found, one = reached(request, review_id)
    require(policies.may_issue_links(one), lambda: _("Who runs the cohort hands out personal links."))
    rater = _rater(found, rater_id)
    try:
        token = choose_raters.issue_link(rater, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("assessments:raters", slug, review_id)
    address = request.build_absolute_uri(reverse("assessments:feedback_link", args=[slug, token]))
    form = RaterForm(from_outside=choose_raters.outside_is_allowed())
    return _show(request, found, one, form, issued={"name": rater.said_name, "address": address})


@require_POST
def mail_link(request: HttpRequest, slug: str, review_id: int, rater_id: int) -> HttpResponse:
    """A new personal link by mail."""
    found, one = reached(request, review_id)
    require(policies.may_issue_links(one), lambda: _("Who runs the cohort hands out personal links."))
    try:
        choose_raters.mail_link(_rater(found, rater_id), by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Unless they have answered, a new link is on its way by mail; an earlier one no longer counts."))
    return redirect("assessments:raters", slug, review_id)


@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The results; a post releases them to the trainee."""
    found, one = reached(request, review_id)
    released = is_released(found)
    may_release = policies.may_release_results(one)
    if request.method == "POST":
        require(may_release, lambda: _("The mentor or the HR director releases results."))
        try:
            release(found, by=request.member)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Released: %(name)s is told.") % {"name": found.enrollment.trainee.name})
        return redirect("assessments:results", slug, review_id)
    require(one.is_trainee or one.is_mentor or one.is_director or one.is_panelist, of_others)
    may_read = policies.may_read_results(one, found, is_released=released)
    context = {
        "review": found,
        "one": one,
        "results": results_of(found) if may_read else None,
        "comments": comments_of(found) if may_read and policies.may_read_comments(one, is_released=released) else None,
        "may_read": may_read,
        "is_released": released,
        "may_release": may_release and not released and found.cycle.state != CycleState.OPEN,
    }
    return render(request, "assessments/results.html", context)


def _propose(request: HttpRequest, found: CertificationReview, chosen: dict) -> Rater:
    if chosen["member"]:
        return choose_raters.propose(found, chosen["member"], chosen["group"], by=request.member)
    return choose_raters.propose_from_outside(found, chosen["name"], chosen["email"], chosen["group"], by=request.member)


def _rater(review: CertificationReview, rater_id: int) -> Rater:
    return get_object_or_404(Rater.objects.select_related("review", "member"), pk=rater_id, review=review)


def _show(request: HttpRequest, found: CertificationReview, one: Standing, form: RaterForm, issued: dict | None = None) -> HttpResponse:
    is_open = found.cycle.state == CycleState.OPEN
    context = {
        "review": found,
        "form": form,
        "issued": issued,
        "shown": rater_list(found),
        "may_propose": is_open and policies.may_propose_raters(one),
        "may_approve": is_open and policies.may_approve_raters(one),
        "may_link": is_open and policies.may_issue_links(one),
        "is_open": is_open,
    }
    return render(request, "assessments/raters.html", context, status=422 if form.errors else 200)
