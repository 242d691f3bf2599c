"""Choose who gives 360 feedback: proposed by the trainee, approved by the line manager or HR, asked by personal link."""

import secrets
from collections import Counter
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.feedback_tasks import settle_feedback_task
from assessments.actions.locking import locked
from assessments.models import CertificationReview, FeedbackDraft, Rater
from assessments.policies.reviews import may_approve_raters, may_issue_links, may_propose_raters
from assessments.queries.review import supporters_of
from assessments.queries.standing import standing_in
from assessments.rules.feedback_items import MOST_IN_GROUP, MOST_RATERS, MOST_REQUESTS
from assessments.vocabulary import CycleState, Notice, RaterGroup, RaterState
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.vocabulary import Role


@transaction.atomic
def propose(review: CertificationReview, member: Member, group: str, *, by: Member) -> Rater:
    """Propose someone to be asked, in one group.

    Raises:
        PermissionDenied: `by` is neither the trainee nor runs the cohort.
        ValidationError: "closed"; "own_feedback"; "already_named"; "one_superior"; "group_full"; "too_many"; "ended";
            "unknown_group".
    """
    review = locked(review)
    if not may_propose_raters(standing_in(by, review)):
        raise PermissionDenied(_("The trainee and who runs the cohort propose whom to ask."))
    _require_open(review)
    _check_new(review, member, group)
    rater = Rater.objects.create(review=review, member=member, group=group)
    _record(review, by)
    for approver in supporters_of(review, Role.LINE_MANAGER):
        words = {"trainee": review.enrollment.trainee.name, "due_on": review.cycle.closes_on.isoformat()}
        path = paths.raters(review.pk)
        notify(approver, Notice.RATERS_PROPOSED, about=review, path=path, words=words, key=str(review.pk))
    return rater


@transaction.atomic
def remove(rater: Rater, *, by: Member) -> None:
    """Take someone off the list. Whoever approves may also take off one who was asked and has not answered; a draft goes too.

    Raises:
        PermissionDenied.
        ValidationError: "closed"; "answered"; "own_feedback", the trainee's own view stays; "gone".
    """
    review = locked(rater.review)
    one = standing_in(by, review)
    rater = _current(rater)
    if not (may_approve_raters(one) or (may_propose_raters(one) and rater.state == RaterState.PROPOSED)):
        raise PermissionDenied(_("Once somebody has been asked, only the line manager or who runs the cohort takes them off the list."))
    _require_open(review)
    if rater.group == RaterGroup.SELF:
        raise ValidationError(_("The trainee's own view stays."), code="own_feedback")
    if rater.state == RaterState.ANSWERED:
        raise ValidationError(_("They have answered; that stays."), code="answered")
    FeedbackDraft.objects.filter(rater=rater).delete()
    rater.delete()
    _record(review, by)


@transaction.atomic
def approve(review: CertificationReview, *, by: Member, today) -> list[Rater]:
    """Ask everybody who is proposed. Each is told on a page of their own; whoever cannot sign in gets a link (`issue_link`).

    Raises:
        PermissionDenied: `by` is neither line manager nor runs the cohort, or is the trainee.
        ValidationError: "closed"; "nobody"; "asked_too_often" (names them).
    """
    review = locked(review)
    if not may_approve_raters(standing_in(by, review)):
        raise PermissionDenied(_("The line manager or who runs the cohort approves whom to ask."))
    _require_open(review)
    raters = list(Rater.objects.filter(review=review, state=RaterState.PROPOSED).select_related("member"))
    if not raters:
        raise ValidationError(_("Nobody is proposed."), code="nobody")
    _check_requests(raters)
    Rater.objects.filter(pk__in=[rater.pk for rater in raters]).update(state=RaterState.ASKED)
    _record(review, by)
    words = {"trainee": review.enrollment.trainee.name, "due_on": review.cycle.closes_on.isoformat()}
    for rater in raters:
        notify(rater.member, Notice.FEEDBACK_ASKED, about=review, path=paths.feedback(rater.pk), words=words, key=str(rater.pk))
    settle_feedback_task(review, today)
    return raters


