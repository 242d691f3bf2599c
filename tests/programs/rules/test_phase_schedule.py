from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.rules.working_calendar import WorkingCalendar
from programs.rules.phase_schedule import (
    AnnualWindow,
    PhaseDates,
    PhasePlan,
    Planned,
    TaskPlan,
    cycle,
    cycle_opens,
    occurrences,
    plan,
)
from programs.vocabulary import Anchor, FiscalWindow, Recurrence, ScheduleKind

CHINA = WorkingCalendar("cn")
PLAIN = WorkingCalendar("plain")
PHASES = [
    PhasePlan("PH1", 30),
    PhasePlan("PH2", 60),
    PhasePlan("PH3", 80),
    PhasePlan("PH4", 63, ScheduleKind.CONTINUOUS),
    PhasePlan("PH5", 10, ScheduleKind.RECURRING),
]
BUDGET = AnnualWindow(9, 1, 10, 31)


def dates(*tasks, start=date(2026, 1, 5), calendar=CHINA, windows=None):
    return plan(PHASES, tasks, start, calendar, windows).tasks


def test_phases_follow_each_other_and_the_open_ended_ones_have_no_last_day():
    phases = plan(PHASES, [], date(2026, 3, 2), PLAIN).phases
    assert phases == {
        "PH1": PhaseDates(date(2026, 3, 2), date(2026, 4, 10)),
        "PH2": PhaseDates(date(2026, 4, 13), date(2026, 7, 3)),
        "PH3": PhaseDates(date(2026, 7, 6), date(2026, 10, 23)),
        "PH4": PhaseDates(date(2026, 10, 26), None),
        "PH5": PhaseDates(date(2026, 3, 2), None),
    }


def test_a_start_on_a_day_off_begins_on_the_next_working_day():
    assert plan(PHASES, [], date(2026, 2, 15), CHINA).phases["PH1"].start == date(2026, 2, 24)


def test_a_handbook_of_16_days_is_due_on_the_15th_working_day_after_the_start():
    handbook = TaskPlan("1.1.a", "PH1", length=16)
    assert dates(handbook) == {"1.1.a": Planned(date(2026, 1, 5), CHINA.add_working_days(date(2026, 1, 5), 15))}


def test_a_task_may_hang_on_the_due_date_of_another():
    session = TaskPlan("2.3.d", "PH2", offset=25, length=17)
    report = TaskPlan("2.4.c", "PH2", anchor=Anchor.TASK, anchor_task="2.3.d", offset=1, length=10)
    planned = dates(report, session)
    assert planned["2.4.c"].start == CHINA.add_working_days(planned["2.3.d"].due, 1)
    assert planned["2.4.c"].due == CHINA.add_working_days(planned["2.3.d"].due, 10)


def test_a_budget_falls_due_when_the_budget_window_closes():
    budget = TaskPlan("2.5.d", "PH2", offset=42, length=17, fiscal=FiscalWindow.BUDGET)
    tied = dates(budget, start=date(2026, 3, 2), calendar=PLAIN, windows={FiscalWindow.BUDGET: BUDGET})
    free = dates(budget, start=date(2026, 3, 2), calendar=PLAIN)
    assert tied == {"2.5.d": Planned(date(2026, 9, 1), date(2026, 10, 30))}
    assert free == {"2.5.d": Planned(date(2026, 6, 10), date(2026, 7, 2))}


def test_a_window_that_leaves_too_little_time_is_left_for_the_next_one():
    budget = TaskPlan("2.5.d", "PH1", length=17, fiscal=FiscalWindow.BUDGET)
    late = dates(budget, start=date(2026, 10, 20), calendar=PLAIN, windows={FiscalWindow.BUDGET: BUDGET})
    assert late == {"2.5.d": Planned(date(2027, 9, 1), date(2027, 10, 29))}


def test_a_window_may_run_over_new_year_and_may_be_shorter_than_the_task():
    winter = AnnualWindow(12, 15, 1, 15)
    task = TaskPlan("4.1.b", "PH1", length=60, fiscal=FiscalWindow.PLANNING)
    planned = dates(task, start=date(2026, 3, 2), calendar=PLAIN, windows={FiscalWindow.PLANNING: winter})
    assert planned == {"4.1.b": Planned(date(2026, 12, 15), date(2027, 1, 15))}
    assert AnnualWindow(2, 1, 2, 29).closing_in(2026) == (date(2026, 2, 1), date(2026, 2, 28))


