"""Close a cycle for answers: results are computed once, and the link between rater and answer is destroyed."""

from collections import defaultdict
from datetime import date
from random import SystemRandom

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import paths
from assessments.models import CertificationReview, FeedbackAnswer, FeedbackDraft, Rater, ResultCell, ResultComment, ReviewCycle
from assessments.policies.reviews import may_open_cycle
from assessments.queries.review import LOADED, supporters_of
from assessments.queries.scheme import statements_of
from assessments.rules import rater_anonymity
from assessments.rules.rater_anonymity import Given, Item
from assessments.rules.review_states import cycle_can_become
from assessments.vocabulary import CycleState, Notice, RaterGroup, ReviewState
from notifications.actions.notify import notify
from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.vocabulary import EnrollmentState, Role


@transaction.atomic
def close(cycle: ReviewCycle, *, by: Member | None) -> ReviewCycle:
    """Close it: `by` who runs the cohort, or nobody where its last day has passed. What was typed and not sent is thrown away.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "not_open".
    """
    cycle = _locked(cycle, by)
    if not cycle_can_become(cycle.state, CycleState.CLOSED):
        raise ValidationError(_("This cycle is closed already."), code="not_open")
    cycle.state, cycle.closed_at = CycleState.CLOSED, clock.now()
    cycle.save(update_fields=["state", "closed_at"])
    # All requests are locked before answers are read: whoever is sending now is waited for, whoever comes later is told.
    raters = list(Rater.objects.select_for_update().filter(review__cycle=cycle).order_by("pk"))
    _publish(cycle, {rater.pk: rater for rater in raters})
    Rater.objects.filter(review__cycle=cycle).update(token_hash="", link_due=False, link_again_on=None)
    record(AuditAction.CYCLE_CLOSED, cycle, by=by, label=f"{cycle.cohort.name} #{cycle.number}")
    for review in CertificationReview.objects.filter(cycle=cycle).select_related(*LOADED).order_by("pk"):
        words = {"trainee": review.enrollment.trainee.name, "number": cycle.number}
        for mentor in supporters_of(review, Role.MENTOR):
            notify(mentor, Notice.RESULTS_READY, about=review, path=paths.results(review.pk), words=words, key=str(review.pk))
        for asked in supporters_of(review, Role.MENTOR, Role.LINE_MANAGER):
            notify(asked, Notice.STATEMENT_ASKED, about=review, path=paths.statement(review.pk), words=words, key=str(review.pk))
    return cycle


@transaction.atomic
def move_close(cycle: ReviewCycle, closes_on: date, *, by: Member, today: date) -> ReviewCycle:
    """Give those who are asked until another day.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "not_open", "date_passed".
    """
    cycle = _locked(cycle, by)
    if cycle.state != CycleState.OPEN:
        raise ValidationError(_("This cycle is closed already."), code="not_open")
    if closes_on < max(today, cycle.opens_on):
        raise ValidationError({"closes_on": ValidationError(_("This day has passed."), code="date_passed")})
    before, cycle.closes_on = cycle.closes_on, closes_on
    cycle.save(update_fields=["closes_on"])
    label = f"{cycle.cohort.name} #{cycle.number}"
    record(AuditAction.CYCLE_CHANGED, cycle, by=by, label=label, before={"closes_on": before}, after={"closes_on": closes_on})
    return cycle


@transaction.atomic
def finish(cycle: ReviewCycle, *, by: Member) -> ReviewCycle:
    """End a cycle, so that the next can open: every review of a trainee who still runs is decided.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "not_closed", "reviews_open".
    """
    cycle = _locked(cycle, by)
    if not cycle_can_become(cycle.state, CycleState.FINISHED):
        raise ValidationError(_("Close it for answers first; a finished one stays so."), code="not_closed")
    if undecided(cycle).exists():
        raise ValidationError(_("Some reviews are still to be decided."), code="reviews_open")
    end(cycle, by=by)
    return cycle


def undecided(cycle: ReviewCycle):
    """Reviews of this cycle that somebody still waits for."""
    return CertificationReview.objects.filter(cycle=cycle, enrollment__state=EnrollmentState.ACTIVE).exclude(state=ReviewState.DECIDED)


def end(cycle: ReviewCycle, *, by: Member | None) -> None:
    """Write down that a closed cycle is over."""
    cycle.state, cycle.finished_at = CycleState.FINISHED, clock.now()
    cycle.save(update_fields=["state", "finished_at"])
    record(AuditAction.CYCLE_CHANGED, cycle, by=by, label=f"{cycle.cohort.name} #{cycle.number}", after={"state": cycle.state})


def _locked(cycle: ReviewCycle, by: Member | None) -> ReviewCycle:
    cycles = ReviewCycle.objects.select_for_update(of=["self"]).select_related("cohort").prefetch_related("cohort__deputies")
    cycle = cycles.get(pk=cycle.pk)
    if by is not None and not may_open_cycle(by, cycle.cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager change its review cycles."))
    return cycle


def _publish(cycle: ReviewCycle, raters: dict[int, Rater]) -> None:
    items = [row.item for row in statements_of(cycle.cohort.version_id)]
    given: dict[int, list[Given]] = defaultdict(list)
    for draft in FeedbackDraft.objects.filter(rater__in=raters, is_sent=True):
        rater = raters[draft.rater_id]
        given[rater.review_id].append(Given(rater.group, _asked(draft.scores, rater.group, items), draft.texts))
    FeedbackDraft.objects.filter(rater__in=raters).delete()
    random, cells, answers, comments = SystemRandom(), [], [], []
    for review_id, of_it in sorted(given.items()):
        cells += [
            ResultCell(review_id=review_id, unit=cell.unit, item=cell.item, n=cell.n, mean=cell.mean, bound=cell.bound)
            for cell in rater_anonymity.cells(of_it, items)
        ]
        answers += [FeedbackAnswer(review_id=review_id, unit=unit, scores=scores) for unit, scores in rater_anonymity.kept(of_it, random)]
        comments += [
            ResultComment(review_id=review_id, unit=unit, question=question, text=text)
            for unit, question, text in rater_anonymity.comments(of_it, random)
        ]
    # In one order that no rater's has anything to do with.
    random.shuffle(answers)
    ResultCell.objects.bulk_create(cells, batch_size=2000)
    FeedbackAnswer.objects.bulk_create(answers, batch_size=2000)
    ResultComment.objects.bulk_create(comments, batch_size=2000)


def _asked(scores: dict[str, int], group: str, items: list[Item]) -> dict[str, int]:
    """Answers to what this group is asked, and nothing else."""
    return {item.key: scores[item.key] for item in items if item.key in scores and (group == RaterGroup.SELF or group in item.groups)}
