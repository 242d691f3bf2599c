"""The list of reviews, the cycles of a cohort, the successor pool."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions import close_cycle, open_cycle
from assessments.forms.cycle import CloseDayForm, CycleForm
from assessments.models import ReviewCycle
from assessments.queries.cycle_page import cycle_for, cycle_page
from assessments.queries.reviews_page import cohorts_run_by, reviews_page
from assessments.queries.successors import successors
from assessments.views.access import require as require_part
from assessments.vocabulary import CycleLength
from organizations.policies import require
from organizations.vocabulary import OrganizationRole

DAYS_FOR_ANSWERS = 28


@require_safe
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Reviews that the reader has a part in, and the cycles they run."""
    return render(request, "assessments/reviews.html", {"shown": reviews_page(request.member)})


@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a cycle for one of the cohorts one runs."""
    cohorts = cohorts_run_by(request.member).order_by("-start_on", "name")
    require_part(cohorts.exists(), lambda: _("Only the HR director and cohort managers open review cycles."))
    today = timezone.localdate()
    chosen = cohorts.filter(pk=request.GET["cohort"]).first() if request.GET.get("cohort", "").isdecimal() else None
    chosen = chosen or cohorts.first()
    initial = {
        "cohort": chosen,
        "number": open_cycle.next_number(chosen),
        "length": CycleLength.HALF_YEAR,
        "opens_on": today,
        "closes_on": today + timedelta(days=DAYS_FOR_ANSWERS),
    }
    form = CycleForm(request.POST or None, cohorts=cohorts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = open_cycle.open_cycle(**form.cleaned_data, by=request.member, today=today)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The cycle is open; every trainee is told what to do."))
            return redirect("assessments:cycle", slug, cycle.pk)
    return render(request, "assessments/open_cycle.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cycle(request: HttpRequest, slug: str, cycle_id: int) -> HttpResponse:
    """One cycle: how far each review is; a post gives those who answer until another day."""
    found = _cycle(request, cycle_id)
    form = CloseDayForm(request.POST or None, initial={"closes_on": found.closes_on})
    if request.method == "POST" and form.is_valid():
        try:
            close_cycle.move_close(found, form.cleaned_data["closes_on"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The last day for answers has moved."))
            return redirect("assessments:cycle", slug, cycle_id)
    context = {
        "shown": cycle_page(found),
        "cycle": found,
        "form": form,
        "is_director": request.member.has_role(OrganizationRole.HR_DIRECTOR),
    }
    return render(request, "assessments/cycle.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, slug: str, cycle_id: int) -> HttpResponse:
    """Close it for answers, before its last day if need be."""
    return _end(request, slug, cycle_id, close_cycle.close, _("Closed: results are computed, and nobody can be told from them."))


@require_POST
def finish(request: HttpRequest, slug: str, cycle_id: int) -> HttpResponse:
    """End it, so that the next can open."""
    return _end(request, slug, cycle_id, close_cycle.finish, _("This cycle is finished."))


@require_safe
def pool(request: HttpRequest, slug: str) -> HttpResponse:
    """The successor pool."""
    require(request.member.has_role(OrganizationRole.HR_DIRECTOR), OrganizationRole.HR_DIRECTOR)
    return render(request, "assessments/successors.html", {"directions": successors()})


def _end(request: HttpRequest, slug: str, cycle_id: int, action, words: str) -> HttpResponse:
    try:
        action(_cycle(request, cycle_id), by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, words)
    return redirect("assessments:cycle", slug, cycle_id)


def _cycle(request: HttpRequest, cycle_id: int) -> ReviewCycle:
    found = cycle_for(request.member, cycle_id)
    if found is None:
        raise Http404
    return found
