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
from notifications.models import Preference
from organizations import job_queue, tenancy
from organizations.actions.record_audit import record
from organizations.models import Member, Organization
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
    return _add(Rater(review=review, member=member, group=group), by)


@transaction.atomic
def propose_from_outside(review: CertificationReview, name: str, email: str, group: str, *, by: Member) -> Rater:
    """Propose somebody who does not belong to the organization, where its settings allow that. Their link comes by mail.

    Raises:
        PermissionDenied: `by` is neither the trainee nor runs the cohort.
        ValidationError: "not_allowed"; "is_member", this address belongs to someone here; and as `propose`.
    """
    review = locked(review)
    if not may_propose_raters(standing_in(by, review)):
        raise PermissionDenied(_("The trainee and who runs the cohort propose whom to ask."))
    _require_open(review)
    if not outside_is_allowed():
        text = _("Your organization asks only its own people. An admin can change that in the settings.")
        raise ValidationError({"email": ValidationError(text, code="not_allowed")})
    name, email = " ".join(name.split()), email.strip().lower()
    if Member.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": ValidationError(_("This address belongs to someone here. Choose them by name."), code="is_member")})
    if Rater.objects.filter(review=review, email=email).exists():
        raise ValidationError({"email": ValidationError(_("This person is on the list already."), code="already_named")})
    if group == RaterGroup.SUPERIOR:
        text = _("The superior belongs to the organization, and is named.")
        raise ValidationError({"group": ValidationError(text, code="one_superior")})
    _check_room(review, group)
    return _add(Rater(review=review, name=name, email=email, group=group), by)


def _add(rater: Rater, by: Member) -> Rater:
    rater.save()
    review = rater.review
    _record(review, by)
    for approver in supporters_of(review, Role.LINE_MANAGER):
        words = {"trainee": review.enrollment.trainee.name, "due_on": review.cycle.closes_on.isoformat()}
        path = paths.raters(review.pk)
        notify(approver, Notice.RATERS_PROPOSED, about=review, path=path, words=words, key=str(review.pk))
    return rater


@transaction.atomic
def remove(rater: Rater, *, by: Member) -> None:
    """Take someone off the list before they are asked. Who is asked stays: else one would choose whose answers count, and what
    came of a try would tell who has answered. They may decline themselves.

    Raises:
        PermissionDenied.
        ValidationError: "closed"; "asked"; "gone".
    """
    review = locked(rater.review)
    one = standing_in(by, review)
    rater = _current(rater)
    if not (may_approve_raters(one) or may_propose_raters(one)):
        raise PermissionDenied(_("The trainee, the line manager and who runs the cohort take somebody off the list."))
    _require_open(review)
    if rater.state != RaterState.PROPOSED:
        raise ValidationError(_("Whoever has been asked stays on the list; they may decline themselves."), code="asked")
    rater.delete()
    _record(review, by)


@transaction.atomic
def approve(review: CertificationReview, *, by: Member, today) -> list[Rater]:
    """Ask everybody who is proposed, by a personal link: by mail, or by hand where they have no e-mail (`issue_link`). Who signs
    in is told on their page as well, and there alone where they want no mails.

    Raises:
        PermissionDenied: `by` is neither line manager nor runs the cohort, or is the trainee.
        ValidationError: "closed"; "nobody"; "asked_too_often" (names them).
    """
    review = locked(review)
    if not may_approve_raters(standing_in(by, review)):
        raise PermissionDenied(_("The line manager or who runs the cohort approves whom to ask."))
    _require_open(review)
    raters = list(Rater.objects.filter(review=review, state=RaterState.PROPOSED).select_related("member__user"))
    if not raters:
        raise ValidationError(_("Nobody is proposed."), code="nobody")
    _check_requests(raters)
    Rater.objects.filter(pk__in=[rater.pk for rater in raters]).update(state=RaterState.ASKED)
    mailed = reached_by_mail(raters)
    mail_links(mailed)
    _record(review, by)
    words = {"trainee": review.enrollment.trainee.name, "due_on": review.cycle.closes_on.isoformat()}
    for rater in raters:
        if rater.member is None:
            continue
        path, by_mail = paths.feedback(rater.pk), rater not in mailed
        notify(rater.member, Notice.FEEDBACK_ASKED, about=review, path=path, words=words, key=str(rater.pk), by_mail=by_mail)
    settle_feedback_task(review, today)
    return raters


@transaction.atomic
def issue_link(rater: Rater, *, by: Member) -> str:
    """A personal link for someone without e-mail, to be handed over, shown once: its token. An earlier one, and what was typed by
    it, is void: so nobody reads another's draft by asking for a new link. Only the hash of the token is kept. For who has
    answered it opens nothing, and looks the same: nobody learns that they have.

    Raises:
        PermissionDenied: `by` does not run the cohort, or is the trainee or their superior.
        ValidationError: "closed"; "not_asked"; "gone"; "by_mail", their link comes by mail and nobody else sees it.
    """
    rater = _asked(rater, by)
    if not rater.by_hand:
        raise ValidationError(_("This person has an e-mail; nobody hands their link over."), code="by_mail")
    token = new_link(rater)
    if rater.state == RaterState.ASKED:
        FeedbackDraft.objects.filter(rater=rater).delete()
        rater.save(update_fields=["token_hash"])
    _record(rater.review, by)
    return token


