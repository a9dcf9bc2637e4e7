"""README.md tells the truth: every block runs, every output is what comes out, nothing is left undocumented."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from build_docs import BLOCK, README, ROOT, TABLES_PAGE, all_commands, readme, tables_page
from own_words import PURCHASES

from schemas.declarations import tables
from schemas.metrics import metrics

TEXT = README.read_text(encoding="utf-8")
RENEW = "what stands there is no longer true: run `python tests/build_docs.py` and look at what changed"

FENCED = regex.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", regex.MULTILINE | regex.DOTALL)
ADDED = regex.compile(r"^<!-- add to: (?P<file>\S+) -->\n+```yaml\n(?P<body>.*?)^```$", regex.MULTILINE | regex.DOTALL)
PACKAGES = ("nianbao", "extract", "normalize", "publish", "schemas")


def fenced(language: str) -> list[str]:
    return [block["body"] for block in FENCED.finditer(TEXT) if block["language"] == language]


def outlined(text: str) -> list[str]:
    return text.splitlines()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def renewed(workspace: Path) -> str:
    return readme(TEXT, workspace)


def test_every_output_is_what_comes_out(renewed: str) -> None:
    assert outlined(renewed) == outlined(TEXT), RENEW


def test_every_block_is_run_by_a_test() -> None:
    run = [block[0] for block in BLOCK.finditer(TEXT)] + [block[0] for block in ADDED.finditer(TEXT)]
    installing = [f"```sh\n{body}```" for body in fenced("sh")]
    unknown = [block[0] for block in FENCED.finditer(TEXT) if not any(block[0] in known for known in run + installing)]
    assert unknown == []
    assert {block.lastgroup or "" for block in BLOCK.finditer(TEXT)} >= {"content", "console", "pycon"}


def test_two_commands_install_one_to_run_and_one_to_test() -> None:
    runs, tests = fenced("sh")
    assert runs.count("\n") == tests.count("\n") == 1
    assert "nianbao extract samples --out" in runs
    assert " -m pytest" in tests


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine to run .ci/run with")
def test_ci_runs_these_two_and_no_other() -> None:
    said = subprocess.run(["bash", ".ci/run", "--list"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert said.stdout == "".join(fenced("sh"))


def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.usefixtures("renewed")
def test_the_example_leaves_no_numeral_unexplained(workspace: Path) -> None:
    with (workspace / "qingchuan-2018.out" / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        roles = [row["role"] for row in csv.DictReader(file)]
    assert roles
    assert "unexplained" not in roles


def test_every_command_and_option_is_documented() -> None:
    commands = dict(all_commands())
    assert [name for name in commands if f"`{name}" not in TEXT] == []
    params = [param for command in commands.values() for param in command.params]
    assert [param.name for param in params if f"| {param.help} |" not in TEXT] == []


def test_every_column_and_code_is_documented() -> None:
    page = TABLES_PAGE.read_text(encoding="utf-8")
    columns = {column.name for table in tables().values() for column in table.columns}
    assert [code for code in (*columns, *metrics()) if f"| `{code}` |" not in page] == []
    assert outlined(page) == outlined(tables_page()), RENEW


def test_every_public_name_is_shown() -> None:
    import nianbao  # noqa: PLC0415

    functions = [name for name in nianbao.__all__ if name.islower() and not name.startswith("_")]
    assert [name for name in functions if f"nianbao.{name}(" not in TEXT] == []


def test_every_file_and_test_named_is_there() -> None:
    links = regex.findall(r"\]\(([^)#]+)", TEXT)
    named = regex.findall(r"`((?:schemas|normalize|nianbao|tests|benchmarks)/[\w./]+\.\w+)(?:::(\w+))?`", TEXT)
    assert [path for path in (*links, *(path for path, _ in named)) if not (ROOT / path).exists()] == []
    missing = [test for path, test in named if f"def {test}" not in (ROOT / path).read_text(encoding="utf-8")]
    assert [test for test in missing if test] == []


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages in which README's additions to the vocabularies are made."""
    folder = tmp_path_factory.mktemp("taught")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for block in ADDED.finditer(TEXT):
        vocabulary = folder / block["file"]
        vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + block["body"], encoding="utf-8")
    return folder


REPORT = f"""青川县图书馆2018年工作总结

一、服务

全年消毒图书2.4万册次。

{PURCHASES}"""

TAUGHT = [  # table, columns, row
    ("facts", ("metric", "value", "unit"), ("volumes_disinfected", "24000", "册次")),
    ("tables", ("kind", "caption", "total_check"), ("purchases", "2018年图书采购情况表", "ok")),
]


def read_report(folder: Path, packages: Path) -> None:
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    command = (sys.executable, "-m", "nianbao", "extract", "report.txt", "--out", "out")
    environment = os.environ | {"PYTHONPATH": str(packages), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("table", "columns", "row"), TAUGHT)
def test_what_is_added_is_read(
    taught: Path, tmp_path: Path, table: str, columns: tuple[str, ...], row: tuple[str, ...]
) -> None:
    def found(packages: Path) -> set[tuple[str, ...]]:
        read_report(tmp_path, packages)
        with (tmp_path / "out" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return {tuple(line[column] for column in columns) for line in csv.DictReader(file)}

    assert row in found(taught)
    assert row not in found(ROOT)
