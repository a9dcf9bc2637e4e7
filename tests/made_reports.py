"""Rows made by hand, one of every table, for the tests of what comes after the pipeline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from schemas.panel_rows import CoverageRow, IndicatorRow, OrganizationAliasRow, OrganizationRow, PanelRow
from schemas.rows import (
    CellRow,
    DocumentRow,
    EventRow,
    FactRow,
    FindingFactRow,
    FindingRow,
    LectureRow,
    NumberRow,
    OutreachRow,
    ReadingPromotionRow,
    ReportRows,
    SectionRow,
    TableRow,
)

TEXT = "一、概况\n接待读者约59万人次，\n送书[bold]400册。\n"
SENTENCE = "接待读者约59万人次，"
YEAR = (date(2014, 1, 1), date(2014, 12, 31))
NOT_SAID = (None, None, None)  # no baseline
MAY = (date(2014, 5, 4), date(2014, 5, 4))


def made_report(document_id: str = "0123456789ab", source: str = "县/2014.txt") -> ReportRows:
    """Return one report with a row in every table; texts with commas, quotes, line ends and markup in them."""
    inner, table = f"{document_id}-s2", f"{document_id}-t1"
    return ReportRows(
        document=DocumentRow(
            document_id, source, "text/plain", "utf-8", None, "山水县图书馆", report_year=2014, characters=len(TEXT)
        ),
        sections=(
            SectionRow(f"{document_id}-s1", document_id, None, 1, "1", "一、", "概况", "overview", 0, 31),
            SectionRow(inner, document_id, f"{document_id}-s1", 2, "1.1", None, "接待[red]读者", None, 5, 31),
        ),
        tables=(TableRow(table, document_id, inner, "lectures", "表1", 2, 2, 1, "none", 5, 31),),
        cells=(
            CellRow(table, 0, 0, 1, 1, "主题", "header", 5, 7),
            CellRow(table, 0, 1, 1, 1, "备注", "header", 7, 9),
            CellRow(table, 1, 0, 1, 2, '家庭"阅读",\n上册', "body", 9, 11),
        ),
        lectures=(
            LectureRow(
                f"{document_id}-l1",
                document_id,
                table,
                inner,
                1,
                "阅读",
                None,
                None,
                "5月4日",
                *MAY,
                Decimal("80.0"),
                None,
                5,
                7,
            ),
        ),
        outreach=(
            OutreachRow(
                *(f"{document_id}-o1", document_id, table, None, 1, "某校", "送书", "school", "5月4日", *MAY, None),
                *(Decimal(400), None, None, 5, 7),
            ),
        ),
        reading_promotions=(
            ReadingPromotionRow(
                *(f"{document_id}-p1", document_id, table, None, None, None, None, None, "少儿", None, "故事会"),
                *(Decimal(30), "好", None, 5, 7),
            ),
        ),
        events=(
            EventRow(
                *(f"{document_id}-e1", document_id, inner, "exhibition", "书画展[/]", "5月4日", *MAY, "展厅", None),
                *(Decimal("4E+2"), None, None, "planned", "prose", "5月4日", 5, 9),
            ),
        ),
        facts=(
            FactRow(
                *(f"{document_id}-f1", document_id, inner, "visits", "读者", Decimal("5.9E+5"), None, None, "人次"),
                *("about", "level", "total", "actual", "institution", *YEAR, *NOT_SAID, "约59万人次", SENTENCE),
                *(9, 15, None, None, "prose", "quantity", Decimal("0.90")),
            ),
            FactRow(
                *(f"{document_id}-f2", document_id, None, None, "书", Decimal(2), None, Decimal(3), "册", "range"),
                *("level", "total", "planned", "event", None, None, *NOT_SAID, "2—3册"),
                *("送书[bold]2—3册。", 20, 24, f"{document_id}-f1", None, "prose", "quantity", Decimal("0.5")),
            ),
        ),
        numbers=(NumberRow(document_id, 10, 12, "59", "fact", f"{document_id}-f1"),),
        findings=(
            FindingRow(
                f"{document_id}-w1",
                document_id,
                "warning",
                "invalid_date",
                "11月31日 does not exist",
                table,
                None,
                None,
                5,
                7,
            ),
            FindingRow(f"{document_id}-w2", document_id, "info", "unknown_table", "no kind fits"),
        ),
        finding_facts=(FindingFactRow(f"{document_id}-w1", f"{document_id}-f1", "right"),),
        text=TEXT,
    )


def made_indicator(document_id: str = "0123456789ab") -> IndicatorRow:
    """Return the indicator that the first fact of the made report stands for."""
    return IndicatorRow(
        *("lib-1", "山水县图书馆", None, 2014, "visits", Decimal(590000), "人次", None, None, "about"),
        *(f"{document_id}-f1", "the only statement", 1, False, None, None, None, None, None),
    )


def made_organization() -> OrganizationRow:
    """Return one organisation."""
    return OrganizationRow("org-1", "山水县图书馆", "library", *[None] * 5, "县馆|县图书馆", 3)


def made_alias() -> OrganizationAliasRow:
    """Return one spelling of the organisation."""
    return OrganizationAliasRow("org-1", "县馆", 1, 90, "short_form")


def made_panel_row() -> PanelRow:
    """Return the panel's row of the made report."""
    return PanelRow("lib-1", "山水县图书馆", None, 2014, {"visits": Decimal(590000)})


def made_coverage(document_id: str = "0123456789ab") -> CoverageRow:
    """Return what the made report covers."""
    return CoverageRow(document_id, "lib-1", 2014, "visits", 1, 1, 0, 1)
