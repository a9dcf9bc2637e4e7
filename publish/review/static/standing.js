// Decisions as corrections.csv holds them, and which of them stand: the rules of schemas/corrections.py.

const COLUMNS = ["content_hash", "table", "char_start", "char_end", "row", "field", "action", "value", "quote", "before", "after", "source", "reviewer", "decided_at"];
const SPACES = /[\t-\r\u001c-\u001f \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

const fieldsOf = (table) => data.decide.fields[table] ?? [];
const rowKeyOf = (one) => JSON.stringify([one.table, one.char_start, one.char_end, one.row]);
const decisionKey = (one) => JSON.stringify([rowKeyOf(one), one.field]);

// The last decision of each key, in the order in which they were made.
function latestOf(decisions) {
  const latest = new Map();
  for (const one of decisions) {
    const key = decisionKey(one);
    const earlier = latest.get(key);
    latest.delete(key);
    if (one.action === "undo") continue;
    latest.set(key, earlier?.action === "add" && one.action === "change" ? { ...one, action: "add" } : one);
  }
  return latest;
}

// What stands on each row: a verdict, changes, and the fields of a fact that is added.
function standing(decisions) {
  const rows = new Map();
  for (const one of latestOf(decisions).values()) {
    const key = rowKeyOf(one);
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  return new Map([...rows].map(([key, own]) => [key, decidedBy(own)]));
}

function decidedBy(own) {
  const last = own.at(-1);
  const of = (action) => own.filter((one) => one.action === action);
  return { first: own[0], row: own[0].row, verdict: last.field ? null : last, changes: of("change"), additions: of("add") };
}

const allOf = (own) => [...own.additions, ...own.changes, ...(own.verdict ? [own.verdict] : [])];

// What a row says in the columns that a decision quotes: «metric=visits; value=590000».
function reading(table, cells) {
  const { columns } = data.tables[table];
  const said = data.decide.quoted[table].map((field) => [field, cells[columns.indexOf(field)]]);
  return said.filter(([, cell]) => cell).map(([field, cell]) => `${field}=${trimmed(cell)}`).join("; ");
}

const trimmed = (cell) => cell.replace(SPACES, " ").replace(/^ | $/g, "");
