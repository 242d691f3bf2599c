"""Answer 360 feedback: signed in from one's own list, or by a personal link without a sign-in.

A link leads to a clean address: its token moves into a signed cookie for these pages alone, and stands in no history.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import answer_feedback
from assessments.actions.choose_raters import hash_of
from assessments.forms.feedback import FeedbackForm
from assessments.models import FeedbackDraft, Rater
from assessments.queries.reviews_page import request_list
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from assessments.rules.rates import FEEDBACK_LINK
from assessments.vocabulary import CycleState, RaterGroup, RaterState
from organizations import rate_limits
from organizations.request_facts import client_address

SALT = "trellis.feedback"
WEEKS = 8
LOADED = ("member", "review__cycle__cohort", "review__enrollment__cohort", "review__enrollment__trainee")


@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who waits for one's feedback."""
    return render(request, "assessments/feedback_requests.html", {"requests": request_list(request.member)})


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, slug: str, rater_id: int) -> HttpResponse:
    """Answer one request, signed in. Another person's is not there."""
    rater = Rater.objects.select_related(*LOADED).filter(pk=rater_id, member=request.member).exclude(state=RaterState.PROPOSED).first()
    if rater is None:
        raise Http404
    here = reverse("assessments:my_feedback", args=[slug, rater_id])
    return _answer(request, rater, here)


@login_not_required
@never_cache
@require_safe
def by_link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Open a personal link: nothing changes by it, so that a mail scanner that opens links does no harm."""
    if not _admitted():
        return _gone(request, "held_back", 429)
    if _rater_of(token) is None:
        return _gone(request, "unknown", 410)
    response = redirect("assessments:feedback", slug)
    response.set_signed_cookie(
        _cookie(slug), token, salt=SALT, max_age=60 * 60 * 24 * 7 * WEEKS, path=reverse("assessments:feedback", args=[slug]),
        httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer by personal link."""
    token = request.get_signed_cookie(_cookie(slug), default="", salt=SALT, max_age=60 * 60 * 24 * 7 * WEEKS)
    if not token:
        return _gone(request, "unknown", 410)
    rater = _rater_of(token)
    if rater is None:
        # The link was used, or a newer one was handed out: only the cookie still knows it.
        return _gone(request, "used", 410)
    response = _answer(request, rater, reverse("assessments:feedback", args=[slug]))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, rater: Rater, here: str) -> HttpResponse:
    state = _over(rater)
    if state:
        return _gone(request, state, 200, rater)
    draft = FeedbackDraft.objects.filter(rater=rater).first()
    asked = asked_of(rater.group, statements_of(rater.review.enrollment.cohort.version_id))
    kept = {"scores": draft.scores, "texts": draft.texts} if draft else None
    form = FeedbackForm(request.POST or None, asked=asked, kept=kept)
    if request.method == "POST" and (request.POST.get("step") == "decline" or form.is_valid()):
        try:
            done = _act(request, rater, form)
        except ValidationError as refusal:
            if _over(_again(rater)):
                return _gone(request, _over(_again(rater)), 409, rater)
            if form.is_bound and form.is_valid() is not None:
                form.refuse(refusal)
        else:
            if done == "saved":
                messages.success(request, _("Kept. Come back and go on until %(day)s.") % {"day": rater.review.cycle.closes_on.isoformat()})
                return redirect(here)
            return _gone(request, done, 200, rater)
    context = {
        "rater": rater,
        "form": form,
        "here": here,
        "is_self": rater.group == RaterGroup.SELF,
        "is_superior": rater.group == RaterGroup.SUPERIOR,
        "is_kept": draft is not None,
    }
    return render(request, "assessments/feedback.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, rater: Rater, form: FeedbackForm) -> str:
    step = request.POST.get("step")
    if step == "decline":
        answer_feedback.decline(rater)
        return "declined"
    if step == "send":
        answer_feedback.send(rater, form.scores, form.said, timezone.localdate())
        return "answered"
    answer_feedback.save(rater, form.scores, form.said)
    return "saved"


def _again(rater: Rater) -> Rater:
    return Rater.objects.select_related(*LOADED).get(pk=rater.pk)


def _over(rater: Rater) -> str:
    """Why there is nothing to answer any more; empty while there is."""
    if rater.state in (RaterState.ANSWERED, RaterState.DECLINED):
        return str(rater.state)
    return "" if rater.review.cycle.state == CycleState.OPEN else "closed"


def _rater_of(token: str) -> Rater | None:
    return Rater.objects.select_related(*LOADED).filter(token_hash=hash_of(token)).first()


def _admitted() -> bool:
    return rate_limits.admit(FEEDBACK_LINK, client_address.get() or "")


def _cookie(slug: str) -> str:
    return f"feedback-{slug}"


def _gone(request: HttpRequest, state: str, status: int, rater: Rater | None = None) -> HttpResponse:
    return render(request, "assessments/feedback_gone.html", {"state": state, "rater": rater}, status=status)
