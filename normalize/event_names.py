"""What a happening is called, where it was held and by whom, from the words that tell it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from schemas.event_kinds import kind_of_event

_CHARACTER = r"(?:“[^”\n]{1,40}”|《[^》\n]{1,60}》|「[^」\n]{1,40}」|‘[^’\n]{1,40}’|[^，。；：“”《》「」‘’\n])"
# The kinds of things that a happening is called: the last word of its name.
_THING = r"""(?:
      (?:阅读推广|系列|主题|推广|体验|宣传|志愿服务|文化|打卡|公益|读书|阅读)?活动
    | (?:作品|图片|书画|摄影|成果|精品|影视|收藏|主题)?(?<![开发扩进拓施])展(?:览|演|示)?(?![开示现望])
    | (?:大奖)?(?<=[\p{Han}”])赛(?![区场制道])
    | (?:报告|座谈|研讨|学习|总结|交流|联欢|分享|故事|读书|诵读|朗诵|表彰|诗|音乐|灯|晚|年|庙|运动|换书)会
    | 大会 | 会议 | 评选 | 征文 | 仪式 | 沙龙 | 讲座 | 讲堂 | 党课 | 课堂 | 夏令营 | 训练营 | 培训班? | 签约
    | (?:宣传|开放|读书|文化)[周月节日] | 学习教育
)"""
_HELD = r"""(?:联合|共同|正式|隆重|成功|先后|积极|特)*
    (?:举办|举行|召开|开展|承办|主办|组织|协办|启动|推出|参加|实施|开设|承担|策划)
    (?:了|的)?(?:为期[^，。的]{1,6}的)?(?:主题[是为])?[：:]?\s*"""
_WHO_ATTENDS = r"(?:全馆|全体|党员|职工|馆员|员工|读者|学生)[^，。]{0,6}(?:开展|参加|观看|学习)"


def _phrase(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERBOSE)


_AFTER_VERB = _phrase(  # «…开展了少儿故事讲述阅读推广活动»
    rf"""{_HELD}(?P<title>(?!{_WHO_ATTENDS}){_CHARACTER}{{1,40}}?{_THING})
         (?!{_CHARACTER}{{0,6}}?{_THING})"""
)
_BEFORE_VERB = _phrase(  # «…作品展览在图书馆开展», «理事会在总馆开会»
    rf"""(?:^|[，、日午晚起）\s])(?:由[^，。；]{{2,24}}(?:主办|举办|承办)的)?
         (?P<title>{_CHARACTER}{{2,40}}?(?:{_THING}|会))
         (?:在|于|走进|如期|正式|圆满|拉开|开幕|隆重|顺利|报名|有\d|首次|成功)"""
)
_ENDS_IN_THING = _phrase(rf"(?:^|[，。；])(?P<title>{_CHARACTER}{{2,36}}?{_THING})(?=[，。；]|$)")
_QUOTED = _phrase(rf"(?P<title>[“「《][^”」》\n]{{2,40}}[”」》](?:[^，。；“”、\n]{{0,12}}?{_THING})?)")
AWARDED = _phrase(  # the library is given something, not one of 12 readers in a contest that it held
    r"""(?=[荣喜获入被列授我本将])(?<!\d[^，。；]{0,8})
        (?: 荣获 | 喜获 | 获评 | 入选 | 被授予 | 被评为 | 列为 | 授予
          | 获得(?=[^，。；]{0,40}(?:称号|奖(?![品学])|荣誉|[”」]))
          | 获(?=[^，。；得]{0,24}[“「]) | [我本]馆(?:被)?(?:定为|命名为|列为|评为)
          | [被将][^，。；]{1,60}?(?:评为|评选为|授予|列为|命名为|确定为|认定为|奖励为|表彰为)
        )"""
)
_AWARD = _phrase(
    rf"""{AWARDED.pattern}(?:了|为|由|全?[省市县国]|[^，。；“]{{0,24}}?颁发的)?
      (?P<title>
          {_CHARACTER}{{0,30}}?[“「][^”」]{{2,40}}[”」][^，。；“]{{0,8}}?(?:奖|称号|荣誉|品牌|单位)?
        | {_CHARACTER}{{2,34}}?(?:奖|单位|集体|称号|图书馆|基地|品牌|案例|项目|个人|书房|示范点)
      )(?=[，。；、的]|$|荣誉)"""
)
_CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[-—~至]+\d{1,2}[:：]\d{2})?)"
_LEAD_IN = _phrase(  # what only says why, when or under whom
    rf"""^(?: [\s\d.、()]+ | （[^）]{{0,20}}）
      | [当同]天 | (?:凌晨|上午|下午|中午|晚上?|早上)(?:{_CLOCK}|\d{{1,2}}[时点]半?)? | {_CLOCK}
      | [，,、起至] | 开始，
      | (?:为了?|根据|按照|依据|结合|围绕|通过|经过?|针对|随着|由于|本着|值此|时值|适逢)[^，。；]{{0,60}}[，,]
      | (?:在|正值)?[^，。；]{{0,30}}(?:之际|期间|前夕|指导下|领导下|支持下|到来)[，,]?
    )"""
)
_SUBJECT = _phrase(
    r"""^(?:我馆|本馆|我们
      |[^，。；在]{0,14}?图书馆(?![学协]会|阅览室|读者)(?:党支部|工会|团支部|党总支|全体[^，。]{0,6}|职工)?)"""
)
_ACTS = _phrase(
    r"""进行|完成|实现|开通|成立|创建|建成|挂牌|引进|添置|更新|赠送|送去|安装|迎来|观看|学习|清理|启用|上线|开放|取消|整理"""
)
_PLACE = _phrase(
    r"""(?: (?<![现存])在 | 走进 | 来到 | 前往 | 奔赴 | 赴 | 深入 | 送到了?
          | (?<![达收得送受遇感直等提找])到(?![了达场来位底]) )
      (?P<place>[^，。；、“”的\d]{2,26}?
        (?:馆|室|厅|广场|学校|小学|中学|幼儿园|幼稚园|社区|村|镇|乡|街道|公园|中心|站|基地|公司|局|院|大楼|小区
          |书屋|书房|书吧|楼|部队|军营|超市|景区|县|市|(?:派出|研究|收容|戒毒|看守)所|堂|居委会|教室))
      (?=[，。；、]|开展|开幕|开会|开讲|举办|举行|召开|进行|组织|隆重|内|共同|正式|联合
        |为|参|学|图书室|$|和|与|看|设|安|各|里|一楼|二楼)"""
)
_HOST = _phrase(
    rf"""由(?P<by>[^，。；《》“”]{{2,40}}?)(?:等单位)?(?:联合|共同)?(?:主办|承办|举办|组织)
      | (?:^|[，,日午])(?P<own>我馆|本馆|(?![为根制同由在与对把被经及和据将向从])[\p{{Han}}（）]{{0,16}}?
          (?:图书馆|局|委员会|中心|[学协]会|学校|支部|工会))
        (?:(?:与|和|联合|会同|同)[^，。；《》“”]{{2,20}}?)?{_HELD}"""
)


def title_of(lead: str, rest: str = "") -> str | None:
    """Return the name of a happening: the award, what was held, the quoted name, or the shortest phrase that tells it.

    `lead` is the telling without its date up to the first full stop, `rest` what follows.

    >>> title_of("为迎接六一，我馆在少儿室举办了亲子绘本讲座，20个家庭参加")
    '亲子绘本讲座'
    """
    lead = _without_lead_in(lead)
    for pattern in (_AWARD, _AFTER_VERB, _BEFORE_VERB, _ENDS_IN_THING, _QUOTED):
        found = pattern.search(lead)
        if found and (name := _clean(found["title"])):
            return name
    told_later = _AFTER_VERB.search(rest) or _BEFORE_VERB.search(rest)
    acts = next(_acting_clauses(lead), None)
    if acts is None and told_later:
        return _clean(told_later["title"])
    return _clean(acts if acts is not None else lead.partition("，")[0])


def _without_lead_in(lead: str) -> str:
    for _ in range(8):
        shorter = _LEAD_IN.sub("", lead)
        if shorter == lead:
            break
        lead = shorter
    return lead


def _acting_clauses(lead: str) -> Iterator[str]:
    """Yield the clauses that say what was done."""
    for clause in regex.split("[，；]", lead):
        if _ACTS.search(clause) or (kind_of_event(clause) != "other" and len(clause) > 4):
            yield clause


def _clean(title: str) -> str | None:
    title = _SUBJECT.sub("", _without_lead_in(title.strip()))
    title = regex.sub(r"^(?:了|的|为|由|于|起|将|，)+", "", title.strip())
    title = title.replace("（）", "").rstrip("；;，,。 ")
    for opening, closing in ("“”", "《》", "「」", "（）"):
        if title.count(closing) > title.count(opening):
            title = title.replace(closing, "")
    return title[:60] or None


def place_of(told: str) -> str | None:
    """Return where a happening was held, as written, or None."""
    found = _PLACE.search(told)
    return found["place"] if found else None


def host_of(told: str) -> str | None:
    """Return who held it, as written, or None where the text does not say."""
    found = _HOST.search(told)
    return (found["by"] or found["own"]) if found else None
