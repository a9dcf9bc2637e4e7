// All decisions on the document in one list, each to be looked at or taken back, and the file of them.

function drawCount() {
  $("decided-count").textContent = String(standing(log).size);
}

function openDecided() {
  drawDecided();
  $("decided").showModal();
}

function drawDecided() {
  const rows = [...standing(log).values()];
  $("decided-list").replaceChildren(...rows.map(drawDecision));
  $("decided-none").hidden = rows.length > 0;
  $("export").hidden = SERVED;
  $("export").disabled = !unsaved.length;
  const key = SERVED ? "saved_by_server" : "export_hint";
  $("decided-hint").dataset.label = key;
  $("decided-hint").textContent = word(key);
}

function drawDecision(own) {
  const key = [...decidedOn].find(([, other]) => rowKeyOf(other.first) === rowKeyOf(own.first))?.[0];
  const state = own.verdict?.action === "reject" ? "rejected" : own.additions.length ? "added" : own.changes.length ? "changed" : "accepted";
  const said = [...own.additions, ...own.changes].map((one) => `${columnWord(one.table, one.field)} ${one.field === "metric" ? metricWord(one.value) : one.value || "—"}`).join(" · ");
  const name = trimmed(own.first.quote).slice(0, 60) || data.document.source;
  const go = key ? el("button", { type: "button", class: "link", "data-go": key }, ...visible(name)) : quote(name);
  const back = el("button", { type: "button", "aria-label": `${word("take_back")} ${name}` }, word("take_back"));
  back.addEventListener("click", async () => {
    await takeBack(own);
    drawDecided();
    $("decided-close").focus();
  });
  return el("li", {}, el("span", { class: `verdict v-${state}` }, codeWord(state)), el("div", {}, go, el("p", { class: "quiet" }, tableWord(own.first.table), said ? " · " : "", ...visible(said))), back);
}

function startDecided() {
  $("decisions").addEventListener("click", openDecided);
  $("decided-close").addEventListener("click", () => $("decided").close());
  $("export").addEventListener("click", download);
  addEventListener("beforeunload", askBeforeLeaving);
  $("decided-list").addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]");
    if (!go) return;
    $("decided").close();
    select(go.dataset.go);
  });
}

// The buttons that decide on a row.
function barOf(key) {
  if (!isReviewed(key)) return [];
  const { table } = placed.get(key);
  const state = stateOf(key);
  const button = (act, name, keys) => el("button", { type: "button", "data-act": act, "aria-keyshortcuts": keys, "aria-pressed": { accept: state === "accepted", reject: state === "rejected" }[act] ?? null }, word(name), el("kbd", { "aria-hidden": "true" }, keys));
  return [el("div", { class: "bar" }, button("accept", "accept", "a"), data.decide.lasting.includes(table) ? null : button("reject", "reject", "r"), fieldsOf(table).length ? button("change", "change", "c") : null, decidedOn.has(key) ? button("back", "take_back", "x") : null)];
}

const ACTS = {
  accept,
  reject,
  change: (key) => openForm(key),
  back: (key) => (decidedOn.has(key) ? takeBack(decidedOn.get(key)) : tell(word("nothing_to_undo"))),
};

// Do something with the selected row, where it is one that can be decided on.
const onChosen = (act) => () => (isReviewed(chosen) ? act(chosen) : tell(word("select_first"), true));

const verdictOf = (key) => {
  const state = stateOf(key);
  return state ? [el("span", { class: `verdict v-${state}` }, codeWord(state))] : [];
};
