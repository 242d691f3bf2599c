"""Why a trainee is at risk."""

from datetime import date, timedelta

import pytest

from organizations.rules.working_calendar import WorkingCalendar
from programs.rules.risk import Risk, RiskFacts, RiskKind, risks

TODAY = date(2026, 9, 30)  # a Wednesday
CALENDAR = WorkingCalendar("plain", {})


def ago(days):
    return TODAY - timedelta(days=days)


FINE = {"start_on": ago(100), "last_on": ago(3)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ()),
        ({"late": 1, "late_key": "D6", "late_on": ago(12)}, (Risk(RiskKind.LATE, 12, "D6"),)),
        ({"late": 3, "late_key": "D6", "late_on": ago(12)}, (Risk(RiskKind.LATE, 12, "D6", more=2),)),
        ({"returned_key": "D7", "returned_on": ago(7)}, ()),
        ({"returned_key": "D7", "returned_on": ago(8)}, (Risk(RiskKind.RETURNED, 8, "D7"),)),
        ({"waits_key": "D5", "waits_due_on": TODAY}, ()),
        ({"waits_key": "D5", "waits_due_on": ago(1), "waits_for": ("周敏",)}, (Risk(RiskKind.WAITING, 1, "D5", people=("周敏",)),)),
        ({"last_on": date(2026, 9, 3)}, ()),
        ({"last_on": date(2026, 9, 2)}, (Risk(RiskKind.IDLE, 20),)),
        ({"last_on": None, "start_on": date(2026, 9, 2)}, (Risk(RiskKind.IDLE, 20),)),
        ({"last_on": ago(90), "waits_key": "D5", "waits_due_on": TODAY}, ()),
        ({"has_mentor": False}, (Risk(RiskKind.NO_MENTOR),)),
    ],
)
def test_each_reason_has_its_threshold(facts, expected):
    assert risks(RiskFacts(**FINE | facts), TODAY, CALENDAR) == expected


def test_the_worst_comes_first():
    facts = RiskFacts(
        start_on=ago(100), late=1, late_key="D6", late_on=ago(1), returned_key="D7", returned_on=ago(9), last_on=ago(50), has_mentor=False
    )
    assert [risk.kind for risk in risks(facts, TODAY, CALENDAR)] == ["late", "returned", "idle", "no_mentor"]
