"""A session in figures, and carrying them into one's own draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from effectiveness.actions.carry import carry
from effectiveness.policies.sessions import may_read_scores, may_run
from effectiveness.queries.carried import EVALUATION, RECORD, carried, preview, replaced, target_of
from effectiveness.queries.report import report
from effectiveness.views import reached
from programs.actions.save_draft import Conflict

LONGEST_NUMBER = 9


@require_safe
def page(request: HttpRequest, slug: str, session_id: int) -> HttpResponse:
    """Attendance, reaction and learning, for all who read the session; each learner's own score for who ran it."""
    session = reached.readable(request, session_id)
    found = report(session, timezone.localdate(), with_scores=may_read_scores(request.member, session))
    return render(request, "effectiveness/report.html", {"session": session, "report": found, "may_run": may_run(request.member, session)})


@require_http_methods(["GET", "POST"])
def carry_on(request: HttpRequest, slug: str, session_id: int, deliverable: str) -> HttpResponse:
    """First what would be written into the draft of D8 or D9 and over what; then, on the button, it is."""
    if deliverable not in (RECORD, EVALUATION):
        raise Http404
    session = reached.own(request, session_id)
    today = timezone.localdate()
    target = target_of(request.member, deliverable)
    answers = carried(target, report(session, today, with_scores=True)) if target else {}
    if request.method == "POST" and answers:
        typed = request.POST.get("revision", "")
        revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else 0
        try:
            carry(session, target, answers, revision, by=request.member, today=today)
        except Conflict:
            messages.error(request, _("Your draft has changed since this page was shown. Look again, then carry it on."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(
                request, _("It stands in your draft of %(key)s now. Read it, add what is yours, hand it in.") % {"key": deliverable}
            )
            task = reverse("programs:task", args=[slug, target.deliverable.work_id])
            return redirect(f"{task}?d={target.deliverable.pk}")
        return redirect("effectiveness:carry", slug, session_id, deliverable)
    context = {
        "session": session,
        "key": deliverable,
        "target": target,
        "fields": preview(target, answers, request.organization.currency) if target else [],
        "replaced": replaced(target, answers) if target else [],
        "may_run": True,
    }
    return render(request, "effectiveness/carry.html", context)
