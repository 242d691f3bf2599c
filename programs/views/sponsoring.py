"""The sponsor's page: accepting cohorts by name, checking in, how many are where."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.actions.accept_sponsorship import accept_sponsorship
from programs.actions.decide_budget import decide
from programs.actions.record_check_in import record_check_in
from programs.forms.conditions import BudgetDecisionForm
from programs.forms.sponsoring import AcceptanceForm, CheckInForm
from programs.models import BudgetRequest, Cohort
from programs.queries.sponsoring import sponsored


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Every cohort this person sponsors, with the next act."""
    return _answer(request)


@require_POST
def accept(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Accept a cohort by name."""
    cohort = get_object_or_404(Cohort, pk=cohort_id, sponsor=request.member)
    form = AcceptanceForm(request.POST, prefix=_prefix("accept", cohort.pk))
    if form.is_valid():
        try:
            accept_sponsorship(cohort, form.cleaned_data["words"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("You have accepted %(name)s.") % {"name": cohort.name})
            return redirect("programs:sponsoring", slug)
    return _answer(request, {("accept", cohort.pk): form}, 422)


@require_POST
def check_in(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Write down a check-in."""
    cohort = get_object_or_404(Cohort, pk=cohort_id, sponsor=request.member)
    form = CheckInForm(request.POST, prefix=_prefix("check-in", cohort.pk))
    if form.is_valid():
        given, today = form.cleaned_data, timezone.localdate()
        try:
            record_check_in(cohort, given["kind"], given["held_on"], given["words"], by=request.member, today=today)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The check-in is written down."))
            return redirect("programs:sponsoring", slug)
    return _answer(request, {("check-in", cohort.pk): form}, 422)


@require_POST
def decide_budget(request: HttpRequest, slug: str, cohort_id: int, request_id: int) -> HttpResponse:
    """Say how much of what was asked for is approved."""
    asked = get_object_or_404(BudgetRequest, pk=request_id, cohort=cohort_id, cohort__sponsor=request.member)
    form = BudgetDecisionForm(request.POST, prefix=_prefix("budget", cohort_id))
    if form.is_valid():
        try:
            decide(asked, form.cleaned_data["approved"], form.cleaned_data["note"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Decided, and who asked is told."))
            return redirect("programs:sponsoring", slug)
    return _answer(request, {("budget", cohort_id): form}, 422)


def _prefix(what: str, cohort: int) -> str:
    return f"{what}-{cohort}"


def _answer(request: HttpRequest, refused: dict | None = None, status: int = 200) -> HttpResponse:
    """The page, with a refused form in its place."""
    today, refused = timezone.localdate(), refused or {}
    rows = []
    for cohort in sponsored(request.member, today):
        accepting = refused.get(("accept", cohort.pk)) or AcceptanceForm(prefix=_prefix("accept", cohort.pk))
        kind = cohort.next.act if cohort.next.act in ("kick_off", "quarter", "results") else "quarter"
        first = {"kind": kind, "held_on": today}
        checking = refused.get(("check-in", cohort.pk)) or CheckInForm(prefix=_prefix("check-in", cohort.pk), initial=first)
        deciding = refused.get(("budget", cohort.pk)) or BudgetDecisionForm(prefix=_prefix("budget", cohort.pk))
        rows.append((cohort, accepting, checking, deciding))
    return render(request, "programs/sponsoring.html", {"rows": rows, "currency": request.organization.currency}, status=status)
