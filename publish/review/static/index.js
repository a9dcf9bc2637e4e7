// The index: documents, libraries and coverage, all three of the documents that the filters keep.

const PANELS = ["documents", "libraries", "coverage"];
const COLUMNS = [
  ["library", (row) => get(row, "library")],
  ["year", (row) => get(row, "report_year")],
  ["source", (row) => get(row, "source")],
  ["findings", (row) => count(row)],
  ["facts", (row) => row[FACTS]],
  ["events", (row) => row[EVENTS]],
  ["activities", (row) => row[ACTIVITIES]],
  ["characters", (row) => Number(get(row, "characters"))],
  ["status", (row) => get(row, "status")],
];

const coverageOf = new Map(); // library → its rows of coverage
for (const row of data.coverage) coverageOf.set(row[0], [...(coverageOf.get(row[0]) ?? []), row]);

let panel = PANELS[0];
let drawn = null; // the list of the panel
let sorted = { by: null, down: false };

const count = (row) => row[FINDINGS].reduce((sum, [, many]) => sum + many, 0);

function inOrder(wanted) {
  const found = COLUMNS.find(([key]) => key === sorted.by);
  if (!found) return wanted;
  const by = (at) => found[1](data.documents[at]);
  const compare = (a, b) => (typeof by(a) === "number" ? by(a) - by(b) : by(a).localeCompare(by(b), "zh-Hans"));
  return [...wanted].sort((a, b) => (sorted.down ? compare(b, a) : compare(a, b)));
}

function heading([key]) {
  const order = sorted.by === key ? (sorted.down ? "descending" : "ascending") : null;
  const sign = el("span", { "aria-hidden": "true" }, order === "ascending" ? " ↑" : order ? " ↓" : "");
  return el("th", { scope: "col", "aria-sort": order, class: `c-${key}` }, el("button", { type: "button", class: "plain", "data-sort": key }, word(key), sign));
}

function drawDocument(at) {
  const row = data.documents[at];
  const name = get(row, "library") || get(row, "title") || get(row, "source");
  const place = [get(row, "province"), get(row, "city"), get(row, "county")].filter(Boolean).join(" ");
  const link = row[HAS_PAGE] ? el("a", { href: `${get(row, "document_id")}.html` }, quote(name)) : quote(name);
  const status = get(row, "status");
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, link, el("span", { class: "place" }, quote(place))),
    cell("year", get(row, "report_year")),
    el("td", { class: "source" }, quote(get(row, "source")), get(row, "error") ? el("span", { class: "place bad" }, quote(get(row, "error"))) : null),
    el("td", { class: "found" }, ...row[FINDINGS].map(([kind, many]) => badge(data.kinds[kind], many))),
    cell("facts", String(row[FACTS])),
    cell("events", String(row[EVENTS])),
    cell("activities", String(row[ACTIVITIES])),
    cell("characters", grouped(get(row, "characters"))),
    el("td", {}, el("span", { class: status === "ok" ? "quiet" : status === "failed" ? "badge s-error" : "badge s-warning" }, codeWord(status))),
  );
}

// A number of a table; where there is no room for columns, its style writes the name of the column before it.
const cell = (key, text) => el("td", { class: "number", "data-name": word(key) }, text);

const badge = ([severity, code], many) => el("span", { class: `badge s-${severity}` }, codeWord(code), many > 1 ? ` ${many}` : "");

function drawTable(place, head, draw, rows, guess) {
  const table = el("table", { class: "listing" }, el("thead", {}, el("tr", {}, ...head)));
  place.replaceChildren(el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": word(place.id) }, table));
  drawn = new Windowed(bodiesOf(table), { draw, guess: () => guess, chunk: 40, tag: "tbody" });
  drawn.show(rows);
}

// A library of those kept: its years, how many indicators it gives, and how many of their values conflict.
function librariesOf(wanted) {
  const kept = new Map();
  for (const at of wanted) {
    const row = data.documents[at];
    const id = get(row, "library_id");
    if (!data.libraries[id] || kept.has(id)) continue;
    const own = coverageOf.get(id) ?? [];
    const metrics = new Set(own.flatMap(([, , given, clashing]) => [...given, ...clashing]));
    const place = [get(row, "province"), get(row, "city"), get(row, "county")].filter(Boolean).join(" ");
    kept.set(id, { id, place, years: own.map(([, year]) => year), metrics: metrics.size, conflicts: own.reduce((sum, [, , , clashing]) => sum + clashing.length, 0) });
  }
  return [...kept.values()].sort((a, b) => b.years.length - a.years.length);
}

function drawLibrary({ id, place, years, metrics, conflicts }) {
  const name = el("th", { scope: "row" }, el("a", { href: `${id}.html` }, quote(data.libraries[id])), el("span", { class: "place" }, quote(place)));
  return el("tr", {}, name, el("td", {}, years.join(", ")), cell("metrics", String(metrics)), el("td", { class: "number", "data-name": word("conflicts") }, conflicts ? el("span", { class: "badge s-warning" }, String(conflicts)) : "0"));
}

function draw() {
  const wanted = wantedDocuments();
  const libraries = librariesOf(wanted);
  const pairs = new Set(wanted.map((at) => `${get(data.documents[at], "library_id")} ${get(data.documents[at], "report_year")}`));
  const rows = data.coverage.filter(([library, year]) => pairs.has(`${library} ${year}`)).length;
  $("count-documents").textContent = wanted.length;
  $("count-libraries").textContent = libraries.length;
  $("count-coverage").textContent = rows;
  $("shown").textContent = `${word("shown_of")} ${wanted.length} / ${data.documents.length}`;
  for (const name of PANELS) $(name).hidden = name !== panel;
  markTab($("tabs"), $(`tab-${panel}`));
  if (panel === "documents") drawTable($("documents"), COLUMNS.map(heading), drawDocument, inOrder(wanted), 58);
  if (panel === "libraries") drawTable($("libraries"), ["library", "years", "metrics", "conflicts"].map((key) => el("th", { scope: "col", class: `c-${key}` }, word(key))), drawLibrary, libraries, 50);
  if (panel === "coverage") drawCoverage(pairs);
}

function drawTotals() {
  const sum = (number) => data.documents.reduce((total, row) => total + number(row), 0);
  const failed = data.documents.filter((row) => get(row, "status") === "failed").length;
  const parts = [`${data.documents.length} ${word("documents")}`, `${Object.keys(data.libraries).length} ${word("library")}`, `${grouped(String(sum((row) => row[FACTS])))} ${word("facts")}`, `${grouped(String(sum((row) => row[EVENTS])))} ${word("events")}`, `${grouped(String(sum(count)))} ${word("findings")}`];
  if (failed) parts.push(`${failed} ${word("failed")}`);
  $("totals").textContent = parts.join(" · ");
}

function start() {
  tabs($("tabs"), (tab) => {
    panel = tab.id.slice(4);
    draw();
  });
  $("documents").addEventListener("click", (event) => {
    const key = event.target.closest("[data-sort]")?.dataset.sort;
    if (!key) return;
    sorted = { by: key, down: sorted.by === key ? !sorted.down : key === "findings" };
    draw();
    $("documents").querySelector(`[data-sort="${key}"]`).focus();
  });
  $("filters").addEventListener("input", draw);
  $("filters").addEventListener("reset", () => setTimeout(draw));
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  printWhole(() => [drawn]);
  retold.push(fillFilters, drawTotals, draw);
  startChrome();
}

start();
