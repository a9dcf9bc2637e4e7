"""What numbers mean: cases in our own sentences, with the history of each list.

Every case is a text, the number asked about as it is written, and what a careful reader says of it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from extract.extraction import extract
from extract.plain_text import blocks
from normalize.checks.arithmetic import changes_beside_values, sums_of_parts, tables_against_text
from normalize.checks.restatements import with_restatements
from normalize.facts.facts import read_facts
from normalize.facts.reading import Reading
from schemas.document import Document
from schemas.rows import FactRow

YEAR = 2014

# the first list, written with the rules
new: list[tuple[str, str, dict[str, Any]]] = [
    ("截至2014年12月31日，全馆藏书12万册。", "12万册", {"metric": "collection_total", "period_start": "2014-12-31"}),
    ("截至11月20日，共征集地方文献45种。", "45种", {"period_start": "2014-01-01", "period_end": "2014-11-20"}),
    ("自3月起改造书库，截至9月30日共搬运图书3万册。", "3万册", {"period_end": "2014-09-30"}),
    ("全年接待读者21万人次，比上年增长8%。", "8%", {"metric": "visits", "measure": "rate"}),
    ("全年接待读者21万人次，其中少儿占38%。", "38%", {"metric": None, "measure": "share"}),
    ("每月更新电子图书200册。", "200册", {"metric": "acquisitions_ebooks", "aggregation": "per_event"}),
    ("暑期到馆读者日均900人次。", "900人次", {"metric": "visits", "aggregation": "daily_mean"}),
    ("到馆读者最多的一天达2100人次。", "2100人次", {"metric": "visits", "aggregation": "peak"}),
    ("阅览室增加了小书桌12张。", "12张", {"measure": "increase", "metric": None}),
    ("阅览室增加了书架6组、小书桌12张。", "12张", {"measure": "increase"}),
    ("计划新建分馆3个。", "3个", {"metric": "service_points_added", "status": "planned"}),
    ("今年新建分馆3个。", "3个", {"metric": "service_points_added", "status": "actual"}),
    ("书画院捐出字画20件，我馆将其送到各分馆展出。", "20件", {"status": "actual"}),
    ("5月8日，我馆为养老院送书200册。", "200册", {"scope": "event", "metric": None, "period_start": "2014-05-08"}),
    ("青石桥书房位于南门，面积260平方米，可容纳50人。", "260平方米", {"scope": "branch", "metric": None}),
    ("馆长一名，副馆长2名。", "2名", {"metric": "deputy_directors"}),
    ("订购期刊120种，报纸45种。", "45种", {"metric": "newspaper_subscriptions"}),
]

# readings that were wrong on a report and are right now
met_in_the_wild: list[tuple[str, str, dict[str, Any]]] = [
    ("收集地方文献10多种（60余册）。", "60余册", {"metric": "local_documents_acquired"}),
    ("做了一块6米长,4.5米宽的展板。", "4.5米", {"scope": "other"}),
    ("利用“五月宣传周”开展读者活动8场。", "8场", {"period_start": "2014-01-01", "metric": "activities"}),
    ("本馆综合外借室办理新证456个。", "456个", {"metric": "cards_issued"}),
    ("全年接待读者32万人次，比2013年的28万人次增长14%。", "28万人次", {"metric": "visits"}),
    ("全年接待读者32万人次，比2013年的28万人次增长14%。", "14%", {"metric": "visits", "measure": "rate"}),
    ("总藏量46万册，其中古籍1.3万册，地方文献3260种。", "3260种", {"metric": "collection_local_documents"}),
    ("征集地方文献210种，其中族谱38部。", "38部", {"metric": None}),
    ("共有图书流通点47个，其中今年新建8个。", "8个", {"metric": "service_points_added"}),
    ("图书流通2.5万册次,读者3万人次,办证420个。", "3万人次", {"metric": "visits"}),
    ("推出“虚拟阅读”体验活动，吸引200人。", "200人", {"status": "actual"}),
    ("各分馆藏书参差不齐，总分馆藏书已达100万册。", "100万册", {"metric": "collection_total", "scope": "institution"}),
    ("要服务全县20多万群众，任务不轻。", "20多万", {"scope": "other"}),
    ("全区建有乡镇（街道）图书馆18个。", "18个", {"metric": "township_libraries"}),
    # no code of the first vocabulary; the second has one for it
    ("文献购置按人口算，人均购书费0.5元。", "0.5元", {"metric": "acquisition_spending_per_capita"}),
    ("流动图书车出车40次，受益群众数千人次。", "数千人次", {"metric": "outreach_participants"}),
]

# known wrong once, on reports of our own and on public ones
PLANLIKE = "一、2014年工作要点\n（一）完成了流通网点的布局，已建成分馆6个。\n（二）全年共接待读者12万人次。\n"
known_wrong_once: list[tuple[str, str, dict[str, Any]]] = [
    (PLANLIKE, "6个", {"status": "actual", "period_start": "2014-01-01"}),
    (PLANLIKE, "12万人次", {"status": "actual"}),
    ("二、2014年工作要点\n举办讲座20场。\n接待读者12万人次。\n", "12万人次", {"status": "planned"}),
    ("二、下一步打算\n今年已建成分馆2个。\n已购书1000册。\n接待读者9万人次。\n", "9万人次", {"status": "planned"}),
    ("来年准备：新建分馆3个，购书2000册。", "2000册", {"status": "planned", "period_start": "2015-01-01"}),
    ("明年购书2000册，办讲座10场。", "2000册", {"status": "planned", "period_start": "2015-01-01"}),
    ("为明年的评估打下基础，全年购书2000册。", "2000册", {"status": "actual"}),
    ("来年准备：流通点由现在的4个发展到8个。", "4个", {"status": "actual", "metric": "service_points"}),
    ("来年准备：流通点由现在的4个发展到8个。", "8个", {"status": "planned", "metric": "service_points"}),
    ("馆员68人，其中正高1人，副高7人，中级29人。", "68人", {"metric": "staff"}),
    ("专业人员中有副研究馆员2人、馆员9人。", "9人", {"metric": "staff_intermediate_titles"}),
    ("“蓝天网吧”周末人多，日均接待130人次。", "130人次", {"metric": None}),
    ("“蓝天网吧”周末人多，全年接待读者13万人次。", "13万人次", {"metric": "visits"}),
    ("日均到馆900人次，5月1日创下单日3100人次的纪录。", "3100人次", {"metric": "visits", "aggregation": "peak"}),
    ("入馆12.4万人次，其中三季度日均520人次。", "520人次", {"metric": "visits", "aggregation": "daily_mean"}),
    ("到馆8万人次，上半年4.4万人次，下半年3.6万人次。", "3.6万人次", {"metric": "visits"}),
    ("到馆8万人次，同比下降6%，上年同期为8.5万人次。", "8.5万人次", {"metric": "visits"}),
    ("某农场自办图书室，藏书合计3万册。", "3万册", {"scope": "other", "metric": None}),
    ("某农场自办图书室，我馆为其代编目录2000条。", "2000条", {"scope": "institution"}),
    ("全县14个乡镇设有图书室。", "14个", {"scope": "other"}),
    ("乡镇分馆19个，平均每馆存书3200册。", "3200册", {"scope": "branch"}),
    ("“小小馆长”训练营每周六开营，共8期，60名少年结业。", "60名", {"scope": "event"}),
    ("为安全生产办消防讲座2次。", "2次", {"metric": None}),
    ("办了十五次培训，有20多名管理员完成培训。", "20多名", {"metric": "training_participants"}),
]

# a sum that names nothing is the price of what was bought; what is worth so much was not paid
PAID = "expenditure_acquisitions"
known_wrong_once += [
    ("新增图书3000册，金额4万8千元。", "4万8千元", {"metric": PAID}),
    ("采购图书3200种、8600册，总金额12万余元。", "12万余元", {"metric": PAID}),
    ("订购报刊210种，金额达4.2万元。", "4.2万元", {"metric": PAID}),
    ("征订报纸58种、期刊160种，报刊款5.6万元。", "5.6万元", {"metric": PAID}),
    ("购书3200册，码洋28万元，实洋19.6万元。", "19.6万元", {"metric": PAID}),
    ("购书3200册，码洋28万元，实洋19.6万元。", "28万元", {"metric": None}),
    ("新增图书3000册，价值6万元。", "6万元", {"metric": None}),
    ("某出版社捐书2000册，金额5万元。", "5万元", {"metric": None}),
    ("接受捐赠图书2000册，价值5万元。", "5万元", {"metric": None}),
    ("购置书架20组，金额2.4万元。", "2.4万元", {"metric": None}),
    ("购书3000册，购置书架20组，金额2.4万元。", "2.4万元", {"metric": None}),
    ("剔除旧书1.2万册，总金额8万元。", "8万元", {"metric": None}),
    ("金额4万8千元。", "4万8千元", {"metric": None}),
    ("购书3000册。金额4万8千元。", "4万8千元", {"metric": None}),
    ("丢失图书32册，收赔书款860元。", "860元", {"metric": None}),
    ("获捐图书3000册。", "3000册", {"metric": "donations_received"}),
    ("为贫困学生捐书500册。", "500册", {"metric": None}),
]
known_wrong_once += [
    ("2015 年目标：总流通45万人次，外借40万册次。", "40万册次", {"status": "planned"}),
    ("新办证600个，比08年多办了150个。", "150个", {"metric": "cards_issued", "measure": "increase"}),
    ("新增藏量:9860册(件)。", "9860册(件)", {"metric": "acquisitions_books"}),
    ("总分馆每周开放66小时，各分馆每周开放42小时。", "66小时", {"metric": "opening_hours_per_week"}),
    ("总馆每周开放66小时，各分馆每周开放42小时。", "42小时", {"metric": None}),
    ("春节将至，我馆走访困难职工3户。", "3户", {"status": "actual", "period_start": "2014-01-01"}),
    ("全年闭馆68天，实际开放297天。", "297天", {"metric": "days_open"}),
    ("剔除破损图书六百余册。", "六百余册", {"metric": "withdrawals"}),
    ("屋顶漏雨面积达100平方米。", "100平方米", {"metric": None}),
    ("藏量:总藏38.2万册。", "38.2万册", {"metric": "collection_total"}),
    ("有效借书证2.86万个，本年新增 4120个。", "4120个", {"metric": "cards_issued"}),
    ("财政拨款412万元，比上年增36万元。", "36万元", {"metric": "funding", "measure": "increase"}),
    ("新建农家书屋89家，每家配书1500册、报刊20种、光盘100张。", "20种", {"metric": None, "scope": "branch"}),
]
PER_WEEK = "opening_days_per_week"
known_wrong_once += [
    ("外借室每周五天开放。", "五天", {"metric": PER_WEEK, "aggregation": "total"}),
    ("本馆每周七天对外开放。", "七天", {"metric": PER_WEEK}),
    ("每周闭馆一天，其余六天开放。", "六天", {"metric": PER_WEEK}),
    ("每周五个半天开放。", "五个", {"metric": None}),
    ("电子阅览室每周六、日两天开放。", "两天", {"metric": None}),
]

# wrong on public reports that were read for trial, told in our own words
met_in_public_reports: list[tuple[str, str, dict[str, Any]]] = [
    ("添了给服务器降温的空调一台。", "一台", {"metric": None}),
    ("装订期刊合订本640册，报纸合订本380册。", "380册", {"metric": "serials_bound"}),
    ("购置期刊216种，报纸32种。", "216种", {"metric": "journal_subscriptions"}),
    ("播放电影18场，观众700人。", "700人", {"metric": None}),
    ("举办画展3次，观众700人。", "700人", {"metric": "exhibition_visitors"}),
    ("职工外出培训18人次。", "18人次", {"metric": None}),
    ("接待上网读者6100人。", "6100人", {"metric": None}),
    ("采编部全年采购新书9400册，录入图书7200册。", "7200册", {"metric": None}),
    ("采编部全年采购新书9400册，录入图书7200册。", "9400册", {"metric": "acquisitions_books"}),
    ("先后设立了4个流通服务点。", "4个", {"metric": "service_points_added"}),
    ("截至年底到馆人次26.4万，外借册次18.2万。", "18.2万", {"metric": "loans"}),
    ("举办讲座、沙龙等文化活动170场。", "170场", {"metric": "activities"}),
    ("馆藏图书、期刊等文献32万册。", "32万册", {"metric": "collection_total"}),
    ("争取到省里的农家书屋项目270个。", "270个", {"status": "actual"}),
    ("争取到2015年底建成农家书屋270个。", "270个", {"status": "planned"}),
]

# wrong on reports of other provinces (1999 to 2025), told in our own words
PLAN = "永宁县图书馆2014年工作计划\n一、业务工作\n购书2000册，办证300个。\n"
DRAWING = "二、画展\n我馆在大厅展出画作60幅。此次画展吸引市民900人，现场办证25个。\n"
met_in_other_provinces: list[tuple[str, str, dict[str, Any]]] = [
    ("举办讲座24场，参与3200人次。", "3200人次", {"metric": "lecture_participants"}),
    ("举办展览6场，惠及群众1.2万人次。", "1.2万人次", {"metric": "exhibition_visitors"}),
    ("办班8期，学员600人次；讲座9场，受众1500人。", "1500人", {"metric": "lecture_participants"}),
    ("举办讲座9场、展览6场，共吸引市民4000人次。", "4000人次", {"metric": "activity_participants"}),
    ("举办展览6场，2400人次参观。", "2400人次", {"metric": "exhibition_visitors"}),
    ("举办讲座9场，全年接待读者5万人次。", "5万人次", {"metric": "visits"}),
    ("征集家谱12部，服务群众300人次。", "300人次", {"metric": None}),
    (PLAN, "2000册", {"status": "planned", "period_start": "2014-01-01"}),
    (PLAN, "300个", {"status": "planned", "period_start": "2014-01-01"}),
    (PLAN.replace("计划", "总结"), "2000册", {"status": "actual"}),
    ("计划购书2000册，办证300个。", "300个", {"period_start": "2015-01-01"}),
    ("2015年打算：购书2000册。办讲座10场。", "10场", {"status": "planned", "period_start": "2015-01-01"}),
    ("明年，要完成以下任务：\n1、购书2000册。\n2、办证500个。", "500个", {"status": "planned"}),
    ("2014年，主要做了：\n1、购书2000册。\n2、办证500个。", "500个", {"status": "actual"}),
    ("藏书3万册，要增加到5万册。", "5万册", {"measure": "level"}),
    ("我馆将活动安排通过报纸公布，贴海报60张。", "60张", {"status": "actual"}),
    (DRAWING, "900人", {"scope": "event", "metric": None}),
    (DRAWING, "25个", {"scope": "event", "metric": None}),
    ("此次活动后，我馆全年办证600个。", "600个", {"scope": "institution", "metric": "cards_issued"}),
    ("建成农家书屋86家，每家配有图书1500册、期刊20种。", "20种", {"scope": "branch", "metric": None}),
    ("帮助4个乡镇文化站建起图书室。", "4个", {"metric": None}),
    ("购书经费不足，每年仅有3万元。", "3万元", {"metric": "expenditure_acquisitions"}),
    ("到馆读者6万人次；日均180人次。", "180人次", {"metric": "visits", "aggregation": "daily_mean"}),
    ("流动图书车下乡36趟，借还图书1.2万册。", "1.2万册", {"metric": "outreach_volumes"}),
    ("新增读者证3000张，累计有效读者4.2万人。", "4.2万人", {"metric": "registered_users"}),
    ("新建分馆5所，分馆总数达23所。", "23所", {"metric": "branches"}),
    ("全年发展读者860人。", "860人", {"metric": "cards_issued"}),
    ("取消了办证工本费等3项收费。", "3项", {"metric": None}),
    ("订购报纸18种；期刊64种。", "64种", {"metric": "journal_subscriptions"}),
    ("采购图书6.2万元，设备3.5万元。", "6.2万元", {"metric": "expenditure_acquisitions"}),
    ("电子资源访问量62万次，下载量18万篇次。", "62万次", {"metric": "digital_visits"}),
    ("电子资源访问量62万次，下载量18万篇次。", "18万篇次", {"metric": "ebook_uses"}),
    ("到馆外服务网点送书9次，流通3200册。", "3200册", {"metric": "branch_circulated_volumes"}),
    ("古籍126册全部登记入库。", "126册", {"metric": "collection_rare_books"}),
    ("表彰书香人家，为荣获称号的12个家庭颁发奖牌。", "12个", {"metric": None}),
    ("县里拨地新建3000平方米图书馆楼一幢。", "3000平方米", {"metric": "floor_area"}),
    ("通过捐赠、交换收藏地方文献31种。", "31种", {"metric": "local_documents_acquired"}),
    ("现有人员12人。", "12人", {"metric": "staff"}),
    ("乡镇文化站图书室18个，社区图书室24个。", "18个", {"metric": "township_libraries"}),
    ("乡镇文化站图书室18个，社区图书室24个。", "24个", {"metric": "service_points"}),
    ("全年在报刊、网站发表信息60篇。", "60篇", {"metric": "media_reports"}),
    ("访问量18万次，电子书阅读4.2万次。", "4.2万次", {"metric": "ebook_uses"}),
    ("电子图书阅读推广活动4次。", "4次", {"metric": "activities"}),
    ("馆藏图书9万册，报纸合订本6000册。", "6000册", {"metric": "collection_serials"}),
    ("修补报纸合订本60册。", "60册", {"metric": None}),
    ("全年365天开放。", "365天", {"metric": "days_open"}),
    ("办证1200张，比2012年翻了一番。", "翻了一番", {"period_start": "2014-01-01", "baseline_start": "2012-01-01"}),
    ("接待中小学生参观20批1800人次。", "1800人次", {"metric": None}),
    ("流通人次8.6万，册次12万。", "12万", {"metric": "loans"}),
    ("微信粉丝4200人，推送微信210条。", "210条", {"metric": "posts"}),
]

# wrong on made reports of four provinces (2003 to 2022), whose answers were written first
met_in_county_reports: list[tuple[str, str, dict[str, Any]]] = [
    ("到馆4.1万人次，为2013年的七成；外借文献12万册次。", "七成", {"metric": "visits", "measure": "rate"}),
    ("有效读者证6480张，当年新增1015张。", "1015张", {"metric": "cards_issued", "measure": "level"}),
    ("馆外流通点共有47个，本年新增8个。", "8个", {"metric": "service_points_added", "measure": "level"}),
    ("总藏量9.5万册，新增4200册。", "4200册", {"metric": "acquisitions_books"}),
    ("总藏量9.5万册，同比净增4200册。", "4200册", {"metric": "collection_total", "measure": "increase"}),
    ("城川镇分馆全年接待读者3200人次，外借2100册次。", "3200人次", {"metric": None, "scope": "branch"}),
    ("城川镇分馆全年接待读者3200人次，外借2100册次。", "2100册次", {"metric": None, "scope": "branch"}),
    ("官湖分馆开放首月即接待1800人次，办证150张。", "150张", {"metric": None, "scope": "branch"}),
    ("乡镇分馆全年接待读者3.2万人次。", "3.2万人次", {"scope": "institution"}),
    ("全馆外借12万册次，城川镇分馆外借2100册次。", "12万册次", {"metric": "loans", "scope": "institution"}),
    ("城川镇分馆外借2100册次；全馆外借12万册次。", "12万册次", {"metric": "loans", "scope": "institution"}),
    ("城川镇分馆外借2100册次。到馆4.1万人次。", "4.1万人次", {"metric": "visits", "scope": "institution"}),
    ("全市7家公共图书馆文献总藏量486.3万册，我馆152.8万册。", "486.3万册", {"metric": None, "scope": "other"}),
    ("全市7家公共图书馆文献总藏量486.3万册，我馆152.8万册。", "152.8万册", {"metric": "collection_total"}),
    ("新增读者1.35万人，累计注册读者28.7万人。", "1.35万人", {"metric": "cards_issued", "measure": "level"}),
    ("2015年目标：藏量达到70万册。", "70万册", {"metric": "collection_total", "status": "planned"}),
    ("国庆长假接待读者4.4万人次，同比减少两成。", "两成", {"metric": "visits", "measure": "rate"}),
    ("全年下到14个乡镇36次，送去书刊4800册。", "4800册", {"metric": "outreach_volumes"}),
    ("在职职工52人，编外34人。", "34人", {"metric": "staff_contract"}),
    ("志愿者1560人，服务2.3万小时。", "2.3万小时", {"metric": "volunteer_hours"}),
    ("修复古籍38册，数字化2.6万页。", "2.6万页", {"metric": "collection_digitized"}),
    ("阅览座席320席（其中少儿80席）。", "80席", {"metric": "seats_children"}),
    ("举办活动86场，其中线上30场、线下56场。", "30场", {"metric": "online_activities"}),
    ("接待读者12万人次，其中少儿读者4.2万人次。", "4.2万人次", {"metric": "visits_children"}),
    ("公共用机46台。", "46台", {"metric": "computers"}),
    (
        "读者多在暑期，7、8月合计接待读者9.8万人次，占全年的24%。",
        "9.8万人次",
        {"metric": "visits", "scope": "institution", "period_start": "2014-07-01", "period_end": "2014-08-31"},
    ),
    ("自建“苹果”专题库1个。", "1个", {"metric": "databases_own"}),
    (
        "购书经费40万元，较上年的30万元增加三分之一。",
        "30万元",
        {"metric": "expenditure_acquisitions", "period_end": "2013-12-31"},
    ),
    ("（三）成纪讲坛。全年12讲，听众1850人次。", "12讲", {"metric": "lectures"}),
    ("全馆共接纳读者6.4万余人次。", "6.4万余人次", {"metric": "visits"}),
    ("进出馆读者达9.1万人。", "9.1万人", {"metric": "visits"}),
    ("出借图书3.4万册。", "3.4万册", {"metric": "loans"}),
    ("核发借书证516个。", "516个", {"metric": "cards_issued"}),
    ("办理借书卡732张。", "732张", {"metric": "cards_issued"}),
    ("图书总量12万册。", "12万册", {"metric": "collection_total"}),
    ("新建分馆3个，累计达15个。", "15个", {"metric": "branches"}),
    ("数据库点击量3.4万次，下载量1.2万篇。", "1.2万篇", {"metric": "downloads"}),
    ("全年无休，开放365天。", "365天", {"metric": "days_open"}),
    ("注销借书证320个。", "320个", {"metric": None}),
    ("人员经费98万元，公用经费22万元。", "98万元", {"metric": "expenditure_staff"}),
    ("视障阅览室接待盲人读者210人次。", "210人次", {"metric": None}),
    ("外借册次比去年的8万册增长15%。", "8万册", {"metric": "loans", "period_end": "2013-12-31"}),
    ("办证数较去年翻一番。", "翻一番", {"metric": "cards_issued", "measure": "rate"}),
    ("拟建分馆5个。", "5个", {"metric": "service_points_added", "status": "planned"}),
    ("讲座、展览、培训各12场、8场、6期。", "8场", {"metric": "exhibitions"}),
    (
        "全年举办讲座12场次，展览8场次，培训6期，参加人员分别为1200人次、5600人次、300人次。",
        "5600人次",
        {"metric": "exhibition_visitors"},
    ),
    ("东街社区分馆面积120平方米，藏书3000册，日均接待40人次。", "3000册", {"metric": None, "scope": "branch"}),
    ("东街社区分馆面积120平方米，藏书3000册，日均接待40人次。", "40人次", {"metric": None, "scope": "branch"}),
    ("各分馆全年接待读者6.2万人次。", "6.2万人次", {"scope": "institution"}),
    ("县一中图书馆向我馆捐赠图书300册。", "300册", {"metric": "donations_received"}),
    ("省馆赠送我馆图书1200册。", "1200册", {"metric": "donations_received"}),
    (
        "外借图书由上年的6.4万册次增加到7.1万册次，增长10.9%。",
        "7.1万册次",
        {"metric": "loans", "baseline_value": "64000", "baseline_start": "2013-01-01"},
    ),
    (
        "外借图书由上年的6.4万册次增加到7.1万册次，增长10.9%。",
        "10.9%",
        {"metric": "loans", "measure": "rate", "baseline_value": "64000"},
    ),
    ("到馆人次较去年同期减少1.2万，降幅达14%。", "14%", {"metric": "visits", "measure": "rate"}),
    ("到馆人次较去年同期减少1.2万，降幅达14%。", "1.2万", {"metric": "visits", "measure": "decrease"}),
    ("购书经费增加5万元，达到30万元。", "5万元", {"metric": "expenditure_acquisitions", "measure": "increase"}),
    ("购书经费增加5万元，达到30万元。", "30万元", {"metric": "expenditure_acquisitions", "measure": "level"}),
    ("办证1200张，比2012年翻了一番。", "翻了一番", {"metric": "cards_issued", "measure": "rate"}),
    ("读者活动120场，其中讲座30场、展览20场、其他70场。", "70场", {"metric": None}),
    ("读者活动120场，其中讲座30场、展览20场、其他70场。", "30场", {"metric": "lectures"}),
    ("截止年底，有效持证读者8600人。", "8600人", {"metric": "registered_users", "period_start": "2014-12-31"}),
    (
        "3月至6月闭馆装修，历时4个月。",
        "4个月",
        {"metric": "days_closed", "period_start": "2014-03-01", "period_end": "2014-06-30"},
    ),
    ("2013年购书3000册，2014年购书4200册。", "4200册", {"metric": "acquisitions_books", "period_start": "2014-01-01"}),
    ("2013年购书3000册，2014年购书4200册。", "3000册", {"metric": "acquisitions_books", "period_end": "2013-12-31"}),
    ("自2008年免费开放以来，累计接待读者60万人次。", "60万人次", {"metric": "visits", "period_start": "2008-01-01"}),
    ("单日最高客流3200人次。", "3200人次", {"metric": "visits", "aggregation": "peak"}),
    ("年初计划购书3000册，实际购书3600册。", "3600册", {"status": "actual"}),
    ("年初计划购书3000册，实际购书3600册。", "3000册", {"status": "planned"}),
    ("与县文化馆、博物馆联合举办摄影展3场。", "3场", {"metric": "exhibitions"}),
    ("开馆时间由每周48小时延长至56小时。", "56小时", {"metric": "opening_hours_per_week", "baseline_value": "48"}),
    ("组织职工参加上级业务培训12人次。", "12人次", {"metric": None}),
    ("计算机62台，供读者使用48台。", "48台", {"metric": "computers_public"}),
    ("网络点击量6.3万次。", "6.3万次", {"metric": "digital_visits"}),
]

# numbers that «分别» shares out over a list of nouns; and lists that do not match
BORROWED = "外借图书、接待读者、办证分别达12万册次、20万人次、1200张。"
shared_out: list[tuple[str, str, dict[str, Any]]] = [
    (BORROWED, "12万册次", {"metric": "loans"}),
    (BORROWED, "20万人次", {"metric": "visits"}),
    (BORROWED, "1200张", {"metric": "cards_issued"}),
    ("举办讲座、展览、培训分别为12场、8场、30期。", "8场", {"metric": "exhibitions", "item": "展览"}),
    ("接待读者和外借图书分别为20万人次和12万册次。", "12万册次", {"metric": "loans"}),
    ("新增图书、期刊、电子图书分别为3000册、120册、800册。", "120册", {"metric": "acquisitions_serials"}),
    ("举办讲座、培训130余场次，展览12场次。", "12场次", {"metric": "exhibitions"}),
    ("举办讲座、培训130余场次，展览12场次。", "130余场次", {"metric": None}),
    ("添置图书700册和杂志900册。", "900册", {"metric": "acquisitions_serials"}),
]

# written with the rules of comparison: what is compared, with which days and with which value
compared: list[tuple[str, str, dict[str, Any]]] = [
    ("外借图书7.5万册次，减少2700册次。", "2700册次", {"metric": "loans", "measure": "decrease"}),
    ("外借图书7.5万册次，增加2700册次。", "2700册次", {"metric": "loans", "measure": "increase"}),
    ("藏书7.5万册，新增图书2700册。", "2700册", {"measure": "level", "metric": "acquisitions_books"}),
    ("接待读者30万人次，比上年增加3.2万人次。", "3.2万人次", {"metric": "visits", "measure": "increase"}),
    ("接待读者30万人次，比上年增加3.2万人次。", "3.2万人次", {"baseline_start": "2013-01-01", "baseline_value": None}),
    ("接待读者30万人次，比上年增加3.2万人次。", "3.2万人次", {"period_start": "2014-01-01"}),
    ("接待读者30万人次，比上年增加3万人次，增长11%。", "11%", {"metric": "visits", "baseline_start": "2013-01-01"}),
    ("外借图书12万册次，同比增长12.3%。", "12.3%", {"metric": "loans", "baseline_end": "2013-12-31"}),
    (
        "1—10月进馆读者20万人次，比去年同期增长8%。",
        "8%",
        {"baseline_end": "2013-10-31"},
    ),
    ("进馆读者20万人次，较2009年下降5个百分点。", "5个百分点", {"baseline_start": "2009-01-01", "measure": "rate"}),
    (
        "外借图书12万册次，是上年的1.5倍。",
        "1.5倍",
        {"metric": "loans", "measure": "rate", "baseline_end": "2013-12-31"},
    ),
    ("接待读者32万人次（上年为28万人次）。", "32万人次", {"baseline_value": "280000", "baseline_end": "2013-12-31"}),
    ("接待读者32万人次（上年为28万人次）。", "28万人次", {"metric": "visits", "period_end": "2013-12-31"}),
    ("周开放时间由2010年的56小时增至63小时。", "56小时", {"period_start": "2010-01-01", "baseline_value": None}),
    ("周开放时间由2010年的56小时增至63小时。", "63小时", {"baseline_start": "2010-01-01", "baseline_value": "56"}),
    ("馆藏由12万册增加到15.6万册，增长30%。", "12万册", {"metric": "collection_total", "measure": "level"}),
    ("馆藏由12万册增加到15.6万册，增长30%。", "15.6万册", {"metric": "collection_total", "measure": "level"}),
    ("馆藏由12万册增加到15.6万册，增长30%。", "30%", {"baseline_value": "120000", "baseline_start": None}),
    ("接待读者32.4万人次，比2010年的28.8万人次增长12.5%。", "12.5%", {"baseline_value": "288000"}),
    ("接待读者32.4万人次，比2010年的28.8万人次增长12.5%。", "12.5%", {"baseline_end": "2010-12-31"}),
    ("接待读者30万人次，外借图书20万册次，同比分别增长6%和4.5%。", "6%", {"metric": "visits"}),
    ("接待读者30万人次，外借图书20万册次，同比分别增长6%和4.5%。", "4.5%", {"metric": "loans", "baseline_value": None}),
    ("与上年相比，接待读者增加3.2万人次，外借图书减少1.1万册次。", "1.1万册次", {"measure": "decrease"}),
    ("与上年相比，接待读者增加3.2万人次，外借图书减少1.1万册次。", "3.2万人次", {"baseline_start": "2013-01-01"}),
    (
        "年末持证读者2.9万人，比上年底增加3860人。",
        "3860人",
        {"metric": "registered_users", "baseline_start": "2013-12-31"},
    ),
    ("阅览室新增座席60个。", "60个", {"baseline_start": None, "baseline_value": None}),
]

# written with the rules of parts: number asked about, and the number that it is a part of
parts: list[tuple[str, str, str | None]] = [
    ("举办活动80场次，其中线上30场次，线下50场次。", "30场次", "80场次"),
    ("举办活动80场次，其中线上30场次，线下50场次。", "50场次", "80场次"),
    ("举办活动80场次，线上30场次、线下50场次。", "50场次", "80场次"),
    ("到馆读者40万人次，其中成人25万人次，少儿15万人次。", "15万人次", "40万人次"),
    ("馆藏图书46万册，其中总馆30万册，分馆16万册。", "16万册", "46万册"),
    ("馆藏46万册（图书40万册，报刊6万册）。", "6万册", "46万册"),
    ("总藏量46万册，其中古籍1.3万册，全年新增图书1.2万册。", "1.3万册", "46万册"),
    ("总藏量46万册，其中古籍1.3万册，全年新增图书1.2万册。", "1.2万册", None),
    ("线上活动参与2.1万人次、线下活动参与1.4万人次，合计3.5万人次。", "2.1万人次", "3.5万人次"),
    ("职工26人，其中副高2人，中级8人。", "8人", "26人"),
    ("总藏量46万册，其中总馆30万册，分馆16万册；电子图书12万册。", "12万册", None),
    ("馆藏75万册（含分馆的60万册），含2.2万册报刊。", "2.2万册", "75万册"),
    ("接待读者21万人次，其中少儿占38%。", "38%", None),
    ("举办讲座、培训130余场次，展览12场次。", "12场次", None),
    ("订购期刊89种，报纸81种。", "81种", None),
    ("添置图书700册和杂志900册。", "900册", None),
    ("接待读者32万人次（上年为28万人次）。", "28万人次", None),
]

# texts whose figures do not fit together, and the finding's equation; and texts whose figures do
doubtful: list[tuple[str, str, str]] = [
    ("举办活动80场次，其中线上30场次，线下40场次。", "parts_do_not_add_up", "30 + 40 = 70, not 80 («80场次»)."),
    (
        "线上参与2.1万人次、线下参与1.4万人次，合计4.5万人次。",
        "parts_do_not_add_up",
        "21000 + 14000 = 35000, not 45000",
    ),
    (
        "接待读者32.4万人次，比2010年的28.8万人次增长22.5%。",
        "implausible_change",
        "(324000 - 288000) / 288000 = 12.5%, not 22.5 («22.5%»).",
    ),
    ("馆藏由12万册增加到15.6万册，增加5.6万册。", "implausible_change", "156000 - 120000 = 36000, not 56000"),
]
sound = [
    "举办活动80场次，其中线上30场次，线下50场次。",
    "到馆读者40.2万人次，其中成人25.1万人次，少儿15万人次。",  # rounded
    "总藏量46万册，其中古籍1.3万册，报刊2万册。",  # does not claim to be all
    "举办活动80余场次，其中线上30场次，线下40场次。",  # hedged
    "接待读者32.4万人次，比2010年的28.8万人次增长12.5%。",
    "馆藏由12万册增加到15.6万册，增长30%。",
]


def read(text: str, raw: str) -> FactRow:
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text)))
    return next(r.row for r in read_facts(document, extract(document), YEAR) if r.row.raw == raw)


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    new
    + met_in_the_wild
    + known_wrong_once
    + met_in_public_reports
    + met_in_other_provinces
    + met_in_county_reports
    + shared_out
    + compared,
)
def test_a_number_means_what_a_reader_says(text: str, raw: str, expected: dict[str, Any]) -> None:
    row = read(text, raw)
    actual = {name: getattr(row, name) for name in expected}
    assert {name: value if value is None else str(value) for name, value in actual.items()} == expected


# what no rule reads yet, each with the reason
limits: list[tuple[str, str, dict[str, Any]]] = [
    ("人均购书费只有二分钱。", "二分钱", {"unit": "元", "value": "0.02"}),  # units have no worth in one another
    ("编制25名，在编22人。", "25名", {"metric": "staff_posts"}),  # «编制七人» alone often means those employed
    (
        "五一前后举办书展，接待2600人次。",
        "2600人次",
        {"metric": "exhibition_visitors"},
    ),  # what they came to is not counted
    ("总流通41万人次。说明：“总流通”含分馆8万人次。", "8万人次", {"metric": None}),  # the whole is in another sentence
    ("总支出405万元：人员198万元、购书72万元。", "198万元", {"metric": "expenditure_staff"}),  # a colon opens the parts
    ("荣获省级奖项2个、市级5个。", "5个", {"metric": "awards"}),  # the noun is left out in the second of a list
]


@pytest.mark.xfail(strict=True, reason="limits of the words around a number")
@pytest.mark.parametrize(("text", "raw", "expected"), limits)
def test_limits(text: str, raw: str, expected: dict[str, Any]) -> None:
    row = read(text, raw)
    assert {name: str(getattr(row, name)) for name in expected} == {
        name: str(value) for name, value in expected.items()
    }


def test_every_fact_reproduces_its_characters() -> None:
    text = "全年接待读者近21万人次，外借图书9.5万余册次；\n其中少儿图书约3万册。"
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text)))
    rows = [reading.row for reading in read_facts(document, extract(document), YEAR)]
    assert [text[row.char_start : row.char_end] for row in rows] == [row.raw for row in rows]
    assert len(rows) == 3


def readings(text: str) -> tuple[Reading, ...]:
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text)))
    return read_facts(document, extract(document), YEAR)


@pytest.mark.parametrize(("text", "raw", "whole"), parts)
def test_a_part_points_at_its_whole(text: str, raw: str, whole: str | None) -> None:
    told = {reading.row.fact_id: reading.row.raw for reading in readings(text)}
    part = next(reading.row for reading in readings(text) if reading.row.raw == raw)
    assert (told[part.part_of] if part.part_of else None) == whole


@pytest.mark.parametrize(("text", "code", "equation"), doubtful)
def test_figures_that_do_not_fit_are_found(text: str, code: str, equation: str) -> None:
    told = readings(text)
    found = [one for one in (*sums_of_parts(told), *changes_beside_values(told)) if not one.holds]
    assert [one.code for one in found] == [code]
    assert equation in found[0].message


@pytest.mark.parametrize("text", sound)
def test_figures_that_fit_are_not(text: str) -> None:
    told = readings(text)
    assert all(one.holds for one in (*sums_of_parts(told), *changes_beside_values(told)))


def test_a_statement_names_the_first_that_says_the_same() -> None:
    text = "全年接待读者32万人次。\n年内到馆读者31.98万人次。\n接待读者35万人次。\n上半年接待读者32万人次。"
    rows = with_restatements([reading.row for reading in readings(text)])
    assert [row.same_as for row in rows] == [None, rows[0].fact_id, None, None]


def test_a_table_that_disagrees_with_the_text_is_found() -> None:
    told = readings("全年接待读者32万人次。")
    in_table = replace(told[0].row, value=Decimal(350000), origin="table", char_start=90, char_end=93)
    found = list(tables_against_text(told, [in_table], YEAR))
    assert [(one.code, one.holds, one.start) for one in found] == [("table_and_prose_disagree", False, 90)]
    assert [one.holds for one in tables_against_text(told, [replace(in_table, value=Decimal(319800))], YEAR)] == [True]
