// The form of a row: a labelled control a field, what is wrong beside it, nothing saved until all of it is right.

const MOST_IN_A_LIST = 400; // codes; more are typed
const KEY_FIELDS = { c: ["metric", "kind", "topic", "activity", "content", "library", "caption", "text", "role"], v: ["value", "participants"], u: ["unit"], p: ["period_start", "start_date"], s: ["scope", "status"] };

let edited = null; // {key} of a row, or {adding: true}

function openForm(key, wanted = []) {
  const { table, row } = placed.get(key);
  if (!fieldsOf(table).length) return tell(word("no_change"), true);
  edited = { key, table };
  $("form-title").replaceChildren(word("change"), " · ", tableWord(table));
  $("form-quote").replaceChildren(quote(cellOf(table, row, "raw") || (table === "documents" ? data.document.source : textOf(...placeKey(key))).slice(0, 200)));
  $("form-place").hidden = true;
  showForm(table, (field) => cellOf(table, row, field), wanted);
}

function showForm(table, value, wanted) {
  $("form-error").textContent = "";
  $("controls").replaceChildren(...fieldsOf(table).map(([field]) => controlOf(table, field, value(field))));
  $("form").showModal();
  const first = wanted.map((field) => $(`field-${field}`)).find(Boolean) ?? (edited.adding ? $("place-words") : $("controls").querySelector("input, select"));
  first.focus();
  first.select?.();
}

function controlOf(table, field, value) {
  const [, type, empty, codes] = fieldsOf(table).find(([name]) => name === field);
  const id = `field-${field}`;
  const shared = { id, name: field, "aria-describedby": `wrong-${field}`, autocomplete: "off" };
  const listed = field === "unit" ? [...new Set([...(value ? [value] : []), ...data.decide.units])] : field !== "metric" && codes?.length <= MOST_IN_A_LIST ? [...new Set([...(value ? [value] : []), ...codes])] : null;
  const control = listed
    ? el("select", shared, ...(empty || !value ? [el("option", { value: "" }, "—")] : []), ...listed.map((code) => el("option", { value: code, selected: code === value ? "" : null }, field === "unit" ? code : codeWord(code))))
    : el("input", { ...shared, type: "text", spellcheck: "false", list: field === "metric" ? "metrics" : null, inputmode: type === "number" ? "decimal" : type === "integer" ? "numeric" : null, placeholder: type === "date" ? "2014-05-04" : null });
  if (!listed) control.value = field === "metric" && value ? metricWord(value) : value;
  control.dataset.was = control.value;
  return el("div", { class: "control" }, el("label", { for: id }, columnWord(table, field)), control, el("p", { class: "wrong", id: `wrong-${field}` }));
}

// What a control says, as its column holds it: of a metric the code, whether the code or a label was typed.
function saidIn(field) {
  const control = $(`field-${field}`);
  const typed = control?.value.trim() ?? "";
  if (field !== "metric" || !typed) return typed;
  const code = Object.keys(data.labels.metrics).find((one) => one === typed || data.labels.metrics[one].includes(typed));
  return code ?? typed;
}

const touched = (field) => $(`field-${field}`).value !== $(`field-${field}`).dataset.was;

function mark(field, sentence) {
  const control = $(`field-${field}`);
  $(`wrong-${field}`).replaceChildren(...visible(sentence));
  if (sentence) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

// Check all fields, say what is wrong beside each, and go to the first; true where nothing is.
function isSound() {
  const { table } = edited;
  const wrong = new Map();
  for (const [field] of fieldsOf(table)) {
    const sentence = touched(field) || edited.adding ? wrongValue(table, field, saidIn(field)) : "";
    if (sentence) wrong.set(field, sentence);
  }
  if (!wrong.size) for (const [field, sentence] of contradictions(saidIn)) wrong.set(field, sentence);
  for (const [field] of fieldsOf(table)) mark(field, wrong.get(field) ?? "");
  const [first] = wrong.keys();
  if (first) $(`field-${first}`).focus();
  return !first;
}

async function submitForm(event) {
  event.preventDefault();
  const sound = isSound();
  if (!sound || (edited.adding && !isPlaced())) return;
  const { table, key } = edited;
  const fields = fieldsOf(table).map(([field]) => field).filter(touched);
  const made = edited.adding ? additions() : fields.map((field) => decision(key, "change", field, saidIn(field)));
  try {
    await decide(made);
    $("form").close();
    if (edited.adding) select(addedKey(edited.start, edited.end));
    rowNode(chosen)?.focus({ preventScroll: true });
    tell(made.length ? codeWord(edited.adding ? "added" : "changed") : word("nothing_changed"));
  } catch (error) {
    if (error.field && $(`wrong-${error.field}`)) mark(error.field, error.message);
    else $("form-error").replaceChildren(...visible(error.message));
  }
}

function startForm() {
  const drawMetrics = () => $("metrics").replaceChildren(...Object.keys(data.labels.metrics).map((code) => el("option", { value: metricWord(code) }, code)));
  retold.push(drawMetrics);
  $("decision").addEventListener("submit", submitForm);
  $("decision").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("decision").requestSubmit(); // from a list too
  });
  $("form-cancel").addEventListener("click", () => $("form").close());
}
