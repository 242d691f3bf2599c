"""The page of one review: how far it is, its people, its panel with what of their votes may be seen."""

from dataclasses import dataclass

from assessments.models import AppealPanelist, CertificationReview, Decision, KpiValue, Panelist, PanelVote, Rater, Statement
from assessments.queries.file_words import FileWords, file_words
from assessments.queries.review import supporters_of
from assessments.queries.scheme import scheme_of
from assessments.vocabulary import CycleState, Outcome, RaterState, Track
from organizations.models import Member
from programs.vocabulary import Role


@dataclass(frozen=True)
class Seat:
    """One reviewer on the panel; `vote` only where votes are open."""

    member: Member
    is_chair: bool
    has_voted: bool
    vote: PanelVote | None

    @property
    def scores(self) -> list[tuple[str, int, str]]:
        """Dimension, level and reasons."""
        return [(key, level, self.vote.reasons.get(key, "")) for key, level in sorted(self.vote.scores.items())] if self.vote else []

    @property
    def outcome(self) -> str:
        return str(Outcome(self.vote.outcome).label) if self.vote else ""

    @property
    def track(self) -> str:
        return str(Track(self.vote.track).label) if self.vote and self.vote.track else ""


@dataclass(frozen=True)
class ReviewPage:
    """All that the page shows. `file` only for those who read it."""

    review: CertificationReview
    seats: list[Seat]
    mentors: list[Member]
    line_managers: list[Member]
    asked: int
    answered: int
    figures: int
    kpis: int
    spoken: list[Statement]
    file: FileWords | None
    decision: Decision | None
    on_appeal: bool
    own_request: int | None  # the reader's own, where it still waits

    @property
    def voted(self) -> int:
        return sum(seat.has_voted for seat in self.seats)


def review_page(review: CertificationReview, *, with_file: bool, with_votes: bool, own: int | None = None) -> ReviewPage:
    """The page's parts. `own` is the reader: before votes are open, theirs is the one that may be shown."""
    votes = {vote.member_id: vote for vote in PanelVote.objects.filter(review=review)}
    panel = Panelist.objects.filter(review=review).select_related("member").order_by("member__sort_name", "pk")
    states = list(Rater.objects.filter(review=review).exclude(state=RaterState.PROPOSED).values_list("state", flat=True))
    version = review.enrollment.cohort.version_id
    return ReviewPage(
        review=review,
        seats=[
            Seat(
                one.member,
                one.member_id == review.chair_id,
                one.member_id in votes,
                votes.get(one.member_id) if with_votes or one.member_id == own else None,
            )
            for one in panel
        ],
        mentors=supporters_of(review, Role.MENTOR),
        line_managers=supporters_of(review, Role.LINE_MANAGER),
        asked=len(states),
        answered=states.count(RaterState.ANSWERED),
        figures=KpiValue.objects.filter(review=review).count(),
        kpis=len(scheme_of(version)["kpis"]),
        spoken=list(Statement.objects.filter(review=review).select_related("member").order_by("role", "pk")),
        file=file_words(review.file, version) if with_file else None,
        decision=Decision.objects.filter(review=review).order_by("-at", "-pk").first(),
        own_request=_request_of(review, own),
        on_appeal=AppealPanelist.objects.filter(appeal__decision__review=review).exists(),
    )


def _request_of(review: CertificationReview, member: int | None) -> int | None:
    """The request for feedback that this person has still to answer here."""
    if member is None or review.cycle.state != CycleState.OPEN:
        return None
    return Rater.objects.filter(review=review, member=member, state=RaterState.ASKED).values_list("pk", flat=True).first()
