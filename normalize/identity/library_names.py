"""Names of libraries in a text: every «…图书馆» that begins with a place of the list, with how much it weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex
from msgspec import Struct
from msgspec.structs import replace

from normalize.identity.place_names import Chain, longest
from normalize.values.years import YEARS
from schemas.places import gazetteer

LIBRARY = "图书馆"
_WINDOW = 24  # code points before 图书馆 in which a name can begin
_SHORTEST_NAMED = 2

# 图书馆 that is no library: 图书馆学会, 图书馆法, 图书馆界, 图书馆员
_LIBRARY_WORD = re.compile(rf"{LIBRARY}(?!学|法|界|员|协会|联盟|人员|年会|服务宣传周)")
_HAN_BEFORE = regex.compile(r"(?r)[\p{Han}·]*")  # read backwards, from the library word
# between region and 图书馆: «宁波市少年儿童图书馆»
_KINDS = frozenset(["", "少年儿童", "少儿", "儿童", "青少年", "盲人", "人民", "公共"])
# what stands there where the library is another's: «醴陵市南门中学图书馆», «诸城市自助图书馆»
_OTHERS = re.compile(
    r"分|社区|[镇乡村街]|[中小]学|学校|大学|学院|幼儿|自助|流动|汽车|数字|电子|移动|掌上|智慧|家庭|农家|企业|公司|军|部队|监狱|医院|机关|"
    r"[级全各我本该的和与在等为了被及对向到由以个家座所]|新建|建设|市立|县立|文明|示范|先进|优秀|一级|最美"
)
_COMMON_WORDS = frozenset(["新建", "城区", "郊区", "矿区", "市中", "市区"])  # places too, but words first
# «与湖南省图书馆联合…», «赴上海图书馆参观»: somebody else
_SOMEBODY_ELSE = re.compile(r"(?:[与和赴向到及由、被为获]|参加|参观|学习|来自|邀请|联合|配合|出席)$")
_YEAR_WORDS = re.compile(rf"{YEARS.pattern}度?", re.VERBOSE)
_HELPER = re.compile(r"的?(?:大力|精心|热情)?(?:指导|支持|帮助|关心|专家|老师|来馆|派)")  # «在湖南省图书馆的指导下»
_BRANCH = regex.compile(  # «图书馆枫桥分馆工作总结», not «图书馆总分馆建设…», «图书馆各乡镇分馆…», «图书馆关于分馆…»
    r"""(?!(?:总|各|直属|基层|乡|镇|街道|社区|村|农村|农家|学校|企业|主题|特色|现有|[两一二三四五六七八九十\d]+[个家座所])*分馆)
        (?P<name>[\p{Han}·]{1,10}?分馆)(?!建设|体系|制|模式|网络|系统|考核|评)""",
    regex.VERBOSE,
)
_ABOUT = re.compile(r"关于|[与和及暨对]")
_LEADING = re.compile(r"^.*(?:年度|年|关于|报送|上报)")
_GENERIC = re.compile(
    r"[全我本该]?[省市县区州盟旗镇乡]?[级立]?(?:公共|少儿|少年儿童|数字|社区|中心|总|新|流动|自助|汽车|小时)*"
)


class LibraryName(Struct, frozen=True):
    """A name as written; `codes` are the places that its region words can mean, `kind` what stands before 图书馆.

    `is_full`: the region has its full name; `is_named`: a proper name stands between region and 图书馆;
    `of_others`: the words before it say that another library is meant.
    """

    start: int
    name: str
    codes: frozenset[str]
    kind: str
    is_full: bool
    is_named: bool
    of_others: bool


def squeeze(folded: str) -> str:
    """Return the text without spaces within its lines: titles are often spaced out («金 湖 县 图 书 馆»)."""
    return folded.replace(" ", "")


def without_years(title: str) -> str:
    """Return a title without its years, which may part region and library.

    >>> without_years("平江县2019年度图书馆工作总结")
    '平江县图书馆工作总结'
    """
    return str(_YEAR_WORDS.sub("", title))


def library_names(squeezed: str) -> Iterator[LibraryName]:
    """Yield the names that begin with a place, in order; the text must have no spaces (see squeeze).

    >>> [found.name for found in library_names("2020年诸城市图书馆与湖南省图书馆学会，市图书馆")]
    ['诸城市图书馆']
    """
    begin = 0
    for match in _LIBRARY_WORD.finditer(squeezed):
        found = _name(_before(squeezed, begin, match.start()), match.start())
        begin = match.end()
        if found:
            yield replace(found, of_others=True) if _HELPER.match(squeezed, begin) else found


def _before(squeezed: str, begin: int, end: int) -> str:
    """Return the Chinese characters right before a library word, from `begin` on."""
    match = _HAN_BEFORE.match(squeezed, max(begin, end - _WINDOW), end)
    return match[0] if match else ""


def _name(before: str, end: int) -> LibraryName | None:
    heads = gazetteer().heads
    named: int | None = None
    for start in range(len(before) - 1):
        for chain in longest(before[start:])[:1] if before[start : start + 2] in heads else ():
            middle = before[start + chain.end :]
            if middle in _KINDS and not _is_common_word(chain):
                return _library_name(before, start, end)
            if named is None and chain.is_full and len(middle) >= _SHORTEST_NAMED and not _OTHERS.search(middle):
                named = start
    return None if named is None else _library_name(before, named, end)


def _is_common_word(chain: Chain) -> bool:
    return len(chain.places) == 1 and chain.word in _COMMON_WORDS


def _library_name(before: str, start: int, end: int) -> LibraryName:
    name = before[start:]
    chains = longest(name)
    kind = name[chains[0].end :].replace("少儿", "少年儿童")
    codes = frozenset(chain.place.code for chain in chains)
    others = _SOMEBODY_ELSE.search(before[:start]) is not None
    at, is_full, is_named = end - len(name), chains[0].is_full, kind not in _KINDS
    return LibraryName(at, name + LIBRARY, codes, kind, is_full, is_named, others)


def branch_name(squeezed: str) -> str | None:
    """Return the branch that a title or a signature names, at its beginning or right after its library, or None.

    >>> branch_name("诸暨市图书馆枫桥分馆工作总结"), branch_name("诸暨市图书馆总分馆建设工作总结")
    ('枫桥分馆', None)
    """
    match = _LIBRARY_WORD.search(squeezed)
    branch = _BRANCH.match(squeezed, match.end() if match else 0)
    return branch["name"] if branch and not _ABOUT.search(branch["name"]) else None


def bare_name(squeezed: str) -> str | None:
    """Return the library's proper name in a title or file name that names no place, or None.

    >>> bare_name("2018年嘉道理图书馆工作总结"), bare_name("2018年县图书馆工作总结"), bare_name("我馆总结")
    ('嘉道理图书馆', None, None)
    """
    match = _LIBRARY_WORD.search(squeezed)
    proper = _LEADING.sub("", _before(squeezed, 0, match.start())) if match else ""
    if len(proper) < _SHORTEST_NAMED or _GENERIC.fullmatch(proper) or _OTHERS.search(proper):
        return None
    return proper + LIBRARY
