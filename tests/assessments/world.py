"""A review cycle of the cast's trainee, taken as far as a test needs."""

from dataclasses import dataclass, field
from datetime import date

from assessments.actions import answer_feedback, choose_raters, close_cycle, hand_to_panel, open_cycle
from assessments.actions.decide import decide
from assessments.actions.vote import vote
from assessments.models import CertificationReview, Rater, ReviewCycle
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from assessments.vocabulary import Dimension, RaterGroup
from organizations.models import Member
from organizations.vocabulary import OrganizationRole
from programs.models import Cohort, Enrollment
from tests.cast import make_member
from tests.factories.programs import START, enroll_cast

TODAY = START
CLOSES = date(2026, 9, 28)
LEVELS = dict.fromkeys(Dimension.values, 3)
REASONS = dict.fromkeys(Dimension.values, "材料里有据可查")


@dataclass
class World:
    """The cast, the trainee's enrollment, the running cycle and the trainee's review in it."""

    cast: object
    enrollment: Enrollment
    cycle: ReviewCycle
    others: list[Member] = field(default_factory=list)

    @property
    def review(self) -> CertificationReview:
        """As it stands now."""
        loaded = CertificationReview.objects.select_related("cycle__cohort", "enrollment__cohort", "enrollment__trainee", "chair")
        return loaded.get(cycle=self.cycle, enrollment=self.enrollment)

    @property
    def panel(self) -> list[Member]:
        """Two reviewers."""
        return [self.cast.reviewer, self.cast.second_reviewer]

    def url(self, path: str = "") -> str:
        """A page of the review."""
        return self.cast.url(f"reviews/{self.review.pk}/{path}")


def make_world(cast, cohort: Cohort | None = None, enrollment: Enrollment | None = None) -> World:
    """A cycle has opened, for someone who is enrolled already or the cast's trainee; a second and a third reviewer exist."""
    roles = [OrganizationRole.REVIEWER, OrganizationRole.MEMBER]
    cast.people.setdefault("second_reviewer", make_member("秦岚", "second@hengyue.example", roles))
    cast.people.setdefault("third_reviewer", make_member("唐宁", "third@hengyue.example", roles))
    enrollment = enrollment or enroll_cast(cast, cohort)
    cycle = open_cycle.open_cycle(
        enrollment.cohort, number=1, length="half_year", opens_on=TODAY, closes_on=CLOSES, by=cast.manager, today=TODAY
    )
    return World(cast, enrollment, cycle)


def ask(world: World, **counts: int) -> list[Rater]:
    """So many people in each group besides the superior and the trainee, approved: ask(world, peer=3, learner=2)."""
    Rater.objects.filter(review=world.review).exclude(group__in=[RaterGroup.SELF, RaterGroup.SUPERIOR]).delete()
    for group, count in counts.items():
        for number in range(count):
            person = make_member(f"{group} {number}", f"{group}{number}.{len(world.others)}@hengyue.example")
            world.others.append(person)
            choose_raters.propose(world.review, person, group, by=world.cast.trainee)
    choose_raters.approve(world.review, by=world.cast.line_manager, today=TODAY)
    return list(Rater.objects.filter(review=world.review).order_by("pk"))


def send(rater: Rater, score: int = 4, keep: str = "", change: str = "", **other: int) -> None:
    """Answer everything the same, save what is named."""
    keys = [row.item.key for row in asked_of(rater.group, statements_of(rater.review.enrollment.cohort.version_id))]
    scores = {key: other.get(key, score) for key in keys}
    answer_feedback.send(rater, scores, {"continue": keep, "change": change}, TODAY)


def close(world: World) -> None:
    """The cycle is closed for answers."""
    close_cycle.close(world.cycle, by=world.cast.manager)


def freeze(world: World) -> CertificationReview:
    """Panel named, file frozen."""
    hand_to_panel.name_panel(world.review, world.panel, world.cast.reviewer, "junior", by=world.cast.director)
    hand_to_panel.freeze(world.review, by=world.cast.director, today=TODAY)
    return world.review


def cast_vote(world: World, by: Member, **more):
    """One vote on the file as it is."""
    given = {"scores": LEVELS, "reasons": REASONS, "outcome": "progress", "file_hash": world.review.file_hash} | more
    return vote(world.review, by=by, **given)


def voted_world(cast, **asked: int) -> World:
    """Everybody on the panel has voted."""
    world = make_world(cast)
    if asked:
        for rater in ask(world, **asked):
            send(rater)
    close(world)
    freeze(world)
    for member in world.panel:
        cast_vote(world, member)
    return world


def decided_world(cast, outcome: str = "not_yet", **more) -> World:
    """A decision is written by the chair."""
    world = voted_world(cast)
    given = {"scores": LEVELS, "reasons": "整体达到，效果评估还需独立完成一次。", "plan": []} | more
    if outcome == "not_yet" and not given["plan"]:
        given["plan"] = [("独立完成一份二级评估报告", date(2026, 12, 31))]
    decide(world.review, outcome, by=cast.reviewer, today=TODAY, **given)
    return world
