"""A real PostgreSQL while the tests run: in a folder of its own, on loopback, and never as root."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

PASSWORD = "s3cret/p@ss word%"


class Server(NamedTuple):
    """A server that is running.

    Attributes:
        url: Where it is, without credentials.
        secret_url: The same, with them.
        password: The password in it.
    """

    url: str
    secret_url: str
    password: str


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL is; Debian does not put all of them on the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(iter(installed), None)
    return None if found is None else str(Path(found).resolve())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server; the tests that want one skip where there is none, and are run with one in .ci/run."""
    pytest.importorskip("adbc_driver_postgresql")
    pytest.importorskip("pyarrow")
    initdb, server = program("initdb"), program("postgres")
    if initdb is None or server is None:
        pytest.skip("there is no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    root = os.name == "posix" and os.geteuid() == 0  # as whom a server does not start
    who: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if root else {}
    folder = Path(tempfile.mkdtemp(prefix="outcome-bees-postgresql-"))
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    if root:
        shutil.chown(folder, "nobody")
        shutil.chown(folder / "password", "nobody")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = subprocess.run(
        [
            initdb,
            "-D",
            "data",
            "-U",
            "reader",
            "-A",
            "scram-sha-256",
            "--pwfile=password",
            "--locale=C",
            "-EUTF8",
            "-N",
        ],
        text=True,
        capture_output=True,
        cwd=folder,
        check=False,
        **who,
    )
    assert made.returncode == 0, made.stderr
    settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", "fsync": "off"}
    running = subprocess.Popen(
        [server, "-D", "data", *(f"-c{name}={value}" for name, value in settings.items())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        **who,
    )
    try:
        address = f"127.0.0.1:{port}/postgres"
        secret = f"postgresql://reader:{quote(PASSWORD, safe='')}@{address}"
        _await(secret, running)
        yield Server(f"postgresql://reader@{address}", secret, PASSWORD)
    finally:
        running.send_signal(signal.SIGINT)  # at once, whoever is connected
        running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _await(url: str, running: "subprocess.Popen[Any]") -> None:
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    for _ in range(150):
        assert running.poll() is None, "the server ended as it began"
        try:
            dbapi.connect(url).close()
        except Error:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")
