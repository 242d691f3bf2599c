"""All cohorts one sees, and opening a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations.models import Member
from organizations.policies import require
from organizations.vocabulary import OrganizationRole
from programs.actions.open_cohort import open_cohort
from programs.forms.cohort import NewCohortForm
from programs.policies.running import may_open_cohorts
from programs.queries.cohort_list import PER_PAGE, cohort_rows, row
from programs.queries.directory import everybody


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The cohorts that this person runs, sponsors or, as HR director, all of them."""
    may_open = may_open_cohorts(request.member)
    cohorts = Paginator(cohort_rows(request.member, timezone.localdate()), PER_PAGE).get_page(request.GET.get("page"))
    cohorts.object_list = [row(cohort) for cohort in cohorts.object_list]
    require(may_open or bool(cohorts.object_list), OrganizationRole.HR_DIRECTOR)
    return render(request, "programs/cohorts.html", {"cohorts": cohorts, "may_open": may_open})


@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, slug: str) -> HttpResponse:
    """A new cohort on a published version."""
    require(may_open_cohorts(request.member), OrganizationRole.HR_DIRECTOR)
    directory = everybody()
    first = {"calendar": request.organization.calendar, "version": request.GET.get("version")}
    form = NewCohortForm(request.POST or None, directory=directory, initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        people = Member.objects.in_bulk([pk for pk in (chosen["manager"], chosen["sponsor"]) if pk])
        chosen |= {"manager": people.get(chosen["manager"]), "sponsor": people.get(chosen["sponsor"])}
        try:
            cohort = open_cohort(chosen.pop("version"), **chosen, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(name)s is open. Now enroll the trainees.") % {"name": cohort.name})
            return redirect("programs:enroll", slug, cohort.pk)
    context = {"form": form, "directory": directory, "has_versions": form.fields["version"].queryset.exists()}
    return render(request, "programs/cohort_new.html", context, status=422 if form.errors else 200)
