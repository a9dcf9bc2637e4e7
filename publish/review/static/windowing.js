// Long lists drawn as far as they can be seen: items in chunks, the others an empty space of the height that they had.

const NEAR = "1200px 0px";

class Windowed {
  // `draw(item number)` returns the element of an item; `guess(item number)` how high it will be, about, in pixels.
  constructor(place, { draw, guess, root = null, chunk = 24, tag = "div" }) {
    Object.assign(this, { place, draw, guess, root, size: chunk, tag });
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.turn(entry)), { root, rootMargin: NEAR });
    this.show([]);
  }

  // Show these items, numbers that `draw` understands.
  show(items) {
    this.seen.disconnect();
    this.items = items;
    this.at = new Map(items.map((item, number) => [item, number]));
    this.chunks = [];
    for (let from = 0; from < items.length; from += this.size) {
      const node = el(this.tag, { class: "chunk" });
      this.chunks.push(node);
      node.first = from;
      this.empty(node, items.slice(from, from + this.size).reduce((sum, item) => sum + this.guess(item), 0));
    }
    this.place.replaceChildren(...this.chunks);
    this.chunks.slice(0, 2).forEach((node) => this.fill(node));
    this.chunks.forEach((node) => this.seen.observe(node));
  }

  turn({ target, isIntersecting }) {
    if (isIntersecting) this.fill(target);
    else if (target.full && !this.whole) this.empty(target, target.offsetHeight);
  }

  fill(node) {
    if (node.full) return;
    node.full = true;
    node.style.height = "";
    node.replaceChildren(...this.items.slice(node.first, node.first + this.size).map(this.draw));
  }

  empty(node, height) {
    node.full = false;
    if (this.tag === "tbody") {
      const cell = el("td", {});
      cell.style.height = `${height}px`;
      node.replaceChildren(el("tr", { "aria-hidden": "true" }, cell));
    } else {
      node.style.height = `${height}px`;
      node.replaceChildren();
    }
  }

  // Draw an item, and those beside it, now; false where it is not among those shown.
  reach(item) {
    const number = this.at.get(item);
    if (number === undefined) return false;
    const chunk = Math.floor(number / this.size);
    this.chunks.slice(Math.max(0, chunk - 1), chunk + 2).forEach((node) => this.fill(node));
    return true;
  }

  // Draw what is drawn again, as after a change of language.
  again() {
    for (const node of this.chunks.filter((chunk) => chunk.full)) {
      node.full = false;
      this.fill(node);
    }
  }

  // Draw all, for print, and afterwards again what can be seen.
  all() {
    this.whole = true;
    this.chunks.forEach((node) => this.fill(node));
  }

  seenOnly() {
    this.whole = false;
    this.seen.disconnect();
    this.chunks.forEach((node) => this.seen.observe(node)); // each is told of once at the start
  }
}

// Print all of the lists that `shown` returns.
function printWhole(shown) {
  addEventListener("beforeprint", () => shown().forEach((list) => list.all()));
  addEventListener("afterprint", () => shown().forEach((list) => list.seenOnly()));
}

// The bodies of a table as a place for chunks.
const bodiesOf = (table) => ({
  replaceChildren(...bodies) {
    table.querySelectorAll("tbody").forEach((body) => body.remove());
    table.append(...bodies);
  },
});
