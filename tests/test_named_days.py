"""Named days and holidays, the lunar calendar, vacations, and words that point back at a date before them."""

from __future__ import annotations

from datetime import date

import pytest

from extract.dates import find_dates
from nianbao.find import find_dates as read_dates
from nianbao.pipeline import process
from normalize.values.holidays import holiday_days, lunar_day
from schemas.document import Block, Document
from schemas.holidays import holidays
from schemas.rows import ReportRows

# text → first and last day, exact; the days are those of printed calendars
EXACT = {
    (2014, "端午节当天"): "2014-06-02 2014-06-02",
    (2020, "端午节当天"): "2020-06-25 2020-06-25",
    (2014, "中秋节当晚"): "2014-09-08 2014-09-08",
    (2008, "农历八月十五"): "2008-09-14 2008-09-14",
    (2014, "正月十五"): "2014-02-14 2014-02-14",
    (2014, "农历三月初三"): "2014-04-02 2014-04-02",
    (2014, "农历九月初九"): "2014-10-02 2014-10-02",
    (2014, "大年初一至初七"): "2014-01-31 2014-02-06",
    (2014, "正月初八到十五"): "2014-02-07 2014-02-14",
    (2014, "腊月廿三"): "2014-01-23 2014-01-23",
    (2014, "除夕当天"): "2014-01-30 2014-01-30",
    (2015, "除夕当晚"): "2015-02-18 2015-02-18",
    (2014, "腊八节当天"): "2014-01-08 2014-01-08",
    (2014, "清明节当天"): "2014-04-05 2014-04-05",
    (2020, "清明当天"): "2020-04-04 2020-04-04",
    (2014, "冬至当天"): "2014-12-22 2014-12-22",
    (2014, "七夕当天"): "2014-08-02 2014-08-02",
    (2014, "世界读书日当天"): "2014-04-23 2014-04-23",
    (2014, "“六一”儿童节当天"): "2014-06-01 2014-06-01",
    (2014, "2013年国庆节当天"): "2013-10-01 2013-10-01",
    (2014, "去年端午节当天"): "2013-06-12 2013-06-12",
    # a year with a leap month, and the earliest and latest years of reports
    (2017, "中秋节当天"): "2017-10-04 2017-10-04",
    (1995, "端午节当天"): "1995-06-02 1995-06-02",
    (2026, "元宵节当天"): "2026-03-03 2026-03-03",
}

APPROXIMATE = {
    (2014, "春节期间"): "2014-01-30 2014-02-06",
    (2014, "2015年春节期间"): "2015-02-18 2015-02-25",
    (2014, "“五一”期间"): "2014-05-01 2014-05-03",
    (2014, "今年“十一”黄金周"): "2014-10-01 2014-10-07",
    (2014, "国庆长假期间"): "2014-10-01 2014-10-07",
    (2014, "国庆节前后"): "2014-09-28 2014-10-10",
    (2014, "元宵节前夕"): "2014-02-07 2014-02-13",
    (2014, "中秋、国庆期间"): "2014-09-08 2014-10-07",
    (2014, "端午小长假"): "2014-06-02 2014-06-04",
    (2014, "世界读书日期间"): "2014-04-20 2014-04-26",
    (2014, "寒假期间"): "2014-01-11 2014-02-15",
    (2014, "暑假期间"): "2014-07-10 2014-08-31",
    (2014, "2013年暑期期间"): "2013-07-10 2013-08-31",
}

