"""The wheel: what is in it, and that it works away from the checkout. Built once, from a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("nianbao", "extract", "normalize", "publish", "schemas")
FILES = ("pyproject.toml", "README.md", "LICENSE")
PACKAGED = {".py", ".yaml", ".tsv", ".typed", ".html", ".js", ".css"}
SETUPTOOLS = 77  # the first that reads `license = "MIT"`; pyproject.toml asks for it too

REPORT = "青川县图书馆2018年工作总结\n\n一、概况\n\n全年接待读者5万人次,外借图书3.2万册次。\n"


def run(*command: str, cwd: Path, site: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if site:
        environment["PYTHONPATH"] = str(site)
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def isolation() -> list[str]:
    """Build with the setuptools that is installed where it is new enough: it needs no network and no second copy."""
    try:
        return ["--no-build-isolation"] if int(version("setuptools").partition(".")[0]) >= SETUPTOOLS else []
    except PackageNotFoundError:
        return []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source, dist = folder / "source", folder / "dist"
    for package in PACKAGES:  # built in the checkout, what lies in its build/ would be packed too
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    pip = (sys.executable, "-m", "pip", "--quiet")
    run(*pip, "wheel", "--no-deps", *isolation(), "--wheel-dir", str(dist), str(source), cwd=folder)
    return next(dist.glob("nianbao-*-py3-none-any.whl"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel alone in it; its dependencies are those of this Python."""
    target = tmp_path_factory.mktemp("site")
    pip = (sys.executable, "-m", "pip", "--quiet")
    run(*pip, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel), cwd=target)
    return target


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    here = {path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.*")}
    assert packed == {name for name in here if Path(name).suffix in PACKAGED}
    assert {"schemas/tables/columns.yaml", "schemas/vocabulary/metrics.yaml", "schemas/vocabulary/places.tsv"} <= packed


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = next(name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name)
        metadata = archive.read(f"{folder}/METADATA").decode()
        entry_points = archive.read(f"{folder}/entry_points.txt").decode()
        assert f"{folder}/licenses/LICENSE" in archive.namelist()
    assert "License-Expression: MIT\n" in metadata
    assert "nianbao = nianbao.cli:main\n" in entry_points


def test_every_file_of_the_packages_is_of_a_kind_that_is_packed() -> None:
    """A new kind of data file must be named in pyproject.toml, or the wheel would lack it."""
    found = {path.suffix for name in PACKAGES for path in (ROOT / name).rglob("*.*") if "__pycache__" not in path.parts}
    assert found == PACKAGED


def test_the_installed_command_works_from_anywhere(site: Path, tmp_path: Path) -> None:
    where = run(sys.executable, "-c", "import nianbao; print(nianbao.__file__)", cwd=tmp_path, site=site)
    assert Path(where.strip()).is_relative_to(site)
    said = run(sys.executable, "-m", "nianbao", "--version", cwd=tmp_path, site=site)
    assert said == f"nianbao {version('nianbao')}\n"


def test_the_installed_command_reads_a_report(site: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    said = run(sys.executable, "-m", "nianbao", "extract", "report.txt", "--out", "out", cwd=tmp_path, site=site)
    assert "1 of 1 documents read" in said
    facts = (tmp_path / "out" / "facts.csv").read_text(encoding="utf-8-sig")
    assert ",visits," in facts
    assert ",loans," in facts
