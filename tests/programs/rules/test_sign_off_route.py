import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.sign_off_route import Problem, Step, check, explore, who_may_take
from programs.vocabulary import Role, StepKind

T, M, LM, HRBP, BH, HRD = "trainee", "mentor", "line_manager", "hrbp", "business_head", "hr_director"


def agree(*roles, **more):
    return Step(StepKind.AGREE, roles, **more)


def approve(*roles, **more):
    return Step(StepKind.APPROVE, roles, **more)


IDP = [agree(T), approve(M, scores=True), approve(LM)]
HANDBOOK = [agree(BH), approve(HRD, HRBP, scores=True)]


@pytest.mark.parametrize("route", [IDP, HANDBOOK, [agree("interviewee"), approve(HRBP, M)], [approve(M)]])
def test_routes_of_the_source_programme_can_be_published(route):
    assert check(route, T) == []


@pytest.mark.parametrize(
    ("route", "problems"),
    [
        ([], [Problem("empty_route")]),
        ([approve()], [Problem("step_without_roles", 0)]),
        ([approve("boss")], [Problem("unknown_role", 0)]),
        ([Step("glance", (M,))], [Problem("unknown_kind", 0), Problem("only_agree")]),
        ([approve(M), approve(T)], [Problem("author_approves", 1)]),
        ([approve(M, T)], [Problem("author_approves", 0)]),
        ([agree(T, scores=True), approve(M)], [Problem("author_scores", 0)]),
        ([agree(M)], [Problem("only_agree")]),
        ([agree(T)], [Problem("only_agree"), Problem("only_author")]),
        ([approve(M), approve(M)], [Problem("same_role_twice", 1)]),
        ([approve(M, LM), approve(LM, M), approve(M, LM, HRBP), approve(HRBP, M)], [Problem("nobody_left", 3)]),
        ([approve(role) for role in (M, LM, HRBP, BH, HRD, "sponsor", "reviewer")], [Problem("too_many_steps")]),
    ],
)
def test_what_cannot_run_is_said(route, problems):
    assert check(route, T) == problems


def test_a_deliverable_that_is_only_read_needs_no_approval():
    assert check([agree(LM)], T, agree_only=True) == []


def test_a_signer_named_only_by_a_later_step_is_a_circle():
    route = [agree("interviewee"), approve(HRBP)]
    assert check(route, T, named_by={"interviewee": HRBP}) == [Problem("circle", 0)]
    assert check(route, T, named_by={"interviewee": "interviewee"}) == [Problem("circle", 0)]
    assert check(route, T, named_by={"interviewee": T}) == []
    assert check(list(reversed(route)), T, named_by={"interviewee": HRBP}) == []


def test_a_role_that_nobody_holds_in_the_cohort_is_said_before_it_hurts():
    assert check(IDP, T, {M}) == [Problem("role_empty", 2)]
    assert check(HANDBOOK, T, {BH, HRBP}) == []


def test_the_hrbp_takes_the_second_step_where_mentor_and_line_manager_are_one_person():
    takers = who_may_take(IDP, {T: [1], M: [2], LM: [2], HRBP: [3]}, 1, T)
    assert takers.people == ({1}, {2}, {3})
    assert takers.problems == ()
    assert takers.second == {2}


def test_without_an_hrbp_it_is_a_problem_unless_the_route_allows_two_acts():
    people = {T: [1], M: [2], LM: [2]}
    blocked = who_may_take(IDP, people, 1, T)
    assert blocked.people == ({1}, {2}, set())
    assert blocked.problems == (Problem("same_person", 2),)
    allowed = who_may_take(IDP, people, 1, T, both_steps=True)
    assert allowed.people == ({1}, {2}, {2})
    assert allowed.problems == ()
    assert allowed.twice == {2}


def test_an_hrbp_who_must_sign_later_may_not_sign_first():
    route = [approve(M, HRBP), approve(HRBP)]
    assert who_may_take(route, {M: [2], HRBP: [3]}, 1, T).people == ({2}, {3})


def test_the_author_never_approves_whatever_they_are_besides():
    people = {T: [1], M: [1, 2], HRBP: [1]}
    assert who_may_take([agree(T), approve(M)], people, 1, T).people == ({1}, {2})
    assert who_may_take([approve(HRBP)], people, 1, T).problems == (Problem("role_empty", 0),)


def test_nobody_confirms_an_interview_for_the_interviewee():
    route = [approve(M), agree("interviewee")]
    takers = who_may_take(route, {M: [2], "interviewee": [2], HRBP: [3]}, 1, T)
    assert takers.problems == (Problem("same_person", 1),)


def test_an_empty_later_role_does_not_hold_up_the_step_whose_turn_it_is():
    takers = who_may_take(IDP, {T: [1], M: [2]}, 1, T)
    assert takers.people == ({1}, {2}, set())
    assert takers.problems == (Problem("role_empty", 2),)


def test_someone_who_signed_is_out_even_if_the_roles_have_changed_since():
    takers = who_may_take(IDP, {T: [1], M: [4], LM: [2], HRBP: [3]}, 1, T, taken=[1, 2])
    assert takers.people == ({1}, {2}, {3})
    assert takers.second == {2}


roles = st.sampled_from([T, M, LM, HRBP, BH, "interviewee"])
routes = st.lists(
    st.builds(Step, st.sampled_from(StepKind.values), st.lists(roles, min_size=1, max_size=3, unique=True).map(tuple)),
    min_size=1,
    max_size=5,
)
casts = st.dictionaries(roles, st.lists(st.integers(1, 5), max_size=3, unique=True)).map(lambda c: {**c, T: [0]})


@given(route=routes, people=casts)
def test_nobody_takes_two_steps_and_the_author_approves_nothing(route, people):
    takers = who_may_take(route, people, 0, T)
    for step, who in zip(route, takers.people, strict=True):
        assert step.kind == StepKind.AGREE or 0 not in who
    assert {p.step for p in takers.problems} == {at for at, who in enumerate(takers.people) if not who}


@given(route=routes, people=casts, choice=st.randoms(use_true_random=False))
def test_carrying_a_route_out_ends_exactly_where_the_search_says(route, people, choice):
    """Search and execution agree: without a problem at the start, no choice of signers ever gets stuck."""
    found = explore(route, people, 0, T)
    sound = not who_may_take(route, people, 0, T).problems
    assert sound == (not found.stuck)
    taken = []
    while len(taken) < len(route):
        takers = who_may_take(route, people, 0, T, taken).people[len(taken)]
        assert (len(taken), frozenset(taken)) in found.states
        if not takers:
            assert (len(taken), frozenset(taken)) in found.stuck
            break
        taken.append(choice.choice(sorted(takers)))
        assert len(set(taken)) == len(taken)
    assert not sound or len(taken) == len(route)


@given(route=routes)
def test_a_route_without_a_problem_can_be_carried_out_by_one_person_for_each_role(route):
    if not check(route, T, agree_only=True):
        people = {role: [role] for role in Role.values}
        assert explore(route, people, T, T).stuck == frozenset()


@given(route=routes, people=casts)
def test_allowing_two_acts_leaves_only_empty_roles(route, people):
    problems = who_may_take(route, people, 0, T, both_steps=True).problems
    assert {problem.code for problem in problems} <= {"role_empty"}