# alone where a time stands: at the head of a clause, before who did what; the State Council's holidays are doubtful
ALONE = {
    (2014, "元旦", "举办迎春书市。"): "2014-01-01 approximate_date",
    (2014, "元旦", "，我馆照常开放。"): "2014-01-01 approximate_date",
    (2014, "2015年元旦", "开放新馆。"): "2015-01-01 approximate_date",
    (2014, "春节", "我馆照常开放。"): "2014-01-31 approximate_date",
    (2014, "今年国庆", "邀请读者座谈。"): "2014-10-01 approximate_date",
    (2014, "“五一”", "全馆职工加班。"): "2014-05-01 approximate_date",
    (2014, "端午节", "，举办诗会。"): "2014-06-02 approximate_date",
    (2014, "中秋", "组织赏月。"): "2014-09-08 approximate_date",
    (2014, "清明", "组织扫墓。"): "2014-04-05 approximate_date",
    (2014, "元宵节", "举办灯谜会。"): "2014-02-14",
    (2014, "元宵节晚上", "，猜灯谜。"): "2014-02-14",
    (2014, "“三八”妇女节", "，本馆放假半天。"): "2014-03-08",
    (2014, "植树节", "全体职工上山。"): "2014-03-12",
    (2014, "世界读书日", "，我馆发放书签。"): "2014-04-23",
    (2014, "“六一”儿童节", "我馆向小学送书。"): "2014-06-01",
    (2014, "六一", "与幼儿园联欢。"): "2014-06-01",
    (2014, "“六一”节", "，我馆办展。"): "2014-06-01",
    (2014, "“八一”建军节", "走访消防中队。"): "2014-08-01",
    (2014, "“七一”", "召开党员大会。"): "2014-07-01",
    (2014, "教师节", "慰问教师。"): "2014-09-10",
    (2014, "重阳节", "，为老人读报。"): "2014-10-02",
    (2014, "腊八节", "组织施粥。"): "2014-01-08",
    (2014, "国家宪法日", "开展宣传。"): "2014-12-04",
    (2016, "全民国家安全教育日", "，我馆设展板。"): "2016-04-15",
    (2014, "学雷锋纪念日", "组织义务劳动。"): "2014-03-05",
    (2014, "消费者权益日", "设咨询台。"): "2014-03-15",
    (2014, "世界环境日", "举办展览。"): "2014-06-05",
    (2014, "国际禁毒日", "，开展宣传。"): "2014-06-26",
    (2014, "全民健身日", "组织登山。"): "2014-08-08",
    (2014, "国家公祭日", "，全馆默哀。"): "2014-12-13",
    (2014, "国际志愿者日", "表彰志愿者。"): "2014-12-05",
    (2014, "重阳节", "送书到敬老院。"): "2014-10-02",
    (2020, "农民丰收节", "送书下乡。"): "2020-09-22",
}
TWO = {  # names joined that have a word of time
    "元旦、春节期间": "2014-01-01 2014-02-06",
    "元旦至春节期间": "2014-01-01 2014-02-06",
    "春节至元宵节期间": "2014-01-30 2014-02-17",
}

NO_DAY = [
    *["元旦晚会", "举办元旦晚会", "春节联欢会", "五一路分馆", "八一小学送书", "三八红旗手", "六一居举办展览"],
    *["庆六一，迎端午", "喜迎国庆，我馆布展", "围绕世界读书日，我馆办展", "每年元旦，我馆放假", "每逢春节举办灯会"],
    *["春节、元宵节，我馆放假", "元旦、春节举办", "国庆征文", "七一表彰大会", "中秋是传统节日", "位于八一，我馆"],
    *["二七一举办", "一六一组织", "读者三八举办", "重阳节目开展", "五四学社", "学雷锋纪念日活动", "世界读书日主题"],
    *["端午节主题活动", "春节联欢会", "元宵节猜灯谜", "五一劳动奖章", "三八红旗手", "清明上河图", "暑期班", "寒假作业"],
    *["每逢春节期间", "每年国庆期间", "历年暑假期间", "每年正月十五"],
    *["春节、元宵、中秋期间", "春节、清明、端午等节日期间", "寒暑假期间"],  # several at once are no one period
]


@pytest.mark.parametrize(("when", "days"), EXACT.items())
def test_a_day_named_is_its_day_of_the_year(when: tuple[int, str], days: str) -> None:
    year, text = when
    (found,) = read_dates(text, year)
    assert (f"{found.first} {found.last}", found.raw, found.findings) == (days, text, ())


@pytest.mark.parametrize(("when", "days"), APPROXIMATE.items())
def test_what_is_near_a_holiday_is_approximate_and_said_so(when: tuple[int, str], days: str) -> None:
    year, text = when
    (found,) = read_dates(text, year)
    assert (f"{found.first} {found.last}", found.raw, found.findings) == (days, text, ("approximate_date",))


@pytest.mark.parametrize(("when", "day"), ALONE.items())
def test_a_name_alone_is_its_day_where_a_time_stands(when: tuple[int, str, str], day: str) -> None:
    year, name, told = when
    (found,) = read_dates(name + told, year)
    assert found.first == found.last
    assert (" ".join([f"{found.first}", *found.findings]), found.raw) == (day, name)
    (after,) = read_dates(f"全馆努力。{name}{told}", year)
    assert after.raw == name
    (item,) = read_dates(f"活动：\n1、{name}{told}", year)
    assert item.raw == name


@pytest.mark.parametrize(("text", "days"), TWO.items())
def test_two_holidays_together(text: str, days: str) -> None:
    (found,) = read_dates(text, 2014)
    assert (f"{found.first} {found.last}", found.raw, found.findings) == (days, text, ("approximate_date",))


