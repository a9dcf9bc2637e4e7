// What a field may be changed to: the rules of schemas/correction_values.py, told beside the field.

const LINE_ENDS = /[\n-\r\u001c-\u001e\u0085\u2028\u2029]/u;
const FORMS = {
  integer: [/^[0-9]{1,9}$/, "wrong_integer"],
  number: [/^-?[0-9]{1,18}(?:\.[0-9]{1,9})?$/, "wrong_number"],
};

// The word that says what is wrong with a value, "" for a sound one.
function wrongValue(table, field, value) {
  const [, type, empty, codes] = fieldsOf(table).find(([name]) => name === field);
  if (!value) return empty ? "" : word("wrong_empty");
  if (LINE_ENDS.test(value)) return word("wrong_lines");
  if (field === "report_year") return /^(?:19\d\d|20\d\d|2100)$/.test(value) ? "" : word("wrong_year");
  if (type === "date") return isDay(value) ? "" : word("wrong_date");
  const [form, said] = FORMS[type] ?? [];
  if (form && !form.test(value)) return word(said);
  if (codes && !codes.includes(value)) return word("wrong_code");
  const unit = field === "unit" && Object.hasOwn(data.decide.spellings, value) ? data.decide.spellings[value] : "";
  return unit ? `${word("wrong_unit")} ${unit}` : "";
}

function isDay(value) {
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || value < "0001") return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

// The fields that contradict each other: [field, what is wrong], none where all agree.
function contradictions(value) {
  const pairs = [["start_date", "end_date"], ["period_start", "period_end"], ["baseline_start", "baseline_end"]];
  const days = pairs.filter(([from, to]) => value(from) && value(to) && value(from) > value(to)).map(([, to]) => [to, word("wrong_order")]);
  const bounds = value("upper") && Number(value("upper")) < Number(value("value")) ? [["upper", word("wrong_upper")]] : [];
  return [...days, ...bounds];
}
