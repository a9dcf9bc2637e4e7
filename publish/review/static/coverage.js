// Which indicators each library gives in each year: a row a library and year, a column a metric that any of them gives.

function drawCoverageRow(at) {
  const [library, year, given, clashing] = data.coverage[at];
  const row = el("tr", {}, el("th", { scope: "row" }, el("a", { href: `${library}.html` }, quote(data.libraries[library])), ` ${year}`));
  const held = new Map([...given.map((metric) => [metric, false]), ...clashing.map((metric) => [metric, true])]);
  for (const metric of data.metrics.keys()) row.append(el("td", {}, held.has(metric) ? coverageSign(library, year, metric, held.get(metric)) : null));
  return row;
}

function coverageSign(library, year, metric, clash) {
  const code = data.metrics[metric];
  const said = `${data.libraries[library]} ${year} ${metricWord(code)}: ${word(clash ? "conflicting" : "given")}`;
  return el("a", { href: `${library}.html#m-${code}`, class: clash ? "given clash" : "given", title: said, "aria-label": said, tabindex: "-1" }, el("span", { "aria-hidden": "true" }, clash ? "▲" : "●"));
}

// Draw the matrix for these [library, year] pairs, written as «library year».
function drawCoverage(pairs) {
  const head = el("tr", {}, el("th", { scope: "col" }, told("span", "library")), ...data.metrics.map((code) => el("th", { scope: "col", class: "turned" }, el("span", {}, metricWord(code)))));
  const table = el("table", { class: "matrix", "aria-label": word("coverage_caption") }, el("thead", {}, head));
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": word("coverage") }, table);
  const signs = el("p", { class: "signs" }, el("span", { class: "given" }, "● "), told("span", "given"), el("span", { class: "given clash" }, " ▲ "), told("span", "conflicting"));
  $("coverage").replaceChildren(signs, scroll);
  drawn = new Windowed(bodiesOf(table), { draw: drawCoverageRow, guess: () => 29, root: scroll, chunk: 30, tag: "tbody" });
  drawn.show([...data.coverage.keys()].filter((at) => pairs.has(`${data.coverage[at][0]} ${data.coverage[at][1]}`)));
}
