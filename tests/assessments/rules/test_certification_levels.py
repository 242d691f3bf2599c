"""What a level needs, and what a decision must hold."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.certification_levels import Facts, Proposal, can_be_met, check, problems
from assessments.vocabulary import Dimension

TODAY = date(2026, 9, 1)
LATER = date(2026, 12, 1)
JUNIOR = Facts(
    phases=frozenset({"PH1", "PH2", "PH3"}),
    phases_done=frozenset({"PH1", "PH2"}),
    kinds=frozenset({"D1", "D11", "D14", "D16", "D18"}),
    approved=frozenset({"D1", "D11"}),
    checks=frozenset({"C1", "C2", "C3"}),
    checks_passed=frozenset({"C1", "C2", "C3"}),
    capability=Decimal("3.10"),
    projects=1,
)
INTERMEDIATE = Facts(**{**JUNIOR.__dict__, "approved": frozenset({"D1", "D11", "D14", "D18"}), "projects_closed": 1})
THREES = dict.fromkeys(Dimension.values, 3)
SHORT = [
    ("phases", {"phases_done": frozenset({"PH1"})}),
    ("charter", {"approved": frozenset({"D1"})}),
    ("checks", {"checks_passed": frozenset({"C1", "C3"})}),
    ("capability", {"capability": Decimal("2.99")}),
    ("capability", {"capability": None}),
]


def facts(base=JUNIOR, **other):
    return Facts(**{**base.__dict__, **other})


def proposal(outcome="certified", level="junior", **other):
    given = {"track": "", "scores": THREES, "reasons": "据实", "plan": [], "held": "", "applied": True} | other
    return Proposal(outcome, level, **given)


def codes(*args):
    return {field: code for field, (code, _parts) in problems(*args, TODAY).items()}


def open_needs(level, known, scores=THREES):
    return [answer.need.key for answer in check(level, known, scores) if not answer.met]


def test_the_junior_level_is_met_by_its_needs():
    assert open_needs("junior", JUNIOR) == []
    assert codes(proposal(), JUNIOR) == {}


@pytest.mark.parametrize(("need", "other"), SHORT)
def test_each_need_of_the_junior_level_counts(need, other):
    assert open_needs("junior", facts(**other)) == [need]
    assert codes(proposal(), facts(**other)) == {"level": "needs_open"}


def test_a_dimension_at_one_speaks_against_any_level():
    assert open_needs("junior", JUNIOR, THREES | {"5.3": 1}) == ["none_at_one"]
    assert open_needs("junior", JUNIOR, THREES | {"5.3": 2}) == []


def test_the_intermediate_level_needs_the_junior_one_and_more():
    assert open_needs("intermediate", JUNIOR) == ["project", "report", "plan_or_dashboard"]
    assert open_needs("intermediate", INTERMEDIATE) == []
    assert open_needs("intermediate", INTERMEDIATE, THREES | {"5.1": 2}) == ["all_at_three"]


def test_the_interim_report_is_enough_at_the_first_cycle_alone():
    assert open_needs("intermediate", facts(INTERMEDIATE, cycle=2)) == ["report"]
    assert open_needs("intermediate", facts(INTERMEDIATE, cycle=2, has_final_report=True)) == []


def test_what_the_program_does_not_have_is_not_asked():
    assert [answer.need.key for answer in check("junior", Facts(capability=Decimal(3)))] == ["capability", "none_at_one"]


def test_before_the_panel_has_spoken_only_facts_count():
    assert can_be_met("junior", JUNIOR)
    assert not can_be_met("intermediate", JUNIOR)
    assert [answer.met for answer in check("junior", JUNIOR) if answer.need.of_panel] == [None]


DECISIONS = [
    (proposal("progress", ""), JUNIOR, {"outcome": "progress_not_open"}),
    (proposal("progress", "", applied=False), JUNIOR, {}),
    (proposal("progress", ""), facts(phases_done=frozenset()), {}),
    (proposal("progress", "", held="junior"), JUNIOR, {}),
    (proposal("kept", ""), JUNIOR, {"outcome": "nothing_to_keep"}),
    (proposal("kept", "", held="junior"), JUNIOR, {}),
    (proposal("certified", "", held=""), JUNIOR, {"level": "level_missing"}),
    (proposal("certified", "junior", held="junior"), JUNIOR, {"level": "not_higher"}),
    (proposal("certified", "junior", held="intermediate"), JUNIOR, {"level": "not_higher"}),
    (proposal("certified", "intermediate", held="junior"), INTERMEDIATE, {}),
    (proposal("not_yet", ""), JUNIOR, {"plan": "plan_missing"}),
    (proposal("not_yet", "", plan=[("x", LATER)] * 4), JUNIOR, {"plan": "too_many_points"}),
    (proposal("not_yet", "", plan=[("x", date(2026, 8, 31))]), JUNIOR, {"plan": "date_passed"}),
    (proposal("not_yet", "", plan=[("x", LATER)]), JUNIOR, {}),
    (proposal("certified", "junior", plan=[("x", LATER)]), JUNIOR, {"plan": "plan_not_asked"}),
    (proposal(reasons="  "), JUNIOR, {"reasons": "reasons_missing"}),
    (proposal("progress", "", applied=False, scores={"5.1": 3}), JUNIOR, {"scores": "scores_missing"}),
    (proposal("progress", "", applied=False, scores=THREES | {"5.1": 5}), JUNIOR, {"scores": "scores_missing"}),
    # The successor pool: intermediate, two dimensions at 4.
    (proposal("certified", "intermediate", track="head", scores=THREES | {"5.1": 4, "5.2": 4}), INTERMEDIATE, {}),
    (proposal("kept", "", held="intermediate", track="expert", scores=THREES | {"5.1": 4, "5.3": 4}), INTERMEDIATE, {}),
    (proposal("certified", "intermediate", track="head", scores=THREES | {"5.1": 4}), INTERMEDIATE, {"track": "track_not_open"}),
    (proposal("certified", "junior", track="head", scores=THREES | {"5.1": 4, "5.2": 4}), JUNIOR, {"track": "track_not_open"}),
    (proposal("not_yet", "", held="intermediate", track="head", scores=THREES | {"5.1": 4, "5.2": 4}, plan=[("x", LATER)]),
     INTERMEDIATE, {"track": "track_not_open"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "known", "expected"), DECISIONS)
def test_what_a_decision_must_hold(given, known, expected):
    assert codes(given, known) == expected


sets = st.frozensets(st.sampled_from(["PH1", "PH2", "D1", "D11", "D14", "D16", "C1", "C3"]))


@given(sets, sets, st.sampled_from(["junior", "intermediate"]))
def test_more_done_never_closes_a_level(done, more, level):
    def known(keys):
        return facts(phases_done=keys, approved=keys, checks_passed=keys, projects_closed=1)

    before = {answer.need.key for answer in check(level, known(done), THREES) if answer.met}
    after = {answer.need.key for answer in check(level, known(done | more), THREES) if answer.met}
    assert before <= after
