"""The steps of an import for the contact sheet: columns, faults, written, an undo that is refused, undone."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

if TYPE_CHECKING:
    from .pages import Sheet

PLACE, PERIOD = "421223", "2023-24"
ROWS = 14
"""So many lines of the county's return are sent in again."""


def spoilt(content: bytes) -> bytes:
    """The beginning of a return as somebody might send it: a heading in her own words, and some slips."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    sheet.delete_rows(ROWS, sheet.max_row)
    numbers = [
        (row, column)
        for row in range(4, 10)
        for column in range(3, sheet.max_column + 1)
        if isinstance(sheet.cell(row, column).value, int) and sheet.cell(row, column).value > 9
    ]
    for (row, column), text in zip(
        numbers[:: max(1, len(numbers) // 5)], ("三百一十四", "314人", "-3", "约20", "#REF!"), strict=False
    ):
        sheet.cell(row, column).value = text
    for row, column in numbers[1:8:3]:
        sheet.cell(row, column).value += 1
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def settled(page: Any) -> None:
    """Wait until no job works on the import any more."""
    for _round in range(120):
        page.reload()
        if not page.locator("[data-tf-job]").count():
            return
        time.sleep(0.5)
    raise RuntimeError(f"the job does not end: {page.url}")


def import_steps(sheet: Sheet) -> None:
    """An officer of a county sends a table in, handles its faults, writes it and takes it back."""
    page = sheet.sign_in("county")
    answer = page.context.request.get(f"{sheet.address}/exports/school-return/?place={PLACE}&period={PERIOD}")
    table = {"name": "崇阳县2023年更正.xlsx", "mimeType": "application/octet-stream", "buffer": spoilt(answer.body())}
    page.goto(f"{sheet.address}/imports/")
    page.select_option("[name=kind]", "school-return")
    page.select_option("[name=period]", PERIOD)
    page.set_input_files("[name=file]", table)
    page.click("main form .tf-btn-primary")
    page.wait_for_url("**/imports/*/")
    settled(page)
    here = page.url
    if page.locator("select[name^=c-]").count():
        sheet.take(page, "import--columns", "county")
        page.click("main form .tf-btn-primary")
        settled(page)
    sheet.take(page, "import--faults", "county")
    page.goto(f"{here}?step=columns")
    if not sheet.has("import--columns"):
        sheet.take(page, "import--columns", "county")
    page.goto(here)
    page.click("button[value=take_all]")
    settled(page)
    if page.locator("button[value=skip_all]").count():
        page.click("button[value=skip_all]")
        settled(page)
    page.click(".tf-import-end .tf-btn-primary")
    settled(page)
    sheet.take(page, "import--written", "county")
    undo(page, here)
    sheet.take(page, "import--undone", "county")
    page.context.close()


def undo(page: Any, address: str) -> None:
    """Press 撤销导入, and once more in the dialog."""
    page.goto(address)
    page.click("[data-tf-dialog=undo]")
    page.click("#undo .tf-dialog-ends .tf-btn-danger")
    page.wait_for_load_state()
