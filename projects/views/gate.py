"""One gate: evidence, verdicts, its record, and the conditions that it left."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.actions import save_draft
from programs.forms.deliverable_typed import as_typed
from programs.forms.settle import SettleForm
from programs.models import Draft
from programs.queries.directory import everybody
from programs.rules.fields import parse
from projects.actions import hold_gate, settle_condition
from projects.forms.gate import EvidenceForm, VerdictForm
from projects.models import Gate
from projects.policies import may_lead
from projects.queries.gate_page import GatePage, gate_for, gate_page
from projects.queries.gate_record import gate_record


@require_safe
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The gate for all who see the project."""
    gate = gate_or_404(request, pk)
    return _draw(request, gate_page(gate, request.member, timezone.localdate()))


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The trainee puts the gate before its reviewers."""
    gate = gate_or_404(request, pk)
    require_lead(request, gate)
    shown = gate_page(gate, request.member, timezone.localdate())
    form = EvidenceForm(request.POST if request.method == "POST" else None, criteria=shown.criteria, before=shown.last_evidence)
    if form.is_valid():
        try:
            hold_gate.call(gate, form.evidence, by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The evidence is sent; the reviewers are told."))
            return redirect("projects:gate", slug, pk)
    return render(request, "projects/gate_evidence.html", {"page": shown, "form": form}, status=422 if form.errors else 200)


@require_POST
def verdict(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A reviewer's verdict."""
    gate = gate_or_404(request, pk)
    shown = gate_page(gate, request.member, timezone.localdate())
    form = _verdict_form(shown, request.POST)
    if not form.is_valid():
        if shown.voice is None:
            raise PermissionDenied(_("Only the reviewers of this gate give a verdict, and nobody on their own project."))
        return _draw(request, shown, verdict_form=form, status=422)
    values = form.cleaned_data
    facts = {"judgments": form.judgments, "reasons": values["reasons"], "conditions": form.conditions, "round": values["round"]}
    try:
        hold_gate.review(gate, values["verdict"], **facts, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        form.refuse(refusal)
        stale = not hasattr(refusal, "error_dict")
        again = gate_page(gate_or_404(request, pk), request.member, timezone.localdate())
        form.data = form.data.copy()
        form.data["round"] = str(again.gate.round)  # sent once more, it is about what is shown now
        return _draw(request, again, verdict_form=form, status=409 if stale else 422)
    messages.success(request, _("Your verdict is given."))
    return redirect("projects:gate", slug, pk)


@require_POST
def record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Carry what the gate knows into the trainee's draft of its record, to be completed and handed in there."""
    gate = gate_or_404(request, pk)
    require_lead(request, gate)
    shown = gate_page(gate, request.member, timezone.localdate())
    if shown.record is None:
        messages.error(request, _("The record of this gate is not yours to write now."))
        return redirect("projects:gate", slug, pk)
    draft = Draft.objects.filter(deliverable=shown.record, author=request.member).first()
    typed = as_typed(parse(shown.record.kind.fields), gate_record(gate), everybody(), {})
    # What the trainee has written in other fields stays; those that the gate knows are written anew.
    data = (draft.data if draft else {}) | {name: list(values) for name, values in typed.lists()}
    try:
        save_draft.save(shown.record, data, draft.revision if draft else 0, by=request.member, today=timezone.localdate())
    except (ValidationError, save_draft.Conflict):
        messages.error(request, _("The record of this gate is not yours to write now."))
        return redirect("projects:gate", slug, pk)
    messages.success(request, _("Verdicts, criteria and conditions are in your draft. Complete it and hand it in."))
    return redirect(f"{reverse('programs:task', args=[slug, gate.project.work_id])}?d={shown.record.pk}")


@require_POST
def settle(request: HttpRequest, slug: str, pk: int, condition_id: int) -> HttpResponse:
    """A reviewer says by what a condition is settled."""
    gate = gate_or_404(request, pk)
    condition = get_object_or_404(gate.conditions, pk=condition_id)
    form = SettleForm(request.POST, prefix=f"c{condition.pk}")
    status = 422
    if form.is_valid():
        try:
            settle_condition.settle(condition, form.cleaned_data["note"], by=request.member, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None if not hasattr(refusal, "error_dict") else "note", refusal.messages)
            status = 409
        else:
            messages.success(request, _("The condition is settled."))
            return redirect("projects:gate", slug, pk)
    shown = gate_page(gate, request.member, timezone.localdate())
    if status == 422 and not any(line.may_settle and line.condition.pk == condition.pk for line in shown.conditions):
        raise PermissionDenied(_("A reviewer of this gate settles its conditions, and nobody their own."))
    return _draw(request, shown, settle_form=form, status=status)


def gate_or_404(request: HttpRequest, pk: int) -> Gate:
    """A gate that this person sees; a foreign one and a missing one are the same."""
    gate = gate_for(request.member, pk, timezone.localdate())
    if gate is None:
        raise Http404
    return gate


def require_lead(request: HttpRequest, gate: Gate) -> None:
    """Go on for who leads the project; others who see it are told who does (403)."""
    if not may_lead(request.member, gate.project):
        raise PermissionDenied(_("Only %(name)s, who leads this project, changes it.") % {"name": gate.project.enrollment.trainee.name})


def _verdict_form(shown: GatePage, data=None) -> VerdictForm:
    return VerdictForm(data, criteria=shown.criteria, trainee=shown.project.enrollment.trainee, initial={"round": shown.gate.round})


def _draw(request: HttpRequest, shown: GatePage, *, verdict_form=None, settle_form=None, status: int = 200) -> HttpResponse:
    settling = [(line, _settle_form(line.condition.pk, settle_form)) for line in shown.conditions]
    context = {"page": shown, "settling": settling, "form": verdict_form or (_verdict_form(shown) if shown.voice else None)}
    return render(request, "projects/gate.html", context, status=status)


def _settle_form(pk: int, typed: SettleForm | None) -> SettleForm:
    return typed if typed is not None and typed.prefix == f"c{pk}" else SettleForm(prefix=f"c{pk}")