@transaction.atomic
def issue_link(rater: Rater, *, by: Member) -> str:
    """A personal link for someone who cannot sign in, shown once: its token. An earlier one, and what was typed by it, is void.

    So nobody reads another's draft by asking for a new link; and only the hash of the token is kept.

    Raises:
        PermissionDenied: `by` does not run the cohort, or is the trainee or their superior.
        ValidationError: "closed"; "not_asked"; "gone".
    """
    review = locked(rater.review)
    if not may_issue_links(standing_in(by, review)):
        raise PermissionDenied(_("Who runs the cohort hands out personal links."))
    _require_open(review)
    rater = _current(rater)
    if rater.state != RaterState.ASKED:
        raise ValidationError(_("A link is for somebody who is asked and has not answered yet."), code="not_asked")
    token = secrets.token_urlsafe(24)
    FeedbackDraft.objects.filter(rater=rater).delete()
    rater.token_hash = hash_of(token)
    rater.save(update_fields=["token_hash"])
    _record(review, by)
    return token


def hash_of(token: str) -> str:
    """What is kept of a link's token. It has 192 random bits, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def _current(rater: Rater) -> Rater:
    found = Rater.objects.select_for_update().filter(pk=rater.pk).first()
    if found is None:
        raise ValidationError(_("They are off the list already."), code="gone")
    return found


def _require_open(review: CertificationReview) -> None:
    if review.cycle.state != CycleState.OPEN:
        raise ValidationError(_("The cycle is closed for answers."), code="closed")


def _check_new(review: CertificationReview, member: Member, group: str) -> None:
    if group not in RaterGroup.values or group == RaterGroup.SELF:
        raise ValidationError({"group": ValidationError(_("Choose a group."), code="unknown_group")})
    if member.pk == review.enrollment.trainee_id:
        raise ValidationError({"member": ValidationError(_("The trainee's own view is on the list already."), code="own_feedback")})
    if not member.is_active:
        raise ValidationError({"member": ValidationError(_("This person has left."), code="ended")})
    groups = dict(Rater.objects.filter(review=review).values_list("member_id", "group"))
    if member.pk in groups:
        raise ValidationError({"member": ValidationError(_("This person is on the list already."), code="already_named")})
    counts = Counter(groups.values())
    if group == RaterGroup.SUPERIOR and counts[group]:
        raise ValidationError({"group": ValidationError(_("There is one superior, and they are named."), code="one_superior")})
    if counts[group] >= MOST_IN_GROUP:
        text = _("At most %(count)s in a group.")
        raise ValidationError({"group": ValidationError(text, code="group_full", params={"count": MOST_IN_GROUP})})
    if len(groups) > MOST_RATERS:
        text = _("At most %(count)s people in all.")
        raise ValidationError({"member": ValidationError(text, code="too_many", params={"count": MOST_RATERS})})


def _check_requests(raters: list[Rater]) -> None:
    """Nobody is asked by too many at a time."""
    open_requests = Counter(
        Rater.objects.filter(member__in=[rater.member_id for rater in raters], state=RaterState.ASKED, review__cycle__state=CycleState.OPEN)
        .exclude(group=RaterGroup.SELF)
        .values_list("member_id", flat=True)
    )
    busy = [rater.member.name for rater in raters if open_requests[rater.member_id] >= MOST_REQUESTS]
    if busy:
        text = _("Asked by %(count)s people already: %(names)s. Take them off the list, and propose somebody else.")
        raise ValidationError(text, code="asked_too_often", params={"count": MOST_REQUESTS, "names": _(", ").join(busy)})


def _record(review: CertificationReview, by: Member) -> None:
    """That the list changed, and who changed it; not who is on it."""
    record(AuditAction.RATERS_CHANGED, review, by=by, label=review.enrollment.trainee.name)
