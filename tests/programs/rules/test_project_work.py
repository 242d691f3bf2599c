"""What a practice project hands in, and when."""

from datetime import date

from organizations.rules.working_calendar import WorkingCalendar
from programs.rules.project_work import Gate, ProjectDeliverable, Wanted, gate_day, wanted

PLAIN = WorkingCalendar("plain")
START = date(2026, 9, 1)
GATES = [Gate("G1", 12), Gate("G2", 30), Gate("G3", 58), Gate("G4", 78)]


def rows(*facts):
    return wanted(ProjectDeliverable(*facts), GATES, START, PLAIN)


def test_the_charter_is_due_on_the_day_of_g1():
    assert rows("D11", False, 1, 0, 13) == (Wanted("", gate_day(12, START, PLAIN)),)


def test_a_record_for_each_gate_on_its_day():
    assert rows("D12", True, 4, 9, 70) == tuple(Wanted(gate.key, gate_day(gate.offset, START, PLAIN)) for gate in GATES)


def test_an_interim_report_and_a_final_one_whose_day_is_not_known_yet():
    assert rows("D14", True, 1, 58, 17, 90) == (Wanted("", PLAIN.add_working_days(START, 74)), Wanted("", None))
