"""What the calendar alone brings to reviews: answers, votes and plans that are due; cycles whose last day has passed.

A key names recipient, thing and day, so a sweep that runs twice tells nobody twice.
"""

from datetime import date, timedelta

from assessments import paths
from assessments.actions.choose_raters import mail_links, reached_by_mail
from assessments.actions.close_cycle import close
from assessments.models import Panelist, PanelVote, Rater, ReviewCycle
from assessments.vocabulary import CycleState, Notice, Outcome, RaterState, ReviewState
from notifications.actions.notify import notify
from organizations import clock
from programs import paths as paths_of_programs
from programs.actions.complete_enrollment import complete_enrollment
from programs.models import Enrollment, PlanPoint
from programs.queries.calendars import calendar_of
from programs.vocabulary import EnrollmentState

DAYS_BEFORE = (5, 2, 0)  # working days before the last day for answers, and that day
AGAIN = 3  # days after which a voter is told again


def sweep(today: date) -> None:
    """All that is due today in the open tenant."""
    for cycle in ReviewCycle.objects.filter(state=CycleState.OPEN).select_related("cohort").order_by("pk"):
        calendar = calendar_of(cycle.cohort.calendar)
        if cycle.closes_on < today:
            close(cycle, by=None)
        elif calendar.is_working(today) and today in {calendar.add_working_days(cycle.closes_on, -days) for days in DAYS_BEFORE}:
            _remind_raters(cycle, today)
    _remind_voters(today)
    _remind_of_plans(today)
    _complete(today)


def _remind_raters(cycle: ReviewCycle, today: date) -> None:
    """Another personal link is mailed, once in a cycle; who signs in is told each time."""
    asked = Rater.objects.filter(review__cycle=cycle, state=RaterState.ASKED, review__enrollment__state=EnrollmentState.ACTIVE)
    raters = list(asked.select_related("member__user", "review__enrollment__trainee").order_by("pk"))
    mailed = reached_by_mail([rater for rater in raters if rater.link_again_on is None])
    for rater in raters:
        if not rater.signs_in:
            continue
        words = {"trainee": rater.review.enrollment.trainee.name, "due_on": cycle.closes_on.isoformat()}
        path, key = paths.feedback(rater.pk), f"{rater.pk}:{today.isoformat()}"
        notify(rater.member, Notice.FEEDBACK_DUE, about=rater.review, path=path, words=words, key=key, by_mail=rater not in mailed)
    Rater.objects.filter(pk__in=[rater.pk for rater in mailed]).update(link_again_on=today)
    mail_links(mailed)


def _remind_voters(today: date) -> None:
    waiting = Panelist.objects.filter(review__state=ReviewState.VOTING, review__enrollment__state=EnrollmentState.ACTIVE)
    voted = set(PanelVote.objects.filter(review__state=ReviewState.VOTING).values_list("review_id", "member_id"))
    for one in waiting.select_related("member", "review__enrollment__trainee", "review__cycle").order_by("pk"):
        days = (clock.now() - one.review.frozen_at).days
        if (one.review_id, one.member_id) in voted or days < AGAIN:
            continue
        words = {"trainee": one.review.enrollment.trainee.name, "number": one.review.cycle.number}
        key = f"{one.review_id}:{days // AGAIN}"
        notify(one.member, Notice.VOTE_DUE, about=one.review, path=paths.review(one.review_id), words=words, key=key)


def _remind_of_plans(today: date) -> None:
    """Points of a "not yet" that are still to be done, on the day before and on the day."""
    points = PlanPoint.objects.running().filter(
        due_on__range=(today, today + timedelta(days=1)), enrollment__state__in=[EnrollmentState.ACTIVE, EnrollmentState.COMPLETED]
    )
    for point in points.select_related("enrollment__trainee").order_by("pk"):
        words = {"note": point.what, "due_on": point.due_on.isoformat()}
        path, key = paths_of_programs.plan_point(point.pk), f"{point.pk}:{today.isoformat()}"
        notify(point.enrollment.trainee, Notice.PLAN_DUE, about=point.enrollment, path=path, words=words, key=key)


def _complete(today: date) -> None:
    """Programmes whose phases have ended since their certification decision."""
    final = [outcome for outcome in Outcome if outcome != Outcome.PROGRESS]
    decided = Enrollment.objects.filter(state=EnrollmentState.ACTIVE, decisions__outcome__in=final)
    for enrollment in decided.select_related("cohort", "trainee").distinct().order_by("pk"):
        complete_enrollment(enrollment, by=None, today=today)
