"""Synthetic reports with consistent figures, and errors planted in some of them: the material of planted.py.

Everything comes from one seed, any. A library has a report a year; each statement is said in one of several ways;
figures are written out, in 万, or hedged. Nothing that is not planted contradicts anything: also not what looks as if
it did (hedged figures, a year of closure, a change of definition, a report on eleven months, boilerplate). The wordings
are ones that the vocabulary knows: what is measured are the checks, not the reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from planted_words import BOILERPLATE, HEDGES, ROOMS, WAYS
from planted_years import PLANTS, YEARS, Year, county_names, dealt_plants, first_plant, next_year, set_traps

SEED = 2789


@dataclass(frozen=True)
class Planted:
    """One report: the name of its file, its text, and the code of the error planted in it, if any."""

    name: str
    text: str
    plant: str | None

    @property
    def code(self) -> str | None:
        """The code of the finding that must be raised."""
        return PLANTS[self.plant] if self.plant else None


def planted_reports(count: int, seed: int = SEED) -> Iterator[Planted]:
    """Yield `count` reports of libraries with five years each; the same for the same seed."""
    random = Random(seed)
    names = county_names()
    random.shuffle(names)
    plants = dealt_plants(count, random)
    for number in range((count + len(YEARS) - 1) // len(YEARS)):
        before: Year | None = None
        for year in YEARS[: count - number * len(YEARS)]:
            now = next_year(before, year, next(plants) if before else first_plant(next(plants)), random)
            set_traps(now, before, number, random)
            yield Planted(f"{number:04d}-{year}.txt", _text(names[number], now, before, random), now.plant)
            before = now


def _say(way: str, random: Random, **values: object) -> str:
    return random.choice(WAYS[way]).format(**values)


def _text(library: str, now: Year, before: Year | None, random: Random) -> str:
    title = f"{library}图书馆{now.year}年{random.choice(['工作总结', '年度报告', '工作报告', '年度工作总结'])}"
    boilerplate = random.choice(BOILERPLATE) if now.year % 2 else BOILERPLATE[0]
    body = [
        title,
        "一、基本情况",
        boilerplate,
        _conditions(now, before, random),
        "二、读者服务",
        _use(now, before, random),
        _more_use(now, before, random),
        "三、读者活动",
        _activities(now, before, random),
        "四、小结",
        _summary(now, random),
        "附表：",
        *_tables(now, random),
    ]
    return "\n".join(body) + "\n"


def _stock(now: Year) -> int:
    return now.values["stock"] + (90_000 if now.with_ebooks else 0)


def _conditions(now: Year, before: Year | None, random: Random) -> str:
    value = now.values
    deputies = value["staff"] + 3 if now.plant == "limit" and now.year % 3 == 0 else 2
    children = value["seats"] // 4
    wrong = max(value["added"] * 9 // 10, _stock(now) // 25)  # an error within the tolerance of the check is none
    added = value["added"] + (wrong if now.plant == "stock" else 0)
    ebooks = "（含电子图书）" if now.with_ebooks else ""
    stock = [_say("stock", random, n=_stock(now)).replace("量", f"量{ebooks}"), _say("added", random, n=added)]
    stock.append(_say("weeded", random, n=value["weeded"]))
    return (
        f"{_say('staff', random, n=value['staff'])}，{_say('deputies', random, n=deputies)}。"
        f"{_say('seats', random, n=value['seats'])}，{_say('children', random, n=children)}。"
        f"{'，'.join(stock[:2])}。{stock[2]}。"
    )


def _use(now: Year, before: Year | None, random: Random) -> str:
    value, old = now.values, before.values if before else None
    days = 396 if now.plant == "limit" and now.year % 3 == 2 else value["days"]
    mean = round(value["visits"] / value["days"])
    heads = value["population"] * 10_000
    each = value["visits"] / heads * (1.6 if now.plant == "per_head" else 1)
    mean = int(mean * 1.5) if now.plant == "daily_mean" else mean
    visits = _say("visits", random, n=value["visits"])
    if old:
        visits += _rate(value["visits"], old["visits"], 9 if now.plant == "rate" else 0, random)
    if now.trap == "hedged":
        visits = visits.replace(str(value["visits"]), f"约{value['visits'] / 10_000:.1f}万")
    if now.trap == "part":
        visits = f"1—11月接待读者{value['visits'] * 11 // 12}人次"
    told = [visits, _days(days, mean, now, random), _say("per_head", random, p=value["population"], x=f"{each:.2f}")]
    loans = _say("loans", random, n=f"{value['loans'] / 10_000:.2f}万" if now.trap == "hedged" else value["loans"])
    if old:
        change = value["loans"] - old["loans"]
        wrong = 4000 if now.plant == "increase" else 0
        loans += _say("up" if change > 0 else "down", random, n=abs(change) + wrong)
    satisfied = 104 if now.plant == "limit" and now.year % 3 == 1 else random.randrange(90, 100)
    return "。".join([*told, loans, _say("satisfied", random, n=satisfied)]) + "。"


def _days(days: int, mean: int, now: Year, random: Random) -> str:
    if now.trap == "part" or (now.plant == "limit" and now.year % 3 == 2):
        return _say("days", random, n=days)
    return f"{_say('days', random, n=days)}，{_say('mean', random, n=mean)}"


def _rate(value: int, old: int, wrong: float, random: Random) -> str:
    rate = round((value / old - 1) * 100, 1)
    return _say("rate_up" if rate > 0 else "rate_down", random, n=f"{abs(rate) + wrong:.1f}")


def _more_use(now: Year, before: Year | None, random: Random) -> str:
    value, old = now.values, before.values if before else None
    told = [_say("questions", random, n=value["questions"]), _say("self_service", random, n=value["self_service"])]
    if old:
        base = int(old["borrowers"] * 1.2) if now.plant == "restated" else old["borrowers"]
        told.append(_say("borrowers", random, n=value["borrowers"], b=base, last=now.year - 1))
        last, rise = value["ebooks"], random.uniform(0.05, 0.3)
        earlier = old["ebooks"]
        now.values["ebooks"] = last = int(earlier * (1 + rise)) + 3
        rate = (last / earlier - 1) * 100 + (14 if now.plant == "change" else 0)
        told.append(_say("ebooks", random, n=last, b=earlier, r=f"{rate:.1f}", last=now.year - 1))
    else:
        told += [f"外借读者{value['borrowers']}人次", f"电子图书使用量{value['ebooks']}次"]
    return "。".join(told) + "。"


def _activities(now: Year, before: Year | None, random: Random) -> str:
    value = now.values
    total = value["online"] + value["onsite"] + (9 if now.plant == "parts" else 0)
    lectures = value["lectures"] + (3 if now.plant == "table_rows" else 0)
    told = [
        _say("parts", random, n=total, a=value["online"], b=value["onsite"]),
        _say("lectures", random, n=lectures),
    ]
    room = f"{random.choice(ROOMS)}和{random.choice(ROOMS)}"
    training = _say("training", random, a=room, n=value["training"], m=value["trained"])
    now.training = before.training if before and now.plant == "paragraph" else training
    if before and now.plant != "paragraph" and now.training == before.training:
        now.training = training.replace("全年", "本年度")
    month, day, topic, people = random.choice(now.lectures)
    people += people // 3 + 7 if now.plant == "activity" else 0
    happening = _say("told", random, d=f"{month}月{day}日", t=topic, n=people)
    return f"{'。'.join(told)}。\n{now.training}。\n{happening}"


def _summary(now: Year, random: Random) -> str:
    value = now.values
    if now.trap == "part":
        return _say("again", random, s=f"各项工作比{now.year - 1}年又进了一步")
    visits = int(value["visits"] * 1.21) if now.plant == "conflict" else value["visits"]
    if now.plant == "conflict" or random.random() < 0.5:
        return _say("again", random, s=f"全年接待读者{visits}人次")
    rounded = visits // 10_000
    hedge = random.choice(HEDGES).format(n=rounded, m=rounded + 1)
    return _say("again", random, s=f"全年接待读者{hedge}人次")


def _tables(now: Year, random: Random) -> Iterator[str]:
    yield f"{now.year}年讲座一览表"
    yield ""
    rows: list[Sequence[object]] = [("序号", "主题", "时间", "地点", "人数")]
    half = len(now.lectures) // 2
    first = sum(row[3] for row in now.lectures[:half])
    total = sum(row[3] for row in now.lectures)
    for number, (month, day, topic, people) in enumerate(now.lectures, start=1):
        rows.append((number, topic, f"{month}月{day}日", "报告厅", people))
        if number == half and (now.plant == "subtotal" or now.year % 2):
            rows.append(("小计", "", "", "", first + (10 if now.plant == "subtotal" else 0)))
    rows.append(("合计", "", "", "", total + (20 if now.plant == "total" else 0)))
    yield from _cells(rows)
    if now.plant == "tables" or now.plant is None:
        yield from _promotions(now, random)
    loans = now.values["loans"] + (now.values["loans"] // 5 if now.plant == "table" else 0)
    yield f"{now.year}年业务统计表"
    yield ""
    yield from _cells([("指标", "单位", "数值"), ("书刊文献外借册次", "册次", loans), ("总藏量", "册", _stock(now))])


def _promotions(now: Year, random: Random) -> Iterator[str]:
    """Yield a second table of activities, in which one of the lectures stands again."""
    month, day, topic, people = random.choice(now.lectures)
    people += people // 3 + 7 if now.plant == "tables" else 0
    yield f"{now.year}年阅读推广活动情况表"
    yield ""
    yield from _cells(
        [
            ("序号", "时间", "地点", "对象", "内容", "人数"),
            (1, f"{month}月{day}日", "报告厅", "市民", f"{topic}讲座", people),
            (2, "12月8日", "少儿室", "学生", "故事会", random.randrange(31, 149)),
        ]
    )


def _cells(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    for row in rows:
        yield from (f"\t{cell}" for cell in row)
        yield ""
