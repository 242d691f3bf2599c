from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from programs.rules.phase_exit import Exit, TaskFacts, phase_exit
from programs.vocabulary import PhaseExit, TaskState

A, W, P = TaskState.APPROVED, TaskState.WAIVED, TaskState.IN_PROGRESS


def test_onboarding_ends_with_all_required_tasks_and_an_agreed_plan():
    tasks = [TaskFacts("1.1.a", A), TaskFacts("1.3.b", W), TaskFacts("1.1.x", P, required=False)]
    plan = TaskFacts("1.4.c", A, holds_plan=True)
    assert phase_exit(PhaseExit.ALL_REQUIRED, [*tasks, plan]) == Exit(True)
    assert phase_exit(PhaseExit.ALL_REQUIRED, [*tasks, replace(plan, state=P)]) == Exit(False, ("1.4.c",))


def test_a_waived_plan_is_no_agreed_plan():
    plan = TaskFacts("1.4.c", W, holds_plan=True)
    assert phase_exit(PhaseExit.ALL_REQUIRED, [plan]) == Exit(False, ("1.4.c",))


def test_core_skills_end_with_the_practice_tasks_and_the_budget_may_wait_for_its_window():
    reading = TaskFacts("2.1.a", P, counts_for_exit=False)
    practice = [TaskFacts(f"2.{n}.d", A) for n in range(1, 5)]
    budget = TaskFacts("2.5.d", P)
    assert phase_exit(PhaseExit.PRACTICE_TASKS, [reading, *practice, budget]) == Exit(False, ("2.5.d",))
    assert phase_exit(PhaseExit.PRACTICE_TASKS, [reading, *practice, replace(budget, in_fiscal_window=True)]) == Exit(True)


def test_the_project_phase_ends_when_the_project_is_closed():
    assert phase_exit(PhaseExit.PROJECT_CLOSED, [TaskFacts("3.a", P)]) == Exit(False, ("3.a",))
    assert phase_exit(PhaseExit.PROJECT_CLOSED, [TaskFacts("3.a", A)]) == Exit(True)


def test_what_repeats_never_ends():
    for kind in (PhaseExit.NONE, PhaseExit.PER_CYCLE):
        assert phase_exit(kind, [TaskFacts("4.1.a", A)]) == Exit(False)


facts = st.lists(
    st.builds(
        TaskFacts,
        st.sampled_from(["1.1.a", "1.2.a", "1.3.a", "1.4.a"]),
        st.sampled_from(TaskState.values),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)


@given(kind=st.sampled_from(PhaseExit.values), tasks=facts)
def test_approving_a_task_never_moves_an_exit_away(kind, tasks):
    before = phase_exit(kind, tasks)
    for at, task in enumerate(tasks):
        after = phase_exit(kind, [*tasks[:at], replace(task, state=A), *tasks[at + 1 :]])
        assert set(after.missing) <= set(before.missing)
        assert after.done or not before.done


@given(kind=st.sampled_from([PhaseExit.ALL_REQUIRED, PhaseExit.PRACTICE_TASKS, PhaseExit.PROJECT_CLOSED]), tasks=facts)
def test_approving_what_is_missing_ends_the_phase(kind, tasks):
    missing = phase_exit(kind, tasks).missing
    assert phase_exit(kind, [replace(t, state=A) if t.key in missing else t for t in tasks]) == Exit(True)
