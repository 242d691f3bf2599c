"""One practice project: its page, its facts, its sponsor's answer, its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.actions import close_project, edit_project, name_sponsor
from projects.forms.project import EditForm, SponsorForm
from projects.models import PracticeProject
from projects.policies import may_answer_as_sponsor, may_close, may_lead
from projects.queries.closing import has_later_figures
from projects.queries.kinds import activities_of
from projects.queries.project_page import project_for, project_page
from projects.rules.risk_levels import LEVELS


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Where it stands, the next act, gates, plan, measures, risks, conditions, people and documents."""
    return draw(request, project_or_404(request, pk))


def draw(request: HttpRequest, project: PracticeProject, *, sponsor_form: SponsorForm | None = None, status: int = 200) -> HttpResponse:
    """The page, with what was just typed where it was refused."""
    shown = project_page(project, request.member, timezone.localdate())
    context = {
        "page": shown,
        "project": project,
        "sponsor_form": sponsor_form or SponsorForm(),
        "activities": activities_of(project.kind),
        "levels": LEVELS,
        "may_close": may_close(request.member, project, shown.relations),
    }
    return render(request, "projects/project.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Name, problem, sponsor, and who delivers later figures."""
    project = led_or_403(request, pk)
    later = has_later_figures(project)
    form = EditForm(request.POST if request.method == "POST" else None, instance=project, has_later_figures=later)
    if form.is_valid():
        facts = {"by": request.member, "today": timezone.localdate()}
        try:
            with transaction.atomic():
                edit_project.edit(project, form.facts(), **facts)
                if form.cleaned_data["sponsor"] is not None:
                    name_sponsor.name_sponsor(project, form.cleaned_data["sponsor"], **facts)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("projects:project", slug, pk)
    return render(request, "projects/edit_project.html", {"project": project, "form": form}, status=422 if form.errors else 200)


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sponsor accepts by name, or declines."""
    project = project_or_404(request, pk)
    if not may_answer_as_sponsor(request.member, project):
        raise PermissionDenied(_("Only the person who was asked to sponsor this project answers."))
    form, accepts = SponsorForm(request.POST), "accept" in request.POST
    if form.is_valid():
        try:
            name_sponsor.answer(project, accepts, note=form.cleaned_data["note"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("You sponsor this project now.") if accepts else _("Your answer is given; the trainee is told."))
            return redirect("projects:project" if accepts else "projects:projects", *([slug, pk] if accepts else [slug]))
    return draw(request, project, sponsor_form=form, status=422)


@require_POST
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a project that lacks nothing."""
    project = project_or_404(request, pk)
    try:
        close_project.close(project, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The project is closed, and the task with it. Well led."))
    return redirect("projects:project", slug, pk)


def project_or_404(request: HttpRequest, pk: int) -> PracticeProject:
    """A project that this person sees; a foreign one and a missing one are the same."""
    project = project_for(request.member, pk, timezone.localdate())
    if project is None:
        raise Http404
    return project


def led_or_403(request: HttpRequest, pk: int) -> PracticeProject:
    """A project that this person leads; others who see it are told who does."""
    project = project_or_404(request, pk)
    if not may_lead(request.member, project):
        raise PermissionDenied(_("Only %(name)s, who leads this project, changes it.") % {"name": project.enrollment.trainee.name})
    return project
