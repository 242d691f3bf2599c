"""Worksheets of the toolkit: begin one, read it, change its facts and rows, carry it into one's own draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from effectiveness.actions import keep_worksheet
from effectiveness.actions.carry_worksheet import carry as carry_on
from effectiveness.forms.worksheet import WIDE, kept_rows, rows_formset
from effectiveness.models.worksheet import Worksheet
from effectiveness.policies.planning import may_keep
from effectiveness.queries.draft_target import draft_target
from effectiveness.queries.planning import shelves
from effectiveness.queries.worksheet_rows import mark_of
from effectiveness.views.tools import TOOLS, Part, Tool
from programs.actions.save_draft import Conflict
from programs.queries.my_tasks import current_enrollment

LONGEST_NUMBER = 9


@require_safe
def planning(request: HttpRequest, slug: str) -> HttpResponse:
    """All tools, and the worksheets that one reads."""
    context = {"shelves": shelves(TOOLS, request.member), "enrollment": current_enrollment(request.member)}
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
    return render(request, f"effectiveness/{tool.key}.html", _frame(request, tool, sheet) | {"shown": tool.show(sheet)})


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
    """First what would be written into the draft, and over what; on the button it is."""
    sheet = _own(request, tool, pk)
    target = draft_target(sheet.enrollment, tool.deliverable)
    answers = target.filled(tool.answers(sheet)) if target else {}
    if request.method == "POST" and answers:
        typed = request.POST.get("revision", "")
        revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else 0
        try:
            carry_on(target, answers, revision, by=request.member, today=timezone.localdate())
        except Conflict:
            messages.error(request, _("Your draft has changed since this page was shown. Look again, then carry it on."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(
                request, _("It stands in your draft of %(key)s now. Read it, add what is yours, hand it in.") % {"key": tool.deliverable}
            )
            return redirect(f"{reverse('programs:task', args=[slug, target.deliverable.work_id])}?d={target.deliverable.pk}")
        return redirect(f"effectiveness:carry_{tool.key}", slug, pk)
    context = _frame(request, tool, sheet) | {
        "target": target,
        "fields": target.preview(answers, request.organization.currency) if answers else [],
        "replaced": {one.key for one in target.written_over(answers)} if answers else set(),
    }
    return render(request, "effectiveness/worksheet_carry.html", context)


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
