// The rows beside the text: a tab a table, its rows as buttons that lead to their place.

const TABLES = Object.keys(data.tables).filter((name) => data.tables[name].rows.length || name === "findings" || name === "facts");
const ACTIVITY = { lectures: "topic", outreach: "activity", reading_promotions: "content" };

let listed = null;
let shownTable = TABLES[0];
let chosen = ""; // the key of the row that is selected

function startRows() {
  for (const name of TABLES) {
    const count = el("span", { class: "count" }, String(data.tables[name].rows.length));
    $("tabs").append(el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "list" }, el("span", {}), " ", count));
  }
  listed = new Windowed($("list"), { draw: drawRow, guess: () => 64, root: $("list"), chunk: 30 });
  tabs($("tabs"), (tab) => showTable(tab.id.slice(4)));
  $("find").addEventListener("input", () => showTable(shownTable));
  $("list").addEventListener("click", (event) => {
    const row = event.target.closest("[data-key]");
    if (row) select(row.dataset.key, "list");
  });
  retold.push(() => {
    for (const name of TABLES) $(`tab-${name}`).firstChild.textContent = tableWord(name);
    showTable(shownTable);
  });
}

function showTable(name) {
  shownTable = name;
  markTab($("tabs"), $(`tab-${name}`));
  $("list").setAttribute("aria-labelledby", `tab-${name}`);
  const sought = $("find").value.trim().toLowerCase();
  const rows = data.tables[name].rows.map((_, row) => row);
  const present = rows.filter((row) => !isWithdrawn(data.tables[name].keys[row]));
  const kept = sought ? present.filter((row) => saidOf(name, row).includes(sought)) : present;
  listed.show(kept);
  if (!kept.length) $("list").replaceChildren(told("p", sought ? "no_match" : name === "findings" ? "no_findings" : "no_rows", { class: "quiet" }));
}

// All words of a row as a person may look for them: its cells, and what its codes are called.
function saidOf(name, row) {
  const { columns, rows } = data.tables[name];
  const metric = columns.includes("metric") ? metricWord(cellOf(name, row, "metric")) : "";
  const codes = ["kind", "code", "role", "severity"].filter((column) => columns.includes(column)).map((column) => codeWord(cellOf(name, row, column)));
  return [...rows[row], metric, ...codes].join(" ").toLowerCase();
}

function drawRow(row) {
  const key = data.tables[shownTable].keys[row];
  const draw = { findings: drawFinding, facts: drawFact, events: drawEvent, tables: drawTableRow, numbers: drawNumber, sections: drawSection, cells: drawCellRow, documents: drawDocument }[shownTable] ?? drawActivity;
  const get = (column) => cellOf(shownTable, row, column);
  return el("button", { type: "button", class: `row of-${shownTable}${stateOf(key) ? ` v-${stateOf(key)}` : ""}`, "data-key": key, "aria-current": key === chosen ? "true" : null }, ...draw(get), ...verdictOf(key));
}

const line = (style, ...parts) => el("span", { class: style }, ...parts.filter(Boolean));
const days = (get, from = "start_date", to = "end_date") => [...new Set([get(from), get(to)])].filter(Boolean).join(" – ");

function drawFinding(get) {
  const severity = get("severity");
  return [
    line("head", el("span", { class: `badge s-${severity}` }, codeWord(severity)), " ", codeWord(get("code"))),
    ...(language === CHINESE ? [line("said", meaning(get("code")))] : []),
    line("said", ...messageOf(get)),
  ];
}

// A message is English and names what the report says; what the kind of finding means is told in both languages.
const messageOf = (get) => [el("span", { lang: "en" }, ...visible(get("message")))];
const meaning = (code) => data.labels.findings[code]?.[language] ?? "";

function valueOf(get) {
  const upper = get("upper") ? `–${grouped(get("upper"))}` : "";
  return quote(`${grouped(get("value"))}${upper} ${get("unit")}`.trim(), { class: "value" });
}

function drawFact(get) {
  const usual = { measure: "level", aggregation: "total", status: "actual", scope: "institution", qualifier: "exact" };
  const unusual = Object.keys(usual).filter((column) => get(column) !== usual[column]);
  const metric = get("metric");
  return [
    line("head", valueOf(get), metric ? el("span", { class: "metric" }, metricWord(metric)) : quote(get("item"), { class: "item" })),
    line("said", quote(get("raw"), { class: "raw" }), ...unusual.map((column) => el("span", { class: "flag" }, codeWord(get(column)))), confidence(get("confidence"))),
  ];
}

const confidence = (value) => el("span", { class: Number(value) < 0.9 ? "sure low" : "sure", title: word("confidence") }, value);

function drawEvent(get) {
  return [
    line("head", el("span", { class: "when" }, days(get)), el("span", { class: "metric" }, codeWord(get("kind")))),
    line("said", quote(get("title") || get("raw").slice(0, 60)), get("status") === "planned" ? el("span", { class: "flag" }, codeWord("planned")) : null),
  ];
}

function drawActivity(get) {
  const people = get("participants");
  return [
    line("head", el("span", { class: "when" }, get("sequence"), " ", quote(get("date_text"))), people ? el("span", { class: "metric" }, `${columnWord(shownTable, "participants")} ${grouped(people)}`) : null),
    line("said", quote([get(ACTIVITY[shownTable]), get("speaker") || get("host") || get("audience"), get("venue") || get("place")].filter(Boolean).join(" · "))),
  ];
}

function drawTableRow(get) {
  const check = get("total_check");
  return [
    line("head", quote(get("caption") || codeWord(get("kind"))), el("span", { class: "metric" }, codeWord(get("kind")))),
    line("said", `${get("rows")} × ${get("columns")}`, check === "none" ? null : el("span", { class: check === "mismatch" ? "flag bad" : "flag" }, `${columnWord("tables", "total_check")} ${codeWord(check)}`)),
  ];
}

function drawNumber(get) {
  return [line("head", quote(get("raw"), { class: "value" }), el("span", { class: `role r-${get("role")}` }, codeWord(get("role"))))];
}

function drawSection(get) {
  return [line("head", el("span", {}, quote(get("marker"), { class: "marker" }), quote(get("title"))), get("kind") ? el("span", { class: "metric" }, codeWord(get("kind"))) : null), line("said", get("path"))];
}

function drawCellRow(get) {
  const grid = keyById(get("table_id"), "tables");
  const caption = grid ? cellOf("tables", placed.get(grid).row, "caption") : "";
  return [line("head", get("text") ? quote(get("text")) : el("span", { class: "nothing" }, "—"), el("span", { class: "metric" }, codeWord(get("role")))), line("said", quote(caption), ` ${Number(get("row")) + 1} · ${Number(get("column")) + 1}`)];
}

function drawDocument(get) {
  return [line("head", quote(get("title") || get("library")), el("span", { class: "metric" }, get("report_year"))), line("said", quote(get("library")))];
}

function lightRow(key) {
  for (const node of $("list").querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  chosen = key;
  const { table, row } = placed.get(key) ?? {};
  if (!table || !listed.reach(row)) return;
  const node = rowNode(key);
  if (!node) return;
  node.setAttribute("aria-current", "true");
  node.scrollIntoView({ block: "nearest" });
}

const rowNode = (key) => [...$("list").querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
