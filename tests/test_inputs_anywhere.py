"""Inputs and outputs anywhere: archives, patterns, addresses of fsspec, names in any script, long paths."""

from __future__ import annotations

import csv
import io
import os
import pickle
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import fsspec
import pytest
import stored_outputs
from made_reports import made_report
from word_builder import paragraph, word

from extract.read import UnreadableFile
from nianbao import archives, gather, reading
from nianbao import openers as openers_module
from nianbao.archives import members
from nianbao.batch import extract
from nianbao.inputs import Input, InputError, collect
from nianbao.openers import LocalFile, Member, RemoteFile
from publish import remote_folder
from publish.remote_folder import UploadError, check_remote
from publish.ways_out import OutputError
from schemas.document import Document
from schemas.rows import ReportRows

TREE = {"a.txt": "甲馆", "县/b.TXT": "乙馆", "县/c.txt": "丙馆"}


def processed(document: Document) -> ReportRows:
    return made_report(document.document_id, document.source)


@pytest.fixture(autouse=True)
def _made_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "process", processed)
    monkeypatch.setattr(gather, "indicators", lambda _reports: ())
    monkeypatch.setattr(reading, "mentions", lambda _report: ())


@pytest.fixture
def store() -> Iterator[fsspec.AbstractFileSystem]:
    """Give an empty store in memory."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]
    yield memory
    memory.store.clear()


def tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return data.getvalue()


def tarred(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as package:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            raw = content.encode() if isinstance(content, str) else content
            entry.size = len(raw)
            package.addfile(entry, io.BytesIO(raw))
    return data.getvalue()


def sources(*places: str | Path) -> list[str]:
    return [item.source for item in collect(places)]


def texts(*places: str | Path) -> dict[str, str]:
    return {item.source: item.opener.document(item.source).text for item in collect(places)}


def problems(*places: str | Path) -> dict[str, str]:
    """Return what forbids reading each input, found when it is collected or when it is read."""
    said = {}
    for item in collect(places):
        try:
            item.opener.document(item.source)
        except UnreadableFile as error:
            said[item.source] = str(error)
        if item.problem:
            said[item.source] = item.problem
    return said


# --- archives


PACKERS: list[tuple[str, Callable[[Mapping[str, str | bytes]], bytes]]] = [
    ("x.zip", zipped),
    ("x.ZIP", lambda files: zipped(files, zipfile.ZIP_STORED)),
    ("x.tar", tarred),
]


@pytest.mark.parametrize(("name", "pack"), PACKERS)
def test_an_archive_is_a_folder_of_reports(tmp_path: Path, name: str, pack: Callable[..., bytes]) -> None:
    tree(tmp_path, {f"in/{name}": pack({**TREE, "x.csv": "", ".git/a.txt": "", "__MACOSX/a.txt": "", "~$a.docx": ""})})
    expected = {f"{name}/{inner}": text for inner, text in TREE.items()}
    assert texts(tmp_path / "in") == texts(tmp_path / "in" / name) == expected


def test_word_files_in_an_archive_are_read(tmp_path: Path) -> None:
    docx = word(paragraph("县图书馆工作总结"))
    tree(tmp_path, {"x.zip": zipped({"馆.docx": docx}), "x.tar": tarred({"馆.docx": docx})})
    assert texts(tmp_path) == {"x.tar/馆.docx": "县图书馆工作总结\n", "x.zip/馆.docx": "县图书馆工作总结\n"}


def raw_names(files: Mapping[str, str], encoding: str) -> bytes:
    """Return a zip whose names are in an old encoding and do not say so."""
    data = zipped({f"{number:03}{'x' * (len(name.encode(encoding)) - 3)}": b"" for number, name in enumerate(files)})
    for number, name in enumerate(files):
        raw = name.encode(encoding)
        data = data.replace(f"{number:03}{'x' * (len(raw) - 3)}".encode(), raw)
    return data


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_of_old_archives_are_readable(tmp_path: Path, encoding: str) -> None:
    names = {"醴陵/年报.txt": "", "联通.txt": "", "图书馆总结.txt": ""}
    (tmp_path / "x.zip").write_bytes(raw_names(names, encoding))
    assert sources(tmp_path) == sorted(f"x.zip/{name}" for name in names)


ODD_NAMES = [  # name in the archive, source
    ("../../etc/a.txt", "x.tar/../../etc/a.txt"),
    ("/etc/a.txt", "x.tar/etc/a.txt"),
    ("./a//b.txt", "x.tar/a/b.txt"),
    ("县\\馆\\a.txt", "x.tar/县/馆/a.txt"),
    ("བོད་ཡིག/ئۇيغۇرچە.txt", "x.tar/བོད་ཡིག/ئۇيغۇرچە.txt"),
    ("𠮷野家😀 e\u0301.txt", "x.tar/𠮷野家😀 e\u0301.txt"),
    ("a\nb\u202ec.txt", "x.tar/a\\nb\\u202ec.txt"),  # an end of line and a sign that turns the name round
    ("馆" * 300 + ".txt", "x.tar/" + "馆" * 300 + ".txt"),
]


@pytest.mark.parametrize(("name", "source"), ODD_NAMES)
def test_a_name_in_an_archive_is_only_a_name(tmp_path: Path, name: str, source: str) -> None:
    tree(tmp_path, {"in/x.tar": tarred({name: "甲馆"})})
    before = sorted(tmp_path.rglob("*"))
    assert texts(tmp_path / "in") == {source: "甲馆"}
    assert sorted(tmp_path.rglob("*")) == before


def test_of_two_files_of_one_name_the_later_holds(tmp_path: Path) -> None:
    tree(tmp_path, {"x.tar": tarred({"a.txt": "早", "./a.txt": "晚"})})
    assert texts(tmp_path) == {"x.tar/a.txt": "晚"}


def test_an_output_in_an_archive_is_not_read(tmp_path: Path) -> None:
    out = stored_outputs.write(tmp_path / "out", stored_outputs.report())
    files = {f"run/{path.relative_to(out).as_posix()}": path.read_bytes() for path in out.rglob("*") if path.is_file()}
    tree(tmp_path, {"in/x.zip": zipped({**files, "a.txt": "甲馆", "other/datapackage.json": "{}", "other/b.txt": ""})})
    assert sources(tmp_path / "in") == ["x.zip/a.txt", "x.zip/other/b.txt"]


def test_what_an_archive_holds_that_is_not_read_fails_by_name(tmp_path: Path) -> None:
    files = {"a.txt": "甲馆", "b.doc": "x", "c.zip": zipped({"a.txt": "甲"}), "d.rar": "x", "e.txt": ""}
    said = problems(tree(tmp_path, {"x.zip": zipped(files), "y.rar": "x", "z.tar.gz": "x"}))
    assert set(said) == {"x.zip/b.doc", "x.zip/c.zip", "x.zip/d.rar", "x.zip/e.txt", "y.rar", "z.tar.gz"}
    assert said["x.zip/c.zip"] == "an archive in an archive is not opened; unpack it and give what it holds"
    assert said["y.rar"] == "archives of this kind are not read; unpack it, or pack the reports as .zip or .tar"
    assert said["x.zip/e.txt"].startswith("x.zip/e.txt: the file is empty")


def locked(data: bytes) -> bytes:
    """Return a zip whose files say that they are locked with a password."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


