"""The word for a project and its reasons; and the table that draws its plan."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from projects.rules.closing import HandedIn, Lack, lacking
from projects.rules.gantt import MOST_WEEKS, Bar, chart, monday
from projects.rules.health import GateHealth, RiskHealth, health
from projects.vocabulary import Health

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def codes(standing):
    return [reason.code for reason in standing.reasons]


def test_the_word_follows_the_gravest_reason():
    assert health("running", GateHealth("G2", 10)).health == Health.ON_TRACK
    late = health("running", GateHealth("G2", -2), 1, 3, [RiskHealth("high", False)])
    assert (late.health, codes(late)) == (Health.LATE, ["gate_late", "conditions_late", "end_slips", "risk_without_response"])
    near = health("planning", GateHealth("G1", 3))
    assert (near.health, codes(near)) == (Health.AT_RISK, ["gate_near"])
    assert health("planning", GateHealth("G1", 3, is_called=True)).health == Health.ON_TRACK
    assert codes(health("running", GateHealth("G1", -1, is_called=True))) == ["gate_with_reviewers"]
    assert health("running", None, risks=[RiskHealth("high", True), RiskHealth("mid", False)]).health == Health.ON_TRACK


@given(st.integers(-9, 9), st.integers(0, 3), st.integers(0, 9), st.booleans())
def test_a_project_that_is_over_is_neither_late_nor_at_risk(days, late, slip, called):
    for state in ("closed", "stopped"):
        assert health(state, GateHealth("G1", days, called), late, slip).health == state
    running = health("running", GateHealth("G1", days, called), late, slip)
    assert (running.health == Health.ON_TRACK) == (not running.reasons)


@given(st.lists(st.tuples(DAYS, st.integers(0, 120), st.booleans()), min_size=1, max_size=8), DAYS)
def test_every_row_of_the_chart_is_as_wide_as_the_plan_and_holds_its_bar_once(found, today):
    bars = [Bar(number, start, start + timedelta(days=length), is_gate) for number, (start, length, is_gate) in enumerate(found)]
    drawn = chart(bars, today)
    assert 1 <= drawn.weeks <= MOST_WEEKS
    assert sum(month.weeks for month in drawn.months) == drawn.weeks
    assert sum(month.is_now for month in drawn.months) == (drawn.this_week is not None)
    for bar, cells in drawn.rows:
        assert sum(cell.weeks for cell in cells) == drawn.weeks
        assert [cell.bar for cell in cells if cell.bar] == [bar]
        assert all(cell.weeks > 0 for cell in cells)
        if bar.is_gate:
            assert next(cell.weeks for cell in cells if cell.bar) == 1


def test_a_chart_by_hand():
    drawn = chart([Bar(1, date(2026, 9, 1), date(2026, 9, 11)), Bar(2, date(2026, 9, 14), date(2026, 10, 1), True)], date(2026, 9, 23))
    assert drawn.weeks == 6
    assert [(month.first.month, month.weeks) for month in drawn.months] == [(9, 4), (10, 2)]
    assert [[cell.weeks for cell in cells] for _bar, cells in drawn.rows] == [[2, 1, 1, 2], [3, 1, 1, 1]]
    assert drawn.this_week == monday(date(2026, 9, 23))
    assert chart([], date(2026, 9, 1)).weeks == 0


def test_what_a_project_lacks():
    passed = [("G1", "passed"), ("G4", "called")]
    rows = [
        HandedIn("D11", "", "approved"),
        HandedIn("D12", "G4", "submitted"),
        HandedIn("D14", "", "approved"),
        HandedIn("D14", "", "open", counts=False),
    ]
    assert lacking(passed, rows, ["补基线"], False) == (
        Lack("gate", "G4"),
        Lack("deliverable", "D12 G4"),
        Lack("condition", "补基线"),
        Lack("final_figures"),
    )
    assert lacking([("G4", "passed")], [HandedIn("D14", "", "open", counts=False)], [], True) == ()


def test_words_without_room_in_their_bar_stand_beside_it_where_there_is_some():
    """Weeks of the bar, weeks of the plan, place of the words: within from four weeks on, else after it, at the end before it."""
    start, place = date(2026, 9, 7), {}
    for first, length in ((0, 4), (0, 3), (5, 1), (11, 1)):
        bar = Bar(2, start + timedelta(weeks=first), start + timedelta(weeks=first + length - 1))
        _whole, (_bar, cells) = chart([Bar(1, start, start + timedelta(weeks=11)), bar], date(2020, 1, 1)).rows
        place[first, length] = next(cell.words for cell in cells if cell.bar)
    assert place == {(0, 4): "", (0, 3): "after", (5, 1): "after", (11, 1): "before"}
