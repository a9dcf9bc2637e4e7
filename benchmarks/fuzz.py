"""Fuzzing by hand: mutated packages and texts through reading and through all stages, until something breaks.

    pip install nianbao[fuzz]
    python benchmarks/fuzz.py word|zip|text|process FOLDER [-max_total_time=300 …]

FOLDER keeps what reached new code, from one run to the next; other arguments go to libFuzzer. It stops at the first
input that ends in anything but a document or UnreadableFile, or whose rows are not what the text says, and writes that
input down; it then belongs in tests/hostile_packages.py or tests/hostile_texts.py.
"""

from __future__ import annotations

import random
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["extract", "normalize", "nianbao"]):
    from extract.read import UnreadableFile, read
    from nianbao.pipeline import process

_ROOT = Path(__file__).parent.parent
_FOLDER = Path(tempfile.mkdtemp(prefix="nianbao-fuzz-"))
_SEPARATOR = b"\n\0\n"
_PARTS = ("_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml")
_WORDS = [
    "年",
    "月",
    "日",
    "册",
    "人次",
    "万",
    "约",
    "其中",
    "截至",
    "一、",
    "（一）",
    "1.",
    "第",
    "百分之",
    "|",
    "\t",
    "。",
    "；",
    "“",
    "》",
    "2014年5月4日",
    "3.5万册",
    "全年",
    "我馆",
    "<td>",
    "&lt;",
]


def main() -> None:
    """Fuzz what the first argument names."""
    test, seeds, mutator = _WAYS[sys.argv[1]]
    corpus = Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = {"custom_mutator": mutator} if mutator else {}
    atheris.Setup([sys.argv[0], str(corpus), "-max_len=60000", "-rss_limit_mb=3000", *sys.argv[3:]], test, **options)
    atheris.Fuzz()


def read_package(data: bytes) -> None:
    """Read a package of which the parts stand one after the other, so that mutations meet the XML and not the zip."""
    path = _FOLDER / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in zip(_PARTS, data.split(_SEPARATOR), strict=False):
            archive.writestr(name, content)
    _survives(path)


def read_zip(data: bytes) -> None:
    """Read the bytes as they are as a .docx."""
    path = _FOLDER / "x.docx"
    path.write_bytes(data)
    _survives(path)


def read_text(data: bytes) -> None:
    """Read the bytes as a .txt, without what they mean."""
    path = _FOLDER / "x.txt"
    path.write_bytes(data)
    _survives(path, whole=False)


def process_text(data: bytes) -> None:
    """Read the bytes as a .txt, with all that they mean."""
    path = _FOLDER / "x.txt"
    path.write_bytes(data)
    _survives(path)


def _survives(path: Path, *, whole: bool = True) -> None:
    try:
        document = read(path, path.name)
    except UnreadableFile:
        return
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
    if not whole:
        return
    rows, ends = process(document), 0
    for row in (*rows.facts, *rows.events, *rows.numbers):
        assert rows.text[row.char_start : row.char_end] == row.raw
    for number in rows.numbers:
        assert ends <= number.char_start < number.char_end
        ends = number.char_end


def _packages() -> list[bytes]:
    packages = []
    for path in sorted((_ROOT / "samples").glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            found = [archive.read(name) if name in archive.NameToInfo else b"" for name in _PARTS]
        packages.append(_SEPARATOR.join(found))
    return packages


def _zips() -> list[bytes]:
    return [path.read_bytes() for path in sorted((_ROOT / "samples").glob("*.docx"))]


def _texts() -> list[bytes]:
    texts = [path.read_bytes() for path in sorted((_ROOT / "samples").glob("*.txt"))]
    return [text[at : at + 3000] for text in texts for at in range(0, len(text), 3000)]


def _with_words(data: bytes, max_size: int, seed: int) -> bytes:
    """Mutate a text as libFuzzer does, or by putting words of the genre into it."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return bytes(atheris.Mutate(data, max_size))
    text = data.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 8)):
        at, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        word = chance.choice(_WORDS) * chance.choice((1, 1, 1, 2, 30))
        text = text[:at] + word + text[chance.choice((at, at + 1, min(end, at + 40))) :]
    return text.encode("utf-8")[:max_size]


_Way = tuple[Callable[[bytes], None], Callable[[], list[bytes]], Callable[[bytes, int, int], bytes] | None]
_WAYS: dict[str, _Way] = {
    "word": (read_package, _packages, None),
    "zip": (read_zip, _zips, None),
    "text": (read_text, _texts, None),
    "process": (process_text, _texts, _with_words),
}

if __name__ == "__main__":
    main()
