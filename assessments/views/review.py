"""One review: how far it is, and for the panel the file on the left and the vote on the right."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions import hand_to_panel
from assessments.actions.make_statement import make_statement
from assessments.actions.vote import vote
from assessments.forms.panel import PanelForm, StatementForm, VoteForm
from assessments.models import CertificationReview, Panelist, PanelVote, Statement
from assessments.policies import reviews as policies
from assessments.queries.review_page import review_page
from assessments.queries.standing import Standing
from assessments.views.access import of_others, reached, require
from assessments.vocabulary import ReviewState
from organizations.models import Member
from organizations.vocabulary import OrganizationRole


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The review; a post casts one's vote on the file that was read."""
    found, one = reached(request, review_id)
    votes_now = policies.may_vote(one) and found.state == ReviewState.VOTING
    form = VoteForm(request.POST or None, initial={"file_hash": found.file_hash}) if votes_now or request.method == "POST" else None
    if request.method == "POST":
        require(policies.may_vote(one), lambda: _("Only the panel votes."))
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                vote(
                    found,
                    form.scores,
                    form.reasons,
                    chosen["outcome"],
                    track=chosen["track"],
                    file_hash=chosen["file_hash"],
                    by=request.member,
                )
            except ValidationError as refusal:
                form.refuse(refusal)
                # The file as it is now stands beside what was typed: sent again, the vote is on this one.
                found, one = reached(request, review_id)
                form.data = form.data.copy()
                form.data["file_hash"] = found.file_hash
            else:
                messages.success(request, _("Your vote is in. Votes open when everybody has voted."))
                return redirect("assessments:review", slug, review_id)
    return _show(request, found, one, form)


def _show(request: HttpRequest, found: CertificationReview, one: Standing, form: VoteForm | None) -> HttpResponse:
    reads_file, reads_votes = policies.may_read_file(one, found), policies.may_read_votes(one, found)
    has_voted = PanelVote.objects.filter(review=found, member=request.member).exists() if one.is_panelist else False
    context = {
        "shown": review_page(found, with_file=reads_file, with_votes=reads_votes, own=request.member.pk),
        "review": found,
        "one": one,
        "form": None if has_voted and not (form and form.errors) else form,
        "has_voted": has_voted,
        "reads_votes": reads_votes,
        "may": {
            "raters": policies.may_read_raters(one),
            "statement": policies.may_make_statement(one),
            "panel": policies.may_name_panel(one),
            "decide": policies.may_decide(one) and found.state == ReviewState.VOTED,
            "decision": policies.may_read_decision(one, found),
            "results": one.is_trainee or one.is_mentor or one.is_director or one.is_panelist,
            "appeal": policies.may_read_appeal(one),
            "reads_statements": one.is_director or (one.is_panelist and reads_file),
        },
    }
    return render(request, "assessments/review.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """Mentor and line manager write to the panel."""
    found, one = reached(request, review_id)
    require(policies.may_make_statement(one), of_others)
    written = Statement.objects.filter(review=found, member=request.member).first()
    form = StatementForm(request.POST or None, initial={"text": written.text if written else ""})
    if request.method == "POST" and form.is_valid():
        try:
            make_statement(found, form.cleaned_data["text"], by=request.member)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your statement is kept for the panel."))
            return redirect("assessments:review", slug, review_id)
    context = {"review": found, "form": form, "written": written, "is_open": found.state == ReviewState.GATHERING}
    return render(request, "assessments/statement.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """The HR director names the panel."""
    found, one = reached(request, review_id)
    require(policies.may_name_panel(one), of_others)
    reviewers = Member.objects.with_role(OrganizationRole.REVIEWER).order_by("sort_name", "pk")
    seated = list(Panelist.objects.filter(review=found).values_list("member_id", flat=True))
    form = PanelForm(request.POST or None, reviewers=reviewers, initial={"members": seated, "chair": found.chair_id, "level": found.level})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            hand_to_panel.name_panel(found, list(chosen["members"]), chosen["chair"], chosen["level"], by=request.member)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The panel is named."))
            return redirect("assessments:review", slug, review_id)
    context = {"review": found, "form": form, "has_reviewers": reviewers.count() >= hand_to_panel.FEWEST}
    return render(request, "assessments/panel.html", context, status=422 if form.errors else 200)


@require_POST
def freeze(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """Hand the file to the panel, or put it together anew."""
    found, one = reached(request, review_id)
    require(policies.may_name_panel(one), of_others)
    try:
        hand_to_panel.freeze(found, by=request.member, today=timezone.localdate())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The file is frozen and with the panel."))
    return redirect("assessments:review", slug, review_id)


@require_POST
def reopen(request: HttpRequest, slug: str, review_id: int) -> HttpResponse:
    """Take the file back, as long as nobody has voted."""
    found, one = reached(request, review_id)
    require(policies.may_name_panel(one), of_others)
    try:
        hand_to_panel.reopen(found, by=request.member)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The file is back; figures and statements can be put right."))
    return redirect("assessments:review", slug, review_id)