def test_checkpoints_come_every_63_working_days():
    first = Planned(date(2026, 3, 2), date(2026, 3, 6))
    assert occurrences(first, 3, PLAIN) == (
        first,
        Planned(date(2026, 5, 28), date(2026, 6, 3)),
        Planned(date(2026, 8, 25), date(2026, 8, 31)),
    )


def test_cycles_open_every_half_year_over_the_whole_enrollment():
    assert [cycle_opens(date(2026, 8, 31), number, PLAIN) for number in (1, 2, 3)] == [
        date(2027, 3, 1),
        date(2027, 8, 31),
        date(2028, 2, 29),
    ]
    summary = TaskPlan("5.3.a", "PH5", length=11, recurrence=Recurrence.PER_CYCLE)
    planned = plan(PHASES, [summary], date(2026, 3, 2), PLAIN).tasks["5.3.a"]
    assert planned == cycle(summary, date(2026, 3, 2), 1, PLAIN) == Planned(date(2026, 9, 2), date(2026, 9, 16))


def test_dates_in_a_year_without_its_notice_are_provisional():
    planned = dates(TaskPlan("a", "PH1"), TaskPlan("b", "PH4"), start=date(2026, 6, 1))
    assert [planned[key].provisional for key in "ab"] == [False, True]


@pytest.mark.parametrize(
    ("tasks", "problem"),
    [
        ([TaskPlan("a", "PH1", Anchor.TASK, "a")], ("circular_anchors", ("a",))),
        (
            [TaskPlan("a", "PH1", Anchor.TASK, "b"), TaskPlan("b", "PH1", Anchor.TASK, "a")],
            ("circular_anchors", ("a", "b")),
        ),
        ([TaskPlan("a", "PH1", Anchor.TASK, "z")], ("unknown_anchor", "a")),
        ([TaskPlan("a", "PH9")], ("unknown_phase", "a")),
    ],
)
def test_what_cannot_be_planned_is_said(tasks, problem):
    with pytest.raises(ValueError) as refusal:
        plan(PHASES, tasks, date(2026, 3, 2), PLAIN)
    code, detail = refusal.value.args
    assert (code, tuple(sorted(detail)) if isinstance(detail, tuple) else detail) == problem


@st.composite
def programs(draw):
    tasks = []
    for number in range(draw(st.integers(1, 45))):
        anchor = draw(st.sampled_from([Anchor.PHASE_START, Anchor.COHORT_START, Anchor.TASK] if tasks else [Anchor.PHASE_START]))
        tasks.append(
            TaskPlan(
                key=f"t{number}",
                phase=draw(st.sampled_from([phase.key for phase in PHASES])),
                anchor=anchor,
                anchor_task=draw(st.sampled_from(tasks)).key if anchor == Anchor.TASK else "",
                offset=draw(st.integers(0, 70)),
                length=draw(st.integers(1, 80)),
                fiscal=draw(st.sampled_from(["", "", FiscalWindow.BUDGET])),
                recurrence=draw(st.sampled_from(Recurrence.values)),
            )
        )
    return draw(st.permutations(tasks))


calendars = st.sampled_from([CHINA, PLAIN, WorkingCalendar("SE")])
starts = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 6, 30))


@given(tasks=programs(), start=starts, calendar=calendars, tied=st.booleans())
def test_every_task_is_planned_on_working_days_for_its_length(tasks, start, calendar, tied):
    schedule = plan(PHASES, tasks, start, calendar, {FiscalWindow.BUDGET: BUDGET} if tied else None)
    assert set(schedule.tasks) == {task.key for task in tasks}
    for task in tasks:
        planned = schedule.tasks[task.key]
        assert start <= planned.start <= planned.due
        assert calendar.is_working(planned.start)
        assert calendar.is_working(planned.due)
        if not (tied and task.fiscal):
            assert calendar.working_days_between(planned.start, planned.due) == task.length
        else:
            assert (9, 1) <= (planned.start.month, planned.start.day) <= (10, 31)


@given(tasks=programs(), start=starts, calendar=calendars, data=st.data())
def test_a_longer_task_moves_nothing_but_what_hangs_on_it(tasks, start, calendar, data):
    chosen = data.draw(st.sampled_from(tasks))
    longer = TaskPlan(**{**chosen.__dict__, "length": chosen.length + 5})
    before = plan(PHASES, tasks, start, calendar).tasks
    after = plan(PHASES, [longer if task is chosen else task for task in tasks], start, calendar).tasks
    hangs = {chosen.key}
    while more := {t.key for t in tasks if t.anchor == Anchor.TASK and t.anchor_task in hangs} - hangs:
        hangs |= more
    assert all(after[key] == before[key] for key in before.keys() - hangs)
    assert all(after[key].due >= before[key].due for key in hangs)
