from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from programs.rules import deliverable_states, sign_off_states, task_states
from programs.rules.deliverable_states import StepFacts, deliverable_state
from programs.rules.task_states import KindFacts, task_state
from programs.vocabulary import DeliverableState, Outcome, StepKind, StepState, TaskState

D = DeliverableState
T = TaskState


@pytest.mark.parametrize(
    ("kinds", "checks", "more", "expected"),
    [
        ([KindFacts(True, 1)], [], {}, T.OPEN),
        ([KindFacts(True, 1)], [], {"started": True}, T.IN_PROGRESS),
        ([KindFacts(True, 1, (D.OPEN,))], [], {}, T.IN_PROGRESS),
        ([KindFacts(True, 1, (D.SUBMITTED,))], [], {}, T.SUBMITTED),
        ([KindFacts(True, 1, (D.SUBMITTED,)), KindFacts(True, 1)], [], {}, T.IN_PROGRESS),
        ([KindFacts(True, 1, (D.IN_REVIEW,)), KindFacts(True, 1, (D.SUBMITTED,))], [], {}, T.IN_REVIEW),
        ([KindFacts(True, 1, (D.RETURNED,)), KindFacts(True, 1, (D.SUBMITTED,))], [], {}, T.RETURNED),
        ([KindFacts(True, 1, (D.APPROVED,)), KindFacts(True, 1)], [], {}, T.IN_PROGRESS),
        ([KindFacts(True, 1, (D.APPROVED,))], [None], {}, T.IN_REVIEW),
        ([KindFacts(True, 1, (D.APPROVED,))], [False], {}, T.RETURNED),
        ([KindFacts(True, 1, (D.APPROVED,))], [True], {}, T.APPROVED),
        ([KindFacts(True, 4, (D.APPROVED,) * 3)], [], {}, T.IN_PROGRESS),
        ([KindFacts(True, 4, (D.APPROVED,) * 4)], [], {}, T.APPROVED),
        ([KindFacts(True, 4, (D.APPROVED,) * 4 + (D.OPEN,))], [], {}, T.APPROVED),
        ([KindFacts(True, 4, (D.APPROVED,) * 4 + (D.SUBMITTED,))], [], {}, T.IN_REVIEW),
        ([KindFacts(True, 1, (D.APPROVED,)), KindFacts(False, 1, (D.RETURNED,))], [], {}, T.APPROVED),
        ([KindFacts(False, 1, (D.SUBMITTED,))], [], {}, T.SUBMITTED),
        ([], [], {"started": True}, T.IN_PROGRESS),
        ([], [], {"done": True}, T.APPROVED),
        ([], [None], {"done": True}, T.IN_PROGRESS),
        ([], [None, True], {}, T.IN_PROGRESS),
        ([], [True, True], {}, T.APPROVED),
    ],
)
def test_a_task_is_what_its_parts_amount_to(kinds, checks, more, expected):
    assert task_state(kinds, checks, **more) == expected


def test_only_what_waits_for_the_trainee_is_overdue():
    today = date(2026, 9, 18)
    overdue = {state for state in T if task_states.is_overdue(state, today - timedelta(days=1), today)}
    assert overdue == {T.OPEN, T.IN_PROGRESS, T.RETURNED}
    assert not any(task_states.is_overdue(state, day, today) for state in T for day in (None, today))


def test_final_and_locked_tasks_do_not_move_with_their_parts():
    assert [task_states.moved(state, T.SUBMITTED) for state in (T.LOCKED, T.APPROVED, T.WAIVED, T.RETURNED)] == [
        T.LOCKED,
        T.APPROVED,
        T.WAIVED,
        T.SUBMITTED,
    ]


def test_tables_name_every_state_and_never_a_move_to_itself():
    for states, table in [
        (T, task_states.TRANSITIONS),
        (D, deliverable_states.TRANSITIONS),
        (StepState, sign_off_states.TRANSITIONS),
    ]:
        assert set(table) == set(states)
        assert all(state not in targets for state, targets in table.items())


def test_the_authors_own_agreement_is_no_review():
    steps = [StepFacts(StepState.DONE, Outcome.AGREED, by_author=True), StepFacts(StepState.READY)]
    assert deliverable_state(steps) == D.SUBMITTED
    steps = [StepFacts(StepState.DONE, Outcome.AGREED), StepFacts(StepState.READY)]
    assert deliverable_state(steps) == D.IN_REVIEW


def test_a_step_is_answered_as_its_kind_says():
    answers = {(kind, outcome) for kind in StepKind for outcome in Outcome if sign_off_states.may_answer(kind, outcome)}
    assert answers == {
        (StepKind.AGREE, Outcome.AGREED),
        (StepKind.AGREE, Outcome.RETURNED),
        (StepKind.APPROVE, Outcome.APPROVED),
        (StepKind.APPROVE, Outcome.RETURNED),
    }


def test_a_second_decision_is_refused():
    with pytest.raises(ValueError) as refusal:
        sign_off_states.after_decision((StepState.DONE, StepState.VOID), Outcome.APPROVED)
    assert refusal.value.args == ("already_decided",)


