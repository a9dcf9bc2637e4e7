// A fact that was not read: its words selected in the text, or typed as they stand there.

const BLANK = { qualifier: "exact", measure: "level", aggregation: "total", status: "actual", scope: "other" };
const MOST_PLACES = 50;

const addedKey = (start, end) => `facts/${data.document.document_id}-a${start}-${end}`;

function openAdding() {
  const span = selectedSpan();
  edited = { adding: true, table: "facts", start: span?.[0], end: span?.[1] };
  $("form-title").replaceChildren(word("add_fact"));
  $("form-quote").replaceChildren();
  $("form-place").hidden = false;
  $("place-words").value = span ? textOf(...span) : "";
  const year = data.document.report_year;
  const blank = { ...BLANK, value: numeralIn($("place-words").value), period_start: year ? `${year}-01-01` : "", period_end: year ? `${year}-12-31` : "" };
  findPlaces(span?.[0]);
  showForm("facts", (field) => blank[field] ?? "", span ? ["value"] : []);
}

const numeralIn = (text) => /^[^\d]*(\d+(?:\.\d+)?)[^\d]*$/.exec(text.replaceAll(/[,，\s]/g, ""))?.[1] ?? "";

// The span of the words that are selected, inside one paragraph or cell, without the spaces around them.
function selectedSpan() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const home = homeOf(range.startContainer);
  if (!home || homeOf(range.endContainer) !== home) return null;
  const before = document.createRange();
  before.setStart(home, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const from = Number(home.dataset.s) + [...before.toString()].length;
  const words = range.toString();
  const start = from + [...words].length - [...words.trimStart()].length;
  return words.trim() ? [start, start + [...words.trim()].length] : null;
}

const homeOf = (node) => {
  const home = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#text [data-s]");
  return home?.querySelector("td, th") ? null : home;
};

// Offer the places where the words stand; `wanted` is the one that was selected.
function findPlaces(wanted) {
  const words = [...$("place-words").value.trim()];
  const found = [];
  const last = textOf(0, Infinity) && points.length - words.length;
  for (let start = 0; words.length && start <= last && found.length < MOST_PLACES; start += 1) {
    if (words.every((point, offset) => points[start + offset] === point)) found.push(start);
  }
  if (wanted !== undefined && !found.includes(wanted)) found.unshift(wanted);
  const options = found.map((start) => {
    const around = `…${textOf(start - 12, start)}【${textOf(start, start + words.length)}】${textOf(start + words.length, start + words.length + 12)}…`;
    return el("option", { value: start, selected: start === wanted ? "" : null }, trimmed(around));
  });
  $("place-at").replaceChildren(...options);
  edited.length = words.length;
}

// Whether the words stand where no fact is read yet; says so beside them where they do not.
function isPlaced() {
  const start = Number($("place-at").value || NaN);
  const end = start + edited.length;
  const taken = data.tables.facts.keys.find((key) => stateOf(key) !== "rejected" && !isWithdrawn(key) && spanOf(key)[0] < end && start < spanOf(key)[1]);
  const wrong = Number.isNaN(start) ? word("wrong_place") : taken ? word("wrong_taken") : "";
  $("wrong-place").replaceChildren(...visible(wrong));
  if (wrong) $("place-words").setAttribute("aria-invalid", "true");
  else $("place-words").removeAttribute("aria-invalid");
  if (wrong) $("place-words").focus();
  Object.assign(edited, { start, end });
  return !wrong;
}

function additions() {
  const fields = fieldsOf("facts").map(([field]) => field).filter((field) => saidIn(field) && (field === "value" || touched(field)));
  return fields.map((field) => at("facts", [edited.start, edited.end], "", ["add", field, saidIn(field)]));
}

// A row for a fact that is added, as it will be when the reports are read again.
function addRow(start, end) {
  const key = addedKey(start, end);
  if (placed.has(key)) return key;
  const { columns, rows, keys } = data.tables.facts;
  const year = data.document.report_year;
  const cells = { ...BLANK, raw: textOf(start, end), char_start: String(start), char_end: String(end), rule: "reviewed", confidence: "1", period_start: year ? `${year}-01-01` : "", period_end: year ? `${year}-12-31` : "" };
  placed.set(key, { table: "facts", row: rows.length });
  markOf.set(key, data.marks.length);
  markText(start, end, data.marks.length);
  data.marks.push(["facts", rows.length]);
  rows.push(columns.map((column) => cells[column] ?? ""));
  keys.push(key);
  return key;
}

const isWithdrawn = (key) => onPage.has(key) && !decidedOn.has(key);
const onPage = new Set(); // facts that were added on this page

// Let a stretch of the text know its new mark: the pieces that it begins or ends in are cut.
function markText(start, end, mark) {
  onPage.add(addedKey(start, end));
  data.blocks.forEach((block, number) => {
    const runs = block.p ? [[block, "p", block.s]] : block.g.flat().map((cell) => [cell, 6, cell[5]]);
    for (const [holder, at, from] of runs) {
      const cut = cutPieces(holder[at], from, start, end, mark);
      if (!cut) continue;
      holder[at] = cut;
      if (!firstBlock.has(mark)) firstBlock.set(mark, number);
    }
  });
}



function cutPieces(pieces, from, start, end, mark) {
  let place = from;
  let met = false;
  const cut = pieces.flatMap((piece) => {
    const [text, ...marks] = typeof piece === "string" ? [piece] : piece;
    const chars = [...text];
    const [first, last] = [start, end].map((one) => Math.min(chars.length, Math.max(0, one - place)));
    place += chars.length;
    if (first >= last) return [piece];
    met = true;
    const part = (a, b, own) => (a < b ? [own.length ? [chars.slice(a, b).join(""), ...own] : chars.slice(a, b).join("")] : []);
    return [...part(0, first, marks), ...part(first, last, [mark, ...marks]), ...part(last, chars.length, marks)];
  });
  return met ? cut : null;
}

function startAdding() {
  $("place-words").addEventListener("input", () => findPlaces());
  $("add").addEventListener("click", openAdding);
  $("add").addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay selected
}
