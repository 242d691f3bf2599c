"""Scores on a rubric, and the advice that follows from them. The signer decides; the advice only says what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

NOT_YET, NEARLY, MET, BEYOND = LEVELS = (1, 2, 3, 4)
LOWEST_MEAN = Decimal("3.0")
MOST_NEARLY = 1
FEWEST_CRITERIA, MOST_CRITERIA = 3, 5

MESSAGES = {
    "missing_score": _("Choose a level for this criterion."),
    "unknown_criterion": _("This criterion is not in the rubric. Load the page again."),
    "out_of_scale": _("Choose one of the four levels."),
    "weights_not_whole": _("The weights must make 100 together."),
    "weight_not_positive": _("Each weight must be above 0."),
    "too_few_criteria": _("A rubric has three criteria at least."),
    "too_many_criteria": _("A rubric has five criteria at most."),
    "double_key": _("Two criteria have the same key."),
    "not_yet": _("A criterion is at level 1, not yet."),
    "several_nearly": _("More than one criterion is at level 2, nearly."),
    "low_mean": _("The weighted mean is below 3.0."),
}


@dataclass(frozen=True)
class Criterion:
    """One criterion of a rubric; its weight is its share of a hundred."""

    key: str
    weight: int


@dataclass(frozen=True)
class Problem:
    """What is wrong with a rubric or with scores; `key` names the criterion, and is empty for the whole."""

    code: str
    key: str = ""

    @property
    def text(self):
        """What to do, to be translated where it is shown."""
        return MESSAGES[self.code]


@dataclass(frozen=True)
class Advice:
    """Whether the scores speak for approval, their weighted mean, and the codes of what speaks against it."""

    approve: bool
    mean: Decimal
    against: tuple[str, ...] = ()


def check_rubric(criteria: Sequence[Criterion]) -> list[Problem]:
    """What keeps a rubric from being published. An empty one is none: the deliverable is not scored."""
    if not criteria:
        return []
    problems = []
    if len(criteria) < FEWEST_CRITERIA:
        problems.append(Problem("too_few_criteria"))
    if len(criteria) > MOST_CRITERIA:
        problems.append(Problem("too_many_criteria"))
    if len({criterion.key for criterion in criteria}) < len(criteria):
        problems.append(Problem("double_key"))
    problems += [Problem("weight_not_positive", criterion.key) for criterion in criteria if criterion.weight <= 0]
    if sum(criterion.weight for criterion in criteria) != 100:
        problems.append(Problem("weights_not_whole"))
    return problems


def check_scores(criteria: Sequence[Criterion], scores: Mapping[str, int | None]) -> list[Problem]:
    """What is missing or wrong in the scores of one sign-off, in the rubric's order."""
    problems = []
    for criterion in criteria:
        score = scores.get(criterion.key)
        if score is None:
            problems.append(Problem("missing_score", criterion.key))
        elif isinstance(score, bool) or score not in LEVELS:
            problems.append(Problem("out_of_scale", criterion.key))
    known = {criterion.key for criterion in criteria}
    return problems + [Problem("unknown_criterion", key) for key in sorted(scores.keys() - known)]


def weighted_mean(criteria: Sequence[Criterion], scores: Mapping[str, int]) -> Decimal:
    """The mean level by weight, exact.

    Raises:
        ValueError: "weights_not_whole", there is nothing to weigh by.
        KeyError: a criterion has no score; `check_scores` says which.
    """
    total = sum(criterion.weight for criterion in criteria)
    if total <= 0:
        raise ValueError("weights_not_whole")
    return Decimal(sum(criterion.weight * scores[criterion.key] for criterion in criteria)) / Decimal(total)


def shown_mean(mean: Decimal) -> Decimal:
    """A mean as it is shown: two decimals, halves up."""
    return mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def advice(criteria: Sequence[Criterion], scores: Mapping[str, int]) -> Advice:
    """What the scores speak for: approval when none is at 1, at most one at 2, and the weighted mean is 3.0 or more.

    Source: content, Levels.
    """
    mean = weighted_mean(criteria, scores)
    levels = [scores[criterion.key] for criterion in criteria]
    against = []
    if NOT_YET in levels:
        against.append("not_yet")
    if levels.count(NEARLY) > MOST_NEARLY:
        against.append("several_nearly")
    if mean < LOWEST_MEAN:
        against.append("low_mean")
    return Advice(not against, mean, tuple(against))
