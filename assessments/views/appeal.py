"""Hear an appeal: the HR director asks reviewers who did not vote, they speak, the HR director answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions import hear_appeal
from assessments.forms.decision import AdviceForm, AppealAnswerForm, DecisionForm
from assessments.forms.panel import ReviewersForm
from assessments.models import CertificationReview, Panelist
from assessments.policies import reviews as policies
from assessments.queries.decision_page import DecisionPage, appeal_panel, decision_page
from assessments.queries.file_words import file_words
from assessments.queries.standing import Standing
from assessments.views.access import of_others, reached, require
from organizations.models import Member
from organizations.vocabulary import OrganizationRole


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The appeal with file and decision; a post names reviewers, gives one's view or answers, by its `step`."""
    found, one = reached(request, review_id)
    require(policies.may_read_appeal(one), of_others)
    shown = decision_page(found, request.member)
    if shown.appeal is None:
        raise Http404
    forms = _forms(found, one, shown)
    if request.method == "POST":
        step = request.POST.get("step", "")
        require(step in forms or (step == "answer" and "answer" in forms), of_others)
        done = {"panel": _name, "advice": _advise, "answer": _answer}[step](request, shown, forms)
        if done:
            messages.success(request, done)
            return redirect("assessments:appeal", slug, review_id)
    wrong = any(form.errors for form in forms.values())
    context = {
        "review": found,
        "one": one,
        "shown": shown,
        "asked": appeal_panel(shown.appeal),
        "forms": forms,
        "file": file_words(found.file, found.enrollment.cohort.version_id) if not one.is_trainee else None,
    }
    return render(request, "assessments/appeal.html", context, status=422 if wrong else 200)


def _forms(found: CertificationReview, one: Standing, shown: DecisionPage) -> dict:
    """The forms that this reader has now, by step."""
    if shown.answer:
        return {}
    forms = {}
    asked = appeal_panel(shown.appeal)
    if policies.may_answer_appeal(one):
        barred = Panelist.objects.filter(review=found).values("member_id")
        reviewers = Member.objects.with_role(OrganizationRole.REVIEWER).exclude(pk__in=barred).exclude(pk=found.enrollment.trainee_id)
        reviewers = reviewers.order_by("sort_name", "pk")
        forms["panel"] = ReviewersForm(reviewers=reviewers, initial={"members": [each.member_id for each in asked]})
        if asked and all(each.granted is not None for each in asked):
            forms["answer"] = AppealAnswerForm()
            forms["decision"] = DecisionForm(
                prefix="decision", initial={f"score_{key}": str(level) for key, level in shown.decision.scores.items()}
            )
    if any(each.member_id == one.member_id and each.granted is None for each in asked):
        forms["advice"] = AdviceForm()
    return forms


def _name(request: HttpRequest, shown: DecisionPage, forms: dict) -> str:
    form = forms["panel"] = ReviewersForm(request.POST, reviewers=forms["panel"].fields["members"].queryset)
    if not form.is_valid():
        return ""
    return _tried(form, lambda: hear_appeal.name_appeal_panel(shown.appeal, list(form.cleaned_data["members"]), by=request.member),
                  _("They are asked."))  # fmt: skip


def _advise(request: HttpRequest, shown: DecisionPage, forms: dict) -> str:
    form = forms["advice"] = AdviceForm(request.POST)
    if not form.is_valid():
        return ""
    granted, reasons = form.cleaned_data["granted"] == "yes", form.cleaned_data["reasons"]
    return _tried(form, lambda: hear_appeal.advise(shown.appeal, granted, reasons, by=request.member), _("Your view is kept."))


def _answer(request: HttpRequest, shown: DecisionPage, forms: dict) -> str:
    form, decision = AppealAnswerForm(request.POST), DecisionForm(request.POST, prefix="decision")
    forms["answer"] = form
    if not form.is_valid():
        forms["decision"] = decision
        return ""
    granted = form.cleaned_data["granted"] == "yes"
    if granted:
        forms["decision"] = decision
        if not decision.is_valid():
            return ""
    proposal = decision.proposal if granted else None
    try:
        hear_appeal.answer(shown.appeal, granted, form.cleaned_data["reasons"], proposal, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        (decision if granted and hasattr(refusal, "error_dict") else form).refuse(refusal)
        return ""
    return _("The appeal is answered.")


def _tried(form, action, words: str) -> str:
    try:
        action()
    except ValidationError as refusal:
        form.refuse(refusal)
        return ""
    return words
