"""Bring README.md and docs/tables.md up to date: true outputs of the commands in them, tables and codes as declared.

    python tests/build_docs.py

tests/test_readme.py fails where what this would write is not what stands there. In README.md it renews

- what follows each `$ nianbao …` in a `console` block and each `>>> …` in a `pycon` block;
- what stands between `<!-- rows: REPORT TABLE COLUMN… -->`, `<!-- tables -->` or `<!-- commands -->` and the next
  `<!-- end -->`.

Blocks run from top to bottom in one folder, which holds a copy of samples/ and each file that a `<!-- file: NAME -->`
before a `text` block names.
"""

from __future__ import annotations

import csv
import doctest
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

import regex
from typer.main import get_command

import nianbao
from nianbao import cli
from schemas.declarations import Column, Table, tables
from schemas.metrics import Metric, metrics
from schemas.strict_yaml import packaged, parse, require_mapping

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
TABLES_PAGE = ROOT / "docs" / "tables.md"

BLOCK = regex.compile(
    r"""
    ^<!--\ file:\ (?P<file>\S+)\ -->\n+```text\n(?P<content>.*?)^```$
    | ^```console\n(?P<console>.*?)^```$
    | ^```pycon\n(?P<pycon>.*?)^```$
    | ^<!--\ (?P<part>rows|tables|commands)(?::\ (?P<how>[^>]*?))?\ -->\n.*?^<!--\ end\ -->$
    """,
    regex.VERBOSE | regex.MULTILINE | regex.DOTALL,
)


def readme(text: str, folder: Path) -> str:
    """Return README's text with all outputs renewed; `folder` is an empty one for the commands to work in."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    names: dict[str, Any] = {}
    with chdir(folder):
        return str(BLOCK.sub(lambda block: _renewed(block, names), text))


def _renewed(block: regex.Match[str], names: dict[str, Any]) -> str:
    if block["file"]:
        Path(block["file"]).parent.mkdir(exist_ok=True)
        Path(block["file"]).write_text(block["content"], encoding="utf-8")
        return str(block[0])
    if block["console"]:
        return f"```console\n{console(block['console'])}```"
    if block["pycon"]:
        return f"```pycon\n{pycon(block['pycon'], names)}```"
    head = block[0].partition("\n")[0]
    return f"{head}\n{PARTS[block['part']](block['how'] or '')}<!-- end -->"


_PROGRESS = regex.compile(r"[\d,]+ of [\d,]+ reports, .* left")  # told on a slow machine only


def console(body: str) -> str:
    """Return a console block with what its commands print now; no line keeps spaces at its end."""
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_printed(command)}" for command in commands)


def _printed(command: str) -> str:
    name, *arguments = shlex.split(command.removeprefix("$ "))
    assert name == "nianbao", f"README may run nianbao only, not {name}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if not _PROGRESS.fullmatch(line))


def pycon(body: str, names: dict[str, Any]) -> str:
    """Return a session with what its examples print now; `names` goes from block to block."""
    pieces = doctest.DocTestParser().parse(body)
    return "".join(piece if isinstance(piece, str) else _session(piece.source, names) for piece in pieces)


def _session(source: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(source, "README.md", "single"), names)
    first, *more = source.splitlines()
    return "".join(f"{line}\n" for line in (f">>> {first}", *(f"... {line}" for line in more))) + out.getvalue()


def grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = (header, ["---"] * len(header), *rows)
    return "".join("| " + " | ".join(text.replace("|", "\\|") for text in line) + " |\n" for line in lines)


def rows(how: str) -> str:
    """Return columns of a table read from a report as a Markdown table: «report.txt facts raw value»."""
    report, table, *columns = how.split()
    out = Path(report).with_suffix(".out")
    nianbao.extract(report, out)
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return grid(columns, [[row[column] for column in columns] for row in csv.DictReader(file)])


def table_list(_how: str) -> str:
    """Return the published tables as a Markdown table."""
    links = ((f"[{table.name}](docs/tables.md#{table.name})", table.title, table.meaning) for table in _tables())
    return grid(("table", "", "what it holds"), links)


def _tables() -> Iterable[Table]:
    return tables().values()


def commands(_how: str) -> str:
    """Return every command of the command line with its arguments and options."""
    return "\n".join(_command(name, command) for name, command in all_commands())


def all_commands() -> list[tuple[str, Any]]:
    """Return every command with its full name, those of a group after the group."""
    return list(_with_inner("nianbao", get_command(cli.app)))


def _with_inner(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for inner, one in getattr(command, "commands", {}).items():
        yield from _with_inner(f"{name} {inner}", one)


def _command(name: str, command: Any) -> str:
    usage = " ".join([name, *(_usage(param) for param in command.params if param.required)])
    params = [(f"`{_spelled(param)}`", param.help) for param in command.params]
    return f"`{usage}`: {command.help}\n" + (f"\n{grid(('', ''), params)}" if params else "")


def _usage(param: Any) -> str:
    if param.param_type_name == "option":
        return str(_spelled(param))
    return str(param.metavar) + ("…" if param.nargs == -1 else "")


def _spelled(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar)
    value = f" {param.metavar}" if param.metavar and not param.is_flag else ""
    return ", ".join(param.opts) + value


PARTS: dict[str, Callable[[str], str]] = {"rows": rows, "tables": table_list, "commands": commands}

CODED = {  # vocabulary: the column that holds its codes
    "section_kinds": "sections.kind",
    "table_kinds": "tables.kind",
    "event_kinds": "events.kind",
    "settings": "outreach.setting",
    "organization_kinds": "organizations.kind",
    "findings": "findings.code",
}

TABLES_HEAD = """# Tables, columns and codes

