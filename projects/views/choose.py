"""Choosing the kind of practice project: three kinds side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.models import TaskWork
from projects.actions import choose_project
from projects.forms.project import ChooseForm, KindForm
from projects.models import PracticeProject
from projects.queries.kinds import kinds_for
from projects.views.project import led_or_403
from projects.vocabulary import ProjectState


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The project of a task: its page where it was chosen, else the kinds, and for the trainee the form that begins it."""
    found = TaskWork.objects.visible_to(request.member).select_related("task", "enrollment__cohort", "enrollment__trainee")
    work = get_object_or_404(found.led_as_projects(), pk=pk)
    project = PracticeProject.objects.filter(work=work).order_by("ended_at", "-pk").last() if request.method == "GET" else None
    if project is not None and not (project.state == ProjectState.STOPPED and work.enrollment.trainee_id == request.member.pk):
        return redirect("projects:project", slug, project.pk)
    if work.enrollment.trainee_id != request.member.pk and request.method == "POST":
        raise PermissionDenied(_("Only the trainee chooses their project."))
    kinds = kinds_for(work.task.version_id)
    form = ChooseForm(request.POST if request.method == "POST" else None, kinds=[kind.kind for kind in kinds])
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("name", "problem", "sponsor")}
        try:
            project = choose_project.choose(work, form.chosen, **facts, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your project has begun. Its gates and dates are laid out."))
            return redirect("projects:project", slug, project.pk)
    context = {"work": work, "kinds": kinds, "form": form, "is_trainee": work.enrollment.trainee_id == request.member.pk}
    return render(request, "projects/choose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another kind, as long as nothing was handed in."""
    project = led_or_403(request, pk)
    kinds = kinds_for(project.kind.version_id)
    typed = request.POST if request.method == "POST" else None
    form = KindForm(typed, kinds=[kind.kind for kind in kinds], initial={"kind": project.kind.key})
    if form.is_valid():
        try:
            choose_project.change_kind(project, form.chosen, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The kind is changed; the milestones are laid out anew."))
            return redirect("projects:project", slug, pk)
    context = {"project": project, "work": project.work, "kinds": kinds, "form": form, "is_trainee": True}
    return render(request, "projects/choose.html", context, status=422 if form.errors else 200)
