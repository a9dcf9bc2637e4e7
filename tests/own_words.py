"""Words that a user might add, and a folder to keep them in, for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

METRIC = """reading_booths:
  label: 朗读亭
  unit: 座
  group: facility
  iso2789: none
  flow: false
  families: [building]
  cues:
    - [[<朗读亭]]
  examples: {yes: [全馆设朗读亭3座], no: [自助借还机3台]}
"""
KIND_OF_TABLE = """purchases:
  label: 图书采购
  aliases: [采购情况]
  key: [supplier]
  columns:
    sequence: [序号]
    supplier: [供应商, 供货商]
    volumes: [册数]
  examples: {yes: [图书采购情况表], no: [讲座一览表]}
"""
PURCHASES = """二、采购

2018年图书采购情况表

\t序号
\t供应商
\t册数

\t1
\t新华书店
\t1200

\t2
\t邮政书店
\t800

\t合计
\t2000
"""


def folder(place: Path, files: Mapping[str, str | bytes]) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return place
