"""What a happening is called, where it was held, by whom, how many came; which dated items are plans."""

from __future__ import annotations

from datetime import date

import pytest
from typed_reports import report_of

from normalize.events.profile import profile_of
from normalize.facts.plan_cues import cued_year
from schemas.rows import EventRow

# name of the case: telling without its date, title; all new
TITLES = {
    "the object of the verb": ("我馆在一楼举办了迎新春书法展，读者600人参观", "迎新春书法展"),
    "a meeting on the work of libraries": ("全省县级图书馆工作现场会在我县召开", "全省县级图书馆工作现场会"),
    "what a list is summed up as": ("举办了展板、影片展播等系列读书活动", "系列读书活动"),
    "the object of the last verb": ("工会组织职工参加县里举办的拔河比赛", "拔河比赛"),
    "the subject of the clause": ("少儿科幻画展在二楼展厅开展", "少儿科幻画展"),
    "the subject before a verb of holding": ("暑期公益课堂开设剪纸、围棋两个班", "暑期公益课堂"),
    "quotation and the word after it": ("推出“阅动全城”线上答题", "“阅动全城”线上答题"),
    "quotation of the whole name": ("开展“我们的节日·端午诗会”", "我们的节日·端午诗会"),
    "stops in quotation marks": ("举办“读好书，做好人”演讲比赛", "“读好书，做好人”演讲比赛"),
    "the title of a work after the name": ("支部组织党员学习党课《初心》", "党员学习党课《初心》"),
    "after a purpose": ("为丰富暑期生活，营造读书氛围，图书馆举办夏令营", "夏令营"),
    "after a purpose of several clauses": ("为迎接国庆，进一步推动阅读，我馆开展诵读大赛", "诵读大赛"),
    "after an occasion": ("在世界读书日来临之际，举办旧书交换会", "旧书交换会"),
    "after a clock": ("上午9:30，国学讲座在报告厅开讲", "国学讲座"),
    "after a list marker": ("一是完成书库改造", "书库改造"),
    "without how long and how many": ("举办为期5天的图书管理员培训班2期", "图书管理员培训班"),
    "without who held it": ("举行由县作协主办的诗歌朗诵会", "诗歌朗诵会"),
    "who came where is no name": ("文化志愿者到城北社区开展元宵灯谜会", "元宵灯谜会"),
    "a library that is the object": ("召开全县公共图书馆馆长会议", "全县公共图书馆馆长会议"),
    "a library that opens": ("24小时自助图书馆建成开放", "24小时自助图书馆建成开放"),
    "a year in the name": ("荣获2019年度全省读书活动先进单位", "2019年度全省读书活动先进单位"),
    "award": ("被市文明委授予“文明窗口”称号", "“文明窗口”称号"),
    "award by its name alone": ("我馆荣获“巾帼建功先进集体”", "巾帼建功先进集体"),
    "a deed": ("省馆副馆长一行来馆调研古籍保护", "省馆副馆长一行来馆调研古籍保护"),
    "a quotation before what was held in it": ("“书香小城”第五届阅读月启动，开展活动28项", "“书香小城”第五届阅读月"),
    "after any named day": ("国家宪法日，发放法律读本500册", "发放法律读本"),
    "commas of half width": ("举办馆藏戏曲资料展,展出资料130件", "馆藏戏曲资料展"),
    "commas of half width in the name": ('召开"读好书,做好人"座谈会,表彰3人', '"读好书,做好人"座谈会'),
    "a gift without its number": ("县作协向我馆捐赠图书320册", "县作协向我馆捐赠图书"),
    "a deed before what is held beside it": ("给哨所送书200册，与官兵座谈", "给哨所送书"),
    "what was done": ("对书库进行了盘点", "对书库进行了盘点"),
    "the work that was spoken on": ("邀请大学教授主讲《河湟风物》", "《河湟风物》"),
    "the occasion, where nothing held is named": ("服务宣传周期间，在人民路设点，发放资料", "服务宣传周"),
    "a week of activities": ("开展科技活动周，接待群众咨询", "科技活动周"),
    "from the sentence after": ("来到城关中学。同学们报名成语听写大会。", "成语听写大会"),
}
PLACES = {
    "in": ("我馆在文化广场举办灯谜会", "文化广场"),
    "the innermost": ("到青石镇河湾村图书室开展读书活动", "青石镇河湾村图书室"),
    "walked into": ("流动图书车走进实验小学", "实验小学"),
    "with its floor": ("书画展在县图书馆三楼展厅开幕", "县图书馆三楼展厅"),
    "with the number of the house": ("搬迁后在市民中心2号楼办公", "市民中心2号楼"),
    "a place of no known kind": ("在文化城举行启动仪式", "文化城"),
    "none: a time": ("在节日期间举办书展", None),
    "none: people": ("在馆员的帮助下办证", None),
    "none: to have": ("现在图书馆有书", None),
    "none: an occasion": ("在读书活动中受表彰", None),
    "none: a letter": ("收到图书馆来信", None),
}
HOSTS = {
    "the library": ("我馆举办灯谜会", "我馆"),
    "by": ("由县文联、县图书馆联合主办的诗会开幕", "县文联、县图书馆"),
    "with its place": ("县图书馆在文化广场举办灯谜会", "县图书馆"),
    "none: the name before the place": ("书画展览在县图书馆举行", None),
    "none": ("灯谜会热闹非凡", None),
}


@pytest.mark.parametrize(("told", "title"), TITLES.values(), ids=TITLES)
def test_titles(told: str, title: str) -> None:
    assert profile_of(told).title == title


