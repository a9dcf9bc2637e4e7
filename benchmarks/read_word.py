"""Time and memory of reading Word files, side by side with python-docx going over paragraphs and row.cells.

    python benchmarks/read_word.py [FILE.txt…]

1. The text reports given (by default those of samples/ and, where it is there, ../shared/seeds) rebuilt as Word files.
2. A file of 200 tables × 40 rows × 6 columns, which must be read completely right.

Prints for both the best time of several rounds taken in turn and the peak memory of a process that reads the file once,
with the ratio to python-docx. Ends with 1 where the tables were not read right.
"""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import docx

from extract.read import read
from schemas.document import Document

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
TABLES, ROWS, COLUMNS = 200, 40, 6
ROUNDS = 5

# What Word itself writes around each piece of text.
_FONT = '<w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
_RUN = f'<w:r w:rsidR="00A77B3E"><w:rPr>{_FONT}</w:rPr><w:t xml:space="preserve">{{}}</w:t></w:r>'
_PARAGRAPH = (
    '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:spacing w:line="360" w:lineRule="auto"/>'
    f'<w:ind w:firstLineChars="200" w:firstLine="480"/><w:rPr>{_FONT}</w:rPr></w:pPr>{{}}</w:p>'
)
_CELL = '<w:tc><w:tcPr><w:tcW w:w="1420" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>'
_ROW = '<w:tr w:rsidR="00A77B3E"><w:trPr><w:trHeight w:val="400"/></w:trPr>{}</w:tr>'
_TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    "<w:tblGrid>{}</w:tblGrid>{}</w:tbl>"
)
# A report has one or two styles of tables; the empty document of python-docx has a hundred.
_TABLE_STYLE = re.compile(rb'<w:style w:type="table".*?</w:style>', re.DOTALL)


def paragraph(text: str) -> str:
    """Return a paragraph in two runs, for Word cuts text into runs at every change of spelling or language."""
    pieces = [piece for piece in (text[: len(text) // 2], text[len(text) // 2 :]) if piece]
    return _PARAGRAPH.format("".join(_RUN.format(escape(piece)) for piece in pieces))


def table(rows: list[list[str]]) -> str:
    """Return a table of rows of cells."""
    width = max(map(len, rows))
    inside = "".join(_ROW.format("".join(_CELL.format(paragraph(text)) for text in row)) for row in rows)
    return _TABLE.format('<w:gridCol w:w="1420"/>' * width, inside)


def as_word(body: str) -> bytes:
    """Return python-docx's empty document with this body, and without its hundred styles of tables and pages."""
    empty, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(empty)
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                head, _, tail = content.decode().partition("<w:body>")
                content = f"{head}<w:body>{body}{tail}".encode()
            elif name.endswith(("/styles.xml", "/stylesWithEffects.xml")):
                content = _TABLE_STYLE.sub(b"", content)
            target.writestr(name, content)
    return made.getvalue()


def rebuilt(document: Document) -> bytes:
    """Return the Word file of a text report: its paragraphs and tables."""
    shown, body = document.reading or document, []
    text = shown.text
    for number, group in groupby(shown.blocks, key=lambda block: block.place.table if block.place else None):
        if number is None:
            body += [paragraph(text[block.start : block.end].strip("\t")) for block in group]
        else:
            rows = groupby(group, key=lambda block: block.place.row if block.place else 0)
            body.append(table([[text[block.start : block.end] for block in row] for _, row in rows]))
    return as_word("".join(body))


def cells(number: int) -> list[list[str]]:
    """Return what stands in the cells of one of the many tables."""
    return [[f"表{number}行{row}栏{column}，{row * column}人次" for column in range(COLUMNS)] for row in range(ROWS)]


def many_tables() -> bytes:
    """Return a Word file of many tables, each under its caption."""
    return as_word("".join(paragraph(f"附表{number}") + table(cells(number)) for number in range(TABLES)))


def wrong_cells(document: Document) -> int:
    """Return how many cells of the many tables are missing, misplaced or not as they were written."""
    expected = {
        (number, row, column): text
        for number in range(TABLES)
        for row, texts in enumerate(cells(number))
        for column, text in enumerate(texts)
    }
    found = {
        (block.place.table, block.place.row, block.place.column): document.text[block.start : block.end]
        for block in document.blocks
        if block.place
    }
    return len(expected.items() ^ found.items())


def with_nianbao(path: Path) -> object:
    return read(path, path.name)


def with_python_docx(path: Path) -> object:
    document = docx.Document(str(path))
    texts = [item.text for item in document.paragraphs]
    return texts + [cell.text for item in document.tables for row in item.rows for cell in row.cells]


READERS: dict[str, Callable[[Path], object]] = {"nianbao": with_nianbao, "python-docx": with_python_docx}


def times(paths: list[Path]) -> dict[str, float]:
    """Return the best time in seconds of each reader over all paths; the readers take turns."""
    best = dict.fromkeys(READERS, float("inf"))
    for _ in range(ROUNDS):
        for name, reader in READERS.items():
            begin = time.perf_counter()
            for path in paths:
                reader(path)
            best[name] = min(best[name], time.perf_counter() - begin)
    return best


def peaks(path: Path) -> dict[str, float]:
    """Return the peak memory in MiB of a fresh process with each reader."""
    return {
        name: float(subprocess.check_output([sys.executable, __file__, "--peak", name, str(path)])) for name in READERS
    }


def own_peak() -> float:
    """Return the peak memory of this process in MiB; ru_maxrss would count that of the process that began it, too."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_ratios(what: str, unit: str, measured: dict[str, float]) -> None:
    ours, theirs = measured["nianbao"], measured["python-docx"]
    print(f"{what}: nianbao {ours:.3f} {unit}, python-docx {theirs:.3f} {unit}, ratio {ours / theirs:.2f}")


def reports(names: list[str]) -> Iterator[Path]:
    yield from map(Path, names) if names else (*sorted(ROOT.glob("samples/*.txt")), *sorted(SEEDS.glob("*.txt")))


def main(names: list[str]) -> int:
    with TemporaryDirectory() as folder:
        built = []
        for number, source in enumerate(reports(names)):
            built.append(Path(folder) / f"{number}.docx")
            built[-1].write_bytes(rebuilt(read(source, source.name)))
        print_ratios(f"{len(built)} reports, time", "s", times(built))
        print_ratios("largest of them, peak memory", "MiB", peaks(max(built, key=lambda path: path.stat().st_size)))
        large = Path(folder) / "tables.docx"
        large.write_bytes(many_tables())
        wrong = wrong_cells(read(large, large.name))
        print(f"{TABLES} tables × {ROWS} rows × {COLUMNS} columns: {wrong} cells wrong of {TABLES * ROWS * COLUMNS}")
        print_ratios("the tables, time", "s", times([large]))
        print_ratios("the tables, peak memory", "MiB", peaks(large))
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        READERS[sys.argv[2]](Path(sys.argv[3]))
        print(own_peak())
    else:
        sys.exit(main(sys.argv[1:]))
