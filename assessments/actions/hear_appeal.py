"""Hear an appeal: reviewers who did not vote look at it again, and the HR director answers with reasons."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions import decide
from assessments.actions.locking import locked
from assessments.actions.settle_certificate import settle_certificate
from assessments.models import Appeal, AppealAnswer, AppealPanelist, CertificationReview, Panelist
from assessments.policies.reviews import may_answer_appeal
from assessments.queries.review import supporters_of
from assessments.queries.standing import standing_in
from assessments.vocabulary import Notice
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, OrganizationRole
from programs.vocabulary import Role

LONGEST = 4000


@transaction.atomic
def name_appeal_panel(appeal: Appeal, members: Sequence[Member], *, by: Member) -> None:
    """Ask these reviewers; whoever was asked before and has spoken stays.

    Raises:
        PermissionDenied: `by` is no HR director, or has had a part in the review.
        ValidationError: "answered"; "too_few"; "no_reviewer", "takes_part" (each names them).
    """
    review = _locked(appeal, by)
    if not members:
        raise ValidationError({"members": ValidationError(_("Name at least one reviewer."), code="too_few")})
    barred = {
        review.enrollment.trainee_id,
        by.pk,
        *Panelist.objects.filter(review=review).values_list("member_id", flat=True),
        *(one.pk for one in supporters_of(review, Role.MENTOR, Role.LINE_MANAGER)),
    }
    strangers = [one for one in members if not one.is_active or not one.has_role(OrganizationRole.REVIEWER)]
    takes_part = [one for one in members if one.pk in barred]
    for wrong, code, text in (
        (strangers, "no_reviewer", _("Not a reviewer: %(names)s. The admin gives that role.")),
        (takes_part, "takes_part", _("%(names)s had a part in the first decision; others look at it again.")),
    ):
        if wrong:
            names = _(", ").join(one.name for one in wrong)
            raise ValidationError({"members": ValidationError(text, code=code, params={"names": names})})
    wanted = {one.pk for one in members}
    AppealPanelist.objects.filter(appeal=appeal, granted__isnull=True).exclude(member__in=wanted).delete()
    there = set(AppealPanelist.objects.filter(appeal=appeal).values_list("member_id", flat=True))
    AppealPanelist.objects.bulk_create([AppealPanelist(appeal=appeal, member=one) for one in members if one.pk not in there])
    record(AuditAction.PANEL_CHANGED, review, by=by, label=review.enrollment.trainee.name)
    words = {"trainee": review.enrollment.trainee.name, "number": review.cycle.number}
    for one in members:
        notify(one, Notice.APPEAL_ASKED, about=appeal, path=paths.appeal(review.pk), words=words, key=str(appeal.pk))


@transaction.atomic
def advise(appeal: Appeal, granted: bool | None, reasons: str, *, by: Member) -> AppealPanelist:
    """Say what one thinks of the appeal, once.

    Raises:
        PermissionDenied: `by` is not asked.
        ValidationError: "answered"; "advised"; by field "choice_missing", "reasons_missing", "too_long".
    """
    locked(appeal.decision.review)
    asked = AppealPanelist.objects.select_for_update().filter(appeal=appeal, member=by).first()
    if asked is None:
        raise PermissionDenied(_("Only those asked about an appeal speak on it."))
    _require_open(appeal)
    if asked.granted is not None:
        raise ValidationError(_("You have spoken on this appeal already."), code="advised")
    _check(granted, reasons)
    asked.granted, asked.reasons, asked.at = granted, reasons.strip(), clock.now()
    asked.save(update_fields=["granted", "reasons", "at"])
    return asked


@transaction.atomic
def answer(appeal: Appeal, granted: bool | None, reasons: str, proposal: Mapping | None, *, by: Member, today: date) -> AppealAnswer:
    """Answer once all who were asked have spoken. Granted, a second decision (`proposal`, as `decide` takes it) stands in place
    of the first; the first stays in the history, and a certificate issued on it is replaced or revoked with it.

    Raises:
        PermissionDenied: `by` is no HR director, or has had a part in the review.
        ValidationError: "answered"; "nobody_heard"; by field as `advise` and as `decide` ("outcome_missing" without a proposal).
    """
    review = _locked(appeal, by)
    panel = list(AppealPanelist.objects.filter(appeal=appeal).values_list("granted", flat=True))
    if not panel or None in panel:
        raise ValidationError(_("Hear the reviewers first: all who are asked have to have spoken."), code="nobody_heard")
    _check(granted, reasons)
    decision = None
    if granted:
        if not proposal:
            raise ValidationError({"outcome": ValidationError(_("Choose what is decided."), code="outcome_missing")})
        decision = decide.write(review, **proposal, by=by, today=today, after_appeal=True)
        settle_certificate(decision, reasons, by=by, today=today)
    given = AppealAnswer.objects.create(appeal=appeal, granted=granted, reasons=reasons.strip(), decision=decision, by=by)
    trainee = review.enrollment.trainee
    record(AuditAction.APPEAL_ANSWERED, appeal, by=by, label=trainee.name)
    words = {"by": by.name, "number": review.cycle.number}
    notify(trainee, Notice.APPEAL_ANSWERED, about=appeal, path=paths.decision(review.pk), words=words, key=str(given.pk))
    return given


def _locked(appeal: Appeal, by: Member) -> CertificationReview:
    review = locked(appeal.decision.review)
    if not may_answer_appeal(standing_in(by, review)):
        raise PermissionDenied(_("An HR director who had no part in the first decision hears an appeal."))
    _require_open(appeal)
    return review


def _require_open(appeal: Appeal) -> None:
    if AppealAnswer.objects.filter(appeal=appeal).exists():
        raise ValidationError(_("This appeal is answered already."), code="answered")


def _check(granted: bool | None, reasons: str) -> None:
    wrong: dict[str, ValidationError] = {}
    if granted is None:
        wrong["granted"] = ValidationError(_("Choose whether the appeal is granted."), code="choice_missing")
    if not reasons.strip():
        wrong["reasons"] = ValidationError(_("Write why: the trainee reads it."), code="reasons_missing")
    elif len(reasons.strip()) > LONGEST:
        wrong["reasons"] = ValidationError(_("At most %(limit)s characters."), code="too_long", params={"limit": LONGEST})
    if wrong:
        raise ValidationError(wrong)