@pytest.mark.parametrize(("told", "place"), PLACES.values(), ids=PLACES)
def test_places(told: str, place: str | None) -> None:
    assert profile_of(told).place == place


@pytest.mark.parametrize(("told", "host"), HOSTS.values(), ids=HOSTS)
def test_hosts(told: str, host: str | None) -> None:
    assert profile_of(told).host == host


HEAD = "永宁县图书馆2014年工作总结\n二、主要工作\n"


def events_of(text: str) -> tuple[EventRow, ...]:
    return report_of(f"{HEAD}{text}\n").events


# telling: how many took part
PARTICIPANTS = {
    "who came": ("3月5日，举办讲座，听众120人。", 120),
    "who came to a course of every week": ("7月，每周三、周五开设“夏夜课堂”，共16课，400多人次参加。", 400),
    "who came, without a measure word": ("3月5日，放映科普片，观众近4千。", 4000),
    "not who was kept away": ("3月5日至20日闭馆，影响读者8000人次。", None),
    "not who was honoured": ("3月5日，召开总结会，5人受到表彰。", None),
    "not who was picked out": ("3月5日，举行比赛，6名选手被推荐到市里。", None),
    "staff, where they are who did it": ("3月12日，15名职工到林场植树。", 15),
    "not staff that serves others": ("3月12日，3名馆员下乡送书。", None),
    "not staff that was sent": ("3月12日，派出2名工作人员到村里办证。", None),
    "not staff beside readers": ("3月12日，5名馆员带领40名小读者参观。", 40),
}


@pytest.mark.parametrize(("text", "participants"), PARTICIPANTS.values(), ids=PARTICIPANTS)
def test_participants(text: str, participants: int | None) -> None:
    assert [event.participants for event in events_of(text)] == [participants]


# paragraph: start and status of each of its events
PLANS = {
    "a cue": ("来年准备：3月，建老年阅览室；6月底前完成搬迁。", ["2015-03-01 planned", "2015-06-30 planned"]),
    "a cue of next year": ("明年计划：4月23日举办读书节。", ["2015-04-23 planned"]),
    "a cue without a year": ("下一步打算：7月开展夏令营。", ["2015-07-01 planned"]),
    "a cue that names its year": ("2016年工作安排：3月5日举办灯会。", ["2016-03-05 planned"]),
    "a cue after a marker": ("3、下一步计划：5月开放新馆。", ["2015-05-01 planned"]),
    "a cue that names an outlook": ("【2015年思路】一是多购书；二是5月承办朗诵大赛。", ["2015-05-01 planned"]),
    "none: the report's own year": ("2014年工作重点：3月5日举办灯会。", ["2014-03-05 actual"]),
    "none: what is done": ("下一步计划：5月已经开放了新馆。", ["2014-05-01 actual"]),
    "none: a cue further on": ("3月5日举办灯会，明年计划再办。", ["2014-03-05 planned"]),
    "none": ("3月5日举办灯会。", ["2014-03-05 actual"]),
}


@pytest.mark.parametrize(("text", "expected"), PLANS.values(), ids=PLANS)
def test_plans(text: str, expected: list[str]) -> None:
    assert [f"{event.start_date} {event.status}" for event in events_of(text)] == expected


def test_a_plan_is_not_out_of_the_reports_year() -> None:
    findings = report_of(f"{HEAD}来年准备：3月，建老年阅览室。\n").findings
    assert "date_out_of_year" not in {finding.code for finding in findings}


def test_a_cue_speaks_for_its_paragraph_only() -> None:
    text = "明年计划：建新馆。\n3月办展览。"
    assert cued_year(text, 7, 2014) == 2015
    assert cued_year(text, text.index("3月"), 2014) is None
    assert cued_year(text, 7, None) is None


def test_an_exhibition_lasts_as_long_as_it_says() -> None:
    event = events_of("3月5日，举办书画展，展期10天。")[0]
    assert (event.start_date, event.end_date) == (date(2014, 3, 5), date(2014, 3, 14))


# text of a report on 2014 → the days of its events
LISTED = {
    "days apart": ("3月5日、8日、12日，到三所小学送书。", ["03-05 03-05", "03-08 03-08", "03-12 03-12"]),
    "days of two months": ("1月26日、3月23日，举办故事会。", ["01-26 01-26", "03-23 03-23"]),
    "days that follow one another": ("6月18、19、20日，举办培训班。", ["06-18 06-20"]),
    "two dates that do": ("2月16日、2月17日，举办书展。", ["02-16 02-17"]),
    "days shared out": ("10月1日、2日，分别在广场和公园举办诗会。", ["10-01 10-01", "10-02 10-02"]),
    "days under a month": ("大事记\n3月\n16日、23日 举办讲座。", ["03-16 03-16", "03-23 03-23"]),
}


@pytest.mark.parametrize(("text", "expected"), LISTED.values(), ids=LISTED)
def test_listed_days(text: str, expected: list[str]) -> None:
    assert [f"{e.start_date:%m-%d} {e.end_date:%m-%d}" for e in events_of(text)] == expected


def test_how_many_came_on_listed_days_is_told_once() -> None:
    events = events_of("3月5日、9日，举办讲座，120人参加。")
    assert [event.participants for event in events] == [120, None]


def test_a_line_that_is_a_year_dates_the_entries_below_it() -> None:
    events = events_of("大事记\n2013年\n3月5日，办讲座。\n5月\n6日，开会。\n2014年\n1月5日，办书展。")
    assert [str(event.start_date) for event in events] == ["2013-03-05", "2013-05-06", "2014-01-05"]