STORED = zipped({"a.txt": "甲馆" * 50}, zipfile.ZIP_STORED)
PACKED = zipped({"a.txt": "甲馆" * 50})

BROKEN: list[tuple[str, str, bytes, str, str]] = [  # what it is, name, bytes, source of the failure, what is said
    (
        "no archive",
        "x.zip",
        b"PK no zip",
        "x.zip",
        "the archive cannot be opened (File is not a zip file); get it again",
    ),
    ("empty", "x.zip", b"", "x.zip", "the archive cannot be opened (File is not a zip file); get it again"),
    ("cut", "x.zip", PACKED[:-30], "x.zip", "the archive cannot be opened"),
    ("no tar", "x.tar", b"x" * 2000, "x.tar", "the archive cannot be opened"),
    ("a cut tar", "x.tar", tarred({"a.txt": "甲馆" * 999})[:1000], "x.tar", "the archive cannot be opened"),
    ("locked", "x.zip", locked(PACKED), "x.zip/a.txt", "the file is locked with a password in the archive; unpack it"),
    ("bzip2", "x.zip", zipped({"a.txt": "甲"}, zipfile.ZIP_BZIP2), "x.zip/a.txt", "the file is packed by method 12, "),
    ("a changed byte", "x.zip", flipped(STORED, 60), "x.zip/a.txt", "damaged; get the archive again (its size or"),
    ("a changed packed byte", "x.zip", flipped(PACKED, 36), "x.zip/a.txt", "the archive holds it damaged"),
    ("a changed header", "x.zip", flipped(PACKED, 0), "x.zip/a.txt", "damaged; get the archive again (it is not where"),
]


