// Which documents of the index are meant: by words, library, years, status and kind of finding.

const column = Object.fromEntries(data.columns.map((name, at) => [name, at]));
const HAS_PAGE = data.columns.length;
const [FACTS, EVENTS, ACTIVITIES, FINDINGS] = [1, 2, 3, 4].map((at) => HAS_PAGE + at);
const ANY = "any";
const NONE = "none";

const get = (row, name) => row[column[name]];
const searched = data.documents.map((row) =>
  ["source", "title", "library", "province", "city", "county", "report_year", "document_id"].map((name) => get(row, name)).join(" ").toLowerCase(),
);

function option(value, text) {
  return el("option", { value }, ...visible(text));
}

function fillFilters() {
  const kept = Object.fromEntries(["library", "from", "to", "status", "finding"].map((id) => [id, $(id).value]));
  const names = new Map();
  for (const row of data.documents) if (get(row, "library")) names.set(get(row, "library_id") || get(row, "library"), get(row, "library"));
  const years = [...new Set(data.documents.map((row) => get(row, "report_year")).filter(Boolean))].sort();
  const statuses = [...new Set(data.documents.map((row) => get(row, "status")))];
  const fill = (id, options) => {
    $(id).replaceChildren(option("", word("all")), ...options.map(([value, text]) => option(value, text)));
    $(id).value = kept[id] || "";
  };
  fill("library", [...names].sort((a, b) => a[1].localeCompare(b[1], "zh-Hans")));
  fill("from", years.map((year) => [year, year]));
  fill("to", years.map((year) => [year, year]));
  fill("status", statuses.map((status) => [status, codeWord(status)]));
  const kinds = data.kinds.map(([severity, code], at) => [String(at), `${codeWord(severity)} · ${codeWord(code)}`]);
  fill("finding", [[ANY, word("any")], [NONE, word("none")], ...kinds]);
}

// Return the places of the documents that meet all filters.
function wantedDocuments() {
  const words = $("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [library, from, to, status, finding] = ["library", "from", "to", "status", "finding"].map((id) => $(id).value);
  return data.documents.flatMap((row, at) => {
    const year = get(row, "report_year");
    const found = row[FINDINGS];
    const meant =
      words.every((one) => searched[at].includes(one)) &&
      (!library || (get(row, "library_id") || get(row, "library")) === library) &&
      (!from || (year && year >= from)) &&
      (!to || (year && year <= to)) &&
      (!status || get(row, "status") === status) &&
      (!finding || (finding === ANY ? found.length > 0 : finding === NONE ? found.length === 0 : found.some(([kind]) => String(kind) === finding)));
    return meant ? [at] : [];
  });
}
