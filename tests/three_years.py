"""Three years of one library whose reports contradict each other, and what a database must hold of that."""

from __future__ import annotations

from pathlib import Path

from made_databases import content, select

from nianbao.batch import Summary, extract

HEAD = "永宁县图书馆{year}年工作总结\n\n一、基本情况\n\n"
TOLD = {  # the rate of 2017 is not that of the two levels; 2018 restates the visits of 2017
    2016: "总藏量20万册。全年接待读者184360人次。",
    2017: "总藏量20.6万册。全年接待读者201480人次，比上年增长31.5%。",
    2018: "总藏量21.1万册。全年接待读者210930人次（上年为192170人次）。",
}
RIGHT = "总藏量20.6万册。全年接待读者201480人次，比上年增长9.3%。"
OF_BOTH = [  # year of the finding, its code, year of the fact, the fact, role
    (2017, "rate_does_not_fit", 2016, "184360人次", "left"),
    (2017, "rate_does_not_fit", 2017, "201480人次", "left"),
    (2017, "rate_does_not_fit", 2017, "31.5%", "right"),
    (2018, "restated_value", 2017, "201480人次", "left"),
    (2018, "restated_value", 2018, "192170人次", "right"),
]


def put(folder: Path, told: dict[int, str]) -> Path:
    """Write the reports of these years, and no others, into the folder; the latest is the first in path order."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for year, text in told.items():
        (folder / f"{2020 - year}.txt").write_text(HEAD.format(year=year) + text + "\n", encoding="utf-8")
    return folder


def run(folder: Path, told: dict[int, str], url: str | None = None) -> Summary:
    """Extract the reports of these years into folder/out, with the formats that are the default."""
    return extract(put(folder / "in", told), folder / "out", database=url)


def facts_of_findings(url: str) -> list[tuple[int, str, int, str, str]]:
    """Return the facts that findings across years are about, in the form of OF_BOTH, in the order of the texts."""
    return [
        (of, code, year, raw, role)
        for of, code, year, raw, role in select(
            url,
            "SELECT own.report_year, n.code, d.report_year, f.raw, l.role FROM finding_facts l "
            "JOIN findings n ON n.finding_id = l.finding_id JOIN documents own ON own.document_id = n.document_id "
            "JOIN facts f ON f.fact_id = l.fact_id JOIN documents d ON d.document_id = f.document_id "
            "ORDER BY own.report_year, d.report_year, f.char_start",
        )
    ]


def restatements(url: str) -> list[tuple[int, int, int]]:
    """Return the year, the restated value and the year of the report that gives it, of all indicators restated."""
    return [
        (year, int(value), by)
        for year, value, by in select(
            url,
            "SELECT i.report_year, i.restated_value, d.report_year FROM indicators i "
            "JOIN facts f ON f.fact_id = i.restated_fact_id JOIN documents d ON d.document_id = f.document_id "
            "ORDER BY i.report_year",
        )
    ]


def check_no_link_dangles(url: str) -> None:
    """Check that every finding and every fact that finding_facts names is there."""
    for column, table in (("finding_id", "findings"), ("fact_id", "facts")):
        there = f"SELECT {column} FROM {table}"
        assert select(url, f"SELECT {column} FROM finding_facts WHERE {column} NOT IN ({there})") == []


def check_all_years(url: str) -> None:
    """Check that the database holds what the reports of TOLD say of each other."""
    assert facts_of_findings(url) == OF_BOTH
    assert restatements(url) == [(2017, 192170, 2018)]
    check_no_link_dangles(url)


def check_year_after_year(folder: Path, url: str, fresh: str) -> None:
    """Check a database through runs: all years, the middle one gone, back again, redone alone; `fresh` is a new one."""
    run(folder, TOLD, url)
    check_all_years(url)
    run(folder, {year: text for year, text in TOLD.items() if year != 2017}, url)
    assert facts_of_findings(url) == []
    assert restatements(url) == []
    check_no_link_dangles(url)
    run(folder, TOLD, url)
    check_all_years(url)
    summary = run(folder, {**TOLD, 2017: RIGHT}, url)
    assert (summary.documents, summary.read) == (3, 1)
    assert facts_of_findings(url) == [link for link in OF_BOTH if link[1] == "restated_value"]
    check_no_link_dangles(url)
    run(folder / "new", {**TOLD, 2017: RIGHT}, fresh)
    assert content(url) == content(fresh)
