"""The template builder: outline, the editor of one part, and the publish panel."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from programs.forms.template_rows import asks_for_rows
from programs.queries.template_builder import TemplateBuilder, template_builder
from programs.queries.template_conflict import template_conflict
from programs.views.template_access import readers_only
from programs.views.template_editor import Editor, editor, save

CONFLICTS = {"stale", "is_final", "part_gone"}


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def page(request, slug, pk):
    """Read one version, edit one of its parts."""
    builder = template_builder(pk, number_of(request.GET.get("version")), request.readable)
    element = request.GET.get("element", "")
    if request.method != "POST":
        return _answer(request, builder, editor(builder, element))
    pane = editor(builder, element, request.POST)
    if pane.form is None:
        raise Http404
    if asks_for_rows(request.POST):
        return _answer(request, builder, pane)
    if not pane.form.is_valid():
        return _answer(request, builder, pane, status=422)
    try:
        return redirect(address(slug, builder, save(builder, pane, by=request.member)))
    except ValidationError as refusal:
        if not hasattr(refusal, "error_dict") and refusal.code in CONFLICTS:
            return _conflict(request, builder, element, refusal)
        pane.form.refuse(refusal)
        return _answer(request, builder, pane, status=422)


def address(slug: str, builder: TemplateBuilder, element: str) -> str:
    """Where an element of this version is shown."""
    query = urlencode({"version": builder.version.number, "element": element})
    return f"{reverse('programs:template', args=[slug, builder.template.pk])}?{query}"


def _conflict(request, builder: TemplateBuilder, element: str, refusal: ValidationError):
    """What was typed beside what is there now; sending it again keeps what was typed."""
    typed = editor(builder, element, request.POST)
    typed.form.is_valid()
    conflict = template_conflict(builder, typed.part, typed.form, refusal)
    again = request.POST.copy()
    again["revision"] = builder.version.revision
    if "seen" in typed.form.fields:
        again["seen"] = typed.form.initial["seen"]
    return _answer(request, builder, editor(builder, element, again), conflict=conflict, status=409)


def _answer(request, builder: TemplateBuilder, pane: Editor, *, conflict=None, status: int = 200):
    context = {"builder": builder, "editor": pane, "conflict": conflict, "here": address(request.organization.slug, builder, pane.element)}
    # htmx takes the panes out of the whole page: title and all stay true, and without script it is the same page.
    return render(request, "programs/template_builder.html", context, status=status)


def number_of(value: str | None) -> int | None:
    """The number of a version in an address.

    Raises:
        Http404: it is none.
    """
    if value in (None, ""):
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        raise Http404
    return int(value)
