"""Worksheets of the toolkit: begin one, read it, change its facts and rows, carry it into one's own draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from effectiveness.actions import keep_worksheet
from effectiveness.forms.worksheet import WIDE, kept_rows, rows_formset
from effectiveness.models.worksheet import Worksheet
from effectiveness.policies.planning import may_keep
from effectiveness.queries.draft_target import draft_target
from effectiveness.queries.influence_page import shared_entries
from effectiveness.queries.planning import boards, shelves
from effectiveness.queries.worksheet_rows import mark_of
from effectiveness.views.carrying import carry_page, planning_origin
from effectiveness.views.tools import TOOLS, Part, Tool
from programs.queries.my_tasks import current_enrollment


@require_safe
def planning(request: HttpRequest, slug: str) -> HttpResponse:
    """All tools, and the worksheets that one reads."""
    found = shelves(TOOLS, request.member)
    context = {"shelves": found, "enrollment": current_enrollment(request.member), "boards": boards(found, request.member)}
    return render(request, "effectiveness/planning.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str, tool: Tool) -> HttpResponse:
    """A new worksheet in one's own programme."""
    enrollment = current_enrollment(request.member)
    if enrollment is None:
        raise PermissionDenied(_("Worksheets belong to a program of one's own. Only trainees begin one."))
    form = tool.form(request.POST if request.method == "POST" else None, instance=tool.model(enrollment=enrollment))
    if form.is_valid():
        try:
            sheet = keep_worksheet.begin(tool.model, enrollment, form.facts(), by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"effectiveness:{tool.key}", slug, sheet.pk)
    context = {"tool": tool, "form": form, "sheet": None}
    return render(request, "effectiveness/worksheet_form.html", context, status=422 if form.errors else 200)


@require_safe
def page(request: HttpRequest, slug: str, pk: int, tool: Tool) -> HttpResponse:
    """A worksheet with what follows from it."""
    sheet = _readable(request, tool, pk)
    frame = _frame(request, tool, sheet)
    if tool.private and not frame["mine"]:
        return render(request, "effectiveness/influence_shared.html", frame | {"entries": shared_entries(sheet)})
    return render(request, f"effectiveness/{tool.key}.html", frame | {"shown": tool.show(sheet)})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int, tool: Tool) -> HttpResponse:
    """Its facts."""
    sheet = _own(request, tool, pk)
    form = tool.form(request.POST if request.method == "POST" else None, instance=sheet)
    if form.is_valid():
        keep_worksheet.change(sheet, form.facts(), by=request.member)
        messages.success(request, _("Saved."))
        return redirect(f"effectiveness:{tool.key}", slug, pk)
    context = _frame(request, tool, sheet) | {"form": form}
    return render(request, "effectiveness/worksheet_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, slug: str, pk: int, tool: Tool, part: Part) -> HttpResponse:
    """The rows of one part. An empty row is left out."""
    sheet = _own(request, tool, pk)
    standing = list(getattr(sheet, part.key).all())
    formset = rows_formset(part.form, sheet, standing, request.POST if request.method == "POST" else None)
    wrong, stale = "", False
    if request.method == "POST" and formset.is_valid():
        try:
            keep_worksheet.keep_rows(sheet, part.key, kept_rows(formset), request.POST.get("mark", ""), by=request.member)
        except ValidationError as refusal:
            wrong, stale = " ".join(refusal.messages), refusal.code == "stale"
        else:
            messages.success(request, _("Saved."))
            return redirect(f"effectiveness:{tool.key}", slug, pk)
    status = 422 if wrong or (formset.is_bound and not formset.is_valid()) else 200
    context = _frame(request, tool, sheet) | {
        "part": part,
        "formset": formset,
        "mark": mark_of(standing),
        "wrong": wrong,
        "standing": standing if stale else [],
        "is_wide": len(formset.empty_form.visible_fields()) > WIDE,
    }
    return render(request, "effectiveness/worksheet_rows.html", context, status=status)


@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, slug: str, pk: int, tool: Tool) -> HttpResponse:
    """Into one's own draft of the deliverable that it is the worksheet of."""
    sheet = _own(request, tool, pk)
    origin = planning_origin(request, sheet.title, reverse(f"effectiveness:{tool.key}", args=[slug, pk]))
    target = draft_target(request.member, tool.deliverable, sheet.enrollment)
    return carry_page(request, origin, tool.deliverable, target, tool.answers(sheet) if target else {})


def _frame(request: HttpRequest, tool: Tool, sheet: Worksheet) -> dict:
    return {"tool": tool, "sheet": sheet, "mine": may_keep(request.member, sheet), "currency": request.organization.currency}


def _readable(request: HttpRequest, tool: Tool, pk: int) -> Worksheet:
    return get_object_or_404(tool.model.objects.visible_to(request.member).select_related("enrollment__trainee"), pk=pk)


def _own(request: HttpRequest, tool: Tool, pk: int) -> Worksheet:
    """A worksheet that this person keeps; others who read it are told who does."""
    sheet = _readable(request, tool, pk)
    if not may_keep(request.member, sheet):
        raise PermissionDenied(_("Only %(name)s, whose worksheet this is, changes it.") % {"name": sheet.enrollment.trainee.name})
    return sheet
