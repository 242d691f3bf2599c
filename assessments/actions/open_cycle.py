"""Open a review cycle for a cohort: a review for each running trainee, their tasks, and whom one would ask for feedback."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments import paths
from assessments.models import CertificationReview, Rater, ReviewCycle
from assessments.policies.reviews import may_open_cycle
from assessments.queries.decisions import held_level, standing_decisions
from assessments.vocabulary import CycleState, Level, Notice, RaterGroup, RaterState
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.open_cycle_work import open_cycle_work
from programs.models import Cohort, Enrollment, SupportRole
from programs.vocabulary import EnrollmentState, Role

MOST_NUMBER = 99
# Who is proposed as what; the trainee and whoever approves change the list.
PROPOSED_AS = {
    Role.LINE_MANAGER: RaterGroup.SUPERIOR,
    Role.BUSINESS_HEAD: RaterGroup.BUSINESS,
    Role.HRBP: RaterGroup.PEER,
    Role.TRAINING_MANAGER: RaterGroup.PEER,
}


def next_number(cohort: Cohort) -> int:
    """The number that a new cycle of this cohort takes."""
    return (ReviewCycle.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0) + 1


# PH5 recurs over the whole enrollment: the intermediate level asks for what PH4 brings after completion.
REVIEWED = (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED)


@transaction.atomic
def open_cycle(cohort: Cohort, *, number: int, length: str, opens_on: date, closes_on: date, by: Member, today: date) -> ReviewCycle:
    """Open cycle `number`, for those who completed as well: the next level is still before them.

    Running trainees are those of today; who is enrolled later comes into the next one.

    Raises:
        PermissionDenied: `by` does not run this cohort.
        ValidationError: "cycle_one_running", "cycle_number_once", "dates_wrong_way", "over_before_it_begins", "nobody".
    """
    cohort = Cohort.objects.select_for_update(of=["self"]).prefetch_related("deputies").get(pk=cohort.pk)
    if not may_open_cycle(by, cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager open review cycles."))
    _check(cohort, number, opens_on, closes_on, today)
    enrollments = list(Enrollment.objects.filter(cohort=cohort, state__in=REVIEWED).select_related("cohort", "trainee"))
    if not enrollments:
        raise ValidationError(_("Nobody in this cohort is running through the program today."), code="nobody")
    cycle = ReviewCycle.objects.create(cohort=cohort, number=number, length=length, opens_on=opens_on, closes_on=closes_on, opened_by=by)
    decided = standing_decisions([enrollment.pk for enrollment in enrollments])
    reviews = CertificationReview.objects.bulk_create(
        [
            CertificationReview(
                cycle=cycle,
                enrollment=enrollment,
                level=Level.INTERMEDIATE if held_level(decided.get(enrollment.pk, ())) else Level.JUNIOR,
            )
            for enrollment in enrollments
        ],
        batch_size=1000,
    )
    _propose(reviews)
    open_cycle_work(enrollments, number, opens_on)
    record(
        AuditAction.CYCLE_OPENED,
        cycle,
        by=by,
        label=f"{cohort.name} #{number}",
        after={"number": number, "length": length, "opens_on": opens_on, "closes_on": closes_on},
    )
    words = {"cohort": cohort.name, "number": number, "due_on": closes_on.isoformat()}
    for review in reviews:
        notify(review.enrollment.trainee, Notice.CYCLE_OPENED, about=review, path=paths.review(review.pk), words=words, key=str(review.pk))
    return cycle


def _check(cohort: Cohort, number: int, opens_on: date, closes_on: date, today: date) -> None:
    cycles = ReviewCycle.objects.filter(cohort=cohort)
    if cycles.exclude(state=CycleState.FINISHED).exists():
        raise ValidationError(_("This cohort already has a running review cycle."), code="cycle_one_running")
    if not 1 <= number <= MOST_NUMBER or cycles.filter(number__gte=number).exists():
        text = _("This number has been used. Take a higher one.")
        raise ValidationError({"number": ValidationError(text, code="cycle_number_once")})
    if closes_on < opens_on:
        text = _("The last day for answers must not be before the first.")
        raise ValidationError({"closes_on": ValidationError(text, code="dates_wrong_way")})
    if closes_on < today:
        text = _("This day has passed: nobody could answer any more.")
        raise ValidationError({"closes_on": ValidationError(text, code="over_before_it_begins")})


def _propose(reviews: list[CertificationReview]) -> None:
    """The trainee on themselves, and those whom the program knows to work with them. One group a person, the first that fits."""
    by_enrollment = {review.enrollment_id: review for review in reviews}
    raters = [
        Rater(review=review, member_id=review.enrollment.trainee_id, group=RaterGroup.SELF, state=RaterState.ASKED) for review in reviews
    ]
    seen = {(rater.review_id, rater.member_id) for rater in raters}
    superior: set[int] = set()
    supports = SupportRole.objects.filter(
        enrollment__in=by_enrollment, role__in=PROPOSED_AS, ended_at__isnull=True, member__ended_at__isnull=True
    )
    order = list(PROPOSED_AS)
    for support in sorted(supports.order_by("since", "pk"), key=lambda one: order.index(one.role)):
        review, group = by_enrollment[support.enrollment_id], PROPOSED_AS[support.role]
        if (review.pk, support.member_id) in seen or (group == RaterGroup.SUPERIOR and review.pk in superior):
            continue
        seen.add((review.pk, support.member_id))
        superior |= {review.pk} if group == RaterGroup.SUPERIOR else set()
        raters.append(Rater(review=review, member_id=support.member_id, group=group))
    Rater.objects.bulk_create(raters, batch_size=1000)
