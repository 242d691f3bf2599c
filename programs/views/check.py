"""Go through one check with a trainee and record it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.actions.record_check import record_check
from programs.forms.check import CheckForm
from programs.models import TaskWork
from programs.policies.signing import may_record_check
from programs.queries.check import CheckPage, check_page
from programs.queries.sign_off_queue import CHECK
from programs.views.sign_offs import address, page_of_queue, queue_for


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, work_id: int, check_id: int) -> HttpResponse:
    """One check: every item yes or no."""
    shown, may_answer = _open(request, work_id, check_id)
    queue = queue_for(request)
    at = queue.index(CHECK, work_id, check_id)
    form, status = _form(shown), 200
    if request.method == "POST":
        form = _form(shown, request.POST)
        status = _record(request, shown, form)
        if status == 302:
            return redirect(address(slug, queue.following(at), queue.filters))
        shown, may_answer = _open(request, work_id, check_id)
    context = page_of_queue(request, queue, at) | {"shown": shown, "form": form, "may_answer": may_answer and shown.is_open}
    return render(request, "programs/check.html", context, status=status)


def _open(request: HttpRequest, work_id: int, check_id: int) -> tuple[CheckPage, bool]:
    shown = check_page(work_id, check_id, timezone.localdate())
    if shown is None:
        raise Http404
    may_answer = may_record_check(request.member, shown.definition, shown.relations)
    if not may_answer and not TaskWork.objects.visible_to(request.member).filter(pk=work_id).exists():
        raise Http404
    return shown, may_answer


def _form(shown: CheckPage, data=None) -> CheckForm:
    ticked = [key for key, yes in shown.answers.items() if yes]
    return CheckForm(data, items=shown.definition.items, trainee=shown.trainee.name, initial={"items": ticked})


def _record(request: HttpRequest, shown: CheckPage, form: CheckForm) -> int:
    """Write the answers down; 302 done, 422 something to put right, 409 there is nothing to answer any more."""
    if not may_record_check(request.member, shown.definition, shown.relations):
        raise PermissionDenied(_("This check is for someone else to answer."))
    if not form.is_valid():
        return 422
    answers = dict.fromkeys(form.keys, True) if "check-all" in request.POST else form.answers
    try:
        result = record_check(
            shown.work, shown.definition, answers, by=request.member, today=timezone.localdate(), note=form.cleaned_data["note"]
        )
    except ValidationError as refusal:
        form.add_error(None, refusal) if not hasattr(refusal, "error_dict") else form.add_error("note", refusal.error_dict["note"])
        return 422 if hasattr(refusal, "error_dict") else 409
    words = {"key": shown.definition.key, "name": shown.trainee.name}
    messages.success(
        request, (_("%(key)s of %(name)s is passed.") if result.passed else _("%(name)s is told what %(key)s still lacks.")) % words
    )
    return 302
