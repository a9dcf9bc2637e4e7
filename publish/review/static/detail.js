// How a row was read: all that is known of it, and the rows that it is linked to.

const LINKS = { part_of: "facts", same_as: "facts", fact_id: "facts", table_id: "tables", row_id: null };
const CODED = new Set(["kind", "qualifier", "measure", "aggregation", "status", "scope", "origin", "role", "severity", "code", "total_check", "setting"]);
const LONG = new Set(["raw", "message", "title", "topic", "content", "activity", "note"]);
const PLACES = new Set(["char_start", "char_end", "section_id"]);

// Find the key of a row by its id: «…-f0001» is one of facts, whatever table points at it.
function keyById(id, table) {
  const names = table ? [table] : TABLES;
  return names.map((name) => `${name}/${id}`).find((key) => placed.has(key));
}

function shownCell(table, column, value) {
  if (column === "metric") return metricWord(value);
  if (CODED.has(column)) return codeWord(value);
  return grouped(value);
}

function drawDetail(key) {
  const place = placed.get(key);
  if (!place) {
    $("detail").replaceChildren(told("p", "nothing_selected", { class: "quiet" }));
    return;
  }
  const { table, row } = place;
  const { columns, rows, keys } = data.tables[table];
  const list = el("dl", {});
  columns.forEach((column, at) => {
    const value = rows[row][at];
    if (!value || PLACES.has(column) || keys[row].endsWith(`/${value}`)) return;
    const link = column in LINKS ? keyById(value, LINKS[column]) : undefined;
    const shown = link ? el("button", { type: "button", class: "link", "data-go": link, title: value }, ...summary(placed.get(link).table, placed.get(link).row)) : quote(shownCell(table, column, value));
    list.append(el("div", {}, el("dt", {}, columnWord(table, column)), el("dd", { class: LONG.has(column) || link ? `long ${column}` : null }, shown)));
  });
  const title = el("h2", {}, word("how_read"), " ", el("span", { class: `dot k-${table}` }, tableWord(table)));
  const close = el("button", { type: "button", class: "plain", id: "detail-close", "aria-label": word("close") }, el("span", { "aria-hidden": "true" }, "×"));
  const means = table === "findings" ? [el("p", { class: "means" }, meaning(cellOf(table, row, "code")))] : [];
  $("detail").replaceChildren(el("div", { class: "detail-head" }, title, close), ...barOf(key), ...means, list, ...candidatesOf(key), ...decisionsOf(key), ...alsoHere(key), ...linked(key));
}

// The metrics that were considered, the one that won first, with the words that speak for each or what speaks against.
function candidatesOf(key) {
  const [, candidates] = data.how[key] ?? [[], []];
  if (!candidates.length) return [];
  const items = candidates.map(([metric, score, cues, won, why]) => el("li", { class: won ? "won" : score ? null : "out" }, metricWord(metric), score ? ` ${score}` : "", " ", quote(cues, { class: "cues" }), why ? el("span", { lang: "en", class: "why" }, ...visible(why)) : null));
  return [el("div", { class: "also" }, el("h3", {}, word("candidates")), el("ul", { class: "candidates" }, ...items))];
}

// What was decided and what came out, in the language of the page; the reasons are English.
const TOPICS = { parts: "parts", "read as": "read_as", period: "period", baseline: "baseline" };
const topicWord = (topic) => (TOPICS[topic] ? word(TOPICS[topic]) : columnWord("facts", topic.replaceAll(" ", "_")));
const outcome = (said) => (data.labels.metrics[said] ? metricWord(said) : data.labels.codes[said] ? codeWord(said) : said);

function decisionsOf(key) {
  const [decisions] = data.how[key] ?? [[]];
  if (!decisions.length) return [];
  const items = decisions.map(([topic, said, why]) => el("div", {}, el("dt", {}, topicWord(topic)), el("dd", {}, ...visible(outcome(said)), el("span", { lang: "en", class: "why" }, ...visible(why)))));
  const details = el("details", {}, el("summary", {}, word("decisions")), el("dl", { class: "decisions" }, ...items));
  details.addEventListener("toggle", () => details.open && details.scrollIntoView({ block: "nearest" }));
  return [details];
}

