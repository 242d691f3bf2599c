"""Promises for days that have passed."""

from datetime import date

from programs.rules.due_dates import past_promises
from programs.rules.fields import parse

TODAY = date(2026, 9, 16)
FIELDS = parse(
    [
        {"key": "due", "zh": "期限", "en": "Due", "type": "date"},
        {"key": "met_on", "zh": "面谈日", "en": "Met on", "type": "date"},
        {
            "key": "goals", "zh": "目标", "en": "Goals", "type": "table",
            "columns": [{"key": "goal", "zh": "目标", "en": "Goal"}, {"key": "by_date", "zh": "之前", "en": "By", "type": "date"}],
        },
    ]
)  # fmt: skip


def places(data, before=None):
    return [(problem.code, problem.field, problem.row, problem.column) for problem in past_promises(FIELDS, data, before or {}, TODAY)]


def test_a_past_day_may_tell_of_what_was_and_promise_nothing():
    goals = [{"goal": "a", "by_date": "2026-09-16"}, {"goal": "b", "by_date": "2026-01-31"}]
    data = {"due": "2026-09-15", "met_on": "2026-01-01", "goals": goals}
    assert places(data) == [("past_date", "due", None, ""), ("past_date", "goals", 1, "by_date")]


def test_what_the_version_before_promised_may_stay():
    data = {"goals": [{"goal": "reached", "by_date": "2026-03-31"}, {"goal": "new", "by_date": "2026-04-30"}]}
    assert places(data, {"goals": [{"goal": "reached", "by_date": "2026-03-31"}]}) == [("past_date", "goals", 1, "by_date")]


def test_nothing_written_is_nothing_promised():
    assert places({}) == []
    assert places({"goals": [{"goal": "someday"}]}) == []
