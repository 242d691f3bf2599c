"""What goes into a spreadsheet comes out as the same text, whatever it looks like."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from documents.rules.spreadsheet_cells import DANGEROUS, harmless
from documents.spreadsheets import BOM, write_csv, write_xlsx

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "'=1",
    '"=1"',
    '林予安,"二"',
    "👩‍🏫",
    "https://x.example/",
]
texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)


@given(st.one_of(st.sampled_from(HOSTILE), texts))
def test_nothing_begins_like_a_formula(text):
    said = harmless(text)
    assert not said.startswith(DANGEROUS)
    assert said in (text, f"'{text}")


@given(st.lists(st.lists(st.one_of(st.sampled_from(HOSTILE), texts), min_size=2, max_size=2), max_size=5))
def test_a_csv_file_reads_back(rows):
    made = io.BytesIO()
    write_csv(made, rows)
    text = made.getvalue().decode()
    assert text.startswith(BOM)
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))
    assert read == [[harmless(cell) for cell in row] for row in rows]


def test_lines_end_as_excel_wants_them():
    made = io.BytesIO()
    write_csv(made, [["一", "二"], ["三", "四"]])
    assert made.getvalue() == "\ufeff一,二\r\n三,四\r\n".encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_text_alone(text):
    made = io.BytesIO()
    write_xlsx(made, [["名称"], [text]], "认证结果")
    cell = openpyxl.load_workbook(made)["认证结果"]["A2"]
    # Excel writes a return as _x000D_; so does the library.
    assert (cell.data_type, unescape(cell.value), cell.hyperlink) == ("s", text, None)
