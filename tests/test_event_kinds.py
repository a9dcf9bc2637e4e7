"""Kinds of happenings: which word of a telling decides, with the look-alikes of every kind."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from normalize.events.profile import profile_of
from schemas.event_kinds import EventKind, event_kinds, event_words

# kind → tellings without their date; all new, made after what reports of the genre tell
CASES: dict[str, tuple[str, ...]] = {
    "exhibition": (
        "我馆在一楼大厅举办“山水清音”书画作品展，展出作品90幅",
        "“乡愁”老照片展在分馆开展，参观者1200人次",
        "举行“翰墨飘香”书法展开幕式，县领导为展览剪彩",
        "联合县摄协推出“家乡四季”摄影展",
        "馆藏年画展开幕，同时向参展作者赠书50册",
        "县图书馆与博物馆联合举办非遗剪纸艺术展，并邀请传承人现场讲座",
        "“运河人家”图片巡展走进三所中学",
        "举办地方文献成果展暨座谈会",
        "举办迎新春书展，展出新书600种",
        "读书月期间，推出“笔墨丹青”扇面展",
    ),
    "lecture": (
        "邀请县医院专家在报告厅举办“秋冬养生”健康讲座，听众150人",
        "“河畔讲坛”第36讲开讲，主讲人为县志办退休编辑",
        "组织家庭教育报告会一场",
        "举办垃圾分类知识讲座，现场有奖问答",
        "青年作家读者见面会在总馆举行",
        "在社区开展法律知识宣讲活动",
        "我馆开展道德讲堂活动，职工30人参加",
        "举办国学公益讲座，并向听众赠送图书100册",
        "“名家讲坛”系列讲座之《诗词中的节气》在多功能厅举行",
    ),
    "training": (
        "举办全县农家书屋管理员培训班，120人参训",
        "暑期少儿书法班开课，招收学员40名",
        "举办图书捐赠与分编工作培训班",
        "“小小图书管理员”训练营开营",
        "选派2名馆员参加省馆举办的古籍修复研修班",
        "开展总分馆业务培训，各分馆30人参加",
        "举办为期三天的阅读推广人培训",
        "老年人智能手机公益课堂开班",
        "组织乡镇文化站长开展共享工程业务培训会",
    ),
    "contest": (
        "举办“我爱我家”少儿演讲比赛，评出一等奖2名",
        "全县“书香家庭”评选揭晓",
        "举行“书香校园”征文大赛颁奖仪式",
        "举办科普讲解大赛，42名选手参赛",
        "启动“读书伴我成长”征文活动",
        "举办“党史天天学”知识竞赛",
        "开展阅读之星评选活动",
        "组织亲子阅读知识竞答，60个家庭参加",
        "少儿绘画大赛阅读推广活动收到作品230件",
        "举行故事大王比赛，我馆选手获银奖",
    ),
    "reading_promotion": (
        "在文化广场举办世界读书日启动仪式，向学生赠书200册",
        "开展“绘本之夜”亲子阅读活动",
        "举行元宵猜灯谜活动，吸引读者800人",
        "“月满中秋”诗歌朗诵会在馆前广场举行",
        "开展图书漂流活动，投放图书500册",
        "第六届全民读书月启动",
        "举办故事会，30名小朋友听故事",
        "举办读书沙龙，邀请县作协主席与读者交流",
        "开展“书香伴我行”阅读推广活动，现场办证60张",
        "服务宣传周期间，上街发放宣传单3000份",
    ),
    "outreach": (
        "到河西村开展送书下乡活动，送去农技图书300册",
        "流动图书车开进工业园区，服务职工200人次",
        "组织文化志愿者到县福利院慰问老人，并为他们读报",
        "为驻地部队送书400册",
        "流动图书车走进三中校园",
        "参加全县科技文化卫生“三下乡”活动",
        "派车到高山小学，把500册绘本送到孩子们手中",
        "学雷锋小分队上街为市民解答借阅咨询",
        "为边远村小送去绘本600册，孩子们当场办起读书会",
    ),
    "donation": (
        "县作家协会向我馆捐赠图书320册",
        "接受旅外乡贤捐赠古籍15部",
        "在报告厅举行图书捐赠仪式，新华书店捐书1000册",
        "我馆向城东小学捐赠图书500册，并举办阅读分享会",
        "退休教师将自藏文史书籍200册无偿捐赠给我馆",
        "收到县政协赠送的文史资料60册",
        "向对口帮扶村赠书800册",
        "县企业家协会为我馆捐款5万元",
        "举行“爱心图书”捐赠仪式，省馆领导出席并讲话",
    ),
    "meeting": (
        "召开全县图书馆工作会议",
        "召开读者座谈会，听取读者对讲座和展览的意见",
        "馆理事会召开第三次全体会议",
        "召开年度总结表彰大会，表彰先进职工5名",
        "全市公共图书馆馆长联席会在我馆召开",
        "召开第七次评估定级动员会",
        "参加省图书馆学会年会，提交论文3篇",
        "与县档案局举行共建签约仪式",
        "召开捐赠工作协调会",
    ),
    "study": (
        "党支部组织党员集中学习党章",
        "开展“不忘初心”主题党日活动",
        "组织全体职工观看廉政教育片",
        "支部书记讲党课",
        "召开党史学习教育专题组织生活会",
        "全馆职工收看大会开幕式直播",
        "组织党员到烈士陵园重温入党誓词",
        "开展学习教育活动，全体党员参加",
        "支部召开主题党日学习会，会后参观廉政展览",
    ),
    "opening": (
        "滨河社区分馆揭牌",
        "新馆正式对外开放，当天接待读者3000人",
        "举行城北城市书房开馆仪式，并现场赠书",
        "少儿阅览室装修后正式开放",
        "第五家图书流通点在县看守所挂牌",
        "24小时自助图书馆建成并投入使用",
        "创建了老年大学分馆",
        "盲人阅览室启用",
        "新馆落成，省馆领导到场祝贺",
        "河东社区图书室阅读推广活动正式对外开放",
    ),
    "award": (
        "我馆被省文化厅评为“全民阅读先进单位”",
        "荣获全市少儿读书活动组织奖",
        "本馆荣获“巾帼文明岗”称号",
        "在全省业务竞赛中，我馆获得团体一等奖",
        "我馆选送的案例入选全国优秀阅读推广案例",
        "县妇联授予我馆“三八红旗集体”称号",
        "被中国图书馆学会授予“全民阅读示范基地”称号",
        "我馆获评国家一级图书馆",
    ),
    "collection": (
        "开展地方文献征集工作，走访民间收藏者20人",
        "完成年度图书采购招标工作",
        "面向全县征集抗战老照片",
        "启动家谱征集活动",
        "完成古籍普查登记，著录126部",
        "采购第二批新书3000册",
        "入藏《县志》影印本一套",
        "组织读者到书店选书荐购",
    ),
    "service": (
        "开通微信公众号",
        "自助办证机投入使用",
        "取消借书证工本费",
        "图书馆管理系统升级",
        "与市馆实现通借通还",
        "恢复开放少儿阅览区",
        "在阅览区安装朗读亭两台",
        "延长周末开放时间，每晚至九点",
        "电子阅览室更新电脑30台",
    ),
    "visit": (
        "省文化厅副厅长一行来馆调研总分馆建设",
        "县政协文史委来馆考察，并旁听了国学讲座",
        "馆长带队赴苏州图书馆学习考察",
        "市人大代表视察我馆免费开放工作",
        "邻县图书馆同行12人前来交流，随后参观了书画展",
        "省评估组到馆检查评估工作",
        "县委书记莅临我馆指导工作，参加了读书日启动仪式",
        "副县长到我馆检查消防安全",
        "外省图书馆代表团来访",
        "馆长一行前往省馆学习古籍修复培训经验",
    ),
    "other": (
        "因消毒杀虫闭馆三天",
        "完成书库搬迁工作",
        "新馆破土动工",
        "职工到林场植树",
        "屋面防水工程完工",
        "对书库进行了盘点",
        "总馆外墙维修",
        "公示了绩效工资实施办法",
        "与物业公司续签保洁合同",
        "读者座谈会上的建议逐条答复完毕",
    ),
}

# tellings with words of two kinds or more: what decides
DECIDED = {
    "the last word of a name, not the word before it": ("举办讲座知识竞赛", "contest"),
    "a ceremony is of what it opens": ("举行古籍特展开幕仪式", "exhibition"),
    "a ceremony is of what it rewards": ("举行征文比赛颁奖典礼", "contest"),
    "a training about donations": ("举办捐赠图书著录培训", "training"),
    "a visit that hears a lecture": ("省馆专家来馆考察，并旁听道德讲堂", "visit"),
    "a gift with reading beside it": ("向村小赠书300册，并开展亲子阅读", "donation"),
    "reading with a gift beside it": ("举行读书节启动仪式，向学生赠书300册", "reading_promotion"),
    "of two names joined the first": ("举行读书节开幕式暨征文颁奖仪式", "reading_promotion"),
    "reading promotion keeps a name with a deed": ("开展送书进校园阅读推广活动", "reading_promotion"),
    "reading promotion yields to a rarer name": ("开展故事大王比赛阅读推广活动", "contest"),
    "an award in a contest of others": ("在全市诵读大赛中荣获优秀组织奖", "award"),
    "a prize in a contest that is told": ("举办诵读大赛，我馆选手获得一等奖", "contest"),
    "what a word before «的» describes is not it": ("讲座的录像上传完毕", "other"),
    "what is watched is no happening of its own": ("全体职工观看大会开幕式", "study"),
    "a branch that opens, whatever it is for": ("城南阅读推广活动正式对外开放", "opening"),
    "what follows a semicolon is another thing": ("完成新馆搬迁；全年讲座不少于12场", "other"),
    "the sentence after, where the first tells nothing": ("来到城关中学。同学们报名听写大会", "contest"),
    "the occasion, where nothing else tells": ("服务宣传周期间，发放传单2000份", "reading_promotion"),
    "who was asked to come": ("邀请专家来馆，举办健康讲座", "lecture"),
    "of two acts the first": ("城南分馆揭牌，同日举办书画展", "opening"),
    "the way to where it was held": ("走进福利院，举办元宵灯谜会", "reading_promotion"),
    "an activity and no more": ("“七彩假期”系列活动启动", "reading_promotion"),
    "an activity of the house": ("开展职工健身活动", "other"),
    "a title without a word for award": ("被命名为全国古籍保护基地", "award"),
    "the work that a visitor sees": ("文化局局长到馆检查指导工作", "visit"),
    "what is seen of a service": ("迎接省厅免费开放督查", "visit"),
    "bought to be given": ("买了新书前往聋哑学校捐赠", "donation"),
    "a list and what it is": ("举办展板、图书、影片展播等系列读书活动", "reading_promotion"),
    "a list of contests": ("举办演讲、书法等多项比赛", "contest"),
    "a place that is set up": ("在看守所建立图书流通点，首批送书800册", "opening"),
    "a heading in brackets": ("【活动】 举办家庭知识竞赛", "contest"),
    "a purpose tells nothing": ("为迎接全省诵读大赛，我馆举办教师培训班", "training"),
}

LIMITS = {  # what a careful reader sees and these rules do not
    "the sense of a word": ("为读者修理雨伞200把", "service"),
    "a name of no known ending": ("“一城墨香”嘉年集举行", "reading_promotion"),
}


@pytest.mark.parametrize(("kind", "told"), [(kind, told) for kind, all_told in CASES.items() for told in all_told])
def test_a_telling_is_of_the_kind(kind: str, told: str) -> None:
    assert profile_of(told).kind == kind


@pytest.mark.parametrize(("told", "kind"), DECIDED.values(), ids=DECIDED)
def test_the_place_of_a_word_decides(told: str, kind: str) -> None:
    assert profile_of(told).kind == kind


@pytest.mark.xfail(strict=True, reason="known limits")
@pytest.mark.parametrize(("told", "kind"), LIMITS.values(), ids=LIMITS)
def test_limits(told: str, kind: str) -> None:
    assert profile_of(told).kind == kind


def test_every_kind_has_cases_enough() -> None:
    assert set(CASES) == set(event_kinds())
    assert min(map(len, CASES.values())) >= 8


def test_a_word_tells_one_kind_in_one_part() -> None:
    told = Counter(chain.from_iterable((*kind.aliases, *kind.deeds, *kind.signs) for kind in event_kinds().values()))
    assert [word for word, times in told.items() if times > 1] == []


@pytest.mark.parametrize("kind", event_kinds().values(), ids=lambda kind: kind.code)
def test_the_examples_of_a_kind(kind: EventKind) -> None:
    for text in kind.examples.yes:
        assert kind.code in {word.kind for word in event_words(text)}, text
    for text in kind.examples.no:
        assert kind.code not in {word.kind for word in event_words(text)}, text


@pytest.mark.parametrize("kind", event_kinds().values(), ids=lambda kind: kind.code)
def test_a_look_alike_holds_a_word_and_tells_nothing_itself(kind: EventKind) -> None:
    for text in kind.look_alikes:
        assert not any(word.start == 0 and word.end == len(text) for word in event_words(text)), text


# what makes a name anew every year, and what only looks like it
ENDINGS = [
    ("老照片展", "exhibition"),
    ("水仙花展开幕", "exhibition"),
    ("广泛开展", None),
    ("事业发展", None),
    ("展厅", None),
    ("踢毽子赛", "contest"),
    ("赛区", None),
    ("古筝班", "training"),
    ("晚班", None),
    ("班子", None),
    ("文化讲坛第8讲", "lecture"),
]


@pytest.mark.parametrize(("text", "kind"), ENDINGS)
def test_endings_of_names(text: str, kind: str | None) -> None:
    assert ({word.kind for word in event_words(text)} or {None}) == {kind}
