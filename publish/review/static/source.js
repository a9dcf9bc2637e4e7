// The text of the report, code point by code point, put together from the blocks and what stands between them.

let points = null;

function textOf(start, end) {
  points ??= assembled();
  return points.slice(Math.max(0, start), end).join("");
}

function assembled() {
  const all = [];
  const put = (start, text) => [...text].forEach((point, at) => (all[start + at] = point));
  const words = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");
  for (const block of data.blocks) {
    if (block.p) put(block.s, words(block.p));
    else for (const cell of block.g.flat()) put(cell[5], words(cell[6]));
  }
  for (const [start, text] of data.decide.gaps) put(start, text);
  return all;
}