@pytest.mark.parametrize(("name", "data", "source", "said"), [case[1:] for case in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_broken_archive_fails_by_name_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes, source: str, said: str
) -> None:
    tree(tmp_path, {f"in/{name}": data, "in/z.txt": "丁馆"})
    summary = extract(tmp_path / "in", tmp_path / "out")
    ((failed, error),) = summary.failures
    assert (failed, said in error, error.startswith(f"{source}: ")) == (source, True, True)
    assert summary.documents == 2


def test_a_link_in_a_tar_is_not_followed(tmp_path: Path) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as package:
        entry = tarfile.TarInfo("a.txt")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/hostname"
        package.addfile(entry)
    (tmp_path / "x.tar").write_bytes(data.getvalue())
    assert "a link or a special file" in problems(tmp_path)["x.tar/a.txt"]


# --- archives that are made to exhaust


def test_a_member_larger_than_a_report_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"x.zip": zipped({"a.txt": b"0" * 3000})})
    (item,) = collect([tmp_path])
    assert isinstance(item.opener, Member)
    with pytest.raises(UnreadableFile, match="larger than"):
        item.opener.load(2999)
    assert len(item.opener.load(3000)) == 3000


def test_no_more_is_unpacked_than_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"x.zip": zipped({"a.txt": b"0" * 10**7})})
    (item,) = collect([tmp_path])
    assert isinstance(item.opener, Member)
    lying = Member(item.opener.archive, "a.txt", item.opener.start, item.opener.packed, 10, "deflated", None)
    unpacked: list[int] = []
    original = openers_module.Member._unpacked

    def counting(member: Member, file: io.BufferedIOBase, most: int) -> bytes:
        data: bytes = original(member, file, most)  # type: ignore[arg-type]
        unpacked.append(len(data))
        return data

    monkeypatch.setattr(Member, "_unpacked", counting)
    with pytest.raises(UnreadableFile, match="size or checksum"):
        lying.load(1000)
    assert unpacked == [1001]


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    tree(tmp_path, {"x.zip": zipped(TREE), "x.tar": tarred(TREE), "y.zip": zipped({"a.txt": "甲"})})
    said = {item.source: item.problem for item in collect([tmp_path])}
    assert said == {
        "x.tar": "the archive holds more than 2 files; split it",
        "x.zip": "the archive holds more than 2 files; split it",
        "y.zip/a.txt": None,
    }


def test_a_directory_larger_than_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_DIRECTORY", 2000)
    long = tarfile.TarInfo("长" * 1000 + ".txt")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.GNU_FORMAT) as package:
        package.addfile(long)
    tree(tmp_path, {"x.zip": zipped({f"{n}.txt": "" for n in range(50)}), "x.tar": data.getvalue()})
    for name in ("x.zip", "x.tar"):
        with pytest.raises(UnreadableFile, match="directory of more than"):
            members(LocalFile(tmp_path / name))


def test_files_that_overlap_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": os.urandom(300), "b.txt": b""}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 20 : at + 24] = (10**6).to_bytes(4, "little")
    (tmp_path / "x.zip").write_bytes(data)
    assert problems(tmp_path) != {}
    (item,) = collect([tmp_path])
    assert item.problem == "the files in the archive overlap; get it again from where it was made"


# --- patterns, and what is given twice


PATTERNS = [
    ("*.txt", ["a.txt"]),
    ("**/*.txt", ["a.txt", "c.txt"]),
    ("县/*", ["b.TXT", "c.txt"]),
    ("?.txt", ["a.txt"]),
    ("*", ["a.txt", "b.TXT", "c.txt"]),
    ("[[]1].txt", ["[1].txt"]),
    ("[1].txt", ["[1].txt"]),  # a file of this very name comes before the pattern
]


@pytest.mark.parametrize(("pattern", "found"), PATTERNS)
def test_a_pattern_stands_for_what_it_matches(tmp_path: Path, pattern: str, found: list[str]) -> None:
    tree(tmp_path, TREE)
    if "1" in pattern:
        tree(tmp_path, {"[1].txt": "戊馆"})
    assert sources(f"{tmp_path}/{pattern}") == found


