"""Attendance, the small test, and the marks of links: worked examples and what always holds."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectiveness.rules import answering, attendance, knowledge
from effectiveness.rules.attendance import Coverage, Seat, coverage

LINE = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=12)
QUESTION = st.builds(
    lambda text, choices, right: {"text": text, "choices": choices, "right": right % len(choices)},
    LINE,
    st.lists(LINE, min_size=knowledge.FEWEST_CHOICES, max_size=knowledge.MOST_CHOICES),
    st.integers(0, 9),
)


@pytest.mark.parametrize(
    ("minutes", "planned", "share", "stayed"),
    [(120, 120, 100, True), (96, 120, 80, True), (95, 120, 79, False), (90, 120, 75, False), (150, 120, 100, True),
     (None, 120, None, False), (0, 60, 0, False), (10, 0, None, False)],
)  # fmt: skip
def test_who_stayed(minutes, planned, share, stayed):
    assert (attendance.share(minutes, planned), attendance.stayed(minutes, planned)) == (share, stayed)


@given(st.integers(0, 600), st.integers(5, 480))
def test_who_stayed_longer_stayed_too(minutes, planned):
    if attendance.stayed(minutes, planned):
        assert attendance.stayed(minutes + 1, planned)
        assert attendance.share(minutes, planned) >= attendance.ENOUGH


def test_questions_as_one_writes_them():
    questions, problems = knowledge.read_questions("2 + 2?\r\n3\r\n* 4\n\n\n补货看哪一栏？\n＊在途\n销量\n毛利\n")
    assert questions == [
        {"text": "2 + 2?", "choices": ["3", "4"], "right": 1},
        {"text": "补货看哪一栏？", "choices": ["在途", "销量", "毛利"], "right": 0},
    ]
    assert problems == ["", ""]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("only a question", "few_choices"), ("q\n* yes", "few_choices"), ("q\n*\nno", "few_choices"), ("q\nyes\nno", "no_right"),
     ("q\n* yes\n* no", "two_right"), ("q\n* a\nb\nc\nd\ne\nf", "many_choices")],
)  # fmt: skip
def test_what_is_wrong_with_a_question(text, problem):
    assert knowledge.read_questions(text) == ([], [problem])


@given(st.lists(QUESTION, max_size=6))
def test_questions_written_and_read_back_are_the_same(questions):
    assert knowledge.read_questions(knowledge.write_questions(questions)) == (questions, [""] * len(questions))


@given(st.lists(QUESTION, min_size=1, max_size=10))
def test_scores(questions):
    right = {number: question["right"] for number, question in enumerate(questions)}
    assert knowledge.score(questions, right) == 100
    assert knowledge.score(questions, {}) == 0
    assert 0 <= knowledge.score(questions, {0: 0}) <= 100


def test_a_score_is_rounded():
    questions = [{"text": "q", "choices": ["a", "b"], "right": 0}] * 6
    assert knowledge.score(questions, {0: 0, 1: 0, 2: 0, 3: 0, 4: 1}) == Decimal("66.67")


def test_a_person_and_an_answer_cannot_be_brought_together_from_their_marks():
    assert answering.link_mark("token") != answering.receipt_of_link("token")
    assert answering.receipt_of_link("token") == answering.receipt_of_link("token")
    assert answering.receipt_of_device("survey-1", "device") != answering.receipt_of_device("survey-2", "device")


@pytest.mark.parametrize(
    ("today", "closed_at", "state"),
    [(date(2026, 9, 1), None, "open"), (date(2026, 9, 2), None, "closed"), (date(2026, 9, 1), datetime(2026, 9, 1), "closed")],  # noqa: DTZ001
)
def test_a_survey_is_open_up_to_its_last_day(today, closed_at, state):
    assert answering.survey_state(date(2026, 9, 1), closed_at, today) == state


def test_who_attended_counts_once_over_all_sessions():
    seats = [Seat("甲", 60, 60), Seat("甲", 40, 60), Seat("乙", 60, 60), Seat("乙", 30, 60), Seat("丙", 0, 60)]
    assert coverage(seats) == Coverage(attended=1, people=3)
    assert coverage([Seat("甲", 90, 60), Seat("甲", 0, 60)]).attended == 0  # longer than planned makes up for nothing
    assert coverage([]) == Coverage(0, 0)
