"""A PostgreSQL server for the tests: started on loopback in a temporary folder, stopped by its own number."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_WAIT = 60  # seconds for a server on a busy machine to answer
PASSWORD = "zh_secret_2014"


def binaries() -> Path | None:
    """Return the folder with initdb and postgres: on the path, or where Debian keeps the newest; None if nowhere."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True)
    return next((one for one in folders if (one / "postgres").exists() and (one / "initdb").exists()), None)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Yield the URL of a new server, without a database; skip where there is none to start."""
    home = binaries()
    if home is None:
        pytest.skip("no PostgreSQL server here; apt-get install postgresql brings one")
    run_as = _someone_else(folder)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    data = folder / "data"
    make = [home / "initdb", "-D", data, "-U", "nianbao", "-A", "scram-sha-256", "--pwfile", secret, "--no-sync"]
    subprocess.run([*run_as, *make, "-E", "UTF8", "--locale", "C.UTF-8"], check=True, capture_output=True, cwd=folder)
    port = _free_port()
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
    start = [
        home / "postgres",
        "-D",
        data,
        *(part for key, value in options.items() for part in ("-c", f"{key}={value}")),
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([*run_as, *start], stdout=log, stderr=log, cwd=folder) as own,
    ):
        try:
            url = f"postgresql://nianbao:{PASSWORD}@127.0.0.1:{port}"
            _wait(url, own, folder / "log")
            yield url
        finally:
            own.terminate()  # setpriv becomes the server itself, so this is its number
            own.wait(_WAIT)


def _someone_else(folder: Path) -> list[str]:
    """Return what runs a command as another user where we are root, whom the server refuses."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    import pwd  # noqa: PLC0415  only there where users are

    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("we are root, whom PostgreSQL refuses, and there is no user postgres")
    if shutil.which("setpriv") is None:
        pytest.skip("we are root, whom PostgreSQL refuses, and there is no setpriv")
    os.chown(folder, user.pw_uid, user.pw_gid)
    for parent in folder.parents:  # pytest makes its folders for one user only
        if parent.stat().st_uid == 0 and parent.name.startswith(("pytest-", "popen-")):
            parent.chmod(0o711)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, own: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_WAIT * 10):
        if own.poll() is not None:
            break
        try:
            psycopg.connect(f"{url}/postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text()}")