// Other rows read from the same place.
function alsoHere(key) {
  const mark = markOf.get(key);
  if (mark === undefined) return [told("p", "no_place", { class: "quiet" })].filter(() => !placeOf(key));
  const [from, to] = spanOf(key);
  const others = [...markOf.keys()].filter((other) => {
    const [start, end] = spanOf(other);
    return other !== key && start < to && from < end && !other.startsWith("numbers/");
  });
  return others.length ? [el("div", { class: "also" }, el("h3", {}, word("here")), ...others.slice(0, 12).map(linkTo))] : [];
}

// Rows that point at this one, such as a finding at its fact.
function linked(key) {
  const id = key.slice(key.indexOf("/") + 1);
  const found = data.tables.findings.rows.flatMap((cells, row) => (cells.slice(1).includes(id) ? [data.tables.findings.keys[row]] : []));
  const about = data.about.flatMap(([finding, fact]) => (finding === key ? [fact] : fact === key ? [finding] : []));
  const all = [...new Set([...found, ...about])].filter((other) => placed.has(other));
  const fresh = all.filter((other) => markOf.get(other) === undefined || !overlaps(other, key));
  return fresh.length ? [el("div", { class: "also" }, el("h3", {}, word("linked")), ...fresh.map(linkTo))] : [];
}

function spanOf(key) {
  const { table, row } = placed.get(key);
  return [Number(cellOf(table, row, "char_start")), Number(cellOf(table, row, "char_end"))];
}

function overlaps(one, other) {
  const [a, b] = spanOf(one);
  const [c, d] = spanOf(other);
  return a < d && c < b;
}

function linkTo(key) {
  const { table, row } = placed.get(key);
  return el("button", { type: "button", class: `link dot k-${table}`, "data-go": key }, ...summary(table, row));
}

// A row in a line: what it is, and its words.
function summary(table, row) {
  const get = (column) => cellOf(table, row, column);
  const said = {
    facts: () => [get("metric") ? metricWord(get("metric")) : get("item") || tableWord("facts"), `${grouped(get("value"))}${get("upper") ? `–${grouped(get("upper"))}` : ""} ${get("unit")}`, days(get, "period_start", "period_end")],
    findings: () => [codeWord(get("severity")), codeWord(get("code"))],
    events: () => [codeWord(get("kind")), days(get), get("title")],
    numbers: () => [codeWord(get("role")), get("raw")],
    tables: () => [get("caption") || codeWord(get("kind"))],
    sections: () => [`${get("marker")}${get("title")}`],
    cells: () => [codeWord(get("role")), get("text")],
  }[table] ?? (() => [tableWord(table), get("date_text"), get(ACTIVITY[table])]);
  return visible(said().filter(Boolean).join(" · ").slice(0, 120));
}

function considered(key) {
  const fits = (data.how[key]?.[1] ?? []).filter(([, score]) => score);
  return fits.length ? `${word("candidates")} ${fits.map(([metric, score]) => `${metricWord(metric)} ${score}`).join(", ")}` : "";
}

function startHover() {
  const hover = $("hover");
  let waiting = 0;
  const hide = () => {
    clearTimeout(waiting);
    hover.hidden = true;
  };
  $("text").addEventListener("pointerover", (event) => {
    hide();
    const node = event.target.closest("[data-m]");
    if (node && event.pointerType === "mouse") waiting = setTimeout(() => showHover(node), 150);
  });
  $("text").addEventListener("pointerleave", hide);
  $("main").addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", hide);
}

function showHover(node) {
  const hover = $("hover");
  const mark = nearest(marksAt(node));
  const { table, row } = rowOf(mark);
  const get = (column) => cellOf(table, row, column);
  const more = { facts: () => [`${word("rule")} ${get("rule")}`, `${word("confidence")} ${get("confidence")}`, codeWord(get("qualifier")), codeWord(get("scope")), considered(keyOf(mark))], findings: () => [language === CHINESE ? meaning(get("code")) : "", get("message")] }[table];
  hover.replaceChildren(el("strong", {}, ...summary(table, row)), ...(more ? [el("span", {}, ...visible(more().filter(Boolean).join(" · ")))] : []));
  hover.hidden = false;
  const at = node.getClientRects()[0];
  const box = hover.getBoundingClientRect();
  hover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
  hover.style.top = `${at.bottom + box.height + 12 > innerHeight ? at.top - box.height - 6 : at.bottom + 6}px`;
}
