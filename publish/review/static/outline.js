// The sections as a tree: arrow keys walk it, Enter or a click goes to the section.

let items = []; // the tree items in order

function startOutline() {
  const groups = [$("outline")];
  const depths = [0];
  data.outline.forEach(([depth, marker, title, kind, block], number) => {
    while (depths.at(-1) >= depth) {
      depths.pop();
      groups.pop();
    }
    const label = el("span", { class: "label", title: kind ? codeWord(kind) : null }, quote(marker, { class: "marker" }), quote(title));
    const item = el("li", { role: "treeitem", id: `section-${number}`, "aria-level": depths.length, "aria-selected": "false", tabindex: "-1", "data-block": block }, label);
    groups.at(-1).append(item);
    items.push(item);
    const group = el("ul", { role: "group" });
    item.group = group;
    groups.push(group);
    depths.push(depth);
  });
  for (const item of items.filter((one) => one.group.childElementCount)) {
    item.append(item.group);
    item.setAttribute("aria-expanded", "true");
  }
  if (items[0]) items[0].tabIndex = 0;
  $("outline").addEventListener("click", (event) => {
    const item = event.target.closest('[role="treeitem"]');
    if (item) goToSection(item);
  });
  $("outline").addEventListener("keydown", walkOutline);
  if (!items.length) $("outline").closest("nav").hidden = true;
}

function goToSection(item) {
  focusItem(item);
  showView("text");
  showPlace({ block: Number(item.dataset.block) });
}

function focusItem(item) {
  for (const one of items) one.tabIndex = one === item ? 0 : -1;
  item.focus({ preventScroll: true });
  item.querySelector(".label").scrollIntoView({ block: "nearest" });
}

const isShown = (item) => !item.parentElement.closest('[aria-expanded="false"]');

function walkOutline(event) {
  const item = event.target.closest('[role="treeitem"]');
  const shown = items.filter(isShown);
  const at = shown.indexOf(item);
  const open = item.getAttribute("aria-expanded");
  const parent = item.parentElement.closest('[role="treeitem"]');
  const act = {
    ArrowDown: () => shown[at + 1],
    ArrowUp: () => shown[at - 1],
    Home: () => shown[0],
    End: () => shown.at(-1),
    ArrowRight: () => (open === "false" ? item.setAttribute("aria-expanded", "true") : open && shown[at + 1]),
    ArrowLeft: () => (open === "true" ? item.setAttribute("aria-expanded", "false") : parent),
    Enter: () => goToSection(item),
    " ": () => goToSection(item),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  const next = act();
  if (next) focusItem(next);
}

// The section that the top of the text is in.
function followText() {
  const box = $("main").getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + 80)?.closest("[data-b]");
  if (!at) return;
  const block = Number(at.dataset.b);
  const number = data.outline.findLastIndex((section) => section[4] <= block);
  items.forEach((item, place) => item.setAttribute("aria-selected", place === number));
}