def test_a_pattern_that_matches_nothing_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\*\.docx does not exist; check the path"):
        collect([f"{tmp_path}/*.docx"])


def test_duplicates_by_content_are_reported_once_across_archives(tmp_path: Path) -> None:
    tree(tmp_path / "in", {"a.txt": "甲馆", "x.zip": zipped({"b.txt": "甲馆"}), "y.tar": tarred({"c.txt": "甲馆"})})
    summary = extract(tmp_path / "in", tmp_path / "out")
    assert (summary.documents, summary.rows["facts"]) == (3, 2)
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        said = [row["message"] for row in csv.DictReader(file) if row["code"] == "duplicate_document"]
    assert said == [
        f"{name} has the same bytes as a.txt; its rows are given once, for that file"
        for name in ("x.zip/b.txt", "y.tar/c.txt")
    ]


def test_an_input_can_be_sent_to_another_process(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "甲馆", "x.zip": zipped({"b.txt": "乙馆"})})
    items = collect([tmp_path])
    sent: tuple[Input, ...] = pickle.loads(pickle.dumps(items))
    assert sent == items
    assert [item.opener.digest() for item in sent] == [item.opener.digest() for item in items]
    assert pickle.loads(pickle.dumps(RemoteFile("memory://a.txt"))) == RemoteFile("memory://a.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits paths in another way")
def test_what_lies_deeper_than_the_system_opens_is_not_hidden(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "甲馆"})
    here = os.getcwd()
    depth = 0
    os.chdir(tmp_path)
    try:
        while depth < 20:
            os.mkdir("深" * 80)
            os.chdir("深" * 80)
            depth += 1
        Path("b.txt").write_text("乙馆", encoding="utf-8")
        found = {item.source: item.problem for item in collect([tmp_path])}
        assert found["a.txt"] is None
        (said,) = (problem for source, problem in found.items() if source != "a.txt")
        assert said is not None
        assert "the path is longer than the system can open" in said or "File name too long" in said
    finally:
        for _ in range(depth):
            with suppress(OSError):
                os.unlink("b.txt")
            os.chdir("..")
            os.rmdir("深" * 80)
        os.chdir(here)


# --- addresses


