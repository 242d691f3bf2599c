"""What a level needs, as data; and what a decision must hold. Figures advise: people set 5.1-5.3 and write why.

A need of which the program knows nothing (a template without project charters, say) is not asked.
Source: content 4, levels; programme map 5.4.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.vocabulary import Dimension, Level, Outcome, Track

LOWEST_CAPABILITY = Decimal("3.0")
SCALE = (1, 2, 3, 4)
MET, BEYOND = 3, 4
MOST_POINTS = 3
NEEDED_BEYOND = 2  # dimensions at 4 for the successor pool

MESSAGES = {
    "needs_open": _("This level needs more than is there: %(needs)s."),
    "level_missing": _("Choose the level."),
    "nothing_to_keep": _("There is no level yet that could be kept."),
    "not_higher": _("This level, or a higher one, is held already. Choose “level kept”."),
    "progress_not_open": _("What a level needs is there, and it was applied for: decide on it."),
    "plan_missing": _("Say what to do until when: one to three points."),
    "too_many_points": _("At most three points."),
    "date_passed": _("This date lies in the past."),
    "plan_not_asked": _("A plan goes with “not yet” alone."),
    "track_not_open": _("The successor pool needs the intermediate level and two dimensions at 4."),
    "reasons_missing": _("Write why: the trainee reads it."),
    "scores_missing": _("Give each dimension a level from 1 to 4."),
}


@dataclass(frozen=True)
class Facts:
    """What is known about a trainee's way, as the file holds it. Sets of keys; `kinds` and `checks` are all the program has."""

    phases: frozenset[str] = frozenset()
    phases_done: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()
    checks_passed: frozenset[str] = frozenset()
    capability: Decimal | None = None
    projects: int = 0  # practice projects that the program asks for
    projects_closed: int = 0
    has_final_report: bool = False  # D14 in its final version
    cycle: int = 1

    @classmethod
    def from_file(cls, facts: Mapping) -> "Facts":
        """As a review's file holds them."""
        sets = {name: frozenset(facts[name]) for name in ("phases", "phases_done", "kinds", "approved", "checks", "checks_passed")}
        plain = {name: facts[name] for name in ("projects", "projects_closed", "has_final_report", "cycle")}
        return cls(capability=Decimal(facts["capability"]) if facts["capability"] else None, **sets, **plain)


@dataclass(frozen=True)
class Need:
    """One thing that a level needs. `is_known`: whether the program has it at all; `of_panel`: only the panel's levels tell."""

    key: str
    words: Promise
    is_known: Callable[[Facts], bool]
    is_met: Callable[[Facts, Mapping[str, int]], bool]
    of_panel: bool = False


@dataclass(frozen=True)
class Answer:
    """One need and whether it is met; None where the panel has not yet said."""

    need: Need
    met: bool | None


def _scored(scores: Mapping[str, int]) -> list[int]:
    return [scores[dimension] for dimension in Dimension if scores.get(dimension)]


def _report_is_there(facts: Facts) -> bool:
    # The interim report is enough at the first cycle.
    return "D14" in facts.approved and (facts.has_final_report or facts.cycle == 1)


NEEDS: dict[str, tuple[Need, ...]] = {
    Level.JUNIOR: (
        Need(
            "phases",
            _("phases 1 and 2 complete"),
            lambda facts: bool({"PH1", "PH2"} & facts.phases),
            lambda facts, _scores: ({"PH1", "PH2"} & facts.phases) <= facts.phases_done,
        ),
        Need("charter", _("project charter approved"), lambda facts: "D11" in facts.kinds, lambda facts, _scores: "D11" in facts.approved),
        Need(
            "checks", _("all checks passed"), lambda facts: bool(facts.checks), lambda facts, _scores: facts.checks <= facts.checks_passed
        ),
        Need(
            "capability",
            _("weighted mean of approved work at 3.0 or above"),
            lambda _facts: True,
            lambda facts, _scores: facts.capability is not None and facts.capability >= LOWEST_CAPABILITY,
        ),
        Need(
            "none_at_one",
            _("none of 5.1 to 5.3 at level 1"),
            lambda _facts: True,
            lambda _facts, scores: len(_scored(scores)) == len(Dimension) and 1 not in _scored(scores),
            of_panel=True,
        ),
    ),
    Level.INTERMEDIATE: (
        Need(
            "project", _("one practice project closed"), lambda facts: facts.projects > 0, lambda facts, _scores: facts.projects_closed > 0
        ),
        Need(
            "report",
            _("level 3-4 and ROI report approved, in its final version from the second cycle on"),
            lambda facts: "D14" in facts.kinds,
            lambda facts, _scores: _report_is_there(facts),
        ),
        Need(
            "plan_or_dashboard",
            _("annual training plan or training dashboard approved"),
            lambda facts: bool({"D16", "D18"} & facts.kinds),
            lambda facts, _scores: bool({"D16", "D18"} & facts.approved),
        ),
        Need(
            "all_at_three",
            _("5.1, 5.2 and 5.3 each at 3 or above"),
            lambda _facts: True,
            lambda _facts, scores: len(_scored(scores)) == len(Dimension) and min(_scored(scores)) >= MET,
            of_panel=True,
        ),
    ),
}


