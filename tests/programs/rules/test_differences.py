from hypothesis import given
from hypothesis import strategies as st

from programs.rules.differences import (
    ADDED,
    CHANGED,
    REMOVED,
    SAME,
    CellDifference,
    FieldDifference,
    RowDifference,
    changed,
    differences,
    row_differences,
    text_segments,
)
from programs.rules.fields import parse

LABEL = {"zh": "名称", "en": "Name"}
COLUMNS = [{"key": "pain", "label": LABEL}, {"key": "quote", "label": LABEL}, {"key": "severity", "label": LABEL, "type": "int"}]
FORM = parse(
    [
        {"key": "model", "label": LABEL, "type": "long"},
        {"key": "pains", "label": LABEL, "type": "table", "columns": COLUMNS},
        {"key": "deck", "label": LABEL, "type": "file"},
        {"key": "present", "label": LABEL, "type": "people"},
        {"key": "year", "label": LABEL, "type": "int"},
    ]
)
TABLE = FORM[1].columns


def test_a_submission_against_itself_has_no_difference():
    data = {"model": "毛利", "pains": [{"pain": "排班"}], "deck": {"id": 1, "name": "a", "hash": "b"}, "present": [1], "year": 3}
    assert changed(differences(FORM, data, data)) == [] == changed(differences(FORM, {}, {}))


def test_a_text_shows_what_was_taken_out_and_put_in():
    assert text_segments("看毛利和坪效。", "看毛利、坪效。") == ((SAME, "看毛利"), (REMOVED, "和"), (ADDED, "、"), (SAME, "坪效。"))
    assert text_segments("gross margin only", "gross sales only") == (
        (SAME, "gross "),
        (REMOVED, "margin"),
        (ADDED, "sales"),
        (SAME, " only"),
    )


def test_every_kind_of_field_is_compared_in_its_own_way():
    old = {"model": "旧", "deck": {"id": 1, "name": "v1.pptx", "hash": "aa"}, "present": [1, 2], "year": 2026}
    new = {"deck": {"id": 2, "name": "v2.pptx", "hash": "aa"}, "present": [2, 3], "year": 2027, "pains": [{"pain": "排班"}]}
    assert changed(differences(FORM, old, new)) == [
        FieldDifference("model", REMOVED, "旧", None),
        FieldDifference("pains", ADDED, None, new["pains"], rows=(RowDifference(ADDED, {"pain": "排班"}, None, 0),)),
        FieldDifference("deck", CHANGED, old["deck"], new["deck"], renamed=True),
        FieldDifference("present", CHANGED, [1, 2], [2, 3], items=((SAME, 2), (ADDED, 3), (REMOVED, 1))),
        FieldDifference("year", CHANGED, 2026, 2027),
    ]


def test_the_same_file_sent_again_is_the_same():
    old, new = ({"deck": {"id": number, "name": "v1.pptx", "hash": "aa"}} for number in (1, 2))
    assert changed(differences(FORM, old, new)) == []


def test_rows_are_added_removed_and_changed_in_place():
    old = [{"pain": "排班", "severity": 3}, {"pain": "流失", "severity": 4}, {"pain": "盘点", "quote": "太慢"}]
    new = [{"pain": "排班", "severity": 3}, {"pain": "流失", "severity": 5, "quote": "留不住"}, {"pain": "新店", "quote": "没人"}]
    assert row_differences(TABLE, old, new) == (
        RowDifference(SAME, new[0], 0, 0),
        RowDifference(CHANGED, new[1], 1, 1, (CellDifference("quote", None, "留不住"), CellDifference("severity", 4, 5))),
        RowDifference(ADDED, new[2], None, 2),
        RowDifference(REMOVED, old[2], 2, None),
    )


def test_long_texts_are_compared_by_sentences_and_stubborn_ones_as_a_whole():
    old = "".join(f"第{number}句话说的是一样的事情的。" for number in range(1500))
    new = old.replace("第700句话", "这一句话").replace("第900句话", "那一句话")
    found = text_segments(old, new)
    assert [op for op, _ in found] == [SAME, REMOVED, ADDED, SAME, REMOVED, ADDED, SAME]
    assert found[1] == (REMOVED, "第700句话说的是一样的事情的。")
    assert text_segments("x。" + "的。" * 9000 + "x。", "y。" + "的。" * 9000 + "y。")[0][0] == REMOVED


texts = st.text("abc 一二三。\n", max_size=60)


@given(texts, texts)
def test_segments_spell_both_texts(old, new):
    segments = text_segments(old, new)
    assert "".join(text for op, text in segments if op != ADDED) == old
    assert "".join(text for op, text in segments if op != REMOVED) == new


cells = st.fixed_dictionaries(
    {}, optional={"pain": st.sampled_from("甲乙丙"), "quote": st.sampled_from("xyz"), "severity": st.integers(1, 3)}
)
tables = st.lists(cells, max_size=7)


@given(tables, tables)
def test_every_row_of_both_versions_is_accounted_for_once_and_in_order(old, new):
    found = row_differences(TABLE, old, new)
    assert [row.old for row in found if row.old is not None] == list(range(len(old)))
    assert [row.new for row in found if row.new is not None] == list(range(len(new)))
    for row in found:
        if row.op == SAME:
            assert old[row.old] == new[row.new]
            assert row.cells == ()
        if row.op == CHANGED:
            rebuilt = {**old[row.old], **{cell.column: cell.new for cell in row.cells}}
            assert {key: value for key, value in rebuilt.items() if value is not None} == new[row.new]
