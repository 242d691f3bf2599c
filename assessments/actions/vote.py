"""Vote on a review: each reviewer alone, once, on exactly the file that they read."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.actions.locking import locked
from assessments.models import CertificationReview, Panelist, PanelVote
from assessments.policies.reviews import may_vote
from assessments.queries.standing import standing_in
from assessments.rules.certification_levels import SCALE
from assessments.rules.review_states import after_vote
from assessments.vocabulary import Dimension, Notice, Outcome, ReviewState, Track
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction, OrganizationRole

LONGEST = 2000


@transaction.atomic
def vote(
    review: CertificationReview,
    scores: Mapping[str, int],
    reasons: Mapping[str, str],
    outcome: str,
    *,
    track: str = "",
    file_hash: str,
    by: Member,
) -> PanelVote:
    """Cast one's vote: a level from 1 to 4 with reasons for each dimension, and what one would decide. It stays as it is.

    Others' votes are seen by nobody before all are in; the last one opens them.

    Raises:
        PermissionDenied: `by` is not on the panel, or has become mentor or line manager since.
        ValidationError: "not_voting"; "voted"; "other_file", the file has changed since it was read; by field
            "score_missing", "reason_missing", "too_long", "outcome_missing", "unknown_track".
    """
    review = locked(review)
    if not may_vote(standing_in(by, review)):
        raise PermissionDenied(_("Only the panel votes."))
    if PanelVote.objects.filter(review=review, member=by).exists():
        raise ValidationError(_("You have already voted."), code="voted")
    if review.state != ReviewState.VOTING:
        raise ValidationError(_("This review is not with the panel."), code="not_voting")
    if file_hash != review.file_hash:
        raise ValidationError(_("The file has changed since you read it. Read it again, then vote."), code="other_file")
    _check(scores, reasons, outcome, track)
    cast = PanelVote.objects.create(
        review=review,
        member=by,
        scores={key: scores[key] for key in Dimension.values},
        reasons={key: reasons[key].strip() for key in Dimension.values},
        outcome=outcome,
        track=track,
        file_hash=file_hash,
    )
    # Counted under the review's lock: of two who press at once the second sees the first.
    panel, votes = Panelist.objects.filter(review=review).count(), PanelVote.objects.filter(review=review).count()
    review.state = after_vote(panel, votes)
    review.save(update_fields=["state"])
    record(AuditAction.VOTED, review, by=by, label=review.enrollment.trainee.name)
    if review.state == ReviewState.VOTED:
        _tell(review)
    return cast


def _check(scores: Mapping[str, int], reasons: Mapping[str, str], outcome: str, track: str) -> None:
    wrong: dict[str, ValidationError] = {}
    for dimension in Dimension:
        if scores.get(dimension) not in SCALE:
            wrong[f"score_{dimension}"] = ValidationError(_("Choose a level from 1 to 4."), code="score_missing")
        said = reasons.get(dimension, "").strip()
        if not said:
            wrong[f"reason_{dimension}"] = ValidationError(_("Say what in the file speaks for this level."), code="reason_missing")
        elif len(said) > LONGEST:
            wrong[f"reason_{dimension}"] = ValidationError(_("At most %(limit)s characters."), code="too_long", params={"limit": LONGEST})
    if outcome not in Outcome.values:
        wrong["outcome"] = ValidationError(_("Choose what you would decide."), code="outcome_missing")
    if track and track not in Track.values:
        wrong["track"] = ValidationError(_("There is no such direction."), code="unknown_track")
    if wrong:
        raise ValidationError(wrong)


def _tell(review: CertificationReview) -> None:
    words = {"trainee": review.enrollment.trainee.name, "number": review.cycle.number}
    told = [review.chair, *Member.objects.with_role(OrganizationRole.HR_DIRECTOR).exclude(pk=review.enrollment.trainee_id)]
    for one in {member.pk: member for member in told if member}.values():
        notify(one, Notice.VOTES_OPENED, about=review, path=paths.decision(review.pk), words=words, key=str(review.pk))
