from hypothesis import given
from hypothesis import strategies as st

from programs.rules import phase_states, version_states
from programs.rules.phase_states import PhaseOrder, reached, state_of
from programs.vocabulary import PhaseState, ScheduleKind, VersionState

PROGRAM = [
    PhaseOrder("PH1", ScheduleKind.SEQUENTIAL),
    PhaseOrder("PH2", ScheduleKind.SEQUENTIAL),
    PhaseOrder("PH3", ScheduleKind.SEQUENTIAL),
    PhaseOrder("PH4", ScheduleKind.CONTINUOUS),
    PhaseOrder("PH5", ScheduleKind.RECURRING),
]


def test_reviews_are_open_from_the_first_day_and_the_rest_follows_in_order():
    assert reached(PROGRAM, ()) == ("PH1", "PH5")
    assert reached(PROGRAM, {"PH1"}) == ("PH1", "PH2", "PH5")
    assert reached(PROGRAM, {"PH1", "PH2"}) == ("PH1", "PH2", "PH3", "PH5")
    assert reached(PROGRAM, {"PH1", "PH2", "PH3"}) == ("PH1", "PH2", "PH3", "PH4", "PH5")
    assert [state_of(phase.key, PROGRAM, {"PH1"}) for phase in PROGRAM] == [
        PhaseState.COMPLETE,
        PhaseState.OPEN,
        PhaseState.LOCKED,
        PhaseState.LOCKED,
        PhaseState.OPEN,
    ]


orders = st.lists(st.sampled_from(ScheduleKind.values), max_size=8).map(
    lambda kinds: [PhaseOrder(f"PH{number}", kind) for number, kind in enumerate(kinds, 1)]
)


@given(phases=orders, data=st.data())
def test_completing_a_phase_never_closes_another(phases, data):
    keys = [phase.key for phase in phases]
    complete = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
    more = complete | (data.draw(st.sets(st.sampled_from(keys))) if keys else set())
    assert set(reached(phases, complete)) <= set(reached(phases, more))


@given(phases=orders)
def test_completing_what_is_open_reaches_every_phase(phases):
    complete = set()
    while waiting := set(reached(phases, complete)) - complete:
        complete |= waiting
    assert complete == {phase.key for phase in phases}


def test_phases_and_versions_only_move_on():
    assert {(a, b) for a in PhaseState for b in PhaseState if phase_states.can_become(a, b)} == {
        (PhaseState.LOCKED, PhaseState.OPEN),
        (PhaseState.OPEN, PhaseState.COMPLETE),
    }
    assert {(a, b) for a in VersionState for b in VersionState if version_states.can_become(a, b)} == {
        (VersionState.DRAFT, VersionState.PUBLISHED),
        (VersionState.PUBLISHED, VersionState.RETIRED),
    }


def test_only_a_draft_is_edited_and_only_a_published_version_takes_cohorts():
    assert [state for state in VersionState if version_states.may_be_edited(state)] == [VersionState.DRAFT]
    assert [state for state in VersionState if version_states.takes_cohorts(state)] == [VersionState.PUBLISHED]
