"""What one document gives, packed so that it can be sent between processes and kept."""

from __future__ import annotations

import time
import zlib
from contextlib import ExitStack

import msgspec
from msgspec import Struct
from msgspec.structs import astuple, replace

from extract.unreadable import UnreadableFile
from nianbao.failures import content_hash, failed, unexpected
from nianbao.inputs import Input
from nianbao.pipeline import process
from normalize.organizations.mentions import Mention, mentions
from schemas.document import Block, Document
from schemas.overlay import Overlay
from schemas.rows import ReportRows
from schemas.vocabularies import using

# the fastest level: the next one takes twice the time and saves a tenth
_LEVEL = 1

# a report that uses the word lists, so that they are loaded before the clock of the first document runs
_WARM = "山水县图书馆2014年工作总结,全年接待读者约59万人次。"


class Reading(Struct, frozen=True):
    """The rows of one document as bytes, beside what is asked of many documents at once.

    `content` is the SHA-256 of the file, None where it could not be had or changed meanwhile; `packed` is what `unpack`
    takes, and `thin` too, which holds less (see there); `named` is what `unpack_names` takes; `rows` counts all rows;
    `seconds` is what the reading took.
    """

    source: str
    content: str | None
    document_id: str
    status: str
    library_id: str | None
    library: str | None
    report_year: int | None
    error: str | None
    rows: int
    seconds: float
    packed: bytes
    thin: bytes
    named: bytes


class Reader:
    """Reads inputs in a worker, with additions to the words, which are in use as long as this object is."""

    def __init__(self, overlay: Overlay) -> None:
        self._words = ExitStack()
        self._words.enter_context(using(overlay))
        process(Document("", "", "text/plain", "", _WARM, (Block(0, len(_WARM), 1),)))

    def __call__(self, item: Input) -> bytes:
        """Return the Reading of one input, encoded."""
        return msgspec.msgpack.encode(reading(item))


def reading(item: Input, *, debug: bool = False) -> Reading:
    """Return the Reading of one input; see read_one."""
    start = time.perf_counter()
    report = read_one(item, debug=debug)
    content = content_hash(item.opener)
    if content and not content.startswith(report.document.document_id):
        content = None
    return packed(report, content, time.perf_counter() - start)


def decoded(raw: bytes) -> Reading:
    """Return the Reading that was encoded."""
    return msgspec.msgpack.decode(raw, type=Reading)


def packed(report: ReportRows, content: str | None = None, seconds: float = 0.0) -> Reading:
    """Return the Reading of a report."""
    row = report.document
    return Reading(
        *(row.source, content, row.document_id, row.status, row.library_id, row.library, row.report_year, row.error),
        rows=sum(len(part) for part in astuple(report) if isinstance(part, tuple)),
        seconds=seconds,
        packed=_pack(report),
        thin=_pack(thin(report)),
        named=msgspec.msgpack.encode(list(mentions(report))),
    )


def thin(report: ReportRows) -> ReportRows:
    """Return what the tables that need many reports are made from: who, happenings, indicators.

    Cells, numbers, sections, findings, the text and quantities without a metric are most of a report; to leave them
    out makes it several times cheaper to go through all reports.
    """
    facts = tuple(fact for fact in report.facts if fact.metric)
    return replace(report, sections=(), tables=(), cells=(), numbers=(), findings=(), text="", facts=facts)


def _pack(report: ReportRows) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(report), _LEVEL)


def unpack(raw: bytes) -> ReportRows:
    """Return the report of which `packed` made `Reading.packed`, equal in every value and type."""
    return msgspec.msgpack.decode(zlib.decompress(raw), type=ReportRows)


def unpack_names(raw: bytes) -> list[Mention]:
    """Return the mentions of which `packed` made `Reading.named`."""
    return msgspec.msgpack.decode(raw, type=list[Mention])


def read_one(item: Input, *, debug: bool = False) -> ReportRows:
    """Return the rows of one input, those of a failed document where it cannot be read.

    With `debug`, an error that no rule foresees is raised. Raises MemoryError.
    """
    if item.problem:
        return failed(item.opener, item.source, f"{item.source}: {item.problem}")
    try:
        return process(item.opener.document(item.source))
    except UnreadableFile as error:
        return failed(item.opener, item.source, str(error))
    except MemoryError:
        raise  # a limit of the machine, no fault of the rules
    except Exception as error:
        if debug:
            raise
        return failed(item.opener, item.source, unexpected(item.source, error))
