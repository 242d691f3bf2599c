"""A long job's page: how far it is; one may leave, come back, or stop it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import policies
from documents.actions import run_job
from documents.models import Job
from documents.queries.job_progress import job_progress


def _own(request: HttpRequest, pk: int) -> Job:
    job = get_object_or_404(Job, pk=pk)
    if not policies.may_see_job(request.member, job):
        raise Http404
    return job


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Progress of one's own job. htmx asks every two seconds for the fragment; without scripts the page loads itself again."""
    progress = job_progress(_own(request, pk))
    context = {"progress": progress, "poll_url": reverse("documents:job", args=[slug, pk]), "next_url": ""}
    if progress.path:
        context["next_url"] = f"/o/{slug}/{progress.path}"
    template = "documents/_job.html" if request.htmx else "documents/job.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Stop it after the part in hand."""
    try:
        run_job.cancel(_own(request, pk), by=request.member)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("Stopped. What was done until then stays."))
    return redirect("documents:job", slug, pk)
