"""The house rules that a machine can hold: who imports whom, types, lint, sizes, docstrings, dependencies in use."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("nianbao", "extract", "normalize", "publish", "schemas")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MODULE_LINES = 300
FUNCTION_LINES = 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def test_the_packages_are_there() -> None:
    assert len(MODULES) > 50


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it, for what they are worth at run time and to types."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_no_files_import_each_other_in_a_circle() -> None:
    modules = {name_of(path).removesuffix(".py").replace("/", "."): path for path in MODULES}
    order = TopologicalSorter({name: modules.keys() & set(imported_modules(path)) for name, path in modules.items()})
    assert len(tuple(order.static_order())) == len(modules)


LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"

CHECKS = [  # the module that must be installed, the command
    (
        "importlinter",
        ["-c", LINT_IMPORTS, "--no-logo", "--no-cache"],
    ),
    ("mypy", ["-m", "mypy"]),
    ("ruff", ["-m", "ruff", "check", "."]),
    ("ruff", ["-m", "ruff", "format", "--check", "."]),
]


@pytest.mark.parametrize(("tool", "command"), CHECKS, ids=["import-linter", "mypy", "ruff check", "ruff format"])
def test_the_tool_is_content(tool: str, command: list[str]) -> None:
    if find_spec(tool) is None and not os.environ.get("CI"):
        pytest.skip(f"{tool} is not installed; pip install '.[test]' brings it")
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_one_concept(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES
    assert path.stem not in VAGUE


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_is_one_idea(path: Path) -> None:
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(path)}
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


def public(path: Path) -> Iterator[Function | ast.ClassDef]:
    """Functions and classes of a module, and the methods of its classes, that other modules may use."""
    for node in tree(path).body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from (inner for inner in ast.iter_child_nodes(node) if is_public_method(inner, node))


def is_public_method(inner: ast.AST, outer: ast.AST) -> bool:
    return isinstance(outer, ast.ClassDef) and isinstance(inner, Function) and not inner.name.startswith("_")


# what a class or a table of the contract says by its fields alone; columns.yaml and tables.yaml tell what they mean
SAID_ELSEWHERE = regex.compile(r"\w+Row")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_is_public_has_a_docstring(path: Path) -> None:
    if path.name != "__init__.py" or tree(path).body:
        assert ast.get_docstring(tree(path)), f"{name_of(path)} does not say what it is for"
    silent = [node.name for node in public(path) if not ast.get_docstring(node)]
    assert [name for name in silent if not SAID_ELSEWHERE.fullmatch(name)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top_unless_they_say_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    inner = (node for function in functions(path) for node in ast.walk(function))
    hidden = [node.lineno for node in inner if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [line for line in hidden if "# noqa: PLC0415" not in lines[line - 1]] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_global_is_rebound(path: Path) -> None:
    assert [node.names for node in ast.walk(tree(path)) if isinstance(node, ast.Global)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_records_are_frozen_structs(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            options = {keyword.arg for keyword in node.keywords}
            assert "Struct" not in map(ast.unparse, node.bases) or "frozen" in options, f"{node.name} can be changed"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def folded(requirement: str) -> str:
    """Return the name of a distribution as package indexes compare it.

    >>> folded("PyYAML>=6")
    'pyyaml'
    """
    return regex.sub("[-_.]+", "-", regex.split(r"[^\w.-]", requirement)[0]).lower()


EXTRAS = {  # what only these modules import is an extra
    "cluster": {"cluster.py", "cluster_worker.py"},
    "review": {"review_server.py", "review_serving.py"},
}
UNSEEN = {"bokeh"}  # which Dask imports to draw the dashboard


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    needed = {folded(requirement) for requirement in PROJECT["project"]["dependencies"]}
    optional = set().union(*EXTRAS.values())
    assert distributions([path for path in MODULES if path.name not in optional]) == needed
    for extra, names in EXTRAS.items():
        declared = {folded(requirement) for requirement in PROJECT["project"]["optional-dependencies"][extra]}
        assert distributions([path for path in MODULES if path.name in names]) - needed == declared - UNSEEN


def distributions(paths: list[Path]) -> set[str]:
    """Return the distributions of others that these modules import."""
    modules = {module for path in paths for module in imported(path)} - {*PACKAGES, *sys.stdlib_module_names}
    homes = packages_distributions()
    return {folded(homes[module][0]) for module in modules}


def test_every_package_is_declared_and_typed() -> None:
    found = {
        ".".join(path.relative_to(ROOT).parent.parts)
        for room in PACKAGES
        for path in ROOT.glob(f"{room}/**/__init__.py")
    }
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} == set(PACKAGES)
    assert found == set(PROJECT["tool"]["setuptools"]["packages"])
    assert [package for package in PACKAGES if not (ROOT / package / "py.typed").exists()] == []
