"""All templates of the organization, and copying the built-in one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from i18nfield.strings import LazyI18nString

from programs.actions.copy_template import copy_template
from programs.builtin_reader import read_builtin
from programs.forms.template_elements import NewPartForm
from programs.forms.template_part import as_initial
from programs.queries.template_list import template_list
from programs.views.template_access import designers_only


@require_safe
@designers_only
def page(request, slug):
    """Templates with their versions and the cohorts on each."""
    return _page(request, NewPartForm(initial=as_initial("name", read_builtin().name)))


@require_POST
@designers_only
def copy(request, slug):
    """A copy of the built-in program, ready to be edited."""
    form = NewPartForm(request.POST)
    if form.is_valid():
        try:
            version = copy_template(LazyI18nString(form.name()), by=request.member)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Copied. This draft is yours to change."))
            return redirect("programs:template", slug, version.template_id)
    return _page(request, form)


def _page(request, form):
    context = {"templates": template_list(), "form": form, "builtin": read_builtin()}
    return render(request, "programs/template_list.html", context, status=422 if form.errors else 200)
