"""Read what was handed in and decide on it: queue, document and decision beside each other."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations.models import Member
from programs.actions import sign_off
from programs.forms.deliverable import DeliverableForm, Strength, asks_for
from programs.forms.sign_off import SignOffForm
from programs.policies.reading import may_read_step
from programs.policies.signing import Authority, authority
from programs.queries.compared import compared
from programs.queries.directory import NOBODY, everybody
from programs.queries.sign_off import StepPage, asked_of, step_page
from programs.queries.sign_off_queue import STEP
from programs.rules.rubric import shown_mean
from programs.views.sign_offs import address, page_of_queue, queue_for
from programs.vocabulary import FieldType, Outcome, StepState

# Someone was faster, or something newer has come: what was pressed concerns a state that is gone.
CONFLICTS = {"already_decided", "replaced", "not_your_turn", "other_content"}


@dataclass(frozen=True)
class _Opened:
    """A step that this person may read, and the right by which they may decide on it now."""

    page: StepPage
    right: Authority | None


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, step_id: int) -> HttpResponse:
    """One step: read, score, agree or approve, or return."""
    opened = _open(request, step_id)
    queue = queue_for(request)
    at = queue.index(STEP, step_id)
    form, asked, status = _form(opened.page), _asked(request, opened.page), 200
    if request.method == "POST":
        if opened.right is None and _waits(opened.page):
            # Before anything of the form is looked at: what somebody else may not do needs no putting right.
            raise PermissionDenied(_("This step is for someone else to take."))
        form, asked = _form(opened.page, request.POST), _asked(request, opened.page, request.POST)
        status = _decide(request, opened.page, form, asked)
        if status == 302:
            return redirect(address(slug, queue.following(at), queue.filters))
        if status == 409:
            opened = _open(request, step_id)
    context = page_of_queue(request, queue, at) | _shown(request, opened, form, asked)
    return render(request, "programs/sign_off.html", context, status=status)


def _open(request: HttpRequest, step_id: int) -> _Opened:
    shown = step_page(step_id, timezone.localdate())
    if shown is None:
        raise Http404
    right = None
    if _waits(shown):
        author = shown.submission.author_id
        right = authority(request.member, shown.step, shown.route, shown.relations, author, shown.kind, shown.taken)
    if right is None and not may_read_step(request.member, shown.submission.deliverable, shown.route, shown.relations):
        raise Http404
    return _Opened(shown, right)


def _waits(shown: StepPage) -> bool:
    return shown.step.state == StepState.READY and shown.is_newest


def _form(shown: StepPage, data=None) -> SignOffForm:
    criteria = shown.criteria if shown.step.scores else ()
    return SignOffForm(
        data,
        kind=shown.step.kind,
        criteria=criteria,
        level_names=shown.level_names,
        trainee=shown.submission.author.name,
        initial={"content_hash": shown.submission.content_hash},
    )


def _asked(request: HttpRequest, shown: StepPage, data=None) -> DeliverableForm | None:
    """The fields of the document that this signer fills in, if there are any."""
    definitions = asked_of(shown)
    if not definitions:
        return None
    people = everybody() if asks_for(definitions, FieldType.PERSON, FieldType.PEOPLE) else NOBODY
    is_return = data is not None and data.get("decision-outcome") == Outcome.RETURNED
    # Who returns a version need not have filled in what goes with a yes.
    strength = Strength.SHOW if data is None or is_return else Strength.SUBMIT
    return DeliverableForm(definitions, data or {}, strength=strength, people=people, currency=request.organization.currency)


def _decide(request: HttpRequest, shown: StepPage, form: SignOffForm, asked: DeliverableForm | None) -> int:
    """Take the step; the status of the answer: 302 done, 422 something to put right, 409 somebody was faster."""
    if not form.is_valid() or (asked and not asked.is_valid()):
        return 422
    decided = form.cleaned_data
    try:
        sign_off.decide(
            shown.step,
            decided["outcome"],
            content_hash=decided["content_hash"],
            by=request.member,
            today=timezone.localdate(),
            note=decided["note"],
            scores=form.scores,
            answers=asked.answers if asked else {},
        )
    except ValidationError as refusal:
        form.refuse(refusal)
        return 409 if getattr(refusal, "code", None) in CONFLICTS else 422
    words = {"key": shown.kind.key, "name": shown.trainee.name}
    if decided["outcome"] == Outcome.RETURNED:
        messages.success(request, _("%(key)s by %(name)s is returned, with what you wrote.") % words)
    elif decided["outcome"] == Outcome.AGREED:
        messages.success(request, _("You agreed to %(key)s by %(name)s.") % words)
    else:
        messages.success(request, _("You approved %(key)s by %(name)s.") % words)
    return 302


def _shown(request: HttpRequest, opened: _Opened, form: SignOffForm, asked: DeliverableForm | None) -> dict:
    """What the document and the decision show."""
    shown = opened.page
    wants_comparison = request.GET.get("view") == "compare" and shown.submission.number > 1
    return {
        "shown": shown,
        "right": opened.right,
        "form": form,
        "asked": asked,
        "comparison": compared(shown.submission, shown.definitions, request.organization.currency) if wants_comparison else None,
        "mean": shown_mean(form.advice.mean) if form.advice else None,
        "rubric": [(criterion, levels, _level_before(shown, criterion.key)) for criterion, levels in form.scale],
        "stands_in_for": Member.objects.get(pk=opened.right.instead_of).name if opened.right and opened.right.instead_of else "",
        "is_own": shown.submission.author_id == request.member.pk,
    }


def _level_before(shown: StepPage, key: str) -> str:
    level = shown.scores_before.get(key)
    return shown.level_names[level - 1] if level else ""
