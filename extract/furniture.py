"""Page furniture: lines that belong to the page a report was copied from and not to the report.

Every rule reads one folded line. The words are those of vocabulary/page_furniture.yaml, which also holds the cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load

_LONGEST = 160  # a longer line is a paragraph, whatever it says
_SENTENCE = regex.compile(r"[。；！？]")
_PAGE_NUMBER = regex.compile(
    r"""\s*(?:
        [-—–~·]{1,2}\s*\d{1,4}\s*[-—–~·]{1,2}                        # - 3 -  — 5 —
      | 第\s*\d{1,4}\s*页(?:[\s，,/]*共\s*\d{1,4}\s*页)?              # 第 3 页 共 12 页
      | 共\s*\d{1,4}\s*页(?:[\s，,/]*第\s*\d{1,4}\s*页)?
      | page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?                    # Page 3 of 12
      | \d{1,4}\s*/\s*\d{1,4}\s*页?                                 # 3/12
    )\s*""",
    regex.VERBOSE | regex.IGNORECASE,
)
_BARE_NUMBER = regex.compile(r"\s*(\d{1,3})\s*")
_PICTURE = regex.compile(r"\s*(?:\[(?:image|bookmark|picture|图片|插图)\b[^\[\]\n]{0,200}\]\s*)+", regex.IGNORECASE)
_FEWEST_PAGES = 3  # bare numbers are page numbers where as many count up


@from_vocabulary
@cache
def _words() -> dict[str, str]:
    return {code: alternation(entry.aliases) for code, entry in load("page_furniture.yaml", Entry).items()}


@from_vocabulary
@cache
def _rules() -> tuple[regex.Pattern[str], ...]:
    words = _words()
    share, labels = f"{words['share']}|字体大小|字体|字号", f"{words['label']}|{words['counter']}"
    counter = rf"(?:今日|总|累计)?(?:{words['counter']}|访问量|访客数)\s*[:：]\s*[\d,]{{1,12}}\s*次?"
    rules = (
        rf"[^。；，]{{0,12}}?(?:{words['position']})\s*[:：>»›].*",  # 当前位置：…
        rf"[\s【\[]*(?:{words['home']})\s*[】\]]?\s*(?:[>»›→\|/\\]|-+>|&gt;|::).*",  # 首页 > …
        rf"[\s【\[(（]*(?:{words['neighbour']})[】\])）\s]*(?:[:：].*|(?:{words['neighbour']}|[\s\|])*)",  # 上一篇：…
        rf"[\W_]*(?:{share})(?:[\W_]+(?:{share}))+[\W_]*",  # 打印 关闭
        rf"[\W_]*(?:分享到|分享至|打印本[页文]|关闭窗口|返回顶部|返回列表|加入收藏|打印此文)\W*|\s*【(?:{share})】\s*",
        r"[\W\d_]*(?:版权所有|copyright)[\s:：©@(（].*|.*©\s*\d{4}.*|.*(?:ICP[备证]|公网安备|网站标识码).{0,60}",
        r"\s*(?:版权所有|All Rights Reserved\.?|网站地图|联系我们)(?:[\s\|]+(?:网站地图|联系我们|关于我们))*\s*",
        r"\s*技术支持\s*[:：].*",
        r"\s*欢迎您?(?:访问|光临|来到|进入)[^。；]{0,30}[!！]?\s*",
        r"\s*[(（【\[]?(?:发布时间|发布日期|更新时间|信息来源|文章来源|稿件来源)\s*[:：][^:：，]*(?::\d\d){0,2}[^:：，]*",
        # two labels on one line: 作者：… 日期：…  发布时间：…丨阅读次数：…
        rf"[\s(（【\[•·丨|]*(?:{labels})\s*[:：][^。；]*[\s】\]丨|](?:[【\[(（]?\s*(?:{labels}))\s*[:：][^。；]*",
        rf"[\W_]*{counter}(?:[\W_]+{counter}){{0,3}}[\W_]*",  # • 阅读次数：69次  今日访问量：33 总访问量：133,161
        rf"\s*[•·丨|]\s*(?:{labels})\s*[:：][^。；]{{0,40}}",  # • 作者：管理员
        r"\s*[•·丨|]+[\s•·丨|]*",
        r"\s*@[^。；]{2,20}地址\s*[:：][^。；]*",
    )
    return tuple(regex.compile(rule, regex.IGNORECASE) for rule in rules)


_LABEL_OF_ACTIVITY = regex.compile(r"(?:^|[\s【\[(（])(?:地点|主讲人?|对象|内容|主题)\s*[:：]")


def is_furniture(line: str) -> bool:
    """Return whether a folded line belongs to the page and not to the report.

    >>> is_furniture("- 3 -"), is_furniture("首页 > 总结"), is_furniture("[image: 1.jpg]"), is_furniture("3、馆舍")
    (True, True, True, False)
    """
    if _PAGE_NUMBER.fullmatch(line) or _PICTURE.fullmatch(line):
        return True
    if not line.strip() or len(line) > _LONGEST or _SENTENCE.search(line):
        return False
    if _LABEL_OF_ACTIVITY.search(line):  # «时间：3月5日 地点：一楼大厅» tells of an activity
        return False
    return any(rule.fullmatch(line) for rule in _rules())


def bare_page_numbers(lines: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Return which of the numbered folded lines are page numbers and nothing else: three or more that count up by one.

    >>> sorted(bare_page_numbers([(0, "1"), (1, "馆舍"), (2, "2"), (3, " 3 "), (4, "2014")]))
    [0, 2, 3]
    """
    bare = [(at, int(found[1])) for at, line in lines if (found := _BARE_NUMBER.fullmatch(line))]
    pages: list[int] = []
    run: list[tuple[int, int]] = []
    for at, number in [*bare, (-1, -1)]:
        if run and number != run[-1][1] + 1:
            pages += [place for place, _ in run] if len(run) >= _FEWEST_PAGES else []
            run = []
        run.append((at, number))
    return frozenset(pages)
