"""Changes to a template that are one press: name it, publish it, start its next draft, move and remove parts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.actions.edit_template import rename_template
from programs.actions.publish_version import publish_version
from programs.actions.reshape_template import move_task, remove_part
from programs.actions.start_draft import start_draft
from programs.forms.template_changes import ChangeForm, MoveForm
from programs.forms.template_elements import NewPartForm
from programs.models import ProgramTemplate, TemplateVersion
from programs.views.template_access import designers_only


@require_POST
@designers_only
def rename(request, slug, pk):
    """Give the template another name."""
    template = get_object_or_404(ProgramTemplate, pk=pk)
    form = NewPartForm(request.POST)
    if form.is_valid():
        _try(request, lambda: rename_template(template, form.name(), by=request.member))
    return redirect("programs:templates", slug)


@require_POST
@designers_only
def publish(request, slug, pk):
    """Make the draft final."""
    version, form = _asked(request, pk)
    if _try(request, lambda: publish_version(version, by=request.member, revision=form.cleaned_data["revision"])):
        messages.success(request, _("Version %(number)s is published. New cohorts can start from it.") % {"number": version.number})
    return _back(slug, version, form.cleaned_data["element"])


@require_POST
@designers_only
def draft(request, slug, pk):
    """Begin the next draft, or go on with the one there is."""
    version, form = _asked(request, pk)
    started = _try(request, lambda: start_draft(version, by=request.member))
    return redirect("programs:template", slug, pk) if not started else _back(slug, started, form.cleaned_data["element"])


@require_POST
@designers_only
def move(request, slug, pk, key):
    """Move a task up, down or into another module."""
    version, form = _asked(request, pk, MoveForm)
    cleaned = form.cleaned_data
    _try(request, lambda: move_task(version, key, cleaned["to"], by=request.member, revision=cleaned["revision"]))
    return _back(slug, version, f"task:{key}")


@require_POST
@designers_only
def remove(request, slug, pk, kind, key):
    """Take a task, a deliverable or a check out."""
    if kind not in ("task", "deliverable", "check"):
        raise Http404
    version, form = _asked(request, pk)
    revision = form.cleaned_data["revision"]
    if _try(request, lambda: remove_part(version, kind, key, by=request.member, revision=revision) or True):
        messages.success(request, _("%(key)s is removed from this draft.") % {"key": key})
        return _back(slug, version, form.cleaned_data["element"])
    return _back(slug, version, f"remove-{kind}:{key}")


def _asked(request, pk, form_class=ChangeForm):
    """The version that the press is about, and what came with it."""
    form = form_class(request.POST)
    if not form.is_valid():
        raise Http404
    version = get_object_or_404(TemplateVersion.objects.select_related("template"), template=pk, number=form.cleaned_data["version"])
    return version, form


def _try(request, act):
    """Do it; a refusal is said on the next page."""
    try:
        return act() or True
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return None


def _back(slug: str, version: TemplateVersion, element: str):
    query = urlencode({"version": version.number, "element": element})
    return redirect(f"{reverse('programs:template', args=[slug, version.template_id])}?{query}")