def check(level: str, facts: Facts, scores: Mapping[str, int] | None = None) -> list[Answer]:
    """What this level needs and whether it is met. The intermediate level needs all that the junior one does.

    Without `scores` what only the panel's levels tell is left open (None).
    """
    wanted = NEEDS[Level.JUNIOR] + (NEEDS[Level.INTERMEDIATE] if level == Level.INTERMEDIATE else ())
    return [
        Answer(need, None if need.of_panel and scores is None else need.is_met(facts, scores or {}))
        for need in wanted
        if need.is_known(facts)
    ]


def can_be_met(level: str, facts: Facts) -> bool:
    """Whether nothing but the panel's own levels stands between the trainee and this level."""
    return all(answer.met is not False for answer in check(level, facts))


@dataclass(frozen=True)
class Proposal:
    """A decision before it is made. `plan`: (what, until when); `held`: the level the trainee has; `applied`: asks for a level."""

    outcome: str
    level: str
    track: str
    scores: Mapping[str, int]
    reasons: str
    plan: Sequence[tuple[str, date]]
    held: str = ""
    applied: bool = True


def problems(proposal: Proposal, facts: Facts, today: date) -> dict[str, tuple[str, dict]]:
    """What keeps a decision from being made, by field: (code of MESSAGES, parts); empty for a good one."""
    found: dict[str, tuple[str, dict]] = {}
    if set(proposal.scores) != set(Dimension) or any(score not in SCALE for score in proposal.scores.values()):
        found["scores"] = ("scores_missing", {})
    if not proposal.reasons.strip():
        found["reasons"] = ("reasons_missing", {})
    found |= _level_problems(proposal, facts)
    found |= _plan_problems(proposal, today)
    if proposal.track and not _pool_is_open(proposal):
        found["track"] = ("track_not_open", {})
    return found


def _level_problems(proposal: Proposal, facts: Facts) -> dict[str, tuple[str, dict]]:
    order = list(Level)
    if proposal.outcome == Outcome.CERTIFIED:
        if proposal.level not in order:
            return {"level": ("level_missing", {})}
        if proposal.held and order.index(proposal.held) >= order.index(proposal.level):
            return {"level": ("not_higher", {})}
        open_needs = [answer.need.words for answer in check(proposal.level, facts, proposal.scores) if not answer.met]
        return {"level": ("needs_open", {"needs": open_needs})} if open_needs else {}
    if proposal.outcome == Outcome.KEPT and not proposal.held:
        return {"outcome": ("nothing_to_keep", {})}
    higher = [level for level in order if not proposal.held or order.index(level) > order.index(proposal.held)]
    if proposal.outcome == Outcome.PROGRESS and proposal.applied and any(can_be_met(level, facts) for level in higher):
        return {"outcome": ("progress_not_open", {})}
    return {}


def _plan_problems(proposal: Proposal, today: date) -> dict[str, tuple[str, dict]]:
    if proposal.outcome != Outcome.NOT_YET:
        return {"plan": ("plan_not_asked", {})} if proposal.plan else {}
    if not proposal.plan:
        return {"plan": ("plan_missing", {})}
    if len(proposal.plan) > MOST_POINTS:
        return {"plan": ("too_many_points", {})}
    return {"plan": ("date_passed", {})} if any(due_on < today for _what, due_on in proposal.plan) else {}


def _pool_is_open(proposal: Proposal) -> bool:
    level = proposal.level if proposal.outcome == Outcome.CERTIFIED else proposal.held if proposal.outcome == Outcome.KEPT else ""
    beyond = [score for score in proposal.scores.values() if score == BEYOND]
    return proposal.track in Track.values and level == Level.INTERMEDIATE and len(beyond) >= NEEDED_BEYOND
