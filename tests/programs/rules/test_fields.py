from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.field_calculations import calculate, columns_of, task_selection
from programs.rules.fields import Column, FieldDefinition, Problem, as_json, check_definition, fields_by, named_by, parse
from programs.vocabulary import FieldType, TaskSelection

BUDGET = [
    {"key": "year", "label": {"zh": "预算年度", "en": "Year"}, "type": "int", "required": True},
    {
        "key": "lines",
        "label": {"zh": "预算明细", "en": "Lines"},
        "type": "table",
        "required": True,
        "min_rows": 1,
        "max_rows": 60,
        "columns": [
            {"key": "item", "zh": "项目", "en": "Item", "type": "text", "required": True},
            {"key": "quantity", "zh": "数量", "en": "Quantity", "type": "int"},
            {"key": "unit_price", "zh": "单价", "en": "Unit price", "type": "money"},
            {"key": "amount", "zh": "金额", "en": "Amount", "type": "money", "calc": "product:quantity,unit_price"},
            {
                "key": "fixed",
                "zh": "固定或变动",
                "en": "Fixed or variable",
                "type": "choice",
                "choices": [{"key": "fixed", "zh": "固定", "en": "Fixed"}, {"key": "free", "zh": "变动", "en": "Variable"}],
            },
        ],
    },
]


def text(key, **more):
    return {"key": key, "label": {"zh": "名称", "en": "Name"}, **more}


def table(*columns, **more):
    return text("rows", type="table", columns=[{"zh": "列", "en": "Column", **column} for column in columns], **more)


def test_a_definition_is_read_into_frozen_values_and_written_back():
    fields = parse(BUDGET)
    assert [field.key for field in fields] == ["year", "lines"]
    assert fields[1].columns[3] == Column("amount", {"zh": "金额", "en": "Amount"}, FieldType.MONEY, calc="product:quantity,unit_price")
    assert check_definition(fields) == []
    assert parse(as_json(fields)) == fields


@pytest.mark.parametrize("wrong", ["text", [["key"]], [{"key": "a", "label": {}, "colour": "red"}], [{"label": {}}]])
def test_what_is_no_definition_is_refused(wrong):
    with pytest.raises(ValueError) as refusal:
        parse(wrong)
    assert refusal.value.args[0] == "not_a_definition"


@pytest.mark.parametrize(
    ("definition", "problems"),
    [
        ([text("Name")], [Problem("bad_key", "Name")]),
        ([text("a"), text("a")], [Problem("double_key", "a")]),
        ([{"key": "a", "label": {"en": "Name"}}], [Problem("missing_label", "a")]),
        ([text("a", type="essay")], [Problem("unknown_type", "a")]),
        ([text("a", by="boss")], [Problem("unknown_role", "a")]),
        ([text("a", type="choice")], [Problem("choices_missing", "a")]),
        (
            [text("a", type="multi", choices=[{"key": "x", "zh": "是", "en": "Yes"}, {"key": "x", "zh": "否"}])],
            [Problem("double_choice", "a"), Problem("choice_without_label", "a")],
        ),
        ([table()], [Problem("columns_missing", "rows")]),
        ([table({"key": "a"}, min_rows=3, max_rows=2)], [Problem("rows_reversed", "rows")]),
        ([table({"key": "a"}, max_rows=500)], [Problem("too_many_rows", "rows")]),
        ([table({"key": "a", "type": "people"})], [Problem("not_in_a_cell", "rows", "a")]),
        ([table({"key": "a"}, {"key": "a"})], [Problem("double_key", "rows", "a")]),
        ([table({"key": "a", "calc": "sum:b,c"})], [Problem("calc_unknown", "rows", "a")]),
        ([table({"key": "a", "calc": "product:b,c"}, {"key": "b", "type": "int"})], [Problem("calc_column", "rows", "a")]),
        ([text("a", max_length=0)], [Problem("too_long", "a")]),
        ([text(f"a{n}") for n in range(41)], [Problem("too_many_fields")]),
    ],
)
def test_what_cannot_be_published_is_said(definition, problems):
    assert check_definition(parse(definition)) == problems


def test_a_signer_may_be_asked_for_fields_of_their_own():
    fields = parse([text("mission"), text("my_reading", by="trainee"), text("note", by="hrbp")])
    assert [field.key for field in fields_by(fields, "author")] == ["mission"]
    assert [field.key for field in fields_by(fields, {"trainee", "hrbp"})] == ["my_reading", "note"]


def test_a_person_field_named_after_a_role_names_its_holder():
    fields = parse([text("interviewee", type="person"), text("sponsor", type="person", by="mentor"), text("mentor")])
    assert named_by(fields, "trainee") == {"interviewee": "trainee", "sponsor": "mentor"}


def test_calculations_are_exact():
    row = {"quantity": 3, "price": Decimal("0.1"), "nothing": None}
    assert calculate("product:quantity,price", row) == Decimal("0.3")
    assert calculate("difference:price,quantity", row) == Decimal("-2.9")
    assert calculate("product:quantity,nothing", row) is None
    benefit = {"worth": 400_000, "share": Decimal(50), "confidence": Decimal(80)}
    assert calculate("product:worth,share,confidence", benefit, {"share", "confidence"}) == 160_000


@pytest.mark.parametrize("calc", ["", "product", "product:a", "difference:a,b,c", "selection:a,b", "sum:a,b"])
def test_an_unknown_calculation_is_refused(calc):
    with pytest.raises(ValueError):
        columns_of(calc)


@pytest.mark.parametrize(
    ("scores", "answer"),
    [
        ((5, 2, 5), TaskSelection.NONE),
        ((4, 3, 2), TaskSelection.TRAIN_AND_RETRAIN),
        ((5, 5, 3), TaskSelection.TRAIN),
        ((3, 3, 1), TaskSelection.TRAIN),
        ((2, 5, 2), TaskSelection.JOB_AID),
        ((1, 5, 3), TaskSelection.NONE),
        ((0, 3, 3), None),
    ],
)
def test_a_task_is_trained_by_difficulty_importance_and_frequency(scores, answer):
    assert task_selection(*scores) == answer


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_every_score_has_an_answer_and_a_harder_task_never_needs_less(difficulty, importance, frequency):
    order = [TaskSelection.NONE, TaskSelection.JOB_AID, TaskSelection.TRAIN, TaskSelection.TRAIN_AND_RETRAIN]
    answer = order.index(task_selection(difficulty, importance, frequency))
    harder = order.index(task_selection(min(5, difficulty + 1), importance, frequency))
    assert harder >= answer


def test_a_field_is_its_definition_whatever_the_type_of_its_words():
    assert FieldDefinition("a", {"zh": "一", "en": "One"}, FieldType.LONG) == FieldDefinition("a", {"zh": "一", "en": "One"}, "long")
