"""What a session's report shows: attendance, reaction and learning, each with what is hidden left out here already."""

from dataclasses import dataclass
from datetime import date

from effectiveness.models import Attendee, KnowledgeTest, Survey, SurveyAnswer, TestResult, TrainingSession
from effectiveness.rules import level_one
from effectiveness.rules.answering import survey_state
from effectiveness.rules.level_two import Learning, learning
from effectiveness.vocabulary import ASPECTS, ReactionItem, SurveyState, TestPhase

DEFAULT_PASS_MARK = 80


@dataclass(frozen=True)
class Item:
    """One item of the survey with its figures; without them where fewer than five answered it."""

    key: str
    label: str
    aspect: str
    n: int
    mean: str
    favorable: int | None

    @property
    def is_hidden(self) -> bool:
        return self.favorable is None


@dataclass(frozen=True)
class Reaction:
    """Level 1. `answers` came in, of `shown` of them results are shown; `rate` in percent of those who were there."""

    is_open: bool
    closes_on: date
    answers: int
    shown: int
    rate: int | None
    overall: str
    promoters: int | None
    items: list[Item]
    keep: list[str]
    change: list[str]


@dataclass(frozen=True)
class Pair:
    """One learner's scores; who may not read them gets none of these."""

    name: str
    pre: str
    post: str


@dataclass(frozen=True)
class Report:
    """Everything of one session in figures."""

    session: TrainingSession
    people: list[Attendee]
    there: int
    stayed: int
    reaction: Reaction | None
    learning: Learning | None
    test_mark: int | None  # the pass mark of its test, where there is one
    pairs: list[Pair]
    learning_is_hidden: bool  # of too few people for whom did not run the session

    @property
    def pass_mark(self) -> int:
        return DEFAULT_PASS_MARK if self.test_mark is None else self.test_mark


def report(session: TrainingSession, today: date, *, with_scores: bool) -> Report:
    """The report in five queries. `with_scores`: each learner's own, and the class however small."""
    people = list(session.attendees.order_by("pk"))
    there = sum(one.was_there for one in people)
    test = KnowledgeTest.objects.filter(session=session).first()
    test_mark = test.pass_mark if test else None
    scores: dict[int, dict[str, object]] = {}
    for attendee, phase, score in TestResult.objects.filter(attendee__session=session).values_list("attendee_id", "phase", "score"):
        scores.setdefault(attendee, {})[phase] = score
    paired = [(of.get(TestPhase.PRE), of.get(TestPhase.POST)) for of in scores.values()]
    found = learning(paired, test_mark or DEFAULT_PASS_MARK) if scores else None
    is_hidden = found is not None and not with_scores and found.tested < level_one.FEWEST
    return Report(
        session=session,
        people=people,
        there=there,
        stayed=sum(one.stayed(session.minutes) for one in people),
        reaction=reaction(session, today, there),
        learning=None if is_hidden else found,
        test_mark=test_mark,
        pairs=[_pair(one, scores[one.pk]) for one in people if one.pk in scores] if with_scores else [],
        learning_is_hidden=is_hidden,
    )


def reaction(session: TrainingSession, today: date, there: int) -> Reaction | None:
    """Level 1 of a session, None where no survey was ever opened; two queries."""
    survey = Survey.objects.filter(session=session).first()
    if survey is None:
        return None
    is_open = survey_state(survey.closes_on, survey.closed_at, today) == SurveyState.OPEN
    answers = list(SurveyAnswer.objects.filter(survey=survey).order_by("pk"))
    shown = answers[: level_one.shown(len(answers), is_open=is_open)]
    given = [answer.scores for answer in shown]
    overall = level_one.overall(given)
    # Words come in the order of their marks, which are random: neither the order of answering nor who wrote both.
    by_keep = sorted(shown, key=lambda answer: answer.receipt)
    by_change = sorted(shown, key=lambda answer: answer.receipt[::-1])
    return Reaction(
        is_open=is_open,
        closes_on=survey.closes_on,
        answers=len(answers),
        shown=len(shown),
        rate=level_one.percent(len(answers), there),
        overall="" if overall is None else str(overall),
        promoters=level_one.promoter_score([answer.recommend for answer in shown if answer.recommend is not None]),
        items=[_item(result) for result in level_one.results(ReactionItem.values, given)],
        keep=[answer.keep for answer in by_keep if answer.keep],
        change=[answer.change for answer in by_change if answer.change],
    )


def _item(result: level_one.ItemResult) -> Item:
    item = ReactionItem(result.key)
    mean = "" if result.mean is None else str(result.mean)
    return Item(item.value, str(item.label), str(ASPECTS[item].label), result.n, mean, result.favorable)


def _pair(attendee: Attendee, scores: dict[str, object]) -> Pair:
    said = {phase: format(scores[phase].normalize(), "f") if phase in scores else "" for phase in TestPhase.values}
    return Pair(attendee.name, said[TestPhase.PRE], said[TestPhase.POST])
