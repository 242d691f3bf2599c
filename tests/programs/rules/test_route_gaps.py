"""Which steps nobody can take, worked out once for all who are supported alike."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.route_gaps import Checked, Gap, Signed, Supported, gaps
from programs.rules.sign_off_route import Step

PLAN = Signed("D5", "trainee", (Step("agree", ("trainee",)), Step("approve", ("mentor",)), Step("approve", ("line_manager",))))
READING = Signed("D4", "line_manager", (Step("agree", ("trainee",)), Step("approve", ("mentor",))))
NOTES = Signed("D2", "trainee", (Step("agree", ("interviewee",)), Step("approve", ("hrbp", "mentor"))))
AGREEMENT = Checked("C3", ("mentor",))


def supported(name, **people):
    return Supported(name, {"trainee": frozenset({name}), **{role: frozenset(ids) for role, ids in people.items()}})


def test_with_everybody_there_nothing_is_missing():
    one = supported("a", mentor=[1], line_manager=[2], hrbp=[3])
    assert gaps([PLAN, READING, NOTES], [AGREEMENT], [one]) == []


def test_all_who_lack_a_mentor_are_named_at_each_step_of_a_mentor():
    people = [supported("a", line_manager=[2]), supported("b", mentor=[1], line_manager=[2]), supported("c", line_manager=[4])]
    assert gaps([PLAN, READING, NOTES], [AGREEMENT], people) == [
        Gap("D5", "role_empty", 1, ("mentor",), ("a", "c")),
        Gap("D4", "role_empty", 1, ("mentor",), ("a", "c")),
        Gap("D2", "role_empty", 1, ("hrbp", "mentor"), ("a", "c")),
        Gap("C3", "no_checker", None, ("mentor",), ("a", "c")),
    ]


def test_where_nobody_writes_it_the_route_does_not_matter():
    assert gaps([READING], [], [supported("a")]) == [Gap("D4", "no_author", None, ("line_manager",), ("a",))]


def test_whoever_wrote_it_does_not_approve_it_but_a_second_mentor_does():
    assert gaps([READING], [], [supported("a", mentor=[1], line_manager=[1])]) == [Gap("D4", "role_empty", 1, ("mentor",), ("a",))]
    assert gaps([READING], [], [supported("a", mentor=[1, 5], line_manager=[1])]) == []


def test_one_person_in_two_roles_is_a_gap_unless_an_hrbp_or_the_route_helps():
    alone = supported("a", mentor=[1], line_manager=[1])
    assert gaps([PLAN], [], [alone]) == [Gap("D5", "same_person", 2, ("line_manager",), ("a",))]
    assert gaps([PLAN], [], [supported("a", mentor=[1], line_manager=[1], hrbp=[2])]) == []
    assert gaps([replace(PLAN, both_steps=True)], [], [alone]) == []


PEOPLE = st.dictionaries(st.sampled_from(["mentor", "line_manager", "hrbp"]), st.frozensets(st.integers(1, 4), min_size=1, max_size=2))


@given(everybody=st.lists(PEOPLE, max_size=6))
def test_together_they_have_the_gaps_that_each_has_alone(everybody):
    people = [supported(f"t{number}", **one) for number, one in enumerate(everybody)]
    together = {(gap.key, gap.code, gap.step, name) for gap in gaps([PLAN, READING, NOTES], [AGREEMENT], people) for name in gap.trainees}
    alone = {(gap.key, gap.code, gap.step, one.trainee) for one in people for gap in gaps([PLAN, READING, NOTES], [AGREEMENT], [one])}
    assert together == alone
