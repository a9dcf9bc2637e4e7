"""Who, when: small reports of many layouts, and the answers that a careful reader gives."""

from datetime import date

import pytest

from normalize.identity.identity import Identity, identify
from normalize.identity.library_names import library_names
from normalize.identity.report_period import period_of_title
from normalize.identity.signature import published


def read(text: str, title: str | None = None, source: str = "a.txt") -> Identity:
    """Identify a report; `title` is a line of the text."""
    at = text.index(title) if title else 0
    return identify(text, text, (at, at + len(title)) if title else None, source)


LIBRARIES = [  # title (a line of the text) or None, text, library
    (
        "2020年诸城市图书馆公共文化服务年报",
        "2020年诸城市图书馆公共文化服务年报\n2020年，市图书馆开展了活动。",
        "诸城市图书馆",
    ),
    (None, "一、醴陵市图书馆概况\n我馆馆藏丰富。\n湖南省图书馆学会表彰了我馆。", "醴陵市图书馆"),
    ("2016年工作总结", "2016年工作总结\n我馆接待读者十万人次。\n昌邑市图书馆\n2017年1月5日", "昌邑市图书馆"),
    ("二〇一四年歙县图书馆工作总结", "二〇一四年歙县图书馆工作总结\n县图书馆接待读者。", "歙县图书馆"),
    ("金 湖 县 图 书 馆2018年年报", "金 湖 县 图 书 馆2018年年报\n接待读者。", "金湖县图书馆"),
    ("苏州图书馆2015年度报告", "苏州图书馆2015年度报告\n苏州图书馆总分馆体系完善。", "苏州图书馆"),
    ("浙江图书馆年报", "浙江图书馆年报\n2015年，浙江图书馆服务读者。", "浙江图书馆"),
    ("首都图书馆2012年工作总结", "首都图书馆2012年工作总结\n本馆服务读者。", "首都图书馆"),
    ("沈阳市少年儿童图书馆工作总结", "沈阳市少年儿童图书馆工作总结\n市少儿图书馆举办活动。", "沈阳市少年儿童图书馆"),
    ("上海市浦东新区图书馆2016年总结", "上海市浦东新区图书馆2016年总结\n浦东新区图书馆开放。", "上海市浦东新区图书馆"),
    ("嘉道理图书馆2018年工作总结", "嘉道理图书馆2018年工作总结\n我馆开放。", "嘉道理图书馆"),
    ("海宁市嘉道理图书馆2018年工作总结", "海宁市嘉道理图书馆2018年工作总结\n我馆开放。", "海宁市嘉道理图书馆"),
    ("金陵图书馆年度报告", "金陵图书馆年度报告\n金陵图书馆开放。", "金陵图书馆"),
    ("恩施州图书馆2019年工作总结", "恩施州图书馆2019年工作总结\n州图书馆开放。", "恩施州图书馆"),
    ("鄂温克族自治旗图书馆总结", "鄂温克族自治旗图书馆总结\n旗图书馆开放。", "鄂温克族自治旗图书馆"),
    ("平江县2019年度图书馆工作总结", "平江县2019年度图书馆工作总结\n县图书馆开放。", "平江县图书馆"),
    ("大理州图书馆\n2013年工作总结", "大理州图书馆\n2013年工作总结\n开放。", "大理州图书馆"),
    ("免费开放工作总结", "免费开放工作总结\n太谷县图书馆\n为了做好免费开放工作，我馆高度重视。", "太谷县图书馆"),
    ("上海少年儿童图书馆2009年总结", "上海少年儿童图书馆2009年总结\n开放。", "上海少年儿童图书馆"),
    ("图书馆工作总结", "图书馆工作总结\n县图书馆开放。\n（休宁县图书馆  2013年1月10日）", "休宁县图书馆"),
    # others are named more often than the library itself
    (
        "2019年平湖市图书馆工作总结",
        "2019年平湖市图书馆工作总结\n与浙江图书馆合作，赴上海图书馆学习，赴嘉兴市图书馆交流，参加浙江图书馆培训。"
        "平湖市图书馆乍浦镇分馆开放，平湖市行知中学图书馆、24小时图书馆、数字图书馆建成。",
        "平湖市图书馆",
    ),
    # a branch reports: it is not its main library
    (
        "诸暨市图书馆枫桥分馆2018年工作总结",
        "诸暨市图书馆枫桥分馆2018年工作总结\n诸暨市图书馆支持，我馆开放。",
        "诸暨市图书馆枫桥分馆",
    ),
    (
        "枫桥分馆2018年工作总结",
        "枫桥分馆2018年工作总结\n诸暨市图书馆枫桥分馆开放。诸暨市图书馆送书，诸暨市图书馆支持。",
        "诸暨市图书馆枫桥分馆",
    ),
    ("2018年工作总结", "2018年工作总结\n我馆开放。\n诸暨市图书馆枫桥分馆\n2018年12月30日", "诸暨市图书馆枫桥分馆"),
    ("2018年工作总结", "2018年工作总结\n诸暨市图书馆枫桥分馆\n" + "我馆开放。\n" * 9, "诸暨市图书馆枫桥分馆"),
    ("金陵图书馆河西分馆2018年工作总结", "金陵图书馆河西分馆2018年工作总结\n我馆开放。", "金陵图书馆河西分馆"),
    ("诸暨市图书馆少儿分馆2018年工作总结", "诸暨市图书馆少儿分馆2018年工作总结\n我馆开放。", "诸暨市图书馆少儿分馆"),
    # the main library reports on its branches
    (
        "诸暨市图书馆2018年总分馆建设工作总结",
        "诸暨市图书馆2018年总分馆建设工作总结\n诸暨市图书馆枫桥分馆开放。",
        "诸暨市图书馆",
    ),
    ("诸暨市图书馆各镇乡分馆2018年总结", "诸暨市图书馆各镇乡分馆2018年总结\n开放。", "诸暨市图书馆"),
    ("诸暨市图书馆乡镇分馆2018年总结", "诸暨市图书馆乡镇分馆2018年总结\n开放。", "诸暨市图书馆"),
    ("诸暨市图书馆12个分馆2018年总结", "诸暨市图书馆12个分馆2018年总结\n开放。", "诸暨市图书馆"),
    ("诸暨市图书馆关于枫桥分馆开馆的总结", "诸暨市图书馆关于枫桥分馆开馆的总结\n2018年开放。", "诸暨市图书馆"),
    ("2018年总结", "2018年总结\n诸暨市图书馆\n开放。\n枫桥分馆\n店口分馆", "诸暨市图书馆"),
    # no title, no signature: the body alone, in which the province's library is a guest
    (
        None,
        "2015年，我馆开展免费开放。\n桐庐县图书馆现有馆藏三十万册。浙江图书馆的专家来馆。桐庐县图书馆举办讲座。\n"
        "桐庐县图书馆获评一级馆，浙江图书馆送来图书，浙江图书馆派员讲课。",
        "桐庐县图书馆",
    ),
    # short and full spellings are one library, under the one that weighs most
    ("2019年金湖县图书馆工作年报", "2019年金湖县图书馆工作年报\n金湖图书馆，金湖图书馆，金湖图书馆。", "金湖县图书馆"),
    ("工作总结", "江苏省金湖县图书馆\n工作总结\n金湖图书馆开放。", "江苏省金湖县图书馆"),
    # one mention, in the first words
    (
        None,
        "2015年，海盐县图书馆在县委、县政府的领导下，在浙江图书馆的指导下，我馆深入开展服务活动，取得了较好成绩。",
        "海盐县图书馆",
    ),
    (None, "2015年，在浙江图书馆的指导下，我馆深入开展服务活动，取得了较好的社会效果和成绩，读者满意。", None),
    # words that are places too
    (None, "我市新建图书馆一座，新建图书馆三层，城区图书馆两处，新建图书馆开放。", None),
    (None, "我馆工作总结。县图书馆服务读者，市图书馆学会表彰，国家图书馆专家来馆，湖南省图书馆学会。", None),
]


