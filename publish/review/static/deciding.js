// Decisions on the rows of the page: made, undone, and shown on the row as it will be when the reports are read again.

let log = []; // all decisions on this document, in order
let decidedOn = new Map(); // key of a row → what stands on it
const written = new Map(); // key of a row → its cells as they were read, where decisions show others
const steps = []; // what was decided on this page: {before, made}, for undo
const onceDecided = new Set(); // rows whose «corrected» is told by the decisions
const bySpan = new Map(); // place of a row → keys of the rows there

const spanKey = (table, start, end) => `${table}:${start}:${end}`;
const isReviewed = (key) => placed.has(key) && placed.get(key).table in data.decide.fields && !isUndecided(key);
const NO_PLACE = [null, null];
// What cannot be decided on: a cell with nothing in it, and a decision that was not applied, which has a row of its own.
function isUndecided(key) {
  const { table, row } = placed.get(key);
  if (table === "findings") return cellOf(table, row, "code") === "correction_not_applied";
  const [start, end] = placeKey(key);
  return table !== "documents" && start >= end;
}

// Where a row is decided on: a section or table by its first line, the document and a finding about no place nowhere.
function placeKey(key) {
  const { table, row } = placed.get(key);
  if (table === "documents") return NO_PLACE;
  const [start, end] = spanOf(key);
  if (table === "findings" && start >= end) return NO_PLACE;
  return [start, data.decide.heads[table]?.[row] ?? end];
}

const cellsOf = (key) => data.tables[placed.get(key).table].rows[placed.get(key).row];
const asRead = (key) => written.get(key) ?? cellsOf(key);

async function startDecisions() {
  for (const key of placed.keys()) if (isReviewed(key)) enter(key);
  try {
    log = await earlier();
  } catch (error) {
    tell(error.message, true);
  }
  settle();
  for (const key of decidedOn.keys()) onceDecided.add(key);
  if (decidedOn.size) redraw();
  else drawCount(); // words that are selected meanwhile stay so
}

function enter(key) {
  const place = spanKey(placed.get(key).table, ...placeKey(key));
  bySpan.set(place, [...(bySpan.get(place) ?? []), key]);
}

// Put what stands onto the rows.
function settle() {
  for (const [key, cells] of written) data.tables[placed.get(key).table].rows[placed.get(key).row] = cells;
  written.clear();
  decidedOn = new Map();
  for (const own of standing(log).values()) {
    const key = targetOf(own);
    if (key) decidedOn.set(key, own);
  }
  for (const [key, own] of decidedOn) overlay(key, own);
}

// The row that decisions are on: the one there, or of several the one that says what they were made on.
function targetOf(own) {
  const { table, char_start, char_end, row } = own.first;
  const here = bySpan.get(spanKey(table, char_start, char_end)) ?? [];
  if (!here.length) return own.additions.length ? addRow(char_start, char_end) : null;
  if (here.length === 1 && !row) return here[0];
  const said = here.filter((key) => reading(table, cellsOf(key)) === row);
  if (table === "findings") return said[0] ?? null; // it says that or is another one
  const met = said.length ? said : here.filter((key) => own.changes.every((one) => cellOf(table, placed.get(key).row, one.field) === one.value) && cellOf(table, placed.get(key).row, "corrected"));
  return met.length === 1 ? met[0] : null;
}

function overlay(key, own) {
  const { table, row } = placed.get(key);
  const { columns, rows } = data.tables[table];
  const told = new Map([...own.additions, ...own.changes].map((one) => [one.field, one.value]));
  if (table === "facts" && (told.size || own.verdict?.action === "accept")) told.set("confidence", "1");
  if (!told.size) return;
  if (table === "facts" && told.get("metric") && !told.has("scope")) told.set("scope", "institution");
  if (table === "facts" && told.has("upper") && !told.has("qualifier")) told.set("qualifier", told.get("upper") ? "range" : "exact");
  written.set(key, rows[row]);
  rows[row] = columns.map((column, at) => told.get(column) ?? rows[row][at]);
}

