"""What the parts of a Word package are to each other: the main part, and the parts beside it by kind."""

from __future__ import annotations

import posixpath

from lxml import etree

from extract.unreadable import DamagedPart, UnreadableFile
from extract.word_package import Package
from extract.word_parsing import parse

_MAIN = "word/document.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
READ = ("styles", "numbering", "footnotes", "endnotes", "header", "footer")


class Parts:
    """The parts of a package that a report is read from, each parsed once; `damaged` are those that lost something."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._beside: dict[str, etree._Element | None] = {}
        self.damaged: dict[str, None] = {}
        self.main_name = self._main_name()

    def main(self) -> etree._Element:
        """Return the root of the main part; raise UnreadableFile where nothing of it can be read."""
        root = self._beside.get(self.main_name)
        return self._parsed(self.main_name) if root is None else root

    def beside(self) -> dict[str, list[etree._Element]]:
        """Return the parts that go with the main part, by kind («styles»), each once, without those that are lost."""
        related = self._related(self.main_name)
        return {
            kind: [root for name in related.get(kind, ()) if (root := self._optional(name)) is not None]
            for kind in READ
        }

    def _main_name(self) -> str:
        """Return the name of the part with the body, as the package states it, `word/document.xml` by default."""
        name = next(iter(self._related("").get("officeDocument", ())), _MAIN)
        if name not in self._package:
            kind = self._package.kind()
            what = f"is {kind} with the name of a .docx" if kind else "holds no word/document.xml, so no Word text"
            raise UnreadableFile(f"the package {what}; open it in Word and save it as .docx")
        return name

    def _related(self, part: str) -> dict[str, list[str]]:
        """Return the names of the parts that `part` ("" for the package) relates to, by kind, each once, if there."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self._optional(relations) if relations in self._package else None
        found: dict[str, dict[str, None]] = {}
        for relation in () if root is None else root.iter(_RELATIONSHIP):
            kind = relation.get("Type", "")
            if kind.startswith(_KINDS) and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                if target in self._package:
                    found.setdefault(kind.removeprefix(_KINDS), {})[target] = None
        return {kind: list(names) for kind, names in found.items()}

    def _optional(self, name: str) -> etree._Element | None:
        """Return the root of a part that the text can do without, None where nothing of it can be read."""
        if name not in self._beside:
            try:
                self._beside[name] = self._parsed(name)
            except DamagedPart:
                self._beside[name] = None
                self.damaged[name] = None
        return self._beside[name]

    def _parsed(self, name: str) -> etree._Element:
        root, is_whole = parse(self._package.inflate(name), name)
        if not is_whole or name in self._package.cut:
            self.damaged[name] = None
        return root