@pytest.mark.parametrize(("title", "text", "library"), LIBRARIES)
def test_library(title: str | None, text: str, library: str | None) -> None:
    found = read(text, title)
    assert found.library == library
    assert ("unknown_library" in [doubt.code for doubt in found.doubts]) == (library is None)


MARGINS = [  # title (a line of the text) or None, text, lines of headers and footers, library, title, year
    (None, "我馆全年开放。", ["霍山县图书馆2015年工作总结"], "霍山县图书馆", "霍山县图书馆2015年工作总结", 2015),
    (None, "我馆全年开放。", ["内部资料", "霍山县图书馆"], "霍山县图书馆", None, None),
    # the body goes before them
    ("诸城市图书馆2020年年报", "诸城市图书馆2020年年报\n开放。", ["霍山县图书馆2015年总结"],
     "诸城市图书馆", "诸城市图书馆2020年年报", 2020),
    (None, "2016年，诸城市图书馆开放。诸城市图书馆举办展览，诸城市图书馆接待读者。", ["霍山县图书馆"],
     "诸城市图书馆", None, 2016),
    ("年报", "年报\n我馆全年开放。", ["２０１５年霍山县图书馆总结"], "霍山县图书馆", "年报", None),
    (None, "我馆全年开放。", [], None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "margins", "library", "named", "year"), MARGINS)
