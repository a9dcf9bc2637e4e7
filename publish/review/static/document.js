// The page of a report: one selected row, shown in the text, among the rows, in its detail and in the address.

const placed = new Map(); // key of a row → {table, row}
for (const name of Object.keys(data.tables)) data.tables[name].keys.forEach((key, row) => placed.set(key, { table: name, row }));

// Where a row stands in the text: its mark, or the place of what it points at.
function placeOf(key) {
  const mark = markOf.get(key);
  if (mark !== undefined) return { mark };
  const { table, row } = placed.get(key);
  if (table === "tables") return blockOfTable.has(row) ? { block: blockOfTable.get(row) } : null;
  if (table === "sections") return { block: data.outline[row][4] };
  if (table === "cells") return { block: data.blocks.findLastIndex((block) => block.g && block.s <= spanOf(key)[0]) };
  if (table !== "findings") return null;
  const fact = keyById(cellOf(table, row, "fact_id"), "facts");
  const grid = keyById(cellOf(table, row, "table_id"), "tables");
  return fact ? placeOf(fact) : grid ? placeOf(grid) : null;
}

// Select a row; `from` is the side that it was selected on, which stays where it is.
function select(key, from = "") {
  if (!placed.has(key)) return;
  const { table } = placed.get(key);
  history.replaceState(null, "", `#${key}`);
  drawDetail(key);
  document.body.classList.add("selected");
  if (table !== shownTable || from !== "list") {
    if (table !== shownTable) $("find").value = "";
    if (table !== shownTable) showTable(table);
  }
  lightRow(key);
  const place = placeOf(key);
  if (place && from === "text") light(place.mark ?? -1);
  else if (place) {
    showView("text");
    showPlace(place);
  } else light(-1);
}

function clearSelection() {
  history.replaceState(null, "", location.pathname + location.search);
  document.body.classList.remove("selected");
  light(-1);
  lightRow("");
  drawDetail("");
}

// Go to the next mark (or the one before) of the kinds of row that the page shows now.
function step(forward, kinds) {
  const ledger = document.body.classList.contains("ledger");
  const wanted = (mark) => (kinds ?? (ledger ? ["numbers"] : null))?.includes(data.marks[mark][0]) ?? data.marks[mark][0] !== "numbers";
  const at = lit >= 0 ? lit : forward ? -1 : data.marks.length;
  for (let mark = at + (forward ? 1 : -1); mark >= 0 && mark < data.marks.length; mark += forward ? 1 : -1) {
    if (wanted(mark)) return select(keyOf(mark));
  }
  return undefined;
}

// Findings are steps in their own order, those without a place in the text among them.
function stepFinding(forward) {
  const { keys } = data.tables.findings;
  const at = keys.indexOf(chosen);
  const next = at < 0 ? (forward ? 0 : keys.length - 1) : at + (forward ? 1 : -1);
  if (keys[next]) select(keys[next]);
}

function toggleLedger() {
  const on = document.body.classList.toggle("ledger");
  $("ledger").setAttribute("aria-pressed", on);
  $("legend").hidden = !on;
  drawLegend();
}

function drawLegend() {
  const counts = new Map();
  data.tables.numbers.rows.forEach((_, row) => {
    const role = cellOf("numbers", row, "role");
    counts.set(role, (counts.get(role) ?? 0) + 1);
  });
  if (!counts.has("unexplained")) counts.set("unexplained", 0);
  const signs = [...counts].map(([role, count]) => el("li", {}, el("span", { class: `role r-${role}` }, codeWord(role)), ` ${count}`));
  $("legend").replaceChildren(el("ul", {}, ...signs));
}

function showView(view) {
  document.querySelector(".desk").dataset.view = view;
  for (const button of document.querySelectorAll(".switch [data-view]")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function drawHead() {
  const get = (column) => data.document[column] ?? "";
  const place = [get("province"), get("city"), get("county")].filter(Boolean).join(" ");
  const parts = [place, get("source"), `${grouped(get("characters"))} ${word("characters")}`, get("published")].filter(Boolean);
  const status = get("status") === "ok" ? [] : [el("span", { class: "badge s-warning" }, codeWord(get("status"))), " "];
  $("facts-of").replaceChildren(...status, ...parts.flatMap((part, at) => [at ? " · " : "", quote(part)]));
}

const KEYS = {
  j: () => step(true),
  k: () => step(false),
  f: () => stepFinding(true),
  d: () => stepFinding(false),
  l: toggleLedger,
  m: otherTheme,
  g: otherLanguage,
  o: () => (showView("outline"), items.find((item) => item.tabIndex === 0)?.focus()),
  t: () => (showView("text"), $("main").focus()),
  "/": () => (showView("rows"), $("find").focus()),
  "?": () => $("keys").showModal(),
  Escape: clearSelection,
  a: onChosen(accept),
  r: onChosen(reject),
  x: onChosen(ACTS.back),
  z: undo,
  n: openAdding,
  e: openDecided,
  ...Object.fromEntries(Object.entries(KEY_FIELDS).map(([key, fields]) => [key, onChosen((row) => openForm(row, fields))])),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const shown = event.target.offsetParent !== null; // a field of a form that was just closed may still have the focus
  if (shown && event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const number = Number(event.key);
  const act = number > 0 && TABLES[number - 1] ? () => (showTable(TABLES[number - 1]), $(`tab-${TABLES[number - 1]}`).focus()) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function start() {
  startText();
  startRows();
  startOutline();
  startHover();
  startForm();
  startAdding();
  startDecided();
  retold.push(drawHead, drawLegend, () => drawDetail(chosen), () => sheet.again());
  startChrome();
  $("text").addEventListener("click", (event) => {
    const node = event.target.closest("[data-m]");
    if (node && getSelection().isCollapsed) select(keyOf(nearest(marksAt(node))), "text");
  });
  $("detail").addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]");
    if (go) select(go.dataset.go);
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act) ACTS[act](chosen);
    if (act) $("detail").querySelector(`[data-act="${act}"]`)?.focus();
    if (event.target.closest("#detail-close")) clearSelection();
  });
  $("ledger").addEventListener("click", toggleLedger);
  $("help").addEventListener("click", () => $("keys").showModal());
  $("keys-close").addEventListener("click", () => $("keys").close());
  document.querySelector(".skip").addEventListener("click", () => showView("text"));
  document.querySelector(".switch").addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]:not(nav)");
    if (button) showView(button.dataset.view);
  });
  addEventListener("keydown", onKey);
  let waiting = 0;
  const follow = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(followText);
  };
  $("main").addEventListener("scroll", follow, { passive: true });
  printWhole(() => [sheet, listed]);
  addEventListener("hashchange", () => select(decodeURIComponent(location.hash.slice(1))));
  followText();
  select(decodeURIComponent(location.hash.slice(1)));
  startDecisions();
}

start();
