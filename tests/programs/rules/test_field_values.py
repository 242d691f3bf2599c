from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.content_hash import canonical
from programs.rules.field_values import Normalized, Problem, is_empty, missing_required, normalize
from programs.rules.fields import parse
from programs.vocabulary import FieldType

LABEL = {"zh": "名称", "en": "Name"}
CHOICES = [{"key": "hard", "zh": "难", "en": "Hard"}, {"key": "easy", "zh": "易", "en": "Easy"}]
FILE = {"id": 7, "name": "deck.pptx", "hash": "ab12"}
COLUMNS = [
    {"key": "task", "zh": "任务", "en": "Task", "required": True},
    {"key": "difficulty", "zh": "难度", "en": "Difficulty", "type": "int"},
    {"key": "importance", "zh": "重要", "en": "Importance", "type": "int"},
    {"key": "frequency", "zh": "频次", "en": "Frequency", "type": "int"},
    {"key": "result", "zh": "结论", "en": "Result", "calc": "selection:difficulty,importance,frequency"},
    {"key": "share", "zh": "占比", "en": "Share", "type": "percent"},
    {"key": "worth", "zh": "价值", "en": "Worth", "type": "money"},
    {"key": "value", "zh": "收益", "en": "Value", "type": "money", "calc": "product:worth,share"},
]


def one(kind, **more):
    return parse([{"key": "x", "label": LABEL, "type": kind, **more}])


