// Where decisions go: to the server that gave out the page, or with a page from disk into the browser and a file.

const SERVED = location.protocol !== "file:";
const STORE = "decisions.";
const ESCAPED = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u2028": "\\u2028", "\u2029": "\\u2029" };
const TEXTS = new Set(["row", "value", "quote", "before", "after"]);

let unsaved = []; // decisions of this page that no server has
let kept = true; // whether the browser keeps them, or they have been exported
let turn = Promise.resolve(); // one save after the other, so that the file has them in order

class Refused extends Error {
  constructor({ error, field }) {
    super(error);
    this.field = field;
  }
}

// The decisions so far: those of the server, or those that the page was written with and those made on it since.
async function earlier() {
  if (SERVED) {
    const answer = await fetch(`decisions/${data.document.document_id}`);
    if (!answer.ok) throw new Refused(await answer.json());
    return answer.json();
  }
  const known = new Set(data.decide.made.map((one) => JSON.stringify(one)));
  unsaved = stored(data.document.document_id).filter((one) => !known.has(JSON.stringify(one)));
  return [...data.decide.made, ...unsaved];
}

// Save decisions; throws Refused with a sentence where the server does not take them.
function save(decisions) {
  const saved = turn.then(() => (SERVED ? send(decisions) : keep(decisions)));
  turn = saved.catch(() => undefined);
  return saved;
}

async function send(decisions) {
  const headers = { "content-type": "application/json", "x-nianbao-token": location.pathname.split("/")[1] };
  let answer;
  try {
    answer = await fetch("decisions", { method: "POST", headers, body: JSON.stringify(decisions) });
  } catch {
    throw new Refused({ error: word("no_server"), field: "" });
  }
  if (!answer.ok) throw new Refused(await answer.json());
}

function keep(decisions) {
  unsaved.push(...decisions);
  kept = remember(STORE + data.document.document_id, JSON.stringify(unsaved));
}

// The browser asks before it leaves a page with decisions that it cannot keep and nobody exported.
function askBeforeLeaving(event) {
  if (!kept) event.preventDefault();
}

function stored(document_id) {
  try {
    const found = JSON.parse(remembered(STORE + document_id) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => one?.content_hash === document_id && COLUMNS.every((column) => column in one)) : [];
  } catch {
    return []; // not ours
  }
}

// corrections.csv as schemas/corrections_file.py writes it, to the byte.
function asFile(decisions) {
  const cell = (one, column) => {
    const text = TEXTS.has(column) ? one[column].replace(/[\\\n\r\t\u2028\u2029]/gu, (sign) => ESCAPED[sign]) : String(one[column] ?? "");
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [COLUMNS.join(","), ...decisions.map((one) => COLUMNS.map((column) => cell(one, column)).join(","))].map((row) => `${row}\n`).join("");
}

function download() {
  const link = el("a", { href: URL.createObjectURL(new Blob([asFile(unsaved)], { type: "text/csv" })), download: "corrections.csv" });
  link.click();
  kept = true;
  URL.revokeObjectURL(link.href);
}
