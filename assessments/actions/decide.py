"""Write the decision of a review, with reasons; and what follows from it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.close_cycle import end, undecided
from assessments.actions.locking import locked
from assessments.models import CertificationReview, Decision, ReviewCycle
from assessments.policies.reviews import may_decide
from assessments.queries.decisions import held_level, standing_decisions
from assessments.queries.growth import level_applied
from assessments.queries.review import supporters_of
from assessments.queries.standing import standing_in
from assessments.rules.certification_levels import MESSAGES, Facts, Proposal, problems
from assessments.rules.review_states import review_can_become
from assessments.vocabulary import CycleState, Notice, Outcome, ReviewState
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.complete_enrollment import complete_enrollment
from programs.actions.set_plan import NewPoint, set_plan
from programs.vocabulary import Role


@transaction.atomic
def decide(
    review: CertificationReview,
    outcome: str,
    *,
    scores: Mapping[str, int],
    reasons: str,
    level: str = "",
    track: str = "",
    plan: Sequence[tuple] = (),
    by: Member,
    today: date,
) -> Decision:
    """Decide once all have voted: the chair or the HR director writes what the panel comes to, not what a formula says.

    A plan holds points (what, until when, and who signs it off where it is not the mentor); they become tasks of the trainee.

    Raises:
        PermissionDenied: `by` is neither.
        ValidationError: "decided", somebody was faster; "not_voted"; by field the codes of `certification_levels`.
    """
    review = locked(review)
    if not may_decide(standing_in(by, review)):
        raise PermissionDenied(_("The panel's chair or the HR director writes the decision."))
    if review.state == ReviewState.DECIDED:
        raise ValidationError(_("This review has already been decided."), code="decided")
    if not review_can_become(review.state, ReviewState.DECIDED):
        raise ValidationError(_("Not everybody on the panel has voted yet."), code="not_voted")
    decision = write(review, outcome, scores=scores, reasons=reasons, level=level, track=track, plan=plan, by=by, today=today)
    review.state = ReviewState.DECIDED
    review.save(update_fields=["state"])
    cycle = ReviewCycle.objects.select_for_update(of=["self"]).select_related("cohort").get(pk=review.cycle_id)
    if cycle.state == CycleState.CLOSED and not undecided(cycle).exists():
        end(cycle, by=None)
    return decision


def held_before(review: CertificationReview) -> str:
    """The level that the trainee had before this review; two reviews of one person never count for each other."""
    before = standing_decisions([review.enrollment_id]).get(review.enrollment_id, [])
    return held_level(one for one in before if one.review_id != review.pk)


def write(
    review: CertificationReview,
    outcome: str,
    *,
    scores: Mapping[str, int],
    reasons: str,
    level: str,
    track: str,
    plan: Sequence[tuple],
    by: Member,
    today: date,
    after_appeal: bool = False,
) -> Decision:
    """Append a decision on a locked review, and do what follows from it: the first one, or one after an appeal.

    Raises:
        ValidationError: by field the codes of `certification_levels`; "outcome_missing"; "own_point".
    """
    points = [NewPoint(*point) for point in plan]
    held = held_before(review)
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": ValidationError(_("Choose what is decided."), code="outcome_missing")})
    applied = bool(level_applied(review.file["growth"]["summary"]))
    proposal = Proposal(outcome, level, track, scores, reasons, [point[:2] for point in points], held, applied)
    if wrong := problems(proposal, Facts.from_file(review.file["facts"]), today):
        raise ValidationError({field: _said(code, parts) for field, (code, parts) in wrong.items()})
    decision = Decision.objects.create(
        review=review,
        enrollment=review.enrollment,
        outcome=outcome,
        level={Outcome.CERTIFIED: level, Outcome.KEPT: held}.get(outcome, ""),
        track=track,
        scores=dict(scores),
        reasons=reasons.strip(),
        plan=[{"what": point.what, "due_on": point.due_on.isoformat()} for point in points],
        by=by,
        after_appeal=after_appeal,
        file_hash=review.file_hash,
    )
    record(AuditAction.DECIDED, decision, by=by, label=review.enrollment.trainee.name, after={"outcome": outcome, "level": decision.level})
    set_plan(review.enrollment, points, decision=decision, path=paths.decision(review.pk), by=by)
    if outcome != Outcome.PROGRESS:
        complete_enrollment(review.enrollment, by=by, today=today)
    words = {"trainee": review.enrollment.trainee.name, "by": by.name, "number": review.cycle.number}
    for one in [review.enrollment.trainee, *supporters_of(review, Role.MENTOR, Role.LINE_MANAGER)]:
        notify(one, Notice.DECISION_MADE, about=decision, path=paths.decision(review.pk), words=words, key=str(decision.pk))
    return decision


def _said(code: str, parts: dict) -> ValidationError:
    params = {name: _(", ").join(map(str, value)) for name, value in parts.items()}
    return ValidationError(str(MESSAGES[code]), code=code, params=params)
