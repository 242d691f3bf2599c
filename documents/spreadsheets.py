"""Rows of text as CSV and XLSX. Both hold text alone: nothing in them is ever a formula or a link."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import BinaryIO

from documents.rules.spreadsheet_cells import harmless

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_ONLY = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COLUMN_WIDTH = 18
AT_A_TIME = 1000  # rows of CSV

Row = Sequence[str]


def csv_lines(rows: Iterable[Row]) -> bytes:
    """Lines of a CSV file, without its BOM: CRLF, formulas made harmless."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode()


def write_csv(target: BinaryIO, rows: Iterable[Row]) -> None:
    """A whole CSV file; memory does not grow with the rows."""
    target.write(BOM.encode())
    rest = iter(rows)
    while some := list(islice(rest, AT_A_TIME)):
        target.write(csv_lines(some))


def write_xlsx(target: BinaryIO, rows: Iterable[Row], title: str) -> None:
    """A whole workbook with one sheet, the first row its head; memory does not grow with the rows."""
    import xlsxwriter  # by who writes one: web processes go without

    with xlsxwriter.Workbook(target, TEXT_ONLY) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            if not number:
                sheet.set_column(0, len(row) - 1, COLUMN_WIDTH)
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, head if not number else None)
