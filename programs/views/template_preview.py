"""A task of a template as its trainees will see it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.forms.deliverable import deliverable_form
from programs.queries.task_preview import task_preview
from programs.views.template_access import readers_only
from programs.views.template_builder import number_of


@require_safe
@readers_only
def page(request, slug, pk, key):
    """The page of the task, filled in by nobody; nothing on it can be sent."""
    number = number_of(request.GET.get("version"))
    preview = task_preview(pk, key, number, request.readable)
    if preview is None:
        raise Http404
    forms = [(one, deliverable_form(one.part, currency=request.organization.currency)) for one in preview.deliverables]
    return render(request, "programs/template_preview.html", {"preview": preview, "forms": forms})
