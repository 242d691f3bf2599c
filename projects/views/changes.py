"""What moves after it was planned: the day of a gate, the baseline of a measure."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.actions import change_baseline, move_gate
from projects.forms.changes import BaselineAnswerForm, BaselineRequestForm, GateDateForm
from projects.queries.baseline_page import BaselinePage, baseline_page
from projects.views.gate import gate_or_404, require_lead
from projects.views.project import project_or_404


@require_http_methods(["GET", "POST"])
def gate_date(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The trainee moves a gate."""
    gate = gate_or_404(request, pk)
    require_lead(request, gate)
    form, status = GateDateForm(request.POST or None, initial={"due_on": gate.due_on}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                move_gate.move(gate, **form.cleaned_data, by=request.member, today=timezone.localdate())
            except ValidationError as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The gate is moved; mentor and sponsor are told."))
                return redirect("projects:gate", slug, pk)
    return render(request, "projects/gate_date.html", {"gate": gate, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def baseline(request: HttpRequest, slug: str, pk: int, measure_id: int) -> HttpResponse:
    """The trail of a measure's baseline; the trainee asks for another, the sponsor answers."""
    project = project_or_404(request, pk)
    measure = get_object_or_404(project.measures, pk=measure_id)
    shown = baseline_page(project, measure, request.member, timezone.localdate())
    form, status = _form(request, shown), 200
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("The trainee asks for another baseline, and the sponsor of the project answers."))
        status = _take(request, shown, form) if form.is_valid() else 422
        if status == 302:
            return redirect("projects:baseline", slug, pk, measure_id)
        shown = baseline_page(project, measure, request.member, timezone.localdate())
    return render(request, "projects/baseline.html", {"project": project, "shown": shown, "form": form}, status=status)


def _form(request: HttpRequest, shown: BaselinePage) -> BaselineRequestForm | BaselineAnswerForm | None:
    data = request.POST if request.method == "POST" else None
    if shown.may_answer:
        return BaselineAnswerForm(data)
    return BaselineRequestForm(data) if shown.may_ask else None


def _take(request: HttpRequest, shown: BaselinePage, form: BaselineRequestForm | BaselineAnswerForm) -> int:
    by_and_day = {"by": request.member, "today": timezone.localdate()}
    try:
        if shown.may_answer:
            change_baseline.answer(shown.waiting, "approve" in request.POST, form.cleaned_data["note"], **by_and_day)
        else:
            change_baseline.ask(shown.measure, form.cleaned_data["after"], form.cleaned_data["reason"], **by_and_day)
    except ValidationError as refusal:
        return form.refuse(refusal)
    messages.success(request, _("Your answer is written down; the trainee is told.") if shown.may_answer else _("The sponsor is asked."))
    return 302
