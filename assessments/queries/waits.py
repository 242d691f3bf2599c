"""What of reviews waits for whom: people to approve, figures to confirm, statements, votes, appeals, 360 feedback."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from assessments import paths
from assessments.models import AppealPanelist, KpiValue, Panelist, PanelVote, Rater, Statement
from assessments.rules.kpi_formulas import FORMULAS
from assessments.vocabulary import CycleState, Notice, RaterState, ReviewState
from programs.models import SupportRole
from programs.queries.waits import Wait, wait_rows
from programs.vocabulary import Role

REVIEW = "enrollment__reviews"  # as seen from who supports the trainee
BY_BUSINESS = sorted(key for key, formula in FORMULAS.items() if formula.needs_business)


def waits() -> tuple[Wait, ...]:
    """Nobody stands in for a reviewer or a rater; who has given feedback is nobody else's to know."""
    proposed = Rater.objects.filter(review=OuterRef(REVIEW), state=RaterState.PROPOSED)
    figures = KpiValue.objects.filter(review=OuterRef(REVIEW), key__in=BY_BUSINESS, value__isnull=False, confirmed_at__isnull=True)
    spoken = Statement.objects.filter(review=OuterRef(REVIEW), member=OuterRef("member"))
    open_one, closed = CycleState.OPEN, CycleState.CLOSED
    raters = _gathering(Exists(proposed), [open_one], Role.LINE_MANAGER, since="opened_at", due_on="closes_on")
    kpis = _gathering(Exists(figures), [open_one, closed], Role.BUSINESS_HEAD, since="opened_at")
    statements = _gathering(~Exists(spoken), [closed], Role.MENTOR, Role.LINE_MANAGER, since="closed_at")
    return (
        Wait(Notice.RATERS_PROPOSED, paths.raters, raters),
        Wait(Notice.KPI_TO_CONFIRM, paths.kpis, kpis),
        Wait(Notice.STATEMENT_ASKED, paths.statement, statements),
        Wait(Notice.PANEL_ASKED, paths.review, _votes()),
        Wait(Notice.APPEAL_ASKED, paths.appeal, _appeals()),
        Wait(Notice.FEEDBACK_ASKED, paths.feedback, _feedback(), secret=True),
    )


def _gathering(condition: Combinable, cycles: list[CycleState], *roles: Role, **since_and_due: str) -> QuerySet:
    """Reviews that are still put together, for whoever supports the trainee in these roles."""
    states = {f"{REVIEW}__state": ReviewState.GATHERING, f"{REVIEW}__cycle__state__in": cycles}
    supporting = SupportRole.objects.filter(condition, role__in=roles, ended_at__isnull=True, **states)
    days = {name: f"{REVIEW}__cycle__{column}" for name, column in since_and_due.items()}
    return wait_rows(supporting, who="member", trainee="enrollment__trainee", of=f"{REVIEW}__pk", **days)


def _votes() -> QuerySet:
    voted = PanelVote.objects.filter(review=OuterRef("review"), member=OuterRef("member"))
    asked = Panelist.objects.filter(~Exists(voted), review__state=ReviewState.VOTING)
    return wait_rows(asked, who="member", of="review_id", trainee="review__enrollment__trainee", since="review__frozen_at")


def _appeals() -> QuerySet:
    asked = AppealPanelist.objects.filter(granted__isnull=True)
    return wait_rows(
        asked, who="member", of="appeal__decision__review_id", trainee="appeal__decision__enrollment__trainee", since="appeal__at"
    )


def _feedback() -> QuerySet:
    asked = Rater.objects.filter(state=RaterState.ASKED, member__isnull=False, review__cycle__state=CycleState.OPEN)
    return wait_rows(
        asked,
        who="member",
        trainee="review__enrollment__trainee",
        since="review__cycle__opened_at",
        due_on="review__cycle__closes_on",
    )
