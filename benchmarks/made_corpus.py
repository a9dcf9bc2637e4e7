"""Many reports made of the few in samples/: other libraries, other years, other figures."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from random import Random

import regex

from extract.read import read
from nianbao.pipeline import process
from schemas.places import gazetteer

_SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_FIGURE = regex.compile(r"(?<![\d.年月])(?!(?:19|20)\d\d)[1-9]\d{2,5}(?![\d.年月日号])")
_YEARS = range(2008, 2024)


def make(folder: Path, count: int, suffix: str, characters: int = 0) -> None:
    """Write `count` reports of one format into `folder`, the same ones each time; every library has many years.

    Text reports end at the first line end after `characters`, where that is given.
    """
    folder.mkdir(parents=True)
    samples = [(path.read_bytes(), *_about(path)) for path in sorted(_SAMPLES.glob(f"*{suffix}"))]
    counties = _counties()
    for number in range(count):
        data, county, year = samples[number % len(samples)]
        place, new_year = divmod(number, len(_YEARS))
        told = _Changes(county, counties[place % len(counties)], year, _YEARS[new_year], Random(number))
        changed = told.of_word(data) if suffix == ".docx" else told.of_plain(data, characters)
        (folder / f"{number:05}{suffix}").write_bytes(changed)


def _about(path: Path) -> tuple[str, int]:
    row = process(read(path, path.name)).document
    return row.county or row.city or "", row.report_year or 0


def _counties() -> Sequence[str]:
    every = (place for known in gazetteer().by_code.values() for place in known if place.level == 3)
    return sorted({place.name for place in every if place.name.endswith(("县", "市")) and len(place.name) == 3})


def detect(data: bytes) -> str:
    """Return the encoding of a sample."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


class _Changes:
    """What is another in one made report."""

    def __init__(self, county: str, new_county: str, year: int, new_year: int, random: Random) -> None:
        self._words = ((county, new_county), (county[:-1], new_county[:-1]), (str(year), str(new_year)))
        self._random = random

    def of_text(self, text: str) -> str:
        """Return the text with another library, year and figures."""
        for old, new in self._words:
            text = text.replace(old, new)
        return _FIGURE.sub(
            lambda found: str(self._random.randrange(10 ** (len(found[0]) - 1), 10 ** len(found[0]))), text
        )

    def of_plain(self, data: bytes, characters: int) -> bytes:
        """Return the text file with the changed text, in its own encoding; see make."""
        encoding = detect(data)
        text = data.decode(encoding)
        end = text.find("\n", characters) if characters else -1
        return self.of_text(text if end < 0 else text[:end]).encode(encoding)

    def of_word(self, data: bytes) -> bytes:
        """Return the package with the changed body."""
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, raw in self._parts(package):
                made.writestr(zipfile.ZipInfo(name), raw)
        return out.getvalue()

    def _parts(self, package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
        for name in package.namelist():
            raw = package.read(name)
            yield name, self._body(raw.decode()).encode() if name == "word/document.xml" else raw

    def _body(self, xml: str) -> str:
        return regex.sub(r"(?<=<w:t[^>]*>)[^<]+", lambda found: self.of_text(found[0]), xml)
