"""Milestones, measures with their figures, and risks: the pages on which the trainee keeps them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.actions import change_plan
from projects.forms.plan import MeasureForm, MilestoneForm, RiskForm, ValueForm
from projects.models import Measure, PracticeProject
from projects.views.project import led_or_403


@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, slug: str, pk: int, milestone_id: int | None = None) -> HttpResponse:
    """A milestone, or a new one."""
    project = led_or_403(request, pk)
    row = get_object_or_404(project.milestones, pk=milestone_id) if milestone_id else None
    form = MilestoneForm(request.POST if request.method == "POST" else None, instance=row, project=project)
    return _edit(request, project, form, change_plan.save_milestone, row, "projects/milestone.html")


@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, slug: str, pk: int, risk_id: int | None = None) -> HttpResponse:
    """A risk, or a new one."""
    project = led_or_403(request, pk)
    row = get_object_or_404(project.risks.select_related("owner"), pk=risk_id) if risk_id else None
    form = RiskForm(request.POST if request.method == "POST" else None, instance=row)
    return _edit(request, project, form, change_plan.save_risk, row, "projects/risk.html")


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, slug: str, pk: int, measure_id: int | None = None) -> HttpResponse:
    """A measure with its figures, or a new one."""
    project = led_or_403(request, pk)
    row = get_object_or_404(project.measures, pk=measure_id) if measure_id else None
    form = MeasureForm(request.POST if request.method == "POST" else None, instance=row)
    more = {"value_form": ValueForm(initial={"on": timezone.localdate()})} if row else {}
    return _edit(request, project, form, change_plan.save_measure, row, "projects/measure.html", **more)


@require_POST
def value(request: HttpRequest, slug: str, pk: int, measure_id: int) -> HttpResponse:
    """One more figure."""
    project = led_or_403(request, pk)
    row = get_object_or_404(project.measures, pk=measure_id)
    form = ValueForm(request.POST)
    if form.is_valid():
        try:
            change_plan.record_value(row, **form.cleaned_data, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The figure is written down."))
            return redirect("projects:measure", slug, pk, measure_id)
    return _page(request, project, MeasureForm(instance=row), row, "projects/measure.html", 422, value_form=form)


def _edit(request: HttpRequest, project: PracticeProject, form, save, row, template: str, **more: Any) -> HttpResponse:
    if form.is_valid():
        try:
            save(project, row, form.facts(), by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("projects:project", request.organization.slug, project.pk)
    return _page(request, project, form, row, template, 422 if form.errors else 200, **more)


def _page(request: HttpRequest, project: PracticeProject, form, row, template: str, status: int, **more: Any) -> HttpResponse:
    values = list(row.values.select_related("by").order_by("-on", "-pk")) if isinstance(row, Measure) else []
    return render(request, template, {"project": project, "form": form, "row": row, "values": values} | more, status=status)