def test_headers_and_footers_help_out(
    title: str | None, text: str, margins: list[str], library: str | None, named: str | None, year: int | None
) -> None:
    span = (text.index(title), text.index(title) + len(title)) if title else None
    found = identify(text, text, span, "a.docx", margins)
    assert (found.library, found.title, found.report_year) == (library, named, year)


BY_FILE_NAME = [
    ("reports/醴陵市图书馆2014年年报.docx", "醴陵市图书馆", 2014),
    ("2018金湖县图书馆.txt", "金湖县图书馆", 2018),
    ("嘉道理图书馆_2017.txt", "嘉道理图书馆", 2017),
    ("宁波市图书馆2016年/001_51e0efa8bb4cd46a.txt", None, None),  # a folder is no witness
    ("001_2014abcd51e0.txt", None, None),
    ("20140105.txt", None, None),
    ("县图书馆.txt", None, None),
]


@pytest.mark.parametrize(("source", "library", "year"), BY_FILE_NAME)
def test_the_file_name_helps_out(source: str, library: str | None, year: int | None) -> None:
    found = read("我馆全年开放，县图书馆接待读者十万人次。", source=source)
    assert (found.library, found.report_year) == (library, year)


YEARS = [  # title (a line of the text) or None, text, year
    ("2014年年报", "2014年年报\n2013年，2013年，2013年，2015年。", 2014),
    ("二〇一四年工作总结", "二〇一四年工作总结\n我馆", 2014),
    ("二○一四年度报告", "二○一四年度报告\n我馆", 2014),
    ("2014年度工作总结", "2014年度工作总结\n我馆", 2014),
    ("工作总结（2017年度）", "工作总结（2017年度）\n我馆", 2017),
    ("图书馆年报2013", "图书馆年报2013\n我馆", 2013),
    ("2020年工作总结及2021年工作计划", "2020年工作总结及2021年工作计划\n我馆", 2020),
    ("2021年工作思路和2020年工作总结", "2021年工作思路和2020年工作总结\n我馆", 2020),
    ("2021年工作计划", "2021年工作计划\n我馆", 2021),
    ("2019—2020年度工作报告", "2019—2020年度工作报告\n我馆", 2020),
    ("年报", "年报\n一、概况\n2016年工作总结\n我馆很忙。\n2017年工作计划\n2017年，2017年，2017年。", 2016),
    (None, "我馆成立于1930年，2010年改造。截止2014年12月31日馆藏75万册。2013年度先进单位。", 2014),
    (
        None,
        "始建于1956年，2009年新馆开放，自2011年免费开放以来人次大增。\n2018年，我馆共接待读者。2018年3月举办展览。",
        2018,
    ),
    (None, "我馆被评为2012年度先进、2012年度优秀、2012年度红旗单位。2013年，全馆同志努力。", 2013),
    (None, "2015年我馆举办讲座。较2014年增长，比2014年多，与2014年相比多。", 2015),
    (None, "我馆接待读者十万人次。\n诸城市图书馆\n2021年3月16日", 2020),
    (None, "2014年12 月 26日\n\n一、概况\n接待读者。", 2014),
    (None, "2020年，举办展览。\n五、下一步工作\n2021年，我馆将建分馆；2021年争取更多；2021年底完成。", 2020),
    (None, "我馆成立于1956年。", None),
    (None, "我馆全年开放。", None),
    (None, "2015年举办讲座。\n2016年举办展览。", None),
]


@pytest.mark.parametrize(("title", "text", "year"), YEARS)
def test_report_year(title: str | None, text: str, year: int | None) -> None:
    found = read(text, title)
    assert found.report_year == year
    assert ("unknown_year" in [doubt.code for doubt in found.doubts]) == (year is None)
    if year and not title:
        assert (found.period_start, found.period_end) == (date(year, 1, 1), date(year, 12, 31))


