"""One cohort: figures, trainees, who signs, who runs it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import clock
from organizations.models import Member
from organizations.policies import require
from organizations.vocabulary import OrganizationRole
from programs.actions.name_deputies import name_deputies
from programs.actions.open_cohort import change_cohort
from programs.forms.cohort import CohortPeopleForm, DeputiesForm
from programs.models import Cohort
from programs.policies.reading import may_name_deputies
from programs.policies.running import may_open_cohorts, may_run_cohort
from programs.queries.cohort_page import Filters, cohort_for, figures, standings, trainee_rows
from programs.queries.directory import everybody
from programs.queries.route_gaps import cohort_gaps


@require_safe
def page(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Figures for all who see the cohort, the trainees for those who run it."""
    cohort, today = cohort_or_404(request, cohort_id), timezone.localdate()
    found = standings(cohort, today)
    filters = Filters.read(request.GET.get("q", ""), request.GET.get("matter", ""))
    runs = may_run_cohort(request.member, cohort)
    context = {
        "cohort": cohort,
        "figures": figures(found),
        "runs": runs,
        "filters": filters,
        "trainees": trainee_rows(found, filters, request.GET.get("page", "1"), clock.now()) if runs and found else None,
        "may_change": may_name_deputies(request.member, cohort),
        "days_to_start": (cohort.start_on - today).days,
        "week": (today - cohort.start_on).days // 7 + 1,
    }
    return render(request, "programs/cohort.html", context)


@require_safe
def signers(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Which steps and checks nobody can take, and for whom; the cohort's page loads it late."""
    cohort = running_or_403(request, cohort_id)
    template = "programs/_route_gaps.html" if request.htmx else "programs/cohort_signers.html"
    answer = render(request, template, {"cohort": cohort, "gaps": cohort_gaps(cohort)})
    answer["Vary"] = "HX-Request"
    return answer


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Name, manager and sponsor, for the HR director; deputies for the manager too."""
    cohort = cohort_or_404(request, cohort_id)
    if not may_name_deputies(request.member, cohort):
        require(False, OrganizationRole.HR_DIRECTOR)
    if request.method == "POST" and not may_open_cohorts(request.member):
        require(False, OrganizationRole.HR_DIRECTOR)
    directory = everybody()
    before = {"name": cohort.name, "manager": cohort.manager_id, "sponsor": cohort.sponsor_id}
    form = CohortPeopleForm(request.POST or None, directory=directory, initial=before)
    if request.method == "POST" and form.is_valid():
        people = Member.objects.in_bulk([pk for pk in (form.cleaned_data["manager"], form.cleaned_data["sponsor"]) if pk])
        manager, sponsor = people.get(form.cleaned_data["manager"]), people.get(form.cleaned_data["sponsor"])
        try:
            change_cohort(cohort, manager=manager, sponsor=sponsor, name=form.cleaned_data["name"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programs:cohort", slug, cohort.pk)
    return _settings_page(request, cohort, directory, form, _deputies_form(cohort, directory), 422 if form.errors else 200)


@require_POST
def deputies(request: HttpRequest, slug: str, cohort_id: int) -> HttpResponse:
    """Who stands in for the manager."""
    cohort = cohort_or_404(request, cohort_id)
    if not may_name_deputies(request.member, cohort):
        require(False, OrganizationRole.HR_DIRECTOR)
    directory = everybody()
    form = _deputies_form(cohort, directory, request.POST)
    if form.is_valid():
        try:
            name_deputies(cohort, list(Member.objects.filter(pk__in=form.cleaned_data["deputies"])), by=request.member)
        except ValidationError as refusal:
            form.add_error("deputies", refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programs:cohort", slug, cohort.pk)
    before = {"name": cohort.name, "manager": cohort.manager_id, "sponsor": cohort.sponsor_id}
    return _settings_page(request, cohort, directory, CohortPeopleForm(directory=directory, initial=before), form, 422)


def cohort_or_404(request: HttpRequest, pk: int) -> Cohort:
    """A cohort that this person sees; a foreign one and a missing one are the same."""
    cohort = cohort_for(request.member, pk)
    if cohort is None:
        raise Http404
    return cohort


def running_or_403(request: HttpRequest, pk: int) -> Cohort:
    """A cohort that this person runs; its sponsor is told who does."""
    cohort = cohort_or_404(request, pk)
    if not may_run_cohort(request.member, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager do this."))
    return cohort


def _deputies_form(cohort: Cohort, directory, data=None) -> DeputiesForm:
    return DeputiesForm(data, directory=directory, initial={"deputies": [deputy.member_id for deputy in cohort.deputies.all()]})


def _settings_page(request, cohort, directory, form, deputies_form, status: int) -> HttpResponse:
    context = {
        "cohort": cohort,
        "directory": directory,
        "form": form,
        "deputies_form": deputies_form,
        "may_change": may_open_cohorts(request.member),
    }
    return render(request, "programs/cohort_settings.html", context, status=status)
