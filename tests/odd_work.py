"""Work for worker processes that goes wrong in every way; worker processes import it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nianbao.inputs import Input
    from schemas.overlay import Overlay

FOREVER = 600.0


def echo() -> Callable[[str], bytes]:
    """Return work that gives back what it is told, and does what the words say on the way."""
    return obey


def broken() -> Callable[[str], bytes]:
    """Fail to be ready."""
    raise ValueError("no words")


def dead() -> Callable[[str], bytes]:
    """Die before being ready."""
    os._exit(3)


def interrupt() -> None:
    """Send Ctrl-C to this process."""
    os.kill(os.getpid(), signal.SIGINT)


def obey(order: str) -> bytes:
    """Do what the first word says, and return the order and by whom it was obeyed."""
    word, _, rest = order.partition(" ")
    match word:
        case "hang":
            time.sleep(FOREVER)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(0)
        case "orphan":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(FOREVER)
        case "orphan-once" if not Path(rest).exists():
            Path(rest).write_text("was here", encoding="utf-8")
            obey("orphan")
        case "crash":
            signal.raise_signal(signal.SIGSEGV)
        case "slowly":
            time.sleep(float(rest))
        case "eat":
            bytearray(10**12)
        case "once" if not Path(rest).exists():
            Path(rest).write_text("was here", encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        case "long":
            return b"x" * 10_000_000
    return f"{os.getpid()} {order}".encode()


class Order(NamedTuple):
    """A piece of work that does what the words say in a worker, and in the process that gave it gives them back."""

    words: str
    giver: int = os.getpid()

    def done(self) -> bytes:
        """Do it."""
        if os.getpid() != self.giver:
            obey(self.words)
        return self.words.encode()


def no_reader(_: object) -> Callable[[object], bytes]:
    """Return what reads nothing."""
    return lambda _: b""


def obedient_reader(_: Overlay) -> Callable[[Input], bytes]:
    """Return what reads made rows, and does what the text of the file says."""
    import msgspec  # noqa: PLC0415  most workers of the tests need none of this, and each of them would load it
    from made_reports import made_report  # noqa: PLC0415

    from nianbao.reading import content_hash, packed  # noqa: PLC0415

    def read(item: Input) -> bytes:
        content = content_hash(item.opener)
        obey(item.opener.path.read_text(encoding="utf-8"))
        return msgspec.msgpack.encode(packed(made_report((content or "")[:12], item.source), content))

    return read


if __name__ == "__main__":
    import odd_work  # under the name by which other processes find it

    from nianbao import cli, refresh

    refresh.Reader = odd_work.obedient_reader  # type: ignore[assignment,misc]
    sys.argv[0] = "nianbao"
    cli.main()
