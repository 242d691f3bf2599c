"""The form engine: every deliverable of the built-in program can be filled in, and no bad answer gets through."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from documents.models import StoredFile
from programs.builtin_reader import read_builtin
from programs.forms.deliverable import Strength, asked_of_signers, deliverable_form
from programs.forms.deliverable_typed import as_typed
from programs.queries.answers import Lookups, answered
from programs.queries.directory import Directory, Person
from programs.rules.fields import fields_by, parse
from programs.vocabulary import FieldType
from tests.factories.answers import make_answers

TODAY = date(2026, 9, 16)
KINDS = {kind.key: kind for kind in read_builtin().content.deliverables}
WHO = [(kind.key, who) for kind in KINDS.values() for who in sorted({field.get("by", "author") for field in kind.fields})]
FILE = StoredFile(pk=7, code="deck-code", name="课件.pptx", sha256="ab12", size=8_400_000)
STORED = {"id": 7, "name": "课件.pptx", "hash": "ab12"}


def directory(count: int = 3) -> Directory:
    people = tuple(Person(n, f"周敏{n}", "学习发展部") for n in range(1, count + 1))
    return Directory(people, {person.pk: person for person in people}, {person.label.casefold(): person.pk for person in people})


PEOPLE = directory()


def kind_with(*fields: dict):
    """A kind whose form asks for just this."""
    return SimpleNamespace(fields=[{"key": "it", "zh": "这一项", "en": "This", **field} for field in fields])


def submit(kind, typed, **facts):
    facts = {"people": PEOPLE, "files": [FILE], "currency": "CNY", "today": TODAY} | facts
    return deliverable_form(kind, MultiValueDict(typed), strength=Strength.SUBMIT, **facts)


def typed_for(kind, answers, who="author"):
    return as_typed(fields_by(parse(kind.fields), who), answers, PEOPLE, {FILE.code: FILE})


def drawn(form) -> str:
    return "".join(str(field.as_field_group()) for field in form)


def problem_with(field: dict, value, **facts) -> str:
    """What the form says to one value of one field; empty where it takes it."""
    form = submit(kind_with(field), {"it": value if isinstance(value, list) else [value]}, **facts)
    return "" if form.is_valid() else form.errors["it"].as_data()[0].code


def cell_problem(column: dict, value, **facts) -> tuple:
    form = submit(
        kind_with(
            {"type": "table", "columns": [{"key": "cell", "zh": "格", "en": "Cell", **column}, {"key": "other", "zh": "旁", "en": "Other"}]}
        ),
        {"it-rows": ["1"], "it-0-cell": [value], "it-0-other": ["x"]},
        **facts,
    )
    assert not form.is_valid()
    return tuple(form.cell_errors)


@pytest.mark.parametrize(("key", "who"), WHO)
def test_every_deliverable_takes_valid_answers_and_gives_them_back(key, who):
    kind = KINDS[key]
    answers = make_answers(kind.fields, people=[1, 2, 3], file=STORED, today=TODAY, by=who)

    form = submit(kind, typed_for(kind, answers, who), by=who)

    assert form.is_valid(), form.problems()
    assert form.answers == answers
    assert set(form.fields) == {field.key for field in fields_by(parse(kind.fields), who)}


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_deliverable_is_drawn_empty_filled_and_read_in_both_languages(key, language):
    kind = KINDS[key]
    with translation.override(language):
        empty = drawn(deliverable_form(kind, people=PEOPLE))
        answers = make_answers(kind.fields, people=[1, 2, 3], file=STORED, today=TODAY, language=language)
        full = drawn(deliverable_form(kind, initial=answers, people=PEOPLE, files=[FILE]))
        said = answered(parse(kind.fields), answers, Lookups({1: "周敏1", 2: "周敏2", 3: "周敏3"}, {7: FILE.code}, "CNY"))
    assert all(f'name="{field.key}' in empty for field in fields_by(parse(kind.fields), "author"))
    assert "is-records" in full or not any(field.type == FieldType.TABLE for field in parse(kind.fields))
    assert [field.key for field in said] == [field["key"] for field in kind.fields]
    assert [field.key for field in said if field.is_blank] == [field.key for field in said if field.by]


@pytest.mark.parametrize("key", KINDS)
def test_an_empty_form_is_refused_for_every_required_field_and_shown_without_complaint(key):
    kind = KINDS[key]
    form = submit(kind, {})
    required = [field.key for field in fields_by(parse(kind.fields), "author") if field.required]
    assert [name for name in form.fields if name in form.errors] == required

    shown = deliverable_form(kind, {}, people=PEOPLE)
    assert shown.is_valid()
    assert 'aria-invalid="true"' not in drawn(shown)


@pytest.mark.parametrize("key", KINDS)
def test_hostile_text_stays_text_in_every_form(key):
    kind = KINDS[key]
    nasty = '"><script>alert(1)</script>'
    answers = make_answers(kind.fields, people=[1, 2, 3], file=STORED, today=TODAY)
    typed = typed_for(kind, answers)
    for name in typed:
        if not name.endswith("-rows"):
            typed[name] = nasty
    form = submit(kind, typed)
    assert "<script>" not in drawn(form)
    read = {field.key: nasty for field in parse(kind.fields) if field.type in ("text", "long") and not field.columns}
    assert "<script>" not in str([answer.answer.text for answer in answered(parse(kind.fields), read, Lookups())]).replace(nasty, "")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ({"type": "text", "required": True}, "   ", "required"),
        ({"type": "text", "max_length": 5}, "六个字太长了", "too_long"),
        ({"type": "long", "max_length": 5}, "x" * 6, "too_long"),
        ({"type": "text"}, "x" * 301, "too_long"),
        ({"type": "int"}, "many", "not_a_number"),
        ({"type": "int"}, "1.5", "not_whole"),
        ({"type": "int"}, str(2**63), "number_too_large"),
        ({"type": "decimal"}, "NaN", "not_a_number"),
        ({"type": "decimal"}, "Infinity", "not_a_number"),
        ({"type": "decimal"}, "1e400", "not_a_number"),
        ({"type": "money"}, "9" * 30, "number_too_large"),
        ({"type": "money"}, "1.23456", "too_many_decimals"),
        ({"type": "percent"}, "ten", "not_a_number"),
        ({"type": "date"}, "2026-02-30", "not_a_date"),
        ({"type": "date"}, "18.9.2026", "not_a_date"),
        ({"type": "datetime"}, "tomorrow", "not_a_time"),
        ({"type": "datetime"}, "9999-99-99T99:99", "not_a_time"),
        ({"type": "choice", "choices": [{"key": "a", "zh": "甲", "en": "A"}, {"key": "b", "zh": "乙", "en": "B"}]}, "c", "not_a_choice"),
        (
            {"type": "multi", "choices": [{"key": "a", "zh": "甲", "en": "A"}, {"key": "b", "zh": "乙", "en": "B"}]},
            ["a", "c"],
            "not_a_choice",
        ),
        ({"type": "person"}, "999", "not_a_person"),
        ({"type": "person"}, str(2**63), "not_a_person"),
        ({"type": "person"}, "周敏", "not_a_person"),
        ({"type": "people"}, ["1", "999"], "not_a_person"),
        ({"type": "file"}, "someone-elses-code", "not_a_file"),
        ({"type": "link"}, "javascript:alert(1)", "not_a_link"),
        ({"type": "link"}, "www.example.com", "not_a_link"),
    ],
)
def test_a_bad_answer_is_refused_beside_its_field_and_stays(field, value, code):
    assert problem_with(field, value) == code
    form = submit(kind_with(field), {"it": value if isinstance(value, list) else [value]})
    form.is_valid()
    assert form.typed["it"] == (value if isinstance(value, list) else [value])
    assert [problem.anchor for problem in form.problems()] == ["id_it"]
    assert 'id="id_it_error"' in drawn(form)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ({"type": "int"}, str(2**63)),
        ({"type": "money"}, "1e400"),
        ({"type": "date"}, "soon"),
        ({"type": "person"}, "2"),  # a number is no name
        ({"type": "person"}, "外人"),
        ({"type": "choice", "choices": [{"key": "a", "zh": "甲", "en": "A"}, {"key": "b", "zh": "乙", "en": "B"}]}, "c"),
        ({"type": "text", "required": True}, " "),
        ({"type": "text", "max_length": 3}, "four"),
        ({"type": "link"}, "ftp://example.com"),
    ],
)
def test_a_bad_cell_is_refused_at_the_very_cell(column, value):
    assert cell_problem(column, value) == (("it", 0, "cell"),)


def test_the_cells_message_stands_in_the_cell_and_in_the_list_above():
    kind = KINDS["D10"]
    typed = typed_for(kind, make_answers(kind.fields, people=[1], today=TODAY))
    typed["lines-1-unit_price"] = "a lot"
    form = submit(kind, typed)
    assert not form.is_valid()
    assert [(problem.anchor, problem.text) for problem in form.problems()] == [
        ("id_lines-1-unit_price", form.cell_errors["lines", 1, "unit_price"])
    ]
    html = drawn(form)
    assert 'aria-describedby="id_lines-1-unit_price_error"' in html
    assert 'value="a lot"' in html


def test_rows_are_counted_from_both_ends():
    table = {"type": "table", "min_rows": 2, "max_rows": 50, "columns": [{"key": "cell", "zh": "格", "en": "Cell"}]}
    rows = lambda n: {"it-rows": [str(n)], **{f"it-{i}-cell": ["x"] for i in range(n)}}  # noqa: E731 - a word for this test
    codes = {}
    for n in (1, 2, 50, 51):
        form = submit(kind_with(table), rows(n))
        codes[n] = None if form.is_valid() else form.errors["it"].as_data()[0].code
        assert len(form["it"].rows) == max(n, 2)
    assert codes == {1: "too_few_rows", 2: None, 50: None, 51: "too_many_rows"}


def test_a_number_of_rows_that_nobody_sent_costs_nothing():
    table = {"type": "table", "columns": [{"key": "cell", "zh": "格", "en": "Cell"}]}
    for lie in ("99999", "1e9", "-1", "x", "9" * 40):
        assert submit(kind_with(table), {"it-rows": [lie]}).answers == {}


def test_empty_rows_close_up_and_the_cells_keep_their_messages():
    table = {"type": "table", "columns": [{"key": "n", "zh": "数", "en": "N", "type": "int"}]}
    form = submit(kind_with(table), {"it-rows": ["3"], "it-0-n": [""], "it-1-n": ["four"], "it-2-n": ["5"]})
    assert not form.is_valid()
    assert set(form.cell_errors) == {("it", 0, "n")}
    assert form.typed == {"it-rows": ["2"], "it-0-n": ["four"], "it-1-n": ["5"]}


def test_calculated_cells_are_shown_and_never_typed():
    kind = KINDS["D10"]
    answers = make_answers(kind.fields, people=[1], today=TODAY)
    typed = typed_for(kind, answers)
    typed["lines-0-amount"] = "1"
    form = submit(kind, typed)
    assert form.is_valid()
    assert form.answers["lines"][0]["amount"] == "21600"
    html = drawn(deliverable_form(kind, typed, people=PEOPLE))
    assert "21,600" in html
    assert 'name="lines-0-amount"' not in html


def test_a_task_analysis_says_its_answer_in_words():
    kind = KINDS["D6"]
    with translation.override("en"):
        html = drawn(deliverable_form(kind, initial=make_answers(kind.fields, today=TODAY), people=PEOPLE))
    assert ">Train</output>" in html
    assert html.count('data-calc="selection:difficulty,importance,frequency"') == 4  # three rows, and the one to copy


def test_a_promise_for_a_past_day_is_refused_unless_the_version_before_made_it():
    kind = KINDS["D5"]
    answers = make_answers(kind.fields, people=[1], today=TODAY)
    answers["goals"][0]["due"] = "2026-09-15"
    answers["check_ins"][0]["date"] = "2026-01-05"  # when one met may lie behind
    assert not (form := submit(kind, typed_for(kind, answers))).is_valid()
    assert set(form.cell_errors) == {("goals", 0, "due")}
    assert submit(kind, typed_for(kind, answers), initial=answers).is_valid()


def test_what_signers_fill_in_is_announced_and_not_asked_of_the_author():
    with translation.override("en"):
        assert [asked.role for asked in asked_of_signers(KINDS["D8"])] == ["Present training manager"]
    assert "observation" not in deliverable_form(KINDS["D8"]).fields


def test_in_a_large_organization_names_are_typed_with_suggestions():
    kind = KINDS["D12"]
    crowd = directory(1200)
    form = deliverable_form(kind, people=crowd)
    assert form.suggests_people
    assert len(drawn(form)) < 60_000
    typed = typed_for(kind, make_answers(kind.fields, people=[1, 2], today=TODAY))
    typed["reviewers"] = "周敏7 · 学习发展部\n周敏900 · 学习发展部"
    form = submit(kind, typed, people=crowd)
    assert form.is_valid(), form.problems()
    assert form.answers["reviewers"] == [7, 900]


def test_moments_are_typed_and_read_in_the_zone_of_the_person():
    kind = kind_with({"type": "datetime"})
    form = submit(kind, {"it": ["2026-09-18T15:00"]})
    assert form.is_valid()
    assert form.answers == {"it": "2026-09-18T07:00:00+00:00"}
    assert deliverable_form(kind, initial=form.answers)["it"].value() == "2026-09-18T15:00"


def test_a_file_shows_its_name_and_keeps_its_code():
    html = drawn(deliverable_form(KINDS["D7"], initial={"deck": STORED}, files=[FILE]))
    assert 'name="deck" value="deck-code"' in html
    assert "课件.pptx" in html
