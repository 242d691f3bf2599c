"""Name the panel of a review, and hand it the file: frozen with its hash before anybody votes."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.locking import locked
from assessments.actions.record_kpi import take_over
from assessments.models import CertificationReview, Panelist, PanelVote
from assessments.policies.reviews import may_name_panel
from assessments.queries.review import supporters_of
from assessments.queries.review_file import file_hash, review_file
from assessments.queries.standing import standing_in
from assessments.rules.review_states import review_can_become
from assessments.vocabulary import CycleState, Level, Notice, ReviewState
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, OrganizationRole
from programs.actions.open_cycle_work import finish_cycle_work
from programs.vocabulary import Role

FEWEST = 2
MODULE = "5.1"


@transaction.atomic
def name_panel(review: CertificationReview, members: Sequence[Member], chair: Member | None, level: str, *, by: Member) -> None:
    """From now on these reviewers, and no others, are the panel; one of them is its chair, and `level` is in question.

    Raises:
        PermissionDenied: `by` is no HR director, or it is their own review.
        ValidationError: "begun", somebody has voted; "too_few"; "no_reviewer", "takes_part", "ended" (each names them);
            "chair_outside"; "unknown_level".
    """
    review = locked(review)
    if not may_name_panel(standing_in(by, review)):
        raise PermissionDenied(_("Only the HR director names panels."))
    if PanelVote.objects.filter(review=review).exists():
        raise ValidationError(_("Somebody has voted already: this panel stays."), code="begun")
    _check(review, members, chair, level)
    before = set(Panelist.objects.filter(review=review).values_list("member_id", flat=True))
    wanted = {member.pk for member in members}
    Panelist.objects.filter(review=review, member__in=before - wanted).delete()
    Panelist.objects.bulk_create([Panelist(review=review, member=member) for member in members if member.pk not in before])
    changed = review.level != level
    review.chair, review.level = chair, level
    review.save(update_fields=["chair", "level"])
    record(AuditAction.PANEL_CHANGED, review, by=by, label=review.enrollment.trainee.name)
    if review.state == ReviewState.VOTING:
        # The level in question stands in the file: with another one it is another file.
        if changed:
            _freeze(review)
        _tell(review)


@transaction.atomic
def freeze(review: CertificationReview, *, by: Member, today: date) -> CertificationReview:
    """Put the file together and hand it to the panel. As long as nobody has voted it can be put together anew, with what was
    put right meanwhile; a vote on the earlier one is then refused.

    Raises:
        PermissionDenied: `by` is no HR director, or it is their own review.
        ValidationError: "not_closed"; "begun"; "no_panel".
    """
    review = locked(review)
    if not may_name_panel(standing_in(by, review)):
        raise PermissionDenied(_("Only the HR director hands a file to the panel."))
    if review.cycle.state == CycleState.OPEN:
        raise ValidationError(_("Close the cycle for answers first: its results belong into the file."), code="not_closed")
    if not review_can_become(review.state, ReviewState.VOTING) or PanelVote.objects.filter(review=review).exists():
        raise ValidationError(_("Somebody has voted already: the file stays as they read it."), code="begun")
    if review.chair_id is None or Panelist.objects.filter(review=review).count() < FEWEST:
        raise ValidationError(_("Name the panel first: two reviewers or more, one of them in the chair."), code="no_panel")
    take_over(review, by=by, today=today)
    _freeze(review)
    finish_cycle_work(review.enrollment, review.cycle.number, [MODULE], today)
    record(AuditAction.FILE_FROZEN, review, by=by, label=review.enrollment.trainee.name, after={"content_hash": review.file_hash})
    _tell(review)
    return review


@transaction.atomic
def reopen(review: CertificationReview, *, by: Member) -> CertificationReview:
    """Take the file back from a panel of which nobody has voted, so that something in it can be put right.

    Raises:
        PermissionDenied: `by` is no HR director, or it is their own review.
        ValidationError: "begun".
    """
    review = locked(review)
    if not may_name_panel(standing_in(by, review)):
        raise PermissionDenied(_("Only the HR director takes a file back."))
    if review.state != ReviewState.VOTING or PanelVote.objects.filter(review=review).exists():
        raise ValidationError(_("Somebody has voted already: the file stays as they read it."), code="begun")
    review.state, review.file, review.file_hash, review.frozen_at = ReviewState.GATHERING, {}, "", None
    review.save(update_fields=["state", "file", "file_hash", "frozen_at"])
    record(AuditAction.PANEL_CHANGED, review, by=by, label=review.enrollment.trainee.name)
    return review


def _freeze(review: CertificationReview) -> None:
    review.file = review_file(review)
    review.file_hash, review.frozen_at, review.state = file_hash(review.file), clock.now(), ReviewState.VOTING
    review.save(update_fields=["file", "file_hash", "frozen_at", "state"])


def _check(review: CertificationReview, members: Sequence[Member], chair: Member | None, level: str) -> None:
    if level not in Level.values:
        raise ValidationError({"level": ValidationError(_("Choose the level."), code="unknown_level")})
    if len({member.pk for member in members}) < FEWEST:
        raise ValidationError({"members": ValidationError(_("A panel has two reviewers or more."), code="too_few")})
    takes_part = {review.enrollment.trainee_id, *(one.pk for one in supporters_of(review, Role.MENTOR, Role.LINE_MANAGER))}
    for wrong, code, text in (
        ([one for one in members if not one.is_active], "ended", _("Has left: %(names)s.")),
        (
            [one for one in members if not one.has_role(OrganizationRole.REVIEWER)],
            "no_reviewer",
            _("Not a reviewer: %(names)s. The admin gives that role."),
        ),
        (
            [one for one in members if one.pk in takes_part],
            "takes_part",
            _("%(names)s cannot vote: a trainee, mentor or line manager speaks to the panel instead."),
        ),
    ):
        if wrong:
            names = _(", ").join(one.name for one in wrong)
            raise ValidationError({"members": ValidationError(text, code=code, params={"names": names})})
    if chair is None or chair.pk not in {member.pk for member in members}:
        raise ValidationError({"chair": ValidationError(_("The chair is one of the panel."), code="chair_outside")})


def _tell(review: CertificationReview) -> None:
    words = {"trainee": review.enrollment.trainee.name, "number": review.cycle.number}
    for one in Panelist.objects.filter(review=review).select_related("member"):
        key = f"{review.pk}:{review.file_hash[:16]}"
        notify(one.member, Notice.PANEL_ASKED, about=review, path=paths.review(review.pk), words=words, key=key)
