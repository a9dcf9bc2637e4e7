// The two languages of the page. Labels are pairs [Chinese, English]; the page is written in Chinese.

const CHINESE = 0;
const ENGLISH = 1;
const retold = []; // what to draw again in the other language
let language = CHINESE;

const labelled = (labels, code) => (labels?.[code] ? labels[code][language] : code.replaceAll("_", " "));
const word = (key) => labelled(data.labels.interface, key);
const codeWord = (code) => labelled(data.labels.codes, code);
const metricWord = (code) => labelled(data.labels.metrics, code);
const tableWord = (name) => labelled(data.labels.tables, name);
const columnWord = (table, column) =>
  data.labels.columns[`${table}.${column}`] ? data.labels.columns[`${table}.${column}`][language] : labelled(data.labels.columns, column);

// An element of the interface whose words change with the language.
const told = (tag, key, attributes) => el(tag, { ...attributes, "data-label": key }, word(key));

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = language === CHINESE ? "zh-Hans" : "en";
  for (const node of document.querySelectorAll("[data-label]")) node.textContent = word(node.dataset.label);
  for (const node of document.querySelectorAll("[data-label-name]")) node.setAttribute("aria-label", word(node.dataset.labelName));
  for (const node of document.querySelectorAll("[data-label-hint]")) node.placeholder = word(node.dataset.labelHint);
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = language === CHINESE ? node.dataset.zh : node.dataset.en;
  $("language").lang = language === CHINESE ? "en" : "zh-Hans";
  for (const again of retold) again();
}