@pytest.mark.parametrize("text", NO_DAY)
def test_a_name_alone_and_what_recurs_are_no_date(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize("code", holidays())
def test_a_holiday_keeps_to_its_examples(code: str) -> None:
    holiday = holidays()[code]
    assert holiday.examples.yes
    assert holiday.examples.no
    assert all(len(read_dates(text, 2014)) == 1 for text in holiday.examples.yes)
    assert not any(read_dates(text, 2014) for text in holiday.examples.no)


# text → the last date read
POINTING_BACK = {
    "5月3日开馆。同月8日办班": "2014-05-08 2014-05-08",
    "2013年5月3日开馆，当月20日闭馆": "2013-05-20 2013-05-20",
    "5月3日至6月2日展出，同月5日至9日撤展": "2014-06-05 2014-06-09",
    "5月3日开馆。同月，办班3期": "2014-05-01 2014-05-31",
    "5月3日开馆，当月下旬办班": "2014-05-21 2014-05-31",
    "5月31日开展，次日结束": "2014-06-01 2014-06-01",
    "12月31日闭馆，翌日开放": "2015-01-01 2015-01-01",
    "5月18日举办开放日。当天，到馆千人": "2014-05-18 2014-05-18",
    "6月1日至3日巡展。当日，签约": "2014-06-03 2014-06-03",
    "5月3日开馆，活动当天人多": "2014-05-03 2014-05-03",  # of the activity: leads no clause
    "农历五月初五包粽子，次日送粽": "2014-06-02 2014-06-02",  # no arithmetic on lunar days
}


@pytest.mark.parametrize(("text", "days"), POINTING_BACK.items())
def test_a_word_that_points_back(text: str, days: str) -> None:
    last = read_dates(text, 2014)[-1]
    assert f"{last.first} {last.last}" == days


def test_a_word_far_from_the_last_date_points_at_nothing() -> None:
    assert len(read_dates("5月3日开馆。" + "书香满城，" * 70 + "同月8日办班", 2014)) == 1


def _rows(*lines: str) -> ReportRows:
    text, blocks, at = "\n".join(lines), [], 0
    for number, line in enumerate(lines, start=1):
        blocks.append(Block(at, at + len(line), number))
        at += len(line) + 1
    return process(Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks)))


def test_a_holiday_is_the_period_of_a_number_with_a_finding() -> None:
    rows = _rows("某县图书馆2014年工作总结", "春节期间，接待读者3200人次。")
    (fact,) = (fact for fact in rows.facts if fact.value == 3200)
    assert (fact.period_start, fact.period_end) == (date(2014, 1, 30), date(2014, 2, 6))
    assert [row.code for row in rows.findings if row.code == "approximate_date"] == ["approximate_date"]
    assert rows.events == ()  # no stated day, so no dated happening


def test_a_named_day_dates_a_happening_and_a_theme_does_not() -> None:
    rows = _rows("某县图书馆2014年工作总结", "端午节当天，我馆举办包粽子比赛。", "本年还举办了中秋节主题活动。")
    assert [(row.start_date, row.date_text) for row in rows.events] == [(date(2014, 6, 2), "端午节当天")]


def test_a_name_alone_dates_a_happening() -> None:
    rows = _rows(
        "某县图书馆2014年工作总结",
        "元旦举办迎春书市三天，售书200册。",
        "清明组织职工扫墓，20人参加。",
        "“六一”节，我馆办展。",
    )
    assert [(row.start_date, row.end_date, row.date_text) for row in rows.events] == [
        (date(2014, 1, 1), date(2014, 1, 3), "元旦"),
        (date(2014, 4, 5), date(2014, 4, 5), "清明"),
        (date(2014, 6, 1), date(2014, 6, 1), "“六一”节"),
    ]
    assert [row.code for row in rows.findings if row.code == "approximate_date"] == ["approximate_date"] * 2


def test_a_name_alone_after_the_library() -> None:
    rows = _rows("某县图书馆2014年工作总结", "我馆于重阳节组织老年读者座谈，30人参加。", "读者在元旦晚会上表演。")
    assert [(row.start_date, row.participants) for row in rows.events] == [(date(2014, 10, 2), 30)]


def test_a_lunar_day_of_another_year_is_flagged() -> None:
    rows = _rows("某县图书馆2014年工作总结", "5月4日，办展。", "2013年除夕当天，我馆举办联欢会。")
    assert [str(row.start_date) for row in rows.events] == ["2014-05-04", "2013-02-09"]


def test_years_outside_the_lunar_calendar_are_not_known() -> None:
    assert lunar_day(1850, 1, 1) is None
    assert holiday_days("春节期间", 2300) is None
    assert holiday_days("清明期间", 2300) is None
    assert holiday_days("春节晚会", 2014) is None
