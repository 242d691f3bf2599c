"""One trainee's way: for who runs the cohort, supports the trainee, or directs HR."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import clock
from organizations.models import Member
from organizations.policies import require
from organizations.vocabulary import OrganizationRole
from programs.actions.change_relations import change_relation
from programs.actions.move_date import move_date
from programs.actions.waive_task import waive
from programs.forms.move_date import MoveDateForm
from programs.forms.relations import RelationsForm
from programs.forms.waive import WaiveForm
from programs.models import Enrollment, TaskWork
from programs.policies.running import may_run_cohort, may_waive
from programs.queries.directory import everybody
from programs.queries.enrollment_page import enrollment_for, enrollment_page, holders_of
from programs.queries.journey import journey, phase_list


@require_safe
def page(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """The journey, every task with its dates, who supports the trainee."""
    enrollment, today = _enrollment(request, cohort_id, enrollment_id), timezone.localdate()
    shown = enrollment_page(enrollment, today, clock.now())
    context = {
        "shown": shown,
        "enrollment": enrollment,
        "cohort": enrollment.cohort,
        "lattice": journey(shown.program, today, lambda pk: reverse("programs:task", args=[slug, pk])),
        "phases": phase_list(shown.program),
        "runs": may_run_cohort(request.member, enrollment.cohort),
        "may_waive": may_waive(request.member),
    }
    return render(request, "programs/enrollment.html", context)


@require_http_methods(["GET", "POST"])
def relations(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int) -> HttpResponse:
    """Name who supports the trainee; what waits goes to those now entitled."""
    enrollment = _running(request, cohort_id, enrollment_id)
    directory = everybody()
    form = RelationsForm(request.POST or None, directory=directory, holders=holders_of(enrollment))
    if request.method == "POST" and form.is_valid():
        people = Member.objects.in_bulk({pk for ids in form.chosen.values() for pk in ids})
        role = ""
        try:
            with transaction.atomic():
                for role, ids in form.chosen.items():
                    members = [people[pk] for pk in ids]
                    change_relation(enrollment, role, members, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(role, refusal)
        else:
            messages.success(request, _("Saved. What waits for a signature goes to those named now."))
            return redirect("programs:enrollment", slug, cohort_id, enrollment_id)
    context = {"enrollment": enrollment, "cohort": enrollment.cohort, "form": form, "directory": directory}
    return render(request, "programs/change_relations.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def waive_task(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int, work_id: int) -> HttpResponse:
    """Let the trainee off a task."""
    enrollment = _enrollment(request, cohort_id, enrollment_id)
    require(may_waive(request.member), OrganizationRole.HR_DIRECTOR)
    work = _work(enrollment, work_id)
    form = WaiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waive(work, form.cleaned_data["reason"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(task)s is waived.") % {"task": work.task})
            return redirect("programs:enrollment", slug, cohort_id, enrollment_id)
    return _task_form(request, enrollment, work, form, "programs/waive_task.html")


@require_http_methods(["GET", "POST"])
def move_task(request: HttpRequest, slug: str, cohort_id: int, enrollment_id: int, work_id: int) -> HttpResponse:
    """Give a task another due date."""
    enrollment = _running(request, cohort_id, enrollment_id)
    work = _work(enrollment, work_id)
    form = MoveDateForm(request.POST or None, initial={"due_on": work.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            move_date(work, form.cleaned_data["due_on"], form.cleaned_data["reason"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The date of %(task)s has moved; the trainee is told.") % {"task": work.task})
            return redirect("programs:enrollment", slug, cohort_id, enrollment_id)
    return _task_form(request, enrollment, work, form, "programs/move_date.html")


def _enrollment(request: HttpRequest, cohort_id: int, pk: int) -> Enrollment:
    enrollment = enrollment_for(request.member, cohort_id, pk)
    if enrollment is None:
        raise Http404
    return enrollment


def _running(request: HttpRequest, cohort_id: int, pk: int) -> Enrollment:
    enrollment = _enrollment(request, cohort_id, pk)
    if not may_run_cohort(request.member, enrollment.cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager do this."))
    return enrollment


def _work(enrollment: Enrollment, pk: int) -> TaskWork:
    return get_object_or_404(TaskWork.objects.select_related("task"), pk=pk, enrollment=enrollment)


def _task_form(request: HttpRequest, enrollment: Enrollment, work: TaskWork, form, template: str) -> HttpResponse:
    context = {"enrollment": enrollment, "cohort": enrollment.cohort, "work": work, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
