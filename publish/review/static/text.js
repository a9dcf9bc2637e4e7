// The text of the report: blocks of pieces, each piece in an element that knows the rows read from it.

const HEADING = { 1: "h2", 2: "h3", 3: "h4", 4: "h5", 5: "h6", 6: "h6" };
const firstBlock = new Map(); // place of a mark → block that it begins in
const blockOfTable = new Map(); // place of a table → block that it begins in
const markOf = new Map(); // key of a row → place of its mark

let sheet = null;
let lit = -1; // the mark that is selected

const rowOf = (mark) => ({ table: data.marks[mark][0], row: data.marks[mark][1] });
const keyOf = (mark) => data.tables[data.marks[mark][0]].keys[data.marks[mark][1]];

function cellOf(table, row, column) {
  const { columns, rows } = data.tables[table];
  const at = columns.indexOf(column);
  return at < 0 ? "" : rows[row][at];
}

function eachPiece(block, see) {
  const runs = block.p ? [block.p] : block.g.flat().map((cell) => cell[6]);
  for (const run of runs) for (const piece of run) if (typeof piece !== "string") see(piece);
}

function startText() {
  data.blocks.forEach((block, number) => {
    if (block.g && !blockOfTable.has(block.t)) blockOfTable.set(block.t, number);
    eachPiece(block, (piece) => {
      for (const mark of piece.slice(1)) if (!firstBlock.has(mark)) firstBlock.set(mark, number);
    });
  });
  data.marks.forEach((_, mark) => markOf.set(keyOf(mark), mark));
  sheet = new Windowed($("text"), { draw: drawBlock, guess: guessBlock, root: $("main"), chunk: 16 });
  sheet.show(data.blocks.map((_, number) => number));
}

function guessBlock(number) {
  const block = data.blocks[number];
  if (block.g) return block.g.length * 44 + 60;
  const length = block.p.reduce((sum, piece) => sum + (typeof piece === "string" ? piece : piece[0]).length, 0);
  return Math.ceil(length / 36) * 31 + 14;
}

function drawBlock(number) {
  const block = data.blocks[number];
  if (block.g) return drawTable(block, number);
  const node = el(block.h ? HEADING[Math.min(block.h, 6)] : "p", { "data-b": number, "data-s": block.s, class: block.c ? "continued" : null });
  node.append(...drawPieces(block.p));
  return node;
}

function drawTable(block, number) {
  const rows = block.g.map((cells) => {
    const total = cells.some((cell) => cell[4] === "total" || cell[4] === "subtotal");
    return el("tr", { class: total ? "total" : null }, ...cells.map(drawCell));
  });
  const table = el("table", { class: "source" }, el("tbody", {}, ...rows)); // its caption stands before it in the text
  const name = cellOf("tables", block.t, "caption") || `${tableWord("tables")} ${block.t + 1}`;
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": name, "data-b": number, "data-s": block.s }, table);
}

function drawCell([, , rowSpan, columnSpan, role, start, pieces]) {
  const wide = { rowspan: rowSpan > 1 ? rowSpan : null, colspan: columnSpan > 1 ? columnSpan : null };
  const node = el(role === "header" && pieces.length ? "th" : "td", { ...wide, scope: role === "header" && pieces.length ? "col" : null, "data-s": start });
  node.append(...drawPieces(pieces));
  return node;
}

const DATE_WORD = /^[年月日号]/u; // what follows a numeral of a date and belongs to it

function drawPieces(pieces) {
  let date = null; // the marks of the date numeral just drawn
  return pieces.flatMap((piece) => {
    const [text, ...marks] = typeof piece === "string" ? [piece] : piece;
    const nodes = [];
    const word = date && DATE_WORD.test(text) ? text[0] : "";
    if (word) nodes.push(drawPiece(word, [...marks, ...date.filter((mark) => !marks.includes(mark))], "date-word"));
    if (text.length > word.length) nodes.push(marks.length ? drawPiece(text.slice(word.length), marks) : visible(text.slice(word.length)));
    date = marks.some(isDate) ? marks : null;
    return nodes.flat();
  });
}

const isDate = (mark) => rowOf(mark).table === "numbers" && cellOf("numbers", rowOf(mark).row, "role") === "date";

function drawPiece(text, marks, style = "") {
  const classes = new Set(["m", style || "m"]);
  for (const mark of marks) {
    const { table, row } = rowOf(mark);
    if (!style || table !== "numbers") classes.add(`k-${table}`);
    if (!style && table === "numbers") classes.add(`r-${cellOf(table, row, "role")}`);
    if (table === "findings") classes.add(`s-${cellOf(table, row, "severity")}`);
    if (stateOf(keyOf(mark))) classes.add(`v-${stateOf(keyOf(mark))}`);
    if (mark === lit && !style) classes.add("on");
  }
  return el("span", { class: [...classes].join(" "), "data-m": marks.join(" ") }, ...visible(text));
}

const marksAt = (node) => node.dataset.m.split(" ").map(Number);

// The row that a place stands for: in the ledger its numeral, else the nearest row that is none, else a date.
function nearest(marks) {
  const numbers = marks.filter((mark) => rowOf(mark).table === "numbers");
  const others = marks.filter((mark) => rowOf(mark).table !== "numbers");
  return document.body.classList.contains("ledger") ? (numbers[0] ?? others[0]) : (others[0] ?? numbers[0]);
}

const piecesOf = (mark) => [...$("text").querySelectorAll("[data-m]")].filter((node) => marksAt(node).includes(mark));

function light(mark) {
  for (const node of $("text").querySelectorAll(".on")) node.classList.remove("on");
  lit = mark;
  if (mark >= 0) for (const node of piecesOf(mark)) node.classList.add("on");
}

// Scroll the text to a mark, or to a block where there is none.
function showPlace({ mark = -1, block = firstBlock.get(mark) }) {
  if (block === undefined || !sheet.reach(block)) return;
  light(mark);
  const node = (mark >= 0 && piecesOf(mark)[0]) || $("text").querySelector(`[data-b="${block}"]`);
  const settle = () => node.isConnected && node.scrollIntoView({ block: "center", inline: "nearest" });
  settle();
  requestAnimationFrame(settle); // chunks above may have changed their height
}