@transaction.atomic
def mail_link(rater: Rater, *, by: Member) -> None:
    """Have a new personal link mailed to someone who has not answered; an earlier one is void once it goes out. Whether one
    went out is told to nobody.

    Raises:
        PermissionDenied: `by` does not run the cohort, or is the trainee or their superior.
        ValidationError: "closed"; "not_asked"; "gone"; "no_email".
    """
    rater = _asked(rater, by)
    if not rater.address:
        raise ValidationError(_("There is no address to mail a link to."), code="no_email")
    mail_links([rater] if rater.state == RaterState.ASKED else [])
    _record(rater.review, by)


def new_link(rater: Rater) -> str:
    """A fresh token; its hash is on the row, which who calls this saves."""
    token = secrets.token_urlsafe(24)
    rater.token_hash = hash_of(token)
    return token


def outside_is_allowed() -> bool:
    """Whether the open organization asks people from outside for feedback."""
    return Organization.objects.values_list("outside_raters", flat=True).get(pk=tenancy.current_organization_id())


def reached_by_mail(raters: list[Rater]) -> list[Rater]:
    """Those to whom a personal link can be mailed and who want mails at all."""
    members = [rater.member_id for rater in raters]
    unwanted = set(Preference.objects.filter(by_email=False, member__in=members).values_list("member", flat=True))
    return [rater for rater in raters if rater.address and rater.member_id not in unwanted]


def mail_links(raters: list[Rater]) -> None:
    """Have a fresh link mailed to each of them; a worker writes it while it writes the mail."""
    if raters:
        Rater.objects.filter(pk__in=[rater.pk for rater in raters]).update(link_due=True)
        job_queue.send_after_commit("assessments.jobs.send_feedback_links", tenancy.current_organization_id())


def _asked(rater: Rater, by: Member) -> Rater:
    """The request, locked, of someone who is asked, for who hands out links."""
    review = locked(rater.review)
    if not may_issue_links(standing_in(by, review)):
        raise PermissionDenied(_("Who runs the cohort hands out personal links."))
    _require_open(review)
    rater = _current(rater)
    if rater.state == RaterState.PROPOSED:
        raise ValidationError(_("A link is for somebody who is asked."), code="not_asked")
    rater.review = review
    return rater


def hash_of(token: str) -> str:
    """What is kept of a link's token. It has 192 random bits, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def _current(rater: Rater) -> Rater:
    found = Rater.objects.select_for_update(of=["self"]).select_related("member").filter(pk=rater.pk).first()
    if found is None:
        raise ValidationError(_("They are off the list already."), code="gone")
    return found


def _require_open(review: CertificationReview) -> None:
    if review.cycle.state != CycleState.OPEN:
        raise ValidationError(_("The cycle is closed for answers."), code="closed")


def _check_new(review: CertificationReview, member: Member, group: str) -> None:
    if member.pk == review.enrollment.trainee_id:
        raise ValidationError({"member": ValidationError(_("The trainee's own view is on the list already."), code="own_feedback")})
    if not member.is_active:
        raise ValidationError({"member": ValidationError(_("This person has left."), code="ended")})
    if Rater.objects.filter(review=review, member=member).exists():
        raise ValidationError({"member": ValidationError(_("This person is on the list already."), code="already_named")})
    _check_room(review, group)


def _check_room(review: CertificationReview, group: str) -> None:
    if group not in RaterGroup.values or group == RaterGroup.SELF:
        raise ValidationError({"group": ValidationError(_("Choose a group."), code="unknown_group")})
    groups = list(Rater.objects.filter(review=review).values_list("group", flat=True))
    counts = Counter(groups)
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
        Rater.objects.filter(
            member__in=[rater.member_id for rater in raters if rater.member_id],
            state=RaterState.ASKED,
            review__cycle__state=CycleState.OPEN,
        )
        .exclude(group=RaterGroup.SELF)
        .values_list("member_id", flat=True)
    )
    busy = [rater.said_name for rater in raters if rater.member_id and open_requests[rater.member_id] >= MOST_REQUESTS]
    if busy:
        text = _("Asked by %(count)s people already: %(names)s. Take them off the list, and propose somebody else.")
        raise ValidationError(text, code="asked_too_often", params={"count": MOST_REQUESTS, "names": _(", ").join(busy)})


def _record(review: CertificationReview, by: Member) -> None:
    """That the list changed, and who changed it; not who is on it."""
    record(AuditAction.RATERS_CHANGED, review, by=by, label=review.enrollment.trainee.name)
