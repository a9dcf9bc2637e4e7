"""What a happening is called, where it was held and by whom, from the words that tell it."""

from __future__ import annotations

import regex

_THING = (
    r"(?:阅读推广活动|系列活动|主题活动|活动|作品展览|展览|作品展|图片展|书画展|巡展|展演|展|大奖赛|大赛|比赛|竞赛|决赛|讲座|报告会|会议|大会|座谈会|研讨会|年会|"
    r"学习会|总结会|交流会|联欢会|晚会|灯会|分享会|故事会|读书会|仪式|沙龙|培训班|培训|夏令营|党课|大讲堂|讲堂|征文|评选|诵读会|朗诵会|签约|课堂|音乐会|庙会|运动会|宣传周|开放日|读书月|读书节)"
)
_HELD = r"(?:联合|共同|正式|隆重|成功|先后|积极|特|准时)?(?:举办|举行|召开|开展|承办|主办|组织|协办|启动|推出|参加|进行|实施|开设|迎来|承担|安排|策划)"
_TITLE_AFTER = regex.compile(
    rf"{_HELD}(?:了|的|为期[^，。的]{{1,6}}的|主题[是为])?[：:]?(?P<title>[^，。；：]{{2,44}}?{_THING})(?![^，。；]{{0,6}}?{_THING})"
)
_TITLE_BEFORE = regex.compile(
    rf"(?:^|[，,日午晚起])(?:由[^，。；]{{2,24}}(?:主办|举办|承办)的)?(?P<title>[^，。；]{{3,40}}?{_THING})(?:在|于|如期|正式|圆满|拉开|开幕|开课|隆重|顺利|报名)"
)
_QUOTED = regex.compile(r"(?P<title>[“「《『][^”」》』\n]{2,40}[”」》』](?:[^，。；“”、]{0,16}?" + _THING + r")?)")
_AWARD = regex.compile(
    r"(?:荣获|获得|获评|获|被评为|评为|授予|被授予|列为|命名为|获批)[^，。；]{0,40}?(?P<title>(?:[^，。；“”]{0,24})[“「][^”」]{2,40}[”」][^，。；“]{0,12}?(?:奖|称号|荣誉)?|[^，。；]{2,30}?(?:奖|单位|集体|称号|图书馆|基地|品牌))"
)
_PREDICATE = regex.compile(
    r"(?:我馆|本馆|我们|[^，。；]{0,14}?图书馆(?!学会))?(?:党支部|工会|全体[^，。]{0,6})?(?:与[^，。；]{2,16}?(?:联合|共同))?(?P<title>[^，。；]{4,40})"
)
_PLACE = regex.compile(
    r"(?:(?<!现)在|走进|来到|前往|奔赴|赴|(?<![达收得送受遇感直等])到(?!了|达|场|来|位)|送到了?|深入)(?P<place>[^，。；、“”的]{2,26}?(?:馆|室|厅|广场|学校|小学|中学|幼儿园|幼稚园|社区|村|镇|乡|街道|公园|中心|站|基地|公司|局|院|大楼|大厅|小区|书屋|书房|书吧|楼|部队|军营|超市|景区|县|市|所|堂|画室|居委会|教室))(?=[，。；、]|开展|举办|举行|召开|进行|组织|隆重|内|共同|正式|联合|为|参|学|图书室|$|和|与|看|设|安|各|里|一楼|二楼)"
)
_HOST = regex.compile(
    rf"由(?P<by>[^，。；]{{2,40}}?)(?:等单位)?(?:联合|共同)?(?:主办|承办|举办|组织)|(?:^|[，,日午])(?P<self>(?:我馆|[^，。；在]{{0,16}}?(?:图书馆|局|委员会|中心|学会|协会|学校|支部|工会)))(?:[^，。；]{{0,12}})?{_HELD}"
)
_LEAD = regex.compile(r"^[\s\d.、（）()一二三四五六七八九十]*")


def title_of(told: str, lead: str) -> str | None:
    """Return the name of a happening: what was held, the quoted name, or the shortest phrase that tells it.

    `told` is the whole telling without its date, `lead` the part of it up to the first full stop.

    >>> title_of("我馆在少儿室举办了亲子绘本讲座。", "我馆在少儿室举办了亲子绘本讲座")
    '亲子绘本讲座'
    """
    award = _AWARD.search(lead)
    if award:
        return _clean(award["title"])
    for pattern in (_TITLE_AFTER, _TITLE_BEFORE):
        found = pattern.search(lead)
        if found:
            return _clean(found["title"])
    quoted = _QUOTED.search(lead)
    if quoted:
        return _clean(quoted["title"])
    found = _TITLE_AFTER.search(told)
    if found:
        return _clean(found["title"])
    clauses = [clause for clause in regex.split("[，。；]", lead) if len(clause.strip()) >= 4]
    main = next(
        (c for c in clauses if not regex.match(r"\s*(?:为|根据|按照|在|据|经|通过|结合|针对|以|由于)", c)),
        clauses[0] if clauses else "",
    )
    predicate = _PREDICATE.match(main.strip())
    return _clean(predicate["title"]) if predicate else None


def _clean(title: str) -> str | None:
    title = regex.sub(r"^(?:了|的|为|起|上午|下午|晚上?|，)+", "", _LEAD.sub("", title).strip())
    for opening, closing in ("“”", "《》", "「」"):
        if title.count(closing) > title.count(opening):
            title = title.replace(closing, "")
    return title or None


def place_of(told: str) -> str | None:
    """Return where a happening was held, as written, or None."""
    found = _PLACE.search(told)
    return found["place"] if found else None


def host_of(told: str) -> str | None:
    """Return who held it, as written, or None where the text does not say."""
    found = _HOST.search(told)
    return (found["by"] or found["self"]) if found else None
