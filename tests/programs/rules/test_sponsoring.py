"""What a sponsor does next."""

from datetime import date, timedelta

import pytest

from programs.rules.sponsoring import Act, NextAct, next_act, planned_check_ins

START, END = date(2026, 3, 2), date(2026, 12, 18)


@pytest.mark.parametrize(
    ("accepted", "check_ins", "today", "expected"),
    [
        (False, [], date(2026, 3, 1), NextAct(Act.ACCEPT, START)),
        (True, [], date(2026, 3, 10), NextAct(Act.KICK_OFF, date(2026, 3, 16))),
        (True, [("kick_off", date(2026, 3, 9))], date(2026, 4, 1), NextAct(Act.QUARTER, date(2026, 6, 8))),
        (True, [("quarter", date(2026, 7, 1)), ("kick_off", date(2026, 3, 9))], date(2026, 7, 2), NextAct(Act.QUARTER, date(2026, 9, 30))),
        (True, [("kick_off", date(2026, 3, 9))], date(2026, 12, 19), NextAct(Act.RESULTS, date(2027, 1, 1))),
        (True, [("kick_off", date(2026, 3, 9)), ("results", date(2026, 12, 20))], date(2027, 1, 9), NextAct(Act.NOTHING)),
    ],
)
def test_one_act_is_next(accepted, check_ins, today, expected):
    assert next_act(accepted, check_ins, START, END, today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (START - timedelta(days=1), 0),
        (START, 1),
        (START + timedelta(days=91), 2),
        (START + timedelta(days=182), 3),
        (END, 4),
        (END + timedelta(days=1), 5),
    ],
)
def test_a_kick_off_a_quarter_each_and_the_results_are_planned(today, expected):
    assert planned_check_ins(START, END, today) == expected


def test_an_act_is_late_after_its_day():
    assert [NextAct(Act.ACCEPT, START).is_late(START + timedelta(days=n)) for n in (0, 1)] == [False, True]
    assert NextAct(Act.NOTHING).is_late(END) is False
