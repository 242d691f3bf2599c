from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.pillar_weights import PillarProgress, TaskWeights, is_whole, missing_weight, pillar_progress
from programs.vocabulary import TaskState

TODAY = date(2026, 9, 18)
PILLARS = ["PL1", "PL2", "PL3"]


def work(state, day, *weights, **more):
    return TaskWeights(state, date(2026, 9, day), dict(zip(PILLARS, weights, strict=True)), **more)


def test_weights_of_99_are_one_short():
    assert missing_weight([20, 59, 20]) == 1
    assert not is_whole([20, 59, 20])
    assert missing_weight([20, 60, 21]) == -1
    assert not is_whole([20, 60, 21])
    assert is_whole([20, 60, 20])
    assert not is_whole([120, -20, 0])
    with pytest.raises(ValueError):
        missing_weight([120, -20, 0])


def test_progress_is_approved_weight_of_what_is_asked():
    tasks = [
        work(TaskState.APPROVED, 1, 20, 60, 20),
        work(TaskState.RETURNED, 18, 60, 25, 15),
        work(TaskState.LOCKED, 19, 30, 20, 50),
        work(TaskState.WAIVED, 2, 100, 0, 0),
        work(TaskState.APPROVED, 2, 100, 0, 0, required=False),
        work(TaskState.APPROVED, 2, 100, 0, 0, one_time=False),
    ]
    progress = pillar_progress(tasks, PILLARS, TODAY)
    assert progress == {
        "PL1": PillarProgress(20, 80, 110),
        "PL2": PillarProgress(60, 85, 105),
        "PL3": PillarProgress(20, 35, 85),
    }
    assert progress["PL1"].earned_percent == Decimal("18.2")
    assert progress["PL1"].planned_percent == Decimal("72.7")


def test_nothing_asked_is_nothing_earned():
    assert pillar_progress([], ["PL1"], TODAY)["PL1"].earned_percent == Decimal("0.0")


def test_halves_go_up():
    assert PillarProgress(1, 0, 2000).earned_percent == Decimal("0.1")


weights = st.lists(st.integers(0, 100), min_size=2, max_size=2).map(
    lambda cuts: dict(zip(PILLARS, [min(cuts), max(cuts) - min(cuts), 100 - max(cuts)], strict=True))
)
tasks = st.lists(
    st.builds(
        TaskWeights,
        st.sampled_from(TaskState.values),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        weights,
        st.booleans(),
        st.booleans(),
    ),
    max_size=20,
)


@given(tasks)
def test_earned_and_planned_stay_within_the_whole_and_the_pillars_share_it(tasks):
    progress = pillar_progress(tasks, PILLARS, TODAY).values()
    for pillar in progress:
        assert 0 <= pillar.earned <= pillar.total
        assert 0 <= pillar.planned <= pillar.total
        assert Decimal(0) <= pillar.earned_percent <= Decimal(100)
    asked = [t for t in tasks if t.required and t.one_time and t.state != TaskState.WAIVED]
    assert sum(pillar.total for pillar in progress) == 100 * len(asked)