class Work(RuleBasedStateMachine):
    """One task with its deliverables, driven at random as the actions drive it."""

    @initialize(
        kinds=st.lists(st.tuples(st.booleans(), st.integers(1, 3), st.integers(1, 4)), max_size=3),
        checks=st.integers(0, 2),
    )
    def plan(self, kinds, checks):
        self.kinds = kinds
        self.deliverables = []  # [kind index, state, step states, outcomes, decided history]
        self.checks = [None] * checks
        self.started = self.done = False
        self.state = T.LOCKED
        self.history = []

    def is_at_work(self):
        return self.state not in (T.LOCKED, *task_states.FINISHED)

    def follow(self):
        if self.is_at_work():
            parts = task_state(self.facts(), self.checks, started=self.started, done=self.done)
            assert parts == self.state or task_states.can_become(self.state, parts), (self.state, parts)
            self.state = task_states.moved(self.state, parts)

    def facts(self):
        return [
            KindFacts(required, minimum, tuple(d["state"] for d in self.deliverables if d["kind"] == index))
            for index, (required, minimum, _) in enumerate(self.kinds)
        ]

    @precondition(lambda self: self.state == T.LOCKED)
    @rule()
    def unlock(self):
        assert task_states.can_become(self.state, T.OPEN)
        self.state = T.OPEN

    @rule()
    def waive(self):
        if task_states.can_become(self.state, T.WAIVED):
            self.state = T.WAIVED

    @precondition(lambda self: self.is_at_work())
    @rule(done=st.booleans())
    def write(self, done):
        self.started = True
        self.done = self.done or done
        self.follow()

    @precondition(lambda self: self.is_at_work() and self.kinds)
    @rule(data=st.data())
    def begin(self, data):
        kind = data.draw(st.integers(0, len(self.kinds) - 1))
        self.deliverables.append({"kind": kind, "state": D.OPEN, "steps": (), "outcomes": []})
        self.follow()

    @precondition(lambda self: self.is_at_work() and self.deliverables)
    @rule(data=st.data())
    def submit(self, data):
        deliverable = data.draw(st.sampled_from(self.deliverables))
        if deliverable_states.can_become(deliverable["state"], D.SUBMITTED):
            deliverable["steps"] = sign_off_states.at_the_start(self.kinds[deliverable["kind"]][2])
            deliverable["outcomes"] = []
            self.settle(deliverable)

    @precondition(lambda self: self.is_at_work() and self.deliverables)
    @rule(data=st.data(), returns=st.booleans())
    def decide(self, data, returns):
        deliverable = data.draw(st.sampled_from(self.deliverables))
        if sign_off_states.ready_step(deliverable["steps"]) is None:
            return
        before = deliverable["steps"]
        outcome = Outcome.RETURNED if returns else Outcome.APPROVED
        deliverable["steps"] = sign_off_states.after_decision(before, outcome)
        deliverable["outcomes"].append(outcome)
        self.history.append((before, outcome))
        for old, new in zip(before, deliverable["steps"], strict=True):
            assert old == new or sign_off_states.can_become(old, new)
        self.settle(deliverable)

    @precondition(lambda self: self.is_at_work() and self.checks)
    @rule(data=st.data(), passed=st.booleans())
    def check(self, data, passed):
        index = data.draw(st.integers(0, len(self.checks) - 1))
        if self.checks[index] is not True:
            self.checks[index] = passed
        self.follow()

    def settle(self, deliverable):
        outcomes = [*deliverable["outcomes"], *[""] * len(deliverable["steps"])]
        new = deliverable_state([StepFacts(s, o) for s, o in zip(deliverable["steps"], outcomes, strict=False)])
        assert new == deliverable["state"] or deliverable_states.can_become(deliverable["state"], new)
        deliverable["state"] = new
        self.follow()

    @invariant()
    def nothing_is_approved_without_every_signature(self):
        if getattr(self, "state", None) != T.APPROVED:
            return
        assert all(self.checks)
        for index, (required, minimum, _) in enumerate(self.kinds):
            mine = [d for d in self.deliverables if d["kind"] == index]
            approved = [d for d in mine if d["state"] == D.APPROVED]
            assert not required or len(approved) >= minimum
            assert all(set(d["steps"]) == {StepState.DONE} and Outcome.RETURNED not in d["outcomes"] for d in approved)

    @invariant()
    def at_most_one_step_of_a_submission_is_ready(self):
        assert all(d["steps"].count(StepState.READY) <= 1 for d in getattr(self, "deliverables", ()))

    @invariant()
    def a_replaced_submission_keeps_its_signatures_and_waits_for_nobody(self):
        for deliverable in getattr(self, "deliverables", ()):
            after = sign_off_states.after_replacement(deliverable["steps"])
            assert after.count(StepState.DONE) == deliverable["steps"].count(StepState.DONE)
            assert sign_off_states.ready_step(after) is None


TestWork = Work.TestCase
TestWork.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