PERIODS = [
    ("金湖县图书馆2020年1-6月工作总结", 2020, date(2020, 1, 1), date(2020, 6, 30)),
    ("2020年1月至6月工作情况", 2020, date(2020, 1, 1), date(2020, 6, 30)),
    ("2016年上半年工作总结", 2016, date(2016, 1, 1), date(2016, 6, 30)),
    ("2016年度下半年工作总结", 2016, date(2016, 7, 1), date(2016, 12, 31)),
    ("2016年第一季度工作总结", 2016, date(2016, 1, 1), date(2016, 3, 31)),
    ("2016年四季度工作总结", 2016, date(2016, 10, 1), date(2016, 12, 31)),
    ("2016年2月工作简报", 2016, date(2016, 2, 1), date(2016, 2, 29)),
    ("2014年12月至2015年11月工作总结", 2015, date(2014, 12, 1), date(2015, 11, 30)),
    ("2019—2020年度报告", 2020, date(2019, 1, 1), date(2020, 12, 31)),
    ("2019年至2020年工作报告", 2020, date(2019, 1, 1), date(2020, 12, 31)),
    ("二〇一九年上半年总结", 2019, date(2019, 1, 1), date(2019, 6, 30)),
    ("2009-2010学年工作总结", 2010, date(2009, 1, 1), date(2010, 12, 31)),
    ("“十二五”工作总结（2011-2015年）", 2015, date(2011, 1, 1), date(2015, 12, 31)),
    ("2018年年报", 2018, date(2018, 1, 1), date(2018, 12, 31)),
    ("宜阳县图书馆工作汇报（2009.1—2009.12）", 2009, date(2009, 1, 1), date(2009, 12, 31)),
    ("工作汇报（2008.11-2009.10）", 2009, date(2008, 11, 1), date(2009, 10, 31)),
    ("工作汇报（2009.1-6）", 2009, date(2009, 1, 1), date(2009, 6, 30)),
    ("2018年13-15月工作总结", 2018, date(2018, 1, 1), date(2018, 12, 31)),
]


@pytest.mark.parametrize(("title", "year", "start", "end"), PERIODS)
def test_period(title: str, year: int, start: date, end: date) -> None:
    period = period_of_title(title)
    assert period is not None
    assert (period.year, period.start, period.end) == (year, start, end)


SIGNED = [
    ("2014年12 月 26日\n\n一、概况\n", date(2014, 12, 26)),
    ("概况\n开放。\n 诸城市图书馆\n\n2021年3月16日\n", date(2021, 3, 16)),
    ("概况\n开放。\n诸城市图书馆  2021年3月16日", date(2021, 3, 16)),
    ("概况\n开放。\n二〇二一年三月十六日", date(2021, 3, 16)),
    ("概况\n开放。\n（二〇二〇年十二月三十一日）", date(2020, 12, 31)),
    ("标题\n发布时间：2019-01-08\n概况\n", date(2019, 1, 8)),
    ("概况\n开放。\n2019.1.8", date(2019, 1, 8)),
    ("概况\n开放。\n二〇二一年三月", None),  # a month is no day
    ("概况\n开放。\n2021年2月30日", None),
    ("概况\n2021年3月16日举办讲座。", None),
    ("概况\n开放。\n\t2021年3月16日\n", None),  # a cell
    ("概况", None),
]


@pytest.mark.parametrize(("text", "day"), SIGNED)
def test_published(text: str, day: date | None) -> None:
    assert published(text) == day


NAMES = [
    ("与湖南省图书馆学会", []),
    ("《公共图书馆法》宣传，图书馆员培训", []),
    ("县图书馆、市图书馆、省图书馆、全市图书馆、我馆", []),
    ("醴陵市南门中学图书馆", []),
    ("醴陵市24小时自助图书馆", []),
    ("醴陵市图书馆左权分馆", ["醴陵市图书馆"]),
    ("杭州市余杭区图书馆和杭州图书馆", ["杭州市余杭区图书馆", "杭州图书馆"]),
    ("宁波市少儿图书馆", ["宁波市少儿图书馆"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_library_names(text: str, names: list[str]) -> None:
    assert [found.name for found in library_names(text)] == names


def test_title_is_kept_as_written() -> None:
    assert read("２０１８年年报\n开放", "２０１８年年报").title == "２０１８年年报"
    assert read("开放").title is None


IN_DOUBT = [  # new: title, text, whether the library is in doubt
    ("2019年工作总结", "2019年工作总结\n金湖县图书馆\n盱眙县图书馆\n两馆联合开放。", True),
    ("金湖县图书馆2019年工作总结", "金湖县图书馆2019年工作总结\n与盱眙县图书馆交换图书。\n盱眙县图书馆回访。", False),
    ("2019年工作总结", "2019年工作总结\n金湖县图书馆\n江苏省金湖县图书馆开放。\n金湖图书馆接待读者。", False),
]


@pytest.mark.parametrize(("title", "text", "said"), IN_DOUBT)
def test_two_libraries_named_alike_are_a_doubt(title: str, text: str, said: bool) -> None:
    assert ("library_in_doubt" in {doubt.code for doubt in read(text, title).doubts}) is said


def test_a_doubt_names_both_libraries() -> None:
    (doubt,) = read(IN_DOUBT[0][1], IN_DOUBT[0][0]).doubts
    assert "金湖县图书馆" in doubt.message
    assert "盱眙县图书馆" in doubt.message


@pytest.mark.parametrize(("title", "text", "library"), LIBRARIES)
def test_a_library_that_is_clear_is_in_no_doubt(title: str | None, text: str, library: str) -> None:
    assert "library_in_doubt" not in {doubt.code for doubt in read(text, title).doubts}
