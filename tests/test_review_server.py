"""The review server: who is answered, what is given out, which decisions are saved, and that all of them are."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from made_reports import made_report
from msgspec.structs import asdict, replace
from starlette.testclient import TestClient
from stored_outputs import run, write

import nianbao
from nianbao.review_pages import review_anew
from nianbao.review_server import LARGEST_BODY, MOST_DECISIONS, TOKEN_HEADER, Desk, app
from nianbao.stored import UnreadableOutput
from publish.review.embedding import policy
from publish.review.writing import are_current
from schemas.corrections import Correction, decision
from schemas.corrections_file import read_corrections

ROOT = Path(__file__).resolve().parents[1]
PORT, TOKEN = 8765, "the-token-of-this-test"
HERE = f"http://127.0.0.1:{PORT}"
OURS = {"origin": HERE, TOKEN_HEADER: TOKEN, "sec-fetch-site": "same-origin"}
REPORT = made_report()
REPORT_2 = made_report("b" * 12, "二.txt")
DOCUMENT = REPORT.document.document_id


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with its pages."""
    folder = write(tmp_path / "out", REPORT)
    nianbao.review(folder)
    return folder


@pytest.fixture
def client(out: Path) -> TestClient:
    """The browser of the reviewer."""
    return TestClient(app(Desk(out, PORT, TOKEN, "钟")), base_url=HERE, follow_redirects=False)


def change(value: str = "7", field: str = "value", **other: Any) -> dict[str, Any]:
    """Return a sound decision on the first fact as a page sends it, with `other` cells."""
    return asdict(decision(REPORT, "facts", REPORT.facts[0], "change", field, value)) | other


def sent(client: TestClient, *decisions: Any, **headers: str) -> httpx.Response:
    """Save decisions as the page does."""
    return client.post(f"/{TOKEN}/decisions", json=list(decisions), headers=OURS | headers)


def kept(out: Path) -> tuple[Correction, ...]:
    """Return the decisions in the file."""
    path = out / "corrections.csv"
    return read_corrections(path).decisions if path.exists() else ()


# what is given out


def test_the_address_leads_to_the_index_and_the_pages(client: TestClient) -> None:
    to = client.get(f"/{TOKEN}/")
    assert (to.status_code, to.headers["location"]) == (303, f"/{TOKEN}/index.html")
    page = client.get(f"/{TOKEN}/{DOCUMENT}.html")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_a_page_may_speak_with_its_server_and_is_else_as_strict_as_on_disk(client: TestClient, out: Path) -> None:
    page = client.get(f"/{TOKEN}/{DOCUMENT}.html").text
    on_disk = (out / "review" / f"{DOCUMENT}.html").read_text(encoding="utf-8")
    assert page == on_disk.replace('content="default-src', 'content="connect-src &#39;self&#39;; default-src', 1)
    assert "connect-src" not in on_disk.partition("<body")[0]


def test_every_answer_forbids_frames_referrers_and_caches(client: TestClient) -> None:
    for answer in (client.get(f"/{TOKEN}/index.html"), client.get("/"), sent(client)):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers


def test_pages_are_written_once_for_an_output_and_a_version(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert review_anew(out) is None
    for kind in ("index", "document"):
        with monkeypatch.context() as other:
            other.setattr("publish.review.writing.policy", lambda page, kind=kind: policy(page) + "-" * (page == kind))
            assert not are_current(out)
    words = out.parent / "words"
    words.mkdir()
    (words / "page_furniture.yaml").write_text("footer: {label: 页脚, aliases: [内部资料]}\n", encoding="utf-8")
    assert review_anew(out, vocabulary=words) == 1
    write(out, REPORT_2)
    assert (review_anew(out), review_anew(out)) == (1, None)
    (out / "datapackage.json").unlink()
    with pytest.raises(UnreadableOutput, match=r"holds no datapackage\.json"):
        review_anew(out)


def test_pages_that_a_later_run_took_away_are_written_anew(client: TestClient, out: Path) -> None:
    before = client.get(f"/{TOKEN}/{DOCUMENT}.html").text
    write(out, replace(REPORT, findings=()), REPORT_2)
    assert not (out / "review").exists()
    assert client.get(f"/{TOKEN}/{DOCUMENT}.html").text not in {"", before}
    assert client.get(f"/{TOKEN}/{REPORT_2.document.document_id}.html").status_code == 200
    (out / "datapackage.json").unlink()
    (out / "review" / "index.html").unlink()
    answer = client.get(f"/{TOKEN}/index.html")
    assert (answer.status_code, "holds no datapackage.json" in answer.json()["error"]) == (409, True)


PATHS = (  # new
    "corrections.csv",
    "../corrections.csv",
    "..%2fcorrections.csv",
    "%2e%2e/documents.csv",
    "..%5cdocuments.csv",
    "%2fetc%2fpasswd",
    "index.html%00.csv",
    "index.html/..",
    "index.html%0a",
    "lib-..%2f..%2fx.html",
    "ffffffffffff.html",
    "documents.csv",
    "decisions/../../datapackage.json",
    ".",
    "~",
    "con.html",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_but_pages_is_given_out(client: TestClient, out: Path, path: str) -> None:
    (out / "corrections.csv").write_text("secret", encoding="utf-8")
    answer = client.get(f"/{TOKEN}/{path}")
    assert answer.status_code in {303, 400, 403, 404}
    assert "secret" not in answer.text


def test_a_link_among_the_pages_is_not_followed(client: TestClient, out: Path) -> None:
    (out / "review" / "lib-link.html").symlink_to(out / "datapackage.json")
    assert client.get(f"/{TOKEN}/lib-link.html").status_code == 404


# who is answered

ASKED = (  # what a request says otherwise than ours: path, headers; new
    ("no token", "/index.html", {}),
    ("another token", f"/{TOKEN[:-1]}x/index.html", {}),
    ("a shorter token", f"/{TOKEN[:-1]}/index.html", {}),
    ("a token that is no ASCII", "/%E6%97%A5/index.html", {}),
    ("a name that points here", f"/{TOKEN}/index.html", {"host": f"evil.example:{PORT}"}),
    ("another port", f"/{TOKEN}/index.html", {"host": "127.0.0.1:80"}),
    ("no port", f"/{TOKEN}/index.html", {"host": "127.0.0.1"}),
    ("another site", f"/{TOKEN}/index.html", {"sec-fetch-site": "cross-site"}),
    ("another port of this machine", f"/{TOKEN}/index.html", {"sec-fetch-site": "same-site"}),
    ("another origin", f"/{TOKEN}/index.html", {"origin": "http://127.0.0.1:80"}),
    ("a page from disk", f"/{TOKEN}/index.html", {"origin": "null"}),
)


@pytest.mark.parametrize(("path", "headers"), [case[1:] for case in ASKED], ids=[case[0] for case in ASKED])
def test_a_stranger_is_told_nothing(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert answer.json().keys() == {"error", "field"}


SAVED = (  # headers of a request that saves, None for one left out; new
    ("no origin", {"origin": None}),
    ("another origin", {"origin": "http://evil.example"}),
    ("a page from disk", {"origin": "null"}),
    ("our other name", {"origin": f"http://localhost:{PORT}"}),
    ("https", {"origin": f"https://127.0.0.1:{PORT}"}),
    ("no token", {TOKEN_HEADER: None}),
    ("another token", {TOKEN_HEADER: "x"}),
    ("another site", {"sec-fetch-site": "cross-site"}),
)


@pytest.mark.parametrize("headers", [case[1] for case in SAVED], ids=[case[0] for case in SAVED])
def test_a_stranger_saves_nothing(client: TestClient, out: Path, headers: dict[str, str | None]) -> None:
    given = {name: value for name, value in (OURS | headers).items() if value is not None}
    answer = client.post(f"/{TOKEN}/decisions", json=[change()], headers=given)
    assert answer.status_code == 403
    assert kept(out) == ()


def test_localhost_is_our_name_too(client: TestClient) -> None:
    name = f"localhost:{PORT}"
    assert client.get(f"/{TOKEN}/index.html", headers={"host": name}).status_code == 200
    assert sent(client, change(), host=name, origin=f"http://{name}").status_code == 200


# saving


def test_a_decision_is_saved_and_given_back(client: TestClient, out: Path) -> None:
    assert sent(client, change("7"), change("人次", "unit")).status_code == 200
    found = kept(out)
    assert [(one.field, one.value, one.reviewer, one.source) for one in found] == [
        ("value", "7", "钟", REPORT.document.source),
        ("unit", "人次", "钟", REPORT.document.source),
    ]
    assert all(one.decided_at.endswith("+00:00") for one in found)
    answer = client.get(f"/{TOKEN}/decisions/{DOCUMENT}")
    assert msgspec.json.decode(answer.content, type=tuple[Correction, ...]) == found
    before = (out / "corrections.csv").read_bytes()
    sent(client, change(action="undo", value=""))
    assert (out / "corrections.csv").read_bytes().startswith(before)


def test_no_decision_yet_is_none(client: TestClient) -> None:
    assert client.get(f"/{TOKEN}/decisions/{DOCUMENT}").json() == []
    assert client.get(f"/{TOKEN}/decisions/ffffffffffff").status_code == 400


WRONG = (  # cells of a decision, what the sentence says; new
    ({"value": "很多"}, "write a plain number"),
    ({"field": "metric", "value": "visitz"}, "write one of"),
    ({"field": "fact_id"}, "cannot be changed"),
    ({"table": "panel"}, "is not reviewed"),
    ({"table": "numbers"}, "field 'value' of numbers cannot be changed"),
    ({"table": "findings", "action": "reject", "field": "", "value": ""}, "a finding is known by what it says"),
    ({"action": "eat"}, "is not known"),
    ({"content_hash": "f" * 12}, "is no document of this output"),
    ({"content_hash": "../../etc/passwd"}, "is no document of this output"),
    ({"quote": "别的"}, ""),
    ({"before": "别的"}, "the text there is another now"),
    ({"char_start": 10**8, "char_end": 10**8 + 2, "quote": "别的"}, "the text there is another now"),
    ({"char_start": None}, "is no span"),
    ({"char_start": "4"}, "Expected"),
    ({"value": "7\n8"}, "on one line"),
)


@pytest.mark.parametrize(("cells", "told"), WRONG)
def test_a_bad_decision_is_told_and_none_of_its_request_is_saved(
    client: TestClient, out: Path, cells: dict[str, Any], told: str
) -> None:
    answer = sent(client, change(), change(**({"value": "7"} | cells)))
    assert answer.status_code == 400
    assert told in answer.json()["error"]
    assert kept(out) == ()


def test_the_field_of_a_bad_value_is_named(client: TestClient) -> None:
    assert sent(client, change("很多")).json()["field"] == "value"


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"[1]", b"[{}]", b"\xff", b'"x"'])
def test_a_request_without_decisions_is_refused(client: TestClient, out: Path, body: bytes) -> None:
    assert client.post(f"/{TOKEN}/decisions", content=body, headers=OURS).status_code == 400
    assert kept(out) == ()


def test_a_request_has_a_size(client: TestClient, out: Path) -> None:
    large = client.post(f"/{TOKEN}/decisions", content=b" " * (LARGEST_BODY + 1), headers=OURS)
    assert large.status_code == 413
    assert sent(client, *[change()] * (MOST_DECISIONS + 1)).status_code == 400
    assert kept(out) == ()


def test_a_file_that_is_no_file_of_decisions_is_left_alone(client: TestClient, out: Path) -> None:
    (out / "corrections.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    answer = sent(client, change())
    assert answer.status_code == 409
    assert "the header is not" in answer.json()["error"]
    assert (out / "corrections.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_two_servers_of_one_folder_lose_nothing(out: Path) -> None:
    clients = [TestClient(app(Desk(out, PORT, TOKEN, name)), base_url=HERE) for name in "甲乙"]

    def work(client: TestClient) -> None:
        for number in range(20):
            assert sent(client, change(str(number))).status_code == 200

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in "甲乙":
        assert [one.value for one in kept(out) if one.reviewer == name] == [str(number) for number in range(20)]


# the command


@pytest.fixture
def started(out: Path) -> Any:
    """Start the command, and end it if the test did not."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-m", "nianbao", "review", str(out), *arguments]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )
        running.append(process)
        assert process.stdout
        address = next(line for line in process.stdout if line.startswith("open "))
        return process, address.split()[1]

    yield start
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_the_command_serves_until_ctrl_c(started: Callable[..., tuple[subprocess.Popen[str], str]], out: Path) -> None:
    process, address = started("--reviewer", "钟")
    assert address.startswith("http://127.0.0.1:")
    assert len(address.split("/")[3]) > 40
    page = httpx.get(address, follow_redirects=True)
    assert page.status_code == 200
    assert "server" not in page.headers
    port = int(address.split("/")[2].split(":")[1])
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect(("127.0.0.2", port))  # bound to one address, not to all of the machine
    code, _, told = run("review", out, "--port", str(port))
    assert (code, f"port {port} cannot be used" in told) == (2, True)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert (process.returncode, rest.splitlines()[-1]) == (0, "ended")


def test_without_the_extra_a_sentence_says_what_to_install(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "nianbao.review_serving", raising=False)
    code, _, told = run("review", out)
    assert (code, "pip install 'nianbao[review]'" in told) == (2, True)


def test_an_exported_file_is_added_once(out: Path, tmp_path: Path, client: TestClient) -> None:
    sent(client, change("7"))
    exported = tmp_path / "exported.csv"
    exported.write_bytes((out / "corrections.csv").read_bytes())
    sent(client, change("8"))
    (out / "corrections.csv").rename(tmp_path / "all.csv")
    for file, new in ((exported, 1), (exported, 0), (tmp_path / "all.csv", 1)):
        code, told, _ = run("review", out, "--static", "--add", file)
        assert (code, f"{new} decisions added" in told) == (0, True)
    assert [one.value for one in kept(out)] == ["7", "8"]