def rows(**more):
    return parse([{"key": "rows", "label": LABEL, "type": "table", "columns": COLUMNS, **more}])


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  三个 \r\n 关键\x00数字 ", "三个 关键数字"),
        ("long", " 一\r\n二\r三 ", "一\n二\n三"),
        ("text", "e\u0301", "\u00e9"),
        ("int", "１，２００", 1200),
        ("int", Decimal("3.0"), 3),
        ("decimal", "3.50", "3.5"),
        ("money", "1,234,500.00", "1234500"),
        ("money", Decimal("-0.00"), "0"),
        ("percent", "12.5", "12.5"),
        ("date", date(2026, 9, 18), "2026-09-18"),
        ("datetime", datetime(2026, 9, 18, 15, tzinfo=timezone(timedelta(hours=8))), "2026-09-18T07:00:00+00:00"),
        ("choice", "easy", "easy"),
        ("multi", ["easy", "hard", "easy"], ["hard", "easy"]),
        ("person", "12", 12),
        ("people", [9, "3", 9], [3, 9]),
        ("file", {**FILE, "path": "/etc"}, FILE),
        ("link", " https://example.com/课程 ", "https://example.com/课程"),
        ("int", 0, 0),
    ],
)
def test_what_is_typed_is_kept_in_one_form(kind, typed, kept):
    fields = one(kind, choices=CHOICES)
    assert normalize(fields, {"x": typed, "unknown": 1}) == Normalized({"x": kept})


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", 5, "not_a_text"),
        ("text", "长" * 301, "too_long"),
        ("int", "twelve", "not_a_number"),
        ("int", "3.5", "not_whole"),
        ("int", True, "not_a_number"),
        ("int", "1,2,3", "not_a_number"),
        ("decimal", "1e5", "not_a_number"),
        ("decimal", 0.1, "not_a_number"),
        ("decimal", Decimal("NaN"), "not_a_number"),
        ("money", "10000000000000", "number_too_large"),
        ("money", "0.12345", "too_many_decimals"),
        ("date", "18.9.2026", "not_a_date"),
        ("date", "2026-02-30", "not_a_date"),
        ("datetime", "2026-09-18T15:00", "not_a_time"),
        ("choice", "other", "not_a_choice"),
        ("multi", "easy", "not_a_choice"),
        ("multi", ["easy", 5], "not_a_choice"),
        ("person", "-1", "not_a_person"),
        ("people", [0], "not_a_person"),
        ("file", "deck.pptx", "not_a_file"),
        ("file", {"id": "7", "name": "a", "hash": "b"}, "not_a_file"),
        ("link", "javascript:alert(1)", "not_a_link"),
        ("link", "https://user@evil.example", "not_a_link"),
        ("table", "rows", "not_a_table"),
        ("table", ["rows"], "not_a_table"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(kind, typed, code):
    fields = one(kind, choices=CHOICES) if kind != "table" else one(kind, columns=COLUMNS)
    assert normalize(fields, {"x": typed}) == Normalized({}, (Problem(code, "x"),))


def test_rows_without_anything_typed_are_dropped_and_the_rest_is_calculated():
    typed = [
        {"task": "", "result": "train"},
        {"task": "收银", "difficulty": "4", "importance": 3, "frequency": 2, "result": "none", "share": "50", "worth": "80.5"},
        {"task": "理货", "difficulty": 9, "importance": 3, "frequency": 2},
    ]
    assert normalize(rows(), {"rows": typed}) == Normalized(
        {
            "rows": [
                {
                    "task": "收银",
                    "difficulty": 4,
                    "importance": 3,
                    "frequency": 2,
                    "result": "train_and_retrain",
                    "share": "50",
                    "worth": "80.5",
                    "value": "40.25",
                },
                {"task": "理货", "difficulty": 9, "importance": 3, "frequency": 2},
            ]
        }
    )


def test_a_wrong_cell_is_named_by_row_and_column():
    typed = {"rows": [{"task": "收银"}, {"task": "理货", "difficulty": "hard"}]}
    assert normalize(rows(), typed).problems == (Problem("not_a_number", "rows", 1, "difficulty"),)


def test_more_rows_than_the_table_takes_are_said():
    assert normalize(rows(max_rows=2), {"rows": [{"task": "a"}] * 3}) == Normalized(
        {"rows": [{"task": "a"}] * 2}, (Problem("too_many_rows", "rows"),)
    )


def test_an_answer_on_a_scale_is_a_number():
    scale = [{"key": str(n), "zh": str(n), "en": str(n)} for n in range(1, 6)]
    columns = [{"key": key, "zh": "分", "en": "Score", "type": "choice", "choices": scale} for key in "dif"]
    columns.append({"key": "answer", "zh": "结论", "en": "Answer", "calc": "selection:d,i,f"})
    fields = parse([{"key": "x", "label": LABEL, "type": "table", "columns": columns}])
    assert normalize(fields, {"x": [{"d": "3", "i": "5", "f": "1"}]}).data["x"][0]["answer"] == "train"


def test_what_is_missing_before_submitting_is_named():
    fields = parse(
        [
            {"key": "role", "label": LABEL, "required": True},
            {"key": "note", "label": LABEL},
            {"key": "rows", "label": LABEL, "type": "table", "columns": COLUMNS, "required": True, "min_rows": 2},
        ]
    )
    assert missing_required(fields, {}) == [Problem("required", "role"), Problem("required", "rows")]
    assert missing_required(fields, {"role": "店长", "rows": [{"difficulty": 3}]}) == [
        Problem("too_few_rows", "rows"),
        Problem("required", "rows", 0, "task"),
    ]
    assert missing_required(fields, {"role": "店长", "rows": [{"task": "a"}, {"task": "b"}]}) == []


def test_nothing_typed_is_empty_and_zero_is_not():
    assert all(is_empty(value) for value in (None, "", " \n", [], {}, [{}], [{"a": ""}, {"a": None}]))
    assert not any(is_empty(value) for value in (0, False, "0", [0], [{"a": 0}], Decimal(0)))


def test_bottomless_data_is_refused_and_does_no_harm():
    deep = []
    for _ in range(3000):
        deep = [deep]
    assert normalize(one("text"), {"x": deep}).problems == (Problem("not_a_text", "x"),)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.decimals() | st.datetimes(timezones=st.just(UTC)),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(st.sampled_from(["task", "difficulty", "share", "worth", "id", "name", "hash"]), parts, max_size=4)
    ),
    max_leaves=10,
)


@given(kind=st.sampled_from(FieldType.values), value=anything)
def test_any_input_gives_canonical_data_or_a_problem_and_stays_as_it_is_the_second_time(kind, value):
    more = {"columns": COLUMNS} if kind == "table" else {"choices": CHOICES}
    fields = one(kind, **more)
    first = normalize(fields, {"x": value})
    canonical(first.data)
    assert normalize(fields, first.data) == Normalized(first.data)
    if kind != "table":
        assert (first.data == {}) == (is_empty(value) or bool(first.problems) or is_empty(first.data.get("x")))


@given(st.text(max_size=60))
def test_any_text_is_kept_in_one_form(value):
    for kind in ("text", "long"):
        first = normalize(one(kind), {"x": value})
        assert first.problems == ()
        assert normalize(one(kind), first.data) == first
