"""Where a happening was held and by whom, from the words that tell it."""

from __future__ import annotations

import re

import regex

_PLACE = regex.compile(
    r"""(?: (?<![现存旨])在 | 走进 | 走入 | 来到 | 前往 | 奔赴 | 赴 | 深入 | 送到了? | 送往 | 摆[到进上] | 设在
          | (?<![达收得送受遇感直等提找办做拿看听想回一料])到(?![了达场来位底期会处]) )
      (?P<place>(?!线|网|此|全|这|那|其|各|场|职|读者|活动|读书|馆长)[^，。；、“”的\d在到]{1,26}?
        (?:馆|室|厅|广场|礼堂|剧场|剧院|学校|小学|中学|职中|党校|幼儿园|幼稚园|社区|村|镇|乡|街道|公园|中心|站|基地|公司|局|医院|法院|学院
          |敬老院|福利院|养老院|大院|大楼|小区|书屋|书房|书吧|书店|楼|部队|军营|超市|景区|工地|居委会|教室|大厅|展厅|市场
          |(?:派出|研究|收容|戒毒|看守)所|道德讲堂|校区|校园|花园|文化园|俱乐部|文化宫|书院|农场|林场|山下|河畔|湖畔)
        (?:[一二三四五六七八九]楼(?:大?厅|会议室|展厅|报告厅)?|\d{1,2}号楼)?)
      (?![^，。；、“”为给向和与举办开同听讲植读送查共设]{0,4}(?:馆|室|厅|广场|小学|中学|学校|幼儿园|社区|村(?!民)|中心|站|书屋|书房|公园|居委会|院))
      (?![长员民友区]|[学协]会|领导|书记|主任|图书|工作|干部|教师|老师|职工|群众|部|人|级|里的|支部|理事|阅览|读者|学生|师生)""",
    regex.VERBOSE,
)
_HELD_AT = regex.compile(  # a place of no known kind: «在文化城举行», not «在节日期间举办»
    r"""(?<![现存旨])在(?P<place>(?!线|网|此|全|这|那|其|各|职|读者|活动)[^，。；、“”的\d在到]{2,14}?)
        (?<![间际下上中前后内里时日天月年])(?:隆重|正式|顺利|成功|如期|联合)*(?:举行|举办|召开|开幕|揭幕|启动|开赛|开讲|设点)""",
    regex.VERBOSE,
)
_HOLDS = "举办|举行|召开|开展|承办|主办|组织|协办|启动|推出|开设|承担|策划"
_BY = re.compile(r"由([^，。；《》“”]{2,40}?)(?:等单位)?(?:联合|共同)?(?:主办|承办|举办|组织)")
_HELD = re.compile(_HOLDS)
_OWN = regex.compile(
    rf"""(我馆|本馆|(?![为根制同由在与对把被经及和据将向从以于])[\p{{Han}}（）]{{0,16}}?
          (?:图书馆|局|委员会|中心|[学协]会|学校|支部|工会|馆))
        (?:(?:与|和|联合|会同|同)[^，。；《》“”]{{2,20}}?|在[^，。；《》“”]{{2,24}}?|组织[^，。；《》“”]{{2,8}}?)?
        (?:联合|共同|正式|隆重|成功|先后|积极|特)*+(?:{_HOLDS})""",
    regex.VERBOSE,
)
_CLAUSE_BEGINS = regex.compile(r"(?r)[，日午]")  # searched backwards: the date leaves its «日» or «上午» before a name
_PLACED = re.compile(r"[在于]")


def place_of(told: str) -> str | None:
    """Return where a happening was held, as written, or None."""
    found = _PLACE.search(told) or _HELD_AT.search(told)
    return found["place"] if found else None


def host_of(told: str) -> str | None:
    """Return who held it, as written, or None where the text does not say."""
    for held in _HELD.finditer(told):
        begins = _CLAUSE_BEGINS.search(told, 0, held.start())
        found = _OWN.match(told, begins.end() if begins else 0)
        if found is not None and not _PLACED.search(found[1]):
            return str(found[1])
    by = _BY.search(told)
    return None if by is None or _PLACED.search(by[1]) else str(by[1])