// accepted, rejected, changed, added, or "" where nobody decided.
function stateOf(key) {
  const own = decidedOn.get(key);
  if (!own) return onceDecided.has(key) || !isReviewed(key) ? "" : cellOf(placed.get(key).table, placed.get(key).row, "corrected");
  if (own.verdict) return own.verdict.action === "reject" ? "rejected" : own.changes.length ? "changed" : "accepted";
  return own.additions.length ? "added" : "changed";
}

function decision(key, action, field = "", value = "") {
  const { table } = placed.get(key);
  const [start, end] = placeKey(key);
  const shared = table === "findings" || (bySpan.get(spanKey(table, start, end)) ?? []).length > 1;
  const row = decidedOn.get(key)?.row ?? (shared ? reading(table, asRead(key)) : "");
  return at(table, [start, end], row, [action, field, value]);
}

function at(table, [start, end], row, [action, field, value]) {
  const placed = start !== null;
  return {
    content_hash: data.document.document_id,
    table,
    char_start: start,
    char_end: end,
    row,
    field,
    action,
    value,
    quote: placed ? textOf(start, end) : "",
    before: placed ? textOf(start - data.decide.context, start) : "",
    after: placed ? textOf(end, end + data.decide.context) : "",
    source: data.document.source,
    reviewer: "",
    decided_at: "",
  };
}

// Save decisions and show them; `key` is the row that they are on. Throws Refused where they are not taken.
async function decide(made, { undoing = false } = {}) {
  if (!made.length) return;
  const stamped = made.map((one) => ({ ...one, decided_at: new Date().toISOString().replace(/\.\d+Z$/, "+00:00") }));
  await save(stamped);
  if (!undoing) steps.push({ before: [...log], made: stamped });
  log.push(...stamped);
  settle();
  redraw();
}

// As `decide`, and what happened is told in a line at the foot of the page.
async function decideAndTell(made, said, how) {
  try {
    await decide(made, how);
    tell(said);
  } catch (error) {
    tell(error.message, true);
  }
}

function accept(key) {
  const own = decidedOn.get(key);
  const edited = own && (own.changes.length || own.additions.length);
  if (edited && !own.verdict) return tell(word("as_decided"));
  const made = edited ? decision(key, "undo") : decision(key, "accept", "", reading(placed.get(key).table, asRead(key)));
  return decideAndTell([made], codeWord("accepted"));
}

function reject(key) {
  if (data.decide.lasting.includes(placed.get(key).table)) return tell(word("no_reject"), true);
  const own = decidedOn.get(key);
  const edited = own && (own.changes.length || own.additions.length);
  if (own?.additions.length) return takeBack(own);
  return decideAndTell([decision(key, "reject", "", edited ? "" : reading(placed.get(key).table, asRead(key)))], codeWord("rejected"));
}

// Take all decisions on a row back.
function takeBack(own) {
  const { table, char_start, char_end, row } = own.first;
  const keys = [...latestOf(log).values()].filter((one) => rowKeyOf(one) === rowKeyOf(own.first));
  return decideAndTell(keys.map((one) => at(table, [char_start, char_end], row, ["undo", one.field, ""])), word("taken_back"));
}

// Undo the last step of this page: what stood before stands again, and a verdict that fell by it too.
function undo() {
  const step = steps.pop();
  if (!step) return tell(word("nothing_to_undo"));
  const before = latestOf(step.before);
  const again = step.made.map((one) => before.get(decisionKey(one)) ?? { ...one, action: "undo", value: "" });
  const verdict = standing(step.before).get(rowKeyOf(step.made[0]))?.verdict;
  if (verdict && !again.includes(verdict)) again.push(verdict);
  return decideAndTell(again, word("undone"), { undoing: true });
}

const TOLD = 5000; // milliseconds that a line stays which says that all is well
let telling = 0;

function tell(sentence, wrong = false) {
  clearTimeout(telling);
  $("said").replaceChildren(...visible(sentence));
  $("said").classList.toggle("wrong", wrong);
  if (!wrong) telling = setTimeout(() => $("said").replaceChildren(), TOLD);
}

function redraw() {
  const place = $("list").scrollTop;
  const focused = document.activeElement.closest("#list [data-key]")?.dataset.key;
  showTable(shownTable);
  $("list").scrollTop = place;
  lightRow(chosen);
  if (focused) rowNode(focused)?.focus({ preventScroll: true });
  drawDetail(chosen);
  sheet.again();
  drawCount();
}