Made by `python tests/build_docs.py` from `schemas/tables/*.yaml` and `schemas/vocabulary/*.yaml`; change those.
An empty cell says that the text does not tell. Spans are half-open: `text[char_start:char_end]`, in code points.
"""


def tables_page() -> str:
    """Return docs/tables.md: every column of every table, and every code that may stand in one."""
    told = "".join(f"\n{_table(table)}" for table in _tables())
    codes = [
        (f"`{code}`", _named(metric), metric.unit, metric.group, metric.iso2789) for code, metric in metrics().items()
    ]
    kinds = "".join(f"\n{_codes(vocabulary, column)}" for vocabulary, column in CODED.items())
    header = ("code", "", "unit", "group", "ISO 2789 term")
    return f"{TABLES_HEAD}{told}\n## facts.metric, indicators.metric\n\n{grid(header, codes)}{kinds}"


def _named(metric: Metric) -> str:
    """Return a metric's term, with the terms of other years in brackets."""
    terms = [f"{term.term} {term.since or ''}–{term.until or ''}".removesuffix(" –") for term in metric.terms]
    return f"{metric.label} ({', '.join(terms)})" if terms else metric.label


def _table(table: Table) -> str:
    links = "".join(f" `{column}` points into `{target}`." for column, target in table.links.items())
    key = ", ".join(f"`{column}`" for column in table.key)
    head = f"## {table.name}\n\n{table.title}. {table.meaning} Key: {key}.{links}\n\n"
    return head + grid(("column", "", "type", "meaning"), [_column(column) for column in table.columns])


def _column(column: Column) -> tuple[str, str, str, str]:
    kind = f"{column.type} ({column.unit})" if column.unit else column.type
    values = f" One of {', '.join(f'`{value}`' for value in column.values)}." if column.values else ""
    return f"`{column.name}`", column.title, kind, column.meaning + values


def _codes(vocabulary: str, column: str) -> str:
    name = f"{vocabulary}.yaml"
    entries = require_mapping(parse(packaged("vocabulary", name), name), name)
    meant = [
        (f"`{code}`", entry["label"], entry.get("severity", ""), entry.get("meaning", ""))
        for code, entry in entries.items()
    ]
    used = [place for place in range(4) if any(line[place] for line in meant)]
    header = ("code", "", "severity", "meaning")
    rows_used = ([line[place] for place in used] for line in meant)
    return f"## {column}\n\n{grid([header[place] for place in used], rows_used)}"


def main() -> None:
    """Write both files anew."""
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(readme(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
    TABLES_PAGE.write_text(tables_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