def fill(store: fsspec.AbstractFileSystem, root: str, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        store.pipe_file(f"{root}/{name}", content.encode() if isinstance(content, str) else content)


ADDRESSES = [  # address, sources
    ("memory://in", ["a.txt", "x.zip/d.txt", "县/b.TXT", "县/c.txt"]),
    ("memory://in/县", ["b.TXT", "c.txt"]),
    ("memory://in/a.txt", ["a.txt"]),
    ("memory://in/n.md", ["n.md"]),
    ("memory://in/县/*.txt", ["c.txt"]),
    ("memory://in/**/*.txt", ["a.txt", "c.txt"]),
    ("memory://in/x.zip", ["x.zip/d.txt"]),
    ("zip://*.txt::memory://in/x.zip", ["x.zip/d.txt"]),
    ("zip://::memory://in/x.zip", ["x.zip/d.txt"]),
]


@pytest.mark.parametrize(("address", "found"), ADDRESSES)
def test_an_address_is_a_file_a_folder_or_a_pattern(
    store: fsspec.AbstractFileSystem, address: str, found: list[str]
) -> None:
    fill(store, "/in", {**TREE, "x.zip": zipped({"d.txt": "丁馆"}), "n.md": "", ".h/a.txt": ""})
    assert sources(address) == found


def test_what_is_at_an_address_is_read(store: fsspec.AbstractFileSystem) -> None:
    fill(store, "/in", {**TREE, "x.zip": zipped({"d.txt": "丁馆"})})
    assert texts("memory://in") == {**TREE, "x.zip/d.txt": "丁馆"}


def test_an_address_of_this_machine_is_a_path(tmp_path: Path) -> None:
    tree(tmp_path, {**TREE, "x.zip": zipped({"d.txt": "丁馆"})})
    assert collect([f"file://{tmp_path}"]) == collect([tmp_path])
    assert sources(f"zip://d*::{tmp_path}/x.zip") == sources(f"zip://d*::file://{tmp_path}/x.zip") == ["x.zip/d.txt"]


NOWHERE = [
    ("memory://nowhere", "nothing is at memory://nowhere; check the address"),
    ("memory://nowhere/*.txt", "nothing is at memory://nowhere/"),
    ("gopher://x/a.txt", "gopher://x/a.txt cannot be listed (Protocol not known: gopher"),
    ("zip://*::memory://in/a.txt", "memory://in/a.txt is no .zip or .tar; name an archive after «::»"),
    ("zip://*::memory://in/no.zip", "memory://in/no.zip: the file cannot be fetched ("),
    ("zip://*.docx::memory://in/x.zip", "nothing in memory://in/x.zip matches *.docx; check the pattern"),
]


@pytest.mark.parametrize(("address", "said"), NOWHERE)
def test_an_address_that_leads_nowhere_is_one_sentence(
    store: fsspec.AbstractFileSystem, tmp_path: Path, address: str, said: str
) -> None:
    fill(store, "/in", {"a.txt": "甲馆", "x.zip": zipped({"d.txt": "丁馆"})})
    code, _, error = stored_outputs.run("extract", address, "--out", tmp_path / "out")
    assert (code, error.count("\n")) == (2, 1)
    assert said in error


def test_passwords_in_addresses_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("ftp://liu:secret@host refused")

    monkeypatch.setattr(fsspec, "open", refused)
    with pytest.raises(UnreadableFile) as error:
        RemoteFile("ftp://liu:secret@host/a.txt").load(10)
    assert "secret" not in str(error.value)
    with pytest.raises(InputError) as wrong:
        collect(["gopher://liu:secret@host/a.txt"])
    assert "secret" not in str(wrong.value)


def test_an_object_that_cannot_be_fetched_is_a_failed_document(
    store: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "/in", TREE)
    fetch = RemoteFile.load

    def broken(file: RemoteFile, most: int) -> bytes:
        if file.name == "a.txt":
            store.rm_file("/in/a.txt")
            monkeypatch.undo()
        return fetch(file, most)

    items = collect(["memory://in"])
    store.rm_file("/in/a.txt")
    (failed,) = (report for report in map(reading.read_one, items) if report.document.status == "failed")
    assert (failed.document.error or "").startswith("a.txt: the file cannot be fetched (")


# --- outputs at an address


def names(store: fsspec.AbstractFileSystem, root: str) -> set[str]:
    """Return what is there, but for the account of the run, which is never the same twice."""
    return {path.removeprefix(f"{root}/") for path in store.find(root)} - {"run.json"}


def published(out: Path) -> dict[str, Path]:
    """Return the files of an output folder, the account of the run and the workshop left out."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*.*") if path.is_file()}
    return {name: path for name, path in found.items() if name != "run.json" and not name.startswith(".nianbao/")}


def test_an_output_at_an_address_is_that_of_a_folder(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    tree(tmp_path / "in", TREE)
    here = extract(tmp_path / "in", tmp_path / "out", formats="csv,jsonl")
    there = extract(tmp_path / "in", "memory://b/out", formats="csv,jsonl")
    assert (there.rows, there.out) == (here.rows, "memory://b/out")
    files = published(tmp_path / "out")
    assert names(store, "/b/out") == set(files)
    assert all(store.cat_file(f"/b/out/{name}") == path.read_bytes() for name, path in files.items())


def test_an_earlier_output_at_an_address_is_replaced_and_what_is_not_ours_stays(
    store: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    tree(tmp_path / "in", TREE)
    fill(store, "/b/out", {"notes.md": "mine"})
    extract(tmp_path / "in", "memory://b/out", formats="csv,parquet")
    extract(tmp_path / "in" / "a.txt", "memory://b/out", formats="jsonl")
    found = names(store, "/b/out")
    assert {Path(name).suffix for name in found} == {".md", ".json", ".jsonl", ".txt"}
    assert len([name for name in found if name.startswith("text/")]) == 1


def test_strange_files_at_an_address_are_never_swept_away(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    tree(tmp_path / "in", TREE)
    fill(store, "/b/out", {"facts.csv": "mine"})
    with pytest.raises(OutputError, match=r"memory://b/out holds facts\.csv, which nianbao did not write; move that"):
        extract(tmp_path / "in", "memory://b/out")
    assert names(store, "/b/out") == {"facts.csv"}
    check_remote("memory://b/out", "jsonl")


@pytest.mark.parametrize("fails_at", range(1, 8))
def test_a_way_that_breaks_off_is_told_and_put_right_by_the_next_run(
    store: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    tree(tmp_path / "in", TREE)
    extract(tmp_path / "in", "memory://b/out", formats="csv,jsonl")
    calls = iter(range(1, 10**6))
    kind = type(store)
    put_file = kind.put_file

    def breaking(self: fsspec.AbstractFileSystem, here: str, there: str, **options: object) -> None:
        if next(calls) == fails_at:
            raise ConnectionResetError("reset by peer")
        put_file(self, here, there, **options)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "put_file", breaking)
        with pytest.raises(UploadError, match=r"memory://b/out broke off \(reset by peer\); what is there is marked"):
            extract(tmp_path / "in" / "a.txt", "memory://b/out", formats="csv")
    extract(tmp_path / "in" / "a.txt", "memory://b/out", formats="csv")
    extract(tmp_path / "in" / "a.txt", tmp_path / "fresh", formats="csv")
    fresh = published(tmp_path / "fresh")
    assert names(store, "/b/out") == set(fresh)
    assert all(store.cat_file(f"/b/out/{name}") == path.read_bytes() for name, path in fresh.items())


def test_a_way_that_breaks_off_is_exit_3(
    store: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_: object) -> None:
        raise ConnectionResetError("reset by peer")

    monkeypatch.setattr(remote_folder, "_put", breaking)
    tree(tmp_path, {"a.txt": "甲馆"})
    code, _, error = stored_outputs.run("extract", tmp_path / "a.txt", "--out", "memory://b/out")
    assert code == 3
    assert "the way to memory://b/out broke off (reset by peer)" in error.splitlines()[-1]
    assert "Traceback" not in error


def test_an_address_that_cannot_be_written_to_is_wrong_use(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "甲馆"})
    code, _, error = stored_outputs.run("extract", tmp_path / "a.txt", "--out", "gopher://liu:secret@host/out")
    assert code == 2
    assert "gopher://host/out cannot be opened (Protocol not known: gopher" in error
    assert "secret" not in error


# --- a local S3 server


@contextmanager
def s3_server() -> Iterator[str]:
    server_module = pytest.importorskip("moto.server", reason="moto[server], a local S3 server, is not installed")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@pytest.fixture(scope="module")
def s3() -> Iterator[fsspec.AbstractFileSystem]:
    """Give the S3 store of a server on this machine, with an empty bucket «reports»."""
    pytest.importorskip("s3fs", reason="s3fs is not installed; pip install 'nianbao[s3]' brings it")
    with s3_server() as endpoint, pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }.items():
            patch.setenv(name, value)
        store = fsspec.filesystem("s3")
        store.mkdir("reports")
        yield store
        type(store).clear_instance_cache()


def test_reports_come_from_s3_and_tables_go_there(s3: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    fill(s3, "reports/in", {**TREE, "x.zip": zipped({"县/d.txt": "丁馆"}), "y.tar": tarred({"e.txt": "戊馆"})})
    expected = {**TREE, "x.zip/县/d.txt": "丁馆", "y.tar/e.txt": "戊馆"}
    assert texts("s3://reports/in") == expected
    assert sources("s3://reports/in/**/*.txt") == ["a.txt", "c.txt"]
    assert sources("zip://**/*.txt::s3://reports/in/x.zip") == ["x.zip/县/d.txt"]
    summary = extract("s3://reports/in", "s3://reports/out", formats="csv,parquet")
    assert (summary.documents, summary.failures) == (5, ())
    again = extract("s3://reports/in", "s3://reports/out", formats="csv")
    assert again.rows == summary.rows
    here = extract("s3://reports/in", tmp_path / "out", formats="csv")
    assert here.rows == summary.rows
    files = published(tmp_path / "out")
    s3.invalidate_cache()
    assert names(s3, "reports/out") == set(files)
    assert all(s3.cat_file(f"reports/out/{name}") == path.read_bytes() for name, path in files.items())


@pytest.mark.usefixtures("s3")
def test_a_bucket_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "甲馆"})
    with pytest.raises(InputError, match="s3://nowhere"):
        collect(["s3://nowhere/in"])
    with pytest.raises((OutputError, UploadError), match="s3://nowhere/out"):
        extract(tmp_path / "a.txt", "s3://nowhere/out")
